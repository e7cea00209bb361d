"""Bytes to text: which encoding a file is in, decided by rules that always give the same answer.

In order: the encoding that the user set; a byte order mark; UTF-16 where more than a fifth of the bytes are NUL, at
every other place; UTF-8; UTF-8 with some damaged bytes, where whole characters far outnumber them; Windows-1252, of
which ISO 8859-1 as it occurs is a part. What then still looks like no text is refused.
"""

import codecs
import re
from typing import NamedTuple

from scripts.documents.problems import Problem, UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NUL_SHARE = 0.2
# A letter of Windows-1252 hardly ever follows another in the pattern of UTF-8; text with four whole characters for each
# bad byte is damaged UTF-8, and reading it as Windows-1252 would spoil every quotation mark in it.
_WHOLE_PER_BAD = 4
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}")
_HIGH = re.compile(rb"[\x80-\xff]")

_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_CONTROL_SHARE = 0.02
_SIGNATURES = (
    (b"%PDF-", "a PDF: give its name the ending .pdf"),
    (b"PK\x03\x04", "a ZIP or an Office document: give its name the ending .zip or .docx"),
    (b"\x1f\x8b", "compressed with gzip: give its name the ending .gz"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as .docx or as plain text"),
    (b"{\\rtf", "rich text (RTF): save it as .docx or as plain text"),
    (b"\x89PNG", "an image: the text in it has to be recognised first (OCR)"),
    (b"\xff\xd8\xff", "an image: the text in it has to be recognised first (OCR)"),
    (b"GIF8", "an image: the text in it has to be recognised first (OCR)"),
)


class Decoded(NamedTuple):
    """A text, the encoding that it was read with, and what there is to say about that."""

    text: str
    encoding: str
    problems: list[Problem]


def refuse_signature(data: bytes) -> None:
    """Raise UnreadableError if the bytes are those of a well-known format that is no plain text."""
    for signature, advice in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError("not-text", f"This is not plain text but {advice}.", 0)


def _utf16_order(data: bytes) -> str | None:
    """Which UTF-16 it is, where NULs are many and stand (nearly) all in even or all in odd places."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if even + odd <= _NUL_SHARE * len(data):
        return None
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else None


def _by_rule(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding, len(mark))
    order = _utf16_order(data)
    if order is not None:
        return _lenient(data, order, 0)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", [])
    except UnicodeDecodeError as error:
        at = error.start
    whole = _MULTIBYTE.findall(data)
    if len(whole) >= _WHOLE_PER_BAD * (len(_HIGH.findall(data)) - sum(map(len, whole))):
        return _lenient(data, "utf-8", 0)
    note = Problem(
        "note",
        "encoding",
        f"Not UTF-8 (from byte {at}): read as Windows-1252. If its letters come out wrong, set its encoding under "
        "`input: encodings` in config.yaml.",
        at,
    )
    # The five bytes that Windows-1252 leaves open are control characters, as in browsers.
    text = data.decode("cp1252", errors="surrogateescape").translate(
        {0xDC00 + byte: byte for byte in range(0x80, 0xA0)}
    )
    return Decoded(text, "cp1252", [note])


def _lenient(data: bytes, encoding: str, skipped: int) -> Decoded:
    """Decode, with U+FFFD for what is damaged, and say where the damage begins."""
    try:
        return Decoded(data.decode(encoding), encoding, [])
    except UnicodeDecodeError as error:
        at = skipped + error.start
    text = data.decode(encoding, errors="replace")
    message = (
        f"Damaged {encoding.upper()}: the first bad byte is {at}. Each became the sign \ufffd. Get the file again, or "
        "set its encoding under `input: encodings` in config.yaml."
    )
    return Decoded(text, encoding, [Problem("warning", "damaged", message, at)])


def decode(data: bytes, *, encoding: str = "") -> Decoded:
    """The text of a plain-text file.

    `encoding` (any name that Python knows) overrides the rules above. Raises UnreadableError, with the offset where
    there is one, for what is no text.
    """
    refuse_signature(data)
    if encoding:
        decoded = _lenient(data, codecs.lookup(encoding).name, 0)
        decoded = decoded._replace(text=decoded.text.removeprefix("\ufeff"))
    else:
        decoded = _by_rule(data)
    control = len(_CONTROL.findall(decoded.text))
    if control > _CONTROL_SHARE * len(decoded.text):
        first = _CONTROL.search(decoded.text)
        at = len(decoded.text[: first.start()].encode(decoded.encoding, errors="replace")) if first else None
        raise UnreadableError(
            "not-text",
            f"This is no text: {control:,} of its {len(decoded.text):,} characters are control characters. Save the "
            "article as plain text (.txt), or remove the file.",
            at,
        )
    return decoded
