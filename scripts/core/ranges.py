"""Ranges of documents: the rows of tables in the order of doc_id, of some documents after the others.

So a job that joins the batches holds the rows of a few thousand documents, however many the corpus has.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import accumulate
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.core.statements import speech
from scripts.core.storage import arrow_schema, open_parquet
from scripts.core.tables import first_seen


def document_ranges(
    file: pq.ParquetFile, columns: list[str], bounds: Sequence[str], *, at_once: int = 65_536
) -> Iterator[pa.Table]:
    """Yield columns of an open table by ranges of doc_id, which the first doc_id of all but the first range bound.

    The table is in the order of doc_id, which is among the columns. A range without rows is an empty table. So many
    rows are read `at_once`: few of a table with long texts.
    """
    schema = file.schema_arrow.empty_table().select(columns).schema
    waiting: list[pa.RecordBatch] = []
    ends = list(bounds)[::-1]
    for batch in file.iter_batches(at_once, columns=columns, use_threads=False):
        rows = batch.select(columns)
        while ends and rows.num_rows and rows["doc_id"][-1].as_py() >= ends[-1]:
            doc_id = rows["doc_id"]
            place = bisect_left(range(len(doc_id)), ends.pop(), key=lambda row: doc_id[row].as_py())
            yield pa.Table.from_batches([*waiting, rows.slice(0, place)], schema)
            waiting, rows = [], rows.slice(place)
        waiting.append(rows)
    yield pa.Table.from_batches(waiting, schema)
    for _ in ends:
        yield schema.empty_table()


def range_starts(sizes: Sequence[int], *, rows: int) -> list[int]:
    """Return the first document of each range of some `rows` rows, by its number; `sizes` are the rows of each.

    A range ends with the document in which its rows, counted on from the first of all, are full.

    >>> range_starts([4, 4, 4, 20, 1], rows=10)
    [0, 3, 4]
    """
    full = [total // rows for total in accumulate(sizes, initial=0)]
    return [number for number in range(len(sizes)) if number == 0 or full[number] > full[number - 1]]


def tables_in_ranges(
    folder: Path, columns: Mapping[str, Sequence[str]], bounds: Sequence[str]
) -> Iterator[dict[str, pa.Table]]:
    """Yield some `columns` of tables in a folder, {table: rows}, by ranges of doc_id as `document_ranges` does.

    Texts are encoded, with those of the range alone, in the order of first use. Of quotes only speech is read.
    """
    with ExitStack() as stack:
        ranges = {}
        for name, chosen in columns.items():
            read = [*chosen, *(["type"] if name == "quotes" and "type" not in chosen else [])]
            texts = [column for column in read if pa.types.is_string(arrow_schema(name).field(column).type)]
            file = stack.enter_context(open_parquet(folder / f"{name}.parquet", dictionaries=texts))
            ranges[name] = document_ranges(file, read, bounds)
        for tables in zip(*ranges.values(), strict=True):
            of_range = dict(zip(ranges, tables, strict=True))
            if "quotes" in of_range:
                of_range["quotes"] = speech(of_range["quotes"])
            yield {name: _encoded_anew(rows.select(columns[name])) for name, rows in of_range.items()}


def _encoded_anew(rows: pa.Table) -> pa.Table:
    """Return rows whose encoded columns have only the texts of these rows."""
    return pa.table([first_seen(column) for column in rows.columns], rows.schema)


def rows_between(file: pq.ParquetFile, first: str, last: str, columns: list[str]) -> pa.Table:
    """Return columns of the rows of the documents from `first` to `last`, of an open table that has the column doc_id.

    Row groups that have none of them are not read.
    """
    column = file.schema_arrow.get_field_index("doc_id")
    parts = [file.schema_arrow.empty_table().select(columns)]
    for number in range(file.num_row_groups):
        bounds = file.metadata.row_group(number).column(column).statistics
        if bounds and bounds.has_min_max and (bounds.max < first or bounds.min > last):
            continue
        rows = file.read_row_group(number, columns=list({"doc_id", *columns}), use_threads=False)
        is_inside = pc.and_(pc.greater_equal(rows["doc_id"], first), pc.less_equal(rows["doc_id"], last))
        parts.append(rows.filter(is_inside).select(columns))
    return pa.concat_tables(parts)
