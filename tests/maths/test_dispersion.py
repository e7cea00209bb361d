from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths import dispersion
from tests import references

PARTS = {"dp": dispersion.dp, "dp_norm_lijffijt": dispersion.dp_norm}
# The columns of R tlda's output.
TLDA = {"DP": dispersion.dp, "DPnorm_lijffijt": dispersion.dp_norm}


@pytest.mark.parametrize(("statistic", "inputs", "expected", "tolerance", "name"), references.published(*PARTS))
def test_published(statistic, inputs, expected, tolerance, name):
    assert PARTS[statistic](inputs["v"], inputs["s"]) == pytest.approx(expected, abs=tolerance), name


@pytest.mark.parametrize("column", TLDA)
def test_tlda(column):
    sizes = [len(words) for words in references.addresses().values()]
    for row in references.rows("quanteda/dispersion.csv"):
        value = TLDA[column](references.frequency_by_address()[row["feature"]], sizes)
        assert value == pytest.approx(float(row[column]), rel=1e-9), row["feature"]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 1000)), min_size=2, max_size=30))
def test_bounds(parts):
    v, s = zip(*parts, strict=True)
    if any(v):
        assert -1e-12 <= dispersion.dp(v, s) <= dispersion.dp_norm(v, s) + 1e-12 <= 1 + 1e-9


def test_a_word_that_does_not_occur_is_not_estimable():
    assert isnan(dispersion.dp([0, 0], [5, 5])) and isnan(dispersion.dp_norm([0, 0], [5, 5]))
