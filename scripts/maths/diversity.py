"""Lexical diversity: how many different words a text uses.

The measures that depend on the order of the words take `tokens`, the words of a text in their order (any hashable
values). The others take `counts`, how often each type occurs. NaN stands where a text is too short for a measure.
"""

from collections.abc import Hashable, Iterable, Sequence
from math import log, log10, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

NAN = float("nan")


def _codes(tokens: Iterable[Hashable]) -> np.ndarray:
    """Return the number of the type of each token, in the order of first occurrence."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(token, len(numbers)) for token in tokens], dtype=np.int64)


def _previous(tokens: Iterable[Hashable]) -> np.ndarray:
    """Return the index of the previous occurrence of each token's type, -1 for the first."""
    codes = _codes(tokens)
    order = np.argsort(codes, kind="stable")
    previous = np.full(len(codes), -1)
    again = codes[order[1:]] == codes[order[:-1]]
    previous[order[1:][again]] = order[:-1][again]
    return previous


def type_counts(tokens: Iterable[Hashable]) -> np.ndarray:
    """Return how often each type occurs, in the order of first occurrence.

    >>> type_counts("the cat and the dog".split()).tolist()
    [2, 1, 1, 1]
    """
    return np.bincount(_codes(tokens))


def mattr(tokens: Sequence[Hashable], *, window: int = 50) -> float:
    """Return the moving-average type-token ratio: the mean TTR of all windows; NaN for a text shorter than one.

    Covington & McFall 2010, Journal of Quantitative Linguistics 17(2): 96-97.
    """
    n = len(tokens)
    if n < window:
        return NAN
    # A token is a new type in the windows that hold it and begin after its previous occurrence: count them.
    at = np.arange(n)
    first = np.maximum(_previous(tokens) + 1, at - window + 1)
    types = np.maximum(np.minimum(at, n - window) - first + 1, 0).sum()
    return float(types / (window * (n - window + 1)))


def msttr(tokens: Sequence[Hashable], *, segment: int = 50) -> float:
    """Return the mean segmental type-token ratio of whole segments, without the rest; NaN for a text shorter than one.

    Johnson 1944, Psychological Monographs 56(2): 1-15.
    """
    segments = len(tokens) // segment
    if not segments:
        return NAN
    at = np.arange(segments * segment)
    return float((_previous(tokens)[: len(at)] < at - at % segment).sum() / len(at))


def _factors(tokens: Sequence[Hashable], threshold: float) -> float:
    """Return the number of factors of MTLD: stretches that reach the threshold, and the part of the last one."""
    factors = start = types = 0
    for at, before in enumerate(_previous(tokens).tolist()):
        types += before < start
        if types / (at + 1 - start) <= threshold:
            factors, start, types = factors + 1, at + 1, 0
    rest = len(tokens) - start
    return factors + ((1 - types / rest) / (1 - threshold) if rest else 0)


def mtld(tokens: Sequence[Hashable], *, threshold: float = 0.72) -> float:
    """Return the measure of textual lexical diversity, the mean length of factors (stretches above the threshold).

    The mean of a forward and a backward pass; NaN where neither the text nor a part of it repeats a word.
    McCarthy & Jarvis 2010, Behavior Research Methods 42(2): 384-385.
    """
    passes = [_factors(order, threshold) for order in (tokens, tokens[::-1])]
    return sum(len(tokens) / factors for factors in passes) / 2 if all(passes) else NAN


def hdd(counts: ArrayLike, *, draws: int = 42) -> float:
    """Return HD-D, the expected TTR of a random sample of `draws` tokens; NaN for a text with fewer.

    McCarthy & Jarvis 2007, Language Testing 24(4): 465-466; 2010, Behavior Research Methods 42(2): 383.
    """
    counts = np.asarray(counts)
    n = int(counts.sum())
    if n < draws:
        return NAN
    frequencies, types = np.unique(counts, return_counts=True)
    taken = np.arange(draws)
    absent = np.prod(np.maximum(n - frequencies[:, None] - taken, 0) / (n - taken), axis=1)
    return float((types * (1 - absent)).sum() / draws)


