"""Features of a candidate, for both readers: numbers about what the network reads in its words and at its edges."""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np

from scripts.attribution.candidates import Candidate
from scripts.attribution.described_cues import Cue
from scripts.attribution.encoding import ATTITUDE_CUE, BEGIN, CONTENT, CUE, END, SEEN_SOURCE, SOURCE, Encoding, as_seen
from scripts.attribution.marked import MarkedDoc, n_words
from scripts.attribution.sources import Source
from scripts.core.arrays import Floats, Ints

# Probabilities are kept away from 0 and 1 by this before their log-odds are taken.
_EDGE = 0.004
# How many words beside a content to look at, on each side.
_BESIDE = 3

# In this order. `seen`: as this cue sees it; `any`: whatever the cue. Mean and minimum over the content's words, words
# before and after it, its first and last word, those of its pieces, and the likeliest ones that the cue sees.
# A logistic model only adds up, so the last six combine features: both edges, and the cue with what it sees.
FEATURES = (
    *("cue", "seen overlap", "seen content", "seen least", "seen before", "seen after", "seen begin", "seen end"),
    *("seen begin lag", "seen end lag", "seen begins", "seen ends", "seen most", "seen size"),
    *("any content", "any least", "any before", "any after", "any begin", "any end"),
    *("source any", "source seen", "source most", "source share", "source none"),
    *("length", "outside", "pieces", "quoted", "quoted outside", "cue quoted"),
    *("noun", "adjective", "according", "mark", "attitude"),
    *("seen edges", "seen weaker edge", "any weaker edge", "seen overlap squared"),
    *("cue and overlap", "attitude and overlap"),
)
# For `seen` and `any`, the features in which `features` treats both alike.
_ALIKE = {
    name: [f"{name} {part}" for part in ("content", "least", "before", "after", "begin", "end", "weaker edge")]
    for name in ("seen", "any")
}
# The chances of words as content, beginning and end.
Columns = list[list[float]]


class WindowWords(NamedTuple):
    """The words that all cues of a window see, in its tokens `first` to before `last`: their places, and columns."""

    first: int
    last: int
    places: Ints
    columns: Columns


class SeenWords(NamedTuple):
    """The words that one cue sees, in the tokens `first` to before `last`.

    `columns` are those of `seen` and `any`, and `sums` the running sums of the first of each. `features` are those that
    all candidates share, with the log-odds of the likeliest edges.
    """

    first: int
    last: int
    columns: dict[str, Columns]
    sums: dict[str, list[float]]
    features: dict[str, float]


@lru_cache(maxsize=1 << 12)
def logit(probability: float) -> float:
    """Return the log-odds of a probability, kept away from 0 and 1.

    >>> logit(0.5), round(logit(1.0), 2)
    (0.0, 5.52)
    """
    bounded = min(1.0 - _EDGE, max(_EDGE, probability))
    return math.log(bounded / (1.0 - bounded))


def window_words(marked: MarkedDoc, read: Encoding, cue: int) -> WindowWords:
    """Return the words that a cue token and all other cues of its window see."""
    first, of_cue = read.of_cues[cue]
    last = first + len(of_cue)
    places = np.flatnonzero(np.diff(marked.words_before[first : last + 1]))
    return WindowWords(first, last, places, _columns(read.tokens[first:last][places]))


def _columns(of_words: Floats) -> Columns:
    columns: Columns = of_words.T[[CONTENT, BEGIN, END]].tolist()
    return columns


def seen_words(marked: MarkedDoc, read: Encoding, window: WindowWords, cue: Cue) -> SeenWords:
    """Return the words that a cue of a window sees, with the features that all its candidates share."""
    columns = {"seen": _columns(as_seen(read, cue.token)[1][window.places]), "any": window.columns}
    sums = {name: [*accumulate(column, initial=0.0)] for name, (column, _, _) in columns.items()}
    return SeenWords(
        window.first, window.last, columns, sums, _shared(marked, read, cue.token, cue.source, columns["seen"])
    )


