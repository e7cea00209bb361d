"""Frequencies of entities in the corpus and in each document, with intervals.

The mentions of some documents after the others make sums that add up; the tables are made of these.
"""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Floats, Ints
from scripts.core.storage import to_table
from scripts.entities.linking import Cells
from scripts.entities.mention_ranges import MentionDocuments, Range
from scripts.entities.mentions import ENTITY_KINDS, Entities, Mentions, texts_of
from scripts.maths.association import ratio
from scripts.maths.bootstrap import (
    OVER_DOCUMENTS,
    RESAMPLES,
    cell_bounds,
    document_weights,
    percentiles,
    resampled_sums,
    sums_of_cells,
)
from scripts.maths.intervals import ENOUGH, TOO_FEW, wilson
from scripts.maths.ranking import by_frequency

PER_WORDS = 1000
ONLY_WILSON = f"documents_lo, documents_hi: Wilson; lo, hi: not estimable: fewer than {ENOUGH} documents"
TOO_RARE = "not estimated: not among the {:,} most mentioned"
# Entities that get an interval, and those whose bootstrap sums are in memory a second time at once (8 MB).
MOST, _BLOCK = 5000, 1000


class InDocuments(NamedTuple):
    """Entities in documents, a row each, by document and entity; `sentence` is the first that names it."""

    document: Ints
    entity: Ints
    mentions: Ints
    subject: Ints
    quoted: Ints
    sentence: Ints


class _Sums(NamedTuple):
    """Sums over documents for each entity; `document` and `sentence` are those of its first mention, or -1."""

    mentions: Ints
    documents: Ints
    subject: Ints
    quoted: Ints
    document: Ints
    sentence: Ints


class Draws(NamedTuple):
    """Sums over the documents of each bootstrap sample: mentions of the entities `top`, a row each, and words.

    `row` is the row of each entity in `mentions`, -1 of the others.
    """

    top: Ints
    row: Ints
    mentions: Floats
    words: Floats


def no_sums(entities: int) -> _Sums:
    """Return the sums of no documents."""
    zeros = [np.zeros(entities, int) for _ in range(4)]
    return _Sums(*zeros, *(np.full(entities, -1) for _ in range(2)))


def no_draws(cells: Cells, entities: Entities) -> Draws:
    """Return the draws of no documents, for the most mentioned of the entities."""
    order = _by_frequency(_mentions(cells, entities))[:MOST]
    row = np.full(len(entities.name), -1)
    row[order] = np.arange(len(order))
    return Draws(order, row, np.zeros((len(order), RESAMPLES)), np.zeros(RESAMPLES))


def _mentions(cells: Cells, entities: Entities) -> Ints:
    """Return the number of mentions of each entity."""
    has = entities.of_cell >= 0
    return np.bincount(entities.of_cell[has], cells.times[has], minlength=len(entities.name)).astype(int)


def _by_frequency(mentions: Ints) -> Ints:
    """Return the numbers of entities, the most mentioned first, equal ones in the order of kind and name."""
    return np.argsort(-mentions, kind="stable")


def in_documents(mentions: Mentions, entities: int) -> InDocuments:
    """Return each entity in each document of mentions; `entities` is their number in the corpus."""
    code = mentions.document.astype(np.int64) * entities + mentions.entity
    order = np.argsort(code, kind="stable")
    bounds = cell_bounds(code[order])
    first = bounds[:, 0]
    document, entity = np.divmod(code[order][first], max(1, entities))
    if not len(first):
        return InDocuments(*(first for _ in InDocuments._fields))
    subject, quoted = (
        np.add.reduceat(column[order], first, dtype=int) for column in (mentions.subject, mentions.quote >= 0)
    )
    sentence = np.minimum.reduceat(mentions.sentence[order], first)
    return InDocuments(document, entity, bounds[:, 1] - first, subject, quoted, sentence)


def add_mentions(sums: _Sums, rows: InDocuments, mentions: Mentions) -> None:
    """Add mentions and their `in_documents`; their documents come after all that were added before."""
    for total, values in zip(sums[:4], (rows.mentions, 1, rows.subject, rows.quoted), strict=True):
        np.add.at(total, rows.entity, values)
    entity, first = np.unique(mentions.entity, return_index=True)
    is_new = sums.document[entity] < 0
    sums.document[entity[is_new]] = mentions.document[first[is_new]]
    sums.sentence[entity[is_new]] = mentions.sentence[first[is_new]]


