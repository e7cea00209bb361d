"""Design-based supervised learning: right on average with a machine whose errors depend on the covariates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths.design_based import least_squares, pseudo_outcomes

Z = 1.959964


def test_errors_are_by_leaving_out_each_cluster():
    generator = np.random.default_rng(3)
    cluster, design = generator.integers(0, 9, 60), np.column_stack([np.ones(60), generator.normal(size=(60, 2))])
    outcome = design @ [1, 2, 3] + generator.normal(size=60)
    fitted = least_squares(outcome, design, cluster)
    without = np.array([
        np.linalg.lstsq(design[cluster != at], outcome[cluster != at], rcond=None)[0] for at in range(9)
    ])  # fmt: skip
    changes = (without - fitted.coefficients) ** 2
    assert fitted.errors == pytest.approx((8 / 9 * changes.sum(axis=0)) ** 0.5)
    spread = (changes**2).sum(axis=0) - changes.sum(axis=0) ** 2 / 9
    assert fitted.degrees == pytest.approx(2 * changes.sum(axis=0) ** 2 / spread)


def test_a_coefficient_that_one_cluster_tells_has_a_large_error():
    design = np.column_stack([np.ones(40), np.arange(40) < 10]).astype(float)
    outcome = np.where(np.arange(40) < 10, 1.0, np.arange(40) % 2)
    fitted = least_squares(outcome, design, np.arange(40) // 10)
    assert fitted.coefficients[1] == pytest.approx(0.5) and fitted.errors[1] > 0.4 and fitted.degrees[1] < 4


def test_errors_of_two_groups_of_units():
    design = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]]).astype(float)
    outcome = np.array([0, 1, 0, 1, 1, 0.0])
    beta, error, _ = least_squares(outcome, design, np.arange(6))
    assert beta.tolist() == pytest.approx([1 / 3, 1 / 3])
    # Without one of three the mean moves by half of its distance to it: a quarter of the squares, times 5 / 6.
    squares = 2 / 3
    assert error[0] == pytest.approx((squares / 4 * 5 / 6) ** 0.5)
    assert error[1] == pytest.approx((2 * squares / 4 * 5 / 6) ** 0.5)


@pytest.mark.parametrize("machine", [0.0, 500.0, None], ids=["sees nothing", "always the same", "its own"])
def test_regression_of_unemployed_on_households_in_a_province(machine):
    # Lehtonen & Pahkinen (1995), Practical Methods for Design and Analysis of Complex Surveys, p. 106, table 3.14: the
    # unemployed of 1991 (ue91) by households of 1985 (hou85), 8 of 32 municipalities drawn at random. Coefficients
    # as printed by SAS, https://stats.oarc.ucla.edu/sas/faq/how-can-i-do-regression-estimation-with-survey-data
    unemployed = np.array([4123, 760, 721, 142, 187, 331, 127, 219.0])
    households = np.array([26881, 4896, 3730, 556, 1463, 1946, 834, 932.0])
    # Each drawn unit stands for itself and three that nobody coded, alike for the machine, whatever that says of them.
    human = np.r_[unemployed, np.full(24, np.nan)]
    by_machine = np.tile(households / 7 if machine is None else np.full(8, machine), 4)
    outcome = pseudo_outcomes(by_machine, human, np.r_[np.full(8, 4.0), np.zeros(24)])
    beta, *_ = least_squares(outcome, np.column_stack([np.ones(32), np.tile(households, 4)]), np.tile(np.arange(8), 4))
    assert beta.tolist() == [pytest.approx(42.6546808, abs=5e-8), pytest.approx(0.1520142, abs=5e-8)]


def test_units_that_are_copies_of_each_other_make_no_smaller_error():
    generator = np.random.default_rng(2)
    design = np.column_stack([np.ones(40), generator.normal(size=40)])
    outcome = generator.normal(size=40)
    alone = least_squares(outcome, design, np.arange(40))
    twice = least_squares(np.tile(outcome, 2), np.tile(design, (2, 1)), np.tile(np.arange(40), 2))
    assert np.allclose(alone, twice)


def test_a_column_that_depends_on_others_has_no_coefficient():
    first = np.arange(10.0)
    beta, error, _ = least_squares(3 * first + 1, np.column_stack([np.ones(10), first, 2 * first + 3]), np.arange(10))
    assert beta[:2].tolist() == pytest.approx([1, 3]) and np.isnan(beta[2]) and np.isnan(error[2])


def test_a_column_of_zeros_has_no_coefficient():
    with np.errstate(all="raise"):
        beta, error, _ = least_squares(np.arange(6.0), np.column_stack([np.ones(6), np.zeros(6)]), np.arange(6))
    assert beta[0] == pytest.approx(2.5) and np.isnan(beta[1]) and np.isnan(error[1])


@given(st.integers(0, 2**32 - 1))
def test_where_all_is_coded_the_machine_does_not_matter(seed):
    generator = np.random.default_rng(seed)
    human, machine = generator.integers(0, 2, (2, 20)).astype(float)
    assert pseudo_outcomes(machine, human, np.ones(20)).tolist() == human.tolist()


def test_coverage_with_errors_that_depend_on_the_covariate():
    """The paper's case: the machine errs more in one group, a tenth of the units is coded with known probabilities."""
    generator = np.random.default_rng(7)
    n, covered, alone_covered, estimates = 3000, 0, 0, []
    for _ in range(300):
        group = (generator.random(n) < 0.5).astype(float)
        human = (generator.random(n) < 0.2 + 0.1 * group).astype(float)
        right = generator.random(n) < np.where(group == 1, 0.7, 0.95)
        machine = np.where(right, human, 1 - human)
        # Units in which the machine sees the frame are coded more often.
        chance = np.where(machine == 1, 0.2, 0.05)
        coded = generator.random(n) < chance
        design = np.column_stack([np.ones(n), group])
        outcome = pseudo_outcomes(machine, np.where(coded, human, np.nan), 1 / chance)
        beta, error, _ = least_squares(outcome, design, np.arange(n) // 30)
        covered += abs(beta[1] - 0.1) <= Z * error[1]
        estimates.append(beta[1])
        beta, error, _ = least_squares(machine, design, np.arange(n) // 30)
        alone_covered += abs(beta[1] - 0.1) <= Z * error[1]
    assert 0.925 <= covered / 300 <= 0.975, covered / 300
    assert np.mean(estimates) == pytest.approx(0.1, abs=0.01)
    assert alone_covered / 300 < 0.05
