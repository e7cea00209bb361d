"""Shares over documents and their differences: coverage, edges, and what the test of no difference decides."""

import numpy as np
import pytest
from scipy import stats

from scripts.maths.document_shares import (
    Share,
    added,
    difference_interval,
    less,
    prior_in_common,
    ratio_interval,
    share_interval,
    sums_of,
    variances,
)
from scripts.maths.intervals import normal_score, wilson


def test_sums_add_up():
    random = np.random.default_rng(1)
    totals = random.integers(0, 9, (20, 3))
    hits = random.binomial(totals, 0.4)
    every, first = sums_of(hits, totals), sums_of(hits[:8], totals[:8])
    for of_all, both, rest in zip(every, added(first, sums_of(hits[8:], totals[8:])), less(every, first), strict=True):
        assert np.array_equal(of_all, both)
        assert rest.shape == (3,)
    assert np.array_equal(less(every, first).products, sums_of(hits[8:], totals[8:]).products)


def test_documents_of_one_word_have_the_interval_of_wilson():
    """All-or-nothing documents of equal size are independent trials."""
    hits = np.array([1] * 80 + [0] * 120)
    assert share_interval(sums_of(hits, np.ones(200))) == pytest.approx(wilson(80, 200), abs=0.01)


@pytest.mark.parametrize("documents", [5, 15, 200])
def test_no_case_leaves_room_for_one_and_only_cases_for_none(documents):
    totals = np.full(documents, 30)
    lo, hi = share_interval(sums_of(np.zeros(documents), totals))
    assert lo == 0 and 1 / documents < hi < 8 / documents
    assert share_interval(sums_of(totals, totals)) == pytest.approx((1 - hi, 1))


def test_no_total_has_no_interval():
    assert np.isnan(share_interval(sums_of(np.zeros(9), np.zeros(9)))).all()


def test_equal_documents_that_are_mixtures_have_as_many_trials_as_their_variance_says():
    """The variance of a mean of 400 documents needs no prior, only the quantile of Student."""
    random = np.random.default_rng(4)
    hits, totals = random.binomial(20, random.beta(4, 6, 400)), np.full(400, 20)
    share, variance = variances(sums_of(hits, totals))
    assert float(variance) == pytest.approx(np.var(hits / 20, ddof=1) / 400)
    trials = (
        share * (1 - share) / variance * (stats.norm.ppf(0.975) / stats.t.ppf(0.975, with_a_case_of(hits) + 3)) ** 2
    )
    assert share_interval(sums_of(hits, totals)) == pytest.approx(wilson(share * trials, trials), rel=1e-4)


def with_a_case_of(hits):
    return hits.sum() ** 2 / (hits**2).sum()


def test_few_documents_with_a_case_are_taken_for_all_or_nothing_in_part():
    """Three documents of 40 have one word of ten: their squares are 2.775 of 29.775, drawn to a prior and it to 1."""
    hits, totals = np.array([1] * 3 + [0] * 37), np.full(40, 10)
    share, own = 3 / 400, 2.775 / 29.775
    resemblance = (2 * (1 + 3 * own) / 4 + 3 * own) / 5
    trials = 39 / resemblance * (stats.norm.ppf(0.975) / stats.t.ppf(0.975, 6)) ** 2
    assert share_interval(sums_of(hits, totals)) == pytest.approx(wilson(share * trials, trials), rel=2e-3)


def test_a_prior_in_common_is_between_that_of_all_and_that_of_none():
    random = np.random.default_rng(2)
    totals = np.full((40, 1), 20)
    sums = sums_of(random.binomial(20, 0.3, (40, 5)), totals)
    (most,) = prior_in_common(sums_of(totals * (random.random((40, 5)) < 0.3), totals))
    (prior,) = prior_in_common(sums)
    assert 1 / 20 < prior < 0.1 * most and most == pytest.approx(1, abs=0.05)
    assert prior_in_common(sums_of(np.zeros((40, 2)), totals)) == pytest.approx([1])
    rare = sums_of(np.array([3] + [0] * 39)[:, None], totals)
    narrow, wide = share_interval(rare, prior=np.array([prior])), share_interval(rare)
    assert narrow[1] - narrow[0] < 0.8 * (wide[1] - wide[0])


