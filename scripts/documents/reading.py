"""Decode plain-text seeds in the encoding that the user set, else by the rules of scripts/core/encodings.py.

Bytes that are not text even then are refused.
"""

import codecs
import re

from scripts.core import encodings
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError

_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_CONTROL_SHARE = 0.02
# The first bytes of files that are not plain text.
_SIGNATURES: tuple[tuple[bytes | tuple[bytes, ...], str], ...] = (
    (b"%PDF-", "a PDF: give its name the ending .pdf"),
    (b"PK\x03\x04", "a ZIP or an Office document: give its name the ending .zip or .docx"),
    (b"\x1f\x8b", "compressed with gzip: give its name the ending .gz"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as .docx or as plain text"),
    (b"{\\rtf", "rich text: give its name the ending .rtf"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "an image: the text in it has to be recognised first (OCR)"),
)


def _problems(decoded: encodings.Decoded) -> list[Problem]:
    """Return the row about a guessed encoding or damaged bytes, if there is reason for one."""
    if decoded.not_utf8 is not None:
        message = (
            f"Not UTF-8 (from byte {decoded.not_utf8}): read as Windows-1252. If its letters come out wrong, set its "
            "encoding under `input: encodings` in config.yaml."
        )
        return [Problem("note", "encoding", message, decoded.not_utf8)]
    if decoded.damaged is not None:
        message = (
            f"Damaged {decoded.encoding.upper()}: the first bad byte is {decoded.damaged}. Each bad byte became "
            "\ufffd. Get the file again, or set its encoding under `input: encodings` in config.yaml."
        )
        return [Problem("warning", "damaged", message, decoded.damaged)]
    return []


def decode_text(data: bytes, *, encoding: str = "") -> Raw:
    """Return the text of a plain-text file, with the problems of decoding.

    `encoding` (any name that Python knows) overrides the rules. Raises UnreadableError, with a byte offset, if the
    bytes are not text.
    """
    for signature, advice in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError("not-text", f"This is not plain text but {advice}.", 0)
    by_name = codecs.lookup(encoding).name if encoding else ""
    read = encodings.decode_as(data, by_name) if by_name else encodings.decode(data)
    text = read.text.removeprefix("\ufeff") if by_name else read.text
    control = [match.start() for match in _CONTROL.finditer(text)]
    if len(control) > _CONTROL_SHARE * len(text):
        raise UnreadableError(
            "not-text",
            f"This is not text: {len(control):,} of its {len(text):,} characters are control characters. Save the "
            "article as plain text (.txt), or remove the file.",
            len(text[: control[0]].encode(read.encoding, errors="replace")),
        )
    return Raw("", text, {}, read.encoding, _problems(read))
