"""The tables tf_idf and similarity: the words of highest weight in each document, and the documents most alike."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa

from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.storage import arrow_schema, read_settings, to_table
from scripts.core.tables import write_table
from scripts.maths.similarity import tf_idf
from scripts.maths.tuples import ranges
from scripts.words.corpus import Corpus, read_corpus

TOP_WORDS = 10
NEAREST = 5
# Two documents are compared if they share one of their words of highest weight (words of one document alone aside). A
# word that is among these in more than _COMMON documents makes no pairs, as their number grows with the square.
_CANDIDATE_WORDS, _COMMON = 20, 200


def weights(corpus: Corpus) -> np.ndarray:
    """Return the tf-idf of every cell of the corpus."""
    documents = np.bincount(corpus.word, minlength=len(corpus.vocabulary))
    return tf_idf(corpus.counts, documents[corpus.word], len(corpus.documents))


def top_cells(corpus: Corpus, weight: np.ndarray, *, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the `most` cells of highest weight above zero of each document, by document, and their ranks from 1."""
    bounds = np.searchsorted(corpus.document, np.arange(len(corpus.documents) + 1)).tolist()
    negative = -weight
    cells = [np.array([], np.int64)]
    cells += [first + negative[first:last].argsort(kind="stable")[:most] for first, last in pairwise(bounds)]
    ranks = [np.arange(1, len(part) + 1) for part in cells]
    cell, rank = np.concatenate(cells), np.concatenate(ranks)
    return cell[weight[cell] > 0], rank[weight[cell] > 0]


def _without_stop_words(corpus: Corpus, weight: np.ndarray, stop: frozenset[str]) -> np.ndarray:
    """Return the weights of the cells, zero for stop words."""
    return weight * np.array([word not in stop for word in corpus.vocabulary], bool)[corpus.word]


def tf_idf_table(corpus: Corpus, weight: np.ndarray, *, stop: frozenset[str]) -> pa.Table:
    """Return the table tf_idf: the TOP_WORDS of each document; empty with one document, as every weight is zero."""
    cells, rank = top_cells(corpus, _without_stop_words(corpus, weight, stop), most=TOP_WORDS)
    documents = np.bincount(corpus.word, minlength=len(corpus.vocabulary))
    return to_table(
        "tf_idf",
        {
            "doc_id": np.array(corpus.documents, object)[corpus.document[cells]],
            "rank": rank,
            "word": np.array(corpus.vocabulary, object)[corpus.word[cells]],
            "count": corpus.counts[cells],
            "documents": documents[corpus.word[cells]],
            "n": np.full(len(cells), len(corpus.documents)),
            "estimate": weight[cells],
        },
    )


def _candidates(corpus: Corpus, weight: np.ndarray, stop: frozenset[str]) -> Iterator[list[int]]:
    """Yield for each document up to NEAREST others that share most weight of its words of highest weight."""
    words, documents = len(corpus.vocabulary), len(corpus.documents)
    elsewhere = np.bincount(corpus.word, minlength=words) > 1
    cells, _ = top_cells(
        corpus, _without_stop_words(corpus, weight, stop) * elsewhere[corpus.word], most=_CANDIDATE_WORDS
    )
    cells = cells[np.argsort(corpus.word[cells], kind="stable")]
    cells = cells[np.bincount(corpus.word[cells], minlength=words)[corpus.word[cells]] <= _COMMON]
    # By word, then by document: the documents of a word are together, from `first` on.
    word, document, values = corpus.word[cells], corpus.document[cells], weight[cells]
    first = np.searchsorted(word, word)
    number = np.searchsorted(word, word, side="right") - first
    order = np.argsort(document, kind="stable")
    bounds = np.searchsorted(document[order], np.arange(documents + 1)).tolist()
    for number_of_document, span in enumerate(pairwise(bounds)):
        own = order[slice(*span)]
        sizes = number[own]
        place = ranges(first[own], sizes)
        own = np.repeat(own, sizes)
        # The sum of floats depends on its order. By the distance in the list of a word it is the same for both.
        near = np.argsort(np.abs(place - own).astype(np.uint8), kind="stable")
        shared = np.bincount(document[place[near]], (values[place] * values[own])[near], documents)
        shared[number_of_document] = 0
        nearest = []
        for _ in range(NEAREST):
            neighbour = int(np.argmax(shared))
            if shared[neighbour] > 0:
                nearest.append(neighbour)
                shared[neighbour] = 0
        yield nearest


def similarity_table(corpus: Corpus, weight: np.ndarray, *, stop: frozenset[str]) -> pa.Table:
    """Return the table similarity: exact cosines of each document with those that share words of high weight."""
    bounds = np.searchsorted(corpus.document, np.arange(len(corpus.documents) + 1)).tolist()
    squares = np.bincount(corpus.document, weight**2, len(corpus.documents))
    lengths = np.sqrt(squares).tolist()
    dense = np.zeros(len(corpus.vocabulary))
    rows: dict[str, list] = {name: [] for name in arrow_schema("similarity").names}
    for document, neighbours in enumerate(_candidates(corpus, weight, stop)):
        own = slice(bounds[document], bounds[document + 1])
        dense[corpus.word[own]] = weight[own]
        cosines = []
        for neighbour in neighbours:
            cells = slice(bounds[neighbour], bounds[neighbour + 1])
            product = float(weight[cells] @ dense[corpus.word[cells]])
            cosines.append((-product / (lengths[document] * lengths[neighbour]), neighbour))
        dense[corpus.word[own]] = 0
        for rank, (negative, neighbour) in enumerate(sorted(cosines), 1):
            values = (corpus.documents[document], rank, corpus.documents[neighbour], -negative)
            for column, value in zip(rows.values(), values, strict=True):
                column.append(value)
    return to_table("similarity", rows)


def main() -> None:
    """Make the tables of tf-idf and of similar documents from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "settings", "folder")
    settings = read_settings(options.settings)
    stop = stop_words(settings["words"])
    corpus = read_corpus(options.batches)
    weight = weights(corpus)
    write_table(options.folder, "tf_idf", tf_idf_table(corpus, weight, stop=stop), **settings["tables"])
    write_table(options.folder, "similarity", similarity_table(corpus, weight, stop=stop), **settings["tables"])


if __name__ == "__main__":
    main()
