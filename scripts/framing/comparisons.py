"""Co-occurrence of frames in sentences, and contrasts of frames between groups of documents.

Makes the tables frame_cooccurrence and frame_contrasts.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.stand_ins import OTHERS
from scripts.framing.cells import Array
from scripts.framing.corpus import Coded, Corpus, groups, stacked
from scripts.maths.association import ratio
from scripts.maths.bootstrap import (
    OVER_DOCUMENTS,
    Weights,
    percentiles,
    pooled_deviation,
    pooled_error,
    resampled_sums,
)
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, benjamini_hochberg, normal_p


class Together(NamedTuple):
    """Sentences that have both frames of each pair: `n` in some documents, `drawn` in each bootstrap sample of them."""

    n: NDArray[np.intp]
    drawn: Floats


def _pairs(frames: pd.DataFrame) -> NDArray[np.intp]:
    """Return the pairs of frames of one scheme, by number."""
    schemes = frames["scheme"].array
    pairs = [(a, b) for a, b in combinations(range(len(schemes)), 2) if schemes[a] == schemes[b]]
    return np.array(pairs, np.intp).reshape(-1, 2)


def together(coded: Coded, frames: pd.DataFrame, weights: Weights) -> Together:
    """Return the sentences of a range of documents, with their weights, that have both frames of a pair."""
    pairs = _pairs(frames)
    both = np.zeros((len(coded.sentences), len(pairs)), np.int32)
    for column, (a, b) in enumerate(pairs):
        document = coded.document_of[coded.present[a] & coded.present[b]]
        both[:, column] = np.bincount(document, minlength=len(both))
    return Together(both.sum(axis=0), *resampled_sums(weights, both))


def cooccurrence(data: Corpus, both: Together) -> pd.DataFrame:
    """Return the table frame_cooccurrence: pairs of frames in one sentence, against the number under independence.

    The estimate is n_both * n_sentences / (n_a * n_b), the ratio of observed to expected (also called lift): 1 means
    independent. Both the pair and its frames count sentences; the bootstrap draws documents. `both` is of
    all documents.
    """
    totals = data.documents["n_sentences"].to_numpy(float)
    schemes, names = data.frames["scheme"].array, data.frames["frame"].array
    first, second = _pairs(data.frames).T
    of_frames = data.sentences.sum(axis=0)
    has, total = resampled_sums(data.weights, data.sentences, totals)
    lo, hi = np.full((2, len(first)), np.nan)
    if len(totals) >= ENOUGH:
        lo, hi = percentiles(_lift(both.drawn, has[first], has[second], total))
    columns = {
        "scheme": schemes[first],
        "frame_a": names[first],
        "frame_b": names[second],
        "n_sentences": int(totals.sum()),
        "n_a": of_frames[first],
        "n_b": of_frames[second],
        "n": both.n,
        "estimate": _lift(both.n, of_frames[first], of_frames[second], np.array(totals.sum())),
        "lo": lo,
        "hi": hi,
        "method": OVER_DOCUMENTS if len(totals) >= ENOUGH else TOO_FEW,
    }
    return pd.DataFrame(columns)


def _lift(both: Array, first: Array, second: Array, totals: Array) -> Floats:
    """Return observed over expected sentences with both frames."""
    return ratio(both * totals, first.astype(float) * second)


def contrasts(data: Corpus) -> pd.DataFrame:
    """Return the table frame_contrasts: of two groups the first against the second, of more each against all others.

    Difference and ratio of the shares of sentences, with percentile intervals from drawing documents within each side
    (Efron & Tibshirani 1993, ch. 8 and 13). p is two-sided, from the difference over its standard error if there were
    none (`pooled_deviation`); q is p after Benjamini and Hochberg, over all rows of the table. No rows without at least
    two groups.
    """
    named = groups(data.documents)[1:]
    if len(named) < 2:
        return pd.DataFrame()
    opponent = named[1][0] if len(named) == 2 else OTHERS
    grouped = np.sort(np.concatenate([documents for _, documents in named]))
    of_all = _counted(data, grouped)
    deviation = pooled_deviation(data.sentences[grouped], data.documents["n_sentences"].to_numpy()[grouped, None])
    parts = []
    for name, documents in named if opponent == OTHERS else named[:1]:
        of_group = _counted(data, documents)
        of_others = _less(of_all, of_group)
        parts.append({"group": name, "other": opponent, **_contrast(of_group, of_others, deviation)})
    table = stacked(data.frames, parts)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


class Side(NamedTuple):
    """Counts of a set of documents; those of sets without a common document add up.

    There are the documents, those with sentences, the sentences with each frame and all, and their sums in bootstrap
    samples.
    """

    documents: int
    with_sentences: int
    counts: Floats
    total: float
    drawn: Floats
    drawn_total: Floats


def _counted(data: Corpus, documents: NDArray[np.intp]) -> Side:
    """Return the counts of documents, which are given by number."""
    all_totals = data.documents["n_sentences"].to_numpy(float)
    counts, totals = data.sentences[documents].sum(axis=0, dtype=float), all_totals[documents]
    drawn, drawn_total = resampled_sums(data.weights, data.sentences, all_totals, documents=documents)
    return Side(len(totals), int((totals > 0).sum()), counts, float(totals.sum()), drawn, drawn_total)


def _less(side: Side, part: Side) -> Side:
    """Return the counts of a side without those of a part of it."""
    fields: Iterator[tuple[Any, Any]] = zip(side, part, strict=True)
    return Side(*(of_side - of_part for of_side, of_part in fields))


def _contrast(first: Side, second: Side, deviation: Floats) -> dict[str, Any]:
    """Return the difference and the ratio of the shares of two sides by frame, with intervals and p."""
    share, share_other = (ratio(each.counts, each.total) for each in (first, second))
    lo, hi, ratio_lo, ratio_hi, z = np.full((5, len(share)), np.nan)
    is_enough = min(first.documents, second.documents) >= ENOUGH
    if is_enough:
        drawn, drawn_other = (ratio(each.drawn, each.drawn_total) for each in (first, second))
        lo, hi = percentiles(drawn - drawn_other)
        ratio_lo, ratio_hi = _ratio_percentiles(np.where(drawn_other > 0, ratio(drawn, drawn_other), np.nan))
        z = (share - share_other) / pooled_error(deviation, first.with_sentences, second.with_sentences)
    return {
        "n_documents": first.documents,
        "n_documents_other": second.documents,
        "share": share,
        "share_other": share_other,
        "estimate": share - share_other,
        "lo": lo,
        "hi": hi,
        "ratio": np.where(share_other > 0, ratio(share, share_other), np.nan),
        "ratio_lo": ratio_lo,
        "ratio_hi": ratio_hi,
        "p": normal_p(z),
        "method": OVER_DOCUMENTS if is_enough else TOO_FEW,
    }


def _ratio_percentiles(samples: Floats) -> tuple[Floats, Floats]:
    """Return the percentile interval of each ratio; NaN where more than a twentieth of its samples have no answer."""
    estimable = np.isnan(samples).mean(axis=-1) <= 0.05
    lo, hi = percentiles(samples)
    return np.where(estimable, lo, np.nan), np.where(estimable, hi, np.nan)
