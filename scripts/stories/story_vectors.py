"""Articles as vectors that show whether they are about one event: all words, the words of the beginning, and numbers.

A vector has three blocks whose squared lengths are `_SHARES`, so that the product of two vectors is a weighted mean of
three cosines: of all content words (proper nouns count twice), of those in the first sentences, and of numbers. A word
weighs the logarithm of its frequency times its inverse document frequency (Salton, G. & Buckley, C. 1988, Information
Processing & Management 24: 513-523). Documents are those of the corpus and `_OTHERS` more in which words are as common
as in news at large (workflow/lexicons/word_shares.tsv), since a small corpus says little about that. Words of a single
article make it less similar to all others, but less so in a large corpus, where most words occur again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.lexicons import tab_rows
from scripts.core.storage import first_seen
from scripts.core.text_values import looked_up
from scripts.maths.linkage import Rows
from scripts.maths.tuples import distinct, ranges, sum_packed

COLUMNS = ["doc_id", "sentence", "norm", "pos", "is_word", "is_stop"]
_CONTENT = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM")
# Weights of the cosines of all words, of the beginning and of numbers, from a logistic regression on pairs of articles
# (benchmarks/stories.py), and the number of sentences in the beginning.
_SHARES = (0.4, 0.4, 0.2)
_BEGINNING = 4
_OTHERS = 500
# The number of articles in a corpus at which words of a single article count half.
_FEW = 50
# A product equal to the square of this is a similarity of 1.
SCALE = 1000
# Inverse document frequencies are rounded to quarters, so that one more article changes few of them.
_STEP = 4
# House words: the fewest documents of an outlet that has any, and how many times rarer they are elsewhere.
_HOUSE, _RARER = 5, 4
# A key is the number of an outlet times this, plus the number of a term.
_TERMS = 2**32
# Documents whose vectors are moved at a time.
_AT_A_TIME = 2_000
# More keys than this must wait before they are counted.
_WAITING = 1_000_000
# The most words in each block of an article's vector.
_MOST = 100
# Blocks of a vector: a term's number is its word's number times this, plus the number of its block.
BLOCKS = len(_SHARES)


class Cells(NamedTuple):
    """Counts of terms in articles, both by number; a term's number includes its block (`BLOCKS`)."""

    document: Ints
    term: Ints
    n: Ints


def cells(tokens: pa.Table, place: Mapping[str, int], known: dict[str, int], quoted: Cells) -> Cells:
    """Return the terms in a part of the table tokens, for the documents in `place`; `known` numbers the words.

    Adds the families of quotes of these documents from `quoted`, which is in the order of documents.
    """
    norms = first_seen(tokens["norm"]).dictionary_encode()
    document = looked_up(tokens["doc_id"], lambda doc_id: place.get(doc_id, -1))
    pos = looked_up(tokens["pos"], lambda name: _CONTENT.index(name) if name in _CONTENT else -1)
    is_word, is_stop = (tokens[name].combine_chunks().to_numpy(zero_copy_only=False) for name in ("is_word", "is_stop"))
    chosen = is_word & ~is_stop & (document >= 0) & (pos >= 0)
    document, pos, norm = document[chosen], pos[chosen], norms.indices.to_numpy()[chosen]
    used, local = np.unique(norm, return_inverse=True)
    numbers = [known.setdefault(text, len(known)) for text in norms.dictionary.take(pa.array(used)).to_pylist()]
    term = np.array(numbers, np.int64)[local] * BLOCKS
    weight = 1 + (pos == _CONTENT.index("PROPN"))
    early = tokens["sentence"].to_numpy()[chosen] < _BEGINNING
    number = pos == _CONTENT.index("NUM")
    return _summed(
        Cells(document, term, weight),
        Cells(document[early], term[early] + 1, weight[early]),
        Cells(document[number], term[number] + 2, np.ones(int(number.sum()), np.int64)),
        _of_documents(quoted, document),
    )


