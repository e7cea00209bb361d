"""Counting equal rows of small numbers, by packing each row into as few integers as hold it and sorting those.

`np.unique` of rows, or with `return_inverse`, takes several times as long.
"""

from collections.abc import Sequence

import numpy as np

Ints = np.ndarray
_LIMIT = 2**63


def _groups(sizes: Sequence[int]) -> list[list[int]]:
    """Which columns go into one integer: as many as fit, in their order."""
    groups: list[list[int]] = [[]]
    span = 1
    for place, size in enumerate(sizes):
        if span * size >= _LIMIT:
            groups.append([])
            span = 1
        groups[-1].append(place)
        span *= size
    return groups


def pack(columns: Sequence[Ints], sizes: Sequence[int]) -> list[Ints]:
    """Rows (column k below sizes[k]) as one or more integers each, which sort as the rows do."""
    packed = []
    for group in _groups(sizes):
        code = columns[group[0]].astype(np.int64)
        for place in group[1:]:
            code = code * sizes[place] + columns[place]
        packed.append(code)
    return packed


def unpack(packed: Sequence[Ints], sizes: Sequence[int]) -> list[Ints]:
    """The columns that `pack` was given."""
    columns = []
    for code, group in zip(packed, _groups(sizes), strict=True):
        found = []
        for place in reversed(group[1:]):
            code, column = np.divmod(code, sizes[place])
            found.append(column)
        columns += [code, *reversed(found)]
    return columns


def ranges(first: Ints, n: Ints) -> Ints:
    """From each number of `first` so many numbers as `n` says, each the one before and one, all in a row."""
    return np.repeat(first - np.cumsum(n) + n, n) + np.arange(n.sum())


def _starts(packed: Sequence[Ints]) -> Ints:
    """Where each stretch of equal rows begins."""
    change = np.zeros(len(packed[0]), bool)
    change[:1] = True
    for code in packed:
        change[1:] |= code[1:] != code[:-1]
    return np.flatnonzero(change)


def count_rows(columns: Sequence[Ints], sizes: Sequence[int]) -> tuple[list[Ints], Ints]:
    """The distinct rows in sorted order, as columns, and how often each occurs."""
    packed = pack(columns, sizes)
    if len(packed) == 1:
        packed = [np.sort(packed[0])]
    else:
        order = np.lexsort(packed[::-1])
        packed = [code[order] for code in packed]
    starts = _starts(packed)
    counts = np.diff(starts, append=len(packed[0]))
    return unpack([code[starts] for code in packed], sizes), counts


def sum_packed(packed: Sequence[Ints], *values: Ints) -> tuple[list[Ints], list[Ints]]:
    """The distinct packed rows in sorted order, and the sums of their values, whole numbers."""
    order = np.argsort(packed[0]) if len(packed) == 1 else np.lexsort(packed[::-1])
    packed = [code[order] for code in packed]
    starts = _starts(packed)
    # Differences of the running sum: `np.add.reduceat` takes several times as long where most rows stand alone.
    before = (np.r_[0, np.cumsum(value[order], dtype=np.int64)] for value in values)
    return [code[starts] for code in packed], [np.diff(sums[np.r_[starts, len(order)]]) for sums in before]
