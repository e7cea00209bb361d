"""Measures of association in a 2x2 table, one function for each formula.

All take the observed frequencies o11, o12, o21, o22, as numbers or arrays. For two words, o11 counts the pairs of the
first with the second, o12 the first with another, o21 another with the second, o22 the rest. For a word in two corpora,
o11 and o12 are its frequencies in the first and the second, o21 and o22 those of all other words. E11 to E22 are the
expected frequencies: row sum times column sum over N. An undefined measure is NaN.
"""

from math import ceil, floor, fsum, sqrt

import numpy as np
from numpy.typing import ArrayLike

from scripts.core.arrays import Floats


def floats(*cells: ArrayLike) -> list[Floats]:
    """Return the cells of 2 x 2 tables as arrays of floats."""
    return [np.asarray(cell, float) for cell in cells]


def ratio(above: ArrayLike, below: ArrayLike) -> Floats:
    """Return above / below; NaN for 0 / 0, infinity for another number over 0, without a warning."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.divide(above, below)


def log2(values: ArrayLike) -> Floats:
    """Return the binary logarithm; minus infinity for 0, NaN for negative values, without a warning."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2(values)


def expected(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return E11, the expected frequency of the first cell."""
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    return ratio((o11 + o12) * (o11 + o21), o11 + o12 + o21 + o22)


def _excess(o11: Floats, o12: Floats, o21: Floats, o22: Floats) -> Floats:
    """Return O11 - E11, computed by a formula that avoids cancellation."""
    return ratio(o11 * o22 - o12 * o21, o11 + o12 + o21 + o22)


def g2(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return the log-likelihood ratio over all four cells, G2 = 2 sum O ln(O / E); never negative.

    Dunning 1993, Computational Linguistics 19(1): 65-67.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    n = o11 + o12 + o21 + o22
    difference = _excess(o11, o12, o21, o22)
    total = np.zeros_like(n)
    for cell, row, column, sign in (
        (o11, o11 + o12, o11 + o21, 1),
        (o12, o11 + o12, o12 + o22, -1),
        (o21, o21 + o22, o11 + o21, -1),
        (o22, o21 + o22, o12 + o22, 1),
    ):
        # O ln(O / E) - (O - E): the O - E sum to zero over the table, and each term is exact near independence.
        relative = ratio(sign * difference * n, row * column)
        with np.errstate(divide="ignore", invalid="ignore"):
            term = cell * np.log1p(relative) - sign * difference
        total = total + np.where(cell > 0, term, -sign * difference)
    return np.where(n > 0, np.maximum(2 * total, 0), np.nan)[()]


def signed_g2(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return G2 with the sign of O11 - E11: above zero if the first cell is more frequent than expected."""
    return np.sign(_excess(*floats(o11, o12, o21, o22))) * g2(o11, o12, o21, o22)


def fisher_p(o11: int, o12: int, o21: int, o22: int) -> float:
    """Return Fisher's exact one-sided p value: the upper tail of O11.

    Pedersen 1996, Fishing for Exactness: 8-10.
    """
    row, column, n = o11 + o12, o11 + o21, o11 + o12 + o21 + o22
    # Farther than `reach` from the mean, the tail is below exp(-800), which is 0 as a float (Bernstein's inequality,
    # which also holds for draws without replacement: Hoeffding 1963, JASA 58(301): 28).
    mean = row * column / max(1, n)
    reach = 540 + 40 * sqrt(mean)
    if abs(o11 - mean) > reach:
        return 1.0 if o11 < mean else 0.0
    low = max(0, row + column - n, floor(mean - reach))
    high = min(row, column, ceil(mean + reach))
    # Logarithms of the probabilities relative to that of the observed table, from the ratios of adjacent ones.
    x = np.arange(low, high, dtype=float)
    steps = np.log((row - x) * (column - x)) - np.log((x + 1) * (n - row - column + x + 1))
    place = o11 - low
    logs = np.concatenate([-np.cumsum(steps[:place][::-1])[::-1], [0.0], np.cumsum(steps[place:])])
    weights = np.exp(logs - logs.max())
    # Most weights are zero in a large corpus, and fsum is slow.
    tail, every = (fsum(each[each > 0].tolist()) for each in (weights[place:], weights))
    return min(1.0, tail / every)


def t_score(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return the t score, (O11 - E11) / sqrt(O11).

    Church, Gale, Hanks & Hindle 1991: 126; Manning & Schütze 1999: 163-165.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    return ratio(_excess(o11, o12, o21, o22), np.sqrt(o11))


def pmi(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return the pointwise mutual information, log2(O11 / E11); minus infinity if the pair does not occur.

    Church & Hanks 1990, Computational Linguistics 16(1): 23.
    """
    return log2(ratio(*floats(o11, expected(o11, o12, o21, o22))))


def npmi(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return the normalised PMI, from -1 (never together) over 0 (independent) to 1 (only together).

    Bouma 2009, Proceedings of GSCL: 35-36.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    n = o11 + o12 + o21 + o22
    values = ratio(pmi(o11, o12, o21, o22), -log2(ratio(o11, n)))
    return np.where((o11 == 0) & (n > 0), -1.0, values)[()]


def dice(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return the Dice coefficient, 2 O11 / (R1 + C1); O22 does not matter.

    Smadja et al. 1996, Comp. Linguistics 22(1): 8-13.
    """
    o11, o12, o21, _ = floats(o11, o12, o21, o22)
    return ratio(2 * o11, 2 * o11 + o12 + o21)


def log_dice(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return logDice, 14 + log2(Dice): at most 14, and comparable between corpora of any size.

    Rychlý 2008, Proceedings of RASLAN: 9.
    """
    return 14 + log2(dice(o11, o12, o21, o22))


def delta_p(o11: ArrayLike, o12: ArrayLike, o21: ArrayLike, o22: ArrayLike) -> Floats:
    """Return Delta P, O11 / R1 - O21 / R2: how much likelier the second word is after the first than elsewhere.

    For the other direction swap o12 and o21. Gries 2013, International Journal of Corpus Linguistics 18(1): 143-144.
    """
    o11, o12, o21, o22 = floats(o11, o12, o21, o22)
    return ratio(o11, o11 + o12) - ratio(o21, o21 + o22)
