"""Average linkage of sparse vectors of integers, in nearly linear time: only likely pairs are compared.

The similarity of two clusters is the mean of the dot products of their members (UPGMA: Sokal, R. R. & Michener, C. D.
1958, University of Kansas Science Bulletin 38: 1409-1438), which follows from the clusters' sums. So two clusters are
compared without going through their pairs, and no pair that was left out counts as unlike. As values are integers, sums
are exact in any order. If both clusters have days, their similarity falls with the days between their means.
"""

from collections.abc import Callable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np

from scripts.core.arrays import Ints
from scripts.maths.tuples import distinct, ranges, sum_packed

Fits = Callable[[list[int], float], bool]
# Days between the means of two clusters that halve their similarity.
HALF = 14
# The most columns by which a row is paired, and for each of them the most preceding rows that it is paired with.
_COLUMNS, _BEFORE = 40, 20
# Rows whose pairs are in memory at a time.
_AT_A_TIME = 2_000
_NOTHING: Ints = np.empty(0, np.int32)


class Rows(NamedTuple):
    """Sparse vectors: the cells of row n, by column, are those from `bounds[n]` to before `bounds[n + 1]`."""

    bounds: Ints
    column: Ints
    value: Ints


class _Pairs(NamedTuple):
    """Pairs of rows, the later first, and their dot products."""

    later: Ints
    earlier: Ints
    product: Ints


class _Cluster(NamedTuple):
    """A cluster: its rows, the sum of their vectors by column, the sum of their days, and the number of dated rows.

    `parts` are the two clusters that it was merged from, without their sums, and `alike` is their similarity.
    """

    rows: list[int]
    column: Ints
    value: Ints
    days: int
    dated: int
    parts: tuple["_Cluster", ...] = ()
    alike: float = 0.0


def _greatest(rows: Rows, first: int, last: int) -> tuple[Ints, Ints]:
    """Return the number of columns by which each row from `first` to before `last` is paired, and those columns."""
    n = np.diff(rows.bounds[first : last + 1])
    cells = slice(rows.bounds[first], rows.bounds[last])
    row = np.repeat(np.arange(len(n)), n)
    order = np.lexsort((rows.column[cells], -rows.value[cells], row))
    place = np.arange(len(order)) - np.repeat(np.cumsum(n) - n, n)
    return np.minimum(n, _COLUMNS), rows.column[cells][order[place < _COLUMNS]]


def likely_pairs(rows: Rows) -> Iterator[tuple[Ints, Ints]]:
    """Yield sorted pairs of rows, the later first, that have one of their greatest columns in common.

    For each column, a row is paired with the `_BEFORE` preceding rows that have it among their `_COLUMNS` greatest. So
    rows that should be paired must be near each other, as articles are if sorted by date.

    >>> pairs = likely_pairs(Rows(np.array([0, 1, 2, 3]), np.array([7, 8, 7]), np.array([1, 1, 1])))
    >>> [(later.tolist(), earlier.tolist()) for later, earlier in pairs]
    [([2], [0])]
    """
    n = len(rows.bounds) - 1
    starts = range(0, n, _AT_A_TIME)

    def keys_of(first: int) -> Ints:
        size, column = _greatest(rows, first, min(first + _AT_A_TIME, n))
        return column.astype(np.int64) * n + np.repeat(np.arange(first, first + len(size)), size)

    bounds = np.append(0, np.cumsum(np.minimum(np.diff(rows.bounds), _COLUMNS)))
    stands = np.empty(bounds[-1], np.int64)
    for first in starts:
        stands[bounds[first] : bounds[min(first + _AT_A_TIME, n)]] = keys_of(first)
    stands.sort()
    for first in starts:
        own = keys_of(first)
        at = np.searchsorted(stands, own)
        pairs = [np.empty(0, np.int64)]
        for step in range(1, _BEFORE + 1):
            own, at = own[at >= step], at[at >= step]
            is_same = stands[at - step] // n == own // n
            own, at = own[is_same], at[is_same]
            pairs.append(own % n * n + stands[at - step] % n)
        yield np.divmod(distinct(np.concatenate(pairs)), n)


