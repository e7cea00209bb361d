"""The kinds that names of organisations in a text have, surnames among them."""

import pytest

from scripts.sources.kind_phrases import head_of_phrase, listed, owner_words, phrase_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("editor at Fox", "media"),
        ("The Fox editor", "media"),
        ("Fox", "media"),
        ("Cy Fox", ""),
        ("editor at Fox Hill", ""),
        ("SPD Chancellor Bo Lee", "politician"),
        ("people of note", ""),
        ("", ""),
    ],
)
def test_a_name_that_may_be_a_surname_counts_where_no_given_name_stands_before_it(text, kind):
    assert listed(text) == kind


@pytest.mark.parametrize(
    ("phrase", "head", "kind"),
    [
        ("former deputy mayors of Derry", "mayor", "politician"),
        ("a group of farmers", "", "citizen"),
        ("17-year-old student", "student", "citizen"),
        ("police chief 3", "", "official"),
        ("security and forensic analyst", "analyst", "expert"),
        ("mayor and founder of a school", "mayor", "politician"),
        ("Niger's president", "president", "politician"),
        ("the country's president", "president", "politician"),
        ("club's president", "president", ""),
        ("Energy Secretary", "energy secretary", "politician"),
        ("Linden state delegate", "delegate", "politician"),
        ("a talent agency", "talent agency", "business"),
        ("her agent", "agent", "business"),
        ("FBI agents", "agent", "official"),
        ("president of the Linden Grain Growers Association", "president", "business"),
        ("Natural Resources Defense Council", "council", "civil society"),
        ("", "", ""),
    ],
)
def test_the_head_of_a_phrase_and_its_kind(phrase, head, kind):
    assert (head_of_phrase(phrase), phrase_kind(phrase)) == (head, kind)


def test_whose_spokesman_somebody_is():
    assert owner_words("Stein's spokeswoman") == ["Stein", "spokeswoman"]
    assert owner_words("mayor of Derry") == []
