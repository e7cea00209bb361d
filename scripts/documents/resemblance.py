"""Pairs of documents that share at least half of their sequences of five words, from their min-hash signatures."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import to_table
from scripts.maths.intervals import wilson
from scripts.maths.minhash import HASHES

# A band of four hashes is equal by chance in 6 % of pairs of resemblance 0.5; with 32 bands 87 % of these are found, of
# those of 0.7 all but 2 in 10,000 (Leskovec, Rajaraman & Ullman 2014, Mining of Massive Datasets: 88-90).
_BANDS = 32
RESEMBLANCE = 0.5


def _pairs(signatures: np.ndarray) -> np.ndarray:
    """Rows that agree in a band: each with the next and with the first of its kind, as sorted pairs."""
    bands = np.ascontiguousarray(signatures).view(f"V{4 * HASHES // _BANDS}")
    found = []
    for band in bands.T:
        _, number = np.unique(band, return_inverse=True)
        order = np.argsort(number, kind="stable")
        first = np.searchsorted(number[order], number[order])
        same = np.flatnonzero(first < np.arange(len(order)))
        found += [np.stack([order[same - 1], order[same]]), np.stack([order[first[same]], order[same]])]
    pairs = np.sort(np.concatenate(found, axis=1), axis=0)
    return np.unique(pairs, axis=1)


def _clusters(pairs: np.ndarray, size: int) -> list[int]:
    """The least member of each row's cluster, by joining the pairs."""
    root = list(range(size))

    def find(member: int) -> int:
        while root[member] != member:
            root[member] = root[root[member]]
            member = root[member]
        return member

    for left, right in pairs.T.tolist():
        one, other = sorted((find(left), find(right)))
        root[other] = one
    return [find(member) for member in range(size)]


def near_duplicates(documents: pa.Table) -> pa.Table:
    """The table `near_duplicates`, from the signatures in `document_counts` (in the order of doc_id)."""
    kept = documents.filter(pc.not_equal(documents["signature"], ""))
    names = np.array(kept["doc_id"].to_pylist(), object)
    data = bytes.fromhex("".join(kept["signature"].to_pylist()))
    signatures = np.frombuffer(data, "<u4").reshape(len(names), HASHES)
    pairs = _pairs(signatures)
    hits = (signatures[pairs[0]] == signatures[pairs[1]]).sum(axis=1)
    pairs, hits = pairs[:, hits >= RESEMBLANCE * HASHES], hits[hits >= RESEMBLANCE * HASHES]
    cluster = np.array(_clusters(pairs, len(names)), int)
    lo, hi = wilson(hits, HASHES)
    order = np.lexsort((pairs[1], pairs[0], cluster[pairs[0]]))
    columns = {
        "cluster": names[cluster[pairs[0]]],
        "doc_id": names[pairs[0]],
        "other": names[pairs[1]],
        "n": np.full(len(hits), HASHES),
        "estimate": hits / HASHES,
        "lo": lo,
        "hi": hi,
        "method": np.full(len(hits), "min-hash, Wilson 95 %", object),
    }
    return to_table("near_duplicates", {name: column[order] for name, column in columns.items()})
