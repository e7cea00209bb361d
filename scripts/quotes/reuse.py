"""Quotations that travel: the same quoted passage in several documents, whole, cut or altered.

Passages that share a run of three words are aligned word by word. Those that share enough words of the shorter one, and
enough of them neither stop words nor parts of a stock phrase, are one family. A family is a star: every member is
compared with its longest form, so that no chain of likenesses joins what is unlike.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel

from scripts.core.lexicons import word_list
from scripts.maths.tuples import ranges
from scripts.quotes.passages import SHORTEST, Passage, words_of
from scripts.quotes.variants import Variant, compare, unchanged

Ints = np.ndarray
_RUN = 3  # words
_AT_ONCE = 4_000_000  # runs that are sorted in memory at a time
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


def is_same(longer: Sequence[Hashable], shorter: Sequence[Hashable], content: Sequence[bool]) -> bool:
    """Return whether two passages, given as words, are versions of one; `content` are `content_words` of the shorter.

    Words in common count where two of them follow each other in both: single ones are easily in a long passage.
    """
    blocks = [block for block in Indel.opcodes(longer, shorter) if block.tag == "equal"]
    runs = [(block.dest_start, block.dest_end) for block in blocks if block.dest_end - block.dest_start > 1]
    shared = sum(end - start for start, end in runs)
    return (
        shared >= max(SHORTEST, _SHARED * len(shorter))
        and sum(sum(content[start:end]) for start, end in runs) >= _CONTENT_WORDS
    ) or any(end - start >= _OVERLAP and sum(content[start:end]) >= 2 * _CONTENT_WORDS for start, end in runs)


class _Coded(NamedTuple):
    """Passages with their words as numbers in an alphabetical `vocabulary`, those of a passage after another.

    `bounds` has the first word of each passage, and the number of all. `order` has the passages longest first, of
    equals the first by words, document and place.
    """

    vocabulary: list[str]
    words: Ints
    bounds: Ints
    order: Ints

    def of(self, number: int) -> Ints:
        """Return the words of the passage at a place in the order."""
        passage = self.order[number]
        return self.words[self.bounds[passage] : self.bounds[passage + 1]]


def _coded(passages: Iterable[Passage]) -> _Coded:
    """Return passages as numbers, four bytes a word."""
    codes: dict[str, int] = {}
    documents: dict[str, int] = {}
    words, lengths, places = array("i"), array("i"), array("q")
    for doc_id, quote, start, end, text in passages:
        own = words_of(text)
        words.extend([codes.setdefault(word, len(codes)) for word in own])
        lengths.append(len(own))
        places.extend((documents.setdefault(doc_id, len(documents)), quote, start, end))
    vocabulary = sorted(codes)
    rank, document_rank = np.empty(len(codes), np.int32), np.empty(len(documents), np.int32)
    rank[[codes[word] for word in vocabulary]] = np.arange(len(codes))
    document_rank[[documents[doc_id] for doc_id in sorted(documents)]] = np.arange(len(documents))
    ranked = rank[np.frombuffer(words, np.int32)] if words else np.array([], np.int32)
    length = np.array(lengths)
    bounds = np.append(0, np.cumsum(length, dtype=np.int64))
    document, *place = np.array(places).reshape(-1, 4).T
    keys = [document_rank[document], *place]
    by_length = np.argsort(-length, kind="stable")
    parts = [by_length[:0]]
    for group in np.split(by_length, np.flatnonzero(np.diff(length[by_length])) + 1):
        matrix = ranked[bounds[group][:, None] + np.arange(length[group[0]] if len(group) else 0)]
        parts.append(group[np.lexsort([key[group] for key in reversed(keys)] + [*matrix.T[::-1]])])
    return _Coded(vocabulary, ranked, bounds, np.concatenate(parts))


def _run_numbers(coded: _Coded, first: int, last: int) -> tuple[Ints, Ints]:
    """Return the runs of words in passages from `first` to before `last`, as numbers, and the passage of each."""
    start, end = coded.bounds[[first, last]]
    words = coded.words[start:end].astype(np.uint64)
    run = np.zeros(max(0, len(words) - _RUN + 1), np.uint64)
    for at in range(_RUN):  # equal numbers for equal runs; a rare collision only proposes an alignment in vain
        run = run * np.uint64(0x9E3779B97F4A7C15) + words[at : at + len(run)] + np.uint64(1)
    owner = np.repeat(np.arange(first, last, dtype=np.int32), np.diff(coded.bounds[first : last + 1]))
    is_within = owner[: len(run)] == owner[_RUN - 1 :][: len(run)]
    return run[is_within], owner[: len(run)][is_within]


class _Runs(NamedTuple):
    """Runs of words that several passages share, by number.

    Those of the passage at place `n` in the order are `runs[bounds[n]:bounds[n + 1]]`; `sizes` is the number of
    passages that have each run.
    """

    runs: Ints
    bounds: Ints
    sizes: Ints


def _repeated_runs(coded: _Coded) -> _Runs:
    """Return the runs of words that each passage shares with another one."""
    passages = len(coded.order)
    turns = 1 + len(coded.words) // _AT_ONCE
    step = max(1, passages // turns)
    owners, runs, sizes = [np.array([], np.int32)], [np.array([], np.int32)], [np.array([], np.int32)]
    number = 0
    for turn in range(turns):
        chosen = []
        for first in range(0, passages, step):
            run, owner = _run_numbers(coded, first, min(first + step, passages))
            mask = (run >> np.uint64(40)) % np.uint64(turns) == turn
            chosen.append((run[mask], owner[mask]))
        run, owner = map(np.concatenate, zip((np.array([], np.uint64), owners[0]), *chosen, strict=True))
        order = np.lexsort((owner, run))
        run, owner = run[order], owner[order]
        is_first = np.append(True, (run[1:] != run[:-1]) | (owner[1:] != owner[:-1]))[: len(run)]
        run, owner = run[is_first], owner[is_first]
        _, place, counts = np.unique(run, return_inverse=True, return_counts=True)
        is_shared = counts > 1
        renumbered = np.cumsum(is_shared) - 1 + number
        owners.append(owner[is_shared[place]])
        runs.append(renumbered[place[is_shared[place]]].astype(np.int32))
        sizes.append(counts[is_shared].astype(np.int32))
        number += int(is_shared.sum())
    at = np.empty(passages, np.int32)
    at[coded.order] = np.arange(passages)
    owner = at[np.concatenate(owners)]
    bounds = np.append(0, np.cumsum(np.bincount(owner, minlength=passages)))
    return _Runs(np.concatenate(runs)[np.argsort(owner, kind="stable")], bounds, np.concatenate(sizes))


def _heads(coded: _Coded) -> Ints:
    """Return for each passage in the order the place of the longest form that it joins; its own if it joins none."""
    shared = _repeated_runs(coded)
    # The longest forms that have a run, up to one more than count: `having[place[run]:place[run] + number[run]]`.
    capacity = np.minimum(shared.sizes, _COMMON + 1)
    place, number = np.cumsum(capacity, dtype=np.int64) - capacity, np.zeros(len(capacity), np.int32)
    having = np.empty(int(capacity.sum()), np.int32)
    head = np.arange(len(coded.order), dtype=np.int32)
    for at in range(len(head)):
        runs = shared.runs[shared.bounds[at] : shared.bounds[at + 1]]
        runs = runs[number[runs] <= _COMMON]
        if not len(runs):
            continue
        heads, times = np.unique(having[ranges(place[runs], number[runs])], return_counts=True)
        likely = heads[np.argsort(-times, kind="stable")[:_TRIED]].tolist()
        if likely:
            words = coded.of(at).tolist()
            content = content_words([coded.vocabulary[word] for word in words])
            joined = next((form for form in likely if is_same(coded.of(form).tolist(), words, content)), at)
            head[at] = joined
        if head[at] == at:
            having[place[runs] + number[runs]] = at
            number[runs] += 1
    return head


def families(read: Callable[[], Iterable[Passage]]) -> list[list[Occurrence]]:
    """Return families of passages of at least two documents, each with its longest form first.

    A passage joins the family with whose longest form it shares most runs of words, if the two are versions of one.
    Longer passages come first, of equals the first by words, document and place, whatever the order of passages. They
    are read twice, the second time for the texts of those in families: memory holds all words as numbers only.
    """
    coded = _coded(read())
    head = _heads(coded)
    by_head = np.argsort(head, kind="stable")
    groups = np.split(by_head, np.flatnonzero(np.diff(head[by_head])) + 1)
    families_of_numbers = [coded.order[group].tolist() for group in groups if len(group) > 1]
    chosen = {number for family in families_of_numbers for number in family}
    passages = {number: passage for number, passage in enumerate(read()) if number in chosen}
    joined = []
    for family in families_of_numbers:
        longest, *others = (passages[number] for number in family)
        if any(passage.doc_id != longest.doc_id for passage in others):
            variants = (Occurrence(passage, compare(longest.text, passage.text)) for passage in others)
            joined.append([Occurrence(longest, unchanged(longest.text)), *variants])
    return joined
