"""Uncertainty: Wilson intervals, quantiles and p values without SciPy, Benjamini-Hochberg.

If there is nothing to estimate from (no trials, fewer than ENOUGH documents), the result is NaN, which the tables show
as "not estimable"; it is never zero and never an error.
"""

from math import erfc, lgamma, log, pi, tan, tanh
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from scripts.core.arrays import Floats
from scripts.maths.association import ratio

Number = TypeVar("Number", float, Floats)
# The confidence of all intervals in tables.
LEVEL = 0.95
# The z that leaves (1 - LEVEL) / 2 in each tail of the normal distribution: 1.96.
NORMAL_QUANTILE = NormalDist().inv_cdf(0.5 + LEVEL / 2)
# The fewest documents for an interval: with four, a bootstrap has 35 different draws, too few for the 2.5th percentile.
ENOUGH = 5
# Up to a score of CENTRE, or with 2 / skewness of NO_SKEW or more, the normal p is used.
CENTRE, NO_SKEW = 0.05, 1e4
# The greatest skewness at which the formula of Lugannani & Rice is exact enough.
SKEW = 1
TOO_FEW = f"not estimable: fewer than {ENOUGH} documents"


def student_quantile(degrees: Number) -> Number:
    """Return the t that leaves (1 - LEVEL) / 2 in each tail of Student's distribution.

    It is Fisher's expansion of the normal quantile to four terms (Abramowitz & Stegun 1964, 26.7.5), plus its error at
    one degree of freedom, where the quantile is Cauchy's, times degrees ** -5.5: within .2 % from one degree on.

    >>> [round(student_quantile(degrees), 2) for degrees in (1, 2, 10)]
    [12.71, 4.3, 2.23]
    """
    z = NORMAL_QUANTILE
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    quantile = 0 * degrees + z
    for order, term in enumerate(terms, 1):
        quantile = quantile + term / degrees**order
    return quantile + (tan(LEVEL * pi / 2) - sum(terms, z)) / degrees**5.5


def logit_interval(share: float, variance: float, *, degrees: float) -> tuple[float, float]:
    """Return the interval (lo, hi) of a share that is symmetric on the logit scale, by the delta method.

    The interval of a rare feature is skewed, and never leaves the range from 0 to 1.
    """
    half = student_quantile(degrees) * variance**0.5 / (share * (1 - share))
    centre = log(share / (1 - share))
    return (1 + tanh((centre - half) / 2)) / 2, (1 + tanh((centre + half) / 2)) / 2


def wilson(hits: ArrayLike, trials: ArrayLike) -> tuple[Floats, Floats]:
    """Return the score interval (lo, hi) of the proportion hits / trials; NaN without trials.

    Wilson 1927, JASA 22(158): 209-212; recommended by Brown, Cai & DasGupta 2001, Statistical Science 16(2): 107-108.
    """
    hits, trials = np.broadcast_arrays(np.asarray(hits, float), np.asarray(trials, float))
    z = NORMAL_QUANTILE
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / trials
        centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
        half = z / (1 + z**2 / trials) * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    # For shares of 0 and 1 the exact limits are 0 and 1, which floats would miss by a rounding error.
    return np.where(hits == 0, 0.0 * share, centre - half)[()], np.where(hits == trials, share, centre + half)[()]


def most_unseen(units: ArrayLike) -> Floats:
    """Return the largest plausible share of errors in the population if none was among so many units.

    It is the exact upper end of a 95 % interval, about 3.7 / n; the rule of three is its one-sided form (Hanley, J. A.
    & Lippman-Hand, A. 1983, If nothing goes wrong, is everything all right? JAMA 249: 1743-1745).

    >>> float(most_unseen(100).round(4))
    0.0362
    """
    return np.asarray(1 - ((1 - LEVEL) / 2) ** (1 / np.maximum(1.0, units)))


def normal_p(z: ArrayLike) -> Floats:
    """Return the two-sided p value of a standard normal score; NaN stays NaN."""
    # There are many words to test but few distinct scores: most words are rare, and equally rare.
    scores, place = np.unique(np.abs(np.asarray(z, float)), return_inverse=True)
    return np.array([erfc(score / 2**0.5) for score in scores.tolist()])[place][()]


