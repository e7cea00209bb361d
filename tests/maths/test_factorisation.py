"""Non-negative factors: planted ones are found, the error is a peer's, and coherence has its known values."""

import numpy as np
import pytest

from scripts.maths.factorisation import factorised, mean_npmi


def test_planted_parts_are_found():
    generator = np.random.default_rng(4)
    rows, columns = np.zeros((60, 3)), np.zeros((3, 30))
    for part in range(3):
        rows[20 * part : 20 * part + 20, part] = generator.uniform(1, 2, 20)
        columns[part, 10 * part : 10 * part + 10] = generator.uniform(1, 2, 10)
    ((found_rows, found_columns),) = factorised(rows @ columns, 3, seeds=[1])
    assert found_rows @ found_columns == pytest.approx(rows @ columns, abs=1e-6)
    assert sorted(found_columns.argmax(axis=1) // 10) == [0, 1, 2]
    assert found_rows.min() > 0 and found_columns.min() > 0


def test_the_same_seed_gives_the_same_parts():
    matrix = np.random.default_rng(1).random((20, 15))
    (first,), (again,) = factorised(matrix, 4, seeds=[7]), factorised(matrix, 4, seeds=[7])
    assert all(np.array_equal(*pair) for pair in zip(first, again, strict=True))
    second, beside = factorised(matrix, 4, seeds=[8, 7])
    assert not np.array_equal(first[0], second[0])
    assert all(np.allclose(*pair) for pair in zip(first, beside, strict=True))


def test_the_error_is_that_of_scikit_learn():
    decomposition = pytest.importorskip("sklearn.decomposition")
    matrix = np.random.default_rng(2).random((80, 40)) ** 4
    peer = decomposition.NMF(6, init="random", random_state=0, max_iter=1_000, tol=1e-8).fit(matrix)
    errors = [np.linalg.norm(matrix - rows @ columns) for rows, columns in factorised(matrix, 6, seeds=[1, 2, 3])]
    assert min(errors) == pytest.approx(peer.reconstruction_err_, rel=0.02)


def test_a_matrix_of_nothing_has_parts():
    ((rows, columns),) = factorised(np.zeros((5, 4)), 2, seeds=[1])
    assert (rows @ columns).max() < 1e-6


def test_words_always_together_never_together_and_independent():
    a, b = np.array([1, 1, 0, 0], bool), np.array([1, 0, 1, 0], bool)
    assert mean_npmi(np.stack([a, a], axis=1)) == pytest.approx(1)
    assert mean_npmi(np.stack([a, ~a], axis=1)) == pytest.approx(-1)
    assert mean_npmi(np.stack([a, b], axis=1)) == pytest.approx(0)
    assert mean_npmi(np.ones((4, 2), bool)) == pytest.approx(1)
    assert np.isnan(mean_npmi(a[:, None]))


def test_it_is_the_formula_of_bouma():
    """Of eight documents three have both words, four one, five the other."""
    present = np.array([[1, 1]] * 3 + [[1, 0]] + [[0, 1]] * 2 + [[0, 0]] * 2, bool)
    assert mean_npmi(present) == pytest.approx(np.log((3 / 8) / (4 / 8 * 5 / 8)) / -np.log(3 / 8))
