from math import comb

import pandas as pd
import pytest

from scripts.entities.cooccurrence import cooccurrence
from scripts.maths.intervals import TOO_FEW
from tests.entities.made import mentions

# Ten sentences in two documents of five; A in four, B in three, both in three.
BOTH = [("a", 0), ("a", 1), ("b", 0)]
TABLE = mentions(
    *[(*at, "place", name) for at in BOTH for name in "AB"], ("b", 4, "place", "A"), ("b", 4, "group", "G")
)
SENTENCES = pd.DataFrame(
    [(doc_id, at, at) for doc_id in "ab" for at in range(5)], columns=["doc_id", "sentence", "paragraph"]
)


def test_a_pair_by_hand():
    pair = cooccurrence(TABLE, SENTENCES, n_documents=5).iloc[0]
    assert tuple(pair[["unit", "name1", "name2", "n", "n1", "n2", "n_units"]]) == ("sentence", "A", "B", 3, 4, 3, 10)
    assert pair["expected"] == pytest.approx(4 * 3 / 10)
    # Hypergeometric upper tail: all three of B fall on the four of A.
    assert pair["p"] == pair["q"] == pytest.approx(comb(4, 3) / comb(10, 3))
    assert (pair["documents"], pair["doc_id"], pair["sentence"]) == (2, "a", 0)


@pytest.mark.parametrize("documents", [1, 4])
def test_too_few_documents_are_not_tested(documents):
    rows = cooccurrence(TABLE, SENTENCES, n_documents=documents)
    assert rows["p"].isna().all() and rows["q"].isna().all() and set(rows["method"]) == {TOO_FEW}


def test_groups_and_single_meetings_are_left_out():
    rows = cooccurrence(TABLE, SENTENCES, n_documents=2)
    assert set(rows["name1"]) | set(rows["name2"]) == {"A", "B"}
    assert cooccurrence(TABLE.head(2), SENTENCES, n_documents=2).empty
