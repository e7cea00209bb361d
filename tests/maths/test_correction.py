import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths.correction import CENSUS, HUMAN_ONLY, POWER_TUNED, corrected_share, units_for_width
from scripts.maths.stratified import allocate


def sample(generator, strata, numbers):
    """Return units drawn from each stratum, so many of each, and how many units each of them stands for."""
    drawn = [generator.choice(units, n, replace=False) for units, n in zip(strata, numbers, strict=True)]
    return np.concatenate(drawn), np.repeat([len(units) / n for units, n in zip(strata, numbers, strict=True)], numbers)


def test_a_machine_that_is_never_wrong_leaves_nothing_to_estimate_from():
    machine = np.array([1.0, 0, 0, 1, 0, 0, 0, 0, 0, 1])
    result = corrected_share(machine, machine, np.full(10, 10.0), np.zeros(10, int), 0.22, 100)
    assert (result.estimate, result.method, result.power) == (pytest.approx(0.3), HUMAN_ONLY, 0)
    assert result.lo < 0.22 < result.hi


def test_a_useless_machine_leaves_the_human_share():
    human = np.array([1.0, 0, 0, 1, 0, 0, 0, 0, 0, 1] * 10)
    result = corrected_share(human, np.zeros(100), np.full(100, 1e6), np.zeros(100, int), 0.0, 10**8)
    assert (result.power, result.method) == (0, POWER_TUNED)
    assert result.estimate == pytest.approx(0.3)
    # Close to the normal interval 0.3 +- 1.96 * sqrt(0.3 * 0.7 / 99).
    assert result.lo == pytest.approx(0.3 - 0.09, abs=0.012)
    assert result.hi == pytest.approx(0.3 + 0.09, abs=0.012)


def test_the_sample_is_the_corpus():
    human = np.array([1.0, 0, 0, 1])
    result = corrected_share(human, np.array([1.0, 1, 0, 0]), np.ones(4), np.zeros(4, int), 0.5, 4)
    assert result == (0.5, 0.5, 0.5, CENSUS, 0)


def test_nobody_finds_the_frame():
    result = corrected_share(np.zeros(50), np.zeros(50), np.full(50, 4.0), np.zeros(50, int), 0.0, 200)
    assert (result.estimate, result.lo, result.method) == (0, 0, HUMAN_ONLY)
    assert 0.05 < result.hi < 0.1


def test_everybody_finds_the_frame():
    result = corrected_share(np.ones(50), np.ones(50), np.full(50, 4.0), np.zeros(50, int), 1.0, 200)
    # 150 units were not drawn: 1 - .025^(1/50) of them may lack it, with which one sample of 50 in forty has none.
    assert (result.estimate, result.hi, result.method) == (1, 1, HUMAN_ONLY)
    assert result.lo == pytest.approx(1 - 0.75 * (1 - 0.025 ** (1 / 50)))


@pytest.mark.parametrize(("size", "of_rest", "of_hits"), [(60, 0.01, 0.3), (200, 0.01, 0.3), (200, 0.02, 0.02)])
def test_coverage_of_a_rare_frame_that_the_machine_mostly_misses(size, of_rest, of_hits):
    """The sample of the 4,900 sentences without a cue often has none: without what is unseen, .40, .76 and .94."""
    generator, sizes = np.random.default_rng(5), (4900, 100)
    stratum = np.repeat([0, 1], sizes)
    strata, numbers = np.split(np.arange(5000), [4900]), allocate(sizes, size)
    covered = []
    for _ in range(300):
        human = (generator.random(5000) < np.where(stratum == 1, of_hits, of_rest)) * 1.0
        at, weight = sample(generator, strata, numbers)
        result = corrected_share(human[at], stratum[at] * 1.0, weight, stratum[at], 0.02, 5000)
        covered.append(result.lo <= human.mean() <= result.hi)
    assert 0.94 <= np.mean(covered) <= 0.995


