"""Answers of a reviewer to single rows as judgements, and words that a reviewer pastes, where they stand in a text."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.annotation import text_sha256
from scripts.review.filled import Checked
from scripts.review.judgements import (
    MISSED_NAMES,
    Present,
    answered_subjects,
    judge,
    locate,
    spans_of_words,
    statements_in,
)
from scripts.review.people import KnownNames
from scripts.review.units import ReviewUnits
from tests.review.filled import TEXTS, units

TEXT = "We pay. They say: we   pay, too."
# The text is: Number 0. 'We pay,' said Ann Lee. Bo Ray left. The sea rose, experts say.
NAME = next(iter(TEXTS))
OF_NAME = TEXTS[NAME]
RIGHT = {"right": "yes", "speaker_right": "yes"}
PEOPLE = ((NAME, "Lee", "Ann Lee"), (NAME, "Ray", "Bo Ray"))


def span(words: str) -> tuple[int, int]:
    return OF_NAME.index(words), OF_NAME.index(words) + len(words)


def judged(kind: str, number: int, corpus: ReviewUnits | None = None, **cells: str):
    """Return the judgements of one row of the first document, and the codes of its problems."""
    judgements, problems = judge_row(kind, number, corpus, **cells)
    return judgements, [problem.code for problem in problems]


def judge_row(kind: str, number: int, corpus: ReviewUnits | None = None, **cells: str):
    """Return the judgements of one row of the first document, and its problems."""
    corpus = corpus or units()
    unit = corpus.by_sheet[kind].iloc[number]
    place = int(unit["start"]), int(unit["end"])
    row = Checked("ann.csv", 2, kind, NAME, text_sha256(OF_NAME), *place, "all", 1, 1, 1, cells)
    return judge({"ann": [(row, number)]}, corpus, KnownNames(PEOPLE, corpus.texts))


@pytest.mark.parametrize(
    ("cells", "judgement", "codes"),
    [
        ({"right": "yes", "speaker_right": "yes"}, (1, 1, "Ann Lee"), []),
        ({"right": "no"}, (0, 0, ""), []),
        ({"right": "no", "speaker_right": "yes"}, (0, 0, ""), []),
        ({"right": "yes", "speaker_right": "no", "whose": "Ray"}, (1, 0, "Bo Ray"), []),
        ({"right": "yes", "speaker_right": "no", "whose": "nobody"}, (1, 0, ""), []),
        ({"right": "yes", "speaker_right": "no", "whose": "experts"}, (1, 0, "experts"), []),
        ({"right": "yes", "speaker_right": "no", "whose": "Cy Dorn"}, (1, 0, ""), ["whose"]),
        ({"right": "yes", "speaker_right": "no"}, (1, 0, ""), ["whose"]),
        ({"right": "yes", "speaker_right": "no", "whose": "yes"}, (1, 0, ""), ["whose"]),
        ({"right": "yes", "whose": "Ray"}, (1, 0, "Bo Ray"), []),  # a name alone says that the speaker is wrong
        ({"right": "yes", "whose": "yes"}, None, ["half-filled"]),
        ({"right": "yes"}, None, ["half-filled"]),
        ({"speaker_right": "yes"}, None, ["half-filled"]),
        ({"right": "yes", "speaker_right": "yes", "whose": "Lee"}, (1, 1, "Ann Lee"), []),
        ({"right": "yes", "speaker_right": "yes", "whose": "Ray"}, None, ["contradiction"]),
        ({"right": "yes", "speaker_right": "no", "whose": "Lee"}, None, ["contradiction"]),
        ({"right": "perhaps", "speaker_right": "no"}, None, ["answer"]),
        ({"right": "=A2", "speaker_right": "no"}, None, ["answer"]),
        (RIGHT | {"may_be": "Bo Ray"}, (1, 1, "Ann Lee"), ["same-as"]),
        (RIGHT | {"may_be": "Bo Ray", "same_as": "no"}, (1, 1, "Ann Lee"), []),
        (RIGHT | {"may_be": "Bo Ray", "same_as": "unknown"}, (1, 1, "Ann Lee"), []),
        (RIGHT | {"may_be": "Bo Ray", "same_as": "yes"}, (1, 1, "Bo Ray"), []),
        (RIGHT | {"may_be": "Bo Ray", "speaker_right": "no", "whose": "Ray"}, (1, 0, "Bo Ray"), []),
        (RIGHT | {"may_be": "Bo Ray | Cy", "same_as": "yes"}, (1, 1, "Ann Lee"), ["same-as"]),
        (RIGHT | {"may_be": "Bo Ray | Cy", "same_as": "Ray"}, (1, 1, "Bo Ray"), []),
        ({"right": "yes", "speaker_right": "yes", "same_as": "yes"}, (1, 1, "Ann Lee"), ["same-as"]),
        ({"right": "yes", "speaker_right": "yes", "same_as": "Ray"}, (1, 1, "Bo Ray"), []),
        ({"right": "yes", "speaker_right": "yes", "same_as": "Cy"}, (1, 1, "Ann Lee"), ["whose"]),
    ],
)
def test_an_attribution_its_speaker_and_who_said_it(cells, judgement, codes) -> None:
    judgements, problems = judged("attributions", 0, **cells)
    assert [(each.right, each.exact, each.truth) for each in judgements] == ([judgement] if judgement else [])
    assert problems == codes
    assert all(each.is_whole is not bool(codes) for each in judgements)
    assert all((each.about, each.reviewer, each.unit) == ("attributions", "ann", 0) for each in judgements)


@pytest.mark.parametrize(
    ("content", "words", "quoted", "pieces", "codes"),
    [
        ("Ann Lee. Bo Ray", 4, 0, ["Ann Lee. Bo Ray"], []),
        ("we PAY", 2, 2, ["We pay"], []),
        ("left | We pay", 3, 2, ["We pay", "left"], []),
        ("We pay said | The sea", 5, 2, ["We pay,' said", "The sea"], []),
        ("We pay, they said", 0, 0, None, ["not-in-text"]),
        ("We pay | they slept", 0, 0, None, ["not-in-text"]),
        ("We pay | pay said", 0, 0, None, ["not-in-text"]),  # one inside the other
        ("a", 0, 0, None, ["not-in-text"]),  # part of a word, as n/a would be of national
        ("0", 0, 0, None, ["not-in-text"]),  # a verdict, although the text has the word
        (" | ", 0, 0, None, []),
    ],
)
def test_the_content_that_an_attribution_should_have(content, words, quoted, pieces, codes) -> None:
    (judgement,), problems = judged("attributions", 0, **RIGHT, content_should_be=content)
    expected = None if pieces is None else (words, quoted, tuple(map(span, pieces)))
    assert (judgement.content, problems) == (expected, codes)
    assert judgement.is_whole is not bool(codes)
    assert judged("attributions", 0, right="no", content_should_be="Ann Lee")[0][0].content is None


@pytest.mark.parametrize(
    ("cells", "judgement", "codes"),
    [
        ({"right": "yes"}, (1, 1, "PERSON"), []),
        ({"right": "yes", "label_should_be": " person "}, (1, 1, "PERSON"), []),
        ({"right": "no"}, (0, 0, ""), []),
        ({"right": "no", "label_should_be": "none"}, (0, 0, ""), []),
        ({"right": "no", "label_should_be": "gpe"}, (1, 0, "GPE"), []),
        ({"label_should_be": "ORG"}, (1, 0, "ORG"), []),
        ({"right": "yes", "label_should_be": "ORG"}, None, ["contradiction"]),
        ({"label_should_be": "unknown"}, None, ["contradiction"]),
        ({"right": "no", "label_should_be": "CITY"}, None, ["label"]),
    ],
)
def test_a_name_and_its_label(cells, judgement, codes) -> None:
    judgements, problems = judged("names", 0, **cells)
    assert [(each.right, each.exact, each.truth) for each in judgements] == ([judgement] if judgement else [])
    assert problems == codes


@pytest.mark.parametrize(
    ("missed", "whose", "statements", "codes"),
    [
        ("The sea rose", "Ray", [(3, 0, "Bo Ray", "The sea rose")], []),
        ("The sea | rose", "Ray", [(2, 0, "Bo Ray", "The sea"), (1, 0, "Bo Ray", "rose")], []),
        ("The sea | rose", "Ray | experts", [(2, 0, "Bo Ray", "The sea"), (1, 0, "experts", "rose")], []),
        ("THE SEA  “rose”", "?", [(3, 0, "", "The sea rose")], []),
        ("The sea rose", "", [(3, 0, "", "The sea rose")], ["whose"]),
        ("The sea rose", "nobody", [(3, 0, "", "The sea rose")], []),
        ("no", "", [], []),
        ("None", "", [], []),
        ("'No.", "", [], []),
        ("", "Ray", None, ["half-filled"]),
        ("yes", "Ray", None, ["half-filled"]),
        ("The sea | rose", "Ray | Lee | Ray", None, ["half-filled"]),
        ("The lake rose", "Ray", None, ["not-in-text"]),
        ("a", "Ray", None, ["not-in-text"]),  # part of a word
        ("We pay", "Ray", None, ["other-sentence"]),
        ("rose | rose", "Ray", None, ["contradiction"]),
    ],
)
def test_statements_that_the_machine_missed_in_a_sentence(missed, whose, statements, codes) -> None:
    judgements, problems = judged("sentences", 3, missed=missed, whose=whose)
    if statements is None:
        assert judgements == []
    else:
        expected = [(words, quoted, speaker, *span(text)) for words, quoted, speaker, text in statements]
        assert [tuple(each) for each in judgements[0].missed] == expected
        assert judgements[0].is_whole is not bool(codes)
    assert problems == codes


def test_a_missed_statement_may_end_in_the_next_sentence() -> None:
    judgements, problems = judged("sentences", 2, missed="left. The", whose="Lee")
    assert [each[-2:] for each in judgements[0].missed] == [span("left. The")]
    assert problems == []


@pytest.mark.parametrize(
    ("missed", "whose", "is_there"),
    [
        ("We pay", "Ray", True),  # the same words
        ("We pay", "Lee", True),
        ("We", "Lee", True),  # most of them, of the same speaker
        ("We", "Ray", False),  # of both less than half
        ("pay", "Lee", True),
        ("pay", "nobody", True),
        ("pay", "Ray", True),
        ("We pay,' said", "Ray", False),
        ("We pay,' said Ann", "Ray", False),
        ("We pay,' said Ann Lee", "Ray", False),
        ("said Ann Lee", "Lee", False),
    ],
)
def test_a_statement_that_the_machine_has_is_not_missed(missed, whose, is_there) -> None:
    judgements, codes = judged("sentences", 1, missed=missed, whose=whose)
    assert (codes == ["contradiction"]) is is_there
    assert (judgements == []) is is_there


@pytest.mark.parametrize(
    ("words", "speaker", "statements"),
    [
        ("one two three four", "Lee", ["one two"]),  # his own, of which most is there
        ("one two three four", "", ["one two"]),
        ("one two three four five six", "Ray", []),
        ("one two three", "Ray", ["one two"]),  # most of the words
        ("one two three four", "Ray", []),
        ("one two three four five six seven eight nine", "Ray", ["one two", "seven eight", "nine ten"]),
        ("seven eight nine ten eleven", "Ray", ["seven eight", "nine ten"]),  # together most of the words
        ("two three four", "Lee", []),  # of his own less than half
        ("two three four five six seven", "Cy", []),
        ("eleven", "Lee", []),
    ],
)
def test_words_that_run_on_over_statements_of_the_machine_would_count_twice(words, speaker, statements) -> None:
    text = "one two three four five six seven eight nine ten eleven"
    places = [("Lee", "one two"), ("Cy", "seven eight"), ("Dee", "nine ten")]
    present = [Present(name, [(text.index(each), text.index(each) + len(each))]) for name, each in places]
    span = text.index(words), text.index(words) + len(words)
    twins = statements_in(present, [span], speaker)
    assert [text[each.spans[0][0] : each.spans[0][1]] for each in twins] == statements


def with_statements(*contents: list[str]) -> ReviewUnits:
    """Return the units with more statements of the first document's speaker, by the pieces of each."""
    frame = units().by_sheet["attributions"]
    more = [frame.head(1).assign(content_spans=[[span(piece) for piece in pieces]]) for pieces in contents]
    return units()._replace(by_sheet={**units().by_sheet, "attributions": pd.concat([frame, *more], ignore_index=True)})


