"""Key words of the statements of leading speakers."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths.intervals import benjamini_hochberg, normal_p
from scripts.maths.keyness import log_odds_dirichlet
from scripts.quotes.silence import NO_COMMENT
from scripts.words.counts import read_words
from scripts.words.keyness import PRIOR
from scripts.words.speaker_words import finish, merge, part, spoken_words

LIMITS = {"stop": frozenset({"the"}), "min_count": 1, "min_documents": 1, "most": 5}


def batch(texts):
    """Return the words of documents, given as texts of words of one letter, and the first character of each."""
    rows = [(doc_id, 0, 2 * at, word, word, True) for doc_id, text in texts.items() for at, word in enumerate(text)]
    columns = ["doc_id", "sentence", "start", "word", "lemma", "is_word"]
    tokens = pa.table(dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))
    words = read_words(pa.table({"doc_id": list(texts)}), tokens, tokens, unit="lemma", pattern=None)
    return words, tokens["start"].to_numpy()[words.row]


def quotes(*rows):
    """Return statements as (doc_id, speaker, first word, word after the last)."""
    table = pd.DataFrame(rows, columns=["doc_id", "speaker", "first", "last"])
    spans = [[[2 * first, 2 * last]] for first, last in zip(table["first"], table["last"], strict=True)]
    return table.assign(content_spans=spans, type="direct")


def test_words_inside_statements_are_counted_once_for_each_speaker():
    words, start = batch({"d": "abcab", "e": "ccc"})
    statements = quotes(("d", "Ann", 0, 3), ("d", "Ann", 1, 2), ("d", "Bo", 1, 5), ("e", "", 0, 1))
    counts = spoken_words(statements, words, start)
    assert {(row[0], row[1], row[2]): row[3] for row in counts.itertuples(index=False)} == {
        ("Ann", "d", "a"): 1, ("Ann", "d", "b"): 1, ("Ann", "d", "c"): 1,
        ("Bo", "d", "a"): 1, ("Bo", "d", "b"): 2, ("Bo", "d", "c"): 1, ("", "e", "c"): 1,
    }  # fmt: skip


def test_a_refusal_and_a_statement_of_a_document_that_is_not_counted_are_left_out():
    words, start = batch({"d": "ab"})
    statements = pd.concat([quotes(("d", "Ann", 0, 2)).assign(type=NO_COMMENT), quotes(("x", "Bo", 0, 2))])
    assert spoken_words(statements, words, start).empty


def test_log_odds_are_of_the_speaker_against_all_other_statements():
    merged = pd.DataFrame(
        [
            ("Ann", "d", "tax", 6),
            ("Ann", "e", "tax", 2),
            ("Ann", "d", "law", 2),
            ("Bo", "d", "tax", 1),
            ("", "f", "law", 9),
        ],
        columns=["speaker", "doc_id", "word", "count"],
    )
    (row,) = finish(part(merged, ["Ann"]), ["Ann"], **LIMITS).to_dict("records")
    counts = ("word", "count", "count_others", "n", "n_others", "documents", "n_documents", "documents_all")
    assert [row[name] for name in counts] == ["tax", 8, 1, 10, 10, 2, 2, 2]
    prior = np.array([9 / 20, 11 / 20]) * PRIOR
    estimate, z = log_odds_dirichlet([8, 2], [1, 9], [2, 8], [9, 1], prior=prior, prior_total=PRIOR)
    assert (row["estimate"], row["z"]) == pytest.approx((estimate[0], z[0]))
    assert row["q"] == pytest.approx(benjamini_hochberg(normal_p(z))[0])


def test_stop_words_rare_words_and_words_of_too_few_documents_are_not_listed():
    merged = pd.DataFrame(
        [("Ann", "d", "the", 9), ("Ann", "d", "rare", 1), ("Ann", "d", "once", 5), ("Ann", "d", "tax", 3),
         ("Ann", "e", "tax", 3), ("Bo", "d", "law", 30)],
        columns=["speaker", "doc_id", "word", "count"],
    )  # fmt: skip
    listed = finish(part(merged, ["Ann"]), ["Ann"], **LIMITS | {"min_count": 2, "min_documents": 2})
    assert listed["word"].tolist() == ["tax"]
    assert finish(part(merged, ["Ann"]), ["Ann"], **LIMITS | {"most": 1})["word"].tolist() == ["tax"]


def test_a_single_speaker_has_nobody_to_differ_from():
    merged = pd.DataFrame([("Ann", "d", "tax", 3)], columns=["speaker", "doc_id", "word", "count"])
    assert finish(part(merged, ["Ann"]), ["Ann", "Nobody"], **LIMITS).empty
    assert finish(part(merged, []), [], **LIMITS).empty


STATEMENTS = st.lists(
    st.tuples(st.sampled_from("defg"), st.sampled_from(["Ann", "Bo", ""]), st.integers(0, 3), st.integers(1, 3))
)


@given(STATEMENTS)
def test_batches_make_the_table_of_all_documents_together(rows):
    texts = {"d": "abcabc", "e": "bbbaaa", "f": "cabcab", "g": "aacbba"}
    statements = quotes(*[(doc_id, name, first, first + n) for doc_id, name, first, n in rows])
    speakers = ["Ann", "Bo"]
    parts = [
        part(spoken_words(some, *batch({doc_id: texts[doc_id] for doc_id in ids})), speakers)
        for ids in ("eg", "df")
        for some in [statements[statements["doc_id"].isin(list(ids))]]
    ]
    undivided = merge([part(spoken_words(statements, *batch(texts)), speakers)])
    for merged, expected in zip(merge(parts), undivided, strict=True):
        pd.testing.assert_frame_equal(merged, expected, check_dtype=False, check_index_type=False)
    tables = [finish(rows, speakers, **LIMITS) for rows in (merge(parts), undivided)]
    pd.testing.assert_frame_equal(*tables, check_dtype=False)
