"""Survey estimators: published worked examples, exact laws on small populations, and coverage by simulation."""

from itertools import combinations, product
from math import inf, nan

import numpy as np
import pytest

from scripts.maths.intervals import wilson
from scripts.maths.survey import (
    Estimate,
    accuracy,
    ratio,
    satterthwaite,
    share_interval,
)


def mean(y, weight, stratum):
    return ratio(np.asarray(y, float), np.ones(len(y)), weight, stratum)


def total(y, weight, stratum):
    size, estimate = float(weight.sum()), mean(y, weight, stratum)
    return estimate._replace(value=size * estimate.value, variance=size**2 * estimate.variance)


def with_moments(n, means, sums):
    """Return columns of n numbers with given means and given sums of squares and products, as a book prints them."""
    means, sums = np.array(means, float), np.array(sums, float)
    centred = sums - n * np.outer(means, means)
    basis = np.linalg.qr(np.column_stack([np.ones(n), np.random.default_rng(1).normal(size=(n, len(means)))]))[0]
    return means[:, None] + np.linalg.cholesky(centred) @ basis[:, 1:].T


def test_stratified_mean_of_ice_cream():
    # SAS/STAT User's Guide, the SURVEYMEANS procedure, "Stratified Sampling": mean and its standard error.
    grades = {
        7: (1824, [7, 7, 1, 10, 3, 2, 2, 6, 6, 6, 3, 12, 4, 2, 1, 4, 11, 2, 2, 9]),
        8: (1025, [12, 20, 19, 16, 17, 14, 18, 10, 13]),
        9: (1151, [10, 15, 15, 8, 8, 7, 14, 9, 8, 6, 11]),
    }
    values = np.concatenate([sample for _, sample in grades.values()]).astype(float)
    stratum = np.repeat(list(grades), [len(sample) for _, sample in grades.values()])
    weight = np.concatenate([np.full(len(sample), size / len(sample)) for size, sample in grades.values()])
    estimate = mean(values, weight, stratum)
    assert (estimate.value, estimate.variance**0.5) == (
        pytest.approx(9.141298, abs=1e-6),
        pytest.approx(0.531799, abs=1e-6),
    )


@pytest.mark.parametrize(
    ("sample", "error"),
    [((24,), 2365), ((6, 18), 1372), ((12, 12), 1044)],
    ids=["simple random", "proportional", "equal"],
)
def test_total_of_the_cities(sample, error):
    # Cochran 1977, chapter 5, the 64 cities: inhabitants in 1930, thousands; the standard error of their total.
    strata = [(64, 52448)] if len(sample) == 1 else [(16, 53843), (48, 5581)]
    values, weight, stratum = [], [], []
    for number, ((size, variance), n) in enumerate(zip(strata, sample, strict=True)):
        values.append(with_moments(n, [100], [[(n - 1) * variance + n * 100**2]])[0])
        weight += [size / n] * n
        stratum += [number] * n
    estimate = total(np.concatenate(values), np.array(weight), np.array(stratum))
    assert estimate.variance**0.5 == pytest.approx(error, abs=0.5)
    assert estimate.value == pytest.approx(64 * 100)


@pytest.mark.parametrize(
    ("of", "squares", "products", "share", "error"),
    [(123, 533, 3595.5, 7.38, 0.534), (2394, 177254, 66678.0, 0.379, 0.0238)],
    ids=["food cost a person", "share of the income"],
)
def test_ratio_of_the_families(of, squares, products, share, error):
    # Cochran 1977, chapter 2, the 33 families: food cost (907.2 in all) over their size and over their income.
    y, x = with_moments(33, [907.2 / 33, of / 33], [[28224, products], [products, squares]])
    estimate = ratio(y, x, np.full(33, 1e9), np.zeros(33, int))
    assert estimate.value == pytest.approx(share, abs=0.005 if share > 1 else 0.0005)
    assert estimate.variance**0.5 == pytest.approx(error, abs=0.005 * error)


def samples_of(strata, numbers):
    """Yield all stratified samples of a population: (numbers of the units, their weights, their strata)."""
    choices = [combinations(np.flatnonzero(strata == h).tolist(), n) for h, n in enumerate(numbers)]
    sizes = np.bincount(strata)
    for drawn in product(*choices):
        at = np.concatenate([list(part) for part in drawn])
        yield at, sizes[strata[at]] / np.array(numbers)[strata[at]], strata[at]


def test_total_and_its_variance_are_unbiased_over_all_samples():
    # Cochran 1977, theorems 5.3 and 5.5: exact for any population.
    values, strata = np.array([3.0, 1, 8, 2, 5, 40, 10, 90, 20]), np.array([0, 0, 0, 0, 0, 1, 1, 1, 1])
    estimates = [total(values[at], weight, stratum) for at, weight, stratum in samples_of(strata, [3, 2])]
    estimated = np.array([estimate.value for estimate in estimates])
    assert estimated.mean() == pytest.approx(values.sum())
    assert np.mean([estimate.variance for estimate in estimates]) == pytest.approx(estimated.var())


