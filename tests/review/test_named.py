"""Type and role of a speaker whom a reader names, by the mentions of the document."""

from dataclasses import replace

import pytest

from scripts.core.annotation import Doc
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate
from scripts.review.named import is_form_of, may_be_same, who_is

TEXT = (
    "Mayor Helen Marsh opened the bridge. Helen Marsh, the deputy mayor of Linden, said it was safe. The World Bank "
    "paid. Ann Lee met Bo Lee."
)


@pytest.fixture(scope="module")
def doc(nlp) -> Doc:
    parsed = next(annotate(nlp, [("a", TEXT)]))
    return replace(parsed, mentions=find_entities(parsed))


@pytest.fixture(scope="module")
def entities(doc) -> list[dict]:
    return [
        {"start": doc.start[each.first], "end": doc.end[each.last - 1], "label": each.label, "entity": each.entity}
        for each in doc.mentions
    ]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Helen Marsh", ("person", "deputy mayor of Linden")),
        ("Marsh", ("person", "deputy mayor of Linden")),
        ("World Bank", ("organisation", "")),
        ("Cy Marsh", ("person", "")),
        ("Lee", ("", "")),
        ("Cy Dunn", ("", "")),
        ("", ("", "")),
    ],
)
def test_who_somebody_is_by_the_longest_role_in_the_document(doc, entities, name, who) -> None:
    assert tuple(who_is(doc, entities, name)) == who


def test_a_surname_is_the_last_word_of_a_name(doc) -> None:
    row = {"start": 0, "end": 5, "label": "PERSON", "entity": "Ann Mary Poe"}
    names = ("Cy Jo Poe", "Poe Jo Cy", "Cy Mary")
    assert [who_is(doc, [row], name).speaker_type for name in names] == ["person", "", ""]
    assert who_is(doc, [row | {"label": "ORG"}], "Cy Jo Poe").speaker_type == ""


@pytest.mark.parametrize(
    ("a", "b", "is_form"),
    [("Trump", "Donald Trump", True), ("Donald Trump", "trump", True), ("Ann Lee", "Bo Lee", False), ("", "Lee", False),
     ("Lee", "Lee", True)],
)  # fmt: skip
def test_forms_of_one_name(a, b, is_form) -> None:
    assert is_form_of(a, b) is is_form


def test_a_name_that_is_mostly_of_a_body_has_no_role(doc, entities) -> None:
    marsh = [row for row in entities if row["entity"] == "Helen Marsh"]
    assert tuple(who_is(doc, marsh, "Helen Marsh")) == ("person", "deputy mayor of Linden")
    bodies = [row | {"label": "ORG"} for row in marsh]
    assert tuple(who_is(doc, [*bodies, *marsh[1:]], "Helen Marsh")) == ("organisation", "")


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("Bernie Sanders", "Bernard SANDERS", True),
        ("Ann Lee", "Lee", True),
        ("Ann Mary Lee", "Bo Lee", True),
        ("Ann Lee", "Ann Ray", False),
        ("", "", False),
        ("Ann Lee", "", False),
    ],
)
def test_names_of_one_place_may_be_of_one_speaker(first, second, is_same) -> None:
    assert may_be_same(first, second) is may_be_same(second, first) is is_same
