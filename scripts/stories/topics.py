"""Speakers about the user's topics, articles of each in each group, and what each word brings.

Makes the tables topic_statements, topic_speakers, topic_groups and topic_terms of the articles in `topic_documents`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.options import path_options
from scripts.core.stand_ins import ALL
from scripts.core.statements import NO_COMMENT
from scripts.core.storage import read_settings, rows_to_table, write_parquet
from scripts.core.tables import read_analysed, write_table
from scripts.framing.coding import NOT_NAMED
from scripts.maths.intervals import ENOUGH, wilson
from scripts.maths.ranking import by_frequency
from scripts.stories.topic_audit import Judged, judged_hits, precision
from scripts.stories.topic_documents import TopicDocument, hits_in_ranges, read_sizes
from scripts.stories.topic_words import Topic, problem_rows, read_topics

_QUOTES = ["doc_id", "quote", "type", "n_words"]
_Row = Mapping[str, Any]


def statement_rows(hits: Iterable[_Row], words: Mapping[tuple[str, int], int]) -> Iterator[_Row]:
    """Yield the rows of table topic_statements: statements with a hit, in the order of topic_hits.

    `words` has the words of each statement that counts, by document and number.
    """
    counts: dict[tuple[str, str, int], int] = Counter()
    about: dict[tuple[str, str, int], _Row] = {}
    for row in hits:
        if row["quote"] is not None and (row["doc_id"], row["quote"]) in words:
            key = row["topic"], row["doc_id"], row["quote"]
            counts[key] += 1
            about.setdefault(key, row)
    for (topic, doc_id, quote), row in about.items():
        yield {
            "topic": topic,
            "doc_id": doc_id,
            "quote": quote,
            "sentence": row["sentence"],
            "speaker": "" if row["speaker"] == NOT_NAMED else row["speaker"],
            "hits": counts[topic, doc_id, quote],
            "words": words[doc_id, quote],
        }


def speaker_counts(statements: Iterable[_Row]) -> Counter[tuple[str, str, str]]:
    """Return statements, documents and words by topic and speaker; the counts of parts of the documents add up."""
    counts: Counter[tuple[str, str, str]] = Counter()
    documents: set[tuple[str, str, str]] = set()
    for row in statements:
        if row["speaker"]:
            key = row["topic"], row["speaker"]
            counts[*key, "words"] += row["words"]
            counts[*key, "statements"] += 1
            documents.add((*key, row["doc_id"]))
    counts.update((topic, speaker, "documents") for topic, speaker, _ in documents)
    return counts


def speaker_rows(counts: Mapping[tuple[str, str, str], int], topics: Iterable[Topic]) -> Iterator[_Row]:
    """Yield the rows of table topic_speakers: who speaks about each topic, most words first."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, speaker, column), n in counts.items():
        if column == "words":
            words[name][speaker] = n
    for topic in topics:
        own = words[topic.name]
        for speaker in by_frequency(own):
            yield {
                "topic": topic.name,
                "speaker": speaker,
                **{name: counts[topic.name, speaker, name] for name in ("statements", "documents", "words")},
                "share": own[speaker] / own.total() if own.total() else float("nan"),
            }


def topic_group_counts(
    topics: Iterable[Topic], by_topic: Mapping[str, list[TopicDocument]], groups: Mapping[str, str]
) -> Counter[tuple[str, str]]:
    """Return the articles of each topic by group, and of all; the counts of parts of the documents add up."""
    counts: Counter[tuple[str, str]] = Counter()
    for topic in topics:
        of_topic = [each.doc_id for each in by_topic.get(topic.name, []) if each.belongs(topic)]
        counts.update((topic.name, groups[doc_id]) for doc_id in of_topic)
        counts[topic.name, ALL] += len(of_topic)
    return counts


