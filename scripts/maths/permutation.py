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

A deal knows no counts, only how many documents each group has, in the order of documents. It is made of `BLOCK`
documents after the other, so that the counts of a million need not be in memory.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.maths.association import ratio
from scripts.maths.document_shares import Counts, Sums, less, variances
from scripts.maths.intervals import ENOUGH
from scripts.maths.keyness import excess_p

DRAWS = 10_000
# How a table makes the interval of a difference of two shares (`difference_interval`), and its p.
METHOD = "MOVER, of the intervals of both shares, agreeing with p; p: permutation of documents"
# Documents that are dealt at a time.
BLOCK = 1_000
# With fewer draws at least as extreme p is taken from the tail, and of this share of the draws.
_FEW, _TAIL = 10, 0.01
# Shares of groups that are tested at a time, and packed columns of groups whose sums are in memory (160 MB).
_CELLS, _SUMS = 1_700, 2_000
# Draws that are added up at a time: their masks stay in the processor's cache.
_DRAWS = 100
# With more groups than this, which of two ways to add up is faster.
_MANY = 20
# Bits of a whole number that double precision holds.
_BITS = 53


def deals(sizes: Sequence[int], *, draws: int = DRAWS, seed: int = 1) -> Iterator[NDArray[np.int16]]:
    """Yield the group of each document (column) in each draw (row), `BLOCK` documents after the other.

    `sizes` are the documents of each group. How many of a group are in a block is drawn first, from all that are left.

    >>> [block.shape for block in deals([600, 700], draws=3)]
    [(3, 1000), (3, 300)]
    """
    random = np.random.Generator(np.random.PCG64(seed))
    left = np.tile(np.array(sizes, np.int64), (draws, 1))
    for first in range(0, sum(sizes), BLOCK):
        room = np.full(draws, min(BLOCK, sum(sizes) - first))
        others = left.sum(axis=1)
        counts = np.zeros_like(left)
        for group in range(len(sizes)):
            others = others - left[:, group]
            counts[:, group] = random.hypergeometric(left[:, group], others, room) if others.any() else room
            room = room - counts[:, group]
        left -= counts
        dealt = np.repeat(np.tile(np.arange(len(sizes), dtype=np.int16), draws), counts.ravel())
        yield random.permuted(dealt.reshape(draws, -1), axis=1)


class Packing(NamedTuple):
    """Columns of whole numbers that share the bits of one: the packed column of each, its first bit there, its bits."""

    column: Ints
    bit: Ints
    bits: Ints


def packing(totals: Floats, filled: Floats) -> Packing:
    """Return how columns that add up to `totals` are packed, in the order of how many documents they are `filled` in.

    >>> [numbers.tolist() for numbers in packing(np.array([7.0, 2.0**50, 8.0]), np.array([1, 3, 2]))]
    [[0, 1, 0], [0, 0, 3], [3, 51, 4]]
    """
    places = np.zeros((len(totals), 3), np.int64)
    column, bit = 0, 0
    for place in np.argsort(filled, kind="stable"):
        bits = int(totals[place]).bit_length()
        if bit + bits > _BITS:
            column, bit = column + 1, 0
        places[place] = column, bit, bits
        bit += bits
    return Packing(*places.T)


def dealt_sums(
    counts: Iterable[Floats], packed: Packing, sizes: Sequence[int], groups: Sequence[int], *, draws: int = DRAWS
) -> Iterator[Floats]:
    """Yield for each of some groups the sums of columns over the documents that it gets in each draw (draws, columns).

    `counts` are whole numbers, documents by columns, `BLOCK` documents after the other.
    """
    weights = np.zeros((len(packed.column), packed.column.max(initial=0) + 1))
    weights[np.arange(len(weights)), packed.column] = 2.0**packed.bit
    are_many = len(groups) > _MANY
    sums = np.zeros((len(groups), draws, weights.shape[1]), order="F" if are_many else "C")
    for block, dealt in zip(counts, deals(sizes, draws=draws), strict=True):
        of_documents = block @ weights
        for first in range(0, draws, _DRAWS):
            some = slice(first, first + _DRAWS)
            (_add_by_place if are_many else _add_by_mask)(sums[:, some], dealt[some], of_documents, groups)
    for of_group in sums:
        yield ((of_group.astype(np.int64)[:, packed.column] >> packed.bit) & ((1 << packed.bits) - 1)).astype(float)


