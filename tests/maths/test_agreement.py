import numpy as np
import pytest

from scripts.maths.agreement import alpha, alpha_interval, coincidences


def units(*coders):
    """Return rows of one character per unit, "." for a missing code, as lists by unit."""
    values = sorted(set("".join(coders)) - {"."})
    return [[None if code == "." else values.index(code) for code in unit] for unit in zip(*coders, strict=True)]


# Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Sections A, B and C.
@pytest.mark.parametrize(
    ("coders", "published"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_published_examples(coders, published):
    assert alpha(units(*coders)) == pytest.approx(published, abs=5e-4)


def test_coincidences_by_hand():
    (matrix,) = coincidences([[0, 1, 1, None]])
    # Six ordered pairs, each with weight 1 / 2: 01, 01, 10, 10, 11, 11.
    assert matrix.tolist() == [[0, 1], [1, 1]]
    assert coincidences([[1, None]]).sum() == 0


def test_agreement_on_one_code_alone_is_not_defined():
    assert np.isnan(alpha([[0, 0], [0, 0]]))
    assert all(np.isnan(alpha_interval([[0, 0], [0, 0]])))
    assert np.isnan(alpha([]))


def test_perfect_agreement_and_its_opposite():
    assert alpha([[0, 0], [1, 1]]) == 1
    # Draws of units on which nobody differed would give an interval of 1 to 1.
    assert all(np.isnan(alpha_interval(units("0110100101" * 4, "0110100101" * 4))))
    # Two units, both split: observed disagreement 1, expected 2/3.
    assert alpha([[0, 1], [0, 1]]) == pytest.approx(-0.5)


def test_interval_holds_alpha_and_does_not_depend_on_the_order():
    codes = units("0100000010" * 5, "1110010000" * 5)
    lo, hi = alpha_interval(codes)
    assert lo < alpha(codes) < hi
    assert alpha_interval(codes) == (lo, hi)
