"""Shares of categories with a machine's help: laws, by hand, and coverage by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths.correction import corrected_share
from scripts.maths.intervals import student_quantile, wilson
from scripts.maths.shares import Machine, shares


def sample(generator, n=60, categories=4):
    """Return words of n units by category, right and by a machine that takes one in five for another's."""
    words = np.ceil(generator.gamma(2, 12, n))
    right = generator.integers(0, categories, n)
    wrong = np.where(generator.random(n) < 0.2, generator.integers(0, categories, n), right)
    y, machine_y = (words[:, None] * (each[:, None] == np.arange(categories)) for each in (right, wrong))
    return y, words, machine_y


def test_without_a_machine_the_interval_is_wilsons_of_the_effective_units_by_hand():
    # Equal units of one stratum of 100: the variance of the share 3/4 is (1 - 4/100) / 4 of s^2 = 4 / 3 * 3/16.
    y = np.array([[1.0, 0], [1, 0], [0, 1], [1, 0]])
    result = shares(y, np.ones(4), np.full(4, 25.0), np.zeros(4, int))
    variance = 0.96 / 4 * 4 / 3 * 3 / 16
    trials = 3 / 16 / variance * (1.959964 / student_quantile(3)) ** 2
    assert result.value.tolist() == [0.75, 0.25]
    lo, hi = wilson(0.75 * trials, trials)
    assert (result.lo[0], result.hi[0]) == (pytest.approx(lo), pytest.approx(hi))
    assert result.power == 0


def test_a_category_without_units_has_the_smoothed_variance():
    y = np.column_stack([[1.0, 1, 0, 1] * 5, [0.0, 0, 1, 0] * 5, np.zeros(20)])
    result = shares(y, np.ones(20), np.full(20, 1e6), np.zeros(20, int))
    assert result.value[2] == result.lo[2] == 0
    assert 0 < result.hi[2] < 0.3


def by_loops(y, x, weight, stratum, machine, power):
    """Return shares and the ends of their intervals as the docstring of the module has them, category by category."""
    below = power * machine.x_total + (weight * (x - power * machine.x)).sum()
    value = np.array(
        [
            (power * machine.y_total[at] + (weight * (y[:, at] - power * machine.y[:, at])).sum()) / below
            for at in range(y.shape[1])
        ]
    )
    variance = np.zeros(len(value))
    for at, share in enumerate(value):
        difference = y[:, at] - share * x - power * (machine.y[:, at] - share * machine.x)
        for each in np.unique(stratum):
            drawn = difference[stratum == each]
            size = weight[stratum == each].sum()
            variance[at] += size**2 * (1 - len(drawn) / size) / len(drawn) * np.var(drawn, ddof=1) / below**2
    value = np.clip(value, 0, 1)
    spread = value * (1 - value)
    smoothed = variance.sum() / spread.sum()
    expected = (y != machine.y).sum() * spread / spread.sum()
    counted = (x > 0) | (machine.x > 0)
    wide = (student_quantile(counted.sum() - len(np.unique(stratum[counted]))) / 1.959964) ** 2
    ends = []
    for at, share in enumerate(value):
        own = variance[at] / spread[at] if spread[at] else smoothed
        trials = (8 + expected[at]) / (8 * smoothed + expected[at] * own) / wide
        lo, hi = wilson(share * trials, trials)
        if (y[:, at] == machine.y[:, at]).all():
            own, rows = (machine.y[:, at] > 0).sum(), (machine.x > 0).sum()
            known = y[:, at].sum() / below
            lo = min(lo, known + (share - known) * 0.025 ** (1 / own) if own else known)
            hi = max(hi, share + (1 - share) * (1 - 0.025 ** (1 / rows)))
        ends.append((lo, hi))
    return value, np.array(ends)


@given(st.integers(0, 2**32 - 1))
def test_the_variance_is_drawn_to_the_smoothed_one_the_more_the_fewer_errors_are_expected(seed):
    generator = np.random.default_rng(seed)
    y, x, machine_y = sample(generator, categories=5)
    # The last category has words in the population, and none in the sample.
    y, machine_y = (np.column_stack([each, np.zeros(60)]) for each in (y, machine_y))
    totals = np.r_[machine_y[:, :5].sum(axis=0) * 4.0, 300]
    machine = Machine(machine_y, x, totals, totals.sum())
    weight, stratum = np.full(60, 4.0), generator.integers(0, 3, 60)
    result = shares(y, x, weight, stratum, machine)
    if result.power:
        value, ends = by_loops(y, x, weight, stratum, machine, result.power)
        assert result.value == pytest.approx(value)
        assert np.stack([result.lo, result.hi], axis=1) == pytest.approx(ends, abs=1e-6)


