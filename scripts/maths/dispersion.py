"""Dispersion: how evenly a word is spread over the parts of a corpus.

`v` holds the word's frequency in each part and `s` the sizes of the parts, in words or as shares. NaN stands for a word
that does not occur.
"""

from math import nan

import numpy as np
from numpy.typing import ArrayLike

from scripts.core.arrays import Floats


def _shares(v: ArrayLike, s: ArrayLike) -> tuple[Floats, Floats]:
    """Return the observed and the expected share of each part."""
    v, s = np.asarray(v, float), np.asarray(s, float)
    with np.errstate(invalid="ignore"):
        return v / v.sum(), s / s.sum()


def dp(v: ArrayLike, s: ArrayLike) -> float:
    """Return the deviation of proportions: 0 is as even as the parts allow, near 1 is all in one small part.

    Gries 2008, International Journal of Corpus Linguistics 13(4): 415-416.
    """
    observed, expected = _shares(v, s)
    return float(np.abs(observed - expected).sum() / 2)


def dp_norm(v: ArrayLike, s: ArrayLike) -> float:
    """Return DP over its maximum, so that it reaches 1; NaN with one part.

    Lijffijt & Gries 2012, International Journal of Corpus Linguistics 17(1): 148.
    """
    expected = _shares(v, s)[1]
    return dp(v, s) / (1 - float(np.min(expected))) if len(expected) > 1 else nan