def _shared(marked: MarkedDoc, read: Encoding, cue: int, source: Source | None, columns: Columns) -> dict[str, float]:
    """Return the features that the candidates of a cue share."""
    _, from_cue = as_seen(read, cue, SEEN_SOURCE)
    in_source, from_source = 0.0, 0.0
    if source is not None:
        in_source = float(read.tokens[source.first : source.last, SOURCE].sum()) / (source.last - source.first)
        from_source = source_seen(read, cue, source)
    doc, (content, begins, ends) = marked.doc, columns
    total = float(from_cue.sum())
    size = source.last - source.first if source is not None else 0
    return {
        "cue": logit(float(read.tokens[cue, CUE])),
        "seen most": logit(max(content, default=0.0)),
        "seen most begin": logit(max(begins, default=0.0)),
        "seen most end": logit(max(ends, default=0.0)),
        "seen size": math.log1p(sum(content)),
        "source any": logit(in_source),
        "source seen": logit(from_source),
        "source most": logit(max(from_cue.tolist())),
        "source share": min(1.0, from_source * size / max(0.1, total)),
        "source none": float(source is None),
        "cue quoted": float(marked.quotation_at[cue] >= 0),
        "noun": float(doc.pos[cue] == "NOUN"),
        "adjective": float(doc.pos[cue] == "ADJ"),
        "according": float(doc.norm[cue] == "according"),
        "mark": float(doc.pos[cue] == "PUNCT"),
        "attitude": logit(float(read.tokens[cue, ATTITUDE_CUE])),
    }


def source_seen(read: Encoding, cue: int, source: Source) -> float:
    """Return the mean probability that a source's tokens are the source of a cue; it is 0 outside the cue's window."""
    first, of_tokens = as_seen(read, cue, SEEN_SOURCE)
    inside = of_tokens[max(0, source.first - first) : max(0, source.last - first)]
    return float(inside.sum()) / (source.last - source.first)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def features(marked: MarkedDoc, candidate: Candidate, view: SeenWords) -> list[float]:
    """Return the features of a candidate in the order of FEATURES."""
    before = marked.words_before
    bounds = [before[min(view.last, max(view.first, at))] - before[view.first] for at in chain(*candidate.pieces)]
    # Each piece of the content as a range of the words that the cue sees.
    runs = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b] or [(0, 0)]
    first, last = runs[0][0], runs[-1][1] - 1
    size = sum([b - a for a, b in runs])
    length = n_words(marked, candidate.pieces)
    own = {**view.features, "length": math.log(max(1, length)), "pieces": float(len(runs) > 1)}
    own["outside"] = 1.0 - size / max(1, length)
    for name, (column, begins, ends) in view.columns.items():
        sums = view.sums[name]
        inside = sum([sums[b] - sums[a] for a, b in runs])
        least = min([min(column[a:b]) for a, b in runs if a < b], default=0.0)
        around = _mean(column[max(0, first - _BESIDE) : first]), _mean(column[last + 1 : last + 1 + _BESIDE])
        begin, end = (logit(begins[first]), logit(ends[last])) if size else (logit(0.0), logit(0.0))
        values = logit(inside / max(1, size)), least, *around, begin, end, min(begin, end)
        own.update(zip(_ALIKE[name], values, strict=True))
        if name == "seen":
            own["seen overlap"] = inside / max(0.1, size + sums[-1] - inside)
    _, begins, ends = view.columns["seen"]
    own["seen begin lag"] = own["seen begin"] - own["seen most begin"]
    own["seen end lag"] = own["seen end"] - own["seen most end"]
    own["seen begins"] = _mean([begins[a] for a, b in runs if a < b])
    own["seen ends"] = _mean([ends[b - 1] for a, b in runs if a < b])
    own["seen edges"] = own["seen begin"] * own["seen end"] / 10
    own["seen overlap squared"] = own["seen overlap"] ** 2
    own["cue and overlap"] = own["cue"] * own["seen overlap"]
    own["attitude and overlap"] = own["attitude"] * own["seen overlap"]
    own["quoted"], own["quoted outside"] = _quoted(marked, candidate)
    return [own[name] for name in FEATURES]


def _quoted(marked: MarkedDoc, candidate: Candidate) -> tuple[float, float]:
    """Return the share of a content in quotations other than the cue's, and 1.0 if it cuts through one of them, or 0.0.

    It cuts through a quotation if it has part of it and leaves out more than two of its tokens.
    """
    own = marked.quotation_at[candidate.cue]
    at = [number for a, b in candidate.pieces for number in marked.quotation_at[a:b]]
    counts = {number: at.count(number) for number in set(at) - {-1, own}}
    sizes = {number: marked.quotations[number].last - marked.quotations[number].first for number in counts}
    cut = any(sizes[number] - count > 2 for number, count in counts.items())
    return sum(counts.values()) / max(1, len(at)), float(cut)