def test_a_group_is_what_is_zero_elsewhere():
    generator = np.random.default_rng(2)
    y, group = generator.random(40), generator.random(40) < 0.5
    weight, stratum = np.repeat([3.0, 7.0], 20), np.repeat([0, 1], 20)
    inside = ratio(y * group, group * 1.0, weight, stratum)
    assert inside.value == pytest.approx(np.average(y[group], weights=weight[group]))
    assert inside.units == group.sum()
    nothing = ratio(y * 0, group * 0.0, weight, stratum)
    assert np.isnan(nothing[:3]).all() and nothing.units == 0


def test_the_whole_population_has_no_error():
    y, x = np.array([1.0, 2, 0, 4]), np.array([2.0, 2, 1, 5])
    estimate = ratio(y, x, np.ones(4), np.array([0, 0, 1, 1]))
    assert (estimate.value, estimate.variance, estimate.degrees) == (0.7, 0, inf)
    assert share_interval(estimate) == (0.7, 0.7)


def test_a_stratum_with_one_unit_takes_the_variance_of_all():
    y, weight, stratum = np.array([1.0, 3, 5, 9]), np.array([5.0, 5, 5, 20]), np.array([0, 0, 0, 1])
    # By hand: 15 units with variance 4 (factor (15/35)^2 (1 - 3/15) / 3), 20 units with the variance of all, 35 / 3.
    expected = (15 / 35) ** 2 * 0.8 / 3 * 4 + (20 / 35) ** 2 * 0.95 * 35 / 3
    assert mean(y, weight, stratum).variance == pytest.approx(expected)


def test_degrees_of_freedom_by_hand():
    # Cochran 5.16: (4 + 1)^2 / (16 / 4 + 1 / 9).
    assert satterthwaite(np.array([4.0, 1.0]), np.array([5, 10])) == pytest.approx(25 / (4 + 1 / 9))
    assert satterthwaite(np.array([4.0, 0.0]), np.array([1, 10])) == 1


def test_places_without_anything_tell_of_the_variance_of_what_is_missed():
    """One of 40 places misses a result: as many as its 95 % limits of Poisson, .025 and 5.57, leave the recall."""
    right, missed = np.r_[np.ones(100), np.zeros(40)], np.r_[np.zeros(100), 1, np.zeros(39)]
    result = accuracy(right, 0 * right, missed, np.full(140, 10.0), np.repeat([0, 1], [100, 40]), places=1 - right)
    assert share_interval(result.recall) == pytest.approx((100 / 105.57, 100 / 100.025), abs=0.02)
    # F1 is told by recall, as all results are right.
    least = share_interval(result.recall)[0]
    assert share_interval(result.f1)[0] == pytest.approx(2 * least / (1 + least), abs=0.01)


def test_intervals_by_hand():
    estimate = Estimate(0.2, 0.0025, 10, 50)
    # Student's t with ten degrees of freedom is 2.228; on the logit scale the standard error is 0.05 / 0.16.
    logits = np.log(0.2 / 0.8) + np.array([-1, 1]) * 2.228 * 0.05 / 0.16
    assert share_interval(estimate) == pytest.approx(tuple(1 / (1 + np.exp(-logits))), abs=1e-4)
    # Nothing varies: Wilson's, whose lower end for 50 of 50 is 50 / (50 + 1.96^2).
    assert share_interval(Estimate(1, 0, 0, 50)) == pytest.approx((50 / (50 + 3.8415), 1), abs=1e-4)
    # Four of 20 units were drawn; .3976 to the fourth power is .025.
    same = mean(np.ones(4), np.full(4, 5.0), np.zeros(4, int))
    assert same == Estimate(1, 0, 0, 4, pytest.approx((1 - 0.3976) * 16 / 20, abs=1e-4), 0)
    assert share_interval(same) == (pytest.approx(4 / (4 + 3.8415), abs=1e-4), 1)  # Wilson's is lower here
    # Nothing or everything has no logit.
    for value in (0.0, 1.0):
        assert share_interval(Estimate(value, 0.01, 5, 50)) == share_interval(Estimate(value, 0, 0, 50))
    assert np.isnan(share_interval(Estimate(nan, nan, nan, 0))).all()


def test_a_stratum_without_an_error_says_how_many_there_may_be():
    """30 right of 30 that stand for 3,000, and 18 of 20 that stand for 40: the many may have 11.6 % of errors."""
    right, sizes = np.repeat([1.0, 1, 0], [30, 18, 2]), np.repeat([100.0, 2], [30, 20])
    estimate = ratio(right, np.ones(50), sizes, np.repeat([0, 1], [30, 20]))
    assert estimate.below == pytest.approx((1 - 0.025 ** (1 / 30)) * 0.99 * 3000 / 3040)
    assert (estimate.above, share_interval(estimate)[0]) == (0, pytest.approx(estimate.value - estimate.below))


