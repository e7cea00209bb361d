import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths import dispersion
from tests import references

PARTS = {
    "dp": dispersion.dp,
    "dp_norm_lijffijt": dispersion.dp_norm,
    "dp_egbert": dispersion.dp_egbert,
    "range_rel": lambda v, s: dispersion.range_share(v),
    "juilland_d": dispersion.juilland_d,
    "juilland_u": dispersion.juilland_u,
    "carroll_d2": dispersion.carroll_d2,
    "lyne_d3": lambda v, s: dispersion.lyne_d3(v),
    "rosengren_s": dispersion.rosengren_s,
    "da": dispersion.burch_da,
    "kld": dispersion.kld,
    "dkl_conv": dispersion.dkl,
}
# The columns of R tlda's output.
TLDA = {
    "Rrel": PARTS["range_rel"],
    "D": dispersion.juilland_d,
    "D2": dispersion.carroll_d2,
    "S": dispersion.rosengren_s,
    "DA": dispersion.burch_da,
    "DKL_gries": lambda v, s: 1 - dispersion.dkl(v, s),
    "DP": dispersion.dp,
    "DPnorm_lijffijt": dispersion.dp_norm,
    "DP_egbert": dispersion.dp_egbert,
}


@pytest.mark.parametrize(("statistic", "inputs", "expected", "tolerance", "name"), references.published(*PARTS))
def test_published(statistic, inputs, expected, tolerance, name):
    assert PARTS[statistic](inputs["v"], inputs["s"]) == pytest.approx(expected, abs=tolerance), name


@pytest.mark.parametrize(
    ("statistic", "inputs", "expected", "tolerance", "name"), references.published("arf", "awt", "ald")
)
def test_published_of_distances(statistic, inputs, expected, tolerance, name):
    measure = {"arf": dispersion.arf, "awt": dispersion.awt, "ald": dispersion.ald}[statistic]
    assert measure(inputs["tokens"].split(), inputs["word"]) == pytest.approx(expected, abs=tolerance), name


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
        assert dispersion.kld(v, s) >= -1e-12


def test_a_word_that_does_not_occur_is_not_estimable():
    for measure in (dispersion.dp, dispersion.juilland_d, dispersion.carroll_d2, dispersion.kld, dispersion.burch_da):
        assert measure([0, 0], [5, 5]) != measure([0, 0], [5, 5])
