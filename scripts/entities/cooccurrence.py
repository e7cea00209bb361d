"""Pairs of entities that are named in the same sentence or paragraph more often than by chance."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Floats, Ints, Mask
from scripts.core.storage import to_table
from scripts.entities.linking import Cells
from scripts.entities.mention_ranges import Range
from scripts.entities.mentions import ENTITY_KINDS, Entities, Mentions
from scripts.maths.association import expected, fisher_p, npmi
from scripts.maths.bootstrap import cell_bounds
from scripts.maths.intervals import ENOUGH, TOO_FEW, benjamini_hochberg
from scripts.maths.tuples import distinct

UNITS = ("sentence", "paragraph")
_METHOD = "Fisher's exact test of documents, one-sided"
# Too many pairs meet just once to tell them from chance; only the most frequent entities are paired.
_MIN_TOGETHER, _MOST_ENTITIES = 2, 500
PAIRED_KINDS = ("organisation", "person", "place")


class _Together(NamedTuple):
    """Counts of units that name two of the most frequent names, over a set of documents.

    `names` are in alphabetical order. `row` is the position of each entity's name in `names`, -1 for other entities.
    The pair of positions p < q has the number p * len(names) + q: `n` units and `documents` documents name both;
    `document` and `sentence` locate the first such unit, or are -1. `alone` is the number of units that have each name,
    `documents_alone` the number of documents, `units` (of length one) the number of all units.
    """

    names: list[str]
    row: Ints
    n: Ints
    documents: Ints
    document: Ints
    sentence: Ints
    alone: Ints
    documents_alone: Ints
    units: Ints


def _are_paired(entities: Entities) -> Mask:
    """Return a mask of the entities whose kind is paired."""
    return np.isin(entities.kind, [ENTITY_KINDS.index(kind) for kind in PAIRED_KINDS])


def frequent_names(cells: Cells, entities: Entities) -> Ints:
    """Return the numbers of the most frequent names of people, places and organisations, in alphabetical order."""
    entity = entities.of_cell
    paired = (entity >= 0) & _are_paired(entities)[entity]
    n = np.bincount(entities.name[entity[paired]], cells.times[paired], minlength=len(entities.names)).astype(int)
    order = np.argsort(-n, kind="stable")[:_MOST_ENTITIES]
    return np.sort(order[n[order] > 0])


def none_together(entities: Entities, frequent: Ints) -> _Together:
    """Return the counts before any document is added: all zero."""
    place = np.full(len(entities.names), -1)
    place[frequent] = np.arange(len(frequent))
    row = np.where(_are_paired(entities), place[entities.name], -1)
    size = len(frequent) ** 2
    document, sentence = np.full((2, size), -1)
    n, documents, units = (np.zeros(length, int) for length in (size, size, 1))
    alone, documents_alone = np.zeros((2, len(frequent)), int)
    names = [entities.names[at] for at in frequent.tolist()]
    return _Together(names, row, n, documents, document, sentence, alone, documents_alone, units)


def _rows_of_one_unit(unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs of rows in the same unit as two arrays of row numbers; `unit` must be sorted."""
    firsts, seconds = [np.array([], int)], [np.array([], int)]
    for step in range(1, len(unit)):
        first = np.flatnonzero(unit[step:] == unit[:-step])
        if not len(first):
            break
        firsts.append(first)
        seconds.append(first + step)
    row1, row2 = np.concatenate(firsts), np.concatenate(seconds)
    order = np.argsort(unit[row1], kind="stable")
    return row1[order], row2[order]


def units_of(part: Range) -> Iterator[tuple[Ints, int]]:
    """Yield the unit of each mention (a number within the range) and how many units count: sentences, then paragraphs.

    A unit of boilerplate counts only if it has a mention, which must then be one that a reader corrected.
    """
    sentences, document = part.sentences
    known = document >= 0
    document = document[known]
    sentence, paragraph = (sentences[name].to_numpy()[known] for name in ("sentence", "paragraph"))
    stretch = 1 + int(sentence.max(initial=0))
    row = np.searchsorted(document * stretch + sentence, part.mentions.document * stretch + part.mentions.sentence)
    begins = np.concatenate([[True], (np.diff(document) != 0) | (np.diff(paragraph) != 0)])[: len(document)]
    counts = sentences["counts"].to_numpy()[known]
    counts[row] = True
    number = np.cumsum(begins) - 1
    yield row, int(counts.sum())
    yield number[row], len(np.unique(number[counts]))


