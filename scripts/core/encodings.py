"""Deterministic rules that decode bytes to text, for seeds and for the user's sheets alike.

In this order: a byte order mark; UTF-16, if more than a fifth of the bytes are NUL, at every other place; UTF-8; UTF-8
with some damaged bytes, if intact characters far outnumber them; Windows-1252, which includes ISO 8859-1 as it occurs
in practice.
"""

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NUL_SHARE = 0.2
# Letters in Windows-1252 hardly ever form the byte patterns of UTF-8. So text with four intact multibyte characters for
# each bad byte is damaged UTF-8, and reading it as Windows-1252 would spoil every quotation mark in it.
_WHOLE_PER_BAD = 4
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}")
_HIGH = re.compile(rb"[\x80-\xff]")


class Decoded(NamedTuple):
    """A text, the encoding that it was read with, and two byte offsets, which are None if all is well.

    `damaged` is the first byte that the encoding does not allow (each such byte is U+FFFD in the text), `not_utf8` the
    first byte that made the rules choose Windows-1252.
    """

    text: str
    encoding: str
    damaged: int | None = None
    not_utf8: int | None = None


def decode_as(data: bytes, encoding: str, *, start: int = 0) -> Decoded:
    """Return the text from byte `start` on in a known encoding; bytes not allowed in it become U+FFFD."""
    body = data[start:]
    try:
        return Decoded(body.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        return Decoded(body.decode(encoding, errors="replace"), encoding, damaged=start + error.start)


def decode(data: bytes) -> Decoded:
    """Return the text of bytes in an encoding chosen by the rules above, without its byte order mark.

    >>> decode("naïve".encode("cp1252"))
    Decoded(text='naïve', encoding='cp1252', damaged=None, not_utf8=2)
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return decode_as(data, encoding, start=len(mark))
    if order := _utf16_order(data):
        return decode_as(data, order)
    decoded = decode_as(data, "utf-8")
    valid = _MULTIBYTE.findall(data) if decoded.damaged is not None else []
    if decoded.damaged is None or len(valid) >= _WHOLE_PER_BAD * (len(_HIGH.findall(data)) - sum(map(len, valid))):
        return decoded
    # The five bytes that Windows-1252 does not define become control characters, as in browsers.
    text = data.decode("cp1252", errors="surrogateescape").translate(
        {0xDC00 + byte: byte for byte in b"\x81\x8d\x8f\x90\x9d"}
    )
    return Decoded(text, "cp1252", not_utf8=decoded.damaged)


def _utf16_order(data: bytes) -> str | None:
    """Return the UTF-16 codec of bytes with many NULs, (nearly) all at even or all at odd offsets, else None."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if even + odd <= _NUL_SHARE * len(data):
        return None
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else None
