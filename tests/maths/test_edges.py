"""Values by hand at the edges of the formulas, where a sign, a bound or a condition is easily wrong."""

from math import isnan, log, log2, sqrt

import numpy as np
import pytest
from scipy import stats

from scripts.maths import (
    agreement,
    association,
    diversity,
    intervals,
    keyness,
    minhash,
    readability,
    tuples,
)


def test_alpha_of_equal_codes_is_undefined_and_its_interval_is_seeded():
    assert isnan(agreement.alpha([[1, 1], [1, 1]]))
    assert all(map(isnan, agreement.alpha_interval([[1, 1], [1, 1]])))
    codes = [[0, 0], [1, 1], [0, 1], [1, 1], [0, 0], [0, 0]]
    lo, hi = agreement.alpha_interval(codes)
    assert (lo, hi) == agreement.alpha_interval(codes, resamples=1000)
    assert lo < agreement.alpha(codes) < hi <= 1


def test_coincidences_by_hand():
    (matrix,) = agreement.coincidences([[0, 1, 1, None]])
    # Six ordered pairs, each with weight 1 / 2: 01, 01, 10, 10, 11, 11.
    assert matrix.tolist() == [[0, 1], [1, 1]]
    assert agreement.coincidences([[1, None]]).sum() == 0


def test_association_of_small_and_empty_tables():
    assert isnan(association.g2(0, 0, 0, 0)) and isnan(association.npmi(0, 0, 0, 0))
    assert association.g2(0, 0, 0, 1) == 0
    assert association.npmi(0, 3, 3, 4) == -1
    assert association.fisher_p(2, 0, 0, 2) == pytest.approx(1 / 6)


def test_diversity_of_the_shortest_texts():
    assert isnan(diversity.mattr(["a"] * 49))
    assert diversity.mattr(["a"] * 50) == 1 / 50
    # Two of the tokens a, a, b are drawn: a and b in two of three cases.
    assert diversity.hdd([2, 1], draws=2) == pytest.approx((2 * 2 / 3 + 1 / 3) / 2)
    assert diversity.hdd([1] * 42) == 1 and isnan(diversity.hdd([1] * 41))
    assert diversity.entropy([1, 0, 1]) == 1


@pytest.mark.parametrize(("degrees", "relative"), [(2, 8e-3), (3, 2e-3), (5, 2e-4), (10, 5e-6), (30, 1e-7)])
def test_quantiles_of_student(degrees, relative):
    assert intervals.student_quantile(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=relative)
    assert intervals.student_quantile(degrees, level=0.8) == pytest.approx(stats.t.ppf(0.9, degrees), rel=relative)


def test_the_logit_interval_by_hand():
    # Share .2, standard error .05: on the logit scale .05 / .16; Student's t with ten degrees of freedom is 2.228.
    logits = log(0.2 / 0.8) + np.array([-1, 1]) * 2.22813 * 0.05 / 0.16
    expected = tuple(1 / (1 + np.exp(-logits)))
    assert intervals.logit_interval(0.2, 0.0025, degrees=10) == pytest.approx(expected, abs=1e-6)


def test_log_ratio_with_zero_frequencies():
    assert keyness.log_ratio(0, 4, 10, 6) == pytest.approx(log2(0.05 / 0.4))
    assert keyness.log_ratio(4, 0, 6, 10) == pytest.approx(log2(0.4 / 0.05))
    assert isnan(keyness.log_ratio(0, 0, 10, 10))
    lo, hi = keyness.log_ratio_interval(0, 4, 10, 6)
    # Katz: 1 / x - 1 / n of both sides, x = 0.5 for the frequency of zero.
    half = 1.959964 * sqrt(1 / 0.5 - 1 / 10 + 1 / 4 - 1 / 10) / log(2)
    assert (lo, hi) == pytest.approx((log2(0.125) - half, log2(0.125) + half), abs=1e-5)
    lo, hi = keyness.log_ratio_interval(10, 10, 0, 0)
    assert lo == hi == 0


def test_log_odds_of_words_that_are_the_whole_of_a_corpus_give_no_warning():
    with np.errstate(all="raise"):
        delta, z = keyness.log_odds_dirichlet([1, 3], [2, 4], [0, 5], [0, 6], prior=[1.0, 1.0], prior_total=1.0)
    assert np.isnan([delta[0], z[0]]).all() and np.isfinite([delta[1], z[1]]).all()


def test_signatures_stay_what_they_are():
    words = np.array([0, 1, 2, 3, 4, 5, 0, 1, 2, 3])
    rows = minhash.signatures(words, np.array([0] * 6 + [1] * 4), list("abcdef"), 2)
    assert rows.shape == (2, 128) and not rows[1].any()
    assert rows[0, :3].tolist() == SIGNATURE
    assert len(minhash.shingles(words[:5], list("abcdef"))) == 1 and len(minhash.shingles(words[:4], list("abcd"))) == 0


# Signatures of runs to come are compared with those of runs before: they must not change.
SIGNATURE = [508770655, 1296073078, 1011504979]


def test_readability_of_nothing():
    assert isnan(readability.flesch(0, 0, 0)) and isnan(readability.gunning_fog(3, 0, 0))
    assert isnan(readability.flesch_kincaid(0, 1, 0)) and isnan(readability.flesch(3, 0, 3))
    assert [readability.syllables(word) for word in ("a", "the", "table", "wanted", "nt")] == [1, 1, 2, 2, 1]


def test_ranges_and_the_bounds_of_packing():
    assert tuples.ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    columns = [np.array([1, 0, 1]), np.array([7, 8, 7])]
    sizes = [2**31, 2**32]  # together 2^63, one too many for a signed integer
    assert len(tuples.pack(columns, sizes)) == 2 and len(tuples.pack(columns, [2**31, 2**32 - 1])) == 1
    rows, (sums,) = tuples.sum_packed(tuples.pack(columns, sizes), np.array([1, 10, 100]))
    assert [row.tolist() for row in rows] == [[0, 1], [8, 7]] and sums.tolist() == [10, 101]
