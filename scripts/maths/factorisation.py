"""Non-negative factorisation of a matrix of documents and words, and the coherence of words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.maths.association import npmi

_ROUNDS = 100
_LEAST = 1e-12  # instead of zero, so that a part whose weights have vanished can recover


def factorised(matrix: Floats, parts: int, *, seeds: Sequence[int]) -> list[tuple[Floats, Floats]]:
    """Return (rows x parts, parts x columns) for each seed: non-negative weights whose product approximates the matrix.

    Lee & Seung 1999, Nature 401: 788; by alternating least squares, one part at a time (HALS), Cichocki & Phan 2009,
    IEICE Transactions E92-A(3): 708. It starts at random and runs a fixed number of rounds, so the same seed gives the
    same parts. The parts of all seeds are multiplied by the matrix together, which takes half the time.
    """
    scale = np.sqrt(max(matrix.mean(), _LEAST) / parts) if matrix.size else 1.0
    begun = [scale * np.random.default_rng(seed).random((parts, sum(matrix.shape))) for seed in seeds]
    rows, columns = (
        np.concatenate(each) for each in zip(*(np.split(each, [len(matrix)], 1) for each in begun), strict=True)
    )
    own = [slice(at, at + parts) for at in range(0, len(rows), parts)]
    for _ in range(_ROUNDS):
        _improve(rows, columns, columns @ matrix.T, own)
        _improve(columns, rows, rows @ matrix, own)
    return [(rows[each].T, columns[each]) for each in own]


def _improve(weights: Floats, others: Floats, product: Floats, own: Sequence[slice]) -> None:
    """Make each part (row) of the weights optimal in turn, with all else fixed; `own` are the parts of each seed."""
    for each in own:
        square, mine = others[each] @ others[each].T, weights[each]
        for part in range(len(mine)):
            change = (product[each][part] - square[part] @ mine) / max(square[part, part], _LEAST)
            mine[part] = np.maximum(mine[part] + change, _LEAST)


def mean_npmi(present: NDArray[np.bool_]) -> float:
    """Return the mean normalised pointwise mutual information of all pairs of words in documents (rows).

    It is 1 for words that always occur together, 0 for independent words, -1 for words that never do. Bouma 2009, GSCL:
    31; as a measure of topics: Lau, Newman & Baldwin 2014, EACL: 530. NaN with fewer than two words.
    """
    first, second = np.triu_indices(present.shape[1], 1)
    if not len(first):
        return float("nan")
    n, together = present.sum(axis=0), (present.T.astype(int) @ present)[first, second]
    only_first, only_second = n[first] - together, n[second] - together
    values = npmi(together, only_first, only_second, len(present) - together - only_first - only_second)
    return float(np.where(together == len(present), 1, values).mean())
