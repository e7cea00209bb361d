"""The batches' counts as one corpus. Words and documents are numbers here, in alphabetical order of their names."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.core.batches import read_batches
from scripts.core.storage import read_parquet

Ints = np.ndarray
MILLION = 1_000_000


class Corpus(NamedTuple):
    """How often each word occurs in each document: one cell of a sparse matrix a place, by document, then by word.

    `sizes` are the words of each document, `documents` their doc_ids; `document` and `word` count in the two lists.
    """

    documents: list[str]
    vocabulary: list[str]
    sizes: Ints
    document: Ints
    word: Ints
    count: Ints


def shared_vocabulary(parts: Sequence[pa.Array]) -> tuple[list[str], list[Ints]]:
    """One sorted vocabulary of several, and for each of them its words' numbers in it."""
    encoded = pa.concat_arrays([pa.array([], pa.string()), *parts]).dictionary_encode()
    words = encoded.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    number = np.empty(len(words), np.int64)
    number[order] = np.arange(len(words))
    numbers = number[encoded.indices.to_numpy()]
    return [words[place] for place in order], np.split(numbers, np.cumsum([len(part) for part in parts]))[:-1]


def read_vocabularies(folder: Path, batches: Iterable[str]) -> tuple[list[str], list[Ints]]:
    """The corpus's vocabulary, and the numbers of each batch's words in it."""
    tables = (read_parquet(folder / batch / "vocabulary.parquet") for batch in batches)
    return shared_vocabulary([table["word"].combine_chunks() for table in tables])


def read_corpus(folder: Path) -> Corpus:
    """The word counts of all batches below `folder`."""
    batches = read_batches(folder)
    vocabulary, numbers = read_vocabularies(folder, batches)
    none = np.array([], np.int64)
    names, sizes, words, counts = [], [none], [], []
    for batch, number in zip(batches, numbers, strict=True):
        lengths = read_parquet(folder / batch / "document_counts.parquet", ["doc_id", "n_words"])
        found = read_parquet(folder / batch / "word_counts.parquet")
        names += lengths["doc_id"].to_pylist()
        sizes.append(lengths["n_words"].to_numpy())
        first = np.searchsorted(found["document"].to_numpy(), np.arange(len(lengths)))
        words += np.split(number[found["word"].to_numpy()], first)[1:]
        counts += np.split(found["count"].to_numpy(), first)[1:]
    # The cells of a document stand together, by word. Only the documents must be put in order, not the cells.
    order = sorted(range(len(names)), key=names.__getitem__)
    word, count = (np.concatenate([none, *(cells[place] for place in order)]) for cells in (words, counts))
    owner = np.repeat(np.arange(len(names)), [len(words[place]) for place in order])
    return Corpus([names[place] for place in order], vocabulary, np.concatenate(sizes)[order], owner, word, count)


def counted_documents(path: Path, corpus: Corpus) -> pa.Table:
    """The documents, without their texts, whose words the corpus counts; the others are in other languages."""
    documents = read_parquet(path, [name for name in pq.read_schema(path).names if name != "text"])
    return documents.filter(pc.is_in(documents["doc_id"], pa.array(corpus.documents, pa.string())))


def merged(corpus: Corpus, other: Corpus) -> Corpus:
    """Both corpora as one, with the documents of `other` after those of `corpus`."""
    parts = [pa.array(words, pa.string()) for words in (corpus.vocabulary, other.vocabulary)]
    vocabulary, numbers = shared_vocabulary(parts)
    word = np.concatenate([numbers[0][corpus.word], numbers[1][other.word]])
    document = np.concatenate([corpus.document, other.document + len(corpus.documents)])
    count = np.concatenate([corpus.count, other.count])
    sizes = np.concatenate([corpus.sizes, other.sizes])
    return Corpus(corpus.documents + other.documents, vocabulary, sizes, document, word, count)


def matrix(corpus: Corpus, documents: np.ndarray, words: Ints) -> np.ndarray:
    """Frequencies of some words (columns) in some documents (a mask; rows)."""
    column = np.full(len(corpus.vocabulary), -1)
    column[words] = np.arange(len(words))
    there = (column[corpus.word] >= 0) & documents[corpus.document]
    row = np.cumsum(documents) - 1
    found = np.zeros((int(documents.sum()), len(words)))
    found[row[corpus.document[there]], column[corpus.word[there]]] = corpus.count[there]
    return found
