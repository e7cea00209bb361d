"""Prevalence corrected by human codes: prediction-powered inference on a stratified sample of a finite corpus.

The machine codes every sentence, and people code a sample. The estimate is the machine's share over all sentences plus
the weighted mean of the differences between human and machine codes. It is unbiased however bad the machine is, and the
better the machine, the shorter the interval.
"""

from math import ceil
from typing import NamedTuple

import numpy as np

from scripts.core.arrays import Floats
from scripts.maths.intervals import logit_interval
from scripts.maths.survey import design_of, satterthwaite, stratum_covariances, unseen

POWER_TUNED = "prediction-powered, stratified"
CENSUS = "every sentence is coded by people"
HUMAN_ONLY = "people's codes alone (no variation to estimate from)"


class Corrected(NamedTuple):
    """A share, its interval and method, and the weight (0 to 1) of the machine's codes in it."""

    estimate: float
    lo: float
    hi: float
    method: str
    power: float


def corrected_share(
    human: Floats,
    machine: Floats,
    weight: Floats,
    stratum: np.ndarray,
    machine_share: float,
    size: int,
    *,
    inside: np.ndarray | None = None,
) -> Corrected:
    """Return the share of `size` sentences that have a frame, from a coded sample and the machine's share over all.

    `human` (0 to 1, the mean over coders) and `machine` (0 or 1) are codes of the sampled sentences, `weight` is the
    number of sentences of the corpus that each stands for, `stratum` its stratum. If `size` and `machine_share` are
    those of a group of documents, `inside` is a mask of its sentences; the other sentences still show how the strata
    were sampled. At least two sentences must be inside.

    Angelopoulos, A. N., Bates, S., Fannjiang, C., Jordan, M. I. & Zrnic, T. (2023). Prediction-powered inference.
    Science 382, 669-674; the power by Angelopoulos, Duchi & Zrnic (2023), PPI++, arXiv:2311.01453, section 6. For a
    sample from a finite population it is the difference estimator of survey sampling, with its stratified variance,
    finite population correction and Satterthwaite's degrees of freedom: Cochran, W. G. (1977). Sampling Techniques, 3rd
    ed., sections 5.3, 5.4 (formula 5.16) and 7; for a group, section 5A.14 (formula 5A.68): deviations from the group's
    mean, and zero outside the group. The interval is widened to allow for cases that no sampled sentence shows
    (`survey.unseen`).
    """
    inside = np.ones(len(human), bool) if inside is None else inside
    weight_inside = weight * inside
    mean_human, mean_machine = (np.average(codes, weights=weight_inside) for codes in (human, machine))
    if inside.sum() >= size:
        return Corrected(float(mean_human), float(mean_human), float(mean_human), CENSUS, 0.0)
    total = weight_inside.sum()
    differences = np.column_stack([(human - mean_human) * inside, (machine - mean_machine) * inside])
    pairs = (differences[:, [0, 0, 1]], differences[:, [0, 1, 1]])
    of_human, both, of_machine = stratum_covariances(*pairs, design_of(weight, stratum)).T / total**2
    n = np.array([inside[stratum == each].sum() for each in np.unique(stratum)])
    against = of_machine.sum()
    power = float(np.clip(both.sum() / against, 0, 1)) if against > 0 else 0.0
    estimate = float(power * machine_share + mean_human - power * mean_machine)
    by_stratum = of_human - 2 * power * both + power**2 * of_machine
    method = POWER_TUNED
    if by_stratum.sum() <= 0 or not 0 < estimate < 1:
        method, power, estimate, by_stratum = HUMAN_ONLY, 0.0, float(mean_human), of_human
    lo = hi = estimate
    if by_stratum.sum() > 0 and 0 < estimate < 1:
        # If most of the variance is in one small stratum, it is known only from the few codes of that stratum.
        lo, hi = logit_interval(estimate, by_stratum.sum(), degrees=satterthwaite(by_stratum, n))
    below, above = unseen(human, inside.astype(float), weight, stratum, machine=machine)
    return Corrected(estimate, max(0.0, min(lo, estimate - below)), min(1.0, max(hi, estimate + above)), method, power)


def units_for_width(half_width: float, n: int, size: int, *, width: float) -> int:
    """Return how many of `size` units must be coded for an interval of plus or minus `width`.

    `half_width` is that of the interval from `n` coded units. The variance of a mean is S² (1/n - 1/size), with S² from
    that interval (Cochran 1977, section 4.6).

    >>> units_for_width(0.1, 100, 10_000, width=0.05)
    389
    """
    if half_width <= width or n >= size:
        return n
    ratio = (width / half_width) ** 2 * (1 / n - 1 / size)
    return ceil(1 / (ratio + 1 / size))