def add_draws(draws: Draws, rows: InDocuments, part: Range) -> None:
    """Add a range of documents to the draws, with the entities in them."""
    weights = document_weights(part.doc_ids.to_pylist(), resamples=len(draws.words))
    draws.words[:] += resampled_sums(weights, part.words)[0]
    row = draws.row[rows.entity]
    order = np.argsort(row, kind="stable")
    ends = np.searchsorted(row[order], np.arange(len(draws.top) + 1))
    bounds = np.column_stack([ends[:-1], ends[1:]])
    mentions, document = rows.mentions[order], rows.document[order] - part.first
    for block in _blocks(draws):
        draws.mentions[block] += sums_of_cells(weights, mentions, document, bounds[block])


def _blocks(draws: Draws) -> list[slice]:
    """Return the rows of draws that are in memory a second time at once."""
    return [slice(first, first + _BLOCK) for first in range(0, len(draws.top), _BLOCK)]


def entities_documents(rows: InDocuments, part: Range, entities: Entities) -> pa.Table:
    """Return the rows of the table entities_documents of a range of documents, from its `in_documents`."""
    rows = InDocuments(*(column[np.lexsort((rows.entity, -rows.mentions, rows.document))] for column in rows))
    at = rows.document - part.first
    return to_table(
        "entities_documents",
        {
            "doc_id": part.doc_ids.take(pa.array(at)),
            **named(rows.entity, entities),
            "mentions": rows.mentions,
            "per_1000_words": ratio(PER_WORDS * rows.mentions, part.words[at]),
            "subject": rows.subject,
            "quoted": rows.quoted,
            "sentence": rows.sentence,
        },
    )


def named(entity: Ints, entities: Entities) -> dict[str, pa.Array]:
    """Return the columns `kind` and `name` of entities by number."""
    return {
        "kind": texts_of(entities.kind[entity], ENTITY_KINDS.__getitem__),
        "name": texts_of(entities.name[entity], entities.names.__getitem__),
    }


def of_corpus(sums: _Sums, draws: Draws, cells: Cells, entities: Entities, corpus: MentionDocuments) -> pa.Table:
    """Return the table entities_corpus, the most mentioned first."""
    order, n = _by_frequency(sums.mentions), len(corpus.words)
    labels, written = _labels_and_texts(cells, entities)
    lo, hi = np.full((2, len(order)), np.nan)
    if n >= ENOUGH:
        for block in _blocks(draws):
            limits = percentiles(PER_WORDS * ratio(draws.mentions[block], draws.words))
            place = slice(block.start, min(block.stop, len(draws.top)))
            lo[place], hi[place] = limits
    documents_lo, documents_hi = wilson(sums.documents[order], n) if n > 1 else (lo, hi)
    method = [OVER_DOCUMENTS] * len(draws.top) + [TOO_RARE.format(MOST)] * (len(order) - len(draws.top))
    return to_table(
        "entities_corpus",
        {
            **named(order, entities),
            "label": [labels[entity] for entity in order.tolist()],
            "mentions": sums.mentions[order],
            "documents": sums.documents[order],
            "n_documents": np.full(len(order), n),
            "documents_lo": documents_lo,
            "documents_hi": documents_hi,
            "estimate": PER_WORDS * sums.mentions[order] / max(1, int(corpus.words.sum())),
            "lo": lo,
            "hi": hi,
            "method": method if n >= ENOUGH else [ONLY_WILSON if n > 1 else TOO_FEW] * len(order),
            "subject": sums.subject[order],
            "quoted": sums.quoted[order],
            "written": [written[entity] for entity in order.tolist()],
            "doc_id": corpus.doc_ids.take(pa.array(sums.document[order])),
            "sentence": sums.sentence[order],
        },
    )


def _labels_and_texts(cells: Cells, entities: Entities) -> tuple[list[str], list[str]]:
    """Return the most frequent label of each entity, and the forms in which it is written, the most frequent first."""
    order = np.argsort(entities.of_cell, kind="stable")
    ends = np.searchsorted(entities.of_cell[order], np.arange(len(entities.name) + 1)).tolist()
    order, times = order.tolist(), cells.times.tolist()
    labels, written = [], []
    for start, end in pairwise(ends):
        by_label: Counter[str] = Counter()
        by_text: Counter[str] = Counter()
        for cell in order[start:end]:
            by_label[cells.forms[cell].label] += times[cell]
            by_text[" ".join(cells.forms[cell].text.split())] += times[cell]
        labels.append(by_frequency(by_label)[0])
        written.append("; ".join(by_frequency(by_text)))
    return labels, written
