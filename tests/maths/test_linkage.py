"""Average linkage of sparse vectors: the same clusters as of all pairs, and nearly linear in the rows."""

import numpy as np
import pytest

from scripts.maths import linkage
from scripts.maths.linkage import Rows, average_linkage, connected, likely_pairs, products


def rows_of(matrix: np.ndarray) -> Rows:
    row, column = np.nonzero(matrix)
    return Rows(np.searchsorted(row, np.arange(len(matrix) + 1)), column, matrix[row, column])


def random_matrix(seed: int, *, rows: int = 40) -> np.ndarray:
    random = np.random.default_rng(seed)
    centres = random.integers(0, 20, (8, 30)) * (random.random((8, 30)) < 0.3)
    return centres[random.integers(0, 8, rows)] + random.integers(0, 8, (rows, 30)) * (random.random((rows, 30)) < 0.2)


def clusters_of_all_pairs(matrix: np.ndarray, least: float) -> list[list[int]]:
    """Return the clusters by the definition: the most similar two are merged again and again."""
    product = matrix @ matrix.T
    clusters = [[row] for row in range(len(matrix))]
    while True:
        best = max(
            (product[np.ix_(left, right)].mean(), -left[0], -right[0], at, place)
            for at, left in enumerate(clusters)
            for place, right in enumerate(clusters[:at])
        )
        if best[0] < least:
            return sorted(sorted(cluster) for cluster in clusters if len(cluster) > 1)
        clusters[best[4]] = clusters[best[4]] + clusters.pop(best[3])


@pytest.mark.parametrize("seed", range(5))
def test_clusters_are_those_of_all_pairs(seed: int) -> None:
    matrix = random_matrix(seed)
    least = float(np.quantile(matrix @ matrix.T, 0.9))
    assert average_linkage(rows_of(matrix), [None] * len(matrix), least=least) == clusters_of_all_pairs(matrix, least)


def test_products_are_those_of_the_matrix() -> None:
    matrix = random_matrix(1)
    later, earlier = np.tril_indices(len(matrix), -1)
    np.testing.assert_array_equal(products(rows_of(matrix), later, earlier), (matrix @ matrix.T)[later, earlier])


def test_pairs_grow_with_the_rows_and_not_with_their_square() -> None:
    columns = 50
    for n in (500, 1000):
        ((later, earlier),) = likely_pairs(rows_of(np.ones((n, columns), int)))
        assert len(later) <= n * linkage._BEFORE
        assert (later > earlier).all()


def test_pairs_are_the_same_however_many_rows_are_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(random_matrix(2))
    at_once = [*likely_pairs(rows)]
    monkeypatch.setattr(linkage, "_AT_A_TIME", 7)
    parts = [*likely_pairs(rows)]
    assert len(parts) == 6
    np.testing.assert_array_equal(np.concatenate(parts, axis=1), np.concatenate(at_once, axis=1))


def test_one_large_cluster_is_found_though_few_of_its_pairs_are_compared() -> None:
    matrix = np.ones((300, 5), int)
    assert average_linkage(rows_of(matrix), [None] * 300, least=4) == [[*range(300)]]


def test_pairs_too_many_days_apart_are_not_multiplied(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(np.array([[10], [10], [10], [10]]))
    multiplied = []

    def counted(rows: Rows, later: np.ndarray, earlier: np.ndarray) -> np.ndarray:
        multiplied.extend(zip(later.tolist(), earlier.tolist(), strict=True))
        return products(rows, later, earlier)

    monkeypatch.setattr(linkage, "products", counted)
    days = [0, linkage.HALF, 2 * linkage.HALF, None]
    assert average_linkage(rows, days, least=50) == [[0, 1, 3]]
    assert {(1, 0), (2, 1), (3, 0)} <= {*multiplied}
    assert (2, 0) not in multiplied


def test_days_apart_make_less_alike_by_half_after_half_a_month() -> None:
    rows = rows_of(np.array([[10], [10]]))
    assert average_linkage(rows, [0, linkage.HALF], least=50) == [[0, 1]]
    assert average_linkage(rows, [0, linkage.HALF], least=51) == []
    assert average_linkage(rows, [0, None], least=100) == [[0, 1]]


@pytest.mark.parametrize("n", [0, 1, 50])
@pytest.mark.parametrize("seed", range(3))
def test_connected_rows_share_the_least_row(n: int, seed: int) -> None:
    """However the pairs are ordered: here those of two chains of rows in random order."""
    chains = np.array_split(np.random.default_rng(seed).permutation(n), 2)
    pairs = np.concatenate([np.stack([chain[1:], chain[:-1]]) for chain in chains], axis=1)
    least = connected(pairs, n)
    assert all(set(least[chain].tolist()) <= {min(chain.tolist(), default=0)} for chain in chains)
