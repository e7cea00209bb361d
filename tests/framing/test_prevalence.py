"""Shares of sentences with their intervals."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.prevalence import frame_documents, prevalence
from scripts.maths.document_shares import METHOD
from scripts.maths.intervals import TOO_FEW
from tests.framing.made import codes, corpus, documents


def test_prevalence_counts_sentences_once_and_cues_twice(used):
    data = corpus(documents([4, 6, 5, 5, 5]), codes(("d0", 0, "a"), ("d0", 0, "a"), ("d1", 5, "a")), used)
    row = prevalence(data).iloc[0]
    assert (row["n"], row["n_sentences"], row["hits"], row["documents"]) == (2, 25, 3, 2)
    assert row["estimate"] == pytest.approx(0.08)
    assert row["per_100_words"] == pytest.approx(1.2)
    assert row["method"] == METHOD
    assert row["lo"] <= 0.08 <= row["hi"]


def test_a_frame_that_no_or_every_sentence_has_may_still_be_there_or_missing(used):
    cues = codes(*((f"d{at}", sentence, "a") for at in range(5) for sentence in range(5)))
    every, none = prevalence(corpus(documents([5] * 5), cues, used)).to_dict("records")
    assert (every["estimate"], none["estimate"]) == (1, 0)
    assert 0.2 < every["lo"] < 0.9 and every["hi"] == 1
    assert none["lo"] == 0 and 0.1 < none["hi"] < 0.8


def test_a_frame_that_clusters_is_known_less_well(used):
    spread = codes(*((f"d{at}", 0, "a") for at in range(20)))
    clustered = codes(*((f"d{at}", sentence, "a") for at in range(4) for sentence in range(5)))
    widths = [
        row["hi"] - row["lo"]
        for cues in (spread, clustered)
        for row in [prevalence(corpus(documents([5] * 20), cues, used)).iloc[0]]
    ]
    assert widths[1] > 1.3 * widths[0]


def test_documents_are_summed_some_at_a_time(used, monkeypatch):
    cues = codes(*((f"d{at}", 0, "a") for at in (0, 3, 4)))
    data = corpus(documents([4, 5, 6, 7, 8, 9]), cues, used)
    at_once = prevalence(data)
    monkeypatch.setattr("scripts.framing.prevalence._DOCUMENTS", 2)
    pd.testing.assert_frame_equal(prevalence(data), at_once)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_few_documents_have_no_interval(used, number):
    table = prevalence(corpus(documents([4] * number), codes(("d0", 0, "a")), used))
    assert table[["lo", "hi"]].isna().all(axis=None) and set(table["method"]) == {TOO_FEW}
    assert table["estimate"].tolist() == [1 / (4 * number), 0]


def test_interval_covers_the_true_share_of_clustered_sentences(used):
    generator = np.random.default_rng(5)
    covered = 0
    for _ in range(100):
        shares = generator.beta(1, 3, 40)
        sizes = generator.integers(5, 40, 40)
        values = [
            (f"d{at}", sentence, "a")
            for at, (share, size) in enumerate(zip(shares, sizes, strict=True))
            for sentence in np.flatnonzero(generator.random(size) < share)
        ]
        row = prevalence(corpus(documents(list(sizes)), codes(*values), used, resamples=400)).iloc[0]
        covered += row["lo"] <= 0.25 <= row["hi"]
    assert 86 <= covered <= 99


def test_documents_without_a_frame_have_no_row(used):
    data = corpus(documents([4, 6]), codes(("d1", 0, "b"), ("d1", 1, "b")), used)
    (table,) = frame_documents(data)
    assert table[["doc_id", "frame", "n", "estimate"]].to_numpy().tolist() == [["d1", "b", 2, 2 / 6]]


def test_rows_of_documents_are_made_some_documents_at_a_time(used, monkeypatch):
    data = corpus(documents([4] * 5), codes(*((f"d{at}", 0, "a") for at in (0, 3, 4))), used)
    monkeypatch.setattr("scripts.framing.prevalence._DOCUMENTS", 2)
    assert [table["doc_id"].tolist() for table in frame_documents(data)] == [["d0"], ["d3"], ["d4"]]
