"""Keyness: how much more frequent a word is in one corpus than in another, one function for each formula.

Most functions take o11 and o12, the word's frequencies in the target and the reference corpus, and o21 and o22, those
of all other words there, as numbers or arrays. G2 of the same table is in `association`.
"""

import numpy as np
from numpy.typing import ArrayLike

from scripts.core.arrays import Floats
from scripts.maths.association import floats, log2, ratio
from scripts.maths.intervals import NORMAL_QUANTILE, skewed_p

# The fewest documents of a side for its part of all documents to be taken as the chance of a document.
SMALLEST = 10
# Pseudo-words of the prior, which pulls rare words towards no difference; its shares are those of both sides together.
PRIOR = 500
# A variance below this share of the expected one is rounding error: the word is equally frequent in each document.
VARIES = 1e-9
_ZERO = 0.5  # the frequency that stands for 0 in a ratio of rates


def log_ratio(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return the binary logarithm of the ratio of the rates: 1 is twice as frequent in the target, -1 half as frequent.

    A frequency of zero is replaced by a half; NaN if the word is in neither corpus. Hardie 2014, Log Ratio: an informal
    introduction, cass.lancs.ac.uk.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    target, reference = np.where(o11 > 0, o11, _ZERO), np.where(o12 > 0, o12, _ZERO)
    values = log2(ratio(ratio(target, o11 + o21), ratio(reference, o12 + o22)))
    return np.where(o11 + o12 > 0, values, np.nan)[()]


def log_ratio_interval(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of `log_ratio`, with words as independent draws; rough if a frequency is zero.

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

    `prior` is the word's number of pseudo-words, alpha_w, and `prior_total` the sum over all words, alpha_0. Words that
    are too rare shrink to zero, so no minimum frequency is needed.
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
    """Return the two-sided p of words' frequencies in two sets, if documents as wholes fall into the sets by chance.

    The excess of a document is its count of the word minus its number of words times the word's share in both sets.
    `excess` is the sum over the target, `squares` and `cubes` are sums over both sets. p is that of so large a sum over
    documents that fall into the target by chance, from its variance and skewness (`skewed_p`). The chance is the
    target's part of the `words` or of the `documents`, whichever gives the larger p, because documents are of unequal
    length, and one of them may have most of a target's words. The part of the documents counts as at least `SMALLEST`
    documents, or half of all: with a smaller chance, the far tail is heavier than that of a gamma distribution.
    """
    n = sum(documents)
    least = min(SMALLEST, n / 2) / n
    chances = words[0] / sum(words), min(max(documents[0] / n, least), 1 - least)
    return np.maximum(*(excess_p(excess, squares, cubes, chance=chance, documents=n) for chance in chances))


def excess_p(excess: Floats, squares: Floats, cubes: Floats, *, chance: float | Floats, documents: int) -> Floats:
    """Return the two-sided p of the `excess` of a set into which each of so many `documents` falls with a `chance`.

    `squares` and `cubes` are sums over all documents' excesses, whose sum is 0. p is from the variance and skewness; it
    is NaN for a single document.
    """
    spread = chance * (1 - chance)
    deviation = np.sqrt(ratio(spread * squares * documents, documents - 1))
    return skewed_p(ratio(excess, deviation), (1 - 2 * chance) * ratio(cubes, np.sqrt(spread * squares**3)))
