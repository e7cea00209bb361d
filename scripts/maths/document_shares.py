"""Shares of words, statements or sentences that come in whole documents, and differences of two, with intervals.

The words of a document resemble each other, so a share is known from fewer independent ones than there are. How many
is told by its variance over documents, a ratio's by linearisation (Cochran, W. G. 1977, Sampling Techniques: 6.4); with
so many trials Wilson's interval is taken, its normal quantile replaced by Student's (Korn, E. L. & Graubard, B. I.
1998, Survey Methodology 24: 193-201; Franco, C. et al. 2019, Journal of Survey Statistics and Methodology 7: 334-364).

Few documents with a case tell little of that variance, and none tell nothing. So it is drawn to a prior one: as if two
documents had told it, to that of documents which are all or nothing, as are those that quote one kind of source alone;
or as if one had, to one halfway from that to what all shares of a set have in common (a generalised variance function;
Wolter, K. M. 2007, Introduction to Variance Estimation, ch. 7). Student's degrees of freedom are those documents and
as many as have a case, effectively; twice as many with a prior in common, as of a variance that cases of Poisson's
distribution tell. Below two documents with a case Wilson's interval is known to leave out small shares (Brown, L. D.,
Cai, T. T. & DasGupta, A. 2001, Statistical Science 16: 112): there its end is a limit of Poisson's.

All sums are of whole numbers and add up over sets of documents.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scripts.core.arrays import Floats
from scripts.maths.association import ratio
from scripts.maths.intervals import LEVEL, normal_quantile, normal_score, student_quantile, wilson

METHOD = "Wilson, of the effective number of documents"
# As how many documents with a case a prior variance counts, and the degrees of freedom of each: that of all-or-nothing
# documents, and one in common.
ALL_OR_NOTHING, IN_COMMON = (2, 1), (1, 2)
# With fewer documents with a case than this an end of the interval is a limit of Poisson's.
FEW = 2
# The part of one tail that Poisson's limit leaves out, so that no share is held less often than nine times in ten.
TAIL = 0.1


Counts = NDArray[Any]


class Sums(NamedTuple):
    """Sums over documents of hits, totals, their squares and products; and how many documents have a total."""

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


def sums_of(hits: ArrayLike, totals: ArrayLike, *, axis: int = 0) -> Sums:
    """Return the sums over documents, which lie along an axis of arrays that are broadcast.

    >>> sums_of([1, 0], [2, 3]).products
    np.float64(2.0)
    """
    above, below = np.broadcast_arrays(np.asarray(hits, float), np.asarray(totals, float))
    columns = above, below, above**2, above * below, below**2
    return Sums((below > 0).sum(axis=axis), *(column.sum(axis=axis) for column in columns))


def added(*parts: Sums) -> Sums:
    """Return the sums of several sets of documents, added up."""
    return Sums(*(np.sum(column, axis=0) for column in zip(*parts, strict=True)))


def less(superset: Sums, part: Sums) -> Sums:
    """Return the sums of a set of documents without those of a part of it."""
    return Sums(*(of_all - of_part for of_all, of_part in zip(superset, part, strict=True)))


def _of_one(squares: Floats, total: Floats) -> Floats:
    """Return how many equal parts would make a total with these squares (Kish 1965: 11.7); 0 where there is none."""
    return np.where(total > 0, ratio(total**2, squares), 0.0)


def variances(sums: Sums) -> tuple[Floats, Floats, Floats]:
    """Return the share, its variance, and its variance over share * (1 - share) if documents were all or nothing."""
    share = ratio(sums.hits, sums.totals)
    scale = ratio(sums.documents, np.maximum(1, sums.documents - 1) * sums.totals * sums.totals)
    squares = sums.hits_squared - 2 * share * sums.products + share * share * sums.totals_squared
    with np.errstate(invalid="ignore"):
        return share, np.maximum(0, squares) * scale, sums.totals_squared * scale


def prior_in_common(sums: Sums) -> Floats:
    """Return a prior of each share from all shares of a set (last axis): a variance over share * (1 - share).

    It is halfway, as a geometric mean, from what they have in common to that of all-or-nothing documents: some vary
    more than others.
    """
    share, variance, most = variances(sums)
    spread = np.nan_to_num(share * (1 - share) * most)
    together = ratio(np.nan_to_num(variance).sum(axis=-1, keepdims=True), spread.sum(axis=-1, keepdims=True))
    return most * np.sqrt(np.where(np.isnan(together), 1, np.minimum(1, together)))


def _limit(cases: Floats) -> Floats:
    """Return Poisson's lower limit over the number of cases, by Wilson and Hilferty's approximation of chi-squared."""
    ninth = ratio(1, 9 * np.where(cases > 0, cases, 1))
    return np.maximum(0, 1 - ninth - normal_quantile(1 - 2 * TAIL) * np.sqrt(ninth)) ** 3


def share_interval(sums: Sums, *, prior: Floats | None = None) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of each share; NaN where there is no total.

    `prior` is a variance over share * (1 - share); if none is given, that of all-or-nothing documents.

    >>> lo, hi = share_interval(sums_of(np.zeros(20), np.ones(20)))
    >>> float(lo), float(hi.round(2))
    (0.0, 0.19)
    """
    share, variance, most = variances(sums)
    weight, of_each = ALL_OR_NOTHING if prior is None else IN_COMMON
    prior = most if prior is None else prior
    cases = _of_one(sums.hits_squared, sums.hits)
    rest = _of_one(sums.hits_squared - 2 * sums.products + sums.totals_squared, sums.totals - sums.hits)
    fewer = np.minimum(cases, rest)
    spread = share * (1 - share)
    own = np.where(spread > 0, ratio(variance, spread), 0)
    relative = (weight * prior + fewer * own) / (weight + fewer)
    known = np.maximum(1, sums.documents - 1)
    degrees = np.where(fewer > 0, np.minimum(known, of_each * (fewer + weight)), known)
    trials = ratio((normal_quantile(LEVEL) / student_quantile(degrees)) ** 2, relative)
    lo, hi = wilson(share * trials, trials)
    is_few, is_few_less = ((fewer > 0) & (each < FEW) for each in (cases, rest))
    lo = np.where(is_few, np.minimum(lo, share * _limit(cases)), lo)
    hi = np.where(is_few_less, np.maximum(hi, 1 - (1 - share) * _limit(rest)), hi)
    return lo[()], hi[()]


