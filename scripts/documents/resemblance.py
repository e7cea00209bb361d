"""Resemblance of documents by their min-hash signatures: which pairs are alike, and which document repeats which.

Signatures are compared only where they agree in a band of four hashes. Two documents of resemblance 0.5 agree in one of
the 32 bands with probability 0.87, two of 0.7 with 0.9998, two without a common sequence practically never (Leskovec,
Rajaraman & Ullman 2014, Mining of Massive Datasets: 88-90).
"""

import numpy as np

from scripts.core.arrays import Ints
from scripts.maths.minhash import HASHES

_BANDS = 32
RESEMBLANCE = 0.5
# Originals remembered for one value of a band. Only texts that share a passage, such as a disclaimer, and little else
# reach this number. Each text is compared with at most this many, so the limit keeps time linear.
_ORIGINALS = 100


def equal_hashes(signatures: Ints, pairs: Ints) -> Ints:
    """Return how many of HASHES hashes are equal in each pair of rows; `pairs` is an array (2, pairs) of indices."""
    return (signatures[pairs[0]] == signatures[pairs[1]]).sum(axis=1)


def _bands(signatures: Ints) -> Ints:
    """Return an array (documents, bands) of numbers; equal numbers in a band mean that its four hashes are equal."""
    values = np.ascontiguousarray(signatures).view(f"V{4 * HASHES // _BANDS}")
    numbers = np.empty((len(signatures), _BANDS), np.int32)
    for place, band in enumerate(values.T):
        numbers[:, place] = np.unique(band, return_inverse=True)[1].reshape(-1)
    return numbers


def candidate_pairs(signatures: Ints) -> Ints:
    """Return pairs of rows that agree in a band: each row with the previous such row and with the first.

    The array (2, pairs) has the smaller index of each pair first; its columns are sorted and distinct.
    """
    pairs = [np.empty((2, 0), int)]
    for number in _bands(signatures).T:
        order = np.argsort(number, kind="stable")
        first = np.searchsorted(number[order], number[order])
        repeated = np.flatnonzero(first < np.arange(len(order)))
        pairs += [np.stack([order[repeated - 1], order[repeated]]), np.stack([order[first[repeated]], order[repeated]])]
    return np.unique(np.sort(np.concatenate(pairs, axis=1), axis=0), axis=1)


def originals(signatures: Ints) -> list[int]:
    """Return, for each row, the first original above it that it resembles, else the row itself.

    An original is a row that resembles no original above it. So each repetition shares at least RESEMBLANCE of its
    sequences with its original directly, however long the chain of versions between them.
    """
    bands = _bands(signatures)
    shared = np.stack([np.bincount(number)[number] > 1 for number in bands.T], axis=1) if len(bands) else bands
    remembered: dict[tuple[int, int], list[int]] = {}
    result = list(range(len(signatures)))
    for row in np.flatnonzero(shared.any(axis=1)).tolist():
        keys = [(int(band), int(bands[row, band])) for band in np.flatnonzero(shared[row])]
        candidates = np.array(sorted({above for key in keys for above in remembered.get(key, ())}), int)
        hits = equal_hashes(signatures, np.stack([candidates, np.full(len(candidates), row)]))
        alike = candidates[hits >= RESEMBLANCE * HASHES]
        if len(alike):
            result[row] = int(alike[0])
            continue
        for key in keys:
            rows = remembered.setdefault(key, [])
            if len(rows) < _ORIGINALS:
                rows.append(row)
    return result
