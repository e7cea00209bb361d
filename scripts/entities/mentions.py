"""Mentions of people, places, organisations and groups in the corpus, with one name over all documents.

Everything is a number: documents in the order of doc_id, forms with their names in that of `Cells`, entities in the
order of kind and name.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.statements import span_ends
from scripts.entities.kinds import READER_KINDS
from scripts.entities.linking import Cells
from scripts.entities.occurrences import numbered
from scripts.maths.tuples import ranges

ENTITY_KINDS = sorted(READER_KINDS.values())


class Entities(NamedTuple):
    """The entities over all documents, a row each: number of the kind in `ENTITY_KINDS`, number of the name in `names`.

    `names` are in alphabetical order. `of_cell` has the entity of each cell (see `links`), -1 if it has no mentions.
    """

    kind: Ints
    name: Ints
    names: list[str]
    of_cell: Ints


class Mentions(NamedTuple):
    """Mentions in the order of the text, a row each.

    `sentence` is the number of the sentence in the document; `subject` is True for the subject of a verb; `quote` is
    the first attribution whose content contains the mention, or -1.
    """

    document: Ints
    mention: Ints
    sentence: Ints
    subject: Ints
    quote: Ints
    cell: Ints
    entity: Ints


def content_spans(quotes: pa.Table, document: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the content spans of attributions (table quotes) as arrays: document, quote, start, end."""
    row, start, end = span_ends(quotes["content_spans"])
    return document[row], quotes["quote"].to_numpy()[row], start, end


def in_quotes(document: Ints, start: Ints, end: Ints, spans: tuple[Ints, Ints, Ints, Ints]) -> tuple[Ints, Ints]:
    """Return pairs of a mention's row and the number of an attribution whose content contains it, sorted by both.

    `start` is a mention's first character, `end` the one after its last; `spans` come from `content_spans`.
    """
    within, number, first, last = spans
    # Documents are laid end to end, each in a stretch as long as the longest, so that one search serves them all.
    stretch = int(max(end.max(initial=0), last.max(initial=0)))
    start, end = (document * stretch + side for side in (start, end))
    first, last = (within * stretch + side for side in (first, last))
    order = np.argsort(start, kind="stable")
    begin, stop = np.searchsorted(start[order], [first, last])
    n = np.maximum(stop - begin, 0)
    piece = np.repeat(np.arange(len(first)), n)
    mention = order[ranges(begin, n)]
    inside = end[mention] <= last[piece]
    size = 1 + int(number.max(initial=0))
    return np.divmod(np.unique(mention[inside] * size + number[piece[inside]]), size)


def kept_apart(
    cells: Cells, of_mention: Ints, corrected: Mapping[int, str], apart_in: Iterable[tuple[str, str, str]]
) -> tuple[Cells, Ints]:
    """Return the cells and the cell of each mention without the links that a reader undid in single documents.

    `corrected` has the `corrected_by` of mentions by number; `apart_in` has the place of each decision, as written in
    `corrected_by`, and the two names.
    """
    forms, kinds, names, times = [*cells.forms], [*cells.kinds], [*cells.names], cells.times.tolist()
    of_mention = of_mention.copy()
    for place, old, new in apart_in:
        called = {name for form, name, n in zip(forms, names, times, strict=True) if n and form.entity == new}
        others = {new, *called} - {old}
        for mention, by in corrected.items():
            cell = of_mention[mention]
            if f"; {place}; " in f"; {by}; " and forms[cell].entity == old and names[cell] in others:
                times[cell] -= 1
                of_mention[mention] = len(forms)
                forms.append(forms[cell])
                kinds.append(kinds[cell])
                names.append(old)
                times.append(1)
    return Cells(forms, kinds, names, np.array(times)), of_mention


def entities_of(cells: Cells) -> Entities:
    """Return the entities over all documents that have mentions."""
    has = cells.times > 0
    names = sorted({name for name, is_used in zip(cells.names, has.tolist(), strict=True) if is_used})
    number = {name: at for at, name in enumerate(names)}
    kinds = {kind: ENTITY_KINDS.index(name) for kind, name in READER_KINDS.items()}
    name = np.array([number.get(name, 0) for name in cells.names], int)
    kind = np.array([kinds[kind] for kind in cells.kinds], int)
    n = len(names)
    distinct = np.unique((kind * n + name)[has])
    of_cell = np.where(has, np.searchsorted(distinct, kind * n + name), -1).astype(np.int32)
    return Entities(*np.divmod(distinct, n), names, of_cell)


def texts_of(numbers: Ints, text: Callable[[int], str]) -> pa.Array:
    """Return the text of each number; each distinct number is looked up once.

    >>> texts_of(np.array([1, 0, 1]), ["a", "b"].__getitem__).to_pylist()
    ['b', 'a', 'b']
    """
    rows, distinct = numbered(numbers)
    return pa.array(map(text, distinct.tolist()), pa.string()).take(pa.array(rows))