def stored(parts: Iterable[Cells], file: IO[bytes]) -> Iterator[Cells]:
    """Yield parts of cells, each after appending it to a file: its size, then its numbers."""
    for part in parts:
        np.array([len(part.document)], np.int64).tofile(file)
        np.stack(part).astype(np.int32).tofile(file)
        yield part


def read_stored(file: IO[bytes]) -> Iterator[Cells]:
    """Yield the parts of cells that `stored` wrote to a file."""
    file.seek(0)
    while (size := np.fromfile(file, np.int64, 1)).size:
        yield Cells(*np.fromfile(file, np.int32, len(Cells._fields) * int(size[0])).reshape(len(Cells._fields), -1))


def _of_documents(cells_of_all: Cells, document: Ints) -> Cells:
    """Return the cells of the documents numbered in `document` (repeats allowed), from cells in order of document."""
    numbers = distinct(document)
    first, last = (np.searchsorted(cells_of_all.document, numbers, side) for side in ("left", "right"))
    at = ranges(first, last - first)
    return Cells(*(array[at] for array in cells_of_all))


def _summed(*parts: Cells) -> Cells:
    """Return the cells of several parts added up, in the order of document and term."""
    document, term, n = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    size = 1 + int(np.max(term, initial=0))
    (key,), (n,) = sum_packed([document * size + term], n)
    return Cells(key // size, key % size, n)


class Frequencies(NamedTuple):
    """The number of documents with each term, the house words of outlets, and bounds for the sizes of vectors.

    `house` has the keys, as `_keys` returns them, of terms that an outlet always writes; `most` is the maximum number
    of cells in the vector of each document.
    """

    documents: Ints
    house: Ints
    most: Ints


def _keys(part: Cells, outlet: Ints) -> Ints:
    """Return one number per cell for its outlet and term together, negative if the outlet is not known."""
    return outlet[part.document] * _TERMS + part.term


def _blocks(part: Cells) -> tuple[Ints, Ints]:
    """Return the documents of cells, and the number of each cell's block; each document has `BLOCKS` in a row."""
    is_first = np.diff(part.document, prepend=-1) > 0
    return part.document[is_first], (np.cumsum(is_first) - 1) * BLOCKS + part.term % BLOCKS


def frequencies_of(parts: Iterable[Cells], outlet: Ints) -> Frequencies:
    """Return the frequencies of terms from parts of cells; `outlet` is that of each document, -1 if it is not known."""
    documents, most = np.zeros(0, np.int64), np.zeros(len(outlet), np.int64)
    known = np.zeros(0, np.int64), np.zeros(0, np.int32)
    waiting: list[Ints] = []
    size = 0
    for part in parts:
        more = np.bincount(part.term, minlength=len(documents))
        more[: len(documents)] += documents
        documents = more
        document, block = _blocks(part)
        sizes = np.minimum(np.bincount(block, minlength=len(document) * BLOCKS), _MOST)
        most[document] = sizes.reshape(-1, BLOCKS).sum(axis=1)
        keys = _keys(part, outlet)
        waiting.append(keys[keys >= 0])
        size += len(waiting[-1])
        # Only once they have doubled, so that the work does not grow with the square of the corpus.
        if size > max(_WAITING, len(known[0])):
            known, waiting, size = _counted(*known, waiting), [], 0
    return Frequencies(documents, _house_words(*_counted(*known, waiting), documents, outlet), most)


def _counted(keys: Ints, n: Ints, waiting: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Return counted and waiting keys merged in order, and how often each occurs; this changes `n`."""
    more, n_more = np.unique(np.concatenate([keys[:0], *waiting]), return_counts=True)
    at = np.searchsorted(keys, more)
    is_new = np.append(keys, -1)[at] != more
    n[at[~is_new]] += n_more[~is_new].astype(n.dtype)
    return np.insert(keys, at[is_new], more[is_new]), np.insert(n, at[is_new], n_more[is_new])


def _house_words(keys: Ints, n: Ints, documents: Ints, outlet: Ints) -> Ints:
    """Return the keys of terms that an outlet always writes, such as its town or its press officers.

    At least half of the outlet's documents, `_HOUSE` or more, have such a term; elsewhere it is `_RARER` times as rare.
    """
    sizes = np.bincount(outlet[outlet >= 0])
    is_common = 2 * n >= sizes[keys // _TERMS]
    keys, n = keys[is_common], n[is_common]
    number, term = np.divmod(keys, _TERMS)
    size, elsewhere = sizes[number], documents[term] - n
    is_rare = _RARER * elsewhere * size <= n * (len(outlet) - size)
    return keys[(size >= _HOUSE) & is_rare]


def without_terms(part: Cells, outlet: Ints, house: Ints) -> Cells:
    """Return cells without those whose `_keys` are in `house`; `outlet` is that of each document."""
    is_house = np.isin(_keys(part, outlet), house)
    return Cells(*(array[~is_house] for array in part))


def word_weights(words: Iterable[str], frequency: Ints, documents: int) -> Ints:
    """Return the inverse document frequency, in quarters, of each term of `words` from its number of documents."""
    common = {word: float(share) for word, share in tab_rows("word_shares.tsv")}
    elsewhere = np.repeat(np.array([_OTHERS * common.get(word, 0.0) for word in words]), BLOCKS)
    elsewhere[: len(frequency)] += frequency
    inverse = np.log((documents + _OTHERS) / np.maximum(1, elsewhere))
    return np.rint(_STEP * inverse).astype(np.int64)


def vectors(parts: Iterable[Cells], words: Sequence[str], frequencies: Frequencies, rank: Ints) -> Rows:
    """Return the vectors of documents from parts of their cells; `words` are those of the terms, by number.

    The columns are numbered by the `rank` of each word, which also decides among equal weights.
    """
    frequency, documents = frequencies.documents, len(frequencies.most)
    bounds = np.append(0, np.cumsum(frequencies.most))
    column, value = np.empty(bounds[-1], np.int32), np.empty(bounds[-1], np.int16)
    n = np.zeros(documents, np.int64)
    inverse = word_weights(words, frequency, documents)
    alone = _FEW / (documents + _FEW)
    for part in parts:
        weight = (1 + np.log(part.n)) * inverse[part.term]
        document, block = _blocks(part)
        shared = frequency[part.term] > 1
        squares = np.bincount(block, np.where(shared, 1, alone) * weight**2)
        chosen = np.flatnonzero(shared & (weight > 0))
        ranked = rank[part.term // BLOCKS] * BLOCKS + part.term % BLOCKS
        order = chosen[np.lexsort((ranked[chosen], -weight[chosen], block[chosen]))]
        starts = np.flatnonzero(np.diff(block[order], prepend=-1))
        place = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
        chosen = order[place < _MOST]
        chosen = chosen[np.lexsort((ranked[chosen], part.document[chosen]))]
        share = np.sqrt(np.array(_SHARES))[part.term[chosen] % BLOCKS]
        n[document] = of_part = np.bincount(block[chosen] // BLOCKS, minlength=len(document))
        at = ranges(bounds[document], of_part)
        column[at] = ranked[chosen]
        value[at] = np.rint(SCALE * share * weight[chosen] / np.sqrt(squares[block[chosen]]))
    return _without_gaps(bounds, n, column, value)


def _without_gaps(first: Ints, n: Ints, column: Ints, value: Ints) -> Rows:
    """Return vectors that begin at `first` and have `n` cells, closing the gaps between them in place."""
    bounds = np.append(0, np.cumsum(n))
    for start in range(0, len(n), _AT_A_TIME):
        end = min(start + _AT_A_TIME, len(n))
        at = ranges(first[start:end], n[start:end])
        for array in (column, value):
            array[bounds[start] : bounds[end]] = array[at]
    return Rows(bounds, column[: bounds[-1]], value[: bounds[-1]])
