"""Batch step: find the quotes in a batch of documents."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from scripts.attribution.document import MIN_CONFIDENCE, find_quotes
from scripts.attribution.network_weights import reader_network
from scripts.attribution.readers import DEFAULT_READER
from scripts.core.annotation import Doc, docs_of, read_annotations
from scripts.core.kept import document_keys, write_tables
from scripts.core.options import path_options
from scripts.core.sample import sample_annotations
from scripts.core.schemas import arrow_schema
from scripts.core.statements import NO_COMMENT, content_of
from scripts.core.storage import read_settings, rows_to_table, write_parquet
from scripts.core.types import Span
from scripts.sources.document_sources import batch_source_rows


def quote_rows(
    docs: Iterable[Doc], *, reader: str = DEFAULT_READER, min_confidence: float = MIN_CONFIDENCE
) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table quotes, in the order of the documents."""
    for doc in docs:
        quotes = find_quotes(doc, reader=reader, min_confidence=min_confidence)
        for number, quote in enumerate(quotes):
            pieces = () if quote.kind == NO_COMMENT else quote.content
            yield {
                "doc_id": doc.doc_id,
                "quote": number,
                "sentence": doc.sentence[quote.tokens[0][0]],
                "type": quote.kind,
                "content_spans": [list(span) for span in pieces],
                "content": content_of(doc.text, pieces),
                "n_words": quote.n_words,
                "n_quoted": quote.n_quoted,
                "cue": doc.text[slice(*quote.cue)] if quote.cue else "",
                "cue_lemma": quote.cue_lemma,
                "source": doc.text[slice(*quote.source)] if quote.source else "",
                **_ends("cue", quote.cue),
                **_ends("cue_head", quote.cue_head),
                **_ends("source", quote.source),
                **_ends("ref", quote.reference),
                "joint_spans": [list(span) for span in quote.joint],
                "speaker": quote.speaker.unnamed or quote.speaker.name,
                "speaker_in_document": quote.speaker.name,
                "ids": "",
                "speaker_type": quote.speaker.kind if quote.source else "",
                "role": quote.speaker.role,
                "rule": quote.rule,
                "confidence": round(quote.confidence, 4),
                "corrected_by": "",
            }


def _ends(name: str, span: Span | None) -> dict[str, int | None]:
    """Return the columns NAME_start and NAME_end for a span of characters; both are None if there is no span."""
    start, end = span or (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


def tables(docs: Iterable[Doc], **settings: Any) -> tuple[pa.Table, pa.Table]:  # noqa: ANN401
    """Return the tables quotes and batch_sources of some documents; `settings` are passed on to `quote_rows`."""
    quotes: list[dict[str, Any]] = []
    sources: list[dict[str, Any]] = []
    for doc in docs:
        of_doc = [*quote_rows([doc], **settings)]
        quotes += of_doc
        sources += batch_source_rows(doc.text, of_doc)
    return rows_to_table("quotes", quotes), rows_to_table("batch_sources", sources)


def main() -> None:
    """Read the tables of a batch; write its quotes and what its documents say about their sources."""
    inputs = ("documents", "sentences", "tokens", "parses", "entities", "settings")
    options = path_options(main.__doc__, *inputs, "output", "sources", "problems")
    settings = read_settings(options.settings)["quotes"]
    reader_network(settings["reader"])  # outside the guard: a missing model is not the documents' fault
    batch = read_annotations(options.documents, options.sentences, options.tokens, options.parses, options.entities)
    problems = write_tables(
        "quotes",
        document_keys(options.settings.read_bytes(), batch.doc_ids, batch),
        {options.output: arrow_schema("quotes"), options.sources: arrow_schema("batch_sources")},
        lambda chosen: tables(docs_of(batch, chosen), **settings),
        sample=lambda: tables(docs_of(sample_annotations()), **settings),
    )
    write_parquet(options.problems, problems)
