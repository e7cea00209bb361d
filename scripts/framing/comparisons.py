"""Co-occurrence of frames in sentences, and contrasts of frames between groups of documents.

Makes the tables frame_cooccurrence and frame_contrasts.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from scripts.framing.corpus import Corpus, groups
from scripts.framing.prevalence import OVER_DOCUMENTS, ratio
from scripts.maths.intervals import (
    ENOUGH,
    TOO_FEW,
    Floats,
    benjamini_hochberg,
    bootstrap,
    normal_p,
    percentiles,
    pooled_error,
    resampled_sums,
)

OTHERS = "(the others)"


def cooccurrence(data: Corpus, *, resamples: int = 1000) -> pd.DataFrame:
    """Return the table frame_cooccurrence: pairs of frames in one sentence, against the number under independence.

    The estimate is n_both * n_sentences / (n_a * n_b), the ratio of observed to expected (also called lift): 1 means
    independent. Both the pair and its frames count sentences; the bootstrap draws documents.
    """
    totals = data.documents["n_sentences"].to_numpy(float)
    schemes, names = data.frames["scheme"].array, data.frames["frame"].array
    pairs = [(a, b) for a, b in combinations(range(len(schemes)), 2) if schemes[a] == schemes[b]]
    first, second = np.array(pairs, np.intp).reshape(-1, 2).T
    both = _sentences_with_both(data, pairs)
    n_both, n_first, n_second = both.sum(axis=0), *(data.sentences.sum(axis=0)[side] for side in (first, second))
    known = n_first * n_second > 0
    lo, hi = np.full((2, len(pairs)), np.nan)
    a, b = first[known], second[known]
    lo[known], hi[known] = bootstrap(
        lambda both, has, totals: _lift(both, has[:, a], has[:, b], totals),
        *(both[:, known], data.sentences, totals),
        resamples=resamples,
    )
    columns = {
        "scheme": schemes[first],
        "frame_a": names[first],
        "frame_b": names[second],
        "n_sentences": int(totals.sum()),
        "n_a": n_first.astype(int),
        "n_b": n_second.astype(int),
        "n": n_both.astype(int),
        "estimate": _lift(n_both, n_first, n_second, np.array(totals.sum())),
        "lo": lo,
        "hi": hi,
        "method": OVER_DOCUMENTS if len(totals) >= ENOUGH else TOO_FEW,
    }
    return pd.DataFrame(columns)


def _lift(both: Floats, first: Floats, second: Floats, totals: Floats) -> Floats:
    """Return observed over expected sentences with both frames; `totals` has one axis less than the other arrays."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return both * totals[..., None] / (first * second)


def _sentences_with_both(data: Corpus, pairs: list[tuple[int, int]]) -> Floats:
    """Return the number of sentences of each document (row) that have both frames of each pair (column)."""
    both = np.zeros((len(data.documents), len(pairs)))
    for column, (a, b) in enumerate(pairs):
        document = data.document_of[data.present[a] & data.present[b]]
        both[:, column] = np.bincount(document, minlength=len(both))
    return both


def contrasts(data: Corpus, *, resamples: int = 1000) -> pd.DataFrame:
    """Return the table frame_contrasts: of two groups the first against the second, of more each against all others.

    Difference and ratio of the shares of sentences, with percentile intervals from drawing documents within each side
    (Efron & Tibshirani 1993, ch. 8 and 13). p is two-sided, from the difference over its standard error if there were
    none (`pooled_error`); q is p after Benjamini and Hochberg, over all rows of the table. No rows without at least two
    groups.
    """
    named = groups(data.documents)[1:]
    if len(named) < 2:
        return pd.DataFrame()
    sides = [(*named[0], *named[1])] if len(named) == 2 else [(n, m, OTHERS, _others(data, m)) for n, m in named]
    totals = data.documents["n_sentences"].to_numpy(float)
    rows = []
    for name, mask, opponent, rest in sides:
        part = _contrast(data.sentences, totals, mask, rest, resamples=resamples)
        rows.append(data.frames.join(part).assign(group=name, other=opponent))
    table = pd.concat(rows, ignore_index=True)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


def _others(data: Corpus, mask: np.ndarray) -> np.ndarray:
    """Return a mask of the documents of all other groups."""
    return (data.documents["group"] != "").to_numpy() & ~mask


def _contrast(counts: Floats, totals: Floats, mask: np.ndarray, rest: np.ndarray, *, resamples: int) -> pd.DataFrame:
    """Return the difference and the ratio of the shares of two masks of documents by frame, with intervals and p."""
    shares = [ratio(counts[side].sum(axis=0), totals[side].sum()) for side in (mask, rest)]
    frames = counts.shape[1]
    if min(mask.sum(), rest.sum()) >= ENOUGH:
        target_share, rest_share = (
            ratio(*resampled_sums(counts[side], totals[side], resamples=resamples, seed=seed))
            for side, seed in ((mask, 1), (rest, 2))
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            ratios = np.where(rest_share > 0, target_share / rest_share, np.nan)
        both = mask | rest
        sizes = int(mask.sum()), int(rest.sum())
        z = (shares[0] - shares[1]) / pooled_error(counts[both], totals[both], sizes=sizes, resamples=resamples)
        lo, hi = percentiles(target_share - rest_share)
        ratio_lo, ratio_hi = _quantiles(ratios)
    else:
        lo, hi, ratio_lo, ratio_hi, z = (np.full(frames, np.nan) for _ in range(5))
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient = np.where(shares[1] > 0, shares[0] / shares[1], np.nan)
    columns = {
        "n_documents": int(mask.sum()),
        "n_documents_other": int(rest.sum()),
        "share": shares[0],
        "share_other": shares[1],
        "estimate": shares[0] - shares[1],
        "lo": lo,
        "hi": hi,
        "ratio": quotient,
        "ratio_lo": ratio_lo,
        "ratio_hi": ratio_hi,
        "p": normal_p(z),
        "method": OVER_DOCUMENTS if min(mask.sum(), rest.sum()) >= ENOUGH else TOO_FEW,
    }
    return pd.DataFrame(columns)


def _quantiles(values: Floats) -> tuple[Floats, Floats]:
    """Return a percentile interval by column; NaN where more than a twentieth of the samples have no value."""
    estimable = np.isnan(values).mean(axis=0) <= 0.05
    ends = np.full((2, values.shape[1]), np.nan)
    ends[:, estimable] = percentiles(values[:, estimable])
    return ends[0], ends[1]
