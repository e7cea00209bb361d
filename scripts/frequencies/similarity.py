"""How alike documents are: tf-idf weights, measures of two vectors of counts, min-hash signatures.

The measures take two vectors over the same words. Min-hash estimates the share of word sequences that two documents
have in common without comparing each document with each.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
SHINGLE = 5
HASHES = 128


def inverse_document_frequency(documents: ArrayLike, n: int) -> Floats:
    """idf = log10(n / df) for words that stand in `documents` of n documents.

    Spärck Jones 1972, Journal of Documentation 28(1): 16; Manning, Raghavan & Schütze 2008, Information Retrieval: 118.
    """
    return np.log10(n / np.asarray(documents, float))


def tf_idf(count: ArrayLike, documents: ArrayLike, n: int) -> Floats:
    """Frequency in a document (or its share of it) times `inverse_document_frequency`.

    Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval: 119.
    """
    return np.asarray(count, float) * inverse_document_frequency(documents, n)


def _vectors(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    return np.asarray(x, float), np.asarray(y, float)


def cosine(x: ArrayLike, y: ArrayLike) -> float:
    """Cosine of the angle of two vectors; NaN if one is zero. Manning, Raghavan & Schütze 2008: 121."""
    x, y = _vectors(x, y)
    lengths = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / lengths) if lengths else float("nan")


def correlation(x: ArrayLike, y: ArrayLike) -> float:
    """Pearson's correlation: the cosine of the centred vectors."""
    x, y = _vectors(x, y)
    return cosine(x - x.mean(), y - y.mean())


def jaccard(x: ArrayLike, y: ArrayLike) -> float:
    """Words in both over words in either. Manning, Raghavan & Schütze 2008: 61."""
    x, y = (vector > 0 for vector in _vectors(x, y))
    return float((x & y).sum() / (x | y).sum()) if (x | y).any() else float("nan")


def dice(x: ArrayLike, y: ArrayLike) -> float:
    """Twice the words in both over the sum of the words of each. Dice 1945, Ecology 26(3): 298."""
    x, y = (vector > 0 for vector in _vectors(x, y))
    return float(2 * (x & y).sum() / (x.sum() + y.sum())) if (x | y).any() else float("nan")


def extended_jaccard(x: ArrayLike, y: ArrayLike) -> float:
    """Tanimoto's coefficient of counts: x y / (x x + y y - x y)."""
    x, y = _vectors(x, y)
    below = x @ x + y @ y - x @ y
    return float(x @ y / below) if below else float("nan")


def euclidean(x: ArrayLike, y: ArrayLike) -> float:
    """Euclidean distance."""
    x, y = _vectors(x, y)
    return float(np.sqrt(((x - y) ** 2).sum()))


def manhattan(x: ArrayLike, y: ArrayLike) -> float:
    """Sum of the absolute differences."""
    x, y = _vectors(x, y)
    return float(np.abs(x - y).sum())


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _constants(name: str, size: int) -> np.ndarray:
    """Fixed odd numbers of 64 bits, the same on every machine."""
    return np.array([_hash(f"{name} {place}") | 1 for place in range(size)], np.uint64)


def shingles(word: np.ndarray, vocabulary: Sequence[str]) -> np.ndarray:
    """A number of 64 bits for each stretch of SHINGLE words, from their numbers in the vocabulary."""
    hashes = np.array([_hash(name) for name in vocabulary], np.uint64)[word]
    starts = max(0, len(word) - SHINGLE + 1)
    total = np.zeros(starts, np.uint64)
    for place, factor in enumerate(_constants("place", SHINGLE)):
        total += hashes[place : place + starts] * factor
    # Mixed as in SplitMix64 (Steele, Lea & Flood 2014, OOPSLA: 459), so that high bits depend on all of them.
    total = (total ^ (total >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return (total ^ (total >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)


def signatures(word: np.ndarray, document: np.ndarray, vocabulary: Sequence[str], documents: int) -> np.ndarray:
    """Min-hash signatures of documents, whose words stand together in `word`: HASHES numbers of 32 bits in a row each.

    A row of a document with fewer than SHINGLE words is zero. Broder 1997, On the resemblance and containment of
    documents: 23-25; the hash functions are multiply-shift, Dietzfelbinger et al. 1997, J. of Algorithms 25: 22.
    """
    found = np.zeros((documents, HASHES), np.uint32)
    starts = max(0, len(word) - SHINGLE + 1)
    whole = document[:starts] == document[SHINGLE - 1 :][:starts]
    values, owner = shingles(word, vocabulary)[whole], document[:starts][whole]
    if len(values):
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        for column, factor in enumerate(_constants("hash", HASHES)):
            hashed = ((values * factor) >> np.uint64(32)).astype(np.uint32)
            found[owner[first], column] = np.minimum.reduceat(hashed, first)
    return found
