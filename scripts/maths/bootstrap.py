"""The bootstrap over documents: words, sentences and quotes cluster in documents, so whole documents are drawn.

In each sample, a document has a weight from the Poisson distribution with mean 1, computed from its doc_id alone. So a
document's weights depend neither on the other documents nor on their order, the sums of batches of documents add up to
the sum of all, and adding a document does not change the weights of the others. Hanley & MacGibbon 2006, Creating
non-parametric bootstrap samples using Poisson frequencies, Computer Methods and Programs in Biomedicine 83: 57-62;
Chamandy et al. 2012, Estimating uncertainty for massive data streams, Google.

Samples are the last axis of arrays. If there is nothing to estimate from, the result is NaN.
"""

from collections.abc import Callable, Sequence
from hashlib import shake_128
from itertools import accumulate
from math import exp, factorial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scripts.core.arrays import Floats
from scripts.maths.intervals import ENOUGH, LEVEL

Weights = NDArray[np.uint8]
Documents = NDArray[np.integer[Any]]
OVER_DOCUMENTS = "bootstrap over documents"
RESAMPLES = 1000
# Documents whose weights are converted to floats at a time: 4 MB in single precision.
_BLOCK = 1000
# The largest weight: sixteen random bits are too few for the chance of a larger one.
_LARGEST = 8
# An interval of diversity that is narrower comes from samples that agree, apart from rounding of the entropies.
LEAST_WIDTH = 1e-9


def poisson_bounds() -> list[int]:
    """Return the first 16-bit number for each weight from 0 to _LARGEST, by the Poisson distribution with mean 1."""
    return [0, *(round(end * 2**16) for end in accumulate(exp(-1) / factorial(number) for number in range(_LARGEST)))]


def document_weights(doc_ids: Sequence[str], *, resamples: int = RESAMPLES, seed: int = 1) -> Weights:
    """Return how often each document (row) is in each bootstrap sample (column), on average once; as bytes.

    A weight comes from sixteen bits of SHAKE-128 (FIPS 202) of seed and doc_id, so it is the same with every version of
    every package, and the first samples are the same however many there are.

    >>> document_weights(["a.txt", "b.txt"], resamples=8).tolist()
    [[0, 2, 2, 2, 0, 1, 1, 1], [1, 3, 1, 1, 1, 1, 3, 2]]
    """
    table = np.repeat(np.arange(_LARGEST + 1, dtype=np.uint8), np.diff([*poisson_bounds(), 2**16]))
    weights = np.empty((len(doc_ids), resamples), np.uint8)
    for first in range(0, len(doc_ids), _BLOCK):
        block = doc_ids[first : first + _BLOCK]
        bits = b"".join(shake_128(f"{seed} {doc_id}".encode()).digest(2 * resamples) for doc_id in block)
        weights[first : first + _BLOCK] = table[np.frombuffer(bits, "<u2").reshape(-1, resamples)]
    return weights


def resampled_sums(weights: Weights, *columns: ArrayLike) -> list[Floats]:
    """Return the sums of columns, which have a row for each document, over each bootstrap sample (last axis)."""
    arrays = [np.asarray(column) for column in columns]
    sums = [np.zeros((*array.shape[1:], weights.shape[1])) for array in arrays]
    for first in range(0, len(weights), _BLOCK):
        block = weights[first : first + _BLOCK]
        for total, array in zip(sums, arrays, strict=True):
            part = narrowed(array[first : first + _BLOCK], _LARGEST * len(block))
            total += part.T @ block.astype(part.dtype)
    return sums


def sums_of_cells(weights: Weights, values: ArrayLike, document: NDArray[np.intp], bounds: NDArray[np.intp]) -> Floats:
    """Return the sums of cells over the documents of each bootstrap sample, for statistics of few documents.

    Each statistic (row) has a cell for each document in which it is not zero: a value and the number of the `document`.
    `bounds` has the first cell of each statistic and the cell after its last. A table of all documents by all
    statistics would not fit into memory; nor would the sums of many thousands of statistics.
    """
    most = max((end - start for start, end in bounds.tolist()), default=0)
    array = narrowed(values, _LARGEST * most)
    sums = np.zeros((len(bounds), weights.shape[1]))
    # Most names are in one document: their sums are made at once.
    is_single = bounds[:, 1] - bounds[:, 0] == 1
    cell = bounds[is_single, 0]
    sums[is_single] = array[cell, None] * weights[document[cell]]
    for row in np.flatnonzero(~is_single).tolist():
        start, end = bounds[row].tolist()
        for first in range(start, end, _BLOCK):
            cells = slice(first, min(first + _BLOCK, end))
            sums[row] += array[cells] @ weights[document[cells]]
    return sums


