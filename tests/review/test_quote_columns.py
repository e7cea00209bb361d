"""Columns of an attribution that follow from a reader's decision on its content, cue or type."""

from dataclasses import replace

import pytest

from scripts.core.annotation import Doc
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate
from scripts.parsing.tokens import segmented_doc
from scripts.review.decisions import Decision
from scripts.review.quote_columns import (
    change_quote,
    content_columns,
    is_form_of,
    may_be_same,
    parse_spans,
    who_is,
)

TEXT = 'The port will close, Ann Smith said. "We shall appeal," said Bo Lee. Nobody answered.\n\nCy Dunn agreed.'
DOC = segmented_doc("a.txt", TEXT)
NAMING = (
    "Mayor Helen Marsh opened the bridge. Helen Marsh, the deputy mayor of Linden, said it was safe. The World Bank "
    "paid. Ann Lee met Bo Lee."
)


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "spans"),
    [("12-34", [(12, 34)]), ("0-1 1-2", None), ("0-1 2-3", [(0, 1), (2, 3)]), ("98-99 99-100", None),
     ("2-100", [(2, 100)]), ("2-101", None), ("5-5", None), ("9-5", None), ("9-12 0-4", None), ("a-b", None),
     ("1-2,4-5", None)],
)  # fmt: skip
def test_spans_are_in_order_apart_and_within_the_text(text, spans) -> None:
    if spans is None:
        with pytest.raises(ValueError, match="spans"):
            parse_spans(text, length=100)
    else:
        assert parse_spans(text, length=100) == spans


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["The port will close"], ("indirect", 0, 4, 0)),
        (['"We shall appeal,"'], ("direct", 1, 3, 3)),
        (["We shall appeal"], ("direct", 1, 3, 3)),
        (["shall appeal", "Bo Lee"], ("mixed", 1, 4, 2)),
        (["said Bo Lee"], ("indirect", 1, 3, 0)),
        (["Cy Dunn agreed"], ("indirect", 3, 3, 0)),
    ],
)
def test_words_and_type_follow_from_the_content(words, expected) -> None:
    columns = content_columns(DOC, [span(each) for each in words])
    assert tuple(columns[name] for name in ("type", "sentence", "n_words", "n_quoted")) == expected
    assert columns["content"] == " ... ".join(words)
    assert columns["content_spans"] == [list(span(each)) for each in words]


def row(sentence: int = 0, head: int | None = None) -> dict:
    return {"sentence": sentence, "cue_head_start": head, "cue_start": 1, "content_spans": [[0, 3]], "n_words": 4,
            "n_quoted": 2}  # fmt: skip


def changed(before: dict, field: str, new: str) -> dict:
    """Return a row with the new value of a reader's decision."""
    after = {**before}
    change_quote(DOC, after, Decision("a.csv", 2, "a.txt", "", -1, -1, field, "", new, "", "", ""), {})
    return after


def test_a_cue_is_given_by_its_words_in_the_paragraph_of_the_content_or_by_its_characters() -> None:
    start, end = span("agreed")
    cue = changed(row(sentence=3), "cue", "agreed")
    assert (cue["cue"], cue["cue_start"], cue["cue_end"]) == ("agreed", start, end)
    assert (cue["cue_lemma"], cue["cue_head_start"], cue["cue_head_end"]) == ("agreed", start, end)
    for times, words in ((2, "said"), (0, "agreed")):
        with pytest.raises(ValueError, match=f"is {times} times in the paragraph"):
            changed(row(), "cue", words)
    start, end = span("said Bo")
    assert changed(row(), "cue", f"{start}-{end}")["cue"] == "said Bo"


def test_a_cue_keeps_the_head_that_it_had_if_that_is_in_it() -> None:
    start, end = span("said Bo")
    bo = TEXT.index("Bo")
    assert changed(row(head=bo), "cue", f"{start}-{end}")["cue_head_start"] == bo
    assert changed(row(head=0), "cue", f"{start}-{end}")["cue_head_start"] == start
    assert changed(row(), "cue", f"{start}-{start + 1}")["cue_head_start"] is None


def test_words_in_quotation_marks_follow_from_a_type() -> None:
    assert changed(row(), "type", "direct") == row() | {"type": "direct", "n_quoted": 4}
    assert changed(row(), "type", "indirect") == row() | {"type": "indirect", "n_quoted": 0}
    assert changed(row(), "type", "mixed") == row() | {"type": "mixed", "n_quoted": 2}
    half = row() | {"n_quoted": 4, "content_spans": [list(span('close, Ann Smith said. "We shall'))]}
    assert changed(half, "type", "mixed") == half | {"type": "mixed", "n_quoted": 2}
    none = {"type": "no comment", "content_spans": [], "content": "", "n_words": 0, "n_quoted": 0}
    assert changed(row(), "type", "no comment") == row() | none


@pytest.fixture(scope="module")
def doc(nlp) -> Doc:
    parsed = next(annotate(nlp, [("a", NAMING)]))
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
    assert tuple(who_is(doc, entities, name).values()) == who


def test_a_surname_is_the_last_word_of_a_name(doc) -> None:
    row = {"start": 0, "end": 5, "label": "PERSON", "entity": "Ann Mary Poe"}
    names = ("Cy Jo Poe", "Poe Jo Cy", "Cy Mary")
    assert [who_is(doc, [row], name)["speaker_type"] for name in names] == ["person", "", ""]
    assert who_is(doc, [row | {"label": "ORG"}], "Cy Jo Poe")["speaker_type"] == ""


@pytest.mark.parametrize(
    ("a", "b", "is_form"),
    [("Trump", "Donald Trump", True), ("Donald Trump", "trump", True), ("Ann Lee", "Bo Lee", False), ("", "Lee", False),
     ("Lee", "Lee", True)],
)  # fmt: skip
def test_forms_of_one_name(a, b, is_form) -> None:
    assert is_form_of(a, b) is is_form


def test_a_name_that_is_mostly_of_a_body_has_no_role(doc, entities) -> None:
    marsh = [row for row in entities if row["entity"] == "Helen Marsh"]
    assert tuple(who_is(doc, marsh, "Helen Marsh").values()) == ("person", "deputy mayor of Linden")
    bodies = [row | {"label": "ORG"} for row in marsh]
    assert tuple(who_is(doc, [*bodies, *marsh[1:]], "Helen Marsh").values()) == ("organisation", "")


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
