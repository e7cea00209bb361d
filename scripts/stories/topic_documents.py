"""Articles on the user's topics. Makes the tables topic_hits (joined from the batches) and topic_documents.

A document or sentence may belong to several topics; a document that belongs to any has one main topic, by which
documents are grouped (`groups: topic`). Words in boilerplate are not hits.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from scripts.core.arrays import Floats
from scripts.core.boilerplate import counted_sizes
from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import join_batches, part_folders, read_analysed, write_table
from scripts.stories.topic_words import Topic, read_topics


def in_order(rows: pd.DataFrame, topics: Sequence[Topic], count: str, name: str) -> pd.DataFrame:
    """Return rows in the order of their topics, then by falling `count`, then by `name`."""
    place = rows["topic"].map({topic.name: at for at, topic in enumerate(topics)})
    ordered = rows.assign(place=place).sort_values(["place", count, name], ascending=[True, False, True])
    return ordered.drop(columns="place").reset_index(drop=True)


def bounds_of(topics: Sequence[Topic], names: pd.Series) -> Floats:
    """Return an array (2, names) of the least hits and the least share of sentences of the topics named."""
    bounds = [(topic.least, topic.share) for topic in topics]
    table = pd.DataFrame(bounds, [topic.name for topic in topics], dtype=float)
    return table.reindex(names, columns=[0, 1]).to_numpy().T


def topic_documents(hits: pd.DataFrame, topics: Sequence[Topic], n_sentences: pd.Series) -> pd.DataFrame:
    """Return the table topic_documents from rows of topic_hits: by topic, the documents with most hits first.

    `n_sentences` is how many sentences each document has, by doc_id. The main topic of a document is the one with most
    hits among those that it belongs to, in a tie the first.
    """
    of_documents = hits.groupby(["topic", "doc_id"], as_index=False)
    rows = of_documents.agg(hits=("sentence", "size"), sentences=("sentence", "nunique"))
    rows = in_order(rows, topics, "hits", "doc_id")
    least, share = bounds_of(topics, rows["topic"])
    every = n_sentences.reindex(rows["doc_id"]).to_numpy()
    rows = rows.assign(share=rows["sentences"] / every)
    rows = rows.assign(belongs=(rows["hits"] >= least) & (rows["sentences"] >= share * every))
    main = rows[rows["belongs"]].sort_values("hits", ascending=False, kind="stable").drop_duplicates("doc_id")
    return rows.assign(main=rows.index.isin(main.index))


def main() -> None:
    """Write the tables topic_hits and topic_documents, from the batches' hits and the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder", "batches", "manifest")
    folder: Path = options.folder
    limits = read_settings(options.settings)["tables"]
    topics, _ = read_topics(options.manifest)
    join_batches("topic_hits", part_folders(options.batches, []), folder, **limits)
    hits = read_parquet(folder / "topic_hits.parquet", ["topic", "doc_id", "sentence"]).to_pandas()
    sizes = counted_sizes(read_analysed(folder, "documents", ["doc_id", "n_sentences"]), folder).to_pandas()
    rows = topic_documents(hits, topics, sizes.set_index("doc_id")["n_sentences"])
    write_table(folder, "topic_documents", as_table("topic_documents", rows), **limits)
