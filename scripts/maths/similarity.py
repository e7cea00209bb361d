"""Similarity of documents: tf-idf weights, and measures of two vectors of counts over the same words."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def inverse_document_frequency(documents: ArrayLike, n: int) -> Floats:
    """Return idf, log10(n / df), of words that occur in `documents` of n documents.

    Spärck Jones 1972, Journal of Documentation 28(1): 16; Manning, Raghavan & Schütze 2008, Information Retrieval: 118.
    """
    return np.log10(n / np.asarray(documents, float))


def tf_idf(count: ArrayLike, documents: ArrayLike, n: int) -> Floats:
    """Return the frequency in a document (or the share of it) times `inverse_document_frequency`.

    Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval: 119.
    """
    return np.asarray(count, float) * inverse_document_frequency(documents, n)


def _vectors(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    return np.asarray(x, float), np.asarray(y, float)


def cosine(x: ArrayLike, y: ArrayLike) -> float:
    """Return the cosine of the angle of two vectors; NaN if one is zero. Manning, Raghavan & Schütze 2008: 121."""
    x, y = _vectors(x, y)
    lengths = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / lengths) if lengths else float("nan")


def correlation(x: ArrayLike, y: ArrayLike) -> float:
    """Return Pearson's correlation, the cosine of the centred vectors."""
    x, y = _vectors(x, y)
    return cosine(x - x.mean(), y - y.mean())


def jaccard(x: ArrayLike, y: ArrayLike) -> float:
    """Return the number of words in both over that of words in either. Manning, Raghavan & Schütze 2008: 61."""
    x, y = (vector > 0 for vector in _vectors(x, y))
    return int((x & y).sum()) / int((x | y).sum()) if (x | y).any() else float("nan")


def dice(x: ArrayLike, y: ArrayLike) -> float:
    """Return twice the number of words in both over the sum of the numbers of words of each.

    Dice 1945, Ecology 26(3): 298.
    """
    x, y = (vector > 0 for vector in _vectors(x, y))
    return float(2 * (x & y).sum() / (x.sum() + y.sum())) if (x | y).any() else float("nan")


def extended_jaccard(x: ArrayLike, y: ArrayLike) -> float:
    """Return Tanimoto's coefficient of counts, x y / (x x + y y - x y)."""
    x, y = _vectors(x, y)
    below = x @ x + y @ y - x @ y
    return float(x @ y / below) if below else float("nan")


def euclidean(x: ArrayLike, y: ArrayLike) -> float:
    """Return the Euclidean distance."""
    x, y = _vectors(x, y)
    return float(np.sqrt(((x - y) ** 2).sum()))


def manhattan(x: ArrayLike, y: ArrayLike) -> float:
    """Return the sum of the absolute differences."""
    x, y = _vectors(x, y)
    return float(np.abs(x - y).sum())
