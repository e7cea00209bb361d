"""Refusals to speak: who declined to comment or did not answer, by group of documents."""

import pandas as pd

from scripts.quotes.silence import NO_COMMENT

ALL = "(all)"


def refusals(quotes: pd.DataFrame, groups: "pd.Series[str]") -> pd.DataFrame:
    """Return the table refusals: sources that would not speak, in all documents and in each group, most refusals first.

    `quotes` has the columns doc_id, sentence, type, speaker and source, `groups` the group of each document that counts
    by doc_id ("": in none). A source without a name stands by the words of the text. A group has its rows only where
    there are two groups or more.
    """
    rows = quotes[(quotes["type"] == NO_COMMENT) & quotes["doc_id"].isin(groups.index)]
    speaker, source = (rows[column].fillna("") for column in ("speaker", "source"))
    rows = rows.assign(speaker=speaker.where(speaker != "", source), group=rows["doc_id"].map(groups))
    rows = rows.sort_values(["doc_id", "sentence"])
    parts = [rows.assign(group=ALL)]
    if len({*groups} - {""}) > 1:
        parts.append(rows[rows["group"] != ""])
    counted = pd.concat(parts).groupby(["group", "speaker"], as_index=False)
    table = counted.agg(
        n=("doc_id", "size"),
        documents=("doc_id", "nunique"),
        doc_id=("doc_id", "first"),
        sentence=("sentence", "first"),
    )
    return table.sort_values(["group", "n", "speaker"], ascending=[True, False, True], ignore_index=True)
