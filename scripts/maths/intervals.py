"""Uncertainty: Wilson intervals, the bootstrap over documents, p values without SciPy, Benjamini-Hochberg.

Where there is nothing to estimate from (no trials, fewer than ENOUGH documents) the answer is NaN, which the tables
show as "not estimable"; it is never zero and never an error.
"""

from collections.abc import Callable
from math import erfc, log, tanh
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
# The fewest documents of an interval: with four a bootstrap has 35 different draws, too few for a percentile of 2.5.
ENOUGH = 5
TOO_FEW = f"not estimable: fewer than {ENOUGH} documents"
# Resampled documents are drawn in blocks of about this many, which bounds memory at 4 bytes each.
_BLOCK = 2_000_000
_COUNTED = 100_000


def normal_quantile(level: float) -> float:
    """Return the z that leaves (1 - level) / 2 in each tail of the normal distribution: 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def student_quantile(degrees: float, *, level: float = 0.95) -> float:
    """Return the t that leaves (1 - level) / 2 in each tail of Student's distribution.

    By Fisher's expansion of the normal quantile to four terms; Abramowitz & Stegun 1964, 26.7.5. For a level of 0.95 it
    is within 1 % with two degrees of freedom or more.

    >>> round(student_quantile(10), 3)
    2.228
    """
    z = normal_quantile(level)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / degrees**order for order, term in enumerate(terms, 1))


def logit_interval(share: float, variance: float, *, degrees: float, level: float = 0.95) -> tuple[float, float]:
    """Return the interval (lo, hi) of a share that is symmetric on the logit scale, by the delta method.

    That of a rare thing is skewed, and never leaves the range from 0 to 1.
    """
    half = student_quantile(degrees, level=level) * variance**0.5 / (share * (1 - share))
    centre = log(share / (1 - share))
    return (1 + tanh((centre - half) / 2)) / 2, (1 + tanh((centre + half) / 2)) / 2


def wilson(hits: ArrayLike, trials: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the score interval (lo, hi) of the proportion hits / trials; NaN where there are no trials.

    Wilson 1927, JASA 22(158): 209-212; recommended by Brown, Cai & DasGupta 2001, Statistical Science 16(2): 107-108.
    """
    hits, trials = np.broadcast_arrays(np.asarray(hits, float), np.asarray(trials, float))
    z = normal_quantile(level)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / trials
        centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
        half = z / (1 + z**2 / trials) * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    # At 0 and at 1 the exact limits are 0 and 1; floats miss them by a rounding error.
    return np.where(hits == 0, 0.0 * share, centre - half)[()], np.where(hits == trials, share, centre + half)[()]


