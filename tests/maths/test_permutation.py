"""The permutation test of groups of documents: against all deals, against the hypergeometric tail, and in its parts."""

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from scripts.maths import permutation
from scripts.maths.document_shares import Share, sums_of
from scripts.maths.permutation import (
    DRAWS,
    FIRST,
    contrast_columns,
    deals,
    dealt_p,
    dealt_sums,
    groups_p,
    packed,
    studentised,
    unpacked,
    word_p,
)


def p_of(hits, totals, first, **options):
    """Return the p of the share in the documents `first` against all others."""
    members = [np.array(first), np.setdiff1d(np.arange(len(hits)), first)]
    above, below = (np.asarray(values)[:, None] for values in (hits, totals))
    return groups_p(members, lambda rows: (above[rows], below[rows]), np.array([0]), compared=1, **options)[0, 0]


def statistic(hits, totals, first):
    """Return the statistic of the share in the documents `first` against all others."""
    chosen = [*first]
    own = sums_of(hits[chosen], totals[chosen])._replace(documents=np.array(len(chosen)))
    return float(studentised(own, sums_of(hits, totals)._replace(documents=np.array(len(hits)))))


def test_p_is_that_of_all_deals():
    random = np.random.default_rng(2)
    totals = random.integers(1, 30, 12)
    hits = random.binomial(totals, random.beta(1, 2, 12))
    for size in (3, 5):
        every = np.array([
            statistic(hits, totals, chosen) for chosen in combinations(range(12), size)
        ])  # fmt: skip
        observed = statistic(hits, totals, range(size))
        exact = min(1, 2 * min((every >= observed).mean(), (every <= observed).mean()))
        assert p_of(hits, totals, range(size)) == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize(("documents", "cases", "size", "inside"), [(84, 6, 12, 5), (84, 6, 12, 6), (300, 40, 60, 26)])
def test_the_tail_beyond_the_draws_is_near_the_exact_one_and_seldom_below_it(documents, cases, size, inside):
    hits = np.zeros(documents)
    hits[:inside], hits[size : size + cases - inside] = 1, 1
    exact = 2 * stats.hypergeom.sf(inside - 1, documents, cases, size)
    p = p_of(hits, np.ones(documents), range(size))
    assert exact < 5e-4 and 0.5 * exact < p < max(30 * exact, 1e-7)


def test_p_is_never_none_and_what_does_not_vary_is_no_test():
    hits = np.array([1] * 10 + [0] * 10)
    assert 0 < p_of(hits, np.ones(20), range(10)) < 1e-4
    assert np.isnan(p_of(np.zeros(20), np.ones(20), range(10)))
    assert np.isnan(p_of(np.ones(20), np.ones(20), range(10)))


def test_few_draws_have_no_tail():
    assert dealt_p(np.array([99.0]), np.arange(9.0)[:, None]) == [0.2]


@pytest.mark.parametrize(("size", "documents"), [(3, 11), (11, 11), (2_000, 12_000)])
def test_each_deal_has_other_documents_none_of_them_twice(size, documents):
    dealt = np.array([*deals(size, documents, draws=20)])
    assert dealt.shape == (20, size) and dealt.min() >= 0 and dealt.max() < documents
    assert all(len({*row.tolist()}) == size for row in dealt)
    assert np.array_equal(dealt, [*deals(size, documents, draws=20)])


@pytest.mark.parametrize("first", [3, 6])
def test_all_documents_are_dealt_alike_and_any_of_them_first(first):
    dealt = np.array([*deals(6, 20, draws=4000, shuffle=True)])[:, :first]
    in_draw = np.array([np.bincount(row, minlength=20) for row in dealt])
    assert in_draw.mean(axis=0) == pytest.approx(np.full(20, first / 20), abs=0.03)
    together = (in_draw[:, 0] & in_draw[:, 19]).mean()
    assert together == pytest.approx(first * (first - 1) / (20 * 19), abs=0.02)


@pytest.mark.parametrize("at_once", [1, 20, 10**6])
def test_sums_are_those_of_the_dealt_documents(monkeypatch, at_once):
    monkeypatch.setattr(permutation, "_DEALT", at_once)
    columns = np.random.default_rng(5).integers(0, 10 ** np.array([[2], [6], [0], [9], [13], [1]]), (6, 40))
    numbers, places = packed(columns.astype(float))
    assert len(numbers) == 3
    parts = dealt_sums(numbers, [2, 13], draws=150)
    few, many = (unpacked(each, places, np.arange(6)) for each in np.concatenate([*parts], axis=2))
    dealt = np.array([*deals(13, 40, draws=150, shuffle=True)])
    assert np.array_equal(few, columns[:, dealt[:, :2]].sum(axis=2))
    assert np.array_equal(many, columns[:, dealt].sum(axis=2))


@pytest.mark.parametrize(("columns", "sizes"), [(20, [4]), (10, [2, 4]), (4, [20])])
def test_the_more_documents_or_sums_the_fewer_draws_at_a_time(monkeypatch, columns, sizes):
    monkeypatch.setattr(permutation, "_DEALT", 100)
    parts = dealt_sums(np.ones((columns, 40), np.int64), sizes, draws=12)
    assert [part.shape for part in parts] == [(len(sizes), columns, draws) for draws in (5, 5, 2)]


