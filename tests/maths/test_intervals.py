import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scripts.maths.intervals import (
    ENOUGH,
    benjamini_hochberg,
    bootstrap,
    chi2_p,
    narrowed,
    normal_p,
    normal_quantile,
    percentiles,
    pooled_error,
    resampled_documents,
    resampled_sums,
    wilson,
)


def test_wilson_published():
    # Newcombe 1998, Statistics in Medicine 17: 857-872, Table I, method 3 (score without continuity correction).
    for hits, trials, lo, hi in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        assert np.round(wilson(hits, trials), 4) == pytest.approx([lo, hi], abs=1e-12)


@given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_wilson_peer(pair, level):
    hits, trials = pair
    lo, hi = wilson(hits, trials, level=level)
    peer = stats.binomtest(min(hits, trials), trials).proportion_ci(level, method="wilson")
    assert (lo, hi) == pytest.approx((peer.low, peer.high), rel=1e-9, abs=1e-12)
    assert 0 <= lo <= hits / trials <= hi <= 1


def test_wilson_without_trials_is_not_estimable():
    assert np.isnan(wilson(0, 0)).all()


def test_p_values_peer():
    z = np.array([0, 0.5, 1.96, 8, 30])
    assert normal_p(z) == pytest.approx(2 * stats.norm.sf(z), rel=1e-12)
    assert chi2_p([0.1, 3.841459, 200]) == pytest.approx(stats.chi2.sf([0.1, 3.841459, 200], 1), rel=1e-12)
    assert normal_quantile(0.95) == pytest.approx(stats.norm.ppf(0.975), rel=1e-14)


def test_benjamini_hochberg_published():
    # Benjamini & Hochberg 1995, JRSS B 57(1): 296: 15 p values; the procedure at 0.05 rejects the first four.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_benjamini_hochberg_peer(p):
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p), rel=1e-12, abs=1e-300)


def test_benjamini_hochberg_leaves_what_is_no_test():
    q = benjamini_hochberg([np.nan, 0.01, np.nan, 0.04])
    assert np.isnan(q[[0, 2]]).all()
    assert q[[1, 3]] == pytest.approx([0.02, 0.04])
    assert benjamini_hochberg([]).shape == (0,)


def test_resamples_draw_as_many_documents_as_there_are():
    weights = resampled_documents(7, resamples=50, random=np.random.default_rng(3))
    assert weights.shape == (50, 7)
    assert (weights.sum(axis=1) == 7).all()
    assert (weights == resampled_documents(7, resamples=50, random=np.random.default_rng(3))).all()


@pytest.mark.parametrize("n", [1, 7, 300, 120_000])
def test_the_draws_are_those_of_one_row_after_the_other(n):
    weights = resampled_documents(n, resamples=5, random=np.random.default_rng(3))
    random = np.random.default_rng(3)
    assert (weights == [np.bincount(random.integers(0, n, n), minlength=n) for _ in range(5)]).all()


def test_numbers_are_narrowed_where_no_sum_of_them_can_be_inexact():
    assert narrowed([1, 2**20], 15).dtype == np.float32
    assert narrowed([1, 2**20], 16).dtype == narrowed([0.5], 1).dtype == float


def test_sums_of_counts_are_exact_and_those_of_numbers_are_in_double_precision():
    random = np.random.default_rng(6)
    counts, shares = random.integers(0, 9, (40, 3)), random.random(40)
    weights = resampled_documents(40, resamples=25, random=np.random.default_rng(2)).astype(float)
    sums, totals = resampled_sums(counts, shares, resamples=25, seed=2)
    assert (sums == weights @ counts).all()
    assert totals == pytest.approx(weights @ shares, rel=1e-14)


def test_bootstrap_peer():
    rng = np.random.default_rng(5)
    words = rng.integers(200, 900, 80)
    hits = rng.binomial(words, rng.beta(2, 60, 80))
    lo, hi = bootstrap(np.divide, hits, words, resamples=4000)
    peer = stats.bootstrap(
        (hits, words),
        lambda h, w, axis: h.sum(axis) / w.sum(axis),
        paired=True,
        method="percentile",
        n_resamples=4000,
        rng=np.random.default_rng(9),
    ).confidence_interval
    # Two seeds: they agree to a tenth of the width.
    assert (lo, hi) == pytest.approx((peer.low, peer.high), abs=0.1 * (peer.high - peer.low))
    # Clustered words: the interval over documents is wider than the one that takes them as independent.
    narrow = wilson(hits.sum(), words.sum())
    assert hi - lo > narrow[1] - narrow[0]


def test_bootstrap_many_statistics_at_once():
    hits = np.array([[1, 0], [2, 5], [0, 1], [4, 4], [3, 2]])
    words = np.array([10, 20, 10, 40, 30])
    lo, hi = bootstrap(lambda h, w: h / w[:, None], hits, words)
    for column in (0, 1):
        assert (lo[column], hi[column]) == bootstrap(np.divide, hits[:, column], words)


@pytest.mark.parametrize("documents", [0, 1, ENOUGH - 1, ENOUGH])
def test_bootstrap_with_too_few_documents_is_not_estimable(documents):
    ends = bootstrap(lambda h, w: h / np.maximum(w, 1), np.ones(documents), np.ones(documents))
    assert np.isnan(ends).tolist() == [documents < ENOUGH] * 2


def test_the_error_of_no_difference_is_that_of_the_pooled_share():
    """Of documents of one unit each: sqrt(p (1 - p) (1 / m + 1 / n)), as in the z test of two proportions."""
    cases = np.array([1.0] * 30 + [0.0] * 70)
    error = pooled_error(cases, np.ones(100), sizes=(25, 75), resamples=20_000)
    assert error == pytest.approx((0.3 * 0.7 * (1 / 25 + 1 / 75)) ** 0.5, rel=0.02)
    assert np.isnan(pooled_error(np.zeros(100), np.ones(100), sizes=(25, 75)))


def test_percentiles_of_nothing():
    lo, hi = percentiles(np.zeros((100, 0)))
    assert lo.shape == hi.shape == (0,)