def difference_interval(first: Share, second: Share, p: Floats) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of the difference of two shares; `p` is of the test that there is none.

    Each share's own distance to its end makes that of the difference (MOVER: Newcombe, R. G. 1998, Statistics in
    Medicine 17: 873-890, method 10; Zou, G. Y. & Donner, A. 2008, Statistics in Medicine 27: 1693-1702). It holds 0
    just where the test does not reject that: see `agreeing`.
    """
    estimate = first.value - second.value
    down = np.hypot(first.value - first.lo, second.hi - second.value)
    up = np.hypot(first.hi - first.value, second.value - second.lo)
    lo, hi = agreeing(estimate, (estimate - down, estimate + up), p)
    return np.maximum(-1, lo), np.minimum(1, hi)


def ratio_interval(first: Share, second: Share, p: Floats) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of the ratio of two shares, as that of their difference, by their logarithms.

    From 0 where the first share may be 0; NaN above where the second may be.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        (value, lo, hi), (value_2, lo_2, hi_2) = np.log(first), np.log(second)
        estimate = value - value_2
        down = np.hypot(value - lo, hi_2 - value_2)
        up = np.hypot(hi - value, value_2 - lo_2)
        ends = agreeing(estimate, (estimate - down, estimate + up), p)
    lo, hi = (np.exp(end) for end in ends)
    none = first.value == 0
    lo, hi = np.where(none, 0, lo), np.where(none, np.nan, hi)
    known = second.value > 0
    return np.where(known, lo, np.nan), np.where(known & np.isfinite(hi), hi, np.nan)


def agreeing(estimate: Floats, ends: tuple[Floats, Floats], p: Floats) -> tuple[Floats, Floats]:
    """Return an interval that holds 0 just if p is at least 1 - LEVEL.

    Where it does not, its end by 0 is moved to where the test's standard error, the estimate over the normal score of
    p, puts it (test-based limits: Miettinen, O. S. 1976, American Journal of Epidemiology 103: 226-235).
    """
    lo, hi = ends
    is_wrong = ~np.isnan(p) & ((p < 1 - LEVEL) == ((lo <= 0) & (hi >= 0)))
    half = ratio(np.abs(estimate) * normal_quantile(LEVEL), normal_score(p))
    lo = np.where(is_wrong & (estimate > 0), estimate - half, lo)
    return lo, np.where(is_wrong & (estimate < 0), estimate + half, hi)
