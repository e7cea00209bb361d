"""Evidence in an article for one of several bearers of a name."""

import pytest

from scripts.entities.bearers import (
    Bearer,
    Sight,
    contradicts,
    evidence,
    full_names,
    gender_of,
    meant,
    offices,
    other_gender,
    see,
    shares,
)
from scripts.entities.mention_context import Context


def test_each_kind_of_evidence_by_hand():
    first, second = Bearer(), Bearer()
    first.total, second.total = 3, 1
    second.gender, second.roles = 1, frozenset(("mayor",))
    see(first, 0, 0, named=True)
    see(second, 1, 1, named=True)
    see(first, 2, 1, named=False)
    she = Context("mayor", "she", "")
    assert evidence(she, 3, second, [first, second]) == pytest.approx(
        {
            "introduced": 1, "introduced first": 0, "share of mentions before": 1 / 3, "share of full names": 1 / 4,
            "named last": 0, "near": 1 / 3, "same role": 1, "same gender": 1, "other gender": 0,
        }
    )  # fmt: skip
    assert evidence(she, 3, first, [first, second]) == pytest.approx(
        {
            "introduced": 1, "introduced first": 1, "share of mentions before": 2 / 3, "share of full names": 3 / 4,
            "named last": 1, "near": 1 / 3, "same role": 0, "same gender": 0, "other gender": 0,
        }
    )  # fmt: skip


@pytest.mark.parametrize(("pronoun", "same", "opposite"), [("she", 1, 0), ("he", 0, 1), ("", 0, 0)])
def test_pronouns_are_evidence_of_gender(pronoun, same, opposite):
    bearer = Bearer()
    bearer.gender, bearer.total = 1, 1
    strengths = evidence(Context("", "", pronoun), 0, bearer, [bearer])
    assert (strengths["same gender"], strengths["other gender"]) == (same, opposite)


def test_of_a_bearer_who_is_not_seen_yet_only_the_full_names_tell():
    first, second = Bearer(), Bearer()
    first.total = second.total = 1
    strengths = evidence(Context("", "", ""), 0, first, [first, second])
    assert {kind: strength for kind, strength in strengths.items() if strength} == {"share of full names": 0.5}


@pytest.mark.parametrize(
    ("title", "pronoun", "gender"), [("she", "", 2), ("he", "", -2), ("", "she", 1), ("he", "she", -1), ("", "", 0)]
)
def test_a_title_tells_twice_as_much_of_gender_as_a_pronoun(title, pronoun, gender):
    assert gender_of(Context("", title, pronoun)) == gender


@pytest.mark.parametrize(
    ("title", "gender", "differs"),
    [("she", -1, True), ("she", 1, False), ("he", 1, True), ("he", -1, False), ("he", 0, False), ("", 1, False)],
)
def test_a_title_of_another_gender(title, gender, differs):
    assert other_gender(Context("", title, ""), gender) is differs


@pytest.mark.parametrize(
    ("own", "roles", "introduced", "cannot_be"),
    [
        ("president", "senator", True, True),
        ("president", "wife", True, True),
        ("president", "president senator", True, False),
        ("president", "farmer", True, False),
        ("president", "farmer", False, True),  # before the person is introduced
        ("president", "president", False, False),
        ("farmer", "senator", True, False),
        ("wife", "president", False, False),
        ("", "president", False, False),
    ],
)
def test_a_high_office_contradicts_another_and_kinship(own, roles, introduced, cannot_be):
    assert contradicts(Context(own), 0, frozenset(roles.split()), introduced=introduced) is cannot_be


def test_a_title_of_another_gender_contradicts_whatever_the_office_is():
    assert contradicts(Context("mayor", "she"), -2, frozenset(["mayor"]))


def test_offices_are_the_roles_that_are_titles():
    assert offices(frozenset(["mayor", "neighbour", "senator"])) == {"mayor", "senator"}


