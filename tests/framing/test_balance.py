"""Evenness of attributed words."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.balance import evenness, source_balance
from scripts.framing.corpus import ALL, make_corpus
from scripts.maths.bootstrap import bootstrap
from tests.framing.made import codes, documents


def test_source_balance(used, quoted):
    row = source_balance(make_corpus(documents([4]), codes(), used), quoted[1]).iloc[0]
    assert (row["group"], row["n_speakers"], row["words"], row["words_direct"], row["first"]) == (ALL, 2, 8, 6, "A")
    # Shares 3/4 and 1/4: entropy 0.5623 over ln 2.
    assert row["estimate"] == pytest.approx(0.8113, abs=1e-4)


def test_evenness_of_pielou():
    assert evenness(np.array([5, 5, 5])) == pytest.approx(1)
    assert np.isnan(evenness(np.array([5, 0])))


def test_evenness_interval_is_that_of_the_whole_table(used):
    generator = np.random.default_rng(2)
    words = generator.integers(0, 30, (25, 6)) * (generator.random((25, 6)) < 0.5)
    data = make_corpus(documents([4] * 25), codes(), used)
    cells = [(f"d{at}", f"S{who}", words[at, who]) for at, who in zip(*np.nonzero(words), strict=True)]
    quotes = pd.DataFrame(cells, columns=["doc_id", "speaker", "n_words"]).assign(n_quoted=0, quote=range(len(cells)))
    row = source_balance(data, quotes).iloc[0]
    order = pd.Index([f"d{at}" for at in range(25)]).get_indexer(data.documents["doc_id"])
    lo, hi = bootstrap(lambda sums: evenness(sums.T), words[order], weights=data.weights)
    assert (row["lo"], row["hi"]) == (pytest.approx(float(lo)), pytest.approx(float(hi)))
    assert row["lo"] < row["estimate"] < row["hi"]
