"""The rows of a sheet as all readers of sheets yield them, and the oddities that may have changed how it was read."""

from collections.abc import Sequence
from typing import NamedTuple


class SheetCells(NamedTuple):
    """The cells of one row, and its number as a spreadsheet shows it: the header is row 1."""

    number: int
    cells: list[str]


class Oddity(NamedTuple):
    """A place where a sheet and the values read from it may differ: row (0: the whole sheet), code, what to do."""

    number: int
    code: str
    message: str


def some(items: Sequence[object], *, most: int = 5) -> str:
    """Return a text with the first items, and how many more there are.

    >>> some([3, 5]), some(["B2", "B3", "B4", "B5", "B6", "B7", "B8"])
    ('3, 5', 'B2, B3, B4, B5, B6 and 2 more')
    """
    shown = ", ".join(map(str, items[:most]))
    return f"{shown} and {len(items) - most:,} more" if len(items) > most else shown
