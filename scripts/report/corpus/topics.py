"""Topics and stories of documents, and the sentences and statements that topics occur in, as numbers."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Ints
from scripts.core.encoded import index_positions
from scripts.report.corpus.own_names import rows_at
from scripts.report.corpus.tokens import read_rows


class Topics(NamedTuple):
    """The names of the user's topics, their documents, and the sentences that have their words.

    `documents` has a row for each topic and document that belongs to it (topic, document). `hits` has the sentences
    with a hit (topic, document, sentence, and statement: the row of the innermost statement around the hit, or -1).
    """

    names: list[str]
    documents: pd.DataFrame
    hits: pd.DataFrame


class Stories(NamedTuple):
    """Names of stories, which are doc_ids, and their titles; and the number of each document's story, or -1."""

    names: list[str]
    titles: list[str]
    of_document: Ints


def read_topics(folder: Path, doc_ids: pd.Index, statements: pd.DataFrame) -> Topics:
    """Return the topics in a folder of tables; hits refer to rows of `statements` (doc_id, quote)."""
    of = read_rows(folder, "topic_documents", ["topic", "doc_id", "belongs"])
    names = of["topic"].astype(str).unique().tolist()
    topics = pd.Index(names, dtype=object)
    of = of.assign(topic=index_positions(of["topic"], topics), document=index_positions(of["doc_id"], doc_ids))
    hits = read_rows(folder, "topic_hits", ["topic", "doc_id", "sentence", "quote"])
    hits = hits.assign(
        topic=index_positions(hits["topic"], topics),
        document=index_positions(hits["doc_id"], doc_ids),
        quote=hits["quote"].fillna(-1).astype(np.int64),
    )
    hits = hits.assign(statement=rows_at(hits, statements, "quote"))
    columns = ["topic", "document", "sentence", "statement"]
    hits = hits[columns].drop_duplicates().sort_values(["document", "sentence", "topic", "statement"])
    belongs = of.loc[of["belongs"].astype(bool), ["topic", "document"]].sort_values(["topic", "document"])
    return Topics(names, belongs.reset_index(drop=True), hits.reset_index(drop=True))


def topics_of(topics: Topics, first: int, last: int, statements: int) -> Topics:
    """Return the topics of the documents from `first` to before `last`, with documents and statements counted from 0.

    `statements` is the number of statements in earlier documents.
    """
    documents = topics.documents[topics.documents["document"].between(first, last - 1)]
    hits = topics.hits.iloc[slice(*np.searchsorted(topics.hits["document"], [first, last]))]
    statement = (hits["statement"] - statements).clip(lower=-1)
    hits = hits.assign(document=hits["document"] - first, statement=statement)
    return Topics(topics.names, documents.assign(document=documents["document"] - first), hits)


def read_stories(folder: Path, doc_ids: pd.Index) -> Stories:
    """Return the stories in a folder of tables, in the order of the table stories."""
    stories = read_rows(folder, "stories", ["story", "title"])
    names, titles = (stories[name].astype(str).tolist() for name in ("story", "title"))
    rows = read_rows(folder, "story_documents", ["story", "doc_id"])
    of_document: NDArray[np.int64] = np.full(len(doc_ids), -1, np.int64)
    of_document[index_positions(rows["doc_id"], doc_ids)] = index_positions(
        rows["story"], pd.Index(names, dtype=object)
    )
    return Stories(names, titles, of_document)
