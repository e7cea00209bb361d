"""The parts of an evaluation's report: a table of measures with intervals, by type, and the most frequent errors."""

from collections import Counter
from collections.abc import Sequence

from benchmarks.evaluation.scoring import FAIR, GOOD, Item, Scored, agree, intervals, jaccard, measures, total
from scripts.maths.ranking import by_frequency

MOST_ERRORS = 20


def table(scored: Sequence[Scored], *, resamples: int) -> list[dict[str, str | float]]:
    """Return one row per measure: its value and 95 % interval, in percent."""
    ranges = intervals(scored, resamples=resamples)
    return [
        {"measure": name, "estimate": value, "lo": ranges[name][0], "hi": ranges[name][1]}
        for name, value in measures(total(scored)).items()
    ]


def errors(scored: Sequence[Scored]) -> list[tuple[str, int]]:
    """Return the most frequent kinds of error, (kind, times) each."""
    counts: Counter[str] = Counter()
    for document in scored:
        for item in document.missed:
            counts[_missed(item, document)] += 1
        for item in document.spurious:
            counts[f"found where the gold has nothing like it: {item.row.get('rule', 'unknown rule')}"] += 1
        for value, gold, predicted in document.pairs:
            if value < FAIR:
                continue
            if not agree(gold, predicted):
                counts[_wrong_source(gold, predicted)] += 1
            if value < GOOD:
                counts[_boundary(gold, predicted)] += 1
            if agree(gold, predicted) and gold.source and gold.source_core != predicted.source_core:
                longer = len(predicted.source) > len(gold.source)
                counts[f"source span too {'long' if longer else 'short'}"] += 1
    return [(kind, counts[kind]) for kind in by_frequency(counts)[:MOST_ERRORS]]


def _missed(item: Item, document: Scored) -> str:
    """Return how a gold attribution without a prediction of J 0.5 or more was missed."""
    touching = [predicted for _, _, predicted in document.pairs if predicted.content & item.content] + [
        predicted for predicted in document.spurious if predicted.content & item.content
    ]
    if not touching:
        return f"missed, {item.kind}: nothing found there"
    best = max(touching, key=lambda predicted: (jaccard(item.content, predicted.content), -min(predicted.content)))
    if item.content < best.content:
        return f"missed, {item.kind}: swallowed by a longer one"
    if best.content < item.content:
        return f"missed, {item.kind}: only a part of it found"
    return f"missed, {item.kind}: another stretch found there"


def _wrong_source(gold: Item, predicted: Item) -> str:
    if not predicted.source:
        return f"no source found, {gold.kind}"
    return f"a source where the gold has none, {gold.kind}" if not gold.source else f"another source, {gold.kind}"


def _boundary(gold: Item, predicted: Item) -> str:
    edges = []
    for name, edge in (("begins", min), ("ends", max)):
        gold_edge, predicted_edge = edge(gold.content), edge(predicted.content)
        if gold_edge != predicted_edge:
            early = predicted_edge < gold_edge
            edges.append(f"{name} too {'early' if early else 'late'}")
    return f"content {' and '.join(edges) or 'has a hole or lacks one'}, {gold.kind}"
