"""Occurrences: the forms of names in the documents that have them, which is all that linking needs of the mentions.

Documents are numbers, in the order of doc_id.
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
    """Each form in each document that has it, by document: the numbers of both, and how often it has it.

    `context` are the numbers in `contexts` of the contexts of mentions, a row a mention with any, by the number of its
    occurrence, `context_at`.
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
        # Numbers of another type would make each search copy the whole column.
        ends = np.array([occurrence, occurrence + 1], self.context_at.dtype)
        first, last = self.context_at.searchsorted(ends).tolist()
        return [self.contexts[number] for number in self.context[first:last].tolist()]


class ByForm(NamedTuple):
    """Occurrences by form and then by document: `order` has their numbers, the first of each form is in `bounds`."""

    order: Ints
    document: Ints
    bounds: Ints

    def documents(self, *forms: int) -> DocumentNumbers:
        """Return the documents of one form or of several."""
        parts = [self.document[self.bounds[form] : self.bounds[form + 1]] for form in forms]
        return parts[0] if len(parts) == 1 else distinct(np.concatenate(parts))

    def places(self, form: int, documents: Ints) -> Ints:
        """Return the places in `order` of a form in some of its documents."""
        return self.bounds[form] + np.searchsorted(self.documents(form), documents.astype(self.document.dtype))


def by_form(occurrences: Occurrences) -> ByForm:
    """Return occurrences by form and then by document."""
    order = np.argsort(occurrences.form, kind="stable").astype(np.int32)
    counts = np.bincount(occurrences.form, minlength=len(occurrences.forms))
    return ByForm(order, occurrences.document[order], np.concatenate([[0], np.cumsum(counts)]))


def encoded(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Return the number of the text of each row, and the texts; an encoded column keeps its numbers."""
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    return array.indices.to_numpy(), array.dictionary.to_pylist()


def numbered(values: Ints) -> tuple[Ints, Ints]:
    """Return the number of each value, equal ones in the order of their first, and the distinct values."""
    array = pa.array(values).dictionary_encode()
    return array.indices.to_numpy(), array.dictionary.to_numpy()


def document_numbers(rows: pa.Table, doc_ids: pa.Array, first: int) -> Ints:
    """Return the number of each row's document, `first` for the first of `doc_ids`; -1 for one not among them."""
    number, names = encoded(rows["doc_id"])
    places = pc.index_in(pa.array(names, pa.string()), value_set=doc_ids)
    return pc.fill_null(pc.add(places.cast(pa.int64()), first), -1).to_numpy()[number]


def named_rows(rows: pa.Table, doc_ids: pa.Array, first: int) -> tuple[pa.Table, Ints]:
    """Return the rows (of table entities) of the reader's kinds, in documents of `document_numbers`, and these."""
    label, labels = encoded(rows["label"])
    document = document_numbers(rows, doc_ids, first)
    chosen = np.array([fold(name) in READER_KINDS for name in labels], bool)[label] & (document >= 0)
    return rows.filter(pa.array(chosen)), document[chosen]


def _joined(parts: list[Ints]) -> Ints:
    """Return arrays as one, and forget them: all of them twice would be the most that linking needs."""
    array = np.concatenate(parts)
    parts.clear()
    return array


def _contexts(rows: pa.Table, known: dict[Context, int]) -> Ints:
    """Return the number of the context of each mention; `known` takes new ones."""
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
    """Return the occurrences of the mentions in several tables, and the number of each mention's, table after table.

    Tables have the columns `OCCURRENCE_COLUMNS` and `CONTEXT`, and come with the numbers of their rows' documents,
    which no two share.
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
            form = Form(labels[key[0]], called if written == called else written, called)  # one text is enough
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
