"""Shares of several categories in one total, such as words by speaker, from a stratified sample with a machine's help.

The totals of all categories are difference estimates with one power: power times the machine's total, plus the weighted
sum of the correct numbers minus power times the machine's. Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model
Assisted Survey Sampling, 6.3; the power, which minimises the sum of the variances: Angelopoulos, A. N., Duchi, J. C. &
Zrnic, T. (2023). PPI++, arXiv:2311.01453, section 6; ratios by linearisation: Cochran, W. G. (1977). Sampling
Techniques, 3rd ed., 6.48.

If the machine errs in few sampled units of a category, its variance is known poorly, and not at all if there is no such
unit. So it is shrunk towards a smoothed variance by a generalised variance function, b * share * (1 - share) with one b
for all categories: Wolter, K. M. (2007). Introduction to Variance Estimation, 2nd ed., ch. 7. The two are weighted like
a variance and its prior, by the amount of evidence for each: Smyth, G. K. (2004). Linear models and empirical Bayes
methods. Statistical Applications in Genetics and Molecular Biology 3: 3. Share * (1 - share) over the resulting
variance is an effective number of units, and the interval is Wilson's for that number: Korn, E. L. & Graubard, B. I.
(1998). Confidence intervals for proportions with small expected number of positive counts estimated from survey data.
Survey Methodology 24: 193-201; Franco, C., Little, R. J. A., Louis, T. A. & Slud, E. V. (2019). Comparative study of
confidence intervals for proportions in complex sample surveys. Journal of Survey Statistics and Methodology 7: 334-364.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scripts.core.arrays import Floats
from scripts.maths.intervals import NORMAL_QUANTILE, most_unseen, student_quantile, wilson
from scripts.maths.survey import Strata, design_of, stratum_covariances

# The number of expected errors about a category at which its own variance counts as much as the smoothed one.
_PRIOR = 8


class Machine(NamedTuple):
    """Results of a machine for the sampled units (`y`: units x categories, `x`: units), and for the population."""

    y: Floats
    x: Floats
    y_total: Floats
    x_total: float


class Shares(NamedTuple):
    """Share of each category with its interval, and the power of the machine (0 to 1); NaN without a total.

    `relative` is the smoothed variance over share * (1 - share), one over an effective number of units.
    """

    value: Floats
    lo: Floats
    hi: Floats
    power: float
    relative: float = 0.0


def _degrees(counted: npt.NDArray[np.bool_], stratum: Strata) -> float:
    """Return the degrees of freedom of a stratified design: counted units minus their strata; at least 1."""
    return max(1.0, float(counted.sum() - len(np.unique(stratum[counted]))))


def _with_intervals(
    value: Floats, variance: Floats, errors: float, degrees: float, power: float, prior: float
) -> Shares:
    """Return shares with their intervals; `variance` is each category's own, and `prior` is as in `shares`.

    `errors` counts, over all categories, the sampled units that say something about a category's variance. Categories
    are weighted by the errors expected, in proportion to share * (1 - share): weights by the actual errors, which are
    many if a variance comes out large, would make the mean of the two variances too large.
    """
    spread = value * (1 - value)
    smoothed = float(variance.sum() / spread.sum()) if spread.any() else 0.0
    prior = prior or smoothed
    if not prior:
        return Shares(value, value, value, power)
    own = np.divide(variance, spread, out=np.full(len(value), smoothed), where=spread > 0)
    expected = errors * spread / (spread.sum() or 1)
    relative = (_PRIOR * prior + expected * own) / (_PRIOR + expected)
    trials = (NORMAL_QUANTILE / student_quantile(degrees)) ** 2 / relative
    lo, hi = wilson(value * trials, trials)
    return Shares(value, lo, hi, power, smoothed)


def _with_unseen_errors(
    result: Shares, faultless: npt.NDArray[np.bool_], own: Floats, units: int, known: Floats
) -> Shares:
    """Return shares with intervals widened for errors that the sample missed, in categories without a drawn error.

    In none of `units` units was something wrongly left out of a category, and in none of its `own` units wrongly put
    in it. The part of a share that is `known` to be right cannot be wrong.
    """
    value = result.value
    lo = known + np.where(own > 0, (value - known) * (1 - most_unseen(own)), 0)
    hi = value + (1 - value) * most_unseen(units)
    return result._replace(
        lo=np.where(faultless, np.minimum(result.lo, lo), result.lo),
        hi=np.where(faultless, np.maximum(result.hi, hi), result.hi),
    )


def shares(
    y: Floats, x: Floats, weight: Floats, stratum: Strata, machine: Machine | None = None, *, prior: float = 0.0
) -> Shares:
    """Return the share of each category (a column of `y`) in the population's total of `x`, with its interval.

    `y` and `x` are correct numbers for the sampled units, `weight` is the number of units in the population that each
    stands for. For a part of the population, set the numbers of all other units to zero, and pass the machine's totals
    for the part. Without a `machine`, or if its power is 0, the sample is used alone. The categories must be those of
    the entire population, with zeros for those of which no unit was drawn, since the smoothed variance is that of all
    categories. In a part of the population, variance is shrunk towards the population's `prior` * share * (1 - share).

    >>> y = np.array([[1.0, 0], [1, 0], [0, 1], [1, 0]])
    >>> alone = shares(y, np.ones(4), np.full(4, 25.0), np.zeros(4, int))
    >>> alone.value.tolist()
    [0.75, 0.25]
    """
    below = float((weight * x).sum())
    if not below:
        nothing = np.full(y.shape[1], np.nan)
        return Shares(nothing, nothing, nothing, np.nan)
    drawn = np.flatnonzero(y.any(axis=0) if machine is None else y.any(axis=0) | machine.y.any(axis=0))
    categories, y = y.shape[1], y[:, drawn]
    value, variance = np.zeros((2, categories))
    value[drawn] = (weight[:, None] * y).sum(axis=0) / below
    own = y - x[:, None] * value[drawn]
    design = design_of(weight, stratum)
    variance[drawn] = stratum_covariances(own, own, design).sum(axis=0) / below**2
    alone = _with_intervals(value, variance, float((y != 0).sum()), _degrees(x > 0, stratum), 0.0, prior)
    # A unit that stands only for itself says nothing about units that were not drawn.
    for_others = weight > 1
    if not for_others.any():
        return alone
    rows, known = np.zeros((2, categories))
    known[drawn] = y.sum(axis=0)
    if not variance.any():
        rows[drawn] = (y > 0)[for_others].sum(axis=0)
        units = int((x > 0)[for_others].sum())
        alone = _with_unseen_errors(alone, np.ones(categories, bool), rows, units, known / below)
    if machine is None:
        return alone
    machine_y = machine.y[:, drawn]
    of_machine = machine_y - machine.x[:, None] * value[drawn]
    against = float(stratum_covariances(of_machine, of_machine, design).sum())
    both = float(stratum_covariances(own, of_machine, design).sum())
    power = float(np.clip(both / against, 0, 1)) if against else float((y == machine_y).all())
    left = x - power * machine.x
    below = power * machine.x_total + float((weight * left).sum())
    if not power or below <= 0:
        return alone
    above = power * machine.y_total
    above[drawn] += (weight[:, None] * (y - power * machine_y)).sum(axis=0)
    ratio = above / below
    # The variance of a category without sampled units comes from the error of the total alone.
    variance = ratio**2 * stratum_covariances(left[:, None], left[:, None], design).sum() / below**2
    difference = y - power * machine_y - left[:, None] * ratio[drawn]
    variance[drawn] = stratum_covariances(difference, difference, design).sum(axis=0) / below**2
    counted = (x > 0) | (machine.x > 0)
    degrees = _degrees(counted, stratum)
    helped = _with_intervals(np.clip(ratio, 0, 1), variance, float((y != machine_y).sum()), degrees, power, prior)
    faultless = np.ones(categories, bool)
    faultless[drawn] = (y == machine_y)[for_others].all(axis=0)
    rows[drawn] = (machine_y > 0)[for_others].sum(axis=0)
    return _with_unseen_errors(helped, faultless, rows, int((machine.x > 0)[for_others].sum()), known / below)
