"""Quotations that travel: the same quoted passage in several documents, whole, cut or altered.

Passages that share a run of three words are aligned word by word. They form a family if they share enough of the
shorter one's words, and enough of these are neither stop words nor parts of a stock phrase. A family is a star: every
member is a version of its longest form, so that no chain of similar passages joins two that differ.
"""

import math
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.process import extract

from scripts.core.arrays import Ints
from scripts.core.lexicons import word_list
from scripts.core.plain_words import plain_words
from scripts.reuse.passages import SHORTEST, Passage

_RUN = 3  # words
# Runs of words sorted in memory per turn, and the most turns: beyond that, each turn sorts more.
_AT_ONCE, _TURNS = 2_000_000, 16
_COMMON = 50  # a run of words in more families than this is a common phrase and proposes no family
_TRIED = 10  # families that a passage is aligned with: those with which it shares most runs
_SHARED = 0.75  # least share of the shorter passage's words that the longer one has, in the same order
_CONTENT_WORDS = 3  # least number of shared words that are neither stop words nor parts of a stock phrase
_OVERLAP = 12  # shared words in a row that make two passages versions of one, even if each goes on beyond the other


@cache
def _stock_phrases() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Return the stock phrases as words, by their first word, longest first."""
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in sorted(word_list("stock_phrases.txt"), key=len, reverse=True):
        words = tuple(plain_words(line))
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
    """Return whether two passages of words are versions of one; `content` is the mask `content_words` of the shorter.

    Shared words count only in runs of two or more: a long passage easily has single ones in common.
    """
    blocks = [block for block in Indel.opcodes(longer, shorter) if block.tag == "equal"]
    runs = [(block.dest_start, block.dest_end) for block in blocks if block.dest_end - block.dest_start > 1]
    shared = sum(end - start for start, end in runs)
    return (
        shared >= max(SHORTEST, _SHARED * len(shorter))
        and sum(sum(content[start:end]) for start, end in runs) >= _CONTENT_WORDS
    ) or any(end - start >= _OVERLAP and sum(content[start:end]) >= 2 * _CONTENT_WORDS for start, end in runs)


def is_version(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether two passages, as words, are versions of one; either may be the longer."""
    shorter, longer = sorted((words, others), key=len)
    return is_same(longer, shorter, content_words(shorter))


class _Coded(NamedTuple):
    """Passages as numbers of words in an alphabetical `vocabulary`, one passage after the other in `words`.

    `bounds` has the place of the first word of each passage, then the total number of words. `order` has the numbers of
    the passages, longest first, then by words, document and place.
    """

    vocabulary: list[str]
    words: Ints
    bounds: Ints
    order: Ints

    def of(self, number: int) -> Ints:
        """Return the words of the passage at a place in the order."""
        passage = self.order[number]
        return self.words[self.bounds[passage] : self.bounds[passage + 1]]


def _letters(coded: _Coded) -> Callable[[int], str]:
    """Return a function that encodes the passage at a place in the order as a string with one letter per word.

    Equal words have the same letter. If there are more distinct words than letters, some different words do too.
    """
    letters = memoryview((coded.words % np.int32(sys.maxunicode + 1)).astype("<i4", copy=False))
    starts, ends = (array("q", coded.bounds[coded.order + at].tobytes()) for at in (0, 1))
    return lambda number: str(letters[starts[number] : ends[number]], "utf-32-le", "surrogatepass")


def _coded(passages: Iterable[Passage]) -> _Coded:
    """Return passages as numbers, at four bytes per word."""
    codes: dict[str, int] = {}
    documents: dict[str, int] = {}
    words, lengths, places = array("i"), array("i"), array("q")
    for doc_id, quote, start, end, text in passages:
        own = plain_words(text)
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
    """Return the runs of words in passages `first` to `last` (exclusive), as numbers, and the passage of each."""
    start, end = coded.bounds[[first, last]]
    words = coded.words[start:end].astype(np.uint64)
    run = np.zeros(max(0, len(words) - _RUN + 1), np.uint64)
    for at in range(_RUN):  # equal runs have equal numbers; a rare collision only costs a needless alignment
        run = run * np.uint64(0x9E3779B97F4A7C15) + words[at : at + len(run)] + np.uint64(1)
    owner = np.repeat(np.arange(first, last, dtype=np.int32), np.diff(coded.bounds[first : last + 1]))
    is_within = owner[: len(run)] == owner[_RUN - 1 :][: len(run)]
    return run[is_within], owner[: len(run)][is_within]