def products(rows: Rows, later: Ints, earlier: Ints) -> Ints:
    """Return the dot product of each pair of rows; pairs must be sorted by the first row."""
    result = np.zeros(len(later), np.int64)
    dense = np.zeros(1 + int(np.max(rows.column, initial=0)), np.int64)
    size = np.diff(rows.bounds)
    starts = np.flatnonzero(np.diff(later, prepend=-1))
    for start, end in zip(starts.tolist(), np.append(starts[1:], len(later)).tolist(), strict=False):
        first, last = rows.bounds[later[start]], rows.bounds[later[start] + 1]
        dense[rows.column[first:last]] = rows.value[first:last]
        others = earlier[start:end]
        cells = ranges(rows.bounds[others], size[others])
        sums = np.append(0, np.cumsum(dense.take(rows.column.take(cells)) * rows.value.take(cells)))
        ends = np.cumsum(size[others])
        result[start:end] = sums[ends] - sums[ends - size[others]]
        dense[rows.column[first:last]] = 0
    return result


def _product(left: _Cluster, right: _Cluster) -> int:
    """Return the dot product of the sums of two clusters."""
    shorter, longer = sorted((left, right), key=lambda cluster: len(cluster.column))
    at = np.searchsorted(longer.column[:-1], shorter.column)
    same = longer.column[at] == shorter.column
    return int(shorter.value[same].astype(np.int64) @ longer.value[at[same]].astype(np.int64))


def _decay(gap: Any) -> Any:  # noqa: ANN401
    """Return the factor by which a gap in days between rows, a number or an array, reduces their similarity."""
    return 1 / (1 + (gap / HALF) ** 2)


def _merged(left: _Cluster, right: _Cluster, alike: float) -> _Cluster:
    """Return the cluster merged from two clusters, whose similarity is `alike`."""
    column, value = (np.concatenate([getattr(each, name) for each in (left, right)]) for name in ("column", "value"))
    (column,), (value,) = sum_packed([column], value)
    days, dated = left.days + right.days, left.dated + right.dated
    first, second = (each._replace(column=_NOTHING, value=_NOTHING) for each in (left, right))
    return _Cluster(left.rows + right.rows, column, value, days, dated, (first, second), alike)


def _parted(cluster: _Cluster, fits: Fits) -> Iterator[list[int]]:
    """Yield the rows of the largest clusters within a cluster that fit."""
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
    """Return the sorted rows of each cluster of two or more rows that fits; others are split as they were merged.

    Clusters are merged down to a similarity of `least`. `fits` is called with a cluster's rows and the similarity of
    the two clusters that it was merged from. `days` has the day of each row, or None if unknown. Of equally similar
    pairs, the pair of the first rows is merged first, so the clusters depend only on the rows and their order.

    >>> rows = Rows(np.array([0, 2, 4, 5]), np.array([0, 1, 0, 1, 2]), np.array([1, 1, 1, 1, 1]))
    >>> average_linkage(rows, [None, None, None], least=1.5)
    [[0, 1]]
    """
    components = _components(_likely(rows, days, least), len(days))
    merged = chain.from_iterable(_linked(rows, days, pairs, least) for pairs in components)
    return sorted(chain.from_iterable(_parted(cluster, fits) for cluster in merged))


def _likely(rows: Rows, days: Sequence[int | None], least: float) -> _Pairs:
    """Return the likely pairs of rows with a similarity of at least `least`."""
    day = np.array([np.nan if each is None else each for each in days], float)
    # No product exceeds the greatest of a row with itself (Cauchy-Schwarz), so most pairs are ruled out by their days.
    cells = (rows.value[first:last].astype(np.int64) for first, last in pairwise(rows.bounds.tolist()))
    most = max((int(value @ value) for value in cells), default=0)
    parts = [_Pairs(_NOTHING, _NOTHING, np.empty(0, np.int64))]
    for later, earlier in likely_pairs(rows):
        decay = _decay(np.nan_to_num(day[later] - day[earlier]))
        near = np.flatnonzero(most * decay >= least)
        product = products(rows, later[near], earlier[near])
        is_alike = product * decay[near] >= least
        alike = near[is_alike]
        parts.append(_Pairs(later[alike].astype(np.int32), earlier[alike].astype(np.int32), product[is_alike]))
    return _Pairs(*map(np.concatenate, zip(*parts, strict=True)))


