"""Text made uniform: composed letters (NFC), one kind of line end, no invisible characters."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

# Joiners stay after emoji and letters of other scripts, not after Latin, Greek or characters removed or changed here.
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

# An HTML escape, possibly escaped again: "&amp;quot;". The innermost name may not be an escape, so it is looked up.
_ESCAPE = re.compile("&(?:(?:amp|#38|#x26);)*((?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
_LEFT_ESCAPED = re.compile(r"[A-Za-z0-9#;]|[^\S\xa0]")

# UTF-8 that was read as Windows-1252: quotation marks and dashes, accented letters, signs. U+FFFD stands for
# 9D, the last byte of ”, which Windows-1252 lacks. \u00c3\u00a2 may be a mark of which the rest is lost.
_GARBLED = re.compile(
    "\u00e2(?:\u20ac[\u2122\u0153\u02dc\u201c\u201d\u009d\u00a6\u00a2\ufffd]|\u201a\u00ac)"
    "|\u00c3[\u0080-\u00a1\u00a3-\u00bf\u2020-\u2022\u2026\u2030\u2039\u203a]|\u00c2[\u00a0-\u00bf]"
)

_BEYOND = re.compile("[\x00-\u02ff]?[\u0300-\U0010ffff]+")  # below U+0300 nothing changes or joins under NFC
_QUICK = 64
# Not marks by combining class, yet they join with the character before: Hangul vowels and finals, Indic vowel signs.
_JOINING = frozenset(map(chr, [
    *range(0x1161, 0x1176), *range(0x11A8, 0x11C3), 0x9BE, 0x9D7, 0xB3E, 0xB56, 0xB57, 0xBBE, 0xBD7, 0xCC2, 0xCD5,
    0xCD6, 0xD3E, 0xD57, 0xDCF, 0xDDF, 0x102E, 0x1B35, 0x110BA, 0x11127, 0x1133E, 0x11357, 0x114B0, 0x114BA, 0x114BD,
    0x115AF, 0x11930,
]))  # fmt: skip
# The limit of Unicode's stream-safe format (UAX #15); before Python 3.13 sorting more takes quadratic time.
_MOST_MARKS = 30


class Normalised(NamedTuple):
    """The uniform text, and the number of changes by kind of character."""

    text: str
    counts: dict[str, int]


def _clusters(text: str) -> Iterable[str]:
    """Yield the pieces of a text that NFC changes independently, each a letter and its marks."""
    first = 0
    for at in range(1, len(text)):
        sign = text[at]
        if (unicodedata.combining(sign) == 0 and sign not in _JOINING) or at - first > _MOST_MARKS:
            yield text[first:at]
            first = at
    yield text[first:]


def _composed(stretch: re.Match[str]) -> str:
    """Return a stretch of text with its letters composed with their marks."""
    text = stretch.group()
    if len(text) <= _QUICK and unicodedata.is_normalized("NFC", text):
        return text
    return "".join(unicodedata.normalize("NFC", piece) for piece in _clusters(text))


def composed(text: str) -> str:
    """Return a text with its letters composed (NFC, for runs of at most 30 marks)."""
    return text if text.isascii() else _BEYOND.sub(_composed, text)  # most are; the pattern visits each character


def _unescaped(escape: re.Match[str]) -> str:
    """Return the character of an escape; letters, blanks, invisible characters and parts of escapes stay escaped.

    Nobody escapes these for a reason, and leaving them alone makes one pass enough.
    """
    innermost = "&" + escape[1]
    sign = html.unescape(innermost)
    is_sign = sign != innermost and not _ODD.search(sign) and not _LEFT_ESCAPED.search(sign)
    return sign if is_sign else escape.group()


def _decoded(garbled: re.Match[str]) -> str:
    """Return the character whose bytes in UTF-8 were read as Windows-1252."""
    signs = garbled.group().replace("\ufffd", "\x9d")
    return b"".join(sign.encode("latin-1" if sign <= "\xff" else "cp1252") for sign in signs).decode()


def ungarbled(text: str) -> tuple[str, int]:
    """Return a text, composed, with UTF-8 that was read as Windows-1252, once or twice, repaired; and how many places.

    Garbled letters may be split into letters and marks: A\\u0303\\u00b1 for \\u00f1.

    >>> ungarbled("donâ€™t")
    ('don’t', 1)
    """
    text = composed(text)
    once, n = _GARBLED.subn(_decoded, text)
    return (_GARBLED.sub(_decoded, once) if n else text), n


def normalise(text: str) -> Normalised:
    r"""Return a text made uniform, and the number of changes by kind.

    Line ends of every kind become \n; control and direction characters, soft hyphens, zero-width spaces and NULs are
    removed; a lone surrogate becomes U+FFFD, an HTML escape its character; letters are composed. Zero-width joiners
    stay after emoji and letters of scripts that use them. Tabs and no-break spaces stay.
    """
    counts: Counter[str] = Counter()

    def replaced(odd: re.Match[str]) -> str:
        kind = odd.lastgroup or ""
        counts[kind] += len(odd.group()) if kind == "nuls" else 1
        return _REPLACED.get(kind, "")

    def decoded(escape: re.Match[str]) -> str:
        sign = _unescaped(escape)
        counts["escapes"] += sign != escape.group()
        return sign

    if not text.replace("\n", "").replace("\t", "").isprintable():  # most are; the pattern visits each character
        text = _ODD.sub(replaced, text)
    text = composed(_ESCAPE.sub(decoded, text))
    return Normalised(text, dict(sorted((+counts).items())))
