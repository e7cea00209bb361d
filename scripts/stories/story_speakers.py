"""The tables story_speakers and story_passages: which outlets quote whom about an event, which do not, who was first.

An outlet may have what it seems to leave out in an article that is not in the corpus: the tables show a selection, not
what is true or false.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import write_table

_MEMBERS = ["story", "doc_id", "date", "outlet", "title", "central"]
_QUOTES = ["doc_id", "sentence", "speaker", "kind", "words"]
_REUSE = ["doc_id", "family", "sentence", "speaker"]


def _commonest(rows: pd.DataFrame, keys: list[str], column: str) -> pd.Series:
    """Return the most common value of a column for each value of the keys, in a tie the first in the alphabet."""
    counts = rows.groupby([*keys, column]).size().reset_index(name="n")
    return counts.sort_values(["n", column], ascending=[False, True]).drop_duplicates(keys).set_index(keys)[column]


def _selections(members: pd.DataFrame, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return, for each story and value of a column, which outlets have such rows, which do not, and the first place.

    `rows` have the story, date and outlet of their documents.
    """
    places = rows.assign(undated=rows["date"] == "").sort_values(["undated", "date", "doc_id", "sentence"])
    of_values = places.groupby(["story", column])
    first = {name: (of, "first") for name, of in (("first", "date"), ("doc_id", "doc_id"), ("sentence", "sentence"))}
    made = of_values.agg(documents=("doc_id", "nunique"), **first)
    every = {story: {*names} - {""} for story, names in members.groupby("story")["outlet"]}
    own = [{*names} - {""} for _, names in of_values["outlet"]]
    others = [every[story] - outlets for story, outlets in zip(made.index.get_level_values("story"), own, strict=True)]
    for name, outlets in (("outlets", own), ("others", others)):
        made[f"n_{name}"] = [len(each) for each in outlets]
        made[name] = ["; ".join(sorted(each)) for each in outlets]
    return made


def _in_order(members: pd.DataFrame, rows: pd.DataFrame, counts: Sequence[str], name: str) -> pd.DataFrame:
    """Return rows with the headline of their story, in the order of stories, then by falling counts, then by name."""
    stories = members["story"].drop_duplicates().reset_index(drop=True)
    titles = members[members["central"]].set_index("story")["title"]
    rows = rows.reset_index()
    rows = rows.assign(
        title=titles.reindex(rows["story"]).to_numpy(), place=pd.Index(stories).get_indexer(rows["story"])
    )
    falling = [True, *[False] * len(counts), True]
    return rows.sort_values(["place", *counts, name], ascending=falling, ignore_index=True).drop(columns="place")


def story_passages(members: pd.DataFrame, families: pd.DataFrame, reuse: pd.DataFrame) -> pd.DataFrame:
    """Return the table story_passages, in the order of stories in `members`, then by falling number of outlets.

    `members` is the table story_documents, `families` has rows of quote_families, `reuse` of quote_reuse.
    """
    rows = reuse.merge(members[["doc_id", "story", "date", "outlet"]], on="doc_id")
    passages = _selections(members, rows, "family")
    passages = passages[passages["documents"] > 1]
    speaker = _commonest(rows[rows["speaker"] != ""], ["story", "family"], "speaker").reindex(passages.index)
    text = families.set_index("family")["text"].reindex(passages.index.get_level_values("family"))
    passages = passages.assign(speaker=speaker.fillna(""), text=text.to_numpy())
    return _in_order(members, passages, ["n_outlets", "documents"], "family")


def story_speakers(members: pd.DataFrame, quotes: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Return the table story_speakers, in the order of stories in `members`, then by falling number of outlets.

    `members` is the table story_documents, `passages` is story_passages; `quotes` has rows of quote_sources.
    """
    named = quotes[quotes["speaker"] != ""]
    rows = named.merge(members[["doc_id", "story", "date", "outlet"]], on="doc_id")
    keys = ["story", "speaker"]
    speakers = _selections(members, rows, "speaker").join(
        rows.groupby(keys).agg(statements=("words", "size"), words=("words", "sum"))
    )
    travelling = passages.groupby(keys).size().reindex(speakers.index, fill_value=0)
    speakers = speakers.assign(kind=_commonest(rows, keys, "kind"), passages=travelling)
    return _in_order(members, speakers, ["n_outlets", "documents", "words"], "speaker")


def main() -> None:
    """Write the tables story_passages and story_speakers from the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    table = read_parquet(folder / "story_documents.parquet", _MEMBERS)
    members, doc_ids = table.to_pandas().fillna({"date": ""}), table["doc_id"].combine_chunks()

    def of_documents(name: str, columns: list[str]) -> pd.DataFrame:
        rows = read_parquet(folder / f"{name}.parquet", columns)
        return rows.filter(pc.is_in(rows["doc_id"], doc_ids)).to_pandas()

    families = read_parquet(folder / "quote_families.parquet", ["family", "text"]).to_pandas()
    passages = story_passages(members, families, of_documents("quote_reuse", _REUSE))
    speakers = story_speakers(members, of_documents("quote_sources", _QUOTES), passages)
    limits = read_settings(options.settings)["tables"]
    for name, rows in (("story_passages", passages), ("story_speakers", speakers)):
        write_table(folder, name, as_table(name, rows), **limits)