def resampled_documents(
    n: int, *, resamples: int, random: np.random.Generator, size: int | None = None
) -> NDArray[np.float32]:
    """Return how often each of n documents is drawn in each bootstrap sample: `resamples` rows that sum to `size`.

    A sample is as large as the corpus unless `size` says otherwise. Efron & Tibshirani 1993, An Introduction to the
    Bootstrap, ch. 6, pp. 45-47.
    """
    weights = np.empty((resamples, n), np.float32)
    # Counted in blocks that stay in the processor's cache, for few documents many rows at once.
    step = max(1, _COUNTED // max(1, n))
    for first in range(0, resamples, step):
        block = weights[first : first + step]
        drawn = random.integers(0, n, (len(block), n if size is None else size)) + n * np.arange(len(block))[:, None]
        block[:] = np.bincount(drawn.ravel(), minlength=block.size).reshape(block.shape)
    return weights


def narrowed(column: ArrayLike, n: int) -> NDArray:
    """Return a column in single precision, twice as fast to sum, if each sum of `n` of its values is exact there."""
    array = np.asarray(column, float)
    is_exact = array.size > 0 and bool((array == np.rint(array)).all()) and n * np.abs(array).max() < 2**24
    return array.astype(np.float32) if is_exact else array


def resampled_sums(*columns: ArrayLike, resamples: int = 1000, seed: int = 1, size: int | None = None) -> list[Floats]:
    """Return the sums of columns over `resamples` bootstrap samples of `size` documents, by default all.

    Each column holds one row per document: a number, or a vector. The same draws serve all columns; the result has one
    array for each, resamples first.
    """
    n = len(np.asarray(columns[0]))
    arrays = [narrowed(column, n) for column in columns]
    kinds = {array.dtype for array in arrays}
    random = np.random.default_rng(seed)
    step = max(1, _BLOCK // max(1, n))
    blocks = []
    for first in range(0, resamples, step):
        drawn = resampled_documents(n, resamples=min(step, resamples - first), random=random, size=size)
        weights = {kind: drawn.astype(kind, copy=False) for kind in kinds}
        blocks.append([(weights[array.dtype] @ array).astype(float, copy=False) for array in arrays])
    return [np.concatenate(parts) for parts in zip(*blocks, strict=True)]


def ratio(hits: Floats, totals: Floats) -> Floats:
    """Return hits / totals, NaN where there is no total."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(totals > 0, hits / totals, np.nan)


def pooled_error(
    numerators: Floats, totals: Floats, *, sizes: tuple[int, int], resamples: int = 1000, seed: int = 3
) -> Floats:
    """Return the standard error of a difference of two shares if there were none: both sides drawn from all documents.

    `numerators` and `totals` have one row per document of either side, `sizes` is the number of documents of each. The
    errors within the sides would make a side without a single case look certain (Efron & Tibshirani 1993, An
    Introduction to the Bootstrap, algorithm 16.1). NaN where all draws are equal.
    """
    shares = []
    for place, size in enumerate(sizes):
        drawn, of = resampled_sums(numerators, totals, resamples=resamples, seed=seed + place, size=size)
        shares.append(ratio(drawn, of.reshape(-1, *[1] * (drawn.ndim - 1))))
    error = np.std(shares[0] - shares[1], axis=0, ddof=1)
    return np.where(error > 0, error, np.nan)


def percentiles(values: Floats, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the percentile interval (lo, hi) of bootstrap values, resamples first; NaN among them are left out.

    Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13, pp. 168-171.
    """
    if values.size == 0:  # np.quantile would drop the axis of the statistics
        return np.full(values.shape[1:], np.nan), np.full(values.shape[1:], np.nan)
    # NumPy leaves NaN out column by column: ten times as slow, and the same numbers where there is none.
    quantile = np.nanquantile if np.isnan(values).any() else np.quantile
    lo, hi = quantile(values, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return lo, hi


def bootstrap(
    statistic: Callable[..., ArrayLike],
    *columns: ArrayLike,
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 1,
) -> tuple[Floats, Floats]:
    """Return the percentile interval (lo, hi) of a statistic of sums over documents, which are drawn with replacement.

    Each column holds one row per document (a number, or a vector for many statistics at once). `statistic` gets, in the
    same order, the columns' sums over resampled documents, resamples first: `bootstrap(np.divide, hits, words)` gives
    the interval of the rate sum(hits) / sum(words). Words, sentences and quotes cluster in documents; an interval
    that counts them as independent is too narrow. A resample without an answer (NaN) is left out. With fewer than
    ENOUGH documents both ends are NaN.
    """
    arrays = [np.asarray(column, float) for column in columns]
    if len(arrays[0]) < ENOUGH:
        nothing = np.asarray(statistic(*(array.sum(axis=0, keepdims=True) for array in arrays)))[0] * np.nan
        return nothing, nothing
    return percentiles(np.asarray(statistic(*resampled_sums(*arrays, resamples=resamples, seed=seed))), level=level)


def normal_p(z: ArrayLike) -> Floats:
    """Return the two-sided p value of a standard normal score; NaN stays NaN."""
    # There are many words to test and few different scores: most words are rare, and equally rare.
    scores, place = np.unique(np.abs(np.asarray(z, float)), return_inverse=True)
    return np.array([erfc(score / 2**0.5) for score in scores.tolist()])[place][()]


def chi2_p(statistic: ArrayLike) -> Floats:
    """Return the upper-tail p value of chi-squared (or unsigned G2) with one degree of freedom."""
    return normal_p(np.sqrt(np.abs(np.asarray(statistic, float))))


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return adjusted p values (q): the least false discovery rate at which a test is significant; NaN (no test) stays.

    Benjamini & Hochberg 1995, JRSS B 57(1): 293; the adjusted form as in Yekutieli & Benjamini 1999, JSPI 82: 173.
    """
    p = np.asarray(p, float)
    tests = np.flatnonzero(~np.isnan(p))
    order = tests[np.argsort(-p[tests], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    q = np.full(p.shape, np.nan)
    q[order] = np.minimum.accumulate(np.minimum(1.0, p[order] * len(order) / np.maximum(ranks, 1)))
    return q
