"""Agreement between coders: Krippendorff's alpha for nominal codes, some of which may be missing, and its interval."""

from collections.abc import Sequence

import numpy as np

from scripts.core.arrays import Floats
from scripts.maths.bootstrap import differing_ends, percentiles

_SEED = 1


def coincidences(codes: Sequence[Sequence[int | None]]) -> Floats:
    """Return the coincidence matrix of each unit's codes (non-negative integers, None if missing).

    A unit with m codes adds each ordered pair of them with weight 1 / (m - 1); a unit with one code adds nothing.
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania, section C.
    """
    values = 1 + max((code for unit in codes for code in unit if code is not None), default=0)
    matrices = np.zeros((len(codes), values, values))
    for matrix, unit in zip(matrices, codes, strict=True):
        counts = np.bincount([code for code in unit if code is not None], minlength=values)
        if counts.sum() > 1:
            matrix[:] = (np.outer(counts, counts) - np.diag(counts)) / (counts.sum() - 1)
    return matrices


def _alpha(matrices: Floats) -> Floats:
    """Return alpha of coincidence matrices (last two axes); NaN if all codes are the same."""
    totals = matrices.sum(axis=-1)
    n = totals.sum(axis=-1)
    observed = n - np.trace(matrices, axis1=-2, axis2=-1)
    expected = n**2 - (totals**2).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (n - 1) * observed / expected, np.nan)


def alpha(codes: Sequence[Sequence[int | None]]) -> float:
    """Return Krippendorff's nominal alpha of units; each unit is a list with every coder's code, or None."""
    return float(_alpha(coincidences(codes).sum(axis=0)))


def alpha_interval(codes: Sequence[Sequence[int | None]], *, resamples: int = 1000) -> tuple[float, float]:
    """Return the 95 % percentile interval of alpha by drawing units with replacement.

    It is NaN if alpha is not defined, or if all draws have the same alpha: if no coders ever differed, the draws say
    nothing about the disagreement that there may be.

    Zapf, A., Castell, S., Morawietz, L. & Karch, A. (2016). Measuring inter-rater reliability for nominal data. BMC
    Medical Research Methodology 16:93, recommend this over Krippendorff's own bootstrap, which draws pairs.
    """
    matrices = coincidences(codes)
    if np.isnan(_alpha(matrices.sum(axis=0))):
        return float("nan"), float("nan")
    generator = np.random.default_rng(_SEED)
    weights = generator.multinomial(len(matrices), np.full(len(matrices), 1 / len(matrices)), resamples)
    lo, hi = differing_ends(percentiles(_alpha(np.tensordot(weights.astype(float), matrices, axes=1))))
    return float(lo), float(hi)