def test_strata_of_one_unit_take_the_variance_of_all_units():
    y = np.array([[1.0, 0], [0, 1], [1, 0], [0, 1], [1, 0]])
    alone = shares(y, np.ones(5), np.full(5, 20.0), np.array([0, 0, 1, 1, 2]))
    variance = (2 * (2 / 5) ** 2 * (1 - 2 / 40) / 2 * 0.5) + (1 / 5) ** 2 * (1 - 1 / 20) * 0.3
    trials = 0.24 / variance * (1.959964 / student_quantile(2)) ** 2
    lo, hi = wilson(0.6 * trials, trials)
    assert (alone.lo[0], alone.hi[0]) == (pytest.approx(lo, abs=1e-6), pytest.approx(hi, abs=1e-6))


@given(st.integers(0, 2**32 - 1))
def test_with_two_categories_of_equal_units_it_is_the_corrected_share(seed):
    generator = np.random.default_rng(seed)
    right, machine = generator.integers(0, 2, (2, 60)).astype(float)
    weight, stratum = np.full(60, 5.0), generator.integers(0, 3, 60)
    both, by_machine = np.column_stack([right, 1 - right]), np.column_stack([machine, 1 - machine])
    result = shares(
        both, np.ones(60), weight, stratum, Machine(by_machine, np.ones(60), np.array([120.0, 180.0]), 300.0)
    )
    expected = corrected_share(right, machine, weight, stratum, 0.4, 300)
    if result.power:
        assert (result.value[0], result.power) == (pytest.approx(expected.estimate), pytest.approx(expected.power))


@given(st.integers(0, 2**32 - 1))
def test_shares_of_a_whole_add_up_to_one_and_lie_within_their_intervals(seed):
    generator = np.random.default_rng(seed)
    y, x, machine_y = sample(generator)
    totals = machine_y.sum(axis=0) * 4.0
    result = shares(y, x, np.full(60, 4.0), np.repeat([0, 1, 2], 20), Machine(machine_y, x, totals, totals.sum()))
    assert result.value.sum() == pytest.approx(1)
    assert (result.lo <= result.value + 1e-12).all() and (result.value <= result.hi + 1e-12).all()
    assert (result.lo >= 0).all() and (result.hi <= 1).all()


def test_a_population_that_was_drawn_whole_has_no_error():
    y, x, machine_y = sample(np.random.default_rng(3))
    result = shares(y, x, np.ones(60), np.zeros(60, int), Machine(machine_y, x, machine_y.sum(axis=0), x.sum()))
    assert result.value == pytest.approx(y.sum(axis=0) / x.sum())
    assert (result.lo == result.value).all() and (result.hi == result.value).all()


def test_where_no_error_was_drawn_the_machines_shares_stay_with_room_for_errors():
    y, x, _ = sample(np.random.default_rng(4))
    totals = y.sum(axis=0) * np.array([9.0, 8, 10, 7])
    result = shares(y, x, np.full(60, 9.0), np.zeros(60, int), Machine(y, x, totals, totals.sum()))
    own, known = (y > 0).sum(axis=0), y.sum(axis=0) / totals.sum()
    assert result.power == 1 and result.value == pytest.approx(totals / totals.sum())
    assert result.lo == pytest.approx(known + (result.value - known) * 0.025 ** (1 / own))
    assert result.hi == pytest.approx(result.value + (1 - result.value) * (1 - 0.025 ** (1 / 60)))


def test_units_that_are_all_drawn_are_no_evidence_of_the_others():
    # Both errors about the first category are in a stratum that was taken whole.
    y, x, _ = sample(np.random.default_rng(4))
    y[:2], x[:2] = [[90, 0, 0, 0]] * 2, 90
    machine_y = y.copy()
    machine_y[:2] = [[0, 90, 0, 0]] * 2
    weight, stratum = np.r_[[1.0] * 2, [9.0] * 58], np.r_[[1] * 2, [0] * 58]
    totals = (weight[:, None] * machine_y).sum(axis=0)
    result = shares(y, x, weight, stratum, Machine(machine_y, x, totals, totals.sum()))
    assert result.hi[0] >= result.value[0] + (1 - result.value[0]) * (1 - 0.025 ** (1 / 58)) - 1e-9


def test_words_that_were_seen_to_be_right_are_the_least_of_a_share():
    """Of three speakers one was seen in the stratum that is taken whole, one in the other stratum, one in none."""
    y = np.zeros((32, 4))
    y[:2, 0], y[2, 1], y[3:, 3] = 90, 90, 30
    x, weight, stratum = y.sum(axis=1), np.r_[[1.0] * 2, [9.0] * 30], np.r_[[1] * 2, [0] * 30]
    totals = np.array([300.0, 300, 300, 9000])
    result = shares(y, x, weight, stratum, Machine(y, x, totals, totals.sum()))
    rest = np.array([0, (300 - 90) * 0.025, 0])
    assert result.lo[:3] == pytest.approx((np.array([180, 90, 0]) + rest) / totals.sum())


