"""Shares of several categories in one total, such as words by speaker, from a stratified sample with a machine's help.

The totals of all categories are difference estimates with one power: power times the machine's total, plus the weighted
sum of the right numbers less power times the machine's. Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model
Assisted Survey Sampling, 6.3; the power, which makes the sum of the variances least: Angelopoulos, A. N., Duchi, J. C.
& Zrnic, T. (2023). PPI++, arXiv:2311.01453, section 6; ratios by linearisation: Cochran, W. G. (1977). Sampling
Techniques, 3rd ed., 6.48.

A category with few sampled units has a variance that is known badly, and none at all if the machine errs in no unit of
it. So its variance is the mean of its own and of a smoothed one by a generalised variance function: b * share *
(1 - share), with one b for all categories. Wolter, K. M. (2007). Introduction to Variance Estimation, 2nd ed., ch. 7.
Share * (1 - share) over that variance is an effective number of units, and the interval is Wilson's of so many:
Korn, E. L. & Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive counts
estimated from survey data. Survey Methodology 24: 193-201; Franco, C., Little, R. J. A., Louis, T. A. & Slud, E. V.
(2019). Comparative study of confidence intervals for proportions in complex sample surveys. Journal of Survey
Statistics and Methodology 7: 334-364.
"""

from typing import NamedTuple

import numpy as np

from scripts.maths.intervals import Floats, normal_quantile, student_quantile, wilson
from scripts.maths.survey import Strata


class Machine(NamedTuple):
    """Results of a machine for the sampled units (`y`: units by categories, `x`: units), and in the population."""

    y: Floats
    x: Floats
    y_total: Floats
    x_total: float


class Shares(NamedTuple):
    """Share of each category with its interval, and the power of the machine (0 to 1); NaN without a total."""

    value: Floats
    lo: Floats
    hi: Floats
    power: float


def _covariances(a: Floats, b: Floats, weight: Floats, stratum: Strata, *, total: float) -> Floats:
    """Return for each column the covariance of its two estimated sums over `total`; strata of one unit take all's."""
    sums = np.zeros(a.shape[1])
    for each in np.unique(stratum):
        drawn = stratum == each
        n, size = int(drawn.sum()), float(weight[drawn].sum())
        rows = drawn if n > 1 else np.ones(len(drawn), bool)
        centred = (columns[rows] - columns[rows].mean(axis=0) for columns in (a, b))
        covariance = np.prod([*centred], axis=0).sum(axis=0) / max(1, int(rows.sum()) - 1)
        sums += (size / total) ** 2 * max(0.0, 1 - n / size) / n * covariance
    return sums


def _degrees(counted: np.ndarray, stratum: Strata) -> float:
    """Return the degrees of freedom of a stratified design: units that count less strata that have any; at least 1."""
    return max(1.0, float(counted.sum() - len(np.unique(stratum[counted]))))


def _with_intervals(value: Floats, variance: Floats, degrees: float, power: float, *, level: float) -> Shares:
    """Return shares with their intervals; `variance` is the own one of each, zero for all if all units were drawn."""
    spread = value * (1 - value)
    if not variance.any() or not spread.any():
        return Shares(value, value, value, power)
    smoothed = float(variance.sum() / spread.sum())
    own = np.divide(variance, spread, out=np.full(len(value), smoothed), where=spread > 0)
    trials = 2 / (own + smoothed) * (normal_quantile(level) / student_quantile(degrees, level=level)) ** 2
    lo, hi = wilson(value * trials, trials, level=level)
    return Shares(value, lo, hi, power)


def shares(
    y: Floats, x: Floats, weight: Floats, stratum: Strata, machine: Machine | None = None, *, level: float = 0.95
) -> Shares:
    """Return the share of each category (a column of `y`) in the population's total of `x`, with its interval.

    `y` and `x` are right numbers of the sampled units, `weight` how many units of the population each stands for. For a
    part of the population set the numbers of other units to zero, and give the machine's totals of the part. Without a
    `machine`, or where it has no error in the sample, the sample stands alone.

    >>> y = np.array([[1.0, 0], [1, 0], [0, 1], [1, 0]])
    >>> alone = shares(y, np.ones(4), np.full(4, 25.0), np.zeros(4, int))
    >>> alone.value.tolist()
    [0.75, 0.25]
    """
    below = float((weight * x).sum())
    if not below:
        nothing = np.full(y.shape[1], np.nan)
        return Shares(nothing, nothing, nothing, np.nan)
    value = (weight[:, None] * y).sum(axis=0) / below
    own = y - x[:, None] * value
    variance = _covariances(own, own, weight, stratum, total=below)
    alone = _with_intervals(value, variance, _degrees(x > 0, stratum), 0.0, level=level)
    if machine is None or not variance.any():
        return alone
    of_machine = machine.y - machine.x[:, None] * value
    against = float(_covariances(of_machine, of_machine, weight, stratum, total=below).sum())
    both = float(_covariances(own, of_machine, weight, stratum, total=below).sum())
    power = float(np.clip(both / against, 0, 1)) if against else 0.0
    below = power * machine.x_total + float((weight * (x - power * machine.x)).sum())
    above = power * machine.y_total + (weight[:, None] * (y - power * machine.y)).sum(axis=0)
    if not power or below <= 0:
        return alone
    ratio = above / below
    difference = y - x[:, None] * ratio - power * (machine.y - machine.x[:, None] * ratio)
    variance = _covariances(difference, difference, weight, stratum, total=below)
    if not variance.any():
        return alone
    counted = (x > 0) | (machine.x > 0)
    return _with_intervals(np.clip(ratio, 0, 1), variance, _degrees(counted, stratum), power, level=level)
