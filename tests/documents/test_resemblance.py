"""Rows of hashes that agree in a band are compared; originals come before their repetitions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from scripts.documents import resemblance
from scripts.documents.resemblance import candidate_pairs, equal_hashes, originals
from scripts.maths.minhash import HASHES

# Few values, so that rows agree by chance in many hashes and in many bands.
_SIGNATURES = arrays.arrays(
    np.uint32, st.tuples(st.integers(0, 9), st.just(HASHES)), elements=st.integers(0, 1), fill=st.just(0)
)


def bands_in_common(left, right):
    """Return how many of the 32 bands of four hashes are equal in two rows."""
    return int((left == right).reshape(32, 4).all(axis=1).sum())


@given(_SIGNATURES)
def test_candidates_are_distinct_pairs_that_agree_in_a_band(signatures):
    pairs = candidate_pairs(signatures).T.tolist()
    assert len({tuple(pair) for pair in pairs}) == len(pairs)
    for left, right in pairs:
        assert left < right and bands_in_common(signatures[left], signatures[right])


@given(_SIGNATURES)
def test_originals_are_what_comparing_all_rows_with_all_originals_gives(signatures):
    expected = []
    for row in range(len(signatures)):
        above = [
            first
            for first in range(row)
            if expected[first] == first
            and bands_in_common(signatures[first], signatures[row])
            and equal_hashes(signatures, np.array([[first], [row]]))[0] >= HASHES / 2
        ]
        expected.append(above[0] if above else row)
    assert originals(signatures) == expected


def test_texts_that_share_a_passage_and_little_else_are_compared_with_few(monkeypatch):
    compared = []
    monkeypatch.setattr(resemblance, "_ORIGINALS", 5)
    monkeypatch.setattr(
        resemblance, "equal_hashes", lambda rows, pairs: compared.append(pairs.shape[1]) or equal_hashes(rows, pairs)
    )
    signatures = np.random.default_rng(1).integers(0, 2**32, (3_000, HASHES), np.uint32)
    signatures[:, :40] = 7  # as a disclaimer below every article: a third of its sequences
    assert originals(signatures) == list(range(3_000))
    assert sum(compared) < 3_000 * 10  # of all with all before them: 4.5 million
