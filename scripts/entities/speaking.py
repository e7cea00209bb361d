"""Entities named in the statements of each speaker."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.storage import to_table
from scripts.entities.linking import Cells
from scripts.entities.mention_ranges import Range
from scripts.entities.mentions import Entities, Mentions, texts_of
from scripts.entities.occurrences import encoded, numbered
from scripts.entities.statistics import named
from scripts.maths.bootstrap import cell_bounds
from scripts.maths.intervals import wilson

_METHOD = "Wilson over the speaker's attributions"


class _Statements(NamedTuple):
    """Attributions with a speaker, a row each, in the order of document and quote; `speaker` is a number."""

    document: Ints
    quote: Ints
    speaker: Ints


class Speaking(NamedTuple):
    """Entities named by speakers, a row for both, in their order: statements, mentions, documents and the first."""

    speaker: Ints
    entity: Ints
    n: Ints
    mentions: Ints
    documents: Ints
    document: Ints
    quote: Ints
    sentence: Ints


def _number(speaker: str, names: list[str], others: dict[str, int]) -> int:
    """Return the number of a speaker: that of the same name over all documents, or a number after theirs."""
    at = bisect_left(names, speaker)
    if at < len(names) and names[at] == speaker:
        return at
    return others.setdefault(speaker, len(names) + len(others))


def attributions_to_speakers(part: Range, cells: Cells, entities: Entities, others: dict[str, int]) -> _Statements:
    """Return the attributions to a speaker in a range of documents.

    A speaker with the name of an entity of the same document gets that entity's name over the corpus: that of its first
    mention. `others` numbers the speakers who have no name of an entity, and takes new ones.
    """
    mentions, (quotes, document) = part.mentions, part.attributions
    speaker, texts = encoded(quotes["speaker"].fill_null(""))
    chosen = (document >= 0) & np.array([bool(text) for text in texts], bool)[speaker]
    document, speaker, quote = document[chosen], speaker[chosen], quotes["quote"].to_numpy()[chosen]
    place = {text: at for at, text in enumerate(texts)}
    row, distinct = numbered(mentions.cell)
    called = np.array([place.get(cells.forms[cell].entity, -1) for cell in distinct.tolist()], int)[row]
    rows = np.flatnonzero(called >= 0)
    code, first = np.unique(mentions.document[rows] * len(texts) + called[rows], return_index=True)
    name = entities.name[mentions.entity[rows[first]]]
    own = document * len(texts) + speaker
    at = np.searchsorted(code, own).clip(max=max(0, len(code) - 1))
    is_entity = code[at] == own if len(code) else np.zeros(len(own), bool)
    number = np.empty(len(own), int)
    number[is_entity] = name[at[is_entity]]
    row, distinct = numbered(speaker[~is_entity])
    number[~is_entity] = np.array([_number(texts[at], entities.names, others) for at in distinct.tolist()], int)[row]
    return _Statements(document, quote, number)


def speaking(mentions: Mentions, attributed: _Statements, entities: Entities) -> Speaking:
    """Return the entities that mentions within the content of statements name."""
    stretch = 1 + int(max(mentions.quote.max(initial=0), attributed.quote.max(initial=0)))
    code = attributed.document * stretch + attributed.quote
    rows = np.flatnonzero(mentions.quote >= 0)
    own = mentions.document[rows] * stretch + mentions.quote[rows]
    at = np.searchsorted(code, own).clip(max=max(0, len(code) - 1))
    is_said = code[at] == own if len(code) else np.zeros(len(own), bool)
    rows, own, speaker = rows[is_said], own[is_said], attributed.speaker[at[is_said]]
    key = speaker * len(entities.name) + mentions.entity[rows]
    order = np.argsort(key, kind="stable")
    rows, own, key = rows[order], own[order], key[order]
    bounds = cell_bounds(key)
    first, sizes = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
    # Statements and documents of each pair are counted where they change.
    group = np.repeat(np.arange(len(first)), sizes)
    n = np.bincount(group[_distinct(group, own)], minlength=len(first))
    documents = np.bincount(group[_distinct(group, mentions.document[rows])], minlength=len(first))
    speaker, entity = np.divmod(key[first], max(1, len(entities.name)))
    where = rows[first]
    return Speaking(
        speaker,
        entity,
        n,
        sizes,
        documents,
        *(column[where] for column in (mentions.document, mentions.quote, mentions.sentence)),
    )


def _distinct(group: Ints, value: Ints) -> Ints:
    """Return a row of each distinct value of each group."""
    order = np.lexsort((value, group))
    group, value = group[order], value[order]
    return order[np.concatenate([[True], (np.diff(group) != 0) | (np.diff(value) != 0)])[: len(order)]]


def merged(parts: Sequence[Speaking], entities: Entities) -> Speaking:
    """Return the sums of parts of the corpus, which are in its order."""
    rows = Speaking(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    key = rows.speaker * len(entities.name) + rows.entity
    order = np.argsort(key, kind="stable")
    first = cell_bounds(key[order])[:, 0]
    sums = [np.add.reduceat(column[order], first) if len(first) else first for column in rows[2:5]]
    where = order[first]
    return Speaking(rows.speaker[where], rows.entity[where], *sums, *(column[where] for column in rows[5:]))


def speaker_entity(
    rows: Speaking, statements_of: Ints, entities: Entities, others: dict[str, int], doc_ids: pa.Array
) -> pa.Table:
    """Return the speaker_entity table: how many of a speaker's attributions name each entity.

    `statements_of` is the number of all attributions to each speaker, by number; `others` are as in
    `attributions_to_speakers`.
    """
    texts = [*entities.names, *others]
    distinct = np.unique(rows.speaker).tolist()
    place = np.zeros(len(texts), int)
    place[sorted(distinct, key=texts.__getitem__)] = np.arange(len(distinct))
    rows = Speaking(*(column[np.lexsort((rows.entity, place[rows.speaker], -rows.n))] for column in rows))
    n_quotes = statements_of[rows.speaker]
    lo, hi = wilson(rows.n, n_quotes)
    return to_table(
        "speaker_entity",
        {
            "speaker": texts_of(rows.speaker, texts.__getitem__),
            **named(rows.entity, entities),
            "n": rows.n,
            "n_quotes": n_quotes,
            "estimate": rows.n / n_quotes,
            "lo": lo,
            "hi": hi,
            "method": np.full(len(rows.n), _METHOD, object),
            "mentions": rows.mentions,
            "documents": rows.documents,
            "doc_id": doc_ids.take(pa.array(rows.document)),
            "quote": rows.quote,
            "sentence": rows.sentence,
        },
    )
