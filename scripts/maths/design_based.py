"""Regression with codes of a machine for all units and of people for a sample: design-based supervised learning.

Egami, N., Hinck, M., Stewart, B. M. & Wei, H. (2023). Using imperfect surrogates for downstream inference: design-based
supervised learning for social science applications of large language models. NeurIPS 36.
"""

import numpy as np
from numpy.typing import NDArray

from scripts.maths.intervals import Floats


def pseudo_outcomes(machine: Floats, human: Floats, weight: Floats) -> Floats:
    """Return the machine's values, corrected where people coded: machine + weight * (human - machine).

    `human` is NaN for units that nobody coded, `weight` one over the probability that the unit was drawn for coding.
    Their mean given any covariate is that of the human codes, however bad the machine is (section 3.1).

    >>> pseudo_outcomes(np.array([1.0, 0.0]), np.array([np.nan, 1.0]), np.array([0.0, 2.0])).tolist()
    [1.0, 2.0]
    """
    coded = ~np.isnan(human)
    return machine + np.where(coded, weight * (np.where(coded, human, 0) - machine), 0)


def least_squares(outcome: Floats, design: Floats, cluster: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Return the coefficients of a linear model and their standard errors, robust to clusters of units.

    `design` has a column for each coefficient. The sandwich estimator with the factor G / (G - 1) for G clusters (Liang
    & Zeger 1986, Biometrika 73: 13). Coefficients of columns that depend on others are NaN, as are all standard errors
    with fewer than two clusters.
    """
    independent = _independent_columns(design)
    columns = design[:, independent]
    coefficients, errors = np.full((2, design.shape[1]), np.nan)
    if columns.size == 0:
        return coefficients, errors
    bread = np.linalg.inv(columns.T @ columns)
    beta = bread @ (columns.T @ outcome)
    scores = columns * (outcome - columns @ beta)[:, None]
    number, of_unit = np.unique(cluster, return_inverse=True)
    sums = np.column_stack([np.bincount(of_unit, column, len(number)) for column in scores.T])
    coefficients[independent] = beta
    if len(number) > 1:
        variance = bread @ (sums.T @ sums) @ bread * len(number) / (len(number) - 1)
        errors[independent] = np.sqrt(np.diag(variance))
    return coefficients, errors


def _independent_columns(design: Floats) -> NDArray[np.intp]:
    """Return the numbers of the columns that do not depend linearly on columns before them."""
    if not design.size:
        return np.zeros(0, np.intp)
    scale = np.linalg.norm(design, axis=0)
    triangle = np.abs(np.diag(np.linalg.qr(design / np.where(scale > 0, scale, 1), mode="r")))
    return np.flatnonzero(np.pad(triangle, (0, design.shape[1] - len(triangle))) > 1e-8)
