"""Rows that a figure shows where they are not the first of their table; the report lists the same rows."""

from collections.abc import Sequence

import pandas as pd

from scripts.words.comparisons import CORPUS

# Groups side by side, and points of the figure of two groups.
_GROUPS, _CONTRASTED = 9, 400


def first_grouping(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one grouping column: `month` if it has two groups or more, else the first that has."""
    columns = sorted(dict.fromkeys(rates["column"]), key=lambda column: column != "month")
    parts = (rates[rates["column"] == column] for column in columns)
    return next((part for part in parts if part["group"].nunique() > 1), rates.head(0))


def largest_groups(groups: pd.DataFrame) -> dict[str, int]:
    """Return the number of documents by group, of the groups with most documents, most first.

    There are none unless there are two.
    """
    counts = groups.loc[groups["group"] != "", "group"].value_counts().rename_axis("group").reset_index(name="n")
    top = counts.sort_values(["n", "group"], ascending=[False, True]).head(_GROUPS)
    return dict(zip(top["group"], top["n"].tolist(), strict=True)) if len(counts) > 1 else {}


def compared_words(keyness: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Return the rows of table keyness that compare the given groups with the others, of the first such column."""
    rows = keyness[keyness["target"].isin(groups) & keyness["estimate"].notna()]
    return rows[rows["column"].isin(rows["column"].head(1))]


def largest_contrast(keyness: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of table keyness that compare the largest group (by its words) with the others, most key first.

    `groups` is table document_groups; without two groups the rows compare the corpus with its reference, if there is
    one.
    """
    rows = compared_words(keyness, list(largest_groups(groups)) or [CORPUS])
    sizes = rows.drop_duplicates("target").sort_values(["n_target", "target"], ascending=[False, True])
    rows = rows[rows["target"].isin(sizes["target"].head(1))]
    return rows.assign(key=-rows["g2"].abs()).sort_values(["key", "word"]).drop(columns="key").head(_CONTRASTED)
