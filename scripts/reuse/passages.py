"""Quoted passages: the stretches inside quotation marks of an attribution."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from scripts.core.plain_words import WORD, plain_words
from scripts.core.statements import BETWEEN_PIECES
from scripts.core.types import Row

SHORTEST = 5  # words of a passage
LONGEST_PASSAGE = 2000  # words compared: the memory of an alignment grows with their square
MARK_CHARACTERS = '"“”„«»'  # a content without any of them has no passage
_QUOTED = re.compile('["“”„«»]([^"“”„«»]+)["“”„«»]?')


class Passage(NamedTuple):
    """A quoted passage: its document, the number of its attribution, its span in the document's text, and its text."""

    doc_id: str
    quote: int
    start: int
    end: int
    text: str


def beginning(text: str) -> str:
    """Return a text up to the end of its first `LONGEST_PASSAGE` words."""
    last = next(islice(WORD.finditer(text), LONGEST_PASSAGE - 1, None), None)
    return text[: last.end()] if last else text


def passages(quote: Row) -> Iterator[Passage]:
    """Yield the quoted passages of at least `SHORTEST` words in a row of table quotes.

    Stretches separated only by the reporter's words ("We must," she said, "act now") are one passage, joined by spaces.
    Text after the first `LONGEST_PASSAGE` words of a passage is dropped.

    >>> content = '"We must," ... "and will, act now"'
    >>> [*passages({"doc_id": "a.txt", "quote": 0, "content_spans": [[10, 20], [31, 50]], "content": content})]
    [Passage(doc_id='a.txt', quote=0, start=11, end=49, text='We must, and will, act now')]
    """
    at = 0
    stretches: list[tuple[int, int, str]] = []
    only_stretches = True  # no words outside quotation marks
    for start, end in quote["content_spans"]:
        piece = quote["content"][at : at + end - start]
        at += end - start + len(BETWEEN_PIECES)
        stretches += [(start + match.start(1), start + match.end(1), match[1]) for match in _QUOTED.finditer(piece)]
        only_stretches = only_stretches and not WORD.search(_QUOTED.sub("", piece))
    if only_stretches and stretches:
        stretches = [(stretches[0][0], stretches[-1][1], " ".join(text for *_, text in stretches))]
    for start, end, text in stretches:
        n_words = len(plain_words(text))
        if n_words >= SHORTEST:
            yield Passage(
                quote["doc_id"], quote["quote"], start, end, text if n_words <= LONGEST_PASSAGE else beginning(text)
            )