@pytest.mark.parametrize(("sensitivity", "false_alarms"), [(0.8, 0.1), (0.5, 0.3), (0.3, 0.3)])
def test_coverage_and_bias_of_a_stratified_sample(sensitivity, false_alarms):
    generator = np.random.default_rng(3)
    human = (generator.random(2000) < 0.15).astype(float)
    machine = (generator.random(2000) < np.where(human == 1, sensitivity, false_alarms)).astype(float)
    strata = [np.flatnonzero(machine == code) for code in (0, 1)]
    numbers = allocate([len(each) for each in strata], 200)
    covered, estimates = 0, []
    for _ in range(600):
        at, weight = sample(generator, strata, numbers)
        result = corrected_share(human[at], machine[at], weight, machine[at].astype(int), machine.mean(), 2000)
        covered += result.lo <= human.mean() <= result.hi
        estimates.append(result.estimate)
    assert 0.92 <= covered / 600 <= 0.98
    assert np.mean(estimates) == pytest.approx(human.mean(), abs=0.006)


def test_coverage_where_strata_are_many_and_small():
    generator = np.random.default_rng(8)
    sizes = [302, 113, 104, 74, 57, 54, 44]
    stratum = np.repeat(np.arange(7), sizes)
    machine = (stratum == 1) | (generator.random(len(stratum)) < 0.05)
    human = np.where(generator.random(len(stratum)) < 0.2, generator.random(len(stratum)) < 0.25, machine) * 1.0
    strata, numbers = np.split(np.arange(len(stratum)), np.cumsum(sizes)[:-1]), allocate(sizes, 80)
    covered = 0
    for _ in range(600):
        at, weight = sample(generator, strata, numbers)
        result = corrected_share(human[at], machine[at] * 1.0, weight, stratum[at], machine.mean(), len(stratum))
        covered += result.lo <= human.mean() <= result.hi
    assert 0.925 <= covered / 600 <= 0.98, covered / 600


def test_it_is_narrower_than_the_human_codes_alone():
    generator = np.random.default_rng(4)
    human = (generator.random(300) < 0.3).astype(float)
    machine = np.where(generator.random(300) < 0.9, human, 1 - human)
    alone = corrected_share(human, np.zeros(300), np.full(300, 50.0), np.zeros(300, int), 0.0, 15000)
    helped = corrected_share(human, machine, np.full(300, 50.0), np.zeros(300, int), machine.mean(), 15000)
    assert helped.hi - helped.lo < 0.75 * (alone.hi - alone.lo)


@given(st.integers(0, 2**32 - 1))
def test_a_group_of_all_is_the_corpus(seed):
    generator = np.random.default_rng(seed)
    human, machine = generator.integers(0, 2, (2, 40)).astype(float)
    data = human, machine, np.full(40, 5.0), generator.integers(0, 3, 40), 0.4, 200
    assert corrected_share(*data) == corrected_share(*data, inside=np.ones(40, bool))


@pytest.mark.parametrize(("groups", "size"), [(10, 100), (3, 200)])
def test_coverage_and_bias_in_groups_that_were_not_drawn_apart(groups, size):
    """Machine and prevalence differ from group to group, and the strata know nothing of groups."""
    generator = np.random.default_rng(6)
    group = generator.integers(0, groups, 3000)
    human = (generator.random(3000) < 0.3 * (0.5 + group / groups)).astype(float)
    machine = (generator.random(3000) < np.where(human == 1, 0.7, 0.05 + 0.3 * group / groups)).astype(float)
    strata = [np.flatnonzero(machine == code) for code in (0, 1)]
    numbers = allocate([len(each) for each in strata], size)
    covered, errors = [], []
    for _ in range(300):
        at, weight = sample(generator, strata, numbers)
        for each in range(groups):
            in_group, inside = group == each, group[at] == each
            if inside.sum() >= 10:
                codes = human[at], machine[at], weight, machine[at].astype(int)
                result = corrected_share(*codes, machine[in_group].mean(), int(in_group.sum()), inside=inside)
                covered.append(result.lo <= human[in_group].mean() <= result.hi)
                errors.append(result.estimate - human[in_group].mean())
    assert len(covered) > 500
    assert 0.93 <= np.mean(covered) <= 0.99, np.mean(covered)
    assert abs(np.mean(errors)) < 0.01


@given(st.integers(10, 500), st.floats(0.06, 0.4))
def test_as_many_units_as_asked_for_make_the_interval(n, half_width):
    size = 20_000
    needed = units_for_width(half_width, n, size, width=0.05)
    variance = (half_width**2) / (1 / n - 1 / size)
    assert variance * (1 / needed - 1 / size) <= 0.05**2 * 1.000001
    assert variance * (1 / (needed - 1) - 1 / size) > 0.05**2 * 0.999999
    assert units_for_width(0.04, n, size, width=0.05) == n
