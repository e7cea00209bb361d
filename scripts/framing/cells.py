"""Counts by name and document: cells of ranges of documents, which are put together for some names at a time.

A name has the same number in all ranges. A million documents have some hundred million cells, of a dozen bytes each;
what is made of them for each name, such as its sums in bootstrap samples, is not held in memory for all names at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.maths.bootstrap import Weights, resampled_sums

Array = NDArray[Any]
# Cells of all names that are put together at a time.
_BLOCK = 300_000


class NameCells(NamedTuple):
    """Counts `n` of a name in a document and a column, all three by number; in their order."""

    name: Array
    document: Array
    column: Array
    n: Array


class Drawn(NamedTuple):
    """Sums of cells by column: in how many documents there are any, how many, and how many in each bootstrap sample.

    All three add up over ranges of documents.
    """

    documents: Ints
    n: Ints
    drawn: Floats


_T = TypeVar("_T", bound=tuple)  # arrays of equal length; the first has the names, in order


def name_numbers(names: Iterable[str], known: dict[str, int]) -> Ints:
    """Return the numbers of names; a name that is not yet `known` gets the next number.

    >>> name_numbers(["b", "a"], {"a": 0}).tolist()
    [1, 0]
    """
    return np.array([known.setdefault(name, len(known)) for name in names], np.intp)


def narrow(numbers: Ints) -> Ints:
    """Return whole numbers from 0 up in as few bytes as hold the largest."""
    return numbers.astype(np.min_scalar_type(np.max(numbers, initial=0)))


def pair_counts(row: Ints, column: Ints, shape: tuple[int, int]) -> Ints:
    """Return how often each pair of a row and a column occurs, as a matrix of this shape."""
    return narrow(np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1]).reshape(shape))


def counted_cells(name: Ints, document: Ints, column: Ints, *, first: int, documents: int, columns: int) -> NameCells:
    """Return how often each name, document and column occur together.

    `documents` and `columns` are how many there are; the range of documents begins with number `first`.
    """
    key, n = np.unique((name * documents + document) * columns + column, return_counts=True)
    of_name, column = np.divmod(key, columns)
    name, document = np.divmod(of_name, max(1, documents))
    return NameCells(name.astype(np.int32), (document + first).astype(np.int32), narrow(column), narrow(n))


def blocks_of_names(parts: Sequence[_T], *, names: int) -> Iterator[_T]:
    """Yield the cells of all parts for some names after the others, each in the order of names and then of the parts.

    The parts are of ranges of documents, in their order; `names` is the number of all names.
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
    """Return the sums of cells of all names by document (row) and column; `first`, `documents`, `columns` are those of
    `counted_cells`."""
    place = (cells.document - first).astype(np.int64) * columns + cells.column
    return np.bincount(place, cells.n, documents * columns).astype(np.int32).reshape(-1, columns)


def drawn(counts: Ints, weights: Weights) -> Drawn:
    """Return the sums of counts by document (row) and column; the documents have these weights."""
    return Drawn((counts > 0).sum(axis=0), counts.sum(axis=0), *resampled_sums(weights, counts))


def chosen(cells: _T, rows: Array | slice) -> _T:
    """Return some of the cells."""
    return type(cells)(*(array[rows] for array in cells))


def cells_of(parts: Sequence[NameCells], name: int) -> NameCells:
    """Return the cells of a name in all parts."""
    own = (chosen(part, slice(*np.searchsorted(part.name, [name, name + 1]))) for part in parts)
    return NameCells(*map(np.concatenate, zip(*own, strict=True)))
