"""Evenness of attributed words."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.balance import evenness, evenness_of_entropy, part, source_balance
from scripts.framing.corpus import ALL
from scripts.maths.bootstrap import centred_percentiles, resampled_sums
from tests.framing.made import codes, corpus, documents


def balance_of(data, quotes, ranges=1):
    """Return the table of quotes, counted in so many ranges of documents."""
    quotes = quotes.assign(speaker=quotes["speaker"].astype("category"))
    number = np.arange(len(quotes["speaker"].cat.categories))
    doc_ids = np.array_split(data.documents["doc_id"].to_numpy(object), ranges)
    firsts = np.cumsum([0, *map(len, doc_ids)])
    parts = [part(quotes, pd.Index(ids), number, first=first) for ids, first in zip(doc_ids, firsts, strict=False)]
    return source_balance(data, parts, quotes["speaker"].cat.categories.tolist())


def test_source_balance(used, quoted):
    without_words = quoted[1].assign(speaker="C", quote=2, n_words=0, n_quoted=0).head(1)
    row = balance_of(corpus(documents([4]), codes(), used), pd.concat([quoted[1], without_words])).iloc[0]
    assert (row["group"], row["n_speakers"], row["words"], row["words_direct"], row["first"]) == (ALL, 2, 8, 6, "A")
    # Shares 3/4 and 1/4: entropy 0.5623 over ln 2.
    assert row["estimate"] == pytest.approx(0.8113, abs=1e-4)


def test_of_speakers_who_are_first_equally_often_none_leads(used):
    rows = [
        ("d0", "B", 5, 0, 0),
        ("d1", "A", 5, 0, 0),
        ("d2", "A", 5, 0, 1),
        ("d2", "B", 5, 0, 0),
        ("d3", "A", 5, 0, 0),
    ]
    quotes = pd.DataFrame(rows, columns=["doc_id", "speaker", "n_words", "n_quoted", "quote"])
    data = corpus(documents([4] * 5, ["x", "x", "y", "", "x"]), codes(), used)
    table = balance_of(data, quotes)
    assert table["first"].tolist() == ["", "", "B"]
    assert table["first_documents"].fillna(0).tolist() == [0, 0, 1]
    assert table["quoting_documents"].tolist() == [4, 2, 1] and table["n_documents"].tolist() == [5, 3, 1]


def test_evenness_of_pielou():
    assert evenness(np.array([5, 5, 5])) == pytest.approx(1)
    assert np.isnan(evenness(np.array([5, 0])))
    rounded = np.array([0.0, 1e-17, 1e-17])
    assert np.isnan(evenness_of_entropy(rounded, np.array([0, 1, 2]))).tolist() == [True, True, False]


def test_evenness_interval_is_that_of_the_whole_table(used):
    generator = np.random.default_rng(2)
    words = generator.integers(0, 30, (25, 6)) * (generator.random((25, 6)) < 0.5)
    data = corpus(documents([4] * 25), codes(), used)
    cells = [(f"d{at}", f"S{who}", words[at, who]) for at, who in zip(*np.nonzero(words), strict=True)]
    quotes = pd.DataFrame(cells, columns=["doc_id", "speaker", "n_words"]).assign(n_quoted=0, quote=range(len(cells)))
    row = balance_of(data, quotes).iloc[0]
    order = pd.Index([f"d{at}" for at in range(25)]).get_indexer(data.documents["doc_id"])
    sums = resampled_sums(data.weights, words[order])[0]
    ends = centred_percentiles(evenness(sums.T), row["estimate"], least=0, most=1)
    assert (row["lo"], row["hi"]) == pytest.approx(ends)
    assert row["lo"] < row["estimate"] < row["hi"]


def test_the_evenness_of_many_speakers_of_one_document_each_is_in_its_interval(used):
    """Each sample lacks a third of the documents and of their speakers: all samples are less even than the whole."""
    words = np.random.default_rng(1).integers(5, 60, 400)
    data = corpus(documents([4] * 100), codes(), used)
    cells = [(f"d{at // 4}", f"S{at}", n, 0, at) for at, n in enumerate(words)]
    quotes = pd.DataFrame(cells, columns=["doc_id", "speaker", "n_words", "n_quoted", "quote"])
    row = balance_of(data, quotes).iloc[0]
    assert row["lo"] < row["estimate"] < row["hi"] <= 1


def test_ranges_of_documents_make_the_table_of_all_together(used):
    generator = np.random.default_rng(4)
    rows = [(f"d{at:02}", f"S{who}", int(n), 0, quote)
            for at, who, n, quote in generator.integers(0, [30, 6, 9, 5], (90, 4)).tolist()]  # fmt: skip
    quotes = pd.DataFrame(rows, columns=["doc_id", "speaker", "n_words", "n_quoted", "quote"]).drop_duplicates(
        ["doc_id", "quote"]
    )
    table = documents([4] * 30, ["x", "y", ""] * 10).assign(doc_id=[f"d{at:02}" for at in range(30)])
    data = corpus(table, codes(), used)
    assert balance_of(data, quotes)["group"].tolist() == [ALL, "x", "y"]
    pd.testing.assert_frame_equal(balance_of(data, quotes, ranges=7), balance_of(data, quotes))
