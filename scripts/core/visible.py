"""Text from seeds made safe to show: hidden and reordering characters as codes, long text shortened."""

import re

# Controls, the marks that override or embed the direction of text, and lone surrogates. LRM, RLM and ALM are not among
# them: scripts written from right to left need them, and they cannot reorder the text around them.
HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff"
_HIDDEN = re.compile(f"[{HIDDEN}]")
# White space, as `str.split` defines it.
WHITE_SPACE = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


def visible(text: str) -> str:
    """Return the text with every character that is hidden or reorders others replaced by its code, as in ‹U+202E›."""
    return _HIDDEN.sub(lambda match: f"‹U+{ord(match.group()):04X}›", text)


def shortened(text: str, width: int) -> str:
    """Return the `visible` text in one line of at most `width` characters; if it was cut, it ends in an ellipsis."""
    line = visible(" ".join(text[: 4 * width].split()))
    cut = len(line) > width or len(text) > 4 * width
    return line[: width - 1].rstrip() + "…" if cut else line