def test_probabilities_of_bearers_add_up_to_one():
    strengths = [{"near": 1.0, "named last": 1.0}, {"near": 0.5, "named last": 0.0}]
    first, second = shares(strengths, {"near": 2.0, "named last": 1.0})
    assert first + second == pytest.approx(1)
    assert first / second == pytest.approx(7.389056)  # e to the power of 3 - 1


ANN, BO, CY, LEE = ("ann", "lee"), ("bo", "lee"), ("cy", "lee"), ("lee",)
FULL = {ANN: ANN, BO: BO, CY: ANN}


def sights(*named):
    """Return the mentions of an article, (words, roles, gender of the title, pronoun) each, one a sentence."""
    return [Sight(key, number, Context(*context)) for number, (key, *context) in enumerate(named)]


def test_full_names_of_one_person_are_one_bearer_with_all_that_is_told():
    bearers = full_names(sights((ANN, "mayor", "she", ""), (CY, "nurse", "", "she"), (LEE,), (BO,)), FULL)
    assert [*bearers] == [ANN, BO]
    assert (bearers[ANN].total, bearers[ANN].gender, bearers[ANN].roles) == (2, 3, {"mayor", "nurse"})
    assert (bearers[BO].total, bearers[BO].gender, bearers[BO].seen) == (1, 0, 0)


@pytest.mark.parametrize(
    ("named", "last"),
    [
        ([(ANN,), (LEE,)], ANN),
        ([(BO,), (LEE,)], BO),
        ([(ANN, "", "she"), (BO, "", "he"), (LEE, "", "she")], ANN),
        ([(ANN, "", "she"), (BO, "", "he"), (LEE, "", "he")], BO),
        ([(ANN, "senator"), (BO, "mayor"), (LEE, "mayor")], BO),
        ([(ANN, "senator"), (BO, "mayor"), (LEE, "senator")], ANN),
        ([(ANN, "senator"), (LEE, "president")], LEE),  # a title that none of them has
        ([(ANN, "", "she"), (LEE, "", "he")], LEE),
        ([(LEE, "mayor"), (ANN,)], ANN),
        ([(ANN,), (CY,)], ANN),
        ([(ANN,), (ANN,), (ANN,), (ANN,), (BO,), (ANN,), (LEE,)], ANN),
        ([(BO,), (BO,), (BO,), (BO,), (ANN,), (BO,), (LEE,)], BO),
        ([(LEE,)], LEE),
    ],
)
def test_whom_the_last_mention_means(named, last):
    persons = [key for key in (ANN, BO) if (key,) in [each[:1] for each in named]]
    assert meant(sights(*named), FULL, {LEE: persons})[-1] == last


def test_a_titled_short_form_goes_on_to_be_a_person_of_its_own():
    keys = meant(sights((ANN, "senator"), (LEE, "president"), (LEE, "president")), FULL, {LEE: [ANN]})
    assert keys == [ANN, LEE, LEE]


@pytest.mark.parametrize(("named", "first"), [(True, 4), (False, float("inf"))])
def test_a_bearer_is_introduced_where_first_named(named, first):
    bearer = Bearer()
    see(bearer, 4, 2, named=named)
    assert (bearer.first, bearer.last, bearer.sentence, bearer.seen) == (first, 4, 2, 1)
    see(bearer, 7, 3, named=named)
    assert (bearer.first, bearer.last, bearer.sentence, bearer.seen) == (first, 7, 3, 2)


def test_mentions_that_all_favour_one_bearer_mean_that_one():
    betsy, tom, short = ("betsy", "moss"), ("tom", "moss"), ("moss",)
    full, fitting = {betsy: betsy, tom: tom}, {short: [betsy, tom]}

    def keys(*names):
        return meant([Sight(name, at, Context("", "", "")) for at, name in enumerate(names)], full, fitting)

    assert keys(betsy, tom, short)[2:] == [short]
    assert keys(short, betsy, tom, short, short) == [betsy, betsy, tom, betsy, betsy]
