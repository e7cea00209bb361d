"""Refusals to speak: who declined to comment or did not answer, by group of documents."""

from collections.abc import Mapping

import pandas as pd

from scripts.core.stand_ins import ALL


def refusals(quotes: pd.DataFrame, groups: Mapping[str, str]) -> pd.DataFrame:
    """Return the table refusals: sources that would not speak, in all documents and in each group, most refusals first.

    `quotes` are the rows of table quotes that are refusals, with the columns doc_id, sentence, speaker and source;
    `groups` is the group of each document that counts by doc_id ("": in none). A source without a name stands by the
    words of the text. A group has its rows only where there are two groups or more.
    """
    rows = quotes[quotes["doc_id"].isin([*groups])].fillna({"speaker": "", "source": ""})
    speaker = rows["speaker"].where(rows["speaker"] != "", rows["source"])
    rows = rows.assign(speaker=speaker, group=[groups[doc_id] for doc_id in rows["doc_id"]])
    has_groups = len({*groups.values()} - {""}) > 1
    in_groups = pd.concat([rows.assign(group=ALL), rows[(rows["group"] != "") & has_groups]])
    by_speaker = in_groups.sort_values(["doc_id", "sentence"]).groupby(["group", "speaker"], as_index=False)
    first = {name: (name, "first") for name in ("doc_id", "sentence")}
    table = by_speaker.agg(n=("doc_id", "size"), documents=("doc_id", "nunique"), **first)
    return table.sort_values(["group", "n", "speaker"], ascending=[True, False, True])
