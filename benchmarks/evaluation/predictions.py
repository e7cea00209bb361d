"""Attributions by the pipeline's own steps, in the form of gold data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from scripts.attribution.document import Quote, find_quotes
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model


def prediction(quote: Quote) -> dict[str, Any]:
    """Return an attribution as a row in the form of gold data."""
    cue, source, reference = ((span or (None, None)) for span in (quote.cue, quote.source, quote.reference))
    return {
        "start": min(start for start, _ in quote.content),
        "end": max(end for _, end in quote.content),
        "spans": [list(span) for span in quote.content],
        "speaker_start": source[0],
        "speaker_end": source[1],
        "cue_start": cue[0],
        "cue_end": cue[1],
        "ref_start": reference[0],
        "ref_end": reference[1],
        "type": quote.kind,
        "rule": quote.rule,
        "cue_lemma": quote.cue_lemma,
        "score": quote.confidence,
    }


def predictions(
    rows: Sequence[Mapping[str, Any]], *, model: str, reader: str, min_confidence: float
) -> Iterator[list[dict[str, Any]]]:
    """Yield each gold document's attributions, predicted from its text alone, without attributions that lack a cue."""
    for doc in annotate(load_model(model), [(row["doc_id"], row["text"]) for row in rows]):
        doc = replace(doc, mentions=find_entities(doc))
        quotes = find_quotes(doc, reader=reader, min_confidence=min_confidence)
        yield [prediction(quote) for quote in quotes if quote.cue]
