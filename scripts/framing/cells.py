"""Counts by name and document, stored as cells for each range of documents and combined for a block of names at a time.

A name has the same number in every range. A million documents have about a hundred million cells of a dozen bytes each.
What is computed from them by name, such as sums in bootstrap samples, is never in memory for all names at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.maths.bootstrap import Weights, resampled_sums

Array = NDArray[Any]
# Number of cells that are combined at a time.
_BLOCK = 300_000


class NameCells(NamedTuple):
    """Counts `n` by name, document and column, each of which is a number; sorted by these three."""

    name: Array
    document: Array
    column: Array
    n: Array


class Drawn(NamedTuple):
    """Sums of cells by column: the documents with a count, the total, and the total in each bootstrap sample.

    All three can be added over ranges of documents.
    """

    documents: Ints
    n: Ints
    drawn: Floats


_T = TypeVar("_T", bound=tuple)  # arrays of equal length; the first holds the names, sorted


def name_numbers(names: Iterable[str], known: dict[str, int]) -> Ints:
    """Return the numbers of names, adding each name that is not yet `known` to it under the next number.

    >>> name_numbers(["b", "a"], {"a": 0}).tolist()
    [1, 0]
    """
    return np.array([known.setdefault(name, len(known)) for name in names], np.intp)


def narrow(numbers: Ints) -> Ints:
    """Return non-negative integers in the smallest data type that holds the largest."""
    return numbers.astype(np.min_scalar_type(np.max(numbers, initial=0)))


def pair_counts(row: Ints, column: Ints, shape: tuple[int, int]) -> Ints:
    """Return a matrix of this shape with the number of times that each pair of row and column occurs."""
    return narrow(np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1]).reshape(shape))


def counted_cells(name: Ints, document: Ints, column: Ints, *, first: int, documents: int, columns: int) -> NameCells:
    """Return how often each combination of name, document and column occurs.

    The range has `documents` documents, numbered from `first` on; there are `columns` columns.
    """
    key, n = np.unique((name * documents + document) * columns + column, return_counts=True)
    of_name, column = np.divmod(key, columns)
    name, document = np.divmod(of_name, max(1, documents))
    return NameCells(name.astype(np.int32), (document + first).astype(np.int32), narrow(column), narrow(n))


def blocks_of_names(parts: Sequence[_T], *, names: int) -> Iterator[_T]:
    """Yield the cells of all parts, one block of names at a time, sorted by name and then by part.

    Each part holds a range of documents, and the ranges are in order; `names` is the total number of names.
    """
    sizes = np.zeros(names, np.int64)
    for part in parts:
        sizes += np.bincount(part[0], minlength=names)
    block = (np.cumsum(sizes) - sizes) // _BLOCK
    edges = np.append(np.flatnonzero(np.diff(block, prepend=-1)), names)
    places = [np.searchsorted(part[0], edges) for part in parts]
    for at in range(len(edges) - 1):
        own = (chosen(part, slice(place[at], place[at + 1])) for part, place in zip(parts, places, strict=True))
        cells = type(parts[0])(*map(np.concatenate, zip(*own, strict=True)))
        yield chosen(cells, np.argsort(cells[0], kind="stable"))


def cells_by_document(cells: NameCells, *, first: int, documents: int, columns: int) -> Ints:
    """Return the sums of cells over all names, by document (row) and column; the options are as in `counted_cells`."""
    place = (cells.document - first).astype(np.int64) * columns + cells.column
    return np.bincount(place, cells.n, documents * columns).astype(np.int32).reshape(-1, columns)


def drawn(counts: Ints, weights: Weights) -> Drawn:
    """Return the sums over documents (rows) of `counts`, by column; `weights` are the documents' bootstrap weights."""
    return Drawn((counts > 0).sum(axis=0), counts.sum(axis=0), *resampled_sums(weights, counts))


def chosen(cells: _T, rows: Array | slice) -> _T:
    """Return the cells in the given rows."""
    return type(cells)(*(array[rows] for array in cells))


def cells_of(parts: Sequence[NameCells], name: int) -> NameCells:
    """Return the cells of a name in all parts."""
    own = (chosen(part, slice(*np.searchsorted(part.name, [name, name + 1]))) for part in parts)
    return NameCells(*map(np.concatenate, zip(*own, strict=True)))