def test_in_a_part_the_variance_is_drawn_to_the_one_that_is_given():
    # Equation 3 of Smyth (2004): of two categories each is half of the errors, and the prior counts as eight of them.
    y, x, machine_y = sample(np.random.default_rng(6))
    y, machine_y = (np.column_stack([each[:, 0], each[:, 1:].sum(axis=1)]) for each in (y, machine_y))
    totals = 4 * machine_y.sum(axis=0)
    args = y, x, np.full(60, 4.0), np.zeros(60, int), Machine(machine_y, x, totals, totals.sum())
    own = shares(*args)
    errors = float((y != machine_y).sum()) / 2
    relative = (8 * 4 * own.relative + errors * own.relative) / (8 + errors)
    trials = (1.959964 / student_quantile(59)) ** 2 / relative
    wide = shares(*args, prior=4 * own.relative)
    assert wide.lo == pytest.approx(wilson(own.value * trials, trials)[0], abs=1e-6)
    assert shares(*args, prior=own.relative).lo == pytest.approx(own.lo)


def test_rows_of_one_category_without_an_error_leave_room_for_the_others():
    # All of 6 drawn rows, a tenth of the words, are of the first category; the lower end of 6 in 6 is .025 ** (1 / 6).
    x = np.array([10.0, 20, 5, 8, 9, 12])
    y = np.column_stack([x, 0 * x])
    weight, stratum = np.full(6, 10.0), np.zeros(6, int)
    alone = shares(y, x, weight, stratum)
    assert alone.value.tolist() == [1, 0]
    assert alone.lo == pytest.approx([0.1 + 0.9 * 0.5407, 0], abs=5e-4)
    assert alone.hi == pytest.approx([1, 0.459], abs=5e-4)
    helped = shares(y, x, weight, stratum, Machine(y.copy(), x, np.array([800.0, 200]), 1000.0))
    assert helped.value == pytest.approx([0.8, 0.2]) and helped.power == 1
    assert helped.lo[0] < 0.8 < helped.hi[0] < 1
    everything = shares(y, x, np.ones(6), stratum, Machine(y.copy(), x, y.sum(axis=0), x.sum()))
    assert everything.lo.tolist() == everything.hi.tolist() == [1, 0]


def test_nothing_to_divide_by_is_not_a_number():
    result = shares(np.zeros((3, 2)), np.zeros(3), np.ones(3), np.zeros(3, int))
    assert np.isnan(result.value).all() and np.isnan(result.power)


class Population:
    """Statements with words, sources and a machine that takes one in six for another's or for nobody's."""

    def __init__(self, generator, size):
        self.words = np.ceil(generator.gamma(2, 12, size))
        share = 1 / np.arange(2, 40)
        source = generator.choice(len(share), size, p=share / share.sum())
        confused = generator.random(size) < 1 / 6
        machine = np.where(confused, generator.choice(len(share), size), source)
        machine_words = np.where(generator.random(size) < 0.08, 0, self.words)
        confidence = np.where(confused, generator.random(size), generator.beta(4, 1, size))
        self.stratum = np.digitize(confidence, [0.4, 0.8])
        of_source = np.arange(len(share))
        self.y = self.words[:, None] * (source[:, None] == of_source)
        self.machine_y = machine_words[:, None] * (machine[:, None] == of_source)

    def sample(self, generator, n):
        sizes = np.bincount(self.stratum)
        numbers = np.maximum(2, np.rint(n * sizes / sizes.sum())).astype(int)
        drawn = [generator.choice(np.flatnonzero(self.stratum == h), k, replace=False) for h, k in enumerate(numbers)]
        return np.concatenate(drawn), np.repeat(sizes / numbers, numbers)


def coverage(n, repeats, *, largest=10):
    """Return the share of intervals that hold the truth, without and with the machine, and the ratio of widths."""
    generator = np.random.default_rng(5)
    covered, widths = [], []
    for _ in range(repeats):
        population = Population(generator, 3000)
        at, weight = population.sample(generator, n)
        truth = (population.y.sum(axis=0) / population.words.sum())[:largest]
        machine = Machine(
            population.machine_y[at],
            population.machine_y[at].sum(axis=1),
            population.machine_y.sum(axis=0),
            population.machine_y.sum(),
        )
        args = population.y[at], population.words[at], weight, population.stratum[at]
        ways = shares(*args), shares(*args, machine)
        covered.append([(way.lo[:largest] <= truth) & (truth <= way.hi[:largest]) for way in ways])
        widths.append([(way.hi - way.lo)[:largest].mean() for way in ways])
    alone, helped = np.mean(covered, axis=(0, 2))
    return alone, helped, float(np.divide(*np.mean(widths, axis=0)[::-1]))


def test_coverage_and_width_of_shares_with_the_machines_help():
    alone, helped, width = coverage(200, 60)
    assert 0.92 <= alone <= 0.985, alone
    assert 0.92 <= helped <= 0.985, helped
    assert width < 0.8


@pytest.mark.slow
@pytest.mark.parametrize("n", [100, 200, 400])
def test_coverage_of_the_ten_largest_shares(n):
    alone, helped, width = coverage(n, 400)
    assert 0.93 <= alone <= 0.98 and 0.93 <= helped <= 0.98, (alone, helped)
    assert width < 0.8
