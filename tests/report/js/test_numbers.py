"""numbers.js writes numbers as Python does, on thousands of drawn values and those between two forms."""

from math import inf, isfinite, nan

import numpy as np
import pytest

from scripts.report.figures.style import percent
from scripts.report.markup import interval, number, points, points_interval, probability
from scripts.report.payload import rounded
from tests.report.js.node import needs_node, run

pytestmark = needs_node


def drawn() -> list[float]:
    """Return numbers of all sizes, as the page gets them (five digits) and as exact as a computer has them."""
    random = np.random.default_rng(20_240_501)
    sizes = 10.0 ** random.uniform(-12, 9, 3000) * random.choice([-1, 1], 3000)
    shares = random.uniform(-1, 1, 2000)
    fractions = random.integers(-4000, 4000, 2000) / random.choice([8, 16, 40, 200, 400, 1000, 2000, 8000], 2000)
    exact = np.concatenate([sizes, shares, fractions])
    edges = [0.0, 0.5, 1.5, 2.5, 0.125, 0.375, 4.35, 0.0435, 1.005, 0.0995, 0.09949, 0.005, 0.00499999, 100.5, 99.995]
    edges += [1e-4, 9.6e-5, 9.4e-5, 0.00096, 1e-300, 0.001, 0.0009999, 1e21, 123456789e15, 2.0**70, 0.05, 1e15 + 0.5]
    both = [*edges, *(-edge for edge in edges if edge)]
    return [*both, *exact.tolist(), *rounded(exact).tolist(), nan, inf, -inf]


def in_page(function: str, values: list) -> list[str]:
    return run(f"(values) => values.map({function})", values)


def plain(values: list[float]) -> list[float | str]:
    """Return numbers for JSON, which has NaN and the infinities as texts."""
    names = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    return [value if isfinite(value) else names[str(value)] for value in values]


@pytest.mark.parametrize(
    ("in_python", "script"),
    [
        (percent, "(value) => percent(Number(value))"),
        (points, "(value) => points(Number(value))"),
        (number, "(value) => decimalNumber(Number(value))"),
        (probability, "(value) => probability(Number(value))"),
    ],
    ids=["share", "points", "number", "probability"],
)
def test_numbers_are_the_same_in_both_languages(in_python, script):
    values = drawn()
    if in_python is probability:
        values = [abs(value) % 1 for value in values if isfinite(value)] + [nan, inf]
    expected = [in_python(value) for value in values]
    assert len(values) > 7000
    wrong = [row for row in zip(values, expected, in_page(script, plain(values)), strict=True) if row[1] != row[2]]
    assert wrong == []


def test_whole_numbers_are_the_same_in_both_languages():
    values = [
        0,
        7,
        999,
        1000,
        1234567,
        -1234,
        2**53,
        *np.random.default_rng(5).integers(-(10**9), 10**9, 2000).tolist(),
        nan,
        -inf,
    ]
    assert in_page("(value) => wholeNumber(Number(value))", plain(values)) == [number(value) for value in values]


@pytest.mark.parametrize(
    ("in_python", "script"),
    [
        (interval, "([lo, hi]) => interval(Number(lo), Number(hi))"),
        (lambda lo, hi: interval(lo, hi, proportion=False), "([lo, hi]) => numberInterval(Number(lo), Number(hi))"),
        (points_interval, "([lo, hi]) => pointsInterval(Number(lo), Number(hi))"),
    ],
    ids=["share", "number", "points"],
)
def test_intervals_are_the_same_in_both_languages(in_python, script):
    random = np.random.default_rng(11)
    low = random.uniform(-1, 1, 2000)
    pairs = np.column_stack([low, low + random.choice([0.0, 0.01, 0.049, 0.05, 0.06, 0.5], 2000)]).tolist()
    pairs += [
        [nan, 0.5],
        [0.5, nan],
        [0.0, 0.0],
        [0.04, 0.31],
        [0.251, 0.262],
        [-0.02, 0.012],
        [-inf, 0.5],
        [0.5, inf],
        [-inf, inf],
    ]
    expected = [in_python(lo, hi) for lo, hi in pairs]
    assert in_page(script, [plain(pair) for pair in pairs]) == expected
