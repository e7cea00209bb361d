"""Additive counts of sources in sets of documents: the counts of the parts sum to those of all documents.

Bootstrap samples are drawn for a thousand documents at a time. All counts are whole numbers, so their sums are the same
in any order.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.maths.bootstrap import document_weights, resampled_sums
from scripts.maths.document_shares import Sums, added, sums_of
from scripts.sources.source_counts import SUMS, WORDS, AttributeCells, Statements, hits, sums, totals

_AT_A_TIME = 1_000  # documents


class AttributePart(NamedTuple):
    """Counts of one attribute in a set of documents; counts of disjoint sets can be added (`added`).

    `shares` are the sums of the cells; `with_unknown` the sums of a cell's count times that of its unknown. `having` is
    the number of documents with a count in each cell. `drawn` has the words of each name in bootstrap samples (last
    axis). `key` identifies the set of documents, and `keys` the hits and totals of each cell in it: checksums modulo
    2^64 (`contrast_keys`).
    """

    documents: int
    shares: Sums
    with_unknown: Floats
    having: NDArray[np.integer[Any]]
    drawn: Floats
    key: NDArray[np.integer[Any]]
    keys: NDArray[np.integer[Any]]


def attribute_parts(
    statements: Statements,
    doc_ids: Sequence[str],
    documents: Ints,
    of_cells: Mapping[str, AttributeCells],
    *,
    resamples: int,
) -> dict[str, AttributePart]:
    """Return the counts of each attribute in `documents`, which are indices of `doc_ids`; `of_cells` are its cells."""
    counts: dict[str, AttributePart] = {}
    for first in range(0, max(1, len(documents)), _AT_A_TIME):
        block = documents[first : first + _AT_A_TIME]
        names = [doc_ids[number] for number in block.tolist()]
        weights = document_weights(names, resamples=resamples)
        # A hash of each document, by which its counts are multiplied to make checksums.
        keys = np.frombuffer(b"".join(blake2b(name.encode(), digest_size=8).digest() for name in names), "<u8")
        for attribute, of_documents in sums(statements, block).items():
            (drawn,) = resampled_sums(weights, of_documents[SUMS[WORDS]].T)
            above = hits(of_documents)
            below = totals(of_documents)[of_cells[attribute].total]
            part = AttributePart(
                len(block),
                sums_of(above, below, axis=1),
                (above * above[of_cells[attribute].unknown]).sum(axis=1),
                (above > 0).sum(axis=1),
                drawn,
                keys.sum(keepdims=True),
                np.stack([(each.astype(np.uint64) * keys).sum(axis=1) for each in (above, below)]),
            )
            counts[attribute] = added(counts[attribute], part) if attribute in counts else part
    return counts
