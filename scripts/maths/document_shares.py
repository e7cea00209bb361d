"""Shares of words, statements or sentences that come in whole documents, and differences of two, with intervals.

The words of a document resemble each other, so a share rests on fewer independent words than there are. How many
follows from its variance over documents, that of a ratio by linearisation (Cochran, W. G. 1977, Sampling Techniques:
6.4). The interval is Wilson's for that number of trials, with Student's quantile instead of the normal one (Korn, E. L.
& Graubard, B. I. 1998, Survey Methodology 24: 193-201; Franco, C. et al. 2019, Journal of Survey Statistics and
Methodology 7: 334-364).

Documents of unequal length count as an effective number of equal ones (Kish, L. 1965, Survey Sampling: 11.7). Their
variance is expressed as a resemblance: 1 if each document is all or nothing, such as documents that quote only one kind
of source, and less the more each is a mixture. A few documents with a case say little about it, so it is shrunk towards
a prior with the weight of two documents, and the prior towards 1 with the weight of one; all shares of a set may have
one prior, of the weight of one document (a generalised variance function; Wolter, K. M. 2007, Introduction to Variance
Estimation, ch. 7). Student's degrees of freedom are the effective number of documents with a case, plus these weights.
If documents are more alike than chance would make them, the interval is no narrower than for as many words drawn one by
one.

A sample that misses the documents with most cases shows too small a share and too small a variance, and a prior in
common does not mend that. There, the end away from 0 (from 1, for shares above one half) has a variance of which
`UNSEEN` is that of a Poisson count of documents with a case, if that is larger.

All sums are of whole numbers, and the sums of sets of documents can be added.
"""

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scripts.core.arrays import Floats
from scripts.maths.association import ratio
from scripts.maths.intervals import LEVEL, NORMAL_QUANTILE, normal_score, student_quantile, wilson

METHOD = "Wilson, for the effective number of documents"
# In news the number of documents is usually at most this many times the effective number. If a few long documents make
# the effective number smaller, documents with a case weigh proportionally less in their resemblance.
UNEVEN = 2
UNSEEN = 0.25
# The documents that a share's own prior counts as; one in common counts as one, as does that to which priors are drawn.
OWN_PRIOR = 2

Counts = NDArray[Any]
_T = TypeVar("_T", bound=Any)


class Sums(NamedTuple):
    """Sums over documents of hits, totals, their squares and products, and the number of documents with a total."""

    documents: Counts
    hits: Counts
    totals: Counts
    hits_squared: Counts
    products: Counts
    totals_squared: Counts


class Share(NamedTuple):
    """Shares with the ends of their intervals."""

    value: Floats
    lo: Floats
    hi: Floats


def sums_of(hits: ArrayLike, totals: ArrayLike, *, axis: int | tuple[()] = 0) -> Sums:
    """Return the sums over documents along `axis` of two arrays, which are broadcast; with `()`, each document's.

    >>> sums_of([1, 0], [2, 3]).products
    np.float64(2.0)
    """
    above, below = np.broadcast_arrays(np.asarray(hits, float), np.asarray(totals, float))
    columns = above, below, above**2, above * below, below**2
    return Sums((below > 0).sum(axis=axis), *(column.sum(axis=axis) for column in columns))


def added(first: _T, *others: _T) -> _T:
    """Return the total of the sums of several sets of documents: tuples of numbers and arrays, or of such tuples."""
    if isinstance(first, tuple):
        return type(first)(*(added(*column) for column in zip(first, *others, strict=True)))
    return sum(others, first)


def less(superset: _T, part: _T) -> _T:
    """Return the sums of a set of documents, as in `added`, minus those of a part of the set."""
    if isinstance(superset, tuple):
        return type(superset)(*map(less, superset, part))
    return superset - part


def _of_one(squares: Floats, total: Floats) -> Floats:
    """Return the number of equal parts that have this total and sum of squares (Kish 1965: 11.7); 0 without a total."""
    return np.where(total > 0, ratio(total**2, squares), 0.0)


def _squares(sums: Sums) -> tuple[Floats, Floats]:
    """Return the share, and the sum of squared deviations of documents' hits from the share of their totals."""
    share = ratio(sums.hits, sums.totals)
    squares = sums.hits_squared - 2 * share * sums.products + share * share * sums.totals_squared
    with np.errstate(invalid="ignore"):
        return share, np.maximum(0, squares)


def variances(sums: Sums) -> tuple[Floats, Floats]:
    """Return the share and its variance."""
    share, squares = _squares(sums)
    return share, squares * ratio(sums.documents, np.maximum(1, sums.documents - 1) * sums.totals * sums.totals)


def _mean_with_prior(own: Floats, prior: Floats | float, documents: Floats, *, weight: int = 1) -> Floats:
    """Return the mean of a prior, which counts as `weight` documents, and `own`, the value of `documents` documents."""
    return (weight * prior + documents * own) / (weight + documents)


def with_a_case(sums: Sums) -> Floats:
    """Return the effective number of documents with a case or, if smaller, of documents with a non-case."""
    rest = sums.hits_squared - 2 * sums.products + sums.totals_squared
    return np.minimum(_of_one(sums.hits_squared, sums.hits), _of_one(rest, sums.totals - sums.hits))


