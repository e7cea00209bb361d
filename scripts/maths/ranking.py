"""The order of values by frequency."""

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def by_frequency(counts: Mapping[T, float]) -> list[T]:
    """Return the keys of counts, the most frequent first; equally frequent keys are in ascending order.

    >>> by_frequency({"b": 1, "a": 1, "c": 2})
    ['c', 'a', 'b']
    """
    return sorted(counts, key=lambda value: (-counts[value], value))
