import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures
from scipy import stats

from scripts.maths import association
from tests import references

PUBLISHED = {
    "g2": association.g2,
    # Both tails of a table with equal sums are alike.
    "fisher_p_two": lambda o11, o12, o21, o22: 2 * association.fisher_p(o12, o11, o22, o21),
    "t_score_ms": association.t_score,
    "pmi": association.pmi,
    "npmi": association.npmi,
    "dice": association.dice,
    "log_dice": association.log_dice,
    "delta_p": association.delta_p,
}
CELLS = st.tuples(*[st.integers(0, 10_000)] * 4)


@pytest.mark.parametrize(("statistic", "inputs", "expected", "tolerance", "name"), references.published(*PUBLISHED))
def test_published(statistic, inputs, expected, tolerance, name):
    assert PUBLISHED[statistic](*inputs) == pytest.approx(expected, abs=tolerance), name


# association-measures 0.3.2 (am_) and NLTK 3.10.4 (nltk_). NLTK's marginals are the same cells.
PEERS = {
    "am_E11": association.expected,
    "am_t_score": association.t_score,
    "am_log_likelihood": association.signed_g2,
    "am_dice": association.dice,
    "am_mutual_information": lambda *cells: association.pmi(*cells) * np.log10(2),
    "nltk_pmi": association.pmi,
    "nltk_likelihood_ratio": association.g2,
    "nltk_student_t": association.t_score,
    "nltk_dice": association.dice,
    "log_dice": association.log_dice,
    "npmi": association.npmi,
}


@pytest.mark.parametrize("column", PEERS)
def test_peers(column):
    for row in references.rows("peers/bigram_association_peers.csv"):
        cells = [int(row[f"am_O{cell}"]) for cell in (11, 12, 21, 22)]
        # NLTK adds 1e-20 in its logarithms and association-measures sums cell by cell.
        assert PEERS[column](*cells) == pytest.approx(float(row[column]), rel=1e-9, abs=1e-9), (row["w1"], row["w2"])


@given(CELLS)
def test_g2_by_its_definition(cells):
    table = np.array(cells, float).reshape(2, 2)
    if table.sum():
        means = table.sum(1, keepdims=True) * table.sum(0) / table.sum()
        there = table > 0
        expected = 2 * (table[there] * np.log(table[there] / means[there])).sum()
        assert association.g2(*cells) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(st.tuples(*[st.integers(0, 300)] * 4))
def test_fisher_peer(cells):
    peer = stats.fisher_exact(np.array(cells).reshape(2, 2), alternative="greater").pvalue
    with np.errstate(divide="raise", invalid="raise"):  # no table is looked at that cannot be
        assert association.fisher_p(*cells) == pytest.approx(peer, rel=1e-9, abs=1e-300)


def test_fisher_of_a_large_corpus():
    cells = (20, 22, 0, 14_307_626)
    peer = stats.hypergeom.sf(19, sum(cells), 42, 20)
    assert association.fisher_p(*cells) == pytest.approx(peer, rel=1e-6)


@pytest.mark.parametrize("together", [0, 1_000, 1_990, 2_000, 2_100, 3_000, 4_300, 4_400, 100_000])
def test_fisher_of_frequent_words(together):
    """2,000 are expected; some 4,330 are so unlikely that no float tells."""
    cells = (together, 100_000 - together, 100_000 - together, 4_800_000 + together)
    upper = stats.hypergeom.sf(together - 1, sum(cells), 100_000, 100_000)
    assert association.fisher_p(*cells) == pytest.approx(upper, rel=1e-5, abs=1e-300)


@given(CELLS)
def test_nltk_agrees_where_it_is_defined(cells):
    o11, o12, o21, _ = cells
    if all(cells):
        marginals = (o11, (o11 + o12, o11 + o21), sum(cells))
        assert association.pmi(*cells) == pytest.approx(BigramAssocMeasures.pmi(*marginals), rel=1e-9, abs=1e-9)
        assert association.g2(*cells) == pytest.approx(
            BigramAssocMeasures.likelihood_ratio(*marginals), rel=1e-6, abs=1e-6
        )


def test_arrays_give_what_numbers_give():
    cells = np.array([[8, 1097, 36, 14998859], [1, 9, 9, 81]]).T
    for measure in (association.g2, association.npmi, association.log_dice, association.delta_p):
        assert measure(*cells).tolist() == [measure(*cells[:, 0]), measure(*cells[:, 1])]


def test_an_empty_table_is_not_estimable_and_words_that_never_meet_are_as_far_apart_as_can_be():
    for measure in (association.g2, association.pmi, association.npmi, association.dice):
        assert np.isnan(measure(0, 0, 0, 0))
    assert association.g2(0, 0, 0, 1) == 0
    assert association.npmi(0, 3, 3, 4) == -1
