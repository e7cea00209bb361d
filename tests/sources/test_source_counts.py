"""Counts of sources add up, and rare values are counted together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scripts.sources.source_counts import (
    MEASURES,
    MOST_VALUES,
    OTHER_VALUES,
    OWN_TOTALS,
    STATEMENTS,
    SUMS,
    UNKNOWN,
    WORDS,
    attribute_cells,
    hits,
    read_statements,
    sums,
    totals,
    value_names,
)
from tests.sources.made_sources import KNOWN, as_rows, quotes


def test_many_values_are_counted_together():
    names = value_names([f"v{at:03}" for at in range(MOST_VALUES + 3)], np.arange(MOST_VALUES + 3, 0, -1))
    assert names[0] == "v000" and names[-2:] == [OTHER_VALUES, UNKNOWN] and len(names) == MOST_VALUES + 2


def test_a_word_is_a_statement_and_none_is_no_statement():
    table = quotes(*(("a", "politician", None, words, 0, True, True) for words in (0, 1, 2)))
    statements = read_statements(as_rows(table), ["a"], KNOWN)
    of_documents = sums(statements, np.arange(1))["kind"]
    politician = statements.names["kind"].index("politician")
    assert of_documents[SUMS[WORDS]][politician].tolist() == [3]
    assert of_documents[SUMS[STATEMENTS]][politician].tolist() == [2]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from(["x", "y", "unknown"]),
            st.integers(1, 50),
            st.booleans(),
            st.booleans(),
        ),
        max_size=30,
    )
)
def test_shares_add_up_to_one(rows):
    rows = sorted(rows)  # as the table is
    table = quotes(*((doc, value, None, words, words // 2, first, early) for doc, value, words, first, early in rows))
    statements = read_statements(as_rows(table), ["a", "b"], KNOWN)
    of_cells = attribute_cells(statements.names["kind"])
    of_documents = sums(statements, np.arange(2))["kind"]
    for measure in MEASURES:
        is_cell = of_cells.measure == measure
        n, total = hits(of_documents)[is_cell], totals(of_documents)[of_cells.total[is_cell]]
        if measure in OWN_TOTALS:
            assert (n <= total).all()
            assert (n[:-1].sum(axis=0) == n[-1]).all()
        else:
            assert (n.sum(axis=0) == total).all()
