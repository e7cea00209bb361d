"""The permutation test of groups of documents: how often so large a difference comes about if documents are dealt to
the groups at random.

Words, sentences and quotes cluster in documents, so whole documents are dealt; each group gets as many as it has. That
holds its level for any numbers of documents and cases, as no distribution is assumed (Fisher 1935, The Design of
Experiments: 21; Good, P. 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, ch. 3). The statistic is the
difference of two shares over its standard error, of which each deal has its own. So the test is of equal shares, also
where the documents of one group are longer or more alike than those of the others (Chung, E. & Romano, J. P. 2013,
Exact and asymptotically robust permutation tests, Annals of Statistics 41: 484-507).

Where few documents have a case that is not enough: a longer document has more chance of one, and a deal gives all the
same. So there p is never below that of documents that fall to the group with the chance of a word (`word_p`).

Each group is tested against all others, so it is dealt alone: it gets the first documents of a random order, which is
the same for all groups. Of a group with more than half of the documents the others are dealt instead.

Most groups do not differ, and a tenth of the draws tells that: where it gives a p of 0.1 or more, this is p. The level
holds: p is at most some `a` below 0.1 only if that of all draws is, and at most a larger one only if that of the tenth
is (after Besag, J. & Clifford, P. 1991, Sequential Monte Carlo p-values, Biometrika 78: 301-304).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints, Mask
from scripts.maths.association import ratio
from scripts.maths.document_shares import Counts, Share, Sums, difference_interval, less, reaching, variances
from scripts.maths.intervals import ENOUGH, TOO_FEW
from scripts.maths.keyness import excess_p

DRAWS = 10_000
# The draws that tell whether p is large: at least their part of all.
FIRST = 1_000
# How a table makes the interval of a difference of two shares (`difference_interval`), and its p.
METHOD = "MOVER, from the intervals of both shares, agreeing with p; p: permutation of documents"
# Documents that are counted at a time.
BLOCK = 1_000
# With fewer draws at least as extreme p is taken from the tail, and of this share of the draws.
_FEW, _TAIL = 10, 0.01
# Statistics of draws, or counts of documents, that are in memory at a time (160 MB), and documents that are dealt at a
# time, or sums that are made.
_NUMBERS, _DEALT = 20_000_000, 500_000
# Bits of a whole number.
_BITS = 62


def deals(size: int, documents: int, *, draws: int = DRAWS, seed: int = 1, shuffle: bool = False) -> Iterator[Ints]:
    """Yield the numbers of so many of some documents, chosen at random, for each draw; in random order if `shuffle`.

    >>> [sorted(dealt.tolist()) for dealt in deals(2, 3, draws=3)]
    [[0, 1], [1, 2], [0, 2]]
    """
    random = np.random.Generator(np.random.PCG64(seed))
    for _ in range(draws):
        yield random.choice(documents, size, replace=False, shuffle=shuffle)


class Places(NamedTuple):
    """Places of columns in packed ones: the packed column of each, its first bit there, how many bits it has."""

    column: Ints
    bit: Ints
    bits: Ints


def packed(columns: Iterable[Floats]) -> tuple[Ints, Places]:
    """Return columns of whole numbers as fewer, some of them in the bits of one, a row each; and their places.

    >>> numbers, places = packed([np.array([3.0, 4.0]), np.array([1.0, 0.0])])
    >>> numbers.tolist(), unpacked(numbers.sum(axis=1, keepdims=True), places, np.arange(2)).tolist()
    ([[11, 4]], [[7.0], [1.0]])
    """
    rows: list[Ints] = []
    places, bit = [], 0
    for column in columns:
        bits = int(column.sum()).bit_length()
        if not rows or bit + bits > _BITS:
            rows.append(np.zeros(len(column), np.int64))
            bit = 0
        rows[-1] += column.astype(np.int64) << bit
        places.append((len(rows) - 1, bit, bits))
        bit += bits
    return np.array(rows), Places(*np.array(places).T)


def unpacked(sums: Ints, places: Places, columns: Ints) -> Floats:
    """Return the sums of some columns from those of packed ones, which have draws in their last axis."""
    column, bit, bits = (each[columns] for each in places)
    return ((sums[column] >> bit[..., None]) & ((1 << bits) - 1)[..., None]).astype(float)


def dealt_sums(columns: Ints, sizes: Sequence[int], *, draws: int = DRAWS) -> Iterator[Ints]:
    """Yield sums of columns, which have a row each, over the documents dealt to groups of rising sizes: an array of
    sizes, columns and draws, for some draws after the others."""
    most = sizes[-1]
    dealt = deals(most, columns.shape[1], draws=draws, shuffle=len(sizes) > 1)
    while some := [*islice(dealt, max(1, _DEALT // max(most, len(sizes) * len(columns))))]:
        documents = np.concatenate(some)
        steps = (most * np.arange(len(some))[:, None] + [0, *sizes[:-1]]).ravel()
        sums = np.empty((len(sizes), len(columns), len(some)), columns.dtype)
        for at, column in enumerate(columns):
            sums[:, at] = np.add.reduceat(column[documents], steps).reshape(len(some), -1).cumsum(axis=1).T
        yield sums


def groups_p(
    members: Sequence[Ints],
    counts: Callable[[Ints], tuple[Counts, Counts]],
    of: Ints,
    *,
    compared: int,
    draws: int = DRAWS,
) -> Floats:
    """Return the p of the shares (columns) of each of the first `compared` groups (rows) against all other groups.

    `members` are the documents of each group, by number; `counts` gives the hits and the totals of some documents, one
    row a document, in whole numbers; `of` has the column of totals for each column of hits. NaN where no share varies,
    or where fewer than ENOUGH documents have hits: these tell too little of their variance for any test.
    """
    documents = np.unique(np.concatenate(members))
    blocks = [documents[first : first + BLOCK] for first in range(0, max(1, len(documents)), BLOCK)]
    with_hits = np.sum([np.count_nonzero(counts(block)[0], axis=0) for block in blocks], axis=0)
    # All others differ from a group as it does from them.
    sides = [each if 2 * len(each) <= len(documents) else np.setdiff1d(documents, each) for each in members[:compared]]
    places = [np.searchsorted(documents, side) for side in sides]
    p = np.full((compared, len(with_hits)), np.nan)
    is_open = np.array([len(each) > 0 for each in places])[:, None] & (with_hits >= ENOUGH)
    for so_many in sorted({min(FIRST, draws), draws}):
        tested = np.flatnonzero(is_open.any(axis=0))
        numbers = max(so_many * int(is_open.sum()), len(documents) * len(tested))
        parts = min(len(tested), 1 + numbers // _NUMBERS)
        for some in np.array_split(tested, parts) if parts else ():
            used, of_some = np.unique(of[some], return_inverse=True)
            of_blocks = ((hits[:, some].T, totals[:, used].T) for hits, totals in map(counts, blocks))
            hits, totals = (np.concatenate(each, axis=1, dtype=float) for each in zip(*of_blocks, strict=True))
            rows = np.flatnonzero(is_open[:, some].any(axis=1))
            cells = np.ix_(rows, some)
            made = _p([places[row] for row in rows], hits, totals, of_some, is_open[cells], draws=so_many)
            p[cells] = np.where(is_open[cells], made, p[cells])
        is_open &= p < FIRST / DRAWS
    return p


def _p(sides: Sequence[Ints], hits: Floats, totals: Floats, of: Ints, is_tested: Mask, *, draws: int) -> Floats:
    """Return the p of shares (columns) of sides (rows), against all other documents, where they are tested.

    `hits` and `totals` have a column in each row, with the numbers of all documents.
    """
    hits_squared, totals_squared = ((each**2 for each in columns) for columns in (hits, totals))
    products = (each * totals[at] for each, at in zip(hits, of, strict=True))
    numbers, places = packed(chain(hits, totals, hits_squared, products, totals_squared))
    n, every = hits.shape[1], np.arange(len(hits))
    first = np.cumsum([0, len(hits), len(totals), len(hits), len(hits)])
    column_of = first[:, None] + [every, of, every, every, of]

    def sums_of(sums: Ints, documents: int, shares: Ints) -> Sums:
        """Return sums by draw and share from those of packed columns."""
        return Sums(np.array(documents), *unpacked(sums, places, column_of[:, shares]).transpose(0, 2, 1))

    everything = numbers.sum(axis=1, keepdims=True)
    of_shares = sums_of(everything, n, every)
    excess = hits - ratio(of_shares.hits, of_shares.totals).T * totals[of]
    powers = np.array([(hits != 0).sum(axis=1), (excess**2).sum(axis=1), (excess**3).sum(axis=1)])
    sizes, size_of = np.unique([len(side) for side in sides], return_inverse=True)
    # Sides of one size are dealt the same documents.
    shares = [np.flatnonzero(is_tested[size_of == at].any(axis=0)) for at in range(len(sizes))]
    of_all = [sums_of(everything, n, some) for some in shares]
    drawn: list[list[Floats]] = [[] for _ in sizes]
    for sums in dealt_sums(numbers, sizes.tolist(), draws=draws):
        for at, (size, some) in enumerate(zip(sizes.tolist(), shares, strict=True)):
            drawn[at].append(studentised(sums_of(sums[at], size, some), of_all[at]))
    statistics = [np.concatenate(each) for each in drawn]
    p = np.full(is_tested.shape, np.nan)
    for row, (side, at) in enumerate(zip(sides, size_of.tolist(), strict=True)):
        some = np.flatnonzero(is_tested[row])
        own = sums_of(numbers[:, side].sum(axis=1, keepdims=True), len(side), some)
        everywhere = sums_of(everything, n, some)
        by_word = word_p(own, everywhere, *powers[:, some])[0]
        of_draws = statistics[at][:, np.searchsorted(shares[at], some)]
        p[row, some] = np.maximum(dealt_p(studentised(own, everywhere)[0], of_draws), by_word)
    return p


def contrast_columns(first: Share, second: Share, p: Floats, is_enough: Mask) -> dict[str, Floats | NDArray[Any]]:
    """Return the columns of a table that compares shares: both, their difference with its interval, p, method.

    What not enough documents tell is NaN.
    """
    p = np.where(is_enough, p, np.nan)
    ends = reaching(difference_interval(first, second, p), p, none=0)
    lo, hi = (np.where(is_enough, end, np.nan) for end in ends)
    return {
        "share": first.value,
        "share_other": second.value,
        "estimate": first.value - second.value,
        "lo": lo,
        "hi": hi,
        "p": p,
        "method": np.where(is_enough, METHOD, TOO_FEW),
    }


def word_p(own: Sums, everything: Sums, with_hits: Floats, squares: Floats, cubes: Floats) -> Floats:
    """Return the p of a group's share if each document falls to the group with the chance of a word; 0 where many have
    hits: at least ENOUGH are to be expected on either side, twice as many where one side's documents are twice as long.

    `squares` and `cubes` are sums over all documents, of their hits less the share of all times their totals.
    """
    n = int(everything.documents)
    excess = own.hits - ratio(everything.hits, everything.totals) * own.totals
    chance = ratio(own.totals, everything.totals)
    longer = ratio(chance * (n - own.documents), (1 - chance) * own.documents)
    enough = ENOUGH * np.fmax(longer, ratio(1, longer))
    few = ~(with_hits * np.minimum(chance, 1 - chance) >= enough)
    return np.where(few, np.nan_to_num(excess_p(excess, squares, cubes, chance=chance, documents=n)), 0)


def studentised(own: Sums, everything: Sums) -> Floats:
    """Return the difference over its standard error of the shares of a group of documents and of all others.

    Few documents tell little of the variance of their share, and those without a case nothing. So to each side's
    variance is added that of all documents, as if it was known from one document more. 0 where a side has no total.
    """
    others = less(everything, own)
    (share, variance), (share_other, variance_other) = (_share(side, everything) for side in (own, others))
    return np.nan_to_num(ratio(share - share_other, np.sqrt(variance + variance_other)), nan=0.0)


def _share(sums: Sums, everything: Sums) -> tuple[Floats, Floats]:
    """Return a side's share, and its variance with that of all documents, for as many words as the side has."""
    share, variance = variances(sums)
    prior = ratio(variances(everything)[1] * everything.totals, sums.totals)
    return share, (sums.documents * variance + prior) / (sums.documents + 1)


