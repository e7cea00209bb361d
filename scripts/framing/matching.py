"""Matches of a scheme's patterns in the tokens of a sentence; of overlapping matches of a frame the longest wins."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from scripts.core.annotation import Doc
from scripts.core.expressions import bounded
from scripts.framing.schemes import Element, Scheme

# A token longer than this matches no expression of a scheme.
_LONGEST_TOKEN = 60


class Hit(NamedTuple):
    """A match: tokens `first` to `last` (exclusive), and the numbers of its frame and of its term."""

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
    """A scheme, and a cache of the patterns whose first element matches a token, by the token's (norm, lemma).

    `lemma:blame` also matches the form "blame" itself, whatever lemma the parser gives it.
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
                self._add(_Candidate(term.elements, number, index, excludes=False))
                for elements in term.exclude:
                    self._add(_Candidate(elements, number, index, excludes=True))
        self._starts = tuple(each.elements[0].value for each in self._prefixes)

    def _add(self, candidate: _Candidate) -> None:
        """Put a candidate into the index for the kind of its pattern's first element."""
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
        candidates = self._words.get(norm, []) + self._lemmas.get(lemma, [])
        if norm != lemma:
            candidates += self._lemmas.get(norm, [])
        if norm.startswith(self._starts):  # of few tokens: one call tells
            candidates += [each for each in self._prefixes if norm.startswith(each.elements[0].value)]
        candidates += [each for matches, each in self._expressions if matches(norm)]
        self[token] = candidates
        return candidates


def _fits(element: Element, token: tuple[str, str]) -> bool:
    kind, value = element
    norm, lemma = token
    if kind == "word":
        return norm == value
    if kind == "lemma":
        return value in (norm, lemma)
    return kind == "any" or norm.startswith(value)


# The tokens except hyphens inside compounds: their numbers in the document, and the (norm, lemma) of each.
_Words = tuple[list[int], list[tuple[str, str]]]


def words_of(doc: Doc, first: int, last: int) -> _Words:
    """Return the tokens `first` to `last` (exclusive) of a document, without the hyphens inside compounds."""
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
    return numbers, [(norm[index], doc.lemma[index].lower()) for index in numbers]


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits without overlaps in a frame: of overlapping hits the longest wins, in a tie the first."""
    winners: list[Hit] = []
    taken: set[tuple[int, int]] = set()
    for hit in sorted(hits, key=lambda each: (each.first - each.last, each.first, each.term)):
        places = [(hit.frame, index) for index in range(hit.first, hit.last)]
        if taken.isdisjoint(places):
            taken.update(places)
            winners.append(hit)
    return sorted(winners)


def find(matcher: Matcher, words: _Words) -> list[Hit]:
    """Return the hits of a scheme in the words of a sentence, sorted by place, frame and term.

    A hit that overlaps a match of one of its term's exclusions is left out.
    """
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
    free = [hit for hit in hits if barred.isdisjoint((hit.frame, hit.term, at) for at in range(hit.first, hit.last))]
    return [Hit(numbers[hit.first], numbers[hit.last - 1] + 1, hit.frame, hit.term) for hit in _longest(free)]
