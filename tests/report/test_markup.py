"""Numbers as they are shown."""

import math

import pytest

from scripts.report.markup import (
    fit,
    interval,
    number,
    plural,
    probability,
    say,
)


def test_interval():
    assert interval(0.05, 0.31) == "5.0% to 31.0%"
    assert interval(0.131, 0.136) == "13.1% to 13.6%"
    assert interval(0.25, 0.26) == "25.0% to 26.0%" and interval(0.25, 0.35) == "25% to 35%"
    assert interval(0, 0.05) == "0.0% to 5.0%" and interval(0, 0.3) == "0% to 30%"
    assert interval(None, 0.2) == interval(0.2, None) == interval(0.2, math.nan) == "not estimable"
    assert interval(math.nan, 0.2) == "not estimable"
    assert interval(-0.9, 1234.5, proportion=False) == "−0.90 to 1,234"
    assert interval(71.41, 1050.2, proportion=False) == "71 to 1,050"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567, "1,234,567"),
        (-3, "−3"),
        (0.5, "0.50"),
        (0.0004, "0.0004"),
        (123.4, "123"),
        (0.0, "0"),
        (-0.0, "0"),
        (100.0, "100"),
        (99.5, "99.50"),
        (-100.5, "−100"),
        (0.005, "0.01"),
        (0.0049, "0.005"),
        (-0.00001, "−1e-05"),
        (0.00001, "1e-05"),
    ],
)
def test_number(value, shown):
    assert number(value) == shown


def test_probability():
    assert probability(0.0004) == "< 0.001" and probability(0.001) == "0.001"
    assert probability(0.0421) == "0.042"


def test_words():
    assert plural(1, "document") == "1 document"
    assert plural(2000, "document") == "2,000 documents"
    assert (plural(1, "story", "stories"), plural(0, "story", "stories")) == ("1 story", "0 stories")
    assert say("<i>{}</i>", "<\u202e>") == "<i>&lt;‹U+202E›&gt;</i>"
    assert len(fit("x" * 1_000_000)) == 1000
    assert fit("x\n" * 500) == "x\n" * 500 and fit("x\n" * 501) == "x " * 499 + "x…"