def _add_by_mask(sums: Floats, dealt: NDArray[np.int16], of_documents: Floats, groups: Sequence[int]) -> None:
    """Add to sums (groups, draws, columns) those of the dealt documents, by a product of matrices for each group."""
    for of_group, group in zip(sums, groups, strict=True):
        of_group += (dealt == group).astype(float) @ of_documents


def _add_by_place(sums: Floats, dealt: NDArray[np.int16], of_documents: Floats, groups: Sequence[int]) -> None:
    """Add to sums (groups, draws, columns) those of the dealt documents, each number at its place."""
    n, draws, _ = sums.shape
    place_of = np.full(1 + max(int(np.max(dealt)), *groups), n)
    place_of[groups] = np.arange(n)
    place = np.ascontiguousarray(place_of[dealt].T) + (n + 1) * np.arange(draws)
    for of_column, values in zip(sums.T, of_documents.T, strict=True):
        filled = np.flatnonzero(values)
        added = np.bincount(place[filled].ravel(), np.repeat(values[filled], draws), (n + 1) * draws)
        of_column += added.reshape(draws, n + 1)[:, :n]


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
    documents = np.sort(np.concatenate(members))
    with_hits = _total(lambda numbers: counts(numbers)[0] != 0, documents)
    tested = np.flatnonzero(with_hits >= ENOUGH)
    p = np.full((compared, len(with_hits)), np.nan)
    for some in np.array_split(tested, max(1, -(-compared * len(tested) // _CELLS))):
        p[:, some] = _p(members, documents, counts, some, of[some], with_hits[some], compared=compared, draws=draws)
    return p


def _p(
    members: Sequence[Ints],
    documents: Ints,
    counts: Callable[[Ints], tuple[Counts, Counts]],
    tested: Ints,
    of: Ints,
    with_hits: Floats,
    *,
    compared: int,
    draws: int,
) -> Floats:
    """Return the p of the `tested` columns of hits: `of` has their columns of totals, `with_hits` their documents."""
    sizes = [len(each) for each in members]
    used, of = np.unique(of, return_inverse=True)

    def cells(numbers: Ints) -> tuple[Floats, Floats]:
        hits, totals = (each.astype(float) for each in counts(numbers))
        return hits[:, tested], totals[:, used]

    def columns(numbers: Ints) -> Floats:
        hits, totals = cells(numbers)
        return np.hstack([hits, hits**2, hits * totals[:, of], totals, totals**2])

    def sums_of(sums: Floats, n: int) -> Sums:
        hits, squares, products, totals, totals_squared = np.split(sums, np.cumsum([len(of)] * 3 + [len(used)]), -1)
        return Sums(np.array(n), hits, totals[..., of], squares, products, totals_squared[..., of])

    totals_of_columns = _total(columns, documents)
    packed = packing(totals_of_columns, _total(lambda numbers: columns(numbers) != 0, documents))
    everything = sums_of(totals_of_columns, len(documents))
    share = ratio(everything.hits, everything.totals)

    def powers(numbers: Ints) -> Floats:
        hits, totals = cells(numbers)
        excess = hits - share * totals[:, of]
        return np.hstack([excess**2, excess**3])

    squares, cubes = np.split(_total(powers, documents), 2)
    p = np.empty((compared, len(tested)))
    at_a_time = max(1, _SUMS // (packed.column.max(initial=0) + 1))
    for first in range(0, compared, at_a_time):
        groups = range(first, min(first + at_a_time, compared))
        blocks = (columns(documents[start : start + BLOCK]) for start in range(0, len(documents), BLOCK))
        drawn = dealt_sums(blocks, packed, sizes, groups, draws=draws)
        for group, of_group in zip(groups, drawn, strict=True):
            own, dealt = (sums_of(sums, sizes[group]) for sums in (_total(columns, members[group]), of_group))
            p[group] = np.maximum(
                dealt_p(*(studentised(sums, everything) for sums in (own, dealt))),
                word_p(own, everything, with_hits, squares, cubes),
            )
    return p


def _total(counts: Callable[[Ints], NDArray[Any]], documents: Ints) -> Floats:
    """Return the sums of columns over documents."""
    starts = range(0, max(1, len(documents)), BLOCK)
    return np.sum([counts(documents[first : first + BLOCK]).sum(axis=0, dtype=float) for first in starts], axis=0)


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
