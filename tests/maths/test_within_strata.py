"""Shares of two groups compared within strata: the parts add up, and known truths are found."""

from itertools import product

import numpy as np
import pytest

from benchmarks.within_stories import Setting, summary
from scripts.maths.within_strata import Comparison, compared


def compare(*rows: tuple[int, int, bool, int], draws: int = 200) -> Comparison:
    """Return the comparison for documents: hits, total, whether of the first group, stratum."""
    hits, totals, is_first, stratum = (np.array(column) for column in zip(*rows, strict=True))
    return compared(hits[:, None].astype(float), totals[:, None].astype(float), is_first, stratum, draws=draws)


def test_the_difference_within_is_that_of_mantel_and_haenszel_and_the_parts_add_up() -> None:
    result = compare((6, 10, True, 0), (2, 10, False, 0), (9, 30, True, 1), (1, 10, False, 1), (5, 5, True, 2))
    weights = 10 * 10 / 20, 30 * 10 / 40
    within = (weights[0] * (0.6 - 0.2) + weights[1] * (0.3 - 0.1)) / sum(weights)
    assert result.within.value[0] == pytest.approx(within)
    assert (result.share[0], result.other[0]) == pytest.approx((20 / 45, 3 / 20))
    assert result.plain.value[0] == pytest.approx(20 / 45 - 3 / 20)
    assert result.choice.value[0] == pytest.approx(result.plain.value[0] - within)
    assert result.strata.tolist() == [2]


def test_what_both_do_alike_in_each_stratum_is_choice_alone() -> None:
    shares = [1, 2, 3, 4, 5, 6]
    rows = [
        (share * n, 10 * n, first, at) for at, share in enumerate(shares) for first, n in ((True, share), (False, 2))
    ]
    result = compare(*rows)
    assert result.within.value[0] == pytest.approx(0)
    assert result.choice.value[0] == pytest.approx(result.plain.value[0])
    assert result.plain.value[0] > 0.05
    assert np.isnan(result.p[0])


def test_the_same_choice_and_one_effect_is_treatment_alone() -> None:
    rows = [
        (share + 2 * first, 10, first, at) for at, share in enumerate([1, 2, 3, 4, 5, 6]) for first in (True, False)
    ]
    result = compare(*rows)
    assert result.within.value[0] == pytest.approx(0.2)
    assert result.choice.value[0] == pytest.approx(0)


def test_p_is_that_of_all_deals() -> None:
    """With a document of each group in a stratum a deal changes the sign of its difference, or does not."""
    pairs = [(5, 1), (4, 2), (6, 3), (2, 2), (3, 0), (4, 5), (7, 2)]
    rows = [
        (hits, 10, first, at) for at, pair in enumerate(pairs) for hits, first in zip(pair, (True, False), strict=True)
    ]
    differences = [left - right for left, right in pairs]
    sums = [sum(map(np.multiply, differences, signs)) for signs in product((1, -1), repeat=len(pairs))]
    exact = 2 * np.mean([each >= sum(differences) for each in sums])
    assert compare(*rows, draws=20_000).p[0] == pytest.approx(exact, abs=0.005)


@pytest.mark.parametrize(("strata", "hits"), [(4, 3), (8, 0), (8, 10)])
def test_with_too_few_strata_or_cases_nothing_is_estimable_but_the_differences_are_told(strata: int, hits: int) -> None:
    result = compare(*((hits, 10, first, at) for at in range(strata) for first in (True, False)))
    assert np.isnan([result.within.lo, result.within.hi, result.choice.lo, result.plain.lo, result.p]).all()
    assert result.within.value[0] == 0
    assert result.strata.tolist() == [strata]


def test_no_interval_is_a_point_and_it_holds_no_difference_just_if_the_test_does_not_reject_that() -> None:
    alike = compare(*((5, 10, first, at) for at in range(8) for first in (True, False)))
    assert np.isnan(alike.within.lo[0])
    effects = [2, 3, 4, 2, 3, 4, 3, 2, 4]
    rows = [(4 + effect * first, 10, first, at) for at, effect in enumerate(effects) for first in (True, False)]
    apart = compare(*rows, draws=2000)
    assert apart.p[0] < 0.05
    assert 0 < apart.within.lo[0] < 0.3 < apart.within.hi[0] < 1
    mixed = compare(*(row[:2] + (row[2] ^ (row[3] % 2 == 0), row[3]) for row in rows), draws=2000)
    assert mixed.p[0] > 0.05
    assert mixed.within.lo[0] < 0 < mixed.within.hi[0]


@pytest.mark.parametrize(
    ("first", "second", "effect"),
    [((0.3, 0.8), (0.8, 0.3), 0.0), ((0.5, 0.5), (0.5, 0.5), 0.1), ((0.3, 0.8), (0.8, 0.3), 0.1)],
)
def test_level_coverage_and_parts_in_simulation(
    first: tuple[float, float], second: tuple[float, float], effect: float
) -> None:
    """benchmarks/within_stories.py has narrower bounds of more runs."""
    figures = summary(Setting(60, first, second, effect), runs=150, draws=200)
    for part in ("within", "choice", "plain"):
        assert figures[f"{part} held"] > 0.89
        assert figures[f"{part} mean"] == pytest.approx(figures[f"{part} truth"], abs=0.025)
    assert figures["rejected"] < 0.11 if not effect else figures["rejected"] > 0.3
