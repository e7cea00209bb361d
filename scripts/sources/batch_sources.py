"""Look up sources, as each document describes them, in the tables of all batches for the rows of table quotes.

A document is read again if its attributions differ from those in its batch, because names over all documents or a
person's corrections changed them. Columns are numbers, at about twenty bytes per row.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.schemas import arrow_schema
from scripts.core.statements import UNNAMED
from scripts.core.storage import rows_to_table
from scripts.core.text_values import looked_up
from scripts.sources.cue_stances import NO_CUE, STANCES, UNLISTED
from scripts.sources.document_sources import batch_source_rows
from scripts.sources.kind_lists import kinds

STANCE_NAMES = (*STANCES, UNLISTED, NO_CUE)
_QUOTE_BITS = 32


def new_numbers(*texts: str) -> defaultdict[str, int]:
    """Return {text: number} for distinct texts; any other text gets the next number when it is looked up."""
    return defaultdict(count(len(texts)).__next__, {text: number for number, text in enumerate(texts)})


class BatchSources(NamedTuple):
    """Rows of the tables batch_sources of all batches, sorted by document and number of the attribution.

    `key` combines both. `columns` has kind and last_resort as indices of `kinds()`, stance as an index of
    `STANCE_NAMES`, and owners as numbers in `owners`, which grows when documents are read again.
    """

    key: Ints
    columns: dict[str, Ints]
    owners: defaultdict[str, int]


def _numbers(rows: pa.Table, owners: defaultdict[str, int]) -> dict[str, Ints]:
    """Return the columns of batch_sources, except doc_id and quote, as numbers."""
    of_kind, of_stance = kinds().index, STANCE_NAMES.index
    return {
        "kind": looked_up(rows["kind"], of_kind, np.int8),
        "last_resort": looked_up(rows["last_resort"], of_kind, np.int8),
        "stance": looked_up(rows["stance"], of_stance, np.int8),
        "owners": looked_up(rows["owners"], owners.__getitem__, np.int32),
    }


def _key(document: Ints, quote: Ints) -> Ints:
    """Return a number for each attribution that sorts by document, then by number of the attribution."""
    key: Ints = (document.astype(np.int64) << _QUOTE_BITS) + quote
    return key


def joined_sources(tables: Iterable[pa.Table], documents: Mapping[str, int]) -> BatchSources:
    """Return the rows of tables batch_sources for `documents`, a map from doc_id to number; others are ignored."""
    owners = new_numbers("")
    keys: list[Ints] = [np.empty(0, np.int64)]
    parts = [_numbers(arrow_schema("batch_sources").empty_table(), owners)]
    for table in tables:
        document = looked_up(table["doc_id"], lambda doc_id: documents.get(doc_id, -1), np.int32)
        chosen = document >= 0
        keys.append(_key(document, table["quote"].to_numpy())[chosen])
        parts.append({name: column[chosen] for name, column in _numbers(table, owners).items()})
    key = np.concatenate(keys)
    order = np.argsort(key)
    columns = {name: np.concatenate([part.pop(name) for part in parts])[order] for name in (*parts[0],)}
    return BatchSources(key[order], columns, owners)


def batch_source_columns(
    parts: BatchSources, documents: pa.Table, quotes: pa.Table, document: Ints, *, first: int
) -> dict[str, Ints]:
    """Return the columns of `BatchSources` for rows of table quotes that are speech, in the order of doc_id.

    `documents` is a range of documents with their texts, numbered from `first`; `document` is the place of each row's
    document in the range.
    """
    key = _key(document + first, quotes["quote"].to_numpy())
    place = np.searchsorted(parts.key, key)
    place[place == len(parts.key)] = 0
    is_other = parts.key[place] != key if len(parts.key) else np.ones(len(key), bool)
    renamed = pc.not_equal(quotes["speaker"], quotes["speaker_in_document"])
    renamed = pc.and_not(renamed, pc.starts_with(quotes["speaker"], UNNAMED))
    is_other |= pc.or_(renamed, pc.not_equal(quotes["corrected_by"], "")).to_numpy()
    numbers = np.arange(len(documents) + 1)
    n_in_batch = np.diff(np.searchsorted(parts.key, _key(numbers + first, np.zeros(len(numbers), np.int64))))
    is_changed = np.bincount(document, minlength=len(documents)) != n_in_batch
    is_changed[document[is_other]] = True
    columns = {
        name: column[place] if len(column) else np.zeros(len(key), column.dtype)
        for name, column in parts.columns.items()
    }
    bounds = np.searchsorted(document, numbers).tolist()
    made: list[dict[str, Any]] = []
    rows: list[Ints] = [np.empty(0, np.int64)]
    for number in np.flatnonzero(is_changed).tolist():
        start, end = bounds[number], bounds[number + 1]
        made += batch_source_rows(documents["text"][number].as_py(), quotes.slice(start, end - start).to_pylist())
        rows.append(np.arange(start, end))
    for name, column in _numbers(rows_to_table("batch_sources", made), parts.owners).items():
        columns[name][np.concatenate(rows)] = column
    return columns
