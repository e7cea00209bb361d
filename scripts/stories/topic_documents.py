"""Articles of the user's topics. Makes the tables topic_hits (of the batches) and topic_documents.

A document and a sentence may be of several topics; a document that is of any has one main topic, by which documents are
grouped (`groups: topic`). What stands in boilerplate is no hit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.boilerplate import counted_sizes
from scripts.core.options import path_options
from scripts.core.ranges import tables_in_ranges
from scripts.core.storage import read_settings, rows_to_table
from scripts.core.tables import join_batches, part_folders, read_analysed, write_table
from scripts.stories.topic_words import Topic, read_topics

HITS = ["doc_id", "sentence", "topic", "start", "end", "term", "quote", "speaker"]
_AT_A_TIME = 2_000  # documents
_Row = Mapping[str, Any]


class TopicDocument(NamedTuple):
    """A document with a hit of a topic: its hits by term, its sentences with a hit, and all its sentences."""

    doc_id: str
    terms: Counter[str]
    sentences: frozenset[int]
    n_sentences: int

    def belongs(self, topic: Topic, *, without: str = "") -> bool:
        """Return whether the article is one of the topic; `without` the hits of a term, of which all others stay."""
        hits = self.terms.total() - self.terms[without]
        return hits >= topic.least and len(self.sentences) >= topic.share * self.n_sentences


def documents_of(hits: Iterable[_Row], n_sentences: Mapping[str, int]) -> dict[str, list[TopicDocument]]:
    """Return by topic the documents with a hit, from rows of topic_hits in the order of doc_id."""
    terms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    sentences: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in hits:
        key = row["topic"], row["doc_id"]
        terms[key][row["term"]] += 1
        sentences[key].add(row["sentence"])
    by_topic: dict[str, list[TopicDocument]] = defaultdict(list)
    for (topic, doc_id), counts in terms.items():
        by_topic[topic].append(TopicDocument(doc_id, counts, frozenset(sentences[topic, doc_id]), n_sentences[doc_id]))
    return by_topic


def document_rows(topics: Iterable[Topic], by_topic: Mapping[str, list[TopicDocument]]) -> Iterator[_Row]:
    """Yield the rows of table topic_documents: by topic, the documents with most hits first.

    The main topic of a document is the one of most hits of those that it belongs to, of equals the first.
    """
    topics = [*topics]
    main: dict[str, tuple[int, str]] = {}
    for topic in reversed(topics):
        for each in by_topic.get(topic.name, []):
            if each.belongs(topic) and each.terms.total() >= main.get(each.doc_id, (0, ""))[0]:
                main[each.doc_id] = each.terms.total(), topic.name
    for topic in topics:
        documents = by_topic.get(topic.name, [])
        for each in sorted(documents, key=lambda each: (-each.terms.total(), each.doc_id)):
            yield {
                "topic": topic.name,
                "doc_id": each.doc_id,
                "hits": each.terms.total(),
                "sentences": len(each.sentences),
                "share": len(each.sentences) / each.n_sentences,
                "belongs": each.belongs(topic),
                "main": main.get(each.doc_id, (0, ""))[1] == topic.name,
            }


def read_sizes(folder: Path) -> dict[str, int]:
    """Return how many sentences that count each document has in which topics are looked for."""
    documents = counted_sizes(read_analysed(folder, "documents", ["doc_id", "n_sentences"]), folder)
    return dict(zip(*(documents[name].to_pylist() for name in ("doc_id", "n_sentences")), strict=True))


def hits_in_ranges(
    folder: Path, n_sentences: Mapping[str, int], columns: Mapping[str, Sequence[str]]
) -> Iterator[tuple[list[_Row], dict[str, list[TopicDocument]], dict[str, pa.Table]]]:
    """Yield the hits of some documents, those with a hit by topic, and the `columns` of the tables in a folder."""
    bounds = [*n_sentences][_AT_A_TIME::_AT_A_TIME]
    for tables in tables_in_ranges(folder, {"topic_hits": HITS, **columns}, bounds):
        hits = tables["topic_hits"].to_pylist()
        yield hits, documents_of(hits, n_sentences), tables


def in_order(rows: pa.Table, topics: Iterable[Topic]) -> pa.Table:
    """Return rows of table topic_documents by topic, those of most hits first."""
    place = pc.index_in(rows["topic"], pa.array([topic.name for topic in topics], pa.string()))
    keys = pa.table({"topic": place, "hits": rows["hits"], "doc_id": rows["doc_id"]})
    order = [("topic", "ascending"), ("hits", "descending"), ("doc_id", "ascending")]
    return rows.take(pc.sort_indices(keys, sort_keys=order))


def main() -> None:
    """Write the tables topic_hits and topic_documents, from the batches' hits and the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder", "batches", "manifest")
    folder: Path = options.folder
    limits = read_settings(options.settings)["tables"]
    topics, _ = read_topics(options.manifest)
    join_batches("topic_hits", part_folders(options.batches, []), folder, **limits)
    parts = (
        rows_to_table("topic_documents", document_rows(topics, by_topic))
        for _, by_topic, _ in hits_in_ranges(folder, read_sizes(folder), {})
    )
    write_table(folder, "topic_documents", in_order(pa.concat_tables(parts), topics), **limits)


if __name__ == "__main__":
    main()