def _repeated_runs(coded: _Coded) -> tuple[Ints, Ints, Ints]:
    """Return the numbers of the runs of words that each passage shares with another (`runs`), their bounds and sizes.

    The runs of the passage at place `n` in the order are `runs[bounds[n]:bounds[n + 1]]`; the size of a run is the
    number of passages that have it.
    """
    passages = len(coded.order)
    turns = min(_TURNS, 1 + len(coded.words) // _AT_ONCE)
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
        del chosen
        order = np.argsort(run, kind="stable")  # the passages of a run stay in their order
        owner, run = owner[order], run[order]
        del order
        is_new = np.append(True, run[1:] != run[:-1])[: len(run)]
        is_first = is_new | np.append(True, owner[1:] != owner[:-1])[: len(run)]
        owner, place = owner[is_first], np.cumsum(is_new, dtype=np.int32)[is_first] - 1
        counts = np.bincount(place)
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
    return np.concatenate(runs)[np.argsort(owner, kind="stable")], bounds, np.concatenate(sizes)


def possible_forms(letters: str, forms: Mapping[int, str]) -> list[int]:
    """Return the `forms` of which a passage may be a version by `is_same`; all are encoded with one letter per word.

    This costs a tenth of an alignment. Since two words may have the same letter, it may return too many forms.
    """
    least = math.ceil(max(SHORTEST, _SHARED * len(letters)))
    half = _OVERLAP // 2  # any `_OVERLAP` words in a row contain at least one of these stretches in full
    stretches = [letters[at : at + half] for at in range(0, len(letters) - half + 1, half)]
    if len(letters) < _OVERLAP:
        stretches = []
    near = {form for *_, form in extract(letters, forms, scorer=LCSseq.similarity, score_cutoff=least, limit=None)}
    together = "".join(forms.values())
    shared = [stretch for stretch in stretches if stretch in together]
    return [form for form, longer in forms.items() if form in near or any(stretch in longer for stretch in shared)]


def _heads(coded: _Coded) -> Ints:
    """Return for each passage, in order, the place of the longest form of the family it joins; else its own place."""
    shared, bounds, sizes = _repeated_runs(coded)
    letters = _letters(coded)
    # The longest forms that have a run, at most `_COMMON` + 1: `having[place[run]:place[run] + number[run]]`.
    capacity = np.minimum(sizes, _COMMON + 1)
    place = np.cumsum(capacity, dtype=np.int64) - capacity
    having, number = array("i", bytes(4 * int(capacity.sum()))), array("i", bytes(4 * len(capacity)))
    head = np.arange(len(coded.order), dtype=np.int32)
    # Mask of the passages with enough words other than stop words for `is_same`.
    is_content = np.array([word not in _stop_words() for word in coded.vocabulary], bool)
    n_content = np.append(0, np.cumsum(is_content[coded.words], dtype=np.int32))
    may_join = (np.diff(n_content[coded.bounds])[coded.order] >= _CONTENT_WORDS).tolist()
    for at in np.flatnonzero(np.diff(bounds)).tolist():
        runs = shared[bounds[at] : bounds[at + 1]]
        places = zip(runs.tolist(), place[runs].tolist(), strict=True)
        counted = [(run, first) for run, first in places if number[run] <= _COMMON]
        having_runs = [having[first : first + number[run]] for run, first in counted] if may_join[at] else []
        times = Counter(chain.from_iterable(having_runs))
        if times:
            # Forms that share most runs with the passage come first; among equals, the longest.
            likely = sorted([form - n * len(head) for form, n in times.items()])[:_TRIED]
            forms = possible_forms(letters(at), {form % len(head): letters(form % len(head)) for form in likely})
            if forms:
                words = coded.of(at).tolist()
                content = content_words([coded.vocabulary[word] for word in words])
                head[at] = next((form for form in forms if is_same(coded.of(form).tolist(), words, content)), at)
        if head[at] == at:
            for run, first in counted:
                having[first + number[run]] = at
                number[run] += 1
    return head


def numbers_of_families(passages: Iterable[Passage]) -> list[list[int]]:
    """Return the families as lists of passage numbers, each with its longest form first.

    A passage joins the family with whose longest form it shares most runs of words, if the two are versions of one.
    Longer passages are placed first, then by words, document and place, so the order of `passages` does not matter.
    """
    coded = _coded(passages)
    head = _heads(coded)
    members = np.flatnonzero(np.bincount(head, minlength=len(head))[head] > 1)
    members = members[np.argsort(head[members], kind="stable")]
    bounds = np.flatnonzero(np.diff(head[members])) + 1
    return [coded.order[family].tolist() for family in np.split(members, bounds) if len(family)]
