"""Text made uniform: composed letters (NFC), one kind of line end, no invisible characters; with a map back.

A map is a list of points (offset in the new text, offset in the old): from a point on, up to the next, the two run one
to one. Offsets are code points.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

Points = list[tuple[int, int]]
Edit = tuple[int, int, str]  # start and end in the old text, and its replacement

# A joiner may follow letters of other scripts and emoji, but not Latin, Greek, or a sign that is removed or changed.
_ODD = re.compile(
    "(?P<line_ends>\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029])"
    "|(?P<nuls>\x00+)"
    "|(?P<soft_hyphens>\xad)"
    "|(?P<zero_width>[\u200b\u2060\ufeff]|(?<![\u0590-\u061b\u061d-\u180d\u180f-\u1cff\u2190-\u2adb\u2add-\ud7ff\uf900-\ufdcf"
    "\ufdf0-\ufefe\uff00-\uffef\U00010000-\U000e0000])[\u200c\u200d])"
    "|(?P<directions>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])"
    "|(?P<surrogates>[\ud800-\udfff])"
    "|(?P<control>[\x01-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u180e\u2061-\u2065\u206a-\u206f\ufdd0-\ufdef\ufff0-\ufffb"
    "\ufffe\uffff\U000e0001])"
)
_REPLACED = {"line_ends": "\n", "surrogates": "\ufffd"}

# An escape of HTML, escaped again or not: "&amp;quot;". The innermost name may be no escape, so it is looked up.
_ESCAPE = re.compile("&(?:(?:amp|#38|#x26);)*((?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
_LEFT_ESCAPED = re.compile(r"[A-Za-z0-9#;]|[^\S\xa0]")

_BEYOND = re.compile("[\x00-\u02ff]?[\u0300-\U0010ffff]+")  # below U+0300 nothing changes or joins under NFC
_QUICK = 64
# No marks by their combining class, yet they join with the sign before: Hangul vowels and finals, Indic vowel signs.
_JOINING = frozenset(
    [*map(chr, range(0x1161, 0x1176)), *map(chr, range(0x11A8, 0x11C3))]
    + [
        chr(c)
        for c in (0x9BE, 0x9D7, 0xB3E, 0xB56, 0xB57, 0xBBE, 0xBD7, 0xCC2, 0xCD5, 0xCD6, 0xD3E, 0xD57, 0xDCF, 0xDDF)
    ]
    + [
        chr(c)
        for c in (0x102E, 0x1B35, 0x110BA, 0x11127, 0x1133E, 0x11357, 0x114B0, 0x114BA, 0x114BD, 0x115AF, 0x11930)
    ]
)
_MOST_MARKS = (
    30  # the bound of Unicode's stream-safe format (UAX #15); sorting more takes quadratic time before Python 3.13
)


class Normalised(NamedTuple):
    """The uniform text, its map to the original text, and the number of changes by kind of sign."""

    text: str
    points: Points
    counts: dict[str, int]


def substitute(text: str, edits: Iterable[Edit]) -> tuple[str, Points]:
    """Return the text after edits, which are in order and do not overlap, and its map.

    >>> substitute("a--b", [(1, 3, "-")])
    ('a-b', [(0, 0), (2, 3)])
    """
    pieces: list[str] = []
    points: Points = [(0, 0)]
    at = length = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        length += start - at + len(new)
        at = end
        if points[-1][0] == length:
            points[-1] = (length, end)
        elif length - points[-1][0] != end - points[-1][1]:
            points.append((length, end))
    pieces.append(text[at:])
    return "".join(pieces), points


def old_offset(points: Points, offset: int) -> int:
    """Return the offset in the old text of the character at `offset` of the new."""
    new, old = points[bisect_right(points, offset, key=lambda point: point[0]) - 1]
    return old + offset - new


def compose(later: Points, earlier: Points) -> Points:
    """Return the map from the newest text to the oldest, of two maps one after the other."""
    if later == [(0, 0)]:
        return earlier
    if earlier == [(0, 0)]:
        return later
    # Each point of the earlier map, seen from the newest text: the first new offset that comes from there or after.
    starts = {new for new, _ in later}
    olds = [old for _, old in later]
    for middle, _ in earlier:
        index = bisect_right(olds, middle) - 1
        if index >= 0:
            new = later[index][0] + middle - later[index][1]
            if index + 1 == len(later) or new < later[index + 1][0]:
                starts.add(new)
    points: Points = []
    for new in sorted(starts):
        old = old_offset(earlier, old_offset(later, new))
        if not points or new - points[-1][0] != old - points[-1][1]:
            points.append((new, old))
    return points


def _clusters(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Yield the pieces of a stretch that NFC changes independently, (start, end): a letter and its marks."""
    first = start
    for at in range(start + 1, end):
        sign = text[at]
        if (unicodedata.combining(sign) == 0 and sign not in _JOINING) or at - first > _MOST_MARKS:
            yield first, at
            first = at
    yield first, end


def _composed(text: str) -> Iterable[Edit]:
    """Yield the edits that compose letters with their marks."""
    if text.isascii():  # most are, and the pattern would look at each sign
        return
    for stretch in _BEYOND.finditer(text):
        start, end = stretch.span()
        if end - start <= _QUICK and unicodedata.is_normalized("NFC", stretch.group()):
            continue
        for first, last in _clusters(text, start, end):
            piece = text[first:last]
            if not unicodedata.is_normalized("NFC", piece):
                yield first, last, unicodedata.normalize("NFC", piece)


def _unescaped(text: str) -> Iterable[Edit]:
    """Yield the edits that decode escapes, except for letters, blanks, invisible signs, and parts of other escapes.

    Nobody escapes these for a reason, and without them one pass is enough.
    """
    for escape in _ESCAPE.finditer(text):
        innermost = "&" + escape[1]
        sign = html.unescape(innermost)
        if sign != innermost and not _ODD.search(sign) and not _LEFT_ESCAPED.search(sign):
            yield *escape.span(), sign


def normalise(text: str) -> Normalised:
    r"""Return a text made uniform, with its map.

    Line ends of every kind become \n; control and direction characters, soft hyphens, zero-width spaces and NULs go;
    a lone surrogate becomes U+FFFD, an escape of HTML its sign; letters are composed (NFC, for runs of at
    most 30 marks). Zero-width joiners stay where they follow a letter of a script that uses them, or an emoji. Tabs and
    no-break spaces stay.
    """
    counts: Counter[str] = Counter()
    points: Points = [(0, 0)]
    if _ODD.search(text):
        edits = []
        for odd in _ODD.finditer(text):
            kind = odd.lastgroup or ""
            counts[kind] += len(odd.group()) if kind == "nuls" else 1
            edits.append((*odd.span(), _REPLACED.get(kind, "")))
        text, points = substitute(text, edits)
    for kind, find_edits in (("escapes", _unescaped), ("composed", _composed)):
        if edits := list(find_edits(text)):
            counts[kind] = len(edits)
            text, last = substitute(text, edits)
            points = compose(last, points)
    return Normalised(text, points, dict(sorted(counts.items())))
