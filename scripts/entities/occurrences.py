"""Occurrences: the forms of names in the documents that have them, which is all that linking needs from mentions.

Documents are numbered in the order of doc_id.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.entities.corpus_entities import DocumentNumbers, Form
from scripts.entities.kinds import READER_KINDS, fold
from scripts.entities.mention_context import NO_CONTEXT, Context
from scripts.maths.tuples import distinct

OCCURRENCE_COLUMNS = ["doc_id", "label", "text", "entity"]
# Columns of the context of a mention (`mention_context.Context`).
CONTEXT = [*Context._fields]


class Occurrences(NamedTuple):
    """Each form in each document that has it, sorted by document: numbers of form and document, number of mentions.

    `context_at` and `context` have a row for each mention with a context: the number of its occurrence, by which they
    are sorted, and the number of its context in `contexts`.
    """

    forms: list[Form]
    form: Ints
    document: Ints
    times: Ints
    context_at: Ints
    context: Ints
    contexts: list[Context]

    def contexts_of(self, occurrence: int) -> list[Context]:
        """Return the contexts of the mentions of an occurrence."""
        # Searching for numbers of another type would copy the whole column each time.
        ends = np.array([occurrence, occurrence + 1], self.context_at.dtype)
        first, last = self.context_at.searchsorted(ends).tolist()
        return [self.contexts[number] for number in self.context[first:last].tolist()]


class ByForm(NamedTuple):
    """Occurrences sorted by form, then by document: `order` has their numbers, `bounds` where each form begins."""

    order: Ints
    document: Ints
    bounds: Ints

    def documents(self, *forms: int) -> DocumentNumbers:
        """Return the documents of one or more forms."""
        parts = [self.document[self.bounds[form] : self.bounds[form + 1]] for form in forms]
        return parts[0] if len(parts) == 1 else distinct(np.concatenate(parts))

    def places(self, form: int, documents: Ints) -> Ints:
        """Return the positions in `order` of a form in the given `documents`, all of which must have it."""
        return self.bounds[form] + np.searchsorted(self.documents(form), documents.astype(self.document.dtype))


def by_form(occurrences: Occurrences) -> ByForm:
    """Return occurrences sorted by form, then by document."""
    order = np.argsort(occurrences.form, kind="stable").astype(np.int32)
    counts = np.bincount(occurrences.form, minlength=len(occurrences.forms))
    return ByForm(order, occurrences.document[order], np.concatenate([[0], np.cumsum(counts)]))


def encoded(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Return the number of each row's text, and the texts; a dictionary-encoded column keeps its numbers."""
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    return array.indices.to_numpy(), array.dictionary.to_pylist()


def numbered(values: Ints) -> tuple[Ints, Ints]:
    """Return the number of each value, in the order of first occurrence, and the distinct values."""
    array = pa.array(values).dictionary_encode()
    return array.indices.to_numpy(), array.dictionary.to_numpy()


def document_numbers(rows: pa.Table, doc_ids: pa.Array, first: int) -> Ints:
    """Return the number of each row's document, counted from `first` for the first of `doc_ids`; -1 if not in them."""
    number, names = encoded(rows["doc_id"])
    places = pc.index_in(pa.array(names, pa.string()), value_set=doc_ids)
    return pc.fill_null(pc.add(places.cast(pa.int64()), first), -1).to_numpy()[number]


def named_rows(rows: pa.Table, doc_ids: pa.Array, first: int) -> tuple[pa.Table, Ints]:
    """Return the rows of table entities that have a reader's kind and a document in `doc_ids`, and their documents."""
    label, labels = encoded(rows["label"])
    document = document_numbers(rows, doc_ids, first)
    chosen = np.array([fold(name) in READER_KINDS for name in labels], bool)[label] & (document >= 0)
    return rows.filter(pa.array(chosen)), document[chosen]


def _joined(parts: list[Ints]) -> Ints:
    """Return arrays as one and clear the list, as holding all of them twice would be the memory peak of linking."""
    array = np.concatenate(parts)
    parts.clear()
    return array


def _contexts(rows: pa.Table, known: dict[Context, int]) -> Ints:
    """Return the number of each mention's context; new contexts are added to `known`."""
    columns = [encoded(rows[name]) for name in CONTEXT]
    code = np.zeros(len(rows), np.int64)
    for number, texts in columns:
        code = code * len(texts) + number
    of_row, codes = numbered(code)
    numbers = []
    for each in codes.tolist():
        values = []
        for _, texts in reversed(columns):
            each, value = divmod(each, len(texts))
            values.append(texts[value])
        numbers.append(known.setdefault(Context(*reversed(values)), len(known)))
    return np.array(numbers, np.int32)[of_row]


def occurrences_of(parts: Iterable[tuple[pa.Table, Ints]]) -> tuple[Occurrences, Ints]:
    """Return the occurrences of the mentions in several tables, and the number of each mention's, table by table.

    The tables have the columns `OCCURRENCE_COLUMNS` and `CONTEXT`; each comes with the document number of every row. No
    two tables share a document.
    """
    known: dict[Form, int] = {}
    contexts = {NO_CONTEXT: 0}
    nothing = np.array([], np.int32)
    columns = [[nothing] for _ in range(6)]
    n = 0
    for rows, documents in parts:
        (label, labels), (text, texts), (name, names) = (encoded(rows[column]) for column in OCCURRENCE_COLUMNS[1:])
        code = (label.astype(np.int64) * len(texts) + text) * len(names) + name
        of_row, codes = numbered(code)
        rest, name = np.divmod(codes, len(names))
        label, text = np.divmod(rest, len(texts))
        number = np.empty(len(codes), np.int32)
        for at, key in enumerate(zip(label.tolist(), text.tolist(), name.tolist(), strict=True)):
            written, called = texts[key[1]], names[key[2]]
            form = Form(labels[key[0]], called if written == called else written, called)  # share one string
            number[at] = known.setdefault(form, len(known))
        occurrence, codes = numbered(documents * len(number) + of_row)
        in_document, of_form = np.divmod(codes, len(number))
        counts = np.bincount(occurrence, minlength=len(codes))
        telling = _contexts(rows, contexts)
        with_any = np.flatnonzero(telling)
        with_any = with_any[np.argsort(occurrence[with_any], kind="stable")]
        arrays: tuple[Ints, ...] = (
            *(number[of_form], in_document, counts, occurrence + n),
            *(occurrence[with_any] + n, telling[with_any]),
        )
        for column, array in zip(columns, arrays, strict=True):
            column.append(array.astype(np.int32))
        n += len(codes)
    of_form, document, times, of_mention, context_at, context = map(_joined, columns)
    return Occurrences(list(known), of_form, document, times, context_at, context, list(contexts)), of_mention
