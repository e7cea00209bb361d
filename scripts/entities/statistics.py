"""Frequencies of entities in the corpus and in each document, with intervals.

The sums are accumulated over ranges of documents; the tables are made from them.
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
from scripts.maths.bootstrap import cell_bounds
from scripts.maths.document_shares import METHOD, Sums, prior_in_common, share_interval
from scripts.maths.intervals import ENOUGH, TOO_FEW, wilson
from scripts.maths.ranking import by_frequency

PER_WORDS = 1000


class InDocuments(NamedTuple):
    """Entities in documents, a row each, sorted by document and entity; `sentence` is the first with a mention."""

    document: Ints
    entity: Ints
    mentions: Ints
    subject: Ints
    quoted: Ints
    sentence: Ints


class _Sums(NamedTuple):
    """Sums over documents for each entity; `document` and `sentence` locate its first mention, or are -1.

    `squares` sums the squared number of mentions in a document, `products` this number times the document's words.
    """

    mentions: Ints
    documents: Ints
    subject: Ints
    quoted: Ints
    squares: Ints
    products: Ints
    document: Ints
    sentence: Ints


def no_sums(entities: int) -> _Sums:
    """Return the sums before any document is added."""
    zeros = [np.zeros(entities, int) for _ in range(6)]
    return _Sums(*zeros, *(np.full(entities, -1) for _ in range(2)))


def in_documents(mentions: Mentions, entities: int) -> InDocuments:
    """Return a row for each entity in each document; `entities` is the number of entities in the corpus."""
    code = mentions.document.astype(np.int64) * entities + mentions.entity
    order = np.argsort(code, kind="stable")
    bounds = cell_bounds(code[order])
    first = bounds[:, 0]
    document, entity = np.divmod(code[order][first], entities)
    if not len(first):
        return InDocuments(*(first for _ in InDocuments._fields))
    subject, quoted = (
        np.add.reduceat(column[order], first, dtype=int) for column in (mentions.subject, mentions.quote >= 0)
    )
    sentence = np.minimum.reduceat(mentions.sentence[order], first)
    return InDocuments(document, entity, bounds[:, 1] - first, subject, quoted, sentence)


def add_mentions(sums: _Sums, rows: InDocuments, part: Range) -> None:
    """Add the mentions of a range of documents and their `in_documents`; ranges must be added in their order."""
    n, mentions = rows.mentions, part.mentions
    products = n * part.words[rows.document - part.first]
    for total, values in zip(sums[:6], (n, 1, rows.subject, rows.quoted, n * n, products), strict=True):
        np.add.at(total, rows.entity, values)
    entity, first = np.unique(mentions.entity, return_index=True)
    is_new = sums.document[entity] < 0
    sums.document[entity[is_new]] = mentions.document[first[is_new]]
    sums.sentence[entity[is_new]] = mentions.sentence[first[is_new]]


def entities_documents(rows: InDocuments, part: Range, entities: Entities) -> pa.Table:
    """Return the rows of table entities_documents for a range of documents, from its `in_documents`."""
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
    """Return the columns `kind` and `name` for the numbers of entities."""
    return {
        "kind": texts_of(entities.kind[entity], ENTITY_KINDS.__getitem__),
        "name": texts_of(entities.name[entity], entities.names.__getitem__),
    }


def _intervals(sums: _Sums, words: Ints) -> tuple[Floats, Floats]:
    """Return the interval (lo, hi) of each entity's share of mentions among the `words` of all documents.

    The resemblance of an entity's mentions within documents is pulled towards that of all entities (the prior), the
    more strongly the fewer documents have the entity.
    """
    totals = words.astype(float)
    of_all = (np.full(len(sums.mentions), each) for each in ((words > 0).sum(), totals.sum(), totals @ totals))
    documents, total, squared = of_all
    mentions, squares, products = (each.astype(float) for each in (sums.mentions, sums.squares, sums.products))
    of_entities = Sums(documents, mentions, total, squares, products, squared)
    return share_interval(of_entities, prior=prior_in_common(of_entities))


def of_corpus(sums: _Sums, cells: Cells, entities: Entities, corpus: MentionDocuments) -> pa.Table:
    """Return the table entities_corpus, the most mentioned first, ties in the order of kind and name."""
    order, n = np.argsort(-sums.mentions, kind="stable"), len(corpus.words)
    labels, written = _labels_and_texts(cells, entities)
    ends = (*_intervals(sums, corpus.words), *wilson(sums.documents, n))
    lo, hi, documents_lo, documents_hi = (end[order] if n >= ENOUGH else np.full(len(order), np.nan) for end in ends)
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
            "lo": PER_WORDS * lo,
            "hi": PER_WORDS * hi,
            "method": [METHOD if n >= ENOUGH else TOO_FEW] * len(order),
            "subject": sums.subject[order],
            "quoted": sums.quoted[order],
            "written": [written[entity] for entity in order.tolist()],
            "doc_id": corpus.doc_ids.take(pa.array(sums.document[order])),
            "sentence": sums.sentence[order],
        },
    )


def _labels_and_texts(cells: Cells, entities: Entities) -> tuple[list[str], list[str]]:
    """Return the most frequent label of each entity, and the forms in which it is written, most frequent first."""
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