def sums_of_columns(
    weights: Weights, values: ArrayLike, document: Documents, column: Documents, *, columns: int
) -> Floats:
    """Return the sums of each of `columns` columns over the documents of each bootstrap sample (last axis).

    A cell is a value that is not zero, with the numbers of its `document` and `column`; cells are sorted by document.
    This is for statistics with several sums over the same documents: the weights of a document are read only once.
    """
    begins = np.append(True, document[1:] != document[:-1])[: len(document)]
    starts, place = np.flatnonzero(begins), np.cumsum(begins) - 1
    array = narrowed(values, _LARGEST * min(len(starts), _BLOCK))
    sums = np.zeros((columns, weights.shape[1]))
    for first in range(0, len(starts), _BLOCK):
        of_block = document[starts[first : first + _BLOCK]]
        cells = slice(starts[first], starts[first + _BLOCK] if first + _BLOCK < len(starts) else None)
        table = np.zeros((columns, len(of_block)), array.dtype)
        table[column[cells], place[cells] - first] = array[cells]
        sums += table @ weights[of_block].astype(array.dtype)
    return sums


def cell_bounds(statistic: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Return the first cell of each statistic and the cell after its last; cells must be sorted by statistic.

    >>> cell_bounds(np.array([3, 3, 5])).tolist()
    [[0, 2], [2, 3]]
    """
    first = np.flatnonzero(np.diff(statistic, prepend=-1))
    return np.column_stack([first, np.append(first[1:], len(statistic))[: len(first)]])


def narrowed(column: ArrayLike, n: int) -> NDArray:
    """Return a column in single precision, twice as fast to sum, if all sums of `n` of its values are exact in it."""
    array = np.asarray(column, float)
    is_exact = array.size > 0 and bool((array == np.rint(array)).all()) and n * np.abs(array).max() < 2**24
    return array.astype(np.float32) if is_exact else array


def percentiles(samples: Floats) -> tuple[Floats, Floats]:
    """Return the 95 % percentile interval (lo, hi) of bootstrap samples (last axis), ignoring NaN.

    Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13, pp. 168-171. The result is that of
    numpy.nanquantile, which is a hundred times slower and warns if all samples are NaN.
    """
    in_order = np.sort(samples, axis=-1)  # NaN last
    last = (~np.isnan(samples)).sum(axis=-1) - 1
    ends = []
    for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2):
        place = np.maximum(last, 0) * share
        below = np.floor(place).astype(np.intp)
        above = np.ceil(place).astype(np.intp)
        low, high = (np.take_along_axis(in_order, at[..., None], axis=-1)[..., 0] for at in (below, above))
        ends.append(low + (high - low) * (place - below))
    return ends[0], ends[1]


def centred_percentiles(samples: Floats, value: float, *, least: float, most: float) -> tuple[float, float]:
    """Return the 95 % interval (lo, hi) of a measure of diversity from bootstrap samples, NaN if none differ.

    A sample lacks some documents, and so some names: it is less diverse than all documents together. So the percentiles
    are shifted by the value minus the samples' mean, and clipped to the possible range from `least` to `most`. Marcon
    et al. 2012, Oikos 121: 516-522.
    """
    answers = samples[~np.isnan(samples)]
    if not len(answers):
        return np.nan, np.nan
    lo, hi = np.clip(np.array(percentiles(answers)) + (value - answers.mean()), least, most).tolist()
    return (lo, hi) if hi - lo > LEAST_WIDTH else (np.nan, np.nan)


def differing_ends(ends: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Return the ends of intervals, or NaN if all samples agree, as they do on a feature that no document has.

    >>> [end.tolist() for end in differing_ends((np.array([0.0, 1.0]), np.array([0.0, 2.0])))]
    [[nan, 1.0], [nan, 2.0]]
    """
    lo, hi = ends
    return np.where(lo < hi, lo, np.nan), np.where(lo < hi, hi, np.nan)


def bootstrap(statistic: Callable[..., ArrayLike], *columns: ArrayLike, weights: Weights) -> tuple[Floats, Floats]:
    """Return the 95 % percentile interval (lo, hi) of a statistic of sums over documents.

    Each column has one row per document (a number, or a vector for many statistics at once), as `weights` does.
    `statistic` takes, in the same order, the columns' sums over each bootstrap sample (last axis):
    `bootstrap(ratio, hits, words, weights=weights)` returns the interval of the rate sum(hits) / sum(words). NaN
    samples are ignored. With fewer than ENOUGH documents, or if all samples agree, both ends are NaN.
    """
    samples = np.asarray(statistic(*resampled_sums(weights, *columns)), float)
    if len(weights) < ENOUGH:
        samples = np.full_like(samples, np.nan)
    return differing_ends(percentiles(samples))
