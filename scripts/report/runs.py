"""Runs of twelve words that texts share with the articles: found by their hashes, and cut short.

Words are compared in lower case: letters and digits, without punctuation, marks and line ends. In scripts written
without spaces, each letter is a word. Texts are compared with all articles in one pass: only the hashes of the texts
are kept in memory, and the articles are read one after another.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RUN = 12  # consecutive words that no text may share with an article
SHORT = 8  # words of a passage that are kept: few enough that a cue or a name beside them does not complete a run
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_SHORTEST = 2 * RUN - 1  # characters of a run of one-letter words, in a script with spaces
_SPACELESS_LETTER = re.compile(f"[{_SPACELESS}]")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
BETWEEN = "\x1f"  # separates the cells of a sheet when it is read as one text
_ELLIPSIS = " …"

Hashes = NDArray[np.uint64]


class Runs(NamedTuple):
    """Runs of words: the number of each word, from 1, and the sorted hashes of the runs."""

    words: dict[str, int]
    hashes: Hashes


def may_have_runs(text: str) -> bool:
    """Return whether a text is long enough to contain a run."""
    return len(text) >= _SHORTEST or (len(text) >= RUN and _SPACELESS_LETTER.search(text) is not None)


def _hashes(numbers: list[int]) -> Hashes:
    """Return the hash of the run at each word, given the words' numbers; none begins at the last RUN - 1 words."""
    words = np.array(numbers, np.uint64)
    places = max(0, len(words) - RUN + 1)
    hashes = np.zeros(places, np.uint64)
    for offset in range(RUN):
        hashes = hashes * _FACTOR + words[offset : offset + places]
    return hashes


def runs_of(texts: Iterable[str]) -> Runs:
    """Return all runs in the texts."""
    words: dict[str, int] = {}
    hashes = [np.zeros(0, np.uint64)]
    for text in filter(may_have_runs, texts):
        numbers = [words.setdefault(word.casefold(), len(words) + 1) for word in WORD.findall(text)]
        hashes.append(_hashes(numbers))
    return Runs(words, np.unique(np.concatenate(hashes)))


def _are_in(hashes: Hashes, runs: Runs) -> NDArray[np.bool_]:
    places = np.searchsorted(runs.hashes, hashes)
    places[places == len(runs.hashes)] = 0
    return runs.hashes[places] == hashes if len(runs.hashes) else np.zeros(len(hashes), bool)


def _numbers(text: str, runs: Runs) -> list[int]:
    return [runs.words.get(word.casefold(), 0) for word in WORD.findall(text)]


def common(runs: Runs, articles: Iterable[str]) -> Runs:
    """Return the runs that occur in at least one of the articles."""
    shared = [np.zeros(0, np.uint64)]
    if len(runs.hashes):
        for text in articles:
            hashes = _hashes(_numbers(text, runs))
            shared.append(hashes[_are_in(hashes, runs)])
    return Runs(runs.words, np.unique(np.concatenate(shared)))


def has_run(text: str, runs: Runs) -> bool:
    """Return whether a text has one of the runs."""
    return may_have_runs(text) and bool(_are_in(_hashes(_numbers(text, runs)), runs).any())


def first_words(text: str, most: int = SHORT) -> str:
    """Return a text, cut after its first `most` words and with an ellipsis if it is longer.

    >>> first_words("“We will not”, she said, “close it.”", 3)
    '“We will not …'
    """
    end = 0
    for number, match in enumerate(WORD.finditer(text)):
        if number == most:
            return text[:end].rstrip() + _ELLIPSIS
        end = match.end()
    return text


def cut_runs(text: str, runs: Runs) -> str:
    """Return a text with each passage made of these runs cut after its first SHORT words; every `BETWEEN` stays.

    >>> title = "a b c d e f g h i j k l said she"
    >>> cut_runs(title, runs_of(["a b c d e f g h i j k l"]))
    'a b c d e f g h … said she'
    """
    if not may_have_runs(text):
        return text
    begins = np.flatnonzero(_are_in(_hashes(_numbers(text, runs)), runs)).tolist()
    if not begins:
        return text
    spans = [match.span() for match in WORD.finditer(text)]
    parts, at, first = [], 0, begins[0]
    for begin, following in zip(begins, [*begins[1:], len(spans) + RUN], strict=True):
        if following > begin + RUN:
            end, after = spans[first + SHORT - 1][1], spans[begin + RUN - 1][1]
            parts += [text[at:end], _ELLIPSIS, BETWEEN * text.count(BETWEEN, end, after)]
            at, first = after, following
    return "".join([*parts, text[at:]])
