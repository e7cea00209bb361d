"""The word counts of all batches as one corpus, whose words and documents are numbered in alphabetical order.

A million articles have some 300 million cells of six bytes each. They are put into their final place batch by batch,
and steps process them in blocks, so that nothing else grows with the number of cells.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.arrays import Ints, Mask
from scripts.core.batches import read_batches
from scripts.core.storage import read_parquet
from scripts.documents.groups import read_grouped
from scripts.maths.document_shares import Sums, prior_in_common, share_interval
from scripts.maths.intervals import ENOUGH
from scripts.maths.tuples import ranges

MILLION = 1_000_000
_BATCHES, _CELLS = 64, 2_000_000  # vocabularies joined, and cells processed, at a time


class _Block(NamedTuple):
    """The documents of a corpus from number `first` to before `last`: the document, word and count of each cell."""

    first: int
    last: int
    document: Ints
    word: Ints
    counts: Ints


class WordCorpus(NamedTuple):
    """A sparse matrix of how often each word occurs in each document, its cells by document, then by word.

    A cell has the index of its word in `vocabulary` (`word`, 32 bits) and a count (`counts`, 16 bits or as many as the
    largest needs). The cells of a document are contiguous: `bounds` has the first cell of each of `documents`
    (doc_ids), and then the number of cells. `sizes` is the number of words of each document.
    """

    documents: list[str]
    vocabulary: list[str]
    sizes: Ints
    bounds: Ints
    word: Ints
    counts: Ints

    def block(self, first: int, last: int) -> _Block:
        """Return the documents numbered from `first` to before `last`."""
        bounds = self.bounds[first : last + 1]
        cells = slice(bounds[0], bounds[-1])
        document = np.repeat(np.arange(first, last, dtype=np.int32), np.diff(bounds))
        return _Block(first, last, document, self.word[cells], self.counts[cells])

    def blocks(self, cells: int = _CELLS) -> Iterator[_Block]:
        """Yield all documents in order, in blocks of at most `cells` cells but at least one document."""
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


def rate_columns(sums: Sums, *, common: Mask) -> dict[str, Any]:
    """Return the columns for word counts over documents: counts, totals, and rates per million with their intervals.

    The prior for the resemblance of documents comes from the words in the mask `common`; it weighs more the fewer
    documents have a word. With fewer than ENOUGH documents the ends of intervals are NaN.
    """
    prior = prior_in_common(Sums(*(column[common] for column in sums)))
    is_enough = sums.documents >= ENOUGH
    lo, hi = (np.where(is_enough, end, np.nan) * MILLION for end in share_interval(sums, prior=prior))
    counts, totals = sums.hits.astype(np.int64), sums.totals.astype(np.int64)
    rates = {"estimate": counts / np.maximum(totals, 1) * MILLION, "lo": lo, "hi": hi}
    return {"count": counts, "n": totals, **rates}


def merge_vocabularies(parts: Iterable[pa.Array]) -> tuple[list[str], list[Ints]]:
    """Return several vocabularies merged into one sorted list, and the numbers in it of the words of each.

    >>> merge_vocabularies([pa.array(["b", "c"]), pa.array(["a", "c"])])
    (['a', 'b', 'c'], [array([1, 2], dtype=int32), array([0, 2], dtype=int32)])
    """
    words, indices, waiting = pa.array([], pa.string()), [], iter(parts)
    while some := [*islice(waiting, _BATCHES)]:
        # Words from earlier parts keep their numbers, since they come first.
        encoded = pa.concat_arrays([words, *some]).dictionary_encode()
        places = encoded.indices.to_numpy()[len(words) :]
        indices += [part.copy() for part in np.split(places, np.cumsum([len(part) for part in some]))[:-1]]
        words = encoded.dictionary
    names = words.to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    number = np.empty(len(names), np.int32)
    number[order] = np.arange(len(names))
    return [names[place] for place in order], [number[part] for part in indices]


def read_vocabularies(folders: Iterable[Path]) -> tuple[list[str], list[Ints]]:
    """Return the merged vocabulary of folders of counts, and the numbers in it of the words of each."""
    tables = (read_parquet(folder / "vocabulary.parquet") for folder in folders)
    return merge_vocabularies(table["word"].combine_chunks() for table in tables)


def count_folders(folder: Path, repeated: Path | None = None) -> list[Path]:
    """Return the folders of counts: those of the batches below `folder`, then `repeated` (without boilerplate)."""
    return [*(folder / batch for batch in read_batches(folder)), *filter(None, [repeated])]


def read_document_counts(
    folders: Sequence[Path], columns: list[str] | None = None
) -> list[tuple[pa.Table, NDArray[np.bool_]]]:
    """Return the table document_counts of each folder, with a mask of the documents whose counts it supplies.

    If a document is in two folders, the last one supplies them, counted without boilerplate.
    """
    tables = [read_parquet(folder / "document_counts.parquet", columns) for folder in folders]
    last = {doc_id: at for at, table in enumerate(tables) for doc_id in table["doc_id"].to_pylist()}
    return [
        (table, np.array([last[doc_id] == at for doc_id in table["doc_id"].to_pylist()], bool))
        for at, table in enumerate(tables)
    ]


def read_word_corpus(folder: Path, repeated: Path | None = None, chosen: Collection[str] | None = None) -> WordCorpus:
    """Return the word counts of all batches below `folder`; `repeated` has those of documents without boilerplate.

    If `chosen` is given, only those documents are read, and the vocabulary has only their words.
    """
    folders = count_folders(folder, repeated)
    vocabulary, numbers = read_vocabularies(folders)
    of_folders = read_document_counts(folders, ["doc_id", "n_words"])
    if chosen is not None:
        doc_ids = pa.array(chosen, pa.string())
        of_folders = [(table, counts & pc.is_in(table["doc_id"], doc_ids).to_numpy()) for table, counts in of_folders]
    names: list[str] = []
    sizes, lengths, largest = [np.array([], np.int64)], [np.array([], np.int64)], 0
    for path, (documents, counts) in zip(folders, of_folders, strict=True):
        cells = read_parquet(path / "word_counts.parquet", ["document", "count"])
        names += documents["doc_id"].filter(pa.array(counts)).to_pylist()
        sizes.append(documents["n_words"].to_numpy()[counts])
        lengths.append(np.bincount(cells["document"].to_numpy(), minlength=len(documents))[counts])
        largest = max(largest, cells["count"].to_numpy().max(initial=0))
    order = sorted(range(len(names)), key=names.__getitem__)
    length = np.concatenate(lengths)
    bounds = np.concatenate([[0], np.cumsum(length[order])])
    first_cell = np.empty(len(names), np.int64)
    first_cell[order] = bounds[:-1]
    word = np.empty(bounds[-1], np.int32)
    counts = np.empty(bounds[-1], np.promote_types(np.min_scalar_type(largest), np.uint16))
    document = 0
    for path, number, (_, counted), of_batch in zip(folders, numbers, of_folders, lengths[1:], strict=True):
        columns = read_parquet(path / "word_counts.parquet")
        inside = counted[columns["document"].to_numpy()]
        # A document's cells are contiguous and in order of word, so only documents must be put in order, not cells.
        places = ranges(first_cell[document : document + len(of_batch)], of_batch)
        word[places] = number[columns["word"].to_numpy()[inside]]
        counts[places] = columns["count"].to_numpy()[inside]
        document += len(of_batch)
    if repeated or chosen is not None:
        vocabulary = _used(vocabulary, word)
    return WordCorpus([names[place] for place in order], vocabulary, np.concatenate(sizes)[order], bounds, word, counts)


def _used(vocabulary: list[str], word: Ints) -> list[str]:
    """Return the words that occur in the cells `word`, and renumber these in place."""
    is_used = np.zeros(len(vocabulary), bool)
    is_used[word] = True
    number = (np.cumsum(is_used) - 1).astype(word.dtype)
    np.take(number, word, out=word, mode="clip")
    return [vocabulary[at] for at in np.flatnonzero(is_used).tolist()]


def counted_documents(path: Path, corpus: WordCorpus, columns: Iterable[str]) -> pa.Table:
    """Return the rows of the table documents that are in the corpus, without texts, for grouping by `columns`."""
    documents = read_grouped(path, columns)
    return documents.filter(pc.is_in(documents["doc_id"], pa.array(corpus.documents, pa.string())))


def merge_corpora(corpus: WordCorpus, addition: WordCorpus) -> WordCorpus:
    """Return both corpora as one, with the documents of `addition` after those of `corpus`."""
    parts = [pa.array(words, pa.string()) for words in (corpus.vocabulary, addition.vocabulary)]
    vocabulary, numbers = merge_vocabularies(parts)
    word = np.concatenate([numbers[0][corpus.word], numbers[1][addition.word]])
    bounds = np.concatenate([corpus.bounds, addition.bounds[1:] + len(corpus.word)])
    counts = np.concatenate([corpus.counts, addition.counts])
    sizes = np.concatenate([corpus.sizes, addition.sizes])
    return WordCorpus(corpus.documents + addition.documents, vocabulary, sizes, bounds, word, counts)


def count_matrix(corpus: WordCorpus, documents: np.ndarray, words: Ints) -> np.ndarray:
    """Return the counts of the words numbered `words` (columns) in the documents of a mask (rows)."""
    column = np.full(len(corpus.vocabulary), -1)
    column[words] = np.arange(len(words))
    row = np.cumsum(documents) - 1
    matrix = np.zeros((int(documents.sum()), len(words)))
    for block in corpus.blocks() if len(words) else ():
        cells = (column[block.word] >= 0) & documents[block.document]
        matrix[row[block.document[cells]], column[block.word[cells]]] = block.counts[cells]
    return matrix