def dealt_p(observed: Floats, drawn: Floats) -> Floats:
    """Return the two-sided p of statistics from their values in draws (rows): twice the smaller tail.

    A tail's p is (b + 1) / (m + 1), where b of m draws are as extreme (Davison, A. C. & Hinkley, D. V. 1997, Bootstrap
    Methods and their Application: 4.3). Where b is below ten, the excesses of the most extreme hundredth of the draws
    tell how the tail goes on (Knijnenburg, T. A. et al. 2009, Fewer permutations, more accurate P-values,
    Bioinformatics 25: i161-i168), as an exponential one, which the tails of such sums do not exceed. NaN where all
    draws are equal: there is nothing to test.

    >>> dealt_p(np.array([3.0]), np.arange(-4.0, 5)[:, None]).tolist()
    [0.6]
    """
    tails = np.minimum(_tail(observed, drawn), _tail(-observed, -drawn))
    return np.where((drawn == drawn[:1]).all(axis=0), np.nan, np.minimum(1, 2 * tails))


def _tail(observed: Floats, drawn: Floats) -> Floats:
    """Return the share of draws that are at least as large as what was observed."""
    draws = len(drawn)
    at_least = (drawn >= observed).sum(axis=0)
    p = (at_least + 1) / (draws + 1)
    most = round(_TAIL * draws)
    if most < _FEW:
        return p
    for column in np.flatnonzero(at_least < _FEW):
        *_, threshold = tail = -np.partition(-drawn[:, column], most)[: most + 1]
        excess = float(np.mean(tail[:-1]) - threshold)
        if excess > 0:
            further = _TAIL * np.exp(-(observed[column] - threshold) / excess)
            p[column] = min(p[column], max(further, np.finfo(float).tiny))
    return p