def group_rows(
    topics: Iterable[Topic], counts: Mapping[tuple[str, str], int], groups: Mapping[str, str]
) -> Iterator[_Row]:
    """Yield the rows of table topic_groups: articles of each topic, of all and of each group of documents."""
    sizes = Counter({ALL: len(groups)}) + Counter(group for group in groups.values() if group)
    for topic in topics:
        for group in [ALL, *sorted(sizes.keys() - {ALL})]:
            n = counts[topic.name, group]
            lo, hi = wilson(n, sizes[group]) if sizes[group] >= ENOUGH else (float("nan"),) * 2
            yield {
                "topic": topic.name,
                "group": group,
                "n_documents": sizes[group],
                "documents": n,
                "estimate": n / sizes[group] if sizes[group] else float("nan"),
                "lo": float(lo),
                "hi": float(hi),
                "method": "Wilson over documents",
            }


def term_counts(topics: Iterable[Topic], by_topic: Mapping[str, list[TopicDocument]]) -> Counter[tuple[str, str, str]]:
    """Return the hits and the documents of each word, and the documents that only this word makes some of the topic.

    The counts of parts of the documents add up.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for topic in topics:
        for each in by_topic.get(topic.name, []):
            belongs = each.belongs(topic)
            for term, hits in each.terms.items():
                counts[topic.name, term, "hits"] += hits
                counts[topic.name, term, "documents"] += 1
                counts[topic.name, term, "alone"] += belongs and not each.belongs(topic, without=term)
    return counts


def term_rows(
    topics: Iterable[Topic], counts: Mapping[tuple[str, str, str], int], judged: Mapping[tuple[str, str], Judged]
) -> Iterator[_Row]:
    """Yield the rows of table topic_terms: what each word brings, those with most hits first within a topic."""
    for topic in topics:
        hits = {term: counts[topic.name, term, "hits"] for term in topic.words()}
        total = sum(hits.values())
        for term in by_frequency(hits):
            yield {
                "topic": topic.name,
                "term": term,
                **{name: counts[topic.name, term, name] for name in ("hits", "documents", "alone")},
                "share": hits[term] / total if total else float("nan"),
                **precision(judged.get((topic.name, term), Judged())),
            }


def main() -> None:
    """Write the tables of the user's topics from those in a folder."""
    options = path_options(main.__doc__, "settings", "folder", "manifest", "problems")
    folder: Path = options.folder
    limits = read_settings(options.settings)["tables"]
    topics, problems = read_topics(options.manifest)
    n_sentences = read_sizes(folder)
    group = read_analysed(folder, "document_groups")
    groups = dict(zip(*(group[name].to_pylist() for name in ("doc_id", "group")), strict=True))
    hits_of_sheets, sheet_problems = judged_hits(
        options.manifest, chain.from_iterable(hits for hits, _, _ in hits_in_ranges(folder, n_sentences, {}))
    )
    statements = []
    by_term, by_speaker = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    by_group = Counter[tuple[str, str]]()
    for hits, by_topic, tables in hits_in_ranges(folder, n_sentences, {"quotes": _QUOTES}):
        by_term.update(term_counts(topics, by_topic))
        by_group.update(topic_group_counts(topics, by_topic, groups))
        quotes = tables["quotes"].filter(pc.not_equal(tables["quotes"]["type"], NO_COMMENT))
        words = {(row["doc_id"], row["quote"]): row["n_words"] for row in quotes.to_pylist()}
        rows = [*statement_rows(hits, words)]
        by_speaker.update(speaker_counts(rows))
        statements.append(rows_to_table("topic_statements", rows))
    tables_of_topics = {
        "topic_statements": pa.concat_tables(statements),
        "topic_speakers": rows_to_table("topic_speakers", speaker_rows(by_speaker, topics)),
        "topic_groups": rows_to_table("topic_groups", group_rows(topics, by_group, groups)),
        "topic_terms": rows_to_table("topic_terms", term_rows(topics, by_term, hits_of_sheets)),
    }
    for name, table in tables_of_topics.items():
        write_table(folder, name, table, **limits)
    faults = [*problem_rows(options.manifest, problems), *sheet_problems]
    write_parquet(options.problems, rows_to_table("problems", faults))


if __name__ == "__main__":
    main()
