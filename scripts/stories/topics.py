"""Speakers about the user's topics, articles of each in each group, and what each word brings.

Makes the tables topic_statements, topic_speakers, topic_groups and topic_terms of the articles in `topic_documents`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.core.options import path_options
from scripts.core.ranges import tables_in_ranges
from scripts.core.stand_ins import ALL
from scripts.core.statements import NO_COMMENT
from scripts.core.storage import read_parquet, read_settings, rows_to_table, write_parquet
from scripts.core.tables import read_analysed, write_table
from scripts.framing.coding import UNKNOWN
from scripts.maths.intervals import ENOUGH, wilson
from scripts.stories.topic_audit import Judged, judged_hits, precision
from scripts.stories.topic_documents import HITS, Document, documents_of, read_sizes
from scripts.stories.topic_words import Topic, problem_rows, read_topics

_AT_A_TIME = 2_000  # documents
Row = Mapping[str, Any]


def statement_rows(hits: Iterable[Row], words: Mapping[tuple[str, int], int]) -> Iterator[Row]:
    """Yield the rows of table topic_statements: statements with a hit, in the order of topic_hits.

    `words` has the words of each statement that counts, by document and number.
    """
    counts: dict[tuple[str, str, int], int] = Counter()
    about: dict[tuple[str, str, int], Row] = {}
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
            "speaker": "" if row["speaker"] == UNKNOWN else row["speaker"],
            "hits": counts[topic, doc_id, quote],
            "words": words[doc_id, quote],
        }


def speaker_rows(statements: Sequence[Row], topics: Iterable[Topic]) -> Iterator[Row]:
    """Yield the rows of table topic_speakers: who speaks about each topic, most words first."""
    for topic in topics:
        own = [row for row in statements if row["topic"] == topic.name and row["speaker"]]
        words: Counter[str] = Counter()
        documents: dict[str, set[str]] = defaultdict(set)
        for row in own:
            words[row["speaker"]] += row["words"]
            documents[row["speaker"]].add(row["doc_id"])
        n = Counter(row["speaker"] for row in own)
        for speaker in sorted(words, key=lambda name: (-words[name], name)):
            yield {
                "topic": topic.name,
                "speaker": speaker,
                "statements": n[speaker],
                "documents": len(documents[speaker]),
                "words": words[speaker],
                "share": words[speaker] / words.total() if words.total() else float("nan"),
            }


def group_rows(
    topics: Iterable[Topic], by_topic: Mapping[str, list[Document]], groups: Mapping[str, str]
) -> Iterator[Row]:
    """Yield the rows of table topic_groups: articles of each topic, of all and of each group of documents."""
    sizes = Counter({ALL: len(groups)}) + Counter(group for group in groups.values() if group)
    for topic in topics:
        of_topic = [each.doc_id for each in by_topic.get(topic.name, []) if each.belongs(topic)]
        n = Counter(groups[doc_id] for doc_id in of_topic) + Counter({ALL: len(of_topic)})
        for group in [ALL, *sorted(sizes.keys() - {ALL})]:
            lo, hi = wilson(n[group], sizes[group]) if sizes[group] >= ENOUGH else (float("nan"),) * 2
            yield {
                "topic": topic.name,
                "group": group,
                "n_documents": sizes[group],
                "documents": n[group],
                "estimate": n[group] / sizes[group] if sizes[group] else float("nan"),
                "lo": float(lo),
                "hi": float(hi),
                "method": "Wilson over documents",
            }


def term_rows(
    topics: Iterable[Topic], by_topic: Mapping[str, list[Document]], judged: Mapping[tuple[str, str], Judged]
) -> Iterator[Row]:
    """Yield the rows of table topic_terms: what each word brings, those with most hits first within a topic."""
    for topic in topics:
        documents = by_topic.get(topic.name, [])
        hits: Counter[str] = sum((each.terms for each in documents), Counter())
        own = [each for each in documents if each.belongs(topic)]
        for term in sorted(topic.words(), key=lambda term: (-hits[term], term)):
            yield {
                "topic": topic.name,
                "term": term,
                "hits": hits[term],
                "documents": sum(1 for each in documents if each.terms[term]),
                "alone": sum(1 for each in own if not each.belongs(topic, without=term)),
                "share": hits[term] / hits.total() if hits.total() else float("nan"),
                **precision(judged.get((topic.name, term), Judged())),
            }


def main() -> None:
    """Write the tables of the user's topics from those in a folder."""
    options = path_options(main.__doc__, "settings", "folder", "manifest", "problems")
    folder: Path = options.folder
    limits = read_settings(options.settings)["tables"]
    topics, problems = read_topics(options.manifest)
    hits = read_parquet(folder / "topic_hits.parquet", HITS).to_pylist()
    n_sentences = read_sizes(folder)
    group = read_analysed(folder, "document_groups")
    groups = dict(zip(*(group[name].to_pylist() for name in ("doc_id", "group")), strict=True))
    by_topic = documents_of(hits, n_sentences)
    judged, sheet_problems = judged_hits(options.manifest, hits)
    spoken = {row["doc_id"] for row in hits if row["quote"] is not None}
    bounds = [*n_sentences][_AT_A_TIME::_AT_A_TIME]
    words = {
        (row["doc_id"], row["quote"]): row["n_words"]
        for tables in tables_in_ranges(folder, {"quotes": ["doc_id", "quote", "type", "n_words"]}, bounds)
        for row in tables["quotes"].to_pylist()
        if row["doc_id"] in spoken and row["type"] != NO_COMMENT
    }
    statements = [*statement_rows(hits, words)]
    tables = {
        "topic_statements": statements,
        "topic_speakers": speaker_rows(statements, topics),
        "topic_groups": group_rows(topics, by_topic, groups),
        "topic_terms": term_rows(topics, by_topic, judged),
    }
    for name, rows in tables.items():
        write_table(folder, name, rows_to_table(name, rows), **limits)
    faults = [*problem_rows(options.manifest, problems), *sheet_problems]
    write_parquet(options.problems, rows_to_table("problems", faults))


if __name__ == "__main__":
    main()
