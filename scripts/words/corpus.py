"""The word counts of all batches as one corpus, whose words and documents are numbered in alphabetical order."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.batches import read_batches
from scripts.core.storage import read_parquet, read_without_texts

Ints = np.ndarray
MILLION = 1_000_000


class Corpus(NamedTuple):
    """A sparse matrix of how often each word occurs in each document, its cells by document, then by word.

    A cell has a number in `documents` (doc_ids), one in `vocabulary`, and a count (`counts`). `sizes` is the number of
    words of each document.
    """

    documents: list[str]
    vocabulary: list[str]
    sizes: Ints
    document: Ints
    word: Ints
    counts: Ints


def merge_vocabularies(parts: Sequence[pa.Array]) -> tuple[list[str], list[Ints]]:
    """Return one sorted vocabulary of several, and for each of them the numbers of its words in the new one.

    >>> merge_vocabularies([pa.array(["b", "c"]), pa.array(["a", "c"])])
    (['a', 'b', 'c'], [array([1, 2]), array([0, 2])])
    """
    encoded = pa.concat_arrays([pa.array([], pa.string()), *parts]).dictionary_encode()
    words = encoded.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    number = np.empty(len(words), np.int64)
    number[order] = np.arange(len(words))
    numbers = number[encoded.indices.to_numpy()]
    return [words[place] for place in order], np.split(numbers, np.cumsum([len(part) for part in parts]))[:-1]


def read_vocabularies(folder: Path, batches: Iterable[str]) -> tuple[list[str], list[Ints]]:
    """Return the vocabulary of the corpus, and the numbers in it of the words of each batch."""
    tables = (read_parquet(folder / batch / "vocabulary.parquet") for batch in batches)
    return merge_vocabularies([table["word"].combine_chunks() for table in tables])


def read_corpus(folder: Path) -> Corpus:
    """Return the word counts of all batches below `folder`."""
    batches = read_batches(folder)
    vocabulary, numbers = read_vocabularies(folder, batches)
    none = np.array([], np.int64)
    names, sizes, words, counts = [], [none], [], []
    for batch, number in zip(batches, numbers, strict=True):
        documents = read_parquet(folder / batch / "document_counts.parquet", ["doc_id", "n_words"])
        cells = read_parquet(folder / batch / "word_counts.parquet")
        names += documents["doc_id"].to_pylist()
        sizes.append(documents["n_words"].to_numpy())
        first = np.searchsorted(cells["document"].to_numpy(), np.arange(len(documents)))
        words += np.split(number[cells["word"].to_numpy()], first)[1:]
        counts += np.split(cells["count"].to_numpy(), first)[1:]
    # The cells of a document are together, by word: only documents must be put in order, not cells.
    order = sorted(range(len(names)), key=names.__getitem__)
    word, count = (np.concatenate([none, *(parts[place] for place in order)]) for parts in (words, counts))
    owner = np.repeat(np.arange(len(names)), [len(words[place]) for place in order])
    return Corpus([names[place] for place in order], vocabulary, np.concatenate(sizes)[order], owner, word, count)


def counted_documents(path: Path, corpus: Corpus) -> pa.Table:
    """Return the rows of the table documents, without texts, that the corpus counts; others are in another language."""
    documents = read_without_texts(path)
    return documents.filter(pc.is_in(documents["doc_id"], pa.array(corpus.documents, pa.string())))


def merge_corpora(corpus: Corpus, addition: Corpus) -> Corpus:
    """Return both corpora as one, with the documents of `addition` after those of `corpus`."""
    parts = [pa.array(words, pa.string()) for words in (corpus.vocabulary, addition.vocabulary)]
    vocabulary, numbers = merge_vocabularies(parts)
    word = np.concatenate([numbers[0][corpus.word], numbers[1][addition.word]])
    document = np.concatenate([corpus.document, addition.document + len(corpus.documents)])
    count = np.concatenate([corpus.counts, addition.counts])
    sizes = np.concatenate([corpus.sizes, addition.sizes])
    return Corpus(corpus.documents + addition.documents, vocabulary, sizes, document, word, count)


def count_matrix(corpus: Corpus, documents: np.ndarray, words: Ints) -> np.ndarray:
    """Return the counts of the words numbered `words` (columns) in the documents of a mask (rows)."""
    column = np.full(len(corpus.vocabulary), -1)
    column[words] = np.arange(len(words))
    cells = (column[corpus.word] >= 0) & documents[corpus.document]
    row = np.cumsum(documents) - 1
    matrix = np.zeros((int(documents.sum()), len(words)))
    matrix[row[corpus.document[cells]], column[corpus.word[cells]]] = corpus.counts[cells]
    return matrix
