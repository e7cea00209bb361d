"""Shares of kinds and attributes of sources by group, with intervals, contrasts and diversity."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.encoded import as_table
from scripts.maths.intervals import TOO_FEW
from scripts.quotes.known_sources import parse_known
from scripts.quotes.source_counts import MEASURES, MOST, OTHER_VALUES, UNKNOWN, count, value_names
from scripts.quotes.source_shares import METHOD, share_tables

KNOWN = parse_known("s.csv", b"name,gender\nAnn,woman\nBo,man\nCy,\n")  # rows 2, 3 and 4
COLUMNS = ["doc_id", "kind", "row", "words", "words_direct", "first", "early"]


def quotes(*rows):
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.assign(row=pd.array(table["row"].tolist(), dtype="Int64"))


ROWS = quotes(
    ("a", "politician", 2, 30, 10, True, True),
    ("a", "citizen", 3, 10, 10, False, True),
    ("b", "politician", 4, 20, 0, True, False),
    ("b", "unknown", None, 40, 20, False, False),
    ("copy", "citizen", 3, 99, 99, True, True),
)
GROUPS = pd.Series({"a": "Globe", "b": "Post", "silent": "Post"})


def cells(table, **chosen):
    for column, value in chosen.items():
        table = table[table[column] == value]
    return table.set_index("value")


def test_shares_of_all_documents():
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_shares"]
    kinds = cells(table, attribute="kind", group="(all)")
    expected = {
        "words": {"politician": (50, 100), "citizen": (10, 100), "unknown": (40, 100)},
        "statements": {"politician": (2, 4), "citizen": (1, 4), "unknown": (1, 4)},
        "direct": {"politician": (10, 50), "citizen": (10, 10), "unknown": (20, 40)},
        "first": {"politician": (2, 2), "citizen": (0, 2), "unknown": (0, 2)},
        "early": {"politician": (1, 2), "citizen": (1, 2), "unknown": (0, 2)},
    }
    for measure, values in expected.items():
        rows = kinds[kinds["measure"] == measure]
        assert {value: (row.n, row.total) for value, row in rows.iterrows()} == values
        assert rows["estimate"].tolist() == [n / total for n, total in values.values()]
    assert kinds["n_documents"].unique().tolist() == [3]
    assert kinds.loc["politician", "documents"].tolist() == [2] * len(MEASURES)


def test_attributes_of_the_table_and_the_unknown():
    """Gender is what the table says: of a speaker without one it is unknown."""
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_shares"]
    gender = cells(table, attribute="gender", group="(all)", measure="words")
    assert gender["n"].to_dict() == {"woman": 30, "man": 10, "unknown": 60}
    assert gender["unknown"].tolist() == [0.6] * 3
    globe = cells(table, attribute="gender", group="Globe", measure="words")
    assert globe["n"].to_dict() == {"woman": 30, "man": 10, "unknown": 0}


def test_too_few_documents():
    tables = share_tables(ROWS, GROUPS, KNOWN, resamples=50)
    for table in tables.values():
        assert table["lo"].isna().all() and table["hi"].isna().all()
        assert set(table["method"]) == {TOO_FEW}
    assert tables["source_contrasts"]["p"].isna().all()


def simulated(n, share, random, *, group):
    """Return attributions of n documents, each with ten words of a politician or a citizen, and their groups."""
    drawn = random.random(n) < share
    rows = [
        (f"{group}{at}", "politician" if is_one else "citizen", None, 10, 0, True, True)
        for at, is_one in enumerate(drawn)
    ]
    return rows, {f"{group}{at}": group for at in range(n)}


def test_intervals_hold_the_truth_of_a_simulated_corpus():
    random = np.random.default_rng(5)
    inside = 0
    for _ in range(60):
        rows, groups = simulated(80, 0.3, random, group="Globe")
        table = share_tables(quotes(*rows), pd.Series(groups), parse_known("", b"name\n"), resamples=200)[
            "source_shares"
        ]
        row = cells(table, measure="words").loc["politician"]
        assert row["method"] == METHOD
        inside += row["lo"] <= 0.3 <= row["hi"]
    assert inside >= 52  # 57 are expected; with 95 % intervals fewer than 52 come about once in 100 times


def test_contrasts_find_a_difference_and_keep_quiet_without_one():
    random = np.random.default_rng(3)
    parts = [
        simulated(150, share, random, group=group) for share, group in ((0.7, "Globe"), (0.3, "Post"), (0.5, "Sun"))
    ]
    rows = quotes(*(row for part, _ in parts for row in part))
    groups = pd.Series({name: group for _, part in parts for name, group in part.items()})
    table = share_tables(rows, groups, parse_known("", b"name\n"), resamples=200)["source_contrasts"]
    words = cells(table, measure="words").loc["politician"].set_index("group")
    assert words["other"].unique().tolist() == ["(the others)"]
    assert (words.loc["Globe", "q"] < 0.001) and (words.loc["Post", "q"] < 0.001) and words.loc["Sun", "q"] > 0.05
    assert words.loc["Globe", "estimate"] == words.loc["Globe", "share"] - words.loc["Globe", "share_other"]
    assert (table["q"].dropna() >= table["p"][table["q"].notna()]).all()


def test_two_groups_are_compared_with_each_other():
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_contrasts"]
    assert set(zip(table["group"], table["other"], strict=True)) == {("Globe", "Post")}


def test_diversity():
    """Two kinds with equal words are two, whatever is unknown."""
    rows = quotes(
        ("a", "politician", None, 10, 0, True, True),
        ("a", "citizen", None, 10, 0, False, True),
        ("a", "unknown", None, 60, 0, False, True),
    )
    table = share_tables(rows, pd.Series({"a": ""}), KNOWN, resamples=50)["source_diversity"]
    kinds = table[table["attribute"] == "kind"].iloc[0]
    assert (kinds["n_values"], kinds["estimate"], kinds["evenness"], kinds["unknown"]) == (2, 2.0, 1.0, 0.75)
    gender = table[table["attribute"] == "gender"].iloc[0]
    assert (gender["n_values"], gender["unknown"]) == (0, 1.0) and math.isnan(gender["estimate"])


@pytest.mark.parametrize("rows, groups", [(ROWS.head(0), GROUPS), (ROWS.head(0), GROUPS.head(0)), (ROWS, GROUPS)])
def test_tables_have_the_columns_of_the_schema(rows, groups):
    for name, table in share_tables(rows, groups, KNOWN, resamples=50).items():
        assert as_table(name, table).num_rows == len(table)


def test_many_values_are_counted_together():
    names = value_names([f"v{at:03}" for at in range(MOST + 3)], np.arange(MOST + 3, 0, -1))
    assert names[0] == "v000" and names[-2:] == [OTHER_VALUES, UNKNOWN] and len(names) == MOST + 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from(["x", "y", ""]), st.integers(1, 50), st.booleans(), st.booleans()
        ),
        max_size=30,
    )
)
def test_shares_add_up_to_one(rows):
    table = quotes(*((doc, "unknown", None, words, words // 2, first, early) for doc, _, words, first, early in rows))
    counts = count(table, [value for _, value, *_ in rows], ["a", "b"])
    for measure in MEASURES:
        hits, totals = counts.hits[measure], counts.totals[measure]
        if measure == "direct":
            assert (hits <= totals).all()
        else:
            assert (hits.sum(axis=1) == totals[:, 0]).all()
