"""The rows that figures and report choose to show."""

import pandas as pd

from scripts.report.figures.selection import (
    first_grouping,
    largest_contrast,
)


def test_rates_are_by_month_if_there_are_two_else_by_the_first_column_with_two_groups():
    def rates(*cells):
        return pd.DataFrame(cells, columns=["column", "group"])

    outlets, months = [("outlet", "a"), ("outlet", "b")], [("month", "2025-01"), ("month", "2025-02")]
    folders = [("folder", "x"), ("folder", "y")]
    assert first_grouping(rates(*outlets, *months))["column"].unique().tolist() == ["month"]
    assert first_grouping(rates(*outlets, *months[:1], *folders))["group"].tolist() == ["a", "b"]
    assert first_grouping(rates(*outlets[:1], *folders))["group"].tolist() == ["x", "y"]
    for nothing in (rates(), rates(*outlets[:1], *months[:1])):
        assert first_grouping(nothing).empty
        assert first_grouping(nothing).columns.tolist() == ["column", "group"]


def test_contrasted_words_are_the_most_key_of_the_group_with_most_words():
    groups = pd.DataFrame({"group": ["A", "B"]})
    rows = [("A", "x", 1.0, 5), ("A", "y", -9.0, 5), ("B", "z", 99.0, 4), ("A", "w", 1.0, 5)]
    keyness = pd.DataFrame(rows, columns=["target", "word", "g2", "n_target"]).assign(column="outlet", estimate=1.0)
    assert largest_contrast(keyness, groups)["word"].tolist() == ["y", "w", "x"]
    assert largest_contrast(keyness, groups.head(1)).empty
    alike = largest_contrast(keyness.assign(n_target=5), groups)  # of equally large groups the first
    assert alike["word"].tolist() == ["y", "w", "x"]
    assert largest_contrast(keyness.assign(n_target=5, target=keyness["target"].map({"A": "C", "B": "B"})),
                            pd.DataFrame({"group": ["C", "B"]}))["word"].tolist() == ["z"]  # fmt: skip
