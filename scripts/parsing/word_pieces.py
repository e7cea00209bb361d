"""Word pieces: the tokens of a document as an uncased BERT reads them, in windows of whole paragraphs."""

import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from scripts.core.annotation import Doc

# Most pieces of a window, with the marks at its start and after each paragraph: longer windows cost more per piece.
LONGEST_WINDOW = 128
# Pieces that two windows of one long paragraph share, for the context of both.
_OVERLAP = 40
# Most pieces of a token: the first ones are enough for a row of dots or a number with hundreds of digits.
_MOST_PIECES = 6
_LONGEST_WORD = 100
_QUOTES = {"``": '"', "''": '"'}


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The number of each word piece, with those for an unknown word, a window's start and a paragraph's end."""

    pieces: Mapping[str, int]
    unknown: int
    start: int
    end: int


class Window(NamedTuple):
    """A stretch of a document: its word pieces, and the place of the first piece of each of its tokens.

    `tokens` are token numbers of the document in order; `own` is True for tokens that are read in this window and not
    in an overlapping one.
    """

    pieces: list[int]
    tokens: list[int]
    places: list[int]
    own: list[bool]


def read_vocabulary(lines: Sequence[str]) -> Vocabulary:
    """Return the vocabulary of a file with one piece per line."""
    pieces = {piece: number for number, piece in enumerate(lines)}
    return Vocabulary(pieces, pieces["[UNK]"], pieces["[CLS]"], pieces["[SEP]"])


def _parts(word: str) -> Iterator[str]:
    """Yield the parts of a word as BERT cuts it: runs in lower case without accents, and each mark by itself."""
    plain = word.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")
    if plain.isalnum():
        yield plain
        return
    for is_mark, run in groupby(plain, lambda c: not c.isalnum()):
        part = "".join(run)
        yield from part if is_mark else (part,)


@lru_cache(maxsize=1 << 16)
def word_pieces(word: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the first pieces of a token; each part is cut into the longest possible pieces from left to right.

    >>> word_pieces("Cafés", read_vocabulary(["[UNK]", "[CLS]", "[SEP]", "cafe", "##s"]))
    (3, 4)
    """
    pieces: list[int] = []
    for part in _parts(_QUOTES.get(word, word)):
        pieces += _longest_pieces(part, vocabulary)
        if len(pieces) >= _MOST_PIECES:
            break
    return tuple(pieces[:_MOST_PIECES] or [vocabulary.unknown])


def _longest_pieces(part: str, vocabulary: Vocabulary) -> list[int]:
    """Return the pieces of a part, or the piece for an unknown word."""
    pieces: list[int] = []
    first = 0
    while first < len(part) <= _LONGEST_WORD:
        prefix = "##" if first else ""
        for last in range(len(part), first, -1):
            number = vocabulary.pieces.get(prefix + part[first:last])
            if number is not None:
                break
        else:
            return [vocabulary.unknown]
        pieces.append(number)
        first = last
    return pieces or [vocabulary.unknown]


def windows(
    doc: Doc, vocabulary: Vocabulary, *, paragraphs: Container[int] | None = None, longest: int = LONGEST_WINDOW
) -> Iterator[Window]:
    """Yield the windows of a document: as many whole paragraphs as fit, or overlapping parts of a longer paragraph.

    Each token of the paragraphs with numbers in `paragraphs`, by default all, is `own` in exactly one window.
    """
    cut = {word: word_pieces(word, vocabulary) for word in doc.vocabulary}
    room = longest - 2
    waiting: list[range] = []
    size = 0
    for paragraph in _paragraphs(doc, paragraphs):
        length = sum(len(cut[doc.word[token]]) for token in paragraph)
        if waiting and size + length > room:
            yield _window(doc, cut, vocabulary, waiting)
            waiting, size = [], 0
        if length <= room:
            waiting.append(paragraph)
            size += length + 1
        else:
            yield from _parts_of_paragraph(doc, cut, vocabulary, paragraph, room)
    if waiting:
        yield _window(doc, cut, vocabulary, waiting)


def _paragraphs(doc: Doc, numbers: Container[int] | None) -> Iterator[range]:
    """Yield the token range of each paragraph whose number is in `numbers`, by default of all paragraphs."""
    for number, of in groupby(doc.sentences, lambda sentence: sentence.paragraph):
        sentences = list(of)
        if sentences[0].first < sentences[-1].last and (numbers is None or number in numbers):
            yield range(sentences[0].first, sentences[-1].last)


def _window(
    doc: Doc,
    cut: Mapping[str, tuple[int, ...]],
    vocabulary: Vocabulary,
    paragraphs: Sequence[range],
    own: range | None = None,
) -> Window:
    """Return the window of `paragraphs`, in which the tokens of `own` are read, by default all."""
    window = Window([vocabulary.start], [], [], [])
    for paragraph in paragraphs:
        for token in paragraph:
            window.tokens.append(token)
            window.places.append(len(window.pieces))
            window.own.append(own is None or token in own)
            window.pieces.extend(cut[doc.word[token]])
        window.pieces.append(vocabulary.end)
    return window


def _parts_of_paragraph(
    doc: Doc, cut: Mapping[str, tuple[int, ...]], vocabulary: Vocabulary, paragraph: range, room: int
) -> Iterator[Window]:
    """Yield overlapping windows of a long paragraph; two neighbours split the tokens they share in the middle."""
    sizes = [len(cut[doc.word[token]]) for token in paragraph]
    first, owned = 0, 0
    while True:
        last, filled = first, 0
        while last < len(sizes) and filled + sizes[last] <= room:
            filled += sizes[last]
            last += 1
        following, shared = last, 0
        while last < len(sizes) and shared + sizes[following - 1] <= _OVERLAP:
            following -= 1
            shared += sizes[following]
        middle = len(sizes) if last == len(sizes) else (following + last) // 2
        at = paragraph.start
        own = range(at + owned, at + middle)
        yield _window(doc, cut, vocabulary, [range(at + first, at + last)], own)
        if last == len(sizes):
            return
        first, owned = following, middle
