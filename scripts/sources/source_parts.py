"""Counts of sources in parts of the documents, which add up: those of all documents are the sums of those of the parts.

Documents are drawn a thousand at a time. All counts are whole numbers: their sums are the same in any order.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.maths.bootstrap import document_weights, resampled_sums
from scripts.maths.document_shares import Sums, added, sums_of
from scripts.sources.source_counts import SUMS, WORDS, Statements, attribute_cells, hits, sums, totals

_AT_A_TIME = 1_000  # documents


class AttributePart(NamedTuple):
    """Counts of one attribute in a set of documents; those of sets without a common document add up (`added`).

    `shares` are the sums of the cells, `with_unknown` those of a cell's count times that of its unknown. `having` are
    the documents that have anything of each cell. `drawn` are the words of each name in bootstrap samples
    (last axis). `key` identifies the set of documents, `keys` the counts of each cell in it, its hits and its totals:
    checksums modulo 2^64 (`contrast_keys`).
    """

    documents: int
    shares: Sums
    with_unknown: Floats
    having: NDArray[np.integer[Any]]
    drawn: Floats
    key: NDArray[np.integer[Any]]
    keys: NDArray[np.integer[Any]]


def attribute_parts(
    statements: Statements, doc_ids: Sequence[str], documents: Ints, *, resamples: int
) -> dict[str, AttributePart]:
    """Return the counts of each attribute in some documents, given by their numbers in `doc_ids`."""
    counts: dict[str, AttributePart] = {}
    of_cells = {attribute: attribute_cells(names) for attribute, names in statements.names.items()}
    for first in range(0, max(1, len(documents)), _AT_A_TIME):
        block = documents[first : first + _AT_A_TIME]
        names = [doc_ids[number] for number in block.tolist()]
        weights = document_weights(names, resamples=resamples)
        # A number for each document by which its counts are multiplied, to tell them from other counts.
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
