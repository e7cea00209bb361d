"""Shares of sentences with their intervals."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.corpus import ALL, FrameCorpus
from scripts.framing.prevalence import frame_documents, frame_trends, prevalence
from scripts.maths.bootstrap import document_weights
from scripts.maths.document_shares import METHOD
from scripts.maths.intervals import TOO_FEW
from tests.framing.made import codes, corpus, documents


def test_prevalence_counts_sentences_once_and_cues_twice(used):
    cues = codes(("d0", 0, "a"), ("d0", 0, "a"), ("d0", 1, "a"), ("d1", 5, "a"))
    table = prevalence(corpus(documents([4, 6, 5, 5, 5], ["x", *"yyyy"]), cues, used)).set_index(["frame", "group"])
    row, of_x = table.loc[("a", ALL)], table.loc[("a", "x")]
    names = ["n", "n_sentences", "hits", "documents"]
    assert (row[names].tolist(), of_x[names].tolist()) == ([3, 25, 4, 2], [2, 4, 3, 1])
    assert (row["estimate"], of_x["estimate"]) == pytest.approx((0.12, 0.5))
    assert (row["per_100_words"], of_x["per_100_words"]) == pytest.approx((1.6, 7.5))
    assert row["method"] == METHOD
    assert row["lo"] <= 0.12 <= row["hi"]


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


def dated(rows):
    """Return documents of ten sentences: group, date, and the sentences that have the one frame."""
    documents = pd.DataFrame(rows, columns=["group", "date", "n"])
    documents = documents.assign(doc_id=[f"d{at:02}" for at in range(len(rows))], n_sentences=10, n_words=100)
    counts = documents["n"].to_numpy()[:, None]
    frames = pd.DataFrame({"scheme": ["generic"], "frame": ["conflict"]})
    weights = document_weights(documents["doc_id"].tolist(), resamples=200)
    return FrameCorpus(documents, frames, counts, counts, weights)


def test_shares_by_month_have_intervals_from_five_documents_on():
    rows = (
        [("Globe", "2025-01-09", n) for n in (0, 1, 2, 3, 4)]
        + [("Globe", "2025-02", 5)] * 4
        + [("Post", "2025-01", 1), ("", "2025-01", 9)]
    )
    table = frame_trends(dated(rows)).set_index(["group", "month"])
    assert table["estimate"].to_dict() == {
        ("Globe", "2025-01"): 0.2,
        ("Globe", "2025-02"): 0.5,
        ("Post", "2025-01"): 0.1,
    }
    assert table["n_documents"].tolist() == [5, 4, 1] and table["n_sentences"].tolist() == [50, 40, 10]
    assert table["n"].tolist() == [10, 20, 1]
    lo, hi = table.loc[("Globe", "2025-01"), ["lo", "hi"]]
    assert 0 < lo < 0.2 < hi < 0.6
    assert table["method"].tolist() == [METHOD, TOO_FEW, TOO_FEW]
    assert table["lo"].isna().tolist() == table["hi"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize("date", ["2025", "", None, "0000-01", "2025-13", "٢٠٢٥-02"])
def test_a_date_without_a_month_has_no_part(date):
    rows = [("Globe", "2025-01", 1), ("Post", "2025-02", 1), ("Post", date, 9)]
    assert frame_trends(dated(rows))["n"].tolist() == [1, 1]


@pytest.mark.parametrize(
    "rows",
    [[("Globe", "2025-01", 1), ("Post", "2025-01", 1)], [("Globe", "2025-01", 1), ("Globe", "2025-02", 1)]],
    ids=["one month", "one group"],
)
def test_no_rows_without_two_groups_and_two_months(rows):
    assert frame_trends(dated(rows)).empty
