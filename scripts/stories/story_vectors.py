"""Articles as vectors by which they are told to be about one event: words, the words of the beginning, and numbers.

A vector has three blocks of length `_SHARES`, so that the product of two is a weighted mean of three cosines: of all
words of content, in which proper nouns count twice, of those in the title and the first sentences, and of numbers. A
word has its frequency's logarithm times its inverse document frequency (Salton, G. & Buckley, C. 1988, Information
Processing & Management 24: 513-523), in these articles and `_OTHERS` others, in which a word is as common as in news at
large (workflow/lexicons/word_shares.tsv): of a few articles the corpus tells little. Words of one article alone make it
less like all others, the more so the fewer articles there are: of many, most words that say anything come again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.lexicons import tab_rows
from scripts.core.storage import first_seen
from scripts.maths.linkage import Rows
from scripts.maths.tuples import sum_packed

COLUMNS = ["doc_id", "sentence", "norm", "pos", "is_word", "is_stop"]
_CONTENT = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM")
# Weights of the cosines of all words, of the beginning and of numbers, by a logistic regression of pairs of articles
# (benchmarks/stories.py), and the sentences of the beginning.
_SHARES = (0.4, 0.4, 0.2)
_BEGINNING = 4
_OTHERS = 500
# In so many articles words of one article alone count by half.
_FEW = 50
# The square of it is a similarity of 1.
SCALE = 1000
# Inverse document frequencies are rounded to quarters, so that one more article changes few of them.
_STEP = 4
# An outlet of fewer documents has no words of its own, nor one whose words others have a fourth as often.
_HOUSE, _RARER = 5, 4
# The number of an outlet stands before that of a term in a key.
_TERMS = 2**32
# Keys that wait at least before they are counted.
_WAITING = 1_000_000
# Most words of a block that an article is known by.
_MOST = 100
# Blocks of a vector: the number of a term is that of its word times so many, and then that of its block.
BLOCKS = len(_SHARES)


class Cells(NamedTuple):
    """Counts of terms in articles, both by number; that of a term tells its block."""

    document: Ints
    term: Ints
    n: Ints


def cells(tokens: pa.Table, place: Mapping[str, int], known: dict[str, int]) -> Cells:
    """Return the terms of a part of the table tokens, of the documents in `place`; `known` numbers the words."""
    encoded = {name: first_seen(tokens[name]).dictionary_encode() for name in ("doc_id", "norm", "pos")}
    texts = {name: array.dictionary.to_pylist() for name, array in encoded.items()}
    index = {name: array.indices.to_numpy() for name, array in encoded.items()}
    document = np.array([place.get(doc_id, -1) for doc_id in texts["doc_id"]], np.int64)[index["doc_id"]]
    pos = np.array([_CONTENT.index(name) if name in _CONTENT else -1 for name in texts["pos"]], np.int64)[index["pos"]]
    is_word, is_stop = (tokens[name].combine_chunks().to_numpy(zero_copy_only=False) for name in ("is_word", "is_stop"))
    chosen = is_word & ~is_stop & (document >= 0) & (pos >= 0)
    document, pos, norm = document[chosen], pos[chosen], index["norm"][chosen]
    used, local = np.unique(norm, return_inverse=True)
    numbers = [known.setdefault(texts["norm"][at], len(known)) for at in used.tolist()]
    term = np.array(numbers, np.int64)[local] * BLOCKS
    weight = 1 + (pos == _CONTENT.index("PROPN"))
    early = tokens["sentence"].to_numpy()[chosen] < _BEGINNING
    number = pos == _CONTENT.index("NUM")
    return summed(
        Cells(document, term, weight),
        Cells(document[early], term[early] + 1, weight[early]),
        Cells(document[number], term[number] + 2, np.ones(int(number.sum()), np.int64)),
    )


def summed(*parts: Cells) -> Cells:
    """Return the cells of several parts added up, in the order of document and term."""
    document, term, n = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    size = 1 + int(np.max(term, initial=0))
    (key,), (n,) = sum_packed([document * size + term], n)
    return Cells(key // size, key % size, n)


class Frequencies(NamedTuple):
    """In how many documents each term stands, of all and of each outlet.

    `outlet` has the outlet of each document by number, -1 where it is not known; `keys` are an outlet and a term, in
    one number, and `n` the documents of it.
    """

    outlet: Ints
    documents: Ints
    keys: Ints
    n: Ints


def frequencies_of(parts: Iterable[Cells], outlet: Ints) -> Frequencies:
    """Return the frequencies of terms in parts of the documents, of which `outlet` has the outlets."""
    documents = np.zeros(0, np.int64)
    known: tuple[Ints, Ints] = (np.zeros(0, np.int64), np.zeros(0, np.int64))
    waiting: list[Ints] = []
    size = 0

    def merged() -> tuple[Ints, Ints]:
        new, n = np.unique(np.concatenate([np.zeros(0, np.int64), *waiting]), return_counts=True)
        (keys,), (sums,) = sum_packed([np.append(known[0], new)], np.append(known[1], n))
        return keys, sums

    for part in parts:
        more = np.bincount(part.term, minlength=len(documents))
        more[: len(documents)] += documents
        documents = more
        of_part = outlet[part.document]
        waiting.append((of_part * _TERMS + part.term)[of_part >= 0])
        size += len(waiting[-1])
        # Not more often than they double, so that the work does not grow with the square of the corpus.
        if size > max(_WAITING, len(known[0])):
            known, waiting, size = merged(), [], 0
    return Frequencies(outlet, documents, *merged())


def house_words(frequencies: Frequencies) -> Ints:
    """Return the keys of terms that half of the documents of an outlet have, of `_HOUSE` or more, and in those of
    others are `_RARER` times as rare: what the outlet writes always, its town, its press officers.
    """
    keys, n = frequencies.keys, frequencies.n
    sizes = np.bincount(frequencies.outlet[frequencies.outlet >= 0])
    outlet, term = np.divmod(keys, _TERMS)
    size, elsewhere = sizes[outlet], frequencies.documents[term] - n
    is_rare = _RARER * elsewhere * size <= n * (len(frequencies.outlet) - size)
    return keys[(size >= _HOUSE) & (2 * n >= size) & is_rare]


def without_terms(part: Cells, outlet: Ints, house: Ints) -> Cells:
    """Return cells without those of `house`, keys as `house_words` returns them; `outlet` is that of each document."""
    of_part = outlet[part.document]
    is_house = (of_part >= 0) & np.isin(of_part * _TERMS + part.term, house)
    return Cells(*(array[~is_house] for array in part))


def word_weights(words: Iterable[str], frequency: Ints, documents: int) -> Ints:
    """Return the inverse document frequency of each term of `words`, in quarters; `frequency` has its documents."""
    common = {word: float(share) for word, share in tab_rows("word_shares.tsv")}
    elsewhere = np.repeat(np.array([_OTHERS * common.get(word, 0.0) for word in words]), BLOCKS)
    elsewhere[: len(frequency)] += frequency
    inverse = np.log((documents + _OTHERS) / np.maximum(1, elsewhere))
    return np.rint(_STEP * inverse).astype(np.int64)


def vectors(
    parts: Iterable[Cells], words: Sequence[str], frequency: Ints, documents: int
) -> Iterator[tuple[Ints, Rows]]:
    """Yield the documents of each part and their vectors.

    `frequency` has for each term of `words` the documents that have it; `documents` is how many there are.
    """
    inverse = word_weights(words, frequency, documents)
    alone = _FEW / (documents + _FEW)
    for part in parts:
        weight = (1 + np.log(part.n)) * inverse[part.term]
        block = part.document * BLOCKS + part.term % BLOCKS
        shared = frequency[part.term] > 1
        squares = np.bincount(block, np.where(shared, 1, alone) * weight**2)
        chosen = np.flatnonzero(shared & (weight > 0))
        order = chosen[np.lexsort((part.term[chosen], -weight[chosen], block[chosen]))]
        starts = np.flatnonzero(np.diff(block[order], prepend=-1))
        place = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
        chosen = np.sort(order[place < _MOST])
        share = np.sqrt(np.array(_SHARES))[part.term[chosen] % BLOCKS]
        value = np.rint(SCALE * share * weight[chosen] / np.sqrt(squares[block[chosen]])).astype(np.int16)
        document, first = np.unique(part.document[chosen], return_index=True)
        yield document, Rows(np.append(first, len(chosen)), part.term[chosen].astype(np.int32), value)
