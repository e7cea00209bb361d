"""Paragraphs of a text: separated by blank lines, and by every line end unless a program wrapped the lines."""

import re
from collections.abc import Sequence
from itertools import pairwise

from scripts.core.types import Span

# A program wraps lines at a narrow width: line ends in a paragraph stand for spaces, and most lines are nearly full.
_WRAP_WIDTH, _WRAP_FILL = 100, 0.6
# If a wrapped block has short lines (ends of paragraphs), at least this share of its lines follows a full line, and at
# least this share begins in lower case.
_WRAPPED = 0.5
_BLOCK = re.compile(r"\S[^\n]*+(?:\n(?![^\S\n]*\n)[^\n]*+)*+")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_SENTENCE_END = re.compile(r"[.!?][\"')]*\s*\Z")


def _goes_on(lines: Sequence[str], number: int) -> bool:
    """Return True if a line begins in lower case, and so continues the line before."""
    return number > 0 and lines[number].lstrip()[0].islower()


def _has_room(lines: Sequence[str], number: int, width: int) -> bool:
    """Return True if a line's first word would have fitted on the line before, which therefore ended a paragraph."""
    return len(lines[number - 1].rstrip()) + 1 + len(lines[number].split()[0]) <= width


def _wrapped_starts(lines: Sequence[str]) -> list[int] | None:
    """Return the numbers of the lines that begin a paragraph in a wrapped block; None if the block is not wrapped.

    A paragraph begins at an indented line and after a short line, but never at a line that begins in lower case. If no
    line is indented, one also begins after a line that ends a sentence and has room for the next line's first word.
    """
    widest = max(map(len, lines))
    if len(lines) < 3 or widest > _WRAP_WIDTH:
        return None
    indents = [len(line) - len(line.lstrip()) for line in lines]
    margin = min(indents[1:])
    inner = [number for number in range(1, len(lines)) if indents[number] == margin or _goes_on(lines, number)]
    full = {number for number in inner if len(lines[number - 1]) >= _WRAP_FILL * widest}
    n_lower = sum(_goes_on(lines, number) for number in inner)
    if len(full) < len(inner) and min(len(full), n_lower) < _WRAPPED * len(inner):
        return None
    if len(full) < len(inner) and max(indents[1:]) == margin:
        ends = {number for number in full if _SENTENCE_END.search(lines[number - 1])}
        full -= {number for number in ends if _has_room(lines, number, widest)}
    return [number for number in range(len(lines)) if number not in full and not _goes_on(lines, number)]


def paragraphs(text: str) -> list[Span]:
    """Return the spans of the paragraphs: those within hard-wrapped blocks, and each single line of other blocks.

    A block of two lines counts as wrapped if longer blocks of the text are and the second line begins in lower case or
    its first word had no room on the first line.

    >>> paragraphs("A headline\\nThe first paragraph.\\n\\nThe second.")
    [(0, 10), (11, 31), (33, 44)]
    """
    blocks = [[line.span() for line in _LINE.finditer(text, *block.span())] for block in _BLOCK.finditer(text)]
    written = [text[lines[0][0] : lines[-1][1]].split("\n") for lines in blocks]
    starts = [_wrapped_starts(lines) for lines in written]
    width = max((max(map(len, lines)) for lines, first in zip(written, starts, strict=True) if first), default=0)
    spans = []
    for lines, words, first in zip(blocks, written, starts, strict=True):
        if width and len(lines) == 2 and max(map(len, words)) <= width:
            first = [0] if _goes_on(words, 1) or not _has_room(words, 1, width) else None
        bounds = [*(range(len(lines)) if first is None else first), len(lines)]
        spans += [(lines[at][0], lines[end - 1][1]) for at, end in pairwise(bounds)]
    return spans
