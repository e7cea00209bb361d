"""Quotations that travel: the same quoted passage in several documents, whole, cut or altered.

Passages that share a run of three words are aligned word by word. Those that share enough words of the shorter one, and
enough of them neither stop words nor parts of a stock phrase, are one family. A family is a star: every member is
compared with its longest form, so that no chain of likenesses joins what is unlike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel

from scripts.core.lexicons import word_list
from scripts.quotes.passages import SHORTEST, Passage, words_of
from scripts.quotes.variants import Variant, compare, unchanged

_RUN = 3  # words
_COMMON = 50  # families: a run of words in more of them is a phrase and proposes nothing
_TRIED = 10  # families that a passage is aligned with, those that share most runs with it
_SHARED = 0.75  # least share of the shorter passage's words that the two have in common, in order
_CONTENT_WORDS = 3  # least number of these that are neither stop words nor parts of a stock phrase
_OVERLAP = 12  # words in a row: passages that each go on where the other does not are versions with so many in common


class Occurrence(NamedTuple):
    """A passage as a member of a family, and how it differs from the family's longest form."""

    passage: Passage
    variant: Variant


@cache
def _stock_phrases() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Return the stock phrases as words, by their first word, longest first."""
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in sorted(word_list("stock_phrases.txt"), key=len, reverse=True):
        words = tuple(words_of(line))
        phrases[words[0]].append(words)
    return phrases


@cache
def _stop_words() -> frozenset[str]:
    """Return the stop words."""
    return frozenset(word_list("stopwords.txt"))


def content_words(words: Sequence[str]) -> list[bool]:
    """Return a mask that is True for the words that are neither stop words nor in a stock phrase.

    >>> content_words("at the end of the day the harbour closes".split())
    [False, False, False, False, False, False, False, True, True]
    """
    stop, phrases = _stop_words(), _stock_phrases()
    mask = [word not in stop for word in words]
    for at, word in enumerate(words):
        for phrase in phrases.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                mask[at : at + len(phrase)] = [False] * len(phrase)
                break
    return mask


def is_same(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Return whether two passages, given as words, are versions of one.

    Words in common count where two of them follow each other in both: single ones are easily in a long passage.
    """
    content = content_words(shorter)
    blocks = [block for block in Indel.opcodes(longer, shorter) if block.tag == "equal"]
    runs = [(block.dest_start, block.dest_end) for block in blocks if block.dest_end - block.dest_start > 1]
    shared = sum(end - start for start, end in runs)
    return (
        shared >= max(SHORTEST, _SHARED * len(shorter))
        and sum(sum(content[start:end]) for start, end in runs) >= _CONTENT_WORDS
    ) or any(end - start >= _OVERLAP and sum(content[start:end]) >= 2 * _CONTENT_WORDS for start, end in runs)


def _repeated_runs(words: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return for each passage the runs of words, as numbers, that it shares with another one."""
    codes: dict[str, int] = {}
    runs, owners = [], []
    for number, passage in enumerate(words):
        array = np.array([codes.setdefault(word, len(codes)) for word in passage], np.uint64)
        run = np.zeros(max(0, len(array) - _RUN + 1), np.uint64)
        for at in range(_RUN):  # equal numbers for equal runs; a rare collision only proposes an alignment in vain
            run = run * np.uint64(0x9E3779B97F4A7C15) + array[at : at + len(run)] + np.uint64(1)
        run = np.unique(run)
        runs.append(run)
        owners.append(np.full(len(run), number))
    if not runs:
        return []
    _, inverse, counts = np.unique(np.concatenate(runs), return_inverse=True, return_counts=True)
    owner = np.concatenate(owners)
    shared: list[list[int]] = [[] for _ in words]
    for number, run_number in zip(*(each[counts[inverse] > 1].tolist() for each in (owner, inverse)), strict=True):
        shared[number].append(run_number)
    return shared


def families(passages: Iterable[Passage]) -> list[list[Occurrence]]:
    """Return families of passages of at least two documents, each with its longest form first.

    A passage joins the family with whose longest form it shares most runs of words, if the two are versions of one.
    Longer passages come first, of equals the first by words, document and place, whatever the order of `passages`.
    """
    ordered = sorted(
        ((words_of(passage.text), passage) for passage in passages), key=lambda pair: (-len(pair[0]), *pair)
    )
    words = [each for each, _ in ordered]
    members: dict[int, list[int]] = {}
    having: dict[int, list[int]] = defaultdict(list)  # the longest forms that have a run
    for number, runs in enumerate(_repeated_runs(words)):
        shared: Counter[int] = Counter()
        for run in runs:
            if len(having[run]) <= _COMMON:
                shared.update(having[run])
        likely = sorted(shared, key=lambda head: (-shared[head], head))[:_TRIED]
        joined = next((head for head in likely if is_same(words[head], words[number])), None)
        if joined is not None:
            members[joined].append(number)
            continue
        members[number] = [number]
        for run in runs:
            if len(having[run]) <= _COMMON:
                having[run].append(number)
    sorted_passages = [passage for _, passage in ordered]
    return [
        [
            Occurrence(sorted_passages[longest], unchanged(sorted_passages[longest].text)),
            *(
                Occurrence(sorted_passages[at], compare(sorted_passages[longest].text, sorted_passages[at].text))
                for at in numbers[1:]
            ),
        ]
        for longest, numbers in members.items()
        if len({sorted_passages[at].doc_id for at in numbers}) > 1
    ]
