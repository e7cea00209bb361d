import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scripts.maths.intervals import benjamini_hochberg, normal_p, skewed_p, student_quantile, wilson


def test_wilson_published():
    # Newcombe 1998, Statistics in Medicine 17: 857-872, Table I, method 3 (score without continuity correction).
    for hits, trials, lo, hi in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        assert np.round(wilson(hits, trials), 4) == pytest.approx([lo, hi], abs=1e-12)


@given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_peer(pair):
    hits, trials = pair
    lo, hi = wilson(hits, trials)
    peer = stats.binomtest(min(hits, trials), trials).proportion_ci(0.95, method="wilson")
    assert (lo, hi) == pytest.approx((peer.low, peer.high), rel=1e-9, abs=1e-12)
    assert 0 <= lo <= hits / trials <= hi <= 1


def test_wilson_without_trials_is_not_estimable():
    assert np.isnan(wilson(0, 0)).all()


@pytest.mark.parametrize(
    ("degrees", "relative"),
    [(1, 1e-9), (1.2, 2e-3), (1.5, 2e-3), (2, 4e-4), (3, 3e-4), (5, 1e-4), (10, 5e-6), (30, 1e-7)],
)
def test_quantiles_of_student(degrees, relative):
    assert student_quantile(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=relative)


def test_p_values_peer():
    z = np.array([0, 0.5, 1.96, 8, 30])
    assert normal_p(z) == pytest.approx(2 * stats.norm.sf(z), rel=1e-12)


def test_p_of_a_skewed_score_is_that_of_a_gamma_distribution():
    # A word that one of a thousand documents has most of comes to shapes near 0.01.
    for shape in (1e-6, 1e-3, 0.0164, 0.2, 0.5, 1, 3.99, 5, 50):
        scores, skewness = np.array([3.0, 4.0, 6.0, 9.0, 17.0]), 2 / shape**0.5
        peer = np.maximum(2 * stats.gamma.sf(shape + scores * shape**0.5, shape), normal_p(scores))
        assert skewed_p(scores, skewness) == pytest.approx(peer, rel=0.03 if shape > 4 else 1e-9)
        assert skewed_p(-scores, -skewness).tolist() == skewed_p(scores, skewness).tolist()
        assert skewed_p(-scores, skewness).tolist() == normal_p(scores).tolist()


def test_p_of_a_score_is_the_normal_one_without_skewness_and_never_below_it():
    scores = np.linspace(-9, 9, 181)
    assert skewed_p(scores, 0).tolist() == normal_p(scores).tolist()
    assert (skewed_p(scores, 3.0) >= normal_p(scores)).all() and (skewed_p(scores, 3.0) <= 1).all()
    assert skewed_p(scores, 1e-4) == pytest.approx(normal_p(scores), rel=0.02)
    assert np.isnan(skewed_p(np.nan, 1.0))


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
