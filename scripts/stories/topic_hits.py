"""The batch step: hits of the user's topics in a batch of documents, each with the statement that contains it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from scripts.core.annotation import Doc, docs_of, read_annotations
from scripts.core.guard import rows_of
from scripts.core.kept import document_keys, write_tables
from scripts.core.options import path_options
from scripts.core.sample import sample_annotations
from scripts.core.schemas import arrow_schema
from scripts.core.stand_ins import NARRATOR
from scripts.core.statements import read_speech
from scripts.core.storage import rows_to_table, write_parquet
from scripts.framing.__main__ import quotes_by_document
from scripts.framing.coding import Voice, code_document, voice_at, voices
from scripts.framing.matching import Matcher
from scripts.parsing.query_words import matches
from scripts.stories.topic_words import Topic, as_scheme, read_topics


def document_hits(
    doc: Doc, attributions: Sequence[Voice], topics: Sequence[Topic], matcher: Matcher
) -> list[dict[str, Any]]:
    """Return the rows of table topic_hits of a document, by place and topic.

    The speaker of a hit is that of the innermost statement around it, as for the cues of frames. A mention of one of a
    topic's entities is a hit unless it begins within another hit of the topic.
    """
    rows = [
        {name: row[name] for name in ("doc_id", "sentence", "start", "end", "term", "quote", "speaker")}
        | {"topic": row["frame"]}
        for row in code_document(doc, attributions, [matcher])
    ]
    taken = {(row["topic"], place) for row in rows for place in range(row["start"], row["end"])}
    for topic in topics:
        for word, name in topic.entities.items():
            for mention in doc.mentions:
                start, end = doc.start[mention.first], doc.end[mention.last - 1]
                if not matches(mention.entity.lower(), name) or (topic.name, start) in taken:
                    continue
                taken.update((topic.name, place) for place in range(start, end))
                voice = voice_at(attributions, start, end)
                rows.append(
                    {
                        "doc_id": doc.doc_id,
                        "sentence": doc.sentence[mention.first],
                        "topic": topic.name,
                        "start": start,
                        "end": end,
                        "term": word,
                        "quote": voice.quote if voice else None,
                        "speaker": voice.speaker if voice else NARRATOR,
                    }
                )
    return sorted(rows, key=lambda row: (row["start"], row["end"], row["topic"], row["term"]))


def topic_hits(
    docs: Iterable[Doc], quotes: Mapping[str, list[dict[str, Any]]], topics: Sequence[Topic]
) -> tuple[pa.Table]:
    """Return the table topic_hits of documents, in their order."""
    matcher = Matcher(as_scheme([*topics]))
    rows: list[dict[str, Any]] = []
    for doc in docs:
        rows += document_hits(doc, voices(quotes.get(doc.doc_id, [])), topics, matcher)
    return (rows_to_table("topic_hits", rows),)


def main() -> None:
    """Write the hits of the user's topics in a batch of documents."""
    inputs = ("documents", "sentences", "tokens", "parses", "entities", "quotes", "manifest", "settings")
    options = path_options(main.__doc__, *inputs, "output", "problems")
    topics, _ = read_topics(options.manifest)
    batch = read_annotations(options.documents, options.sentences, options.tokens, options.parses, options.entities)
    quotes = read_speech(options.quotes)
    # The key depends on the words, not on the file: no document is redone for a comment or a newly filled sheet.
    made_by = options.settings.read_bytes() + repr(topics).encode()
    problems = write_tables(
        "topic_hits",
        document_keys(made_by, batch.doc_ids, [*batch, quotes]),
        {options.output: arrow_schema("topic_hits")},
        lambda chosen: topic_hits(docs_of(batch, chosen), quotes_by_document(rows_of(chosen, quotes)), topics),
        sample=lambda: topic_hits(docs_of(sample_annotations()), {}, topics),
    )
    write_parquet(options.problems, problems)
