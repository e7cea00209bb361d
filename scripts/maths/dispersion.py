"""Dispersion: how evenly a word is spread over the parts of a corpus.

`v` holds the word's frequency in each part and `s` the sizes of the parts, in words or as shares. NaN stands for a word
that does not occur.
"""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
NAN = float("nan")


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
    return dp(v, s) / (1 - float(np.min(expected))) if len(expected) > 1 else NAN


def dp_egbert(v: ArrayLike, s: ArrayLike) -> float:
    """Return DP over 1 less the share of the smallest part that has the word.

    Egbert, Burch & Biber 2020, International Journal of Corpus Linguistics 25(1): 103.
    """
    observed, expected = _shares(v, s)
    if not (observed > 0).any() or len(expected) < 2:
        return NAN
    return dp(v, s) / (1 - float(np.min(expected[observed > 0])))


def range_share(v: ArrayLike) -> float:
    """Return the share of the parts that have the word."""
    return float((np.asarray(v) > 0).mean())


def _rates(v: ArrayLike, s: ArrayLike) -> Floats:
    return np.asarray(v, float) / np.asarray(s, float)


def juilland_d(v: ArrayLike, s: ArrayLike) -> float:
    """Return Juilland's D, of rates per part: 1 is even; NaN with one part.

    Juilland 1970; Gries 2008, IJCL 13(4): 408.
    """
    rates = _rates(v, s)
    if len(rates) < 2 or not rates.any():
        return NAN
    return float(1 - rates.std() / rates.mean() / np.sqrt(len(rates) - 1))


def juilland_u(v: ArrayLike, s: ArrayLike) -> float:
    """Return usage, frequency times Juilland's D. Carroll 1970, ETS Research Bulletin 70-13: 14."""
    return float(np.asarray(v).sum()) * juilland_d(v, s)


def carroll_d2(v: ArrayLike, s: ArrayLike) -> float:
    """Return Carroll's D2, the entropy of the rates per part over its maximum.

    Carroll 1970, ETS Research Bulletin 70-13: 13.
    """
    rates = _rates(v, s)
    if len(rates) < 2 or not rates.any():
        return NAN
    shares = rates[rates > 0] / rates.sum()
    return float(-(shares * np.log2(shares)).sum() / np.log2(len(rates)))


def lyne_d3(v: ArrayLike) -> float:
    """Return Lyne's D3, of equal parts. Lyne 1985; Gries 2008, IJCL 13(4): 408."""
    v = np.asarray(v, float)
    mean = v.mean()
    return float(1 - ((v - mean) ** 2 / mean).sum() / (4 * v.sum())) if v.any() else NAN


def rosengren_s(v: ArrayLike, s: ArrayLike) -> float:
    """Return Rosengren's S, (sum sqrt(s v))^2 / f. Rosengren 1971; Gries 2008, IJCL 13(4): 407."""
    observed, expected = _shares(v, s)
    return float(np.sqrt(observed * expected).sum() ** 2)


def burch_da(v: ArrayLike, s: ArrayLike) -> float:
    """Return Burch's DA, 1 less half the mean difference of the rates over their mean; NaN with one part.

    Burch, Egbert & Biber 2017, Journal of Research Design and Statistics in Linguistics 3(2): 193.
    """
    rates = np.sort(_rates(v, s))
    n = len(rates)
    if n < 2 or not rates.any():
        return NAN
    # The sum of |a - b| over all pairs, from the sorted rates.
    differences = (rates * (2 * np.arange(n) - n + 1)).sum()
    return float(1 - differences / (n * (n - 1) / 2) / (2 * rates.mean()))


def kld(v: ArrayLike, s: ArrayLike) -> float:
    """Return the Kullback-Leibler divergence of the observed from the expected shares in bits: 0 is even.

    Gries 2020, A Practical Handbook of Corpus Linguistics, ch. 5: 103.
    """
    observed, expected = _shares(v, s)
    if np.isnan(observed).any():
        return NAN
    there = observed > 0
    return float((observed[there] * np.log2(observed[there] / expected[there])).sum())


def dkl(v: ArrayLike, s: ArrayLike) -> float:
    """Return 1 / (1 + kld): 1 is even, near 0 is clumped. Gries 2021, JSLS 9(2): 20."""
    return 1 / (1 + kld(v, s))


def _distances(tokens: Sequence[Hashable], word: Hashable) -> Floats:
    """Return the distance from each occurrence to the next, from the last one past the end to the first."""
    at = np.array([place for place, token in enumerate(tokens) if token == word])
    return np.diff(np.r_[at, at[:1] + len(tokens)]).astype(float)


def arf(tokens: Sequence[Hashable], word: Hashable) -> float:
    """Return the average reduced frequency.

    Savický & Hlaváčová 2002, Journal of Quantitative Linguistics 9(3): 215-231.
    """
    distances = _distances(tokens, word)
    if not len(distances):
        return 0.0
    part = len(tokens) / len(distances)
    return float(np.minimum(distances, part).sum() / part)


def awt(tokens: Sequence[Hashable], word: Hashable) -> float:
    """Return the average waiting time in words. Savický & Hlaváčová 2002; Gries 2008, IJCL 13(4): 410."""
    distances = _distances(tokens, word)
    return float((1 + (distances**2).sum() / len(tokens)) / 2) if len(distances) else NAN


def ald(tokens: Sequence[Hashable], word: Hashable) -> float:
    """Return the average logarithmic distance, base 10. Savický & Hlaváčová 2002; Gries 2008, IJCL 13(4): 410."""
    distances = _distances(tokens, word)
    return float((distances * np.log10(distances)).sum() / len(tokens)) if len(distances) else NAN
