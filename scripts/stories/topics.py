"""The user's topics: who speaks about them, how many articles on them each group has, and what each word contributes.

Makes the tables topic_statements, topic_speakers, topic_groups and topic_terms of the articles in `topic_documents`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.stand_ins import ALL
from scripts.core.statements import with_words
from scripts.core.storage import read_parquet, read_settings, rows_to_table, write_parquet
from scripts.core.tables import read_analysed, write_table
from scripts.framing.coding import NOT_NAMED
from scripts.maths.intervals import ENOUGH, wilson
from scripts.stories.topic_audit import Judged, judged_hits, precision
from scripts.stories.topic_documents import bounds_of, in_order
from scripts.stories.topic_words import Topic, problem_rows, read_topics


def topic_statements(hits: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the table topic_statements: statements with a hit, in the order of topic_hits.

    `hits` are those within statements; `quotes` has the words (`n_words`) of the statements that count.
    """
    within = hits.merge(quotes, on=["doc_id", "quote"])
    statements = within.groupby(["topic", "doc_id", "quote"], sort=False, as_index=False).agg(
        sentence=("sentence", "first"), speaker=("speaker", "first"), hits=("term", "size"), words=("n_words", "first")
    )
    return statements.assign(speaker=statements["speaker"].replace(NOT_NAMED, ""))


def topic_speakers(statements: pd.DataFrame, topics: Sequence[Topic]) -> pd.DataFrame:
    """Return the table topic_speakers from topic_statements: who speaks about each topic, most words first."""
    rows = (
        statements[statements["speaker"] != ""]
        .groupby(["topic", "speaker"], as_index=False)
        .agg(statements=("words", "size"), documents=("doc_id", "nunique"), words=("words", "sum"))
    )
    rows = rows.assign(share=rows["words"] / rows.groupby("topic")["words"].transform("sum"))
    return in_order(rows, topics, "words", "speaker")


def topic_groups(documents: pd.DataFrame, topics: Sequence[Topic], groups: pd.Series) -> pd.DataFrame:
    """Return the table topic_groups: the articles on each topic among all documents and in each group of documents.

    `documents` is the table topic_documents, `groups` the group of each document by doc_id ("" for none).
    """
    sizes = pd.concat([pd.Series({ALL: len(groups)}), groups[groups != ""].value_counts().sort_index()])
    belonging = documents[documents["belongs"]]
    of_groups = belonging.assign(group=belonging["doc_id"].map(groups))
    counts = pd.concat([of_groups, belonging.assign(group=ALL)]).value_counts(["topic", "group"])
    every = pd.MultiIndex.from_product([[topic.name for topic in topics], sizes.index], names=["topic", "group"])
    rows = every.to_frame(index=False)
    n, of = counts.reindex(every, fill_value=0).to_numpy(), sizes.reindex(rows["group"]).to_numpy()
    lo, hi = (np.where(of >= ENOUGH, end, np.nan) for end in wilson(n, of))
    rows = rows.assign(n_documents=of, documents=n, lo=lo, hi=hi, method="Wilson over documents")
    return rows.assign(estimate=rows["documents"] / rows["n_documents"])


def topic_terms(
    hits: pd.DataFrame, documents: pd.DataFrame, topics: Sequence[Topic], judged: Mapping[tuple[str, str], Judged]
) -> pd.DataFrame:
    """Return the table topic_terms: what each word contributes, those with most hits first within a topic.

    `hits` are rows of topic_hits, `documents` is the table topic_documents. An article is due to one word `alone` if
    without it too few hits, or sentences with one, are left.
    """
    keys = ["topic", "term", "doc_id"]
    by_document = hits.groupby(keys, as_index=False).size().merge(documents, on=["topic", "doc_id"])
    is_alone = hits.groupby(["topic", "doc_id", "sentence"])["term"].transform("nunique") == 1
    of_words = hits[is_alone].groupby(keys)["sentence"].nunique()
    lost = of_words.reindex(pd.MultiIndex.from_frame(by_document[keys]), fill_value=0).to_numpy()
    least, share = bounds_of(topics, by_document["topic"])
    of_documents = np.rint(by_document["sentences"] / by_document["share"])
    is_short = (by_document["hits"] - by_document["size"] < least) | (
        by_document["sentences"] - lost < share * of_documents
    )
    alone = by_document["belongs"] & is_short
    counts = (
        by_document.assign(alone=alone)
        .groupby(["topic", "term"])
        .agg(hits=("size", "sum"), documents=("size", "size"), alone=("alone", "sum"))
    )
    words = [(topic.name, word) for topic in topics for word in topic.words()]
    every = pd.MultiIndex.from_frame(pd.DataFrame(words, columns=["topic", "term"]))
    rows = counts.reindex(every, fill_value=0).reset_index()
    rows = rows.assign(share=rows["hits"] / rows.groupby("topic")["hits"].transform("sum"))
    checked = pd.DataFrame([precision(judged.get(word, Judged())) for word in words])
    return in_order(pd.concat([rows, checked], axis=1), topics, "hits", "term")


def main() -> None:
    """Write the tables of the user's topics from those in a folder."""
    options = path_options(main.__doc__, "settings", "folder", "manifest", "problems")
    folder: Path = options.folder
    topics, problems = read_topics(options.manifest)
    hits = read_parquet(folder / "topic_hits.parquet")
    documents = read_parquet(folder / "topic_documents.parquet").to_pandas()
    groups = read_analysed(folder, "document_groups").to_pandas().set_index("doc_id")["group"]
    judged, sheet_problems = judged_hits(
        options.manifest, (row for batch in hits.to_batches() for row in batch.to_pylist())
    )
    within = hits.filter(pc.is_valid(hits["quote"]))
    quotes = read_parquet(folder / "quotes.parquet", ["doc_id", "quote", "type", "n_words"])
    quotes = quotes.filter(pc.is_in(quotes["doc_id"], within["doc_id"].combine_chunks()))
    quotes = with_words(quotes).drop_columns("type")
    statements = topic_statements(within.to_pandas(), quotes.to_pandas())
    of_terms = hits.select(["topic", "term", "doc_id", "sentence"])
    tables = {
        "topic_statements": statements,
        "topic_speakers": topic_speakers(statements, topics),
        "topic_groups": topic_groups(documents, topics, groups),
        "topic_terms": topic_terms(of_terms.to_pandas(), documents, topics, judged),
    }
    limits = read_settings(options.settings)["tables"]
    for name, rows in tables.items():
        write_table(folder, name, as_table(name, rows), **limits)
    faults = [*problem_rows(options.manifest, problems), *sheet_problems]
    write_parquet(options.problems, rows_to_table("problems", faults))
