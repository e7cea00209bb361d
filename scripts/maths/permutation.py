"""The permutation test of groups of documents: how often a random deal to the groups gives so large a difference.

Words, sentences and quotes cluster in documents, so whole documents are dealt; each group gets as many as it has. The
test holds its level for any number of documents and cases, as it assumes no distribution (Fisher 1935, The Design of
Experiments: 21; Good, P. 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, ch. 3). The statistic is the
difference of two shares over its standard error, which is computed for each deal. So the test is one of equal shares,
even if the documents of one group are longer or more alike than those of the others (Chung, E. & Romano, J. P. 2013,
Exact and asymptotically robust permutation tests, Annals of Statistics 41: 484-507).

If few documents have a case, that is not enough: a longer document is more likely to have one, but a deal treats all
alike. So p is then never below that of documents that fall to the group with the chance of a word (`word_p`).

Each group is tested against all others, so it is dealt by itself: it gets the first documents of a random order, which
is the same for all groups. If a group has more than half of the documents, the others are dealt instead.

Most groups do not differ, and a tenth of the draws is enough to see that: if it gives a p of 0.1 or more, this is p.
The level holds: p is at most some `a` below 0.1 only if that of all draws is, and at most a larger `a` only if that of
the tenth is (after Besag, J. & Clifford, P. 1991, Sequential Monte Carlo p-values, Biometrika 78: 301-304).
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
# The first draws, enough if p is large: at least FIRST / DRAWS.
FIRST = 1_000
# The text that tables have for the interval of a difference of two shares (`difference_interval`), and for its p.
METHOD = "MOVER, from the intervals of both shares, agreeing with p; p: permutation of documents"
# Documents to count at a time.
_BLOCK = 1_000
# With fewer draws than _FEW at least as extreme, p is estimated from the tail: the most extreme _TAIL of the draws.
_FEW, _TAIL = 10, 0.01
# The most statistics of draws, or counts of documents, in memory at a time (160 MB); the most documents to deal, or
# sums to make, at a time.
_NUMBERS, _DEALT = 20_000_000, 500_000
# Bits of an integer that packed columns use.
_BITS = 62


def deals(size: int, documents: int, *, draws: int = DRAWS, seed: int = 1, shuffle: bool = False) -> Iterator[Ints]:
    """Yield, for each draw, the numbers of `size` documents drawn from `documents`; in random order if `shuffle`.

    >>> [sorted(dealt.tolist()) for dealt in deals(2, 3, draws=3)]
    [[0, 1], [1, 2], [0, 2]]
    """
    random = np.random.Generator(np.random.PCG64(seed))
    for _ in range(draws):
        yield random.choice(documents, size, replace=False, shuffle=shuffle)


class Places(NamedTuple):
    """Places of columns in packed columns: the packed column of each, its first bit there, and its number of bits."""

    column: Ints
    bit: Ints
    bits: Ints


def packed(columns: Iterable[Floats]) -> tuple[Ints, Places]:
    """Return columns of integers packed into fewer (several in the bits of one), as rows, and the columns' places.

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
    """Return the sums of some columns from the sums of packed columns, which have draws as their last axis."""
    column, bit, bits = (each[columns] for each in places)
    return ((sums[column] >> bit[..., None]) & ((1 << bits) - 1)[..., None]).astype(float)


def dealt_sums(columns: Ints, sizes: Sequence[int], *, draws: int = DRAWS) -> Iterator[Ints]:
    """Yield the sums of columns (as rows) over documents dealt to groups of rising sizes, some draws at a time.

    The axes of the sums are sizes, columns and draws.
    """
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

    `members` are the numbers of each group's documents; `counts` returns the hits and totals of documents as integers,
    with a row for each document; `of` has the column of totals for each column of hits. p is NaN if a share does not
    vary, or if fewer than ENOUGH documents have hits: they say too little about its variance for any test.
    """
    documents = np.unique(np.concatenate(members))
    blocks = [documents[first : first + _BLOCK] for first in range(0, max(1, len(documents)), _BLOCK)]
    with_hits = np.sum([np.count_nonzero(counts(block)[0], axis=0) for block in blocks], axis=0)
    # The difference between a group and all others is the same from either side.
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
    """Return the p of the shares (columns) of sides (rows) against all other documents, NaN where not `is_tested`.

    Each row of `hits` and `totals` is a column of counts, with the numbers of all documents.
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

    The interval and p are NaN unless there are enough documents.
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
    """Return the p of a group's share if each document falls to the group with the chance of a word; 0 with many hits.

    Many means that at least ENOUGH documents with hits are expected on either side, twice as many if one side's are
    twice as long. `squares` and `cubes` are sums over all documents, of hits minus the overall share times the total.
    """
    n = int(everything.documents)
    excess = own.hits - ratio(everything.hits, everything.totals) * own.totals
    chance = ratio(own.totals, everything.totals)
    longer = ratio(chance * (n - own.documents), (1 - chance) * own.documents)
    enough = ENOUGH * np.fmax(longer, ratio(1, longer))
    few = ~(with_hits * np.minimum(chance, 1 - chance) >= enough)
    return np.where(few, np.nan_to_num(excess_p(excess, squares, cubes, chance=chance, documents=n)), 0)


def studentised(own: Sums, everything: Sums) -> Floats:
    """Return the difference between the shares of a group of documents and of all others, over its standard error.

    Few documents say little about the variance of their share, and documents without a case say nothing. So each side's
    variance is averaged with that of all documents, which counts as one more document. 0 if a side has no total.
    """
    others = less(everything, own)
    (share, variance), (share_other, variance_other) = (_share(side, everything) for side in (own, others))
    return np.nan_to_num(ratio(share - share_other, np.sqrt(variance + variance_other)), nan=0.0)


def _share(sums: Sums, everything: Sums) -> tuple[Floats, Floats]:
    """Return a side's share, and its variance averaged with that of all documents, scaled to the side's total."""
    share, variance = variances(sums)
    prior = ratio(variances(everything)[1] * everything.totals, sums.totals)
    return share, (sums.documents * variance + prior) / (sums.documents + 1)


def dealt_p(observed: Floats, drawn: Floats) -> Floats:
    """Return the two-sided p of statistics from their values in draws (rows): twice the smaller tail.

    A tail's p is (b + 1) / (m + 1), where b of m draws are as extreme (Davison, A. C. & Hinkley, D. V. 1997, Bootstrap
    Methods and their Application: 4.3). If b is below ten, the tail is extrapolated from the excesses of the most
    extreme hundredth of the draws (Knijnenburg, T. A. et al. 2009, Fewer permutations, more accurate P-values,
    Bioinformatics 25: i161-i168), as an exponential tail, which the tails of such sums do not exceed. NaN if all draws
    are equal, since there is nothing to test.

    >>> dealt_p(np.array([3.0]), np.arange(-4.0, 5)[:, None]).tolist()
    [0.6]
    """
    tails = np.minimum(_tail(observed, drawn), _tail(-observed, -drawn))
    return np.where((drawn == drawn[:1]).all(axis=0), np.nan, np.minimum(1, 2 * tails))


def _tail(observed: Floats, drawn: Floats) -> Floats:
    """Return the share of draws that are at least as large as the observed value, or its extrapolation (`dealt_p`)."""
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