def test_content_that_is_several_other_statements_names_the_first_of_them_whole() -> None:
    corpus = with_statements(["The sea", "rose"], ["left"])
    _, (problem,) = judge_row("attributions", 0, corpus, **RIGHT, content_should_be="We pay | left | The sea rose")
    assert "another of the machine's statements, 'The sea rose' by 'Ann Lee'" in problem.message


def test_content_that_is_another_statement_of_the_speaker_is_not_taken() -> None:
    corpus = with_statements(["The sea rose"])
    (judgement,), codes = judged("attributions", 0, corpus, **RIGHT, content_should_be="We pay | The sea rose")
    assert (judgement.content, judgement.is_whole, codes) == (None, False, ["contradiction"])
    (judgement,), codes = judged("attributions", 0, corpus, **RIGHT, content_should_be="We pay,' said Ann Lee")
    assert judgement.content is not None and codes == []


@pytest.mark.parametrize(
    ("cell", "names", "codes"),
    [
        ("sea = LOC", [("LOC", "sea")], []),
        ("sea = loc | experts=norp |", [("LOC", "sea"), ("NORP", "experts")], []),
        ("no", [], []),
        ("-", [], []),
        ("Não", [], []),
        ("?", None, ["half-filled"]),
        ("sea", None, ["half-filled"]),
        ("sea = CITY", None, ["label"]),
        ("lake = LOC", None, ["not-in-text"]),
        ("Ray = PERSON", None, ["not-in-text"]),  # in the sentence before
        ("sea = LOC | sea = LOC", None, ["contradiction"]),
    ],
)
def test_names_that_the_machine_missed_in_a_sentence(cell, names, codes) -> None:
    judgements, problems = judged("sentences", 3, missed_names=cell)
    expected = [] if names is None else [tuple((label, *span(words)) for label, words in names)]
    assert [each.missed_names for each in judgements] == expected
    assert [each.about for each in judgements] == [MISSED_NAMES] * len(expected)
    assert problems == codes