@pytest.mark.parametrize(("drawn", "errors"), [((60, 40, 20), (0.02, 0.05, 0.1)), ((30, 30, 30), (0.03, 0.1, 0.1))])
def test_coverage_of_a_high_precision(drawn, errors):
    """Intervals hold a precision of 97 %: without room for unseen errors they held it in .89 and .88."""
    generator, sizes = np.random.default_rng(1), (20_000, 4_000, 400)
    stratum = np.repeat(range(3), drawn)
    weight = np.repeat([size / n for size, n in zip(sizes, drawn, strict=True)], drawn)
    covered = []
    for _ in range(500):
        right = (generator.random(len(stratum)) >= np.repeat(errors, drawn)) * 1.0
        lo, hi = share_interval(mean(right, weight, stratum))
        covered.append(lo <= 1 - np.average(errors, weights=sizes) <= hi)
    assert 0.95 <= np.mean(covered) <= 0.995


def test_f1_may_be_as_low_as_a_recall_of_which_no_missed_result_was_drawn():
    """Thirty of a hundred results are right, and in 148 of 4,900 places without one none was missed."""
    right = np.repeat([1.0, 0, 0], [30, 70, 148])
    wrong, places = np.repeat([0.0, 1, 0], [30, 70, 148]), np.repeat([0.0, 1], [100, 148])
    weight, stratum = np.repeat([2, 4900 / 148], [100, 148]), np.repeat([0, 1], [100, 148])
    precision, recall, f1 = accuracy(right, wrong, 0 * right, weight, stratum, places=places)
    least = share_interval(recall)[0]
    assert recall.value == 1 and least < 0.5
    assert share_interval(f1)[0] == pytest.approx(2 * precision.value * least / (precision.value + least))


def test_precision_recall_and_f1_by_hand():
    # 40 results of which 10 are reviewed (8 right), 200 sentences without one of which 20 are reviewed (3 miss one).
    right = np.r_[np.ones(8), np.zeros(22)]
    wrong = np.r_[np.zeros(8), np.ones(2), np.zeros(20)]
    missed = np.r_[np.zeros(10), np.ones(3), np.zeros(17)]
    weight, stratum = np.repeat([4.0, 10.0], [10, 20]), np.repeat([0, 1], [10, 20])
    result = accuracy(right, wrong, missed, weight, stratum)
    assert result.precision.value == pytest.approx(32 / 40)
    assert result.recall.value == pytest.approx(32 / (32 + 30))
    assert result.f1.value == pytest.approx(2 * 32 / (2 * 32 + 8 + 30))
    # Precision rests on the results alone, a mean of one stratum: s^2 = 8 * 2 / (10 * 9) of n = 10 out of 40.
    assert result.precision.variance == pytest.approx((1 - 10 / 40) / 10 * 16 / 90)
    assert (result.precision.units, result.recall.units, result.f1.units) == (10, 11, 13)


def test_coverage_of_precision_and_recall():
    generator = np.random.default_rng(9)
    covered = []
    for _ in range(250):
        results, places = 400, 2500
        right = generator.random(results) < 0.85
        missed = generator.random(places) < 0.04
        sampled_results, sampled_places = (
            generator.choice(results, 80, replace=False),
            generator.choice(places, 160, replace=False),
        )
        nothing = np.zeros(160)
        estimates = accuracy(
            np.r_[right[sampled_results], nothing],
            np.r_[~right[sampled_results], nothing],
            np.r_[np.zeros(80), missed[sampled_places]],
            np.repeat([results / 80, places / 160], [80, 160]),
            np.repeat([0, 1], [80, 160]),
        )
        true = right.sum(), (~right).sum(), missed.sum()
        truths = true[0] / results, true[0] / (true[0] + true[2]), 2 * true[0] / (2 * true[0] + true[1] + true[2])
        intervals = [share_interval(estimate) for estimate in estimates]
        covered.append([lo <= truth <= hi for (lo, hi), truth in zip(intervals, truths, strict=True)])
    assert (np.abs(np.mean(covered, axis=0) - 0.95) <= 0.035).all(), np.mean(covered, axis=0)


@pytest.mark.parametrize("places", [20, 200])
def test_recall_of_a_sample_without_anything_missed_rests_on_the_places_that_were_looked_at(places):
    # 40 right results that stand for 1,600, and places that stand for 3,400.
    right = np.r_[np.ones(40), np.zeros(places)]
    weight = np.r_[np.full(40, 40.0), np.full(places, 3400 / places)]
    result = accuracy(right, 0 * right, 0 * right, weight, (right == 0).astype(int), places=1 - right)
    lo, hi = share_interval(result.recall)
    most = 3400 * wilson(0, places)[1]
    by_results = wilson(40, 40)[0]
    assert hi == 1 and lo == pytest.approx(min(1600 / (1600 + most), by_results), abs=0.02)
    assert (lo < by_results - 0.1) == (places == 20)
    assert share_interval(result.precision)[0] == pytest.approx(by_results)
