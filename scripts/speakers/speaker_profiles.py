"""The tables speaker_periods and speaker_neighbours: where, when and alongside whom the leading speakers are quoted."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from scripts.core.encoded import as_table, index_positions, read_narrow
from scripts.core.options import path_options
from scripts.core.statements import NO_COMMENT
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.speakers.leading import leading_speakers, read_spoken

# Most neighbours listed for a speaker: those with most documents in common.
MOST_BESIDE = 20
_QUOTES = ["doc_id", "type", "speaker", "n_words", "n_quoted"]
_SUMS = ["statements", "words", "words_direct"]
GROUP, MONTH = "group", "month"


def speaker_cells(quotes: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return statements, words and words_direct by speaker and document, sorted by both.

    `quotes` is the table of that name, whose texts may be dictionary-encoded; `documents` has doc_id, group and month,
    "" if a document has none. Refusals to speak and statements without a known speaker are left out.
    """
    named = quotes["speaker"].notna() & (quotes["speaker"] != "") & (quotes["type"] != NO_COMMENT)
    statements = quotes[named.to_numpy(bool)].assign(statements=1)
    statements = statements.rename(columns={"n_words": "words", "n_quoted": "words_direct"})
    sums = statements.groupby(["speaker", "doc_id"], as_index=False, observed=True)[_SUMS].sum()
    document = index_positions(sums["doc_id"], pd.Index(documents["doc_id"]))
    places = {name: documents[name].astype("category").array[document] for name in (GROUP, MONTH)}
    return sums.assign(**places)


def periods(cells: pd.DataFrame, speakers: Sequence[str]) -> pd.DataFrame:
    """Return the words of each of `speakers` by group of documents and by month, if there are two or more of these.

    `total` has all words of the group or month that are attributed to named or described speakers; `share` is the
    speaker's share of them.
    """
    parts = []
    for by in (GROUP, MONTH):
        placed = cells[cells[by] != ""]
        if placed[by].nunique() < 2:
            continue
        total = placed.groupby(by, observed=True)["words"].sum().rename("total")
        mine = placed[placed["speaker"].isin(speakers)].groupby(["speaker", by], observed=True)
        rows = mine[_SUMS].sum().join(mine["doc_id"].nunique().rename("documents")).reset_index()
        rows = rows.assign(total=rows[by].map(total.to_dict()).astype(int), by=by).rename(columns={by: "value"})
        parts.append(rows.astype({"speaker": object, "value": object}))
    if not parts:
        return pd.DataFrame()
    table = pd.concat(parts, ignore_index=True)
    table = table.assign(
        words_indirect=table["words"] - table["words_direct"],
        share=table["words"] / table["total"],
        rank=table["speaker"].map({name: rank for rank, name in enumerate(speakers)}),
    )
    return table.sort_values(["rank", "by", "value"], ignore_index=True)


def neighbours(cells: pd.DataFrame, speakers: Sequence[str]) -> pd.DataFrame:
    """Return the others who are quoted in the same documents as each of `speakers`, most shared documents first.

    The estimate is observed over expected shared documents, among all documents in which anybody is quoted: above 1,
    the two are quoted together more often than if they were independent.
    """
    of_speaker = cells["speaker"].value_counts()  # a speaker has one cell in a document
    total = cells["doc_id"].nunique()
    mine = cells.loc[cells["speaker"].isin(speakers), ["speaker", "doc_id"]]
    pairs = mine.merge(cells[["speaker", "doc_id"]].rename(columns={"speaker": "other"}), on="doc_id")
    pairs = pairs[pairs["speaker"].astype(object) != pairs["other"].astype(object)]
    rows = pairs.groupby(["speaker", "other"], observed=True).size().rename("documents_both").reset_index()
    rows = rows.astype({"speaker": object, "other": object})
    rows = rows.assign(
        documents=rows["speaker"].map(of_speaker),
        documents_other=rows["other"].map(of_speaker),
        n_documents=total,
        rank=rows["speaker"].map({name: rank for rank, name in enumerate(speakers)}),
    )
    rows = rows.assign(estimate=rows["documents_both"] * total / (rows["documents"] * rows["documents_other"]))
    rows = rows.sort_values(["rank", "documents_both", "estimate", "other"], ascending=[True, False, False, True])
    return rows.groupby("speaker").head(MOST_BESIDE).reset_index(drop=True)


def main() -> None:
    """Write both tables from the tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    settings = read_settings(options.settings)
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "date"]).to_pandas()
    documents = documents.merge(read_parquet(folder / "document_groups.parquet").to_pandas(), on="doc_id")
    dates = documents["date"].fillna("")
    documents = documents.assign(month=dates.str[:7].where(dates.str.len() >= 7, ""))
    quotes = read_narrow(folder / "quotes.parquet", _QUOTES)
    speakers = leading_speakers(read_spoken(folder / "quotes.parquet"), settings["profiles"]["speakers"])
    cells = speaker_cells(quotes, documents)
    tables = {"speaker_periods": periods(cells, speakers), "speaker_neighbours": neighbours(cells, speakers)}
    for name, rows in tables.items():
        write_table(folder, name, as_table(name, rows), **settings["tables"])
