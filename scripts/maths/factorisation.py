"""Non-negative factorisation of a matrix of documents and words, and how well words go together."""

import numpy as np
from numpy.typing import NDArray

from scripts.maths.intervals import Floats

_ROUNDS = 100
_LEAST = 1e-12  # in place of zero, so that a part that has died out can come back


def factorised(matrix: Floats, parts: int, *, seed: int) -> tuple[Floats, Floats]:
    """Return (rows, columns): non-negative weights of rows by parts and of parts by columns, whose product is like it.

    Lee & Seung 1999, Nature 401: 788; by alternating least squares a part at a time (HALS), Cichocki & Phan 2009, IEICE
    Transactions E92-A(3): 708. It begins at random, and goes through a fixed number of rounds: the same seed gives the
    same parts.
    """
    generator = np.random.default_rng(seed)
    scale = np.sqrt(max(matrix.mean(), _LEAST) / parts) if matrix.size else 1.0
    rows, columns = (scale * generator.random(shape) for shape in ((len(matrix), parts), (parts, matrix.shape[1])))
    for _ in range(_ROUNDS):
        rows = _improved(rows.T, columns @ columns.T, (matrix @ columns.T).T).T
        columns = _improved(columns, rows.T @ rows, rows.T @ matrix)
    return rows, columns


def _improved(weights: Floats, square: Floats, product: Floats) -> Floats:
    """Return weights (a part a row), each row in its turn the best with the others as they are."""
    weights = weights.copy()
    for part in range(len(weights)):
        change = (product[part] - square[part] @ weights) / max(square[part, part], _LEAST)
        weights[part] = np.maximum(weights[part] + change, _LEAST)
    return weights


def npmi(present: NDArray[np.bool_]) -> float:
    """Return the mean normalised pointwise mutual information of all pairs of words, by documents (row) that have them.

    It is 1 for words that stand in the same documents, 0 for independent ones, -1 for those that never meet. Bouma
    2009, GSCL: 31; as a measure of topics Lau, Newman & Baldwin 2014, EACL: 530. NaN with fewer than two words.
    """
    share = present.mean(axis=0)
    both = (present.T.astype(float) @ present) / max(1, len(present))
    first, second = np.triu_indices(len(share), 1)
    if not len(first):
        return float("nan")
    together, apart = both[first, second], share[first] * share[second]
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log(together / apart) / -np.log(together)
    values = np.where(together == 0, -1, np.where(together == 1, 1, values))
    return float(values.mean())
