"""Survey estimators: means, totals, ratios, precision and recall from a stratified sample of a finite population.

Every function takes numbers of the sampled units, and of each unit its `weight` (size of its stratum in the population
over its number in the sample) and its `stratum`. Within a stratum units are drawn at random without replacement.
For a group of the population, set the numbers of all other units to zero: they still tell how the strata were drawn.

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

    The degrees are infinite if the whole population was drawn, and 0 if the sampled units show no variation. All but
    `units` are NaN if there is nothing to divide by. A share may lie so far `below` and `above` by what is `unseen`.
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
    """A stratified sample: the order of its units by stratum, where each stratum begins, its units, its factor in the
    variance of a sum."""

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
    """Return the part of each stratum (row) in the covariance of the estimated sums of two variables, by column.

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
    """Return the degrees of freedom of a sum of variances, each of so many units; at least 1."""
    return float(max(1.0, variances.sum() ** 2 / (variances**2 / np.maximum(1, units - 1)).sum()))


def unseen(
    y: Floats, x: Floats, weight: Floats, stratum: Strata, *, machine: Floats | None = None
) -> tuple[float, float]:
    """Return how far a share, y of x, may lie below and above its estimate by what no sampled unit shows.

    Where all units of a stratum have all of it, or none, or all just what a `machine` says, its sample has no variance.
    Such is mostly the large stratum in which a machine sees nothing, with all that it misses. Units that were not drawn
    may be otherwise as often as `most_unseen` allows, in the stratum in which that makes most.
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

    A share of words is that of a source's words (y) among all attributed words (x), whatever the units are.
    """
    below = float((weight * x).sum())
    if not below:
        return Estimate(nan, nan, nan, 0)
    value = float((weight * y).sum()) / below
    design, residual = design_of(weight, stratum), (y - value * x)[:, None]
    by_stratum = stratum_covariances(residual, residual, design)[:, 0] / below**2
    degrees = 0.0 if design.factor.any() else inf
    if by_stratum.any():
        # A unit with none of either, such as a place where nothing is missed, tells of the variance as others do.
        degrees = satterthwaite(by_stratum, design.drawn)
    counted = int(((x != 0) | (y != 0)).sum())
    return Estimate(value, float(by_stratum.sum()), degrees, counted, *unseen(y, x, weight, stratum))


def accuracy(
    right: Floats, wrong: Floats, missed: Floats, weight: Floats, stratum: Strata, *, places: Floats | None = None
) -> Accuracy:
    """Return precision, recall and F1 of a machine from reviewed units: each is a ratio of population totals.

    Of each unit there are the numbers of its machine's results that are right and wrong, and of results missed in it.
    Results and places without any may be strata of one sample, each drawn with its own share. `places` is 1 for units
    in which missed results were looked for. If none was found, recall may be as low as it is with as many as Wilson's
    upper end for none in so many places allows, and F1 as low by it.

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

    Where the units show no variation, as when all are right, it is Wilson's of so many units.
    """
    if estimate.degrees == inf:
        return estimate.value, estimate.value
    if estimate.degrees > 0 and 0 < estimate.value < 1:
        ends = np.array(logit_interval(estimate.value, estimate.variance, degrees=estimate.degrees))
    else:
        ends = np.array(wilson(estimate.value * estimate.units, estimate.units))
    further = estimate.value + np.array([-estimate.below, estimate.above])
    return float(np.maximum(0, np.minimum(ends, further)[0])), float(np.minimum(1, np.maximum(ends, further)[1]))