def test_a_clearly_large_p_is_that_of_the_first_deals():
    random = np.random.default_rng(8)
    hits, totals = random.random((60, 40)) < 0.4, np.ones((60, 1))
    members = np.split(np.arange(60), [20])

    def p(draws):
        return groups_p(members, lambda rows: (hits[rows], totals[rows]), np.zeros(40, int), compared=2, draws=draws)

    (first, same), (every, _) = p(FIRST), p(DRAWS)
    assert np.array_equal(first, same)  # All others differ from a group as it does from them.
    is_large = first >= 0.1
    assert 0 < is_large.sum() < 40
    assert np.array_equal(every[is_large], first[is_large])
    assert (every[~is_large] != first[~is_large]).all()


def test_groups_and_shares_that_are_tested_some_at_a_time_have_the_same_p(monkeypatch):
    random = np.random.default_rng(3)
    counts = random.integers(1, 9, (30, 4)).astype(float)
    members = np.split(random.permutation(30), [5, 12])

    def p(**options):
        return groups_p(members, lambda rows: (counts[rows, :3], counts[rows, 3:]), np.zeros(3, int), **options)

    at_once = p(compared=3, draws=200)
    monkeypatch.setattr(permutation, "_NUMBERS", 1)
    assert np.array_equal(p(compared=3, draws=200), at_once) and at_once.shape == (3, 3)


def test_hits_in_fewer_than_five_documents_are_not_tested():
    totals = np.array([10, 20, 30, 40] * 10)[:, None]
    members = [np.arange(0, 40, 2), np.arange(1, 40, 2)]
    for documents in (1, 4, 5, 12):
        has = (np.arange(40) < documents)[:, None]
        p = groups_p(members, lambda rows, has=has: (has[rows], totals[rows]), np.array([0]), compared=2, draws=200)
        assert np.isnan(p).all() == (documents < 5)


def test_documents_dealt_at_random_are_found_to_differ_as_often_as_p_says():
    random = np.random.default_rng(4)
    totals = random.geometric(0.05, 60)
    hits = random.binomial(totals, random.choice([0, 0, 0, 0.5], 60))
    p = [
        p_of(hits[order], totals[order], range(9), draws=999) for order in (random.permutation(60) for _ in range(300))
    ]
    assert 2 <= sum(np.array(p) < 0.05) <= 27


def test_equal_shares_of_longer_documents_are_found_to_differ_no_more_often():
    random = np.random.default_rng(6)
    p = []
    for _ in range(200):
        pieces = np.repeat([9, 1], [20, 80])
        totals = 20 * pieces
        hits = [10 * random.binomial(each, 0.2) for each in pieces]
        p.append(p_of(hits, totals, range(20), draws=399))
    assert 2 <= sum(np.array(p) < 0.05) <= 18


def test_few_cases_on_the_side_with_most_words_are_no_finding():
    """All of seven cases fall to a side with four fifths of the words in one draw of five."""
    hits = np.zeros(120)
    hits[:7] = 1
    assert p_of(hits, np.repeat([4, 1], 60), range(60), draws=999) > 0.1
    assert p_of(hits, np.ones(120), range(60), draws=999) < 0.05
    assert p_of(np.repeat([4, 0], 60), np.repeat([4, 1], 60), range(60), draws=999) < 1e-4


def test_the_chance_of_a_word_counts_where_few_have_a_case():
    documents = np.arange(200)
    totals = np.where(documents < 100, 30.0, 10.0)
    for cases, is_few in ((40, True), (80, False)):
        hits = np.where(documents % (200 // cases) == 0, totals, 0)
        own, everything = sums_of(hits[:100], totals[:100]), sums_of(hits, totals)
        excess = hits - everything.hits / everything.totals * totals
        p = word_p(own, everything, np.array(float(cases)), (excess**2).sum(), (excess**3).sum())
        assert (p > 0) == is_few


@pytest.mark.slow
@pytest.mark.parametrize(("documents", "others"), [(60, 60), (20, 20), (60, 15), (15, 60)])
@pytest.mark.parametrize("share", [0.02, 0.06, 0.2])
def test_equal_shares_are_held_where_the_documents_of_one_side_are_three_times_as_long(documents, others, share):
    """`test_equal_shares_of_longer_documents_are_found_to_differ_no_more_often` holds one such case in short."""
    random = np.random.default_rng([7, documents, others, int(100 * share)])
    pieces = np.repeat([3, 1], [documents, others])
    p = []
    for _ in range(400):
        lengths = [random.geometric(0.01, each) for each in pieces]
        hits = [(each * random.binomial(1, random.beta(share, 1 - share, len(each)))).sum() for each in lengths]
        p.append(p_of(hits, [each.sum() for each in lengths], range(documents), draws=499))
    tested = np.array(p)[~np.isnan(p)]
    assert np.mean(tested < 0.05) <= 0.07 and np.mean(tested < 0.005) <= 0.02


def test_without_a_test_an_interval_reaches_no_difference():
    """The interval of .1 and none in many leaves out 0, but so few documents have a case that there is no p."""
    first, second = (Share(*np.array([each]).T) for each in ((0.1, 0.08, 0.3), (0.0, 0.0, 0.01)))
    tested, untested = (contrast_columns(first, second, np.array([p]), np.array([True])) for p in (0.01, np.nan))
    assert 0 < tested["lo"][0] < 0.1
    assert (untested["lo"][0], untested["hi"][0]) == (0, tested["hi"][0])
