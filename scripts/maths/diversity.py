"""Lexical diversity: how many different words a text uses.

The measures that depend on the order of the words take `tokens`, the words of a text in order, or the numbers of their
types. The others take `counts`, how often each type occurs. If a text is too short for a measure, the result is NaN.
"""

from collections.abc import Sequence
from math import nan
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def _previous(tokens: ArrayLike) -> NDArray[np.intp]:
    """Return the index of the previous occurrence of each token's type, -1 for the first."""
    tokens = np.asarray(tokens)
    order = np.argsort(tokens, kind="stable")
    previous = np.full(len(tokens), -1)
    again = tokens[order[1:]] == tokens[order[:-1]]
    previous[order[1:][again]] = order[:-1][again]
    return previous


def mattr(tokens: Sequence[Any] | NDArray[Any], *, window: int = 50) -> float:
    """Return the moving-average type-token ratio, the mean TTR of all windows; NaN for a text shorter than a window.

    Covington & McFall 2010, Journal of Quantitative Linguistics 17(2): 96-97.
    """
    n = len(tokens)
    if n < window:
        return nan
    # A token is a new type in each window that contains it and begins after its previous occurrence: count those.
    at = np.arange(n)
    first = np.maximum(_previous(tokens) + 1, at - window + 1)
    types = np.maximum(np.minimum(at, n - window) - first + 1, 0).sum()
    return float(types / (window * (n - window + 1)))


def _factors(tokens: Sequence[Any] | NDArray[Any], threshold: float) -> float:
    """Return the number of MTLD factors: stretches whose TTR falls to the threshold, and a fraction for the last."""
    factors = start = types = 0
    for at, before in enumerate(_previous(tokens).tolist()):
        types += before < start
        if types / (at + 1 - start) <= threshold:
            factors, start, types = factors + 1, at + 1, 0
    rest = len(tokens) - start
    return factors + ((1 - types / rest) / (1 - threshold) if rest else 0)


def mtld(tokens: Sequence[Any] | NDArray[Any], *, threshold: float = 0.72) -> float:
    """Return the measure of textual lexical diversity, the mean length of factors (stretches above the threshold).

    It is the mean of a forward and a backward pass; NaN if the text repeats no word.
    McCarthy & Jarvis 2010, Behavior Research Methods 42(2): 384-385.
    """
    passes = [_factors(order, threshold) for order in (tokens, tokens[::-1])]
    return sum(len(tokens) / factors for factors in passes) / 2 if all(passes) else nan


def hdd(counts: ArrayLike, *, draws: int = 42) -> float:
    """Return HD-D, the expected TTR of a random sample of `draws` tokens; NaN for a text with fewer.

    McCarthy & Jarvis 2007, Language Testing 24(4): 465-466; 2010, Behavior Research Methods 42(2): 383.
    """
    counts = np.asarray(counts)
    n = int(counts.sum())
    if n < draws:
        return nan
    frequencies, types = np.unique(counts, return_counts=True)
    taken = np.arange(draws)
    absent = np.prod(np.maximum(n - frequencies[:, None] - taken, 0) / (n - taken), axis=1)
    return float((types * (1 - absent)).sum() / draws)


def yule_k(counts: ArrayLike) -> float:
    """Return Yule's characteristic K, 10,000 (sum f^2 - N) / N^2: the chance that two words are the same.

    Yule 1944, The Statistical Study of Literary Vocabulary: 53; Tweedie & Baayen 1998: 330.
    """
    counts = np.asarray(counts, float)
    n = counts.sum()
    return float(1e4 * ((counts**2).sum() - n) / n**2) if n else nan


def entropy(counts: ArrayLike) -> NDArray[np.float64]:
    """Return the Shannon entropy of word frequencies (last axis) in bits; NaN without words.

    Popescu 2009, Word Frequency Studies: 173.
    """
    counts = np.asarray(counts, float)
    total = counts.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = counts / total[..., None]
        bits = np.where(shares > 0, -shares * np.log2(shares), 0).sum(axis=-1)
    return np.where(total > 0, bits, np.nan)[()]