def ttr(types: int, tokens: int) -> float:
    """Return the type-token ratio. It falls with length: compare only texts of equal length. Johnson 1944: 1."""
    return types / tokens if tokens else NAN


def guiraud_r(types: int, tokens: int) -> float:
    """Return the root TTR. Guiraud 1954, Les caractères statistiques du vocabulaire."""
    return types / sqrt(tokens) if tokens else NAN


def carroll_cttr(types: int, tokens: int) -> float:
    """Return the corrected TTR. Carroll 1964, Language and Thought: 54."""
    return types / sqrt(2 * tokens) if tokens else NAN


def herdan_c(types: int, tokens: int) -> float:
    """Return the bilogarithmic TTR. Herdan 1960, Type-Token Mathematics: 26."""
    return log(types) / log(tokens) if tokens > 1 else NAN


def dugast_u(types: int, tokens: int) -> float:
    """Return the Uber index, base 10. Dugast 1978; Tweedie & Baayen 1998, Computers and the Humanities 32: 327."""
    return log10(tokens) ** 2 / (log10(tokens) - log10(types)) if 0 < types < tokens else NAN


def summer_s(types: int, tokens: int) -> float:
    """Return Summer's S, the ratio of doubled logarithms of base 10. Tweedie & Baayen 1998: 327."""
    return log(log10(types)) / log(log10(tokens)) if types > 1 and tokens > 1 and tokens != 10 else NAN


def maas(types: int, tokens: int) -> float:
    """Return Maas's a (base 10): the less, the more diverse.

    Maas 1972, LiLi 2(8): 73-79; Tweedie & Baayen 1998: 327.
    """
    return sqrt((1 - herdan_c(types, tokens)) / log10(tokens)) if tokens > 1 else NAN


def yule_k(counts: ArrayLike) -> float:
    """Return Yule's characteristic K, 10,000 (sum f^2 - N) / N^2: the chance that two words are the same.

    Yule 1944, The Statistical Study of Literary Vocabulary: 53; Tweedie & Baayen 1998: 330.
    """
    counts = np.asarray(counts, float)
    n = counts.sum()
    return float(1e4 * ((counts**2).sum() - n) / n**2) if n else NAN


def yule_i(counts: ArrayLike) -> float:
    """Return Yule's I, V^2 / (sum f^2 - V). Yule 1944; Tweedie & Baayen 1998: 330."""
    counts = np.asarray(counts, float)
    types, squares = (counts > 0).sum(), (counts**2).sum()
    return float(types**2 / (squares - types)) if squares > types else NAN


def simpson_d(counts: ArrayLike) -> float:
    """Return Simpson's D, the chance that two words drawn without replacement are the same.

    Simpson 1949, Nature 163: 688.
    """
    counts = np.asarray(counts, float)
    n = counts.sum()
    return float((counts * (counts - 1)).sum() / (n * (n - 1))) if n > 1 else NAN


def herdan_vm(counts: ArrayLike) -> float:
    """Return Herdan's Vm, sqrt(sum f^2 / N^2 - 1 / V). Herdan 1955, Biometrika 42: 332-339."""
    counts = np.asarray(counts, float)
    n, types = counts.sum(), (counts > 0).sum()
    return sqrt(max(0.0, float((counts**2).sum() / n**2 - 1 / types))) if n else NAN


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


def repeat_rate(counts: ArrayLike) -> float:
    """Return the repeat rate, the sum of squared shares. Popescu 2009, Word Frequency Studies: 166."""
    counts = np.asarray(counts, float)
    return float(((counts / counts.sum()) ** 2).sum()) if counts.sum() else NAN


def fisher_alpha(types: int, tokens: int) -> float:
    """Return Fisher's alpha, the root of types = alpha ln(1 + tokens / alpha), by bisection.

    Fisher, Corbet & Williams 1943, Journal of Animal Ecology 12: 55.
    """
    if not 0 < types < tokens:
        return NAN
    low, high = 1e-9, 1.0
    while high * log(1 + tokens / high) < types:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if middle * log(1 + tokens / middle) < types else (low, middle)
    return (low + high) / 2
