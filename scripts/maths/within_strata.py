"""Shares of two groups of documents compared within strata that both have, such as outlets within common stories.

The plain difference of two shares comes partly from what each group writes about, and partly from how. The difference
within strata is the mean of the differences in the strata that both groups have, weighted as by Mantel and Haenszel: a
stratum counts as much as its difference is known, t_1 t_2 / (t_1 + t_2) for the totals t (Cochran, W. G. 1954,
Biometrics 10: 417-451; Greenland, S. & Robins, J. M. 1985, Biometrics 41: 55-68). The rest of the plain difference is
the choice of strata: which strata only one group has, and how much of each (Kitagawa, E. M. 1955, Journal of the
American Statistical Association 50: 1168-1194; on strata without a counterpart: Nopo, H. 2008, Review of Economics and
Statistics 90: 290-299). Both parts add up to the plain difference.

Intervals are over strata, which are sampled together with all of their documents, by linearisation (Cochran, W. G.
1977, Sampling Techniques: 6.4) with Student's quantile. The test deals each stratum's documents anew to its groups.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.maths.association import ratio
from scripts.maths.document_shares import Counts, Share, agreeing
from scripts.maths.intervals import ENOUGH, student_quantile
from scripts.maths.permutation import DRAWS, dealt_p

METHOD = "within stories: Mantel-Haenszel, over stories; permutation within stories"
# Draws in memory at a time, and the fraction of a hit to which scores are rounded, so that their sums are exact.
_AT_A_TIME, _PART = 500, 2.0**-16
# The most numbers (documents x measures, or documents x draws) in memory at a time; the most places of documents in all
# draws, so that there are fewer draws with very many documents, but at least the third number.
_CELLS, _DEALT, _LEAST_DRAWS = 2_000_000, 200_000_000, 1_000


class Comparison(NamedTuple):
    """Shares of the first group minus those of the second, by measure: plain, within strata, and by choice of strata.

    `strata` is the number in which both have a total; `share` and `other` are the plain shares. Intervals are NaN if
    they are not estimable; `p` is that of the test of no difference within strata.
    """

    strata: Ints
    share: Floats
    other: Floats
    plain: Share
    within: Share
    choice: Share
    p: Floats


def _sums(hits: Counts, totals: Counts, is_first: NDArray[np.bool_], stratum: Ints) -> list[Floats]:
    """Return the hits of the first and of the second group, then their totals, by stratum and measure."""
    sums = []
    for values in (hits, totals):
        for side in (is_first, ~is_first):
            sums.append(np.zeros((int(np.max(stratum, initial=-1)) + 1, values.shape[1])))
            np.add.at(sums[-1], stratum[side], values[side])
    return sums


def _estimate(value: Floats, influence: Floats, size: Floats, is_enough: NDArray[np.bool_]) -> Share:
    """Return estimates with intervals; `influence` and `size` have a row for each stratum: `size` is its weight."""
    n = (size > 0).sum(axis=0)
    variance = (influence**2).sum(axis=0) * n / np.maximum(1, n - 1)
    effective = ratio(size.sum(axis=0) ** 2, (size**2).sum(axis=0))
    half = student_quantile(np.maximum(1, np.nan_to_num(effective) - 1)) * np.sqrt(variance)
    half = np.where(is_enough & (half > 0), half, np.nan)
    return Share(value, np.maximum(-1, value - half), np.minimum(1, value + half))


def compared(
    hits: Counts, totals: Counts, is_first: NDArray[np.bool_], stratum: Ints, *, draws: int = DRAWS
) -> Comparison:
    """Return the comparison of two groups of documents (rows) by measures (columns), which are hits over totals.

    `is_first` is a mask of the documents of the first group; all others are in the second. `stratum` has the number of
    each document's stratum; a document that belongs to none has a stratum of its own. There is no interval and no test
    unless ENOUGH of the strata that both have contain a hit, and ENOUGH a miss. Measures are compared a few at a time.
    """
    n, measures = hits.shape
    step = max(1, _CELLS // max(1, n))
    parts = [slice(at, at + step) for at in range(0, measures, step)]
    sums_of_parts = (_sums(hits[:, part], totals[:, part], is_first, stratum) for part in parts)
    numbers = [
        np.bincount(stratum[side], minlength=int(np.max(stratum, initial=-1)) + 1) for side in (is_first, ~is_first)
    ]
    chosen = (np.minimum(*numbers) > 0)[stratum]
    order = np.flatnonzero(chosen)[np.argsort(stratum[chosen], kind="stable")]
    scores = [
        _scores(hits[order, part], totals[order, part], stratum[order], of_part)
        for part, of_part in zip(parts, sums_of_parts, strict=True)
    ]
    # Documents are in order of stratum, and only from strata that both groups have; with very many, draws are fewer.
    draws = min(draws, max(_LEAST_DRAWS, _DEALT // max(1, len(order))))
    all_scores = np.concatenate([np.zeros((len(order), 0)), *scores], axis=1)
    drawn = np.concatenate([all_scores[:0], *_dealt(all_scores, stratum[order], is_first[order], draws)])
    p = dealt_p(all_scores[is_first[order]].sum(axis=0), drawn) if draws else np.full(measures, np.nan)
    made = [_comparison(_sums(hits[:, part], totals[:, part], is_first, stratum), p[part]) for part in parts]
    return _side_by_side(made)


def _side_by_side(parts: Sequence[Any]) -> Any:  # noqa: ANN401
    """Return (nested) tuples of arrays concatenated to one tuple of longer arrays."""
    kind = type(parts[0])
    joined = (
        _side_by_side(values) if isinstance(values[0], tuple) else np.concatenate(values)
        for values in zip(*parts, strict=True)
    )
    return kind(*joined)


def _comparison(sums: Sequence[Floats], p: Floats) -> Comparison:
    """Return the comparison of measures from their sums and the p of their differences within strata."""
    hits_1, hits_2, totals_1, totals_2 = sums
    weight = np.nan_to_num(ratio(totals_1 * totals_2, totals_1 + totals_2))
    excess = np.nan_to_num(ratio(hits_1 * totals_2 - hits_2 * totals_1, totals_1 + totals_2))
    all_weight = weight.sum(axis=0)
    within = ratio(excess.sum(axis=0), all_weight)
    all_1, all_2 = totals_1.sum(axis=0), totals_2.sum(axis=0)
    share, second_share = ratio(hits_1.sum(axis=0), all_1), ratio(hits_2.sum(axis=0), all_2)
    of_plain = np.nan_to_num(ratio(hits_1 - share * totals_1, all_1) - ratio(hits_2 - second_share * totals_2, all_2))
    of_within = np.nan_to_num(ratio(excess - within * weight, all_weight))
    has_hit = (weight > 0) & (hits_1 + hits_2 > 0)
    has_miss = (weight > 0) & (hits_1 + hits_2 < totals_1 + totals_2)
    is_enough = np.minimum(has_hit.sum(axis=0), has_miss.sum(axis=0)) >= ENOUGH
    size = ratio(totals_1, all_1) + ratio(totals_2, all_2)
    p = np.where(is_enough, p, np.nan)
    treatment = _estimate(within, of_within, weight, is_enough)
    lo, hi = agreeing(treatment.value, (treatment.lo, treatment.hi), p)
    return Comparison(
        (weight > 0).sum(axis=0),
        share,
        second_share,
        _estimate(share - second_share, of_plain, np.nan_to_num(size), is_enough),
        Share(within, np.maximum(-1, lo), np.minimum(1, hi)),
        _estimate(share - second_share - within, of_plain - of_within, np.nan_to_num(size), is_enough),
        p,
    )


def _scores(hits: Counts, totals: Counts, stratum: Ints, sums: Sequence[Floats]) -> Floats:
    """Return the scores of documents, in units of _PART hits: hits minus the stratum's share times the total.

    So the sum over the first group is the numerator of Mantel and Haenszel's difference.
    """
    hits_1, hits_2, totals_1, totals_2 = sums
    of_stratum = np.nan_to_num(ratio(hits_1 + hits_2, totals_1 + totals_2))
    return np.rint((hits - of_stratum[stratum] * totals) / _PART)


def _dealt(scores: Floats, stratum: Ints, is_first: NDArray[np.bool_], draws: int) -> Iterator[Floats]:
    """Yield the first group's sums of scores (draws x measures) with documents dealt anew to groups in each stratum.

    Each group keeps its number of documents in each stratum; documents must be in order of stratum.
    """
    random = np.random.Generator(np.random.PCG64(1))
    at_once = max(1, min(_AT_A_TIME, _CELLS // max(1, len(stratum))))
    for first in range(0, draws, at_once):
        keys = stratum + random.random((min(at_once, draws - first), len(stratum)))
        order = np.argsort(keys, axis=1)
        dealt = np.zeros(order.shape)
        np.put_along_axis(dealt, order, np.broadcast_to(is_first.astype(float), order.shape), axis=1)
        yield dealt @ scores
