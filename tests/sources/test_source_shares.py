"""Shares of kinds and attributes of sources by group, with intervals, contrasts and diversity."""

import math

import pytest

from scripts.sources.source_counts import MEASURES, STANCES, UNKNOWN
from tests.sources.made_sources import GROUPS, KNOWN, ROWS, chosen_rows, share_tables


def test_shares_of_all_documents():
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_shares"]
    kinds = chosen_rows(table, attribute="kind", group="(all)")
    expected = {
        "words": {"politician": (50, 100), "citizen": (10, 100), "unknown": (40, 100)},
        "statements": {"politician": (2, 4), "citizen": (1, 4), "unknown": (1, 4)},
        "direct": {"politician": (10, 50), "citizen": (10, 10), "unknown": (20, 40)},
        "first": {"politician": (2, 2), "citizen": (0, 2), "unknown": (0, 2)},
        "early": {"politician": (1, 2), "citizen": (1, 2), "unknown": (0, 2)},
        "neutral": {"politician": (1, 2), "citizen": (0, 1), "unknown": (0, 0), "(all)": (1, 3)},
        "doubting": {"politician": (0, 2), "citizen": (1, 1), "unknown": (0, 0), "(all)": (1, 3)},
        "endorsing": {"politician": (1, 2), "citizen": (0, 1), "unknown": (0, 0), "(all)": (1, 3)},
    }
    expected["direct"]["(all)"] = (40, 100)
    for measure, values in expected.items():
        rows = kinds[kinds["measure"] == measure]
        assert {value: (row.n, row.total) for value, row in rows.iterrows()} == values
        shares = [n / total if total else math.nan for n, total in values.values()]
        assert rows["estimate"].tolist() == pytest.approx(shares, nan_ok=True)
    assert kinds["n_documents"].unique().tolist() == [3]
    politicians = kinds.loc["politician"].set_index("measure")["documents"].to_dict()
    once = dict.fromkeys(("direct", "early", "neutral", "endorsing"), 1)
    assert politicians == {**dict.fromkeys(MEASURES, 2), **once, "doubting": 0}
    assert kinds.loc["(all)"].set_index("measure")["documents"].to_dict() == {"direct": 2, **dict.fromkeys(STANCES, 1)}


def test_attributes_of_the_table_and_the_unknown():
    """Gender is what the table says: of a speaker without one it is unknown."""
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_shares"]
    gender = chosen_rows(table, attribute="gender", group="(all)", measure="words")
    assert gender["n"].to_dict() == {"woman": 30, "man": 10, "unknown": 60}
    assert gender["unknown"].tolist() == [0.6] * 3
    globe = chosen_rows(table, attribute="gender", group="Globe", measure="words")
    assert globe["n"].to_dict() == {"woman": 30, "man": 10, "unknown": 0}


def test_the_unknown_share_of_a_stance_is_by_statements():
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_shares"]
    rows = table[(table["attribute"] == "kind") & (table["group"] == "(all)")].set_index("measure")["unknown"]
    assert set(rows["doubting"]) == {0.25} and set(rows["direct"]) == {0.4}


@pytest.mark.parametrize("groups", [GROUPS, GROUPS.head(0)])
def test_a_corpus_that_quotes_nobody(groups):
    tables = share_tables(ROWS.head(0), groups, KNOWN, resamples=50)
    assert set(tables["source_shares"]["value"]) == {UNKNOWN, "(all)"}
    assert (tables["source_shares"]["n"] == 0).all()


def test_two_groups_are_compared_with_each_other():
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_contrasts"]
    assert set(zip(table["group"], table["other"], strict=True)) == {("Globe", "Post")}


@pytest.mark.parametrize(
    ("least_known", "compared"), [(0, {"kind", "gender"}), (0.4, {"kind", "gender"}), (0.41, {"kind"}), (1, {"kind"})]
)
def test_groups_are_compared_by_an_attribute_that_is_known_for_enough_words(least_known, compared):
    options = {"origins": ["own", "wire", "own"], "least_known": least_known, "resamples": 50}
    tables = share_tables(ROWS, GROUPS, KNOWN, **options)
    assert set(tables["source_contrasts"]["attribute"]) == compared
    assert set(tables["source_shares"]["attribute"]) == {"kind", "gender"}
