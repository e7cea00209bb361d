"""The bootstrap over documents: words, sentences and quotes cluster in documents, so whole documents are drawn.

A document has a weight in each sample, drawn from Poisson's distribution of mean 1 by its doc_id alone. So the weights
of a document depend neither on the other documents nor on their order, sums over batches of documents add up to those
of all, and an added document leaves the weights of the others as they are. Hanley & MacGibbon 2006, Creating
non-parametric bootstrap samples using Poisson frequencies, Computer Methods and Programs in Biomedicine 83: 57-62;
Chamandy et al. 2012, Estimating uncertainty for massive data streams, Google.

Arrays of samples have them last. Where there is nothing to estimate from the answer is NaN.
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
# Documents whose weights are numbers for a product at a time: 4 MB of them in single precision.
_BLOCK = 1000
# Sixteen bits of chance are too few for a larger weight.
_LARGEST = 8
# Ends of diversity that are nearer are of samples that agree: entropies are rounded.
LEAST_WIDTH = 1e-9


def poisson_bounds() -> list[int]:
    """Return for each number the first of 2^16 steps from 0 to 1 at which Poisson's distribution of mean 1 has it."""
    return [0, *(round(end * 2**16) for end in accumulate(exp(-1) / factorial(number) for number in range(_LARGEST)))]


def document_weights(doc_ids: Sequence[str], *, resamples: int = RESAMPLES, seed: int = 1) -> Weights:
    """Return how often each document (row) is in each bootstrap sample (column), on average once; a byte each.

    Sixteen bits of SHAKE-128 (FIPS 202) of seed and doc_id make a weight, so that it is the same with every version of
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
    """Return the sums of columns, which have a row a document, over each bootstrap sample; samples last."""
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

    Each statistic (row) has a cell, its value in a `document` (its number), for each document in which it is not zero;
    `bounds` has its first cell and the one after its last. A table of all documents by all statistics would not fit
    into memory; nor would the sums of many thousands of statistics.
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
    """Return the sums of each of so many columns over the documents of each bootstrap sample, samples last.

    There is a cell, a value in a `document` (its number) and a `column`, where it is not zero; cells are in the order
    of documents. For statistics with several sums over the same documents: the weights of a document are read once.
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
    """Return the first cell of each statistic and the one after its last, where cells are sorted by statistic.

    >>> cell_bounds(np.array([3, 3, 5])).tolist()
    [[0, 2], [2, 3]]
    """
    first = np.flatnonzero(np.diff(statistic, prepend=-1))
    return np.column_stack([first, np.append(first[1:], len(statistic))[: len(first)]])


def narrowed(column: ArrayLike, n: int) -> NDArray:
    """Return a column in single precision, twice as fast to sum, if each sum of `n` of its values is exact there."""
    array = np.asarray(column, float)
    is_exact = array.size > 0 and bool((array == np.rint(array)).all()) and n * np.abs(array).max() < 2**24
    return array.astype(np.float32) if is_exact else array


def percentiles(samples: Floats) -> tuple[Floats, Floats]:
    """Return the 95 % percentile interval (lo, hi) of bootstrap samples (last axis), without samples of no answer.

    Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13, pp. 168-171. As numpy.nanquantile, which is a
    hundred times slower and warns where no sample has an answer.
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
    """Return the 95 % interval (lo, hi) of a value of diversity from bootstrap samples, NaN if none differ.

    A sample lacks some of the documents and so of their names: it is less diverse than the whole. The percentiles are
    therefore moved by the difference of the value and the samples' mean, between the `least` and the `most` that there
    can be. Marcon et al. 2012, Oikos 121: 516-522.
    """
    answers = samples[~np.isnan(samples)]
    if not len(answers):
        return np.nan, np.nan
    lo, hi = np.clip(np.array(percentiles(answers)) + (value - answers.mean()), least, most).tolist()
    return (lo, hi) if hi - lo > LEAST_WIDTH else (np.nan, np.nan)


def differing_ends(ends: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Return the ends of intervals, NaN where all samples agree, as they do on something that no document has.

    >>> [end.tolist() for end in differing_ends((np.array([0.0, 1.0]), np.array([0.0, 2.0])))]
    [[nan, 1.0], [nan, 2.0]]
    """
    lo, hi = ends
    return np.where(lo < hi, lo, np.nan), np.where(lo < hi, hi, np.nan)


def bootstrap(statistic: Callable[..., ArrayLike], *columns: ArrayLike, weights: Weights) -> tuple[Floats, Floats]:
    """Return the 95 % percentile interval (lo, hi) of a statistic of sums over documents.

    Each column holds one row per document (a number, or a vector for many statistics at once), as `weights` does.
    `statistic` gets, in the same order, the columns' sums over each bootstrap sample, samples last:
    `bootstrap(ratio, hits, words, weights=weights)` gives the interval of the rate sum(hits) / sum(words). A sample
    without an answer (NaN) is left out. With fewer than ENOUGH documents, and where all samples agree, both ends are
    NaN.
    """
    samples = np.asarray(statistic(*resampled_sums(weights, *columns)), float)
    if len(weights) < ENOUGH:
        samples = np.full_like(samples, np.nan)
    return differing_ends(percentiles(samples))
