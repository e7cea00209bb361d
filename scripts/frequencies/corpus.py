"""The batches' counts as one corpus. Words and documents are numbers here, in alphabetical order of their names."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scripts.batches import read_batches
from scripts.storage import read_parquet

Ints = np.ndarray
MILLION = 1_000_000


class Corpus(NamedTuple):
    """How often each word occurs in each document: one cell of a sparse matrix a place, by word, then by document.

    `sizes` are the words of each document, `documents` their doc_ids; `document` and `word` count in the two lists.
    """

    documents: list[str]
    vocabulary: list[str]
    sizes: Ints
    document: Ints
    word: Ints
    count: Ints


def shared_vocabulary(parts: Sequence[Sequence[str]]) -> tuple[list[str], list[Ints]]:
    """One sorted vocabulary of several, and for each of them its words' numbers in it."""
    words = sorted(set().union(*parts))
    number = {word: place for place, word in enumerate(words)}
    return words, [np.array([number[word] for word in part], np.int64) for part in parts]


def read_vocabularies(folder: Path, batches: Iterable[str]) -> tuple[list[str], list[Ints]]:
    """The corpus's vocabulary, and the numbers of each batch's words in it."""
    parts = [read_parquet(folder / batch / "vocabulary.parquet")["word"].to_pylist() for batch in batches]
    return shared_vocabulary(parts)


def read_corpus(folder: Path) -> Corpus:
    """The word counts of all batches below `folder`."""
    batches = read_batches(folder)
    vocabulary, numbers = read_vocabularies(folder, batches)
    none = np.array([], np.int64)
    cells, names, sizes = [(none, none, none)], [], [none]
    for batch, number in zip(batches, numbers, strict=True):
        lengths = read_parquet(folder / batch / "document_counts.parquet", ["doc_id", "n_words"])
        found = read_parquet(folder / batch / "word_counts.parquet")
        cells.append(
            (found["document"].to_numpy() + len(names), number[found["word"].to_numpy()], found["count"].to_numpy())
        )
        names += lengths["doc_id"].to_pylist()
        sizes.append(lengths["n_words"].to_numpy())
    return _in_order(names, vocabulary, np.concatenate(sizes), *map(np.concatenate, zip(*cells, strict=True)))


def _in_order(names: list[str], vocabulary: list[str], sizes: Ints, document: Ints, word: Ints, count: Ints) -> Corpus:
    by_name = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), np.int64)
    place[by_name] = np.arange(len(names))
    document = place[document]
    order = np.argsort(word * max(1, len(names)) + document)
    return Corpus(
        [names[index] for index in by_name], vocabulary, sizes[by_name], document[order], word[order], count[order]
    )


def merged(corpus: Corpus, other: Corpus) -> Corpus:
    """Both corpora as one, with the documents of `other` after those of `corpus`."""
    vocabulary, numbers = shared_vocabulary([corpus.vocabulary, other.vocabulary])
    word = np.concatenate([numbers[0][corpus.word], numbers[1][other.word]])
    document = np.concatenate([corpus.document, other.document + len(corpus.documents)])
    count = np.concatenate([corpus.count, other.count])
    order = np.lexsort((document, word))
    sizes = np.concatenate([corpus.sizes, other.sizes])
    return Corpus(corpus.documents + other.documents, vocabulary, sizes, document[order], word[order], count[order])