def prior_in_common(sums: Sums) -> Floats:
    """Return the documents' common resemblance in all shares of a set (last axis, which is kept)."""
    share, squares = _squares(sums)
    most = np.nan_to_num(share * (1 - share) * sums.totals_squared).sum(axis=-1, keepdims=True)
    own = np.minimum(1, ratio(np.nan_to_num(squares).sum(axis=-1, keepdims=True), most))
    documents = with_a_case(sums).sum(axis=-1, keepdims=True)
    return _mean_with_prior(np.where(most > 0, own, 1), 1, documents)


def share_interval(sums: Sums, *, prior: Floats | None = None) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of each share; NaN without a total.

    `prior` is that of the documents' resemblance; without it, each share has a prior of its own.

    >>> lo, hi = share_interval(sums_of(np.zeros(20), np.ones(20)))
    >>> float(lo), float(hi.round(2))
    (0.0, 0.19)
    """
    share, squares = _squares(sums)
    most = share * (1 - share) * sums.totals_squared
    own = np.where(most > 0, ratio(squares, most), 0)
    cases = with_a_case(sums)
    effective = _of_one(sums.totals_squared, sums.totals)
    weight = cases * np.minimum(1, ratio(UNEVEN * effective, sums.documents))
    drawn_to, of_prior = (_mean_with_prior(own, 1, weight), OWN_PRIOR) if prior is None else (prior, 1)
    resemblance = _mean_with_prior(own, drawn_to, weight, weight=of_prior)
    known = np.maximum(1, sums.documents - 1)
    degrees = np.where(cases > 0, np.minimum(known, cases + of_prior + 1), known)
    wider = student_quantile(degrees) / NORMAL_QUANTILE
    trials = np.minimum(ratio(np.maximum(1, effective - 1), resemblance), sums.totals) / wider**2
    lo, hi = wilson(share * trials, trials)
    if prior is not None:
        of_a_count = ratio(np.minimum(share, 1 - share) * wider**2, cases)
        excess = np.where(cases > 0, np.maximum(0, of_a_count * trials - 1), 0)
        fewer = trials / (1 + UNSEEN * excess)
        lo_far, hi_far = wilson(share * fewer, fewer)
        lo, hi = np.where(share > 0.5, lo_far, lo), np.where(share > 0.5, hi, hi_far)
    return lo[()], hi[()]


def difference_interval(first: Share, second: Share, p: Floats) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of the difference of two shares; `p` is that of the test of no difference.

    The distances from the difference to its ends are computed from those of both shares (MOVER: Newcombe, R. G. 1998,
    Statistics in Medicine 17: 873-890, method 10; Zou, G. Y. & Donner, A. 2008, Statistics in Medicine 27: 1693-1702).
    The interval contains 0 exactly if the test does not reject 0: see `agreeing`.
    """
    estimate = first.value - second.value
    down = np.hypot(first.value - first.lo, second.hi - second.value)
    up = np.hypot(first.hi - first.value, second.value - second.lo)
    lo, hi = agreeing(estimate, (estimate - down, estimate + up), p)
    return np.maximum(-1, lo), np.minimum(1, hi)


def ratio_interval(first: Share, second: Share, p: Floats) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of the ratio of two shares, as `difference_interval` of their logarithms.

    Both ends are NaN if a share is 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        (value, lo, hi), (value_2, lo_2, hi_2) = np.log(first), np.log(second)
        estimate = value - value_2
        down = np.hypot(value - lo, hi_2 - value_2)
        up = np.hypot(hi - value, value_2 - lo_2)
        ends = agreeing(estimate, (estimate - down, estimate + up), p)
    lo, hi = (np.exp(end) for end in ends)
    known = np.isfinite(estimate) & np.isfinite(hi)
    return np.where(known, lo, np.nan), np.where(known, hi, np.nan)


def reaching(ends: tuple[Floats, Floats], p: Floats, *, none: float) -> tuple[Floats, Floats]:
    """Return intervals extended to `none`, the value of no difference, where p is NaN: it is untested, so possible."""
    lo, hi = ends
    untested = np.isnan(p)
    return np.where(untested, np.minimum(lo, none), lo), np.where(untested, np.maximum(hi, none), hi)


def agreeing(estimate: Floats, ends: tuple[Floats, Floats], p: Floats) -> tuple[Floats, Floats]:
    """Return an interval that contains 0 if and only if p is at least 1 - LEVEL.

    If it does not agree with p, its end by 0 is recomputed from the test's standard error, the estimate over the normal
    score of p (test-based limits: Miettinen, O. S. 1976, American Journal of Epidemiology 103: 226-235).
    """
    lo, hi = ends
    is_wrong = ~np.isnan(p) & ((p < 1 - LEVEL) == ((lo <= 0) & (hi >= 0)))
    half = ratio(np.abs(estimate) * NORMAL_QUANTILE, normal_score(p))
    lo = np.where(is_wrong & (estimate > 0), estimate - half, lo)
    return lo, np.where(is_wrong & (estimate < 0), estimate + half, hi)
