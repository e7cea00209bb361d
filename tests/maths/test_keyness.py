import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scripts.maths import association, keyness
from scripts.maths.intervals import benjamini_hochberg, normal_p
from tests import references

CELLS = st.tuples(*[st.integers(0, 10_000)] * 4)


@pytest.mark.parametrize(("statistic", "inputs", "expected", "tolerance", "name"), references.published("log_ratio"))
def test_published(statistic, inputs, expected, tolerance, name):
    assert keyness.log_ratio(*inputs) == pytest.approx(expected, abs=tolerance), name


def quanteda_cells(row):
    target, reference = int(row["n_target"]), int(row["n_reference"])
    return target, reference, 10614 - target, 15326 - reference


def test_quanteda():
    for row in references.rows("quanteda/keyness_party.csv"):
        cells = quanteda_cells(row)
        sign = np.sign(float(row["chi2"]))
        # quanteda adds 1e-9 to O / E in each logarithm, and so 2e-9 E to G2 for each cell that is not empty.
        table = np.array(cells, float).reshape(2, 2)
        means = table.sum(1, keepdims=True) * table.sum(0) / table.sum()
        peer = abs(float(row["G2"])) - 2e-9 * means[table > 0].sum()
        assert association.signed_g2(*cells) == pytest.approx(sign * peer, rel=1e-9, abs=1e-9), row["feature"]
        assert normal_p(abs(float(row["chi2"])) ** 0.5) == pytest.approx(float(row["chi2_p"]), rel=1e-9, abs=1e-15)
        assert np.log(2 ** association.pmi(*cells) + 1e-9) == pytest.approx(float(row["pmi"]), rel=1e-9)


def test_association_measures():
    table = references.rows("peers/keyness_peers.csv")
    for row in table:
        cells = quanteda_cells(row)
        if all(cells):  # in place of none it takes a thousandth
            ratio = keyness.log_ratio(*cells)
            assert ratio == pytest.approx(float(row["log_ratio_hardie2014"]), rel=1e-9), row["feature"]
        signed = association.signed_g2(*cells)
        assert signed == pytest.approx(float(row["log_likelihood"]), rel=1e-9, abs=1e-9), row["feature"]
        assert normal_p(abs(signed) ** 0.5) == pytest.approx(float(row["p_sf"]), rel=1e-9), row["feature"]


def test_benjamini_hochberg_of_all_words():
    table = references.rows("peers/keyness_peers.csv")
    if len(table) < 3740:
        pytest.skip("q depends on every word: the evaluation set has them all")
    q = benjamini_hochberg([float(row["p_sf"]) for row in table])
    assert q == pytest.approx([float(row["p_bh"]) for row in table], rel=1e-9)


@given(st.tuples(*[st.integers(1, 10_000)] * 4))
def test_log_ratio_interval_peer(cells):
    o11, o12, o21, o22 = cells
    peer = stats.contingency.relative_risk(o11, o11 + o21, o12, o12 + o22)
    lo, hi = keyness.log_ratio_interval(*cells)
    bounds = peer.confidence_interval(0.95)
    assert (keyness.log_ratio(*cells), lo, hi) == pytest.approx(
        np.log2([peer.relative_risk, bounds.low, bounds.high]), rel=1e-9, abs=1e-9
    )


@given(CELLS)
def test_keyness_turns_round_with_the_corpora(cells):
    o11, o12, o21, o22 = cells
    swapped = (o12, o11, o22, o21)
    assert keyness.log_ratio(*cells) == pytest.approx(-keyness.log_ratio(*swapped), nan_ok=True)
    prior = {"prior": 3.5, "prior_total": 500}
    assert keyness.log_odds_dirichlet(*cells, **prior)[1] == pytest.approx(
        -keyness.log_odds_dirichlet(*swapped, **prior)[1], abs=1e-9
    )


def test_log_odds_by_hand():
    # Monroe, Colaresi & Quinn 2008: 386-391: equation 16 (the difference of log odds), 20 and 22 (variance and z).
    delta, z = keyness.log_odds_dirichlet(30, 10, 970, 1990, prior=2, prior_total=100)
    expected = np.log(32 / (1000 + 100 - 32)) - np.log(12 / (2000 + 100 - 12))
    assert delta == pytest.approx(expected, rel=1e-12)
    assert z == pytest.approx(expected / np.sqrt(1 / 32 + 1 / 12), rel=1e-12)


def test_log_odds_of_words_that_are_the_whole_of_a_corpus_give_no_warning():
    with np.errstate(all="raise"):
        delta, z = keyness.log_odds_dirichlet([1, 3], [2, 4], [0, 5], [0, 6], prior=[1.0, 1.0], prior_total=1.0)
    assert np.isnan([delta[0], z[0]]).all() and np.isfinite([delta[1], z[1]]).all()


def test_log_ratio_with_zero_frequencies():
    assert keyness.log_ratio(0, 4, 10, 6) == pytest.approx(np.log2(0.05 / 0.4))
    assert keyness.log_ratio(4, 0, 6, 10) == pytest.approx(np.log2(0.4 / 0.05))
    # Katz: 1 / x - 1 / n of both sides, x = 0.5 for the frequency of zero.
    half = 1.959964 * np.sqrt(1 / 0.5 - 1 / 10 + 1 / 4 - 1 / 10) / np.log(2)
    assert keyness.log_ratio_interval(0, 4, 10, 6) == pytest.approx((-3 - half, -3 + half), abs=1e-5)
    assert keyness.log_ratio_interval(10, 10, 0, 0) == (0, 0)


def test_a_word_in_neither_corpus_is_not_estimable():
    assert np.isnan(keyness.log_ratio(0, 0, 10, 10))
    assert np.isnan(keyness.log_ratio_interval(0, 0, 10, 10)).all()


def test_a_single_document_has_no_p_and_no_warning():
    nothing = np.zeros(1)
    with np.errstate(all="raise"):
        assert np.isnan(keyness.excess_p(nothing, nothing, nothing, chance=0.5, documents=1)).all()
