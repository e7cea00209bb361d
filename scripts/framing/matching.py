"""Patterns of a scheme on the tokens of a document: the longest match wins within a frame, and frames share tokens."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from scripts.core.annotation import Doc
from scripts.core.expressions import bounded
from scripts.framing.schemes import Element, Scheme

# A token longer than this matches no expression of a scheme.
_LONGEST_TOKEN = 60


class Hit(NamedTuple):
    """A match: tokens `first` to before `last`, the frame's and the term's numbers in the scheme."""

    first: int
    last: int
    frame: int
    term: int


class _Candidate(NamedTuple):
    elements: tuple[Element, ...]
    frame: int
    term: int
    excludes: bool


class Matcher(dict[tuple[str, str], list[_Candidate]]):
    """A scheme made ready: {(norm, lemma): the patterns whose first element is this token}, found out when asked for.

    A lemma's own form counts, whatever the parser made of it.
    """

    def __init__(self, scheme: Scheme) -> None:
        super().__init__()
        self.scheme = scheme
        self._words: dict[str, list[_Candidate]] = {}
        self._lemmas: dict[str, list[_Candidate]] = {}
        self._prefixes: list[_Candidate] = []
        self._expressions: list[tuple[Callable[[str], re.Match[str] | None], _Candidate]] = []
        for number, frame in enumerate(scheme.frames):
            for index, term in enumerate(frame.terms):
                self._add(_Candidate(term.elements, number, index, False))
                for elements in term.exclude:
                    self._add(_Candidate(elements, number, index, True))

    def _add(self, candidate: _Candidate) -> None:
        kind, value = candidate.elements[0]
        if kind == "word":
            self._words.setdefault(value, []).append(candidate)
        elif kind == "lemma":
            self._lemmas.setdefault(value, []).append(candidate)
        elif kind == "prefix":
            self._prefixes.append(candidate)
        else:
            matches = bounded(value, where=f"scheme {self.scheme.name}: re", longest=_LONGEST_TOKEN)
            self._expressions.append((matches, candidate))

    def __missing__(self, token: tuple[str, str]) -> list[_Candidate]:
        norm, lemma = token
        found = self._words.get(norm, []) + self._lemmas.get(lemma, [])
        if norm != lemma:
            found += self._lemmas.get(norm, [])
        found += [each for each in self._prefixes if norm.startswith(each.elements[0].value)]
        found += [each for matches, each in self._expressions if matches(norm)]
        self[token] = found
        return found


def _fits(element: Element, token: tuple[str, str]) -> bool:
    kind, value = element
    norm, lemma = token
    if kind == "word":
        return norm == value
    if kind == "lemma":
        return value in (norm, lemma)
    return kind == "any" or norm.startswith(value)


class Words(NamedTuple):
    """Tokens of a document without the hyphens that join two of them: their numbers, and (norm, lemma) of each."""

    numbers: list[int]
    tokens: list[tuple[str, str]]


def words_of(doc: Doc, first: int, last: int) -> Words:
    """The words of the tokens `first` to before `last` (a sentence)."""
    start, end, norm = doc.start, doc.end, doc.norm
    numbers = [
        index
        for index in range(first, last)
        if not (
            norm[index] == "-"
            and first < index < last - 1
            and end[index - 1] == start[index]
            and end[index] == start[index + 1]
        )
    ]
    return Words(numbers, [(norm[index], doc.lemma[index].lower()) for index in numbers])


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Of the overlapping hits of a frame the longest; of equals the first in the text, then in the list."""
    kept: list[Hit] = []
    taken: set[tuple[int, int]] = set()
    for hit in sorted(hits, key=lambda each: (each.first - each.last, each.first, each.term)):
        places = [(hit.frame, index) for index in range(hit.first, hit.last)]
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept)


def find(matcher: Matcher, words: Words) -> list[Hit]:
    """The hits of a scheme in the words of a sentence, sorted by place, frame and term."""
    numbers, tokens = words
    hits: list[Hit] = []
    barred: set[tuple[int, int, int]] = set()
    for at, candidates in enumerate(map(matcher.__getitem__, tokens)):
        for elements, frame, term, excludes in candidates:
            end = at + len(elements)
            if end > len(tokens) or not all(map(_fits, elements[1:], tokens[at + 1 : end])):
                continue
            if excludes:
                barred.update((frame, term, index) for index in range(at, end))
            else:
                hits.append(Hit(at, end, frame, term))
    free = [
        hit for hit in hits if barred.isdisjoint((hit.frame, hit.term, index) for index in range(hit.first, hit.last))
    ]
    return [Hit(numbers[hit.first], numbers[hit.last - 1] + 1, hit.frame, hit.term) for hit in _longest(free)]
