"""Strata of the sheets: the sign of a sentence, the length of a statement, and the rows of each stratum."""

import pandas as pd
import pytest

from scripts.maths.stratified import rows_by_size
from scripts.review import strata
from scripts.review.strata import (
    LONGEST_CLASS,
    length_strata,
    rows_by_words,
    sentence_strata,
    sign,
    with_signs,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left early.", "neither"),
        ("Critics accused him.", "reporting word"),
        ("She said so.", "reporting word"),
        ("The report was written in May.", "reporting word"),
        ("“We shall go.”", "quotation mark"),
        ('The "sharp tool" lay there.', "quotation mark"),
        ("The 'sharp tool' lay there.", "quotation mark"),
        ("The mayor's tool wasn't there.", "neither"),
        ("", "neither"),
    ],
)
def test_a_sentence_has_the_first_sign_of_a_statement(text, expected) -> None:
    assert sign(text, attributed=False) == expected
    assert sign(text, attributed=True) == "attribution"


def test_a_word_reports_that_does_so_three_times_and_in_more_than_a_fifth_of_its_occurrences(monkeypatch) -> None:
    counts = {"quip/VERB": (3, 0, 14), "smile/NOUN": (3, 0, 15), "bark/VERB": (2, 0, 2)}
    monkeypatch.setattr(strata, "cue_lexicon", lambda: counts)
    stems = strata._reporting_stems.__wrapped__()
    assert "quip" in stems and "said" in stems and not {"smile", "bark"} & stems


def test_the_sentence_in_which_a_statement_begins_has_the_sign_of_one() -> None:
    sentences = pd.DataFrame(
        {"doc_id": ["a", "a", "b"], "sentence": [0, 1, 1], "text": ["It rained.", "It rained on.", "She said no."]}
    )
    signed = with_signs(sentences, pd.DataFrame({"doc_id": ["a"], "sentence": [1]}))
    assert signed["signs"].tolist() == ["neither", "attribution", "reporting word"]
    assert signed["n_words"].tolist() == [2, 3, 3]


def test_sentences_of_twenty_words_are_long_and_a_small_stratum_keeps_its_sign() -> None:
    sentences = pd.DataFrame(
        {
            "signs": ["neither"] * 8 + ["quotation mark"],
            "n_words": [20, 20, 20, 20, 19, 19, 19, 19, 5],
            "group": [*"NNSSNNSS", "N"],
        }
    )
    short, long = "neither | 1 to 19 words", "neither | 20 words or more"
    both = [*[f"{long} | {group}" for group in "NNSS"], *[f"{short} | {group}" for group in "NNSS"]]
    # 161 words: of 34 rows one of 38 words can expect eight, of 33 it cannot.
    assert sentence_strata(sentences, 34).tolist() == [*both, "quotation mark"]
    assert sentence_strata(sentences, 33).tolist() == [*both[:4], *[f"{short} | *"] * 4, "quotation mark"]
    assert sentence_strata(sentences, 17).tolist() == [f"{long} | *"] * 4 + [f"{short} | *"] * 4 + ["quotation mark"]
    assert sentence_strata(sentences, 16).tolist() == ["neither | * | *"] * 8 + ["quotation mark"]


def test_statements_are_parted_by_their_words_and_the_longest_stand_apart() -> None:
    words = [1, 9, 10, 19, 20, 39, 40, 79, 80, 200]
    units = pd.DataFrame({"n_words": words * 9, "band": "x", "type": "direct", "group": ""})
    names = [f"{of} words" for of in ("1 to 9", "10 to 19", "20 to 39", "40 to 79") for _ in range(2)]
    labels = length_strata(units, 10**6)
    assert labels.tolist() == [*[f"{name} | x | direct | " for name in names], LONGEST_CLASS, LONGEST_CLASS] * 9


def test_rows_of_strata_by_their_units() -> None:
    labels = pd.Series(["a"] * 90 + ["b"] * 10)
    assert rows_by_size(labels, 20) == {"a": 14, "b": 6}
    assert rows_by_size(labels, 500) == {"a": 90, "b": 10}
    assert rows_by_size(labels[:0], 20) == {}


def test_rows_of_strata_by_their_words_three_quarters_and_their_units() -> None:
    labels = pd.Series(["short"] * 60 + ["long"] * 20)
    words = pd.Series([5] * 60 + [45] * 20)
    # The long ones have three quarters of the words and a quarter of the units: 0.75 x 0.75 + 0.25 x 0.25 of the rows.
    assert rows_by_words(labels, words, 16) == {"long": 10, "short": 6}
    assert rows_by_words(labels, words, 40) == {"long": 20, "short": 20}


def test_the_longest_are_all_taken_unless_they_take_up_more_than_a_third() -> None:
    labels = pd.Series([LONGEST_CLASS] * 10 + ["short"] * 90)
    words = pd.Series([10] * 100)
    assert rows_by_words(labels, words, 30) == {LONGEST_CLASS: 10, "short": 20}
    assert rows_by_words(labels, words, 29) == {LONGEST_CLASS: 3, "short": 26}
    assert rows_by_words(labels[:10], words[:10], 30) == {LONGEST_CLASS: 10}
