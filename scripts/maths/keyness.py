"""Keyness: how much more frequent a word is in one corpus than in another, one function a formula.

Most take o11 and o12, the word's frequencies in the target and the reference corpus, and o21 and o22, those of all
other words there, as numbers or arrays. G2 and chi-squared of the same table are in `association`.
"""

import numpy as np
from numpy.typing import ArrayLike

from scripts.core.arrays import Floats
from scripts.maths.association import floats, log2, ratio
from scripts.maths.intervals import NORMAL_QUANTILE, skewed_p

# The fewest documents of a side whose part of all is the chance of a document.
SMALLEST = 10
# Pseudo-words of the prior, which pulls rare words towards no difference; its shares are those of both sides together.
PRIOR = 500
# A smaller share of the expected variance is rounding error: the word is as frequent in each document.
VARIES = 1e-9
_ZERO = 0.5  # the frequency in the ratio of rates of a word that does not occur


def log_ratio(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return the binary logarithm of the ratio of the rates: 1 is twice as frequent in the target, -1 half as frequent.

    A frequency of zero is taken as a half; NaN where the word is in neither. Hardie 2014, Log Ratio: an informal
    introduction, cass.lancs.ac.uk.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    target, reference = np.where(o11 > 0, o11, _ZERO), np.where(o12 > 0, o12, _ZERO)
    values = log2(ratio(ratio(target, o11 + o21), ratio(reference, o12 + o22)))
    return np.where(o11 + o12 > 0, values, np.nan)[()]


def log_ratio_interval(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of `log_ratio` for words as independent draws; with a zero frequency a rough one.

    Katz, Baptista, Azen & Pike 1978, Biometrics 34(3): 470.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    target, reference = np.where(o11 > 0, o11, _ZERO), np.where(o12 > 0, o12, _ZERO)
    variance = 1 / target - ratio(1, o11 + o21) + 1 / reference - ratio(1, o12 + o22)
    half = NORMAL_QUANTILE * np.sqrt(np.maximum(variance, 0)) / np.log(2)
    centre = log_ratio(o11, o12, o21, o22)
    return centre - half, centre + half


def log_odds_dirichlet(
    o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike, *, prior: ArrayLike, prior_total: float
) -> tuple[Floats, Floats]:
    """Return the log-odds ratio (natural) with an informative Dirichlet prior, and its z score.

    `prior` is the word's number of pseudo-words, alpha_w, and `prior_total` the sum of all words' alpha_0. Words too
    rare to tell shrink to zero, so no minimum frequency is needed.
    Monroe, Colaresi & Quinn 2008, Political Analysis 16(4): 386-391, equations 15, 16, 19, 22.
    """
    o11, o12, o21, o22, prior = floats(o11, o12, o21, o22, prior)
    rest = prior_total - prior
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(ratio(o11 + prior, o21 + rest)) - np.log(ratio(o12 + prior, o22 + rest))
    return delta, delta / np.sqrt(ratio(1, o11 + prior) + ratio(1, o12 + prior))


def document_p(
    excess: Floats, squares: Floats, cubes: Floats, *, words: tuple[int, int], documents: tuple[int, int]
) -> Floats:
    """Return the two-sided p of words in two sets of documents, which come in whole documents.

    The excess of a document is its count of the word less the share of the word in both sets times its words; `excess`
    is their sum over the target, `squares` and `cubes` are sums over both. p is of so large a sum over documents that
    fall into the target by chance, from its variance and skewness (`skewed_p`). The chance is the target's part of the
    `words` or of the `documents`, whichever gives the larger p: documents are of unequal length, and one of them may
    have most of a target's words. That of documents is of `SMALLEST` at least, or of half of them: with a smaller one
    the far tail is heavier than that of a gamma distribution.
    """
    n = sum(documents)
    least = min(SMALLEST, n / 2) / n
    chances = words[0] / sum(words), min(max(documents[0] / n, least), 1 - least)
    return np.maximum(*(excess_p(excess, squares, cubes, chance=chance, documents=n) for chance in chances))


def excess_p(excess: Floats, squares: Floats, cubes: Floats, *, chance: float | Floats, documents: int) -> Floats:
    """Return the two-sided p of so large an excess of those of `documents` that each fall into a set by a `chance`.

    `squares` and `cubes` are sums over all the excesses, whose sum is 0. p is from variance and skewness (`skewed_p`).
    """
    spread = chance * (1 - chance)
    deviation = np.sqrt(spread * squares * documents / (documents - 1))
    return skewed_p(ratio(excess, deviation), (1 - 2 * chance) * ratio(cubes, np.sqrt(spread * squares**3)))
