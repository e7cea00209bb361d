"""Names and numbers as figures and report show them."""

import math

import pytest

from scripts.report.figures.style import label, percent


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0%"), (0.004, "0.40%"), (0.00995, "1.0%"), (0.0994, "9.9%"), (0.0995, "10%"), (0.1, "10%"), (1, "100%"),
     (-0.05, "−5.0%"), (-0.5, "−50%"), (None, "not estimable"), (math.nan, "not estimable")],
)  # fmt: skip
def test_a_share_below_a_tenth_has_a_decimal(share, shown):
    assert percent(share) == shown


def test_decimals_may_be_asked_for():
    assert [percent(0.5, decimals=n) for n in (0, 1, 2)] == ["50%", "50.0%", "50.00%"]


def test_labels_have_44_characters_at_most():
    assert (label("x" * 44), label("x" * 45)) == ("x" * 44, "x" * 43 + "…")
