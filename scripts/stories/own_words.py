"""The test of whether similar articles are one story.

Two similar articles are often two rounds of a series, or two pieces on one country's politics; with many articles that
is less likely. So a small story must be more alike than a large one, also by words of its own: words that few other
articles have, in the weeks around it if dates are known. The words of a series are in its other rounds too.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from scripts.core.arrays import Ints
from scripts.maths.linkage import HALF, Fits, Rows
from scripts.maths.tuples import ranges
from scripts.stories.story_vectors import SCALE

# The least similarity of the two parts of a story with very many articles, and with two. These and the constants below
# were set by pairs that people have judged (benchmarks/stories.py), and pairs that were read.
LEAST, _PAIR = 0.19, 0.36
# The least similarity of two articles by words of their own; for a story of n articles it is 2 / n of this.
_OWN = 0.2
# A word is a story's own if the articles that have it, within this number of days before and after, are at most this
# many times the articles of the story that have it.
_ELSEWHERE, _AROUND = 1.5, 2 * HALF
# The number of an unknown day; those of known days are smaller.
_UNKNOWN = 2**22
_AT_A_TIME = 2_000  # articles
_CELLS = 2**22  # cells whose columns are counted at a time


def _by_column(rows: Rows, day: Ints) -> tuple[Ints, Ints]:
    """Return, column after column, the sorted days of the rows that have it, and the bounds of each column's days.

    Filled a few rows at a time, the earliest first: sorting all at once would take four times as much memory.
    """
    n = np.zeros(1 + int(np.max(rows.column, initial=0)), np.int64)
    for first in range(0, len(rows.column), _CELLS):
        n += np.bincount(rows.column[first : first + _CELLS], minlength=len(n))
    bounds = np.append(0, np.cumsum(n))
    days, free = np.empty(bounds[-1], day.dtype), bounds[:-1].copy()
    size, order = np.diff(rows.bounds), np.argsort(day, kind="stable")
    for chosen in np.split(order, range(_AT_A_TIME, len(order), _AT_A_TIME)):
        column = rows.column[ranges(rows.bounds[chosen], size[chosen])]
        by_column = np.argsort(column, kind="stable")
        column, n = np.unique(column, return_counts=True)
        days[ranges(free[column], n)] = np.repeat(day[chosen], size[chosen])[by_column]
        free[column] += n
    return days, bounds


def story_test(rows: Rows, days: Sequence[int | None]) -> Fits:
    """Return a function that decides whether rows are a story; its `alike` is the similarity of the story's two parts.

    `days` has the day of each row, None if it is not known.
    """
    known = np.array([_UNKNOWN if number is None else number for number in days], np.int32)
    # Days as indices into all days that occur, which take few bytes each.
    numbers, number = np.unique(known, return_inverse=True)
    day = number.astype(np.min_scalar_type(len(numbers)))
    by_column = cache(lambda: _by_column(rows, day))  # made when first needed; until then pairs take as much memory

    def frequency(columns: Ints, first: int, last: int) -> Ints:
        """Return how many rows of the days from `first` to `last`, or of unknown days, have each column."""
        all_days, bounds = by_column()
        ends = np.searchsorted(numbers, [first, last + 1, _UNKNOWN, _UNKNOWN + 1]).astype(day.dtype)
        places = [np.searchsorted(all_days[bounds[at] : bounds[at + 1]], ends) for at in columns.tolist()]
        return np.diff(np.array(places).reshape(-1, 2, 2))[:, :, 0].sum(axis=1)

    def by_own_words(members: list[int]) -> float:
        cells = np.concatenate([np.arange(rows.bounds[row], rows.bounds[row + 1]) for row in members])
        column, place, n = np.unique(rows.column[cells], return_inverse=True, return_counts=True)
        value = rows.value[cells].astype(np.int64)
        first, last = int(np.min(known[members])) - _AROUND, int(np.max(known[members])) + _AROUND
        if last >= _UNKNOWN:
            first, last = 0, _UNKNOWN - 1
        sums, squares = (np.bincount(place, weights) for weights in (value, value**2))
        shared = np.flatnonzero(n > 1)
        is_own = frequency(column[shared], first, last) <= _ELSEWHERE * n[shared]
        return float(np.sum((sums**2 - squares)[shared[is_own]])) / (len(members) * (len(members) - 1))

    def fits(members: list[int], alike: float) -> bool:
        n = len(members)
        is_alike = alike >= SCALE**2 * (LEAST + (_PAIR - LEAST) / (n - 1))
        return is_alike and by_own_words(members) >= SCALE**2 * 2 * _OWN / n

    return fits
