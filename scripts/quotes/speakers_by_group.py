"""Speakers of each group of documents: their share of the words that the group attributes to anyone."""

from pathlib import Path

import pandas as pd

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.quotes.speakers import speakers

# Speakers of a group in the table, those with most words.
MOST = 50
_QUOTES = ["doc_id", "quote", "sentence", "type", "speaker", "speaker_type", "role", "n_words", "n_quoted"]


def speakers_by_group(quotes: pd.DataFrame, groups: "pd.Series[str]", *, resamples: int = 1000) -> pd.DataFrame:
    """Return the table speakers_by_group: for each group its `MOST` most quoted speakers, most words first.

    `quotes` is the table of that name; `groups` is the group of each document, by doc_id ("": in none). Intervals come
    from drawing documents of the group with replacement; with fewer than `intervals.ENOUGH` they are missing. There are
    no rows without two groups.
    """
    names = sorted(set(groups) - {""})
    if len(names) < 2:
        return pd.DataFrame()
    parts = []
    for name in names:
        doc_ids = sorted(groups.index[groups == name])
        rows = speakers(quotes[quotes["doc_id"].isin(doc_ids)], doc_ids, resamples=resamples).head(MOST)
        parts.append(rows.assign(group=name, group_documents=len(doc_ids)))
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    """Write the table speakers_by_group from the tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed"]).to_pandas()
    groups = read_parquet(folder / "document_groups.parquet").to_pandas().set_index("doc_id")["group"]
    groups = groups[documents.loc[documents["parsed"], "doc_id"]]
    quotes = read_parquet(folder / "quotes.parquet", _QUOTES).to_pandas()
    table = as_table("speakers_by_group", speakers_by_group(quotes, groups))
    write_table(folder, "speakers_by_group", table, **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
