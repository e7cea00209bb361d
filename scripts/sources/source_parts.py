"""Counts of sources in parts of the documents, which add up: those of all documents are the sums of those of the parts.

Documents are drawn a thousand at a time. All counts are whole numbers: their sums are the same in any order.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.maths.bootstrap import deviation_of, document_weights, pooled_squares, resampled_sums
from scripts.maths.intervals import Floats
from scripts.sources.source_counts import SUMS, WORDS, Ints, Statements, cells, hits, sums, totals

_AT_A_TIME = 1_000  # documents


class Part(NamedTuple):
    """Counts of one attribute in a set of documents; those of sets without a common document add up.

    `sums` are the `sums` over the documents, `drawn` those of their bootstrap samples (last axis); `having` are the
    documents that have words of each name, and of any, `with_total` those that have each total.
    """

    documents: int
    sums: Floats
    having: NDArray[np.int64]
    with_total: NDArray[np.int64]
    drawn: Floats


def added(*parts: Part) -> Part:
    """Return the counts of several sets of documents, added up."""
    fields: Iterator[Any] = zip(*parts, strict=True)
    return Part(*(sum(of_parts[1:], of_parts[0]) for of_parts in fields))


def less(superset: Part, part: Part) -> Part:
    """Return the counts of a set of documents without those of a part of it."""
    fields: Iterator[tuple[Any, Any]] = zip(superset, part, strict=True)
    return Part(*(of_all - of_part for of_all, of_part in fields))


def blocks(documents: Ints) -> Iterator[Ints]:
    """Yield the numbers of documents a thousand at a time; once none where there are none."""
    for first in range(0, max(1, len(documents)), _AT_A_TIME):
        yield documents[first : first + _AT_A_TIME]


def counted(statements: Statements, doc_ids: Sequence[str], documents: Ints, *, resamples: int) -> dict[str, Part]:
    """Return the counts of each attribute in some documents, given by their numbers in `doc_ids`."""
    counts: dict[str, Part] = {}
    for block in blocks(documents):
        weights = document_weights([doc_ids[number] for number in block.tolist()], resamples=resamples)
        for attribute, of_documents in sums(statements, block).items():
            is_having = of_documents[SUMS[WORDS]] > 0
            shape = of_documents.shape[:2]
            (drawn,) = resampled_sums(weights, of_documents.reshape(shape[0] * shape[1], len(block)).T)
            part = Part(
                len(block),
                of_documents.sum(axis=-1),
                np.append(is_having.sum(axis=1), is_having.any(axis=0).sum()),
                (totals(of_documents) > 0).sum(axis=1),
                drawn.reshape(*shape, resamples),
            )
            counts[attribute] = added(counts[attribute], part) if attribute in counts else part
    return counts


def deviation(statements: Statements, documents: Ints, attribute: str, counts: Part) -> Floats:
    """Return the `pooled_deviation` of each cell of an attribute over documents, of which `counts` are the counts."""
    total = cells(statements.names[attribute]).total
    all_hits, all_totals = hits(counts.sums), totals(counts.sums)[total]
    squares = np.zeros((1, len(total)))
    for block in blocks(documents):
        of_documents = sums(statements, block)[attribute]
        of_block = pooled_squares(hits(of_documents).T, totals(of_documents)[total].T, all_hits, all_totals)
        # Squares are no whole numbers that a float holds exactly: documents are added one by one, in their order.
        squares = np.concatenate([squares, np.ascontiguousarray(of_block)]).sum(axis=0, keepdims=True)
    return deviation_of(squares[0], counts.with_total[total], all_totals)
