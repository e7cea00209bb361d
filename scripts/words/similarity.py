"""The tables tf_idf and similarity: the words of highest weight in each document, and the documents most alike."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.storage import read_settings, to_table
from scripts.core.tables import write_table
from scripts.maths.tf_idf import inverse_document_frequency
from scripts.maths.tuples import distinct, ranges
from scripts.words.corpus import WordCorpus, read_word_corpus

TOP_WORDS = 10
NEAREST = 5
# Two documents are compared if they share one of their words of highest weight, apart from words of a single document.
# A word that is among these in more than _COMMON documents makes no pairs, as pairs grow with the square of documents.
_CANDIDATE_WORDS, _COMMON = 20, 200


class _Cells(NamedTuple):
    """Cells of a corpus, by document: the numbers of document and word, count, tf-idf, and rank by it from 1."""

    document: np.ndarray
    word: np.ndarray
    counts: np.ndarray
    weight: np.ndarray
    rank: np.ndarray


def top_cells(corpus: WordCorpus, weight: np.ndarray, *, most: int) -> _Cells:
    """Return each document's `most` cells of highest positive weight; `weight` is that of each word."""
    parts = []
    for block in corpus.blocks():
        weights = block.counts * weight[block.word]
        bounds = (corpus.bounds[block.first : block.last + 1] - corpus.bounds[block.first]).tolist()
        negative = -weights
        cells = [first + negative[first:last].argsort(kind="stable")[:most] for first, last in pairwise(bounds)]
        rank = np.concatenate([np.arange(1, len(part) + 1, dtype=np.int8) for part in cells])
        cell = np.concatenate(cells)
        is_above = weights[cell] > 0
        cell, rank = cell[is_above], rank[is_above]
        parts.append(_Cells(block.document[cell], block.word[cell], block.counts[cell], weights[cell], rank))
    none = np.array([], np.int32)
    parts.append(_Cells(none, none, none, np.array([], float), np.array([], np.int8)))
    return _Cells(*map(np.concatenate, zip(*parts, strict=True)))


def content_weights(corpus: WordCorpus, weight: np.ndarray, stop: frozenset[str]) -> np.ndarray:
    """Return the weights of the words, zero for stop words and for words in no document."""
    is_content = np.array([word not in stop for word in corpus.vocabulary], bool) & np.isfinite(weight)
    return np.where(is_content, weight, 0)


def tf_idf_table(corpus: WordCorpus, *, stop: frozenset[str]) -> pa.Table:
    """Return the table tf_idf: the TOP_WORDS of each document; empty with one document, as every weight is zero."""
    n = len(corpus.documents)
    _, documents = corpus.totals()
    cells = top_cells(corpus, content_weights(corpus, inverse_document_frequency(documents, n), stop), most=TOP_WORDS)
    columns = {
        "doc_id": np.array(corpus.documents, object)[cells.document],
        "rank": cells.rank,
        "word": np.array(corpus.vocabulary, object)[cells.word],
        "count": cells.counts,
        "documents": documents[cells.word],
        "n": np.full(len(cells.rank), n),
        "estimate": cells.weight,
    }
    return to_table("tf_idf", columns)


def _candidates(corpus: WordCorpus, weight: np.ndarray) -> Iterator[np.ndarray]:
    """Yield, for each document, the earlier ones that share one of its words of highest weight, in order.

    `weight` is that of each word, zero for words to ignore.
    """
    cells = top_cells(corpus, weight, most=_CANDIDATE_WORDS)
    number = np.bincount(cells.word, minlength=len(weight))
    document = cells.document[np.argsort(cells.word, kind="stable")]  # grouped by word
    first = np.cumsum(number) - number
    number = np.where(number > _COMMON, 0, number)
    bounds = np.searchsorted(cells.document, np.arange(len(corpus.documents) + 1)).tolist()
    for own, span in enumerate(pairwise(bounds)):
        words = cells.word[slice(*span)]
        others = distinct(document[ranges(first[words], number[words])])
        yield others[others < own]


def similarity_table(corpus: WordCorpus, *, stop: frozenset[str]) -> pa.Table:
    """Return the table similarity by tf-idf; stop words and words of a single document make no candidates."""
    _, documents = corpus.totals()
    weight = inverse_document_frequency(documents, len(corpus.documents))
    return nearest_by_cosine(corpus, weight, np.where(documents > 1, content_weights(corpus, weight, stop), 0))


def _insert(neighbours: np.ndarray, estimates: np.ndarray, document: int, cosine: float) -> None:
    """Put a document among the nearest of another, in place of the furthest."""
    place = int(np.searchsorted(-estimates, -cosine, side="right"))
    neighbours[place + 1 :], neighbours[place] = neighbours[place:-1].copy(), document
    estimates[place + 1 :], estimates[place] = estimates[place:-1].copy(), cosine


def nearest_by_cosine(corpus: WordCorpus, weight: np.ndarray, of_candidates: np.ndarray) -> pa.Table:
    """Return the table similarity: the highest cosines of each document with its `_candidates`.

    `weight` is that of each occurrence of a word, `of_candidates` the one by which candidates are found.
    """
    squares = np.zeros(len(corpus.documents))
    for block in corpus.blocks():
        squares += np.bincount(block.document, (block.counts * weight[block.word]) ** 2, len(squares))
    lengths, sizes, own = np.sqrt(squares), np.diff(corpus.bounds), np.zeros(len(weight))
    neighbours, estimates = np.full((len(sizes), NEAREST), -1), np.full((len(sizes), NEAREST), -1.0)
    words, counts = (np.split(column, corpus.bounds[1:-1]) for column in (corpus.word, corpus.counts))
    for document, others in enumerate(_candidates(corpus, of_candidates)):
        if not len(others):
            continue
        own[words[document]] = counts[document] * weight[words[document]] ** 2
        numbers = others.tolist()
        # Arrays joined, and taken from without a check of places ("clip"): indexing takes a third longer.
        terms = own.take(np.concatenate([words[at] for at in numbers]), mode="clip")
        terms *= np.concatenate([counts[at] for at in numbers])
        products = np.add.reduceat(terms, np.cumsum(sizes[others]) - sizes[others])
        own[words[document]] = 0
        cosines = np.minimum(products / (lengths[document] * lengths[others]), 1)
        nearest = np.argsort(-cosines, kind="stable")[:NEAREST]
        neighbours[document, : len(nearest)], estimates[document, : len(nearest)] = others[nearest], cosines[nearest]
        for place in np.flatnonzero(cosines > estimates[others, -1]).tolist():
            _insert(neighbours[others[place]], estimates[others[place]], document, cosines[place])
    names = np.array(corpus.documents, object)
    row, rank = np.nonzero(neighbours >= 0)
    columns = {"doc_id": names[row], "rank": rank + 1, "other": names[neighbours[row, rank]]}
    return to_table("similarity", columns | {"estimate": estimates[row, rank]})


def main() -> None:
    """Make the tables of tf-idf and of similar documents from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "repeated", "settings", "folder")
    settings = read_settings(options.settings)
    stop = stop_words(settings["words"])
    corpus = read_word_corpus(options.batches, options.repeated)
    write_table(options.folder, "tf_idf", tf_idf_table(corpus, stop=stop), **settings["tables"])
    write_table(options.folder, "similarity", similarity_table(corpus, stop=stop), **settings["tables"])
