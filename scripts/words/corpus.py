"""The word counts of all batches as one corpus, whose words and documents are numbered in alphabetical order.

A million articles have some 300 million cells. They take six bytes each, put into their final place a batch after
another, and steps go over them in blocks, so that nothing else grows with the cells.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.batches import read_batches
from scripts.core.storage import read_parquet, read_without_texts
from scripts.maths.tuples import ranges

MILLION = 1_000_000
_BATCHES, _CELLS = 64, 2_000_000  # vocabularies that are joined, and cells that are looked at, at a time


class Block(NamedTuple):
    """Some documents of a corpus, from number `first` to before `last`, and for each cell its three numbers."""

    first: int
    last: int
    document: Ints
    word: Ints
    counts: Ints


class Corpus(NamedTuple):
    """A sparse matrix of how often each word occurs in each document, its cells by document, then by word.

    A cell has a number in `vocabulary` (`word`), in 32 bits, and a count (`counts`), in 16 or in as many as the
    largest needs. Those of a document are together: `bounds` has the first cell of each of `documents` (doc_ids),
    and the number of all. `sizes` is the number of words of each document.
    """

    documents: list[str]
    vocabulary: list[str]
    sizes: Ints
    bounds: Ints
    word: Ints
    counts: Ints

    def block(self, first: int, last: int) -> Block:
        """Return the documents numbered from `first` to before `last`."""
        bounds = self.bounds[first : last + 1]
        cells = slice(bounds[0], bounds[-1])
        document = np.repeat(np.arange(first, last, dtype=np.int32), np.diff(bounds))
        return Block(first, last, document, self.word[cells], self.counts[cells])

    def blocks(self, cells: int = _CELLS) -> Iterator[Block]:
        """Yield all documents in their order, at most so many cells at a time, or one document."""
        first = 0
        while first < len(self.documents):
            last = int(np.searchsorted(self.bounds, self.bounds[first] + cells, side="right")) - 1
            last = min(max(last, first + 1), len(self.documents))
            yield self.block(first, last)
            first = last

    def totals(self) -> tuple[Ints, Ints]:
        """Return how often each word of the vocabulary occurs, and in how many documents."""
        counts, documents = np.zeros((2, len(self.vocabulary)), np.int64)
        for block in self.blocks():
            counts += np.bincount(block.word, block.counts, len(counts)).astype(np.int64)
            documents += np.bincount(block.word, minlength=len(documents))
        return counts, documents


def merge_vocabularies(parts: Iterable[pa.Array]) -> tuple[list[str], list[Ints]]:
    """Return one sorted vocabulary of several, and for each of them the numbers of its words in the new one.

    >>> merge_vocabularies([pa.array(["b", "c"]), pa.array(["a", "c"])])
    (['a', 'b', 'c'], [array([1, 2], dtype=int32), array([0, 2], dtype=int32)])
    """
    words, indices, waiting = pa.array([], pa.string()), [], iter(parts)
    while some := [*islice(waiting, _BATCHES)]:
        # Words that were seen keep their numbers, since they come first.
        encoded = pa.concat_arrays([words, *some]).dictionary_encode()
        places = encoded.indices.to_numpy()[len(words) :]
        indices += [part.copy() for part in np.split(places, np.cumsum([len(part) for part in some]))[:-1]]
        words = encoded.dictionary
    names = words.to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    number = np.empty(len(names), np.int32)
    number[order] = np.arange(len(names))
    return [names[place] for place in order], [number[part] for part in indices]


def read_vocabularies(folder: Path, batches: Iterable[str]) -> tuple[list[str], list[Ints]]:
    """Return the vocabulary of the corpus, and the numbers in it of the words of each batch."""
    tables = (read_parquet(folder / batch / "vocabulary.parquet") for batch in batches)
    return merge_vocabularies(table["word"].combine_chunks() for table in tables)


def read_corpus(folder: Path) -> Corpus:
    """Return the word counts of all batches below `folder`."""
    batches = read_batches(folder)
    vocabulary, numbers = read_vocabularies(folder, batches)
    names: list[str] = []
    sizes, lengths, largest = [np.array([], np.int64)], [np.array([], np.int64)], 0
    for batch in batches:
        documents = read_parquet(folder / batch / "document_counts.parquet", ["doc_id", "n_words"])
        cells = read_parquet(folder / batch / "word_counts.parquet", ["document", "count"])
        names += documents["doc_id"].to_pylist()
        sizes.append(documents["n_words"].to_numpy())
        lengths.append(np.bincount(cells["document"].to_numpy(), minlength=len(documents)))
        largest = max(largest, cells["count"].to_numpy().max(initial=0))
    order = sorted(range(len(names)), key=names.__getitem__)
    length = np.concatenate(lengths)
    bounds = np.concatenate([[0], np.cumsum(length[order])])
    first_cell = np.empty(len(names), np.int64)
    first_cell[order] = bounds[:-1]
    word = np.empty(bounds[-1], np.int32)
    counts = np.empty(bounds[-1], np.promote_types(np.min_scalar_type(largest), np.uint16))
    document = 0
    for batch, number, of_batch in zip(batches, numbers, lengths[1:], strict=True):
        cells = read_parquet(folder / batch / "word_counts.parquet", ["word", "count"])
        # The cells of a document are together, by word: only documents must be put in order, not cells.
        places = ranges(first_cell[document : document + len(of_batch)], of_batch)
        word[places], counts[places] = number[cells["word"].to_numpy()], cells["count"].to_numpy()
        document += len(of_batch)
    return Corpus([names[place] for place in order], vocabulary, np.concatenate(sizes)[order], bounds, word, counts)


def counted_documents(path: Path, corpus: Corpus) -> pa.Table:
    """Return the rows of the table documents, without texts, that the corpus counts; others are in another language."""
    documents = read_without_texts(path)
    return documents.filter(pc.is_in(documents["doc_id"], pa.array(corpus.documents, pa.string())))


def merge_corpora(corpus: Corpus, addition: Corpus) -> Corpus:
    """Return both corpora as one, with the documents of `addition` after those of `corpus`."""
    parts = [pa.array(words, pa.string()) for words in (corpus.vocabulary, addition.vocabulary)]
    vocabulary, numbers = merge_vocabularies(parts)
    word = np.concatenate([numbers[0][corpus.word], numbers[1][addition.word]])
    bounds = np.concatenate([corpus.bounds, addition.bounds[1:] + len(corpus.word)])
    counts = np.concatenate([corpus.counts, addition.counts])
    sizes = np.concatenate([corpus.sizes, addition.sizes])
    return Corpus(corpus.documents + addition.documents, vocabulary, sizes, bounds, word, counts)


def count_matrix(corpus: Corpus, documents: np.ndarray, words: Ints) -> np.ndarray:
    """Return the counts of the words numbered `words` (columns) in the documents of a mask (rows)."""
    column = np.full(len(corpus.vocabulary), -1)
    column[words] = np.arange(len(words))
    row = np.cumsum(documents) - 1
    matrix = np.zeros((int(documents.sum()), len(words)))
    for block in corpus.blocks() if len(words) else ():
        cells = (column[block.word] >= 0) & documents[block.document]
        matrix[row[block.document[cells]], column[block.word[cells]]] = block.counts[cells]
    return matrix
