"""Regression with machine codes for all units and human codes for a sample: design-based supervised learning.

Egami, N., Hinck, M., Stewart, B. M. & Wei, H. (2023). Using imperfect surrogates for downstream inference: design-based
supervised learning for social science applications of large language models. NeurIPS 36.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.maths.association import ratio


def pseudo_outcomes(machine: Floats, human: Floats, weight: Floats) -> Floats:
    """Return the machine's values, corrected for units that people coded: machine + weight * (human - machine).

    `human` is NaN for units that nobody coded; `weight` is one over the probability that the unit was drawn for coding.
    The mean of the result given any covariate is that of the human codes, however bad the machine is (section 3.1).

    >>> pseudo_outcomes(np.array([1.0, 0.0]), np.array([np.nan, 1.0]), np.array([0.0, 2.0])).tolist()
    [1.0, 2.0]
    """
    coded = ~np.isnan(human)
    return machine + np.where(coded, weight * (np.where(coded, human, 0) - machine), 0)


class Fitted(NamedTuple):
    """Coefficients of a linear model, their standard errors, and the degrees of freedom of the standard errors."""

    coefficients: Floats
    errors: Floats
    degrees: Floats


def least_squares(outcome: Floats, design: Floats, cluster: NDArray[np.intp]) -> Fitted:
    """Return the coefficients of a linear model, with standard errors that are robust to clusters of units.

    `design` has a column for each coefficient. Standard errors come from leaving out each cluster in turn (CR3; Bell &
    McCaffrey 2002, Survey Methodology 28: 169-181; MacKinnon, Nielsen & Webb 2023, Journal of Econometrics 232:
    272-299), because those of the sandwich are too small if few clusters determine a coefficient. The degrees of
    freedom reflect how few, by the variation of the clusters' contributions (Satterthwaite 1946, Biometrics Bulletin 2:
    110-114). Coefficients of columns that depend on others are NaN, and so are all errors with fewer than two clusters.
    """
    independent = _independent_columns(design)
    columns = design[:, independent]
    fitted = Fitted(*np.full((3, design.shape[1]), np.nan))
    if columns.size == 0:
        return fitted
    beta = np.linalg.solve(columns.T @ columns, columns.T @ outcome)
    fitted.coefficients[independent] = beta
    n = len(np.unique(cluster))
    if n > 1:
        changes = (_without_each(columns, outcome, cluster) - beta) ** 2
        total = changes.sum(axis=0)
        fitted.errors[independent] = np.sqrt((n - 1) / n * total)
        fitted.degrees[independent] = ratio(2, ratio((changes**2).sum(axis=0), total**2) - 1 / n)
    return fitted


def _without_each(columns: Floats, outcome: Floats, cluster: NDArray[np.intp]) -> Floats:
    """Return the coefficients without each cluster (row); 0 for a coefficient on which the rest has no information."""
    order = np.argsort(cluster, kind="stable")
    starts = np.flatnonzero(np.diff(cluster[order], prepend=cluster[order[0]] - 1))
    rows = np.split(order, starts[1:])
    squares = columns.T @ columns - np.array([columns[own].T @ columns[own] for own in rows])
    products = columns.T @ outcome - np.array([columns[own].T @ outcome[own] for own in rows])
    return (np.linalg.pinv(squares, hermitian=True) @ products[..., None])[..., 0]


def _independent_columns(design: Floats) -> NDArray[np.intp]:
    """Return the numbers of the columns that do not depend linearly on preceding columns."""
    if not design.size:
        return np.zeros(0, np.intp)
    scale = np.linalg.norm(design, axis=0)
    triangle = np.abs(np.diag(np.linalg.qr(design / np.where(scale > 0, scale, 1), mode="r")))
    return np.flatnonzero(np.pad(triangle, (0, design.shape[1] - len(triangle))) > 1e-8)