@pytest.mark.parametrize("is_other_side", [False, True])
def test_the_end_away_from_a_rare_case_leaves_room_for_documents_that_were_not_drawn(is_other_side):
    """Four of 15 equal documents have all cases: a quarter of its variance is that of a count of four."""
    hits, totals = np.array([6, 6, 6, 6] + [0] * 11), np.full(15, 20)
    share, prior = 24 / 300, np.array(0.1)
    own = (4 * (6 - 20 * share) ** 2 + 11 * (20 * share) ** 2) / (share * (1 - share) * 15 * 400)
    wider = stats.t.ppf(0.975, 6) / stats.norm.ppf(0.975)
    trials = 14 / ((0.1 + 4 * own) / 5) / wider**2
    fewer = 1 / (0.75 / trials + 0.25 * share * wider**2 / 4)
    near, far = wilson(share * trials, trials)[0], wilson(share * fewer, fewer)[1]
    assert far > wilson(share * trials, trials)[1]
    ends = share_interval(sums_of(totals - hits if is_other_side else hits, totals), prior=prior)
    assert ends == pytest.approx((1 - far, 1 - near) if is_other_side else (near, far), rel=2e-3)


@pytest.mark.parametrize("hits", [0, 1])
def test_documents_that_are_alike_tell_no_more_than_their_sentences_one_by_one(hits):
    totals = np.full(24, 4)
    lo, hi = share_interval(sums_of(np.full(24, hits), totals), prior=np.array(1e-4))
    single = wilson(24 * hits, totals.sum())
    assert lo <= single[0] and hi >= single[1]


def test_a_few_long_documents_make_an_interval_wider():
    """Nine of ten words stand in three documents: what the others share is known less than from equal ones."""
    random = np.random.default_rng(5)
    hits, totals = random.binomial(10, 0.2, 40), np.full(40, 10)
    long = np.where(np.arange(40) < 3, 100, 1)
    (lo, hi), (lo_long, hi_long) = (share_interval(sums_of(hits * each, totals * each)) for each in (1, long))
    assert hi_long - lo_long > 3 * (hi - lo)


@pytest.mark.parametrize(("documents", "share"), [(15, 0.1), (40, 0.05), (200, 0.02)])
def test_intervals_hold_the_share_of_documents_that_cluster(documents, share):
    random = np.random.default_rng(3)
    covered = 0
    for _ in range(300):
        totals = random.geometric(0.02, documents)
        hits = random.binomial(totals, random.beta(share, 1 - share, documents))
        lo, hi = share_interval(sums_of(hits, totals))
        covered += lo <= share <= hi
    assert covered >= 0.9 * 300


def shares(value, lo, hi):
    return Share(*(np.array([each]) for each in (value, lo, hi)))


def test_a_difference_has_the_interval_of_newcombe():
    """56 of 70 and 48 of 80, method 10 of Newcombe (1998), table II: 0.0524 to 0.3339."""
    first, second = (Share(np.array(n / of), *wilson(n, of)) for n, of in ((56, 70), (48, 80)))
    ends = difference_interval(first, second, np.array(np.nan))
    assert [float(end) for end in ends] == pytest.approx([0.0524, 0.3339], abs=1e-4)


@pytest.mark.parametrize(("value", "against"), [(0.5, 0.3), (0.3, 0.5)])
@pytest.mark.parametrize("p", [1e-9, 0.049, 0.051, 0.9])
def test_an_interval_holds_no_difference_just_where_the_test_does_not_reject_it(value, against, p):
    for width in (0.05, 0.25):
        first, second = (shares(each, each - width, each + width) for each in (value, against))
        (lo,), (hi,) = difference_interval(first, second, np.array([p]))
        assert (lo <= 0 <= hi) == (p >= 0.05) and -1 <= lo < value - against < hi <= 1
        (lo,), (hi,) = ratio_interval(first, second, np.array([p]))
        assert (lo <= 1 <= hi) == (p >= 0.05) and lo < value / against < hi


def test_a_ratio_to_none_or_of_none_has_no_interval():
    some, none = shares(0.2, 0.1, 0.3), shares(0.0, 0.0, 0.1)
    for sides in ((some, none), (none, some)):
        assert np.isnan(ratio_interval(*sides, np.array([0.5]))).all()


def test_scores_of_p():
    p = np.array([0.05, np.nan, 1, 1e-12, 0.05])
    assert normal_score(p) == pytest.approx(stats.norm.isf(p / 2), nan_ok=True)
    assert normal_score(0.0) > 30
