"""Survey estimators: published worked examples, exact laws on small populations, and coverage by simulation."""

from itertools import combinations, product
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths.correction import corrected_share
from scripts.maths.survey import (
    Estimate,
    accuracy,
    corrected_ratio,
    interval,
    mean,
    ratio,
    satterthwaite,
    share_interval,
    total,
)


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
    assert ratio(y * 0, group * 0.0, weight, stratum) == Estimate(nan, nan, nan, 0) or np.isnan(
        ratio(y * 0, group * 0.0, weight, stratum).value
    )


def test_the_whole_population_has_no_error():
    y, x = np.array([1.0, 2, 0, 4]), np.array([2.0, 2, 1, 5])
    estimate = ratio(y, x, np.ones(4), np.array([0, 0, 1, 1]))
    assert (estimate.value, estimate.variance, estimate.degrees) == (0.7, 0, inf)
    assert share_interval(estimate) == interval(estimate) == (0.7, 0.7)
    assert corrected_ratio(y, x, y, x, np.ones(4), np.zeros(4, int), machine_totals=(9, 9)) == (
        estimate._replace(units=4),
        0.0,
    )


def test_a_stratum_with_one_unit_takes_the_variance_of_all():
    y, weight, stratum = np.array([1.0, 3, 5, 9]), np.array([5.0, 5, 5, 20]), np.array([0, 0, 0, 1])
    # By hand: 15 units with variance 4 (factor (15/35)^2 (1 - 3/15) / 3), 20 units with the variance of all, 35 / 3.
    expected = (15 / 35) ** 2 * 0.8 / 3 * 4 + (20 / 35) ** 2 * 0.95 * 35 / 3
    assert mean(y, weight, stratum).variance == pytest.approx(expected)


def test_degrees_of_freedom_by_hand():
    # Cochran 5.16: (4 + 1)^2 / (16 / 4 + 1 / 9).
    assert satterthwaite(np.array([4.0, 1.0]), np.array([5, 10])) == pytest.approx(25 / (4 + 1 / 9))
    assert satterthwaite(np.array([4.0, 0.0]), np.array([1, 10])) == 1


def test_intervals_by_hand():
    estimate = Estimate(0.2, 0.0025, 10, 50)
    # Student's t with ten degrees of freedom is 2.228; on the logit scale the standard error is 0.05 / 0.16.
    assert interval(estimate) == pytest.approx((0.2 - 2.228 * 0.05, 0.2 + 2.228 * 0.05), abs=1e-4)
    logits = np.log(0.2 / 0.8) + np.array([-1, 1]) * 2.228 * 0.05 / 0.16
    assert share_interval(estimate) == pytest.approx(tuple(1 / (1 + np.exp(-logits))), abs=1e-4)
    # Nothing varies: Wilson's, whose lower end for 50 of 50 is 50 / (50 + 1.96^2); no interval by Student's t.
    assert share_interval(Estimate(1, 0, 0, 50)) == pytest.approx((50 / (50 + 3.8415), 1), abs=1e-4)
    assert np.isnan(interval(Estimate(1, 0, 0, 50))).all()
    same = mean(np.ones(4), np.full(4, 5.0), np.zeros(4, int))
    assert same == Estimate(1, 0, 0, 4) and np.isnan(interval(same)).all()
    # Nothing or everything has no logit.
    for value in (0.0, 1.0):
        assert share_interval(Estimate(value, 0.01, 5, 50)) == share_interval(Estimate(value, 0, 0, 50))
    assert np.isnan(share_interval(Estimate(nan, nan, nan, 0))).all()
    narrow, wide = share_interval(estimate, level=0.9), share_interval(estimate, level=0.99)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


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


@given(st.integers(0, 2**32 - 1))
def test_with_units_of_one_the_ratio_is_the_corrected_share(seed):
    generator = np.random.default_rng(seed)
    y, machine = generator.integers(0, 2, (2, 60)).astype(float)
    weight, stratum = np.full(60, 5.0), generator.integers(0, 3, 60)
    estimate, power = corrected_ratio(
        y, np.ones(60), machine, np.ones(60), weight, stratum, machine_totals=(0.4 * 300, 300)
    )
    expected = corrected_share(y, machine, weight, stratum, 0.4, 300)
    if power:
        assert (estimate.value, power) == (pytest.approx(expected.estimate), pytest.approx(expected.power))


