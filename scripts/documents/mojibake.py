"""Mojibake, text that was decoded wrongly before it was saved: counted, and repaired if the user asks for it."""

import re

# UTF-8 that was read as Windows-1252: quotation marks and dashes, accented letters, no-break spaces.
_GARBLED = re.compile(
    "\u00e2\u20ac[\u2122\u0153\u02dc\u201c\u201d\u009d\u00a6]|\u00c3[\u0080-\u00bf\u2020-\u203a]|\u00c2[\u00a0-\u00bf]"
)


def count_garbled(text: str) -> int:
    """Return the number of places of a text that look garbled."""
    return len(_GARBLED.findall(text))


def repair(text: str) -> str:
    """Return the text with garbled stretches repaired line by line (ftfy's `fix_encoding`, which leaves sound text)."""
    import ftfy

    return "\n".join(map(ftfy.fix_encoding, text.split("\n")))