def connected(pairs: Ints | Sequence[Ints], n: int) -> Ints:
    """Return, for each of `n` rows, the least row that pairs connect it to, directly or through other rows.

    >>> connected(np.array([[1, 3, 2], [3, 4, 5]]), 6)
    array([0, 1, 2, 1, 1, 2])
    """
    least = np.arange(n)  # as far as is known
    before = np.empty(0, least.dtype)
    while not np.array_equal(least, before):
        before = least.copy()
        roots = [least[rows] for rows in pairs]
        for root in roots:
            np.minimum.at(least, root, np.minimum(*roots))
        least = least[least]
    return least


def _components(pairs: _Pairs, n: int) -> Iterator[_Pairs]:
    """Yield the pairs of each connected component of `n` rows: no pair joins two components."""
    component = connected(pairs[:2], n)[pairs.later]
    order = np.argsort(component, kind="stable")
    starts = np.flatnonzero(np.diff(component[order]) > 0) + 1
    for part in np.split(order, starts) if len(order) else ():
        yield _Pairs(*(array[part] for array in pairs))


def _single(rows: Rows, row: int, day: int | None) -> _Cluster:
    """Return the cluster of one row."""
    cells = slice(rows.bounds[row], rows.bounds[row + 1])
    return _Cluster([row], rows.column[cells], rows.value[cells], day or 0, int(day is not None))


def _linked(rows: Rows, days: Sequence[int | None], pairs: _Pairs, least: float) -> list[_Cluster]:
    """Return the clusters of two or more rows after repeatedly merging the two most similar ones, down to `least`.

    `likes` has the sum of the products between two clusters if it is known; a cluster's number is its first row;
    `changes` shows whether an entry in the heap is still valid.
    """
    likes: dict[int, dict[int, int]] = {}
    for left, right, total in zip(*(array.tolist() for array in pairs), strict=True):
        likes.setdefault(left, {})[right] = likes.setdefault(right, {})[left] = total
    clusters = {row: _single(rows, row, days[row]) for row in likes}
    changes = dict.fromkeys(clusters, 0)

    def entry(left: int, right: int) -> tuple[float, int, int, int, int] | None:
        first, second = clusters[left], clusters[right]
        is_dated = first.dated and second.dated
        gap = first.days / first.dated - second.days / second.dated if is_dated else 0.0
        alike = likes[left][right] / (len(first.rows) * len(second.rows)) * _decay(gap)
        low, high = sorted((left, right))
        return (-alike, low, high, changes[low], changes[high]) if alike >= least else None

    heap = [pair for pair in map(entry, pairs.earlier.tolist(), pairs.later.tolist()) if pair]
    heapify(heap)
    while heap:
        unlike, target, gone, *versions = heappop(heap)
        if gone not in clusters or target not in clusters or versions != [changes[target], changes[gone]]:
            continue
        left, right = clusters[target], clusters.pop(gone)
        known, more = likes[target], likes.pop(gone)
        del known[gone], more[target]
        for each in known.keys() | more.keys():
            total = known[each] if each in known else _product(left, clusters[each])
            total += more[each] if each in more else _product(right, clusters[each])
            known[each] = likes[each][target] = total
            likes[each].pop(gone, None)
        clusters[target] = _merged(left, right, -unlike)
        changes[target] += 1
        for each in known:
            if new := entry(target, each):
                heappush(heap, new)
    return [cluster for cluster in clusters.values() if cluster.parts]