def test_the_power_makes_the_variance_least():
    generator = np.random.default_rng(7)
    x = generator.integers(5, 40, 80).astype(float)
    y = x * (generator.random(80) < 0.3)
    machine_y = np.where(generator.random(80) < 0.7, y, x * (generator.random(80) < 0.3))
    weight, stratum = np.repeat([4.0, 9.0], 40), np.repeat([0, 1], 40)
    machine_totals = float((weight * machine_y).sum()), float((weight * x).sum())
    best, power = corrected_ratio(y, x, machine_y, x, weight, stratum, machine_totals=machine_totals)
    assert 0 < power < 1
    # Where the machine's totals are as the sample has them, the estimate is that of the sample.
    alone = ratio(y, x, weight, stratum)
    assert best.value == pytest.approx(alone.value)
    assert best.variance < alone.variance


def test_a_machine_without_an_error_in_the_sample_is_not_taken_for_perfect():
    y, x, weight = np.r_[np.full(10, 20.0), np.zeros(30)], np.full(40, 20.0), np.full(40, 10.0)
    estimate, power = corrected_ratio(y, x, y, x, weight, np.zeros(40, int), machine_totals=(2400, 8000))
    assert (estimate.value, power) == (0.3, 1)
    # Half an error: one of 40 equal units has a fortieth of the whole.
    assert estimate.variance == pytest.approx(0.5 / 40**2)


@pytest.mark.parametrize(
    ("machine", "totals"),
    [(np.zeros(4), (0, 0)), (np.array([9.0, 0, 0, 0]), (-1e6, 10))],
    ids=["says nothing", "leaves the range"],
)
def test_without_help_of_the_machine_the_ratio_is_that_of_the_sample(machine, totals):
    y, x = np.array([9.0, 1, 0, 4]), np.array([9.0, 8, 7, 9])
    result = corrected_ratio(y, x, machine, machine, np.full(4, 5.0), np.zeros(4, int), machine_totals=totals)
    assert result == (ratio(y, x, np.full(4, 5.0), np.zeros(4, int)), 0.0)


class Population:
    """Statements with words, sources and a machine that takes one in six for another's or for nobody's."""

    def __init__(self, generator, size):
        self.words = np.ceil(generator.gamma(2, 12, size))
        share = 1 / np.arange(2, 40)
        self.source = generator.choice(len(share), size, p=share / share.sum())
        confused = generator.random(size) < 1 / 6
        self.machine = np.where(confused, generator.choice(len(share), size), self.source)
        self.machine_words = np.where(generator.random(size) < 0.08, 0, self.words)
        confidence = np.where(confused, generator.random(size), generator.beta(4, 1, size))
        self.stratum = np.digitize(confidence, [0.4, 0.8])

    def numbers(self, source):
        y, machine_y = self.words * (self.source == source), self.machine_words * (self.machine == source)
        return y, self.words, machine_y, self.machine_words

    def sample(self, generator, n):
        sizes = np.bincount(self.stratum)
        numbers = np.maximum(2, np.rint(n * sizes / sizes.sum())).astype(int)
        drawn = [generator.choice(np.flatnonzero(self.stratum == h), k, replace=False) for h, k in enumerate(numbers)]
        return np.concatenate(drawn), np.repeat(sizes / numbers, numbers)


def coverage(n, sources, repeats):
    """Return the shares of intervals that hold the truth, with and without machine, and the ratio of their widths."""
    generator = np.random.default_rng(5)
    covered, widths = [], []
    for _ in range(repeats):
        population = Population(generator, 3000)
        at, weight = population.sample(generator, n)
        for source in sources:
            columns = population.numbers(source)
            y, x, machine_y, machine_x = (column[at] for column in columns)
            truth = columns[0].sum() / columns[1].sum()
            alone = share_interval(ratio(y, x, weight, population.stratum[at]))
            totals = columns[2].sum(), columns[3].sum()
            estimate, _ = corrected_ratio(
                y, x, machine_y, machine_x, weight, population.stratum[at], machine_totals=totals
            )
            helped = share_interval(estimate)
            covered.append([lo <= truth <= hi for lo, hi in (alone, helped)])
            widths.append([hi - lo for lo, hi in (alone, helped)])
    alone, helped = np.mean(covered, axis=0)
    return alone, helped, float(np.divide(*np.mean(widths, axis=0)[::-1]))


def test_coverage_of_shares_of_words_with_the_machines_help():
    alone, helped, width = coverage(200, range(5), 120)
    assert 0.92 <= alone <= 0.98, alone
    assert 0.92 <= helped <= 0.98, helped
    assert width < 0.75


@pytest.mark.slow
@pytest.mark.parametrize("n", [100, 200, 400])
def test_coverage_of_the_ten_largest_shares(n):
    alone, helped, width = coverage(n, range(10), 400)
    assert 0.93 <= helped <= 0.985, (alone, helped)  # with 100 units the half error makes them a little too wide
    assert width < 0.75


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
