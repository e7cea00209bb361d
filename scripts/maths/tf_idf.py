"""Weights of words in documents: tf-idf."""

import numpy as np
from numpy.typing import ArrayLike

from scripts.core.arrays import Floats


def inverse_document_frequency(documents: ArrayLike, n: int) -> Floats:
    """Return idf, log10(n / df), of words that occur in `documents` of n documents; infinity for words in none.

    Spärck Jones 1972, Journal of Documentation 28(1): 16; Manning, Raghavan & Schütze 2008, Information Retrieval: 118.
    """
    with np.errstate(divide="ignore"):
        return np.log10(n / np.asarray(documents, float))


def tf_idf(count: ArrayLike, documents: ArrayLike, n: int) -> Floats:
    """Return the frequency (or share) of words in a document times `inverse_document_frequency`.

    Manning, Raghavan & Schütze 2008, Introduction to Information Retrieval: 119.
    """
    return np.asarray(count, float) * inverse_document_frequency(documents, n)
