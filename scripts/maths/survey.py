"""Survey estimators: means, totals, ratios, precision and recall from a stratified sample of a finite population.

Every function takes numbers for the sampled units, and each unit's `stratum` and `weight` (the stratum's units in the
population over those in the sample). Within a stratum, units are drawn at random without replacement. For a group of
the population, set the numbers of all other units to zero: they still show how the strata were sampled.

Formulas: Cochran, W. G. (1977). Sampling Techniques, 3rd ed.: stratified mean and its variance, 5.6 and 5.13;
Satterthwaite's degrees of freedom, 5.16; ratio, 6.12; combined ratio of strata, 6.48.
"""

from math import inf, nan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scripts.core.arrays import Floats
from scripts.maths.intervals import logit_interval, most_unseen, wilson

Strata = npt.NDArray[np.int64]


class Estimate(NamedTuple):
    """An estimate, its variance, the variance's degrees of freedom, and the number of units that it rests on.

    The degrees are infinite if the entire population was drawn, and 0 if the sampled units show no variation. The first
    three are NaN if there is nothing to divide by. `below` and `above` are the results of `unseen` for a share.
    """

    value: float
    variance: float
    degrees: float
    units: int
    below: float = 0.0
    above: float = 0.0


class Accuracy(NamedTuple):
    """Estimates of the accuracy of a machine in the population."""

    precision: Estimate
    recall: Estimate
    f1: Estimate


class Design(NamedTuple):
    """A stratified sample: its units' order by stratum; each stratum's first unit, units and factor in a variance."""

    order: npt.NDArray[np.intp]
    first: npt.NDArray[np.intp]
    drawn: npt.NDArray[np.intp]
    factor: Floats


def design_of(weight: Floats, stratum: Strata) -> Design:
    """Return the design of a sample."""
    _, of_unit, drawn = np.unique(stratum, return_inverse=True, return_counts=True)
    order = np.argsort(of_unit, kind="stable")
    first = np.cumsum(drawn) - drawn
    size = np.add.reduceat(weight[order], first)
    return Design(order, first, drawn, size**2 * np.maximum(0, 1 - drawn / size) / drawn)


def stratum_covariances(a: Floats, b: Floats, design: Design) -> Floats:
    """Return each stratum's part (row) of the covariance of the estimated sums of two variables, by column.

    A stratum with one sampled unit takes the covariance of all units.
    """
    order, first, drawn, factor = design

    def centred(columns: Floats) -> Floats:
        return columns - np.repeat(np.add.reduceat(columns, first) / drawn[:, None], drawn, axis=0)

    covariance = np.add.reduceat(centred(a[order]) * centred(b[order]), first) / np.maximum(1, drawn - 1)[:, None]
    if (drawn == 1).any():
        of_all = ((a - a.mean(axis=0)) * (b - b.mean(axis=0))).sum(axis=0) / max(1, len(a) - 1)
        covariance[drawn == 1] = of_all
    return factor[:, None] * covariance


def satterthwaite(variances: Floats, units: npt.NDArray[np.intp]) -> float:
    """Return the degrees of freedom of a sum of variances, each from its number of `units`; at least 1."""
    return float(max(1.0, variances.sum() ** 2 / (variances**2 / np.maximum(1, units - 1)).sum()))


def unseen(
    y: Floats, x: Floats, weight: Floats, stratum: Strata, *, machine: Floats | None = None
) -> tuple[float, float]:
    """Return how far a share y / x may lie below and above its estimate because of cases that no sampled unit shows.

    If all sampled units of a stratum have y = x, or y = 0, or exactly what a `machine` says, its sample has no
    variance. This is mostly the large stratum in which a machine sees nothing, with all that it misses. Units that were
    not drawn may differ as often as `most_unseen` allows; the result is for the one stratum where that matters most.
    """
    below = above = 0.0
    for each in np.unique(stratum):
        own = (stratum == each) & (x > 0)
        had, total, n = y[own].sum(), x[own].sum(), own.sum()
        is_told = machine is None or (y != machine)[own].any()
        if not n or (is_told and had and (y != x)[own].any()):
            continue
        size = weight[own].sum()
        left = (1 - n / size) * (weight * x)[own].sum() / (weight * x).sum()
        of_it = had / total
        below = max(below, float(left * of_it * most_unseen(of_it * n)))
        above = max(above, float(left * (1 - of_it) * most_unseen((1 - of_it) * n)))
    return below, above


def ratio(y: Floats, x: Floats, weight: Floats, stratum: Strata) -> Estimate:
    """Return the ratio of the population totals of y and x, by the combined ratio estimator with linearised variance.

    For a share of words, y is a source's words and x all attributed words in each unit, whatever the units are.
    """
    below = float((weight * x).sum())
    if not below:
        return Estimate(nan, nan, nan, 0)
    value = float((weight * y).sum()) / below
    design, residual = design_of(weight, stratum), (y - value * x)[:, None]
    by_stratum = stratum_covariances(residual, residual, design)[:, 0] / below**2
    degrees = 0.0 if design.factor.any() else inf
    if by_stratum.any():
        # A unit with neither y nor x, such as a place where nothing is missed, counts for the variance like the others.
        degrees = satterthwaite(by_stratum, design.drawn)
    counted = int(((x != 0) | (y != 0)).sum())
    return Estimate(value, float(by_stratum.sum()), degrees, counted, *unseen(y, x, weight, stratum))


def accuracy(
    right: Floats, wrong: Floats, missed: Floats, weight: Floats, stratum: Strata, *, places: Floats | None = None
) -> Accuracy:
    """Return precision, recall and F1 of a machine from reviewed units: each is a ratio of population totals.

    For each unit there are the numbers of the machine's results that are right and wrong, and of results that it
    missed. Results, and places without any, may be strata of one sample, each with its own sampling fraction. `places`
    is 1 for units that were searched for missed results. If none was found, the lower end of recall assumes as many as
    Wilson's upper end for none in that many places, and that of F1 follows from it.

    >>> found = accuracy(np.ones(8), np.zeros(8), np.zeros(8), np.ones(8), np.zeros(8, int))
    >>> found.precision.value, found.recall.value, found.f1.value
    (1.0, 1.0, 1.0)
    """
    precision = ratio(right, right + wrong, weight, stratum)
    recall = ratio(right, right + missed, weight, stratum)
    f1 = ratio(2 * right, 2 * right + wrong + missed, weight, stratum)
    if places is not None and places.any() and not missed.any() and recall.degrees == 0:
        most = wilson(0, places.sum())[1] * (weight * places).sum()
        recall = recall._replace(below=max(recall.below, float(most / ((weight * right).sum() + most))))
        least = share_interval(recall)[0]
        least_f1 = 2 * precision.value * least / (precision.value + least)
        f1 = f1._replace(below=max(f1.below, f1.value - least_f1))
    return Accuracy(precision, recall, f1)


def share_interval(estimate: Estimate) -> tuple[float, float]:
    """Return the interval (lo, hi) of an estimate between 0 and 1: symmetric on the logit scale, within 0 and 1.

    If the units show no variation, as when all are right, it is Wilson's for that number of units.
    """
    if estimate.degrees == inf:
        return estimate.value, estimate.value
    if estimate.degrees > 0 and 0 < estimate.value < 1:
        ends = np.array(logit_interval(estimate.value, estimate.variance, degrees=estimate.degrees))
    else:
        ends = np.array(wilson(estimate.value * estimate.units, estimate.units))
    further = estimate.value + np.array([-estimate.below, estimate.above])
    return float(np.maximum(0, np.minimum(ends, further)[0])), float(np.minimum(1, np.maximum(ends, further)[1]))
