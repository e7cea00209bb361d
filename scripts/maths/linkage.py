"""Average linkage of sparse vectors of whole numbers, nearly linear in their number: only likely pairs are compared.

The similarity of two clusters is the mean of the dot products of their members (UPGMA: Sokal, R. R. & Michener, C. D.
1958, University of Kansas Science Bulletin 38: 1409-1438), which is that of the clusters' sums; so two clusters are
compared without their pairs, and no pair that was left out counts as unlike. As numbers are whole, sums are exact and
depend on no order. Where both clusters have days, their similarity falls with the days between their means.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain, starmap
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.maths.tuples import distinct, ranges

Ints = NDArray[np.integer[Any]]
Fits = Callable[[list[int], float], bool]
# Similarity is halved by so many days between the means of two clusters.
HALF = 14
# Columns of a row by which it is looked for, and rows before it that have the same one there: a bound of the pairs.
_COLUMNS, _BEFORE = 40, 20


class Rows(NamedTuple):
    """Sparse vectors: those of row n are the cells `bounds[n]` to before `bounds[n + 1]`, by column and value."""

    bounds: Ints
    column: Ints
    value: Ints


class _Cluster(NamedTuple):
    """A cluster: its rows, the sum of their vectors, the sum of their days and how many have one.

    `parts` are the two clusters that it was merged of, and `alike` is the similarity of these.
    """

    rows: list[int]
    sums: dict[int, int]
    days: int
    dated: int
    parts: tuple["_Cluster", ...] = ()
    alike: float = 0.0


def likely_pairs(rows: Rows) -> tuple[Ints, Ints]:
    """Return pairs of rows, the later first, that have one of their greatest columns in common.

    A row is paired with the `_BEFORE` rows before it that have the column among their `_COLUMNS` greatest. So rows
    that are to be paired should lie near each other, as articles in the order of their dates do.

    >>> [pair.tolist() for pair in likely_pairs(Rows(np.array([0, 1, 2, 3]), np.array([7, 8, 7]), np.array([1, 1, 1])))]
    [[2], [0]]
    """
    n = np.diff(rows.bounds)
    row = np.repeat(np.arange(len(n)), n)
    order = np.lexsort((rows.column, -rows.value, row))
    place = np.arange(len(order)) - np.repeat(rows.bounds[:-1], n)
    chosen = order[place < _COLUMNS]
    chosen = chosen[np.lexsort((row[chosen], rows.column[chosen]))]
    column, row = rows.column[chosen], row[chosen]
    keys = [np.empty(0, np.int64)]
    for step in range(1, _BEFORE + 1):
        same = column[step:] == column[:-step]
        keys.append(distinct(row[step:][same] * len(n) + row[:-step][same]))
    later, earlier = np.divmod(distinct(np.concatenate(keys)), max(1, len(n)))
    return later, earlier


def products(rows: Rows, later: Ints, earlier: Ints) -> Ints:
    """Return the dot product of each pair of rows; pairs are in the order of the first."""
    result = np.zeros(len(later), np.int64)
    dense = np.zeros(1 + int(np.max(rows.column, initial=0)), np.int64)
    size = np.diff(rows.bounds)
    starts = np.flatnonzero(np.diff(later, prepend=-1))
    for start, end in zip(starts.tolist(), np.append(starts[1:], len(later)).tolist(), strict=False):
        first, last = rows.bounds[later[start]], rows.bounds[later[start] + 1]
        dense[rows.column[first:last]] = rows.value[first:last]
        others = earlier[start:end]
        cells = ranges(rows.bounds[others], size[others])
        sums = np.append(0, np.cumsum(dense[rows.column[cells]] * rows.value[cells]))
        ends = np.cumsum(size[others])
        result[start:end] = sums[ends] - sums[ends - size[others]]
        dense[rows.column[first:last]] = 0
    return result


def _product(left: Mapping[int, int], right: Mapping[int, int]) -> int:
    """Return the dot product of two vectors by column."""
    shorter, longer = sorted((left, right), key=len)
    return sum(value * longer.get(column, 0) for column, value in shorter.items())


def _decay(left: _Cluster, right: _Cluster) -> float:
    """Return the factor by which the days between two clusters make them less alike; 1 where one has none."""
    if not left.dated or not right.dated:
        return 1.0
    gap = left.days / left.dated - right.days / right.dated
    return 1 / (1 + (gap / HALF) ** 2)


def _merged(left: _Cluster, right: _Cluster, alike: float) -> _Cluster:
    """Return the cluster of two, in the sums of the greater."""
    small, large = sorted((left, right), key=lambda cluster: len(cluster.sums))
    for column, value in small.sums.items():
        large.sums[column] = large.sums.get(column, 0) + value
    days, dated = left.days + right.days, left.dated + right.dated
    return _Cluster(left.rows + right.rows, large.sums, days, dated, (left, right), alike)


def _parted(cluster: _Cluster, fits: Fits) -> Iterator[list[int]]:
    """Yield the largest clusters within one that fit."""
    waiting = [cluster]
    while waiting:
        each = waiting.pop()
        rows = sorted(each.rows)
        if len(rows) > 1 and fits(rows, each.alike):
            yield rows
        else:
            waiting += each.parts


def average_linkage(
    rows: Rows, days: Sequence[int | None], *, least: float, fits: Fits = lambda *_: True
) -> list[list[int]]:
    """Return the clusters of two rows or more that fit, each in order; one that does not is parted as it was merged.

    Clusters are merged down to a similarity of `least`; `fits` is asked with their rows and the similarity of the two
    that they were merged of. `days` has the day of each row, None where it is not known. Of equally similar pairs that
    of the first rows is merged first, so the clusters do not depend on anything but the rows and their order.

    >>> rows = Rows(np.array([0, 2, 4, 5]), np.array([0, 1, 0, 1, 2]), np.array([1, 1, 1, 1, 1]))
    >>> average_linkage(rows, [None, None, None], least=1.5)
    [[0, 1]]
    """
    later, earlier = likely_pairs(rows)
    product = products(rows, later, earlier)
    is_alike = 4 * product >= least
    likes: dict[int, dict[int, int]] = {}
    for left, right, total in zip(*(array[is_alike].tolist() for array in (later, earlier, product)), strict=True):
        likes.setdefault(left, {})[right] = likes.setdefault(right, {})[left] = total
    clusters = {row: _single(rows, row, days[row]) for row in likes}
    return _linked(clusters, likes, least, fits)


def _single(rows: Rows, row: int, day: int | None) -> _Cluster:
    """Return the cluster of one row."""
    cells = slice(rows.bounds[row], rows.bounds[row + 1])
    sums = dict(zip(rows.column[cells].tolist(), rows.value[cells].tolist(), strict=True))
    return _Cluster([row], sums, day or 0, int(day is not None))


def _linked(
    clusters: dict[int, _Cluster], likes: dict[int, dict[int, int]], least: float, fits: Fits
) -> list[list[int]]:
    """Return the clusters that are left when the two most alike are merged again and again, down to `least`, and of
    those that do not fit the parts that do.

    `likes` has the total of the products of two clusters where it is known; the first row of a cluster is its number,
    and `changes` tells whether what waits in the heap is still so.
    """
    changes = dict.fromkeys(clusters, 0)

    def entry(left: int, right: int) -> tuple[float, int, int, int, int] | None:
        first, second = clusters[left], clusters[right]
        alike = likes[left][right] / (len(first.rows) * len(second.rows)) * _decay(first, second)
        low, high = sorted((left, right))
        return (-alike, low, high, changes[low], changes[high]) if alike >= least else None

    pairs = ((left, right) for left, others in likes.items() for right in others if left < right)
    heap = [pair for pair in starmap(entry, pairs) if pair]
    heapify(heap)
    while heap:
        unlike, target, gone, *versions = heappop(heap)
        if gone not in clusters or target not in clusters or versions != [changes[target], changes[gone]]:
            continue
        left, right = clusters[target], clusters.pop(gone)
        known, more = likes[target], likes.pop(gone)
        del known[gone], more[target]
        for each in known.keys() | more.keys():
            total = known[each] if each in known else _product(left.sums, clusters[each].sums)
            total += more[each] if each in more else _product(right.sums, clusters[each].sums)
            known[each] = likes[each][target] = total
            likes[each].pop(gone, None)
        clusters[target] = _merged(left, right, -unlike)
        changes[target] += 1
        for each in known:
            if new := entry(target, each):
                heappush(heap, new)
    return sorted(chain.from_iterable(_parted(cluster, fits) for cluster in clusters.values()))
