"""Frames by month and group of documents."""

import pandas as pd
import pytest

from scripts.framing.corpus import FrameCorpus
from scripts.framing.trends import frame_trends
from scripts.maths.bootstrap import document_weights
from scripts.maths.document_shares import METHOD
from scripts.maths.intervals import TOO_FEW


def corpus(rows):
    """Return documents of ten sentences: group, date, and the sentences that have the one frame."""
    documents = pd.DataFrame(rows, columns=["group", "date", "n"])
    documents = documents.assign(doc_id=[f"d{at:02}" for at in range(len(rows))], n_sentences=10, n_words=100)
    counts = documents["n"].to_numpy()[:, None]
    frames = pd.DataFrame({"scheme": ["generic"], "frame": ["conflict"]})
    weights = document_weights(documents["doc_id"].tolist(), resamples=200)
    return FrameCorpus(documents, frames, counts, counts, weights)


def test_shares_by_month_have_intervals_from_five_documents_on():
    rows = (
        [("Globe", "2025-01-09", n) for n in (0, 1, 2, 3, 4)] + [("Globe", "2025-02", 5)] * 4 + [("Post", "2025-01", 1)]
    )
    table = frame_trends(corpus(rows)).set_index(["group", "month"])
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
    assert frame_trends(corpus(rows))["n"].tolist() == [1, 1]


@pytest.mark.parametrize(
    "rows",
    [[("Globe", "2025-01", 1), ("Post", "2025-01", 1)], [("Globe", "2025-01", 1), ("Globe", "2025-02", 1)]],
    ids=["one month", "one group"],
)
def test_no_rows_without_two_groups_and_two_months(rows):
    assert frame_trends(corpus(rows)).empty