def test_a_name_that_the_machine_has_is_not_missed() -> None:
    assert judged("sentences", 1, missed_names="Ann Lee = PERSON")[1] == ["contradiction"]
    assert judged("sentences", 1, missed_names="Lee = PERSON")[1] == []


@pytest.mark.parametrize(
    ("kind", "cells", "subjects"),
    [
        ("names", {"right": "yes"}, ["names"]),
        ("names", {"comment": "so", "right": ""}, []),
        ("sentences", {"missed": "no"}, ["sentences"]),
        ("sentences", {"whose": "Lee"}, ["sentences"]),
        ("sentences", {"missed_names": "no"}, [MISSED_NAMES]),
        ("sentences", {"missed": "no", "missed_names": "no"}, ["sentences", MISSED_NAMES]),
        ("sentences", {}, []),
    ],
)
def test_the_subjects_on_which_a_row_has_an_answer(kind, cells, subjects) -> None:
    row = Checked("ann.csv", 2, kind, NAME, "", 0, 9, "all", 1, 1, 1, cells)
    assert answered_subjects(row) == subjects


def test_of_words_that_stand_twice_the_beginning_that_is_nearer_counts() -> None:
    first, second = (0, 6), (18, 26)
    assert spans_of_words(TEXT, "“We pay!”") == [first, second]
    assert [locate(TEXT, "we pay", near) for near in (0, 8, 10, 30)] == [first, first, second, second]


def test_words_that_stand_nowhere_have_no_place() -> None:
    assert locate(TEXT, "we do not pay", 0) is None and locate(TEXT, "…", 0) is None


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 10), st.integers(0, 50))
def test_words_copied_from_a_text_are_found_in_it(text, first, length, near) -> None:
    words = text[first : first + length]
    span = locate(text, words, near)
    is_cut = any(0 < at < len(text) and text[at - 1 : at + 1].isalnum() for at in (first, first + length))
    if any(char.isalnum() for char in words) and not is_cut:
        assert span is not None and 0 <= span[0] < span[1] <= len(text)


def test_words_that_overlap_themselves_are_there_each_time() -> None:
    assert spans_of_words("no no no", "no no") == [(0, 5), (3, 8)]


def test_words_are_whole_ones() -> None:
    assert spans_of_words("A national day, N. A. and na", "n/a") == [(16, 20), (26, 28)]