def add_units(together: _Together, mentions: Mentions, unit: Ints, units: int) -> None:
    """Add mentions with the unit of each; their documents must come after all documents added before.

    `unit` numbers the units in the order of the text; `units` is how many of them count.
    """
    size = len(together.names)
    place = together.row[mentions.entity]
    rows = np.flatnonzero(place >= 0)
    code = unit[rows] * size + place[rows]
    order = np.lexsort((mentions.sentence[rows], code))
    order = order[cell_bounds(code[order])[:, 0]]
    rows, code = rows[order], code[order]
    place, document, sentence = place[rows], mentions.document[rows], mentions.sentence[rows]
    row1, row2 = _rows_of_one_unit(unit[rows])
    pair = place[row1] * size + place[row2]
    together.units[:] += units
    together.alone[:] += np.bincount(place, minlength=size)
    together.n[:] += np.bincount(pair, minlength=size**2)
    after = 1 + int(document.max(initial=0))
    together.documents[:] += np.bincount(distinct(pair * after + document[row1]) // after, minlength=size**2)
    together.documents_alone[:] += np.bincount(distinct(place * after + document) // after, minlength=size)
    pairs, first = np.unique(pair, return_index=True)
    is_new = together.document[pairs] < 0
    pairs, first = pairs[is_new], first[is_new]
    together.document[pairs] = document[row1[first]]
    # The later of the two sentences: a reader who follows the link there has read the earlier one or can see it.
    together.sentence[pairs] = np.maximum(sentence[row1[first]], sentence[row2[first]])


def _p_values(both: Ints, first: Ints, second: Ints, *, n_documents: int, frequent: int) -> tuple[Floats, Floats]:
    """Return the p and q values of pairs, NaN if fewer than ENOUGH documents name both in one unit.

    The arrays count, for each pair, the documents with both names in one unit, and the documents with each name.

    Documents are independent, units of one document are not. So p is the probability of `both` or more documents with
    both names in one unit if the documents of one name were drawn at random with respect to the other. It tends to be
    too large, as some documents have both names only in different units. Whether a pair meets at all is part of what is
    tested: q covers all pairs of the `frequent` names (those in ENOUGH documents or more), whether they met or not.
    """
    fisher = cache(fisher_p)  # many pairs have the same counts
    p = np.full(len(both), np.nan)
    fewer, more = np.minimum(first, second), np.maximum(first, second)
    counts = np.column_stack([both, fewer - both, more - both, n_documents - first - second + both])
    for at in np.flatnonzero(both >= ENOUGH).tolist():
        p[at] = fisher(*counts[at].tolist())
    others = np.ones(max(0, frequent * (frequent - 1) // 2 - int((~np.isnan(p)).sum())))
    return p, benjamini_hochberg(np.concatenate([p, others]))[: len(p)]


def _pairs(unit: str, together: _Together, doc_ids: pa.Array) -> pa.Table:
    """Return the rows of table cooccurrence for one kind of unit."""
    pair = np.flatnonzero(together.n >= _MIN_TOGETHER)
    name1, name2 = np.divmod(pair, len(together.names))
    n, n1, n2, n_units = together.n[pair], together.alone[name1], together.alone[name2], int(together.units[0])
    cells = (n, n1 - n, n2 - n, n_units - n1 - n2 + n)
    both, first, second = together.documents[pair], together.documents_alone[name1], together.documents_alone[name2]
    frequent = int((together.documents_alone >= ENOUGH).sum())
    p, q = _p_values(both, first, second, n_documents=len(doc_ids), frequent=frequent)
    closeness = npmi(*cells)
    order = np.lexsort((name2, name1, -closeness, -n))
    names = np.array(together.names, object)
    columns = {
        "unit": np.full(len(pair), unit, object),
        "name1": names[name1],
        "name2": names[name2],
        "n": n,
        "n1": n1,
        "n2": n2,
        "n_units": np.full(len(pair), n_units),
        "expected": expected(*cells),
        "documents": both,
        "npmi": closeness,
        "documents1": first,
        "documents2": second,
        "p": p,
        "q": q,
        "method": np.where(np.isnan(p), TOO_FEW, _METHOD),
        "doc_id": np.array(doc_ids.take(pa.array(together.document[pair])).to_pylist(), object),
        "sentence": together.sentence[pair],
    }
    return to_table("cooccurrence", {name: values[order] for name, values in columns.items()})


def cooccurrence(by_unit: Mapping[str, _Together], doc_ids: pa.Array) -> pa.Table:
    """Return the cooccurrence table of people, places and organisations for each of `UNITS`, most frequent pairs first.

    The units are all sentences (paragraphs) of the corpus, with or without names.
    """
    return pa.concat_tables([_pairs(unit, by_unit[unit], doc_ids) for unit in UNITS])