def student_p(t: ArrayLike, degrees: ArrayLike) -> Floats:
    """Return the two-sided p value of a score of Student's distribution; NaN stays NaN.

    It is that of Wallace's normal score for it; Wallace 1959, Annals of Mathematical Statistics 30: 1124-1130.

    >>> float(student_p(2.228, 10).round(3))
    0.05
    """
    t, degrees = np.asarray(t, float), np.asarray(degrees, float)
    return normal_p((8 * degrees + 1) / (8 * degrees + 3) * np.sqrt(degrees * np.log1p(t * t / degrees)))


def skewed_p(z: ArrayLike, skewness: ArrayLike) -> Floats:
    """Return the two-sided p value of a score with mean 0, variance 1 and a skewness; NaN stays NaN.

    It is twice the tail of Pearson's type III, a gamma distribution, which Mielke & Berry 2007, Permutation Methods:
    2.3, fit to permutations. Up to a skewness of `SKEW` it follows the formula of Lugannani & Rice 1980, Advances in
    Applied Probability 12: 475-490, within 6 % from a score of 3 on; for greater skewness that formula gives far too
    little, and the tail is computed (`_gamma_tail`). It is never below the normal p, that of the lighter tail.

    >>> skewed_p([3.0, -3.0], [1.0, 1.0]).round(4).tolist()
    [0.0207, 0.0027]
    """
    z, skewness = np.broadcast_arrays(np.asarray(z, float), np.asarray(skewness, float))
    p, scale = np.array(normal_p(z)), ratio(2, np.sign(z) * skewness)
    is_heavy = (np.abs(z) > CENTRE) & (scale > 0) & (scale < NO_SKEW)
    x, r = np.abs(z[is_heavy]), scale[is_heavy]
    w = np.sqrt(2 * r * (x - r * np.log1p(x / r)))
    tails = normal_p(w) + 2 * np.exp(-(w**2) / 2) / np.sqrt(2 * np.pi) * (1 / x - 1 / w)
    is_skewed = r < 2 / SKEW
    tails[is_skewed] = 2 * _gamma_tail(r[is_skewed] ** 2, r[is_skewed] * (r[is_skewed] + x[is_skewed]))
    p[is_heavy] = np.maximum(p[is_heavy], tails)
    return np.minimum(1, p)[()]


def _gamma_tail(shape: Floats, x: Floats) -> Floats:
    """Return the tail from x on of gamma distributions with shapes up to 4 / SKEW ** 2 and the scale 1.

    It is computed by Legendre's continued fraction or, for x below 1, from the series of the lower tail (Press et al.
    2007, Numerical Recipes: 6.2).
    """
    fraction, series = np.zeros_like(x), np.ones_like(x)
    for n in range(50, 0, -1):
        fraction = n * (n - shape) / (x + 2 * n + 1 - shape - fraction)
        series = 1 + np.minimum(x, 1) / (shape + n) * series
    density = np.exp(shape * np.log(x) - x - np.array([lgamma(each) for each in shape.tolist()]))
    return np.where(x < 1, 1 - density / shape * series, density / (x + 1 - shape - fraction))


def normal_score(p: ArrayLike) -> Floats:
    """Return the standard normal score with this two-sided p value; NaN stays NaN.

    >>> float(normal_score(0.05).round(2))
    1.96
    """
    values, place = np.unique(np.asarray(p, float), return_inverse=True)
    scores = [
        abs(NormalDist().inv_cdf(max(value, 1e-300) / 2)) if value == value else value for value in values.tolist()
    ]
    return np.array(scores, float)[place][()]


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return adjusted p values (q): the least false discovery rate at which a test is significant; NaN stays NaN.

    Benjamini & Hochberg 1995, JRSS B 57(1): 293; the adjusted form as in Yekutieli & Benjamini 1999, JSPI 82: 173.
    """
    p = np.asarray(p, float)
    tests = np.flatnonzero(~np.isnan(p))
    order = tests[np.argsort(-p[tests], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    q = np.full(p.shape, np.nan)
    q[order] = np.minimum.accumulate(np.minimum(1.0, p[order] * len(order) / np.maximum(ranks, 1)))
    return q
