"""Units in which a project counts positions: code points or UTF-16 units, and CR LF as two characters or one.

REFI-QDA counts characters of the plain text, which tools interpret differently: QualCoder counts code points of the
file as stored; ATLAS.ti writes texts with CR LF and counts each line end once; programs built on UTF-16 strings count
UTF-16 units. The exported spans decide: the right reading is the one under which most of them are found again.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import product, starmap
from typing import NamedTuple

from scripts.core.types import Span

_LINE_END = re.compile("\r\n?")


class PositionReading(NamedTuple):
    """A way to count positions: in UTF-16 units or code points, and CR LF as one or two."""

    utf16: bool
    one_line_end: bool


# The first wins a tie, so the literal reading of the standard comes first.
READINGS = tuple(starmap(PositionReading, product((False, True), repeat=2)))


def uniform(text: str) -> str:
    r"""Return a text with LF as its only line end, as in all texts of the corpus.

    >>> uniform("a\r\nb\rc")
    'a\nb\nc'
    """
    return _LINE_END.sub("\n", text)


def offsets(text: str, reading: PositionReading) -> dict[int, int]:
    """Return a map from each position in the stored text, counted by a reading, to its code point in the uniform text.

    The second unit of a character of two UTF-16 units has no entry.

    >>> offsets("\U0001d4b3\\r\\na", PositionReading(utf16=True, one_line_end=False))
    {0: 0, 2: 1, 3: 1, 4: 2, 5: 3}
    """
    places = {0: 0}
    position = offset = 0
    for number, character in enumerate(text):
        before_line_feed = character == "\r" and text[number + 1 : number + 2] == "\n"
        position += 2 if reading.utf16 and character > "\uffff" else not (before_line_feed and reading.one_line_end)
        offset += not before_line_feed
        places[position] = offset
    return places


def choose_reading(text: str, spans: Iterable[Span], expected: set[Span], *, origin: str) -> Mapping[int, int]:
    """Return the offsets by the reading under which most of the expected spans are found in a source.

    If no reading stands out, positions count code points as stored; in projects from ATLAS.ti, CR LF counts as one.
    """
    if "\r" not in text and text.isascii():
        return {number: number for number in range(len(text) + 1)}
    distinct = set(spans)
    readings = [
        reading
        for reading in sorted(READINGS, key=lambda each: "ATLAS" in origin and not each.one_line_end)
        if ("\r" in text or not reading.one_line_end) and (max(text) > "\uffff" or not reading.utf16)
    ]
    best, most = offsets(text, readings[0]), -1
    for reading in readings:
        places = offsets(text, reading)
        matches = len({(places.get(start), places.get(end)) for start, end in distinct} & expected)
        if matches > most:
            best, most = places, matches
    return best
