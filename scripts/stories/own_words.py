"""A test of articles that are alike: are they one story, or only rounds of a series, or of one country's politics?

Most articles of most news have no other of their event in a corpus, so two that are alike are more often of one kind
than about one event; the more articles are alike, the less so. Therefore few need to be more alike than many, and by
words of their own: which stand seldom in articles outside, in the weeks around where the dates are known. Rounds of a
series share the words of the series, which its other rounds have too.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from scripts.core.arrays import Ints
from scripts.maths.linkage import HALF, Fits, Rows
from scripts.stories.story_vectors import SCALE

# The similarity of the parts of a story of very many articles, and that of two articles that are a story. With the
# others by pairs that people have judged (benchmarks/stories.py), and pairs that were read (benchmarks/story_pairs.py).
LEAST, _PAIR = 0.19, 0.36
# The similarity of two articles by words of their own; of a story of more articles as much less as they are more.
_OWN = 0.2
# Words of a story's own stand at most so many times as often in all articles as in its own, in so many days around.
_ELSEWHERE, _AROUND = 1.5, 2 * HALF
# Days before this number are days; this one stands for a day that is not known.
_UNKNOWN = 2**22
_AT_A_TIME = 2_000  # articles


def _keys(column: Ints, day: Ints | int) -> Ints:
    """Return columns and days, each pair in one number."""
    keys = column.astype(np.int64)
    keys *= 2 * _UNKNOWN
    keys += day
    return keys


def story_test(rows: Rows, days: Sequence[int | None]) -> Fits:
    """Return the function that tells whether rows are a story; its `alike` is the similarity of the two parts of it.

    `days` has the day of each row, None where it is not known.
    """
    day = np.array([_UNKNOWN if number is None else number for number in days], np.int32)

    @cache
    def stands() -> Ints:  # not before it is asked for: until then the pairs take as much
        keys = _keys(rows.column, 0)
        for first in range(0, len(day), _AT_A_TIME):
            bounds = rows.bounds[first : first + _AT_A_TIME + 1]
            keys[bounds[0] : bounds[-1]] += np.repeat(day[first : first + _AT_A_TIME], np.diff(bounds))
        keys.sort()
        return keys

    def frequency(column: Ints, first: int, last: int) -> Ints:
        ends = np.searchsorted(stands(), _keys(column, last), "right")
        return ends - np.searchsorted(stands(), _keys(column, first))

    def by_own_words(members: list[int]) -> float:
        cells = np.concatenate([np.arange(rows.bounds[row], rows.bounds[row + 1]) for row in members])
        column, place, n = np.unique(rows.column[cells], return_inverse=True, return_counts=True)
        value = rows.value[cells].astype(np.int64)
        first, last = int(np.min(day[members])) - _AROUND, int(np.max(day[members])) + _AROUND
        if last >= _UNKNOWN:
            first, last = 0, _UNKNOWN - 1
        is_own = frequency(column, first, last) + frequency(column, _UNKNOWN, _UNKNOWN) <= _ELSEWHERE * n
        sums, squares = (np.bincount(place, weights) for weights in (value, value**2))
        return float(np.sum((sums**2 - squares)[is_own])) / (len(members) * (len(members) - 1))

    def fits(members: list[int], alike: float) -> bool:
        n = len(members)
        is_alike = alike >= SCALE**2 * (LEAST + (_PAIR - LEAST) / (n - 1))
        return is_alike and by_own_words(members) >= SCALE**2 * 2 * _OWN / n

    return fits
