"""Rows of tables by ranges of their key, mostly doc_id, in the order of the keys.

With ranges, a job that joins the batches holds the rows of only a few thousand documents at a time, however large the
corpus. `bounds` are the keys at which ranges begin, except for the first range, which has all keys below them.
"""

import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.core.schemas import text_columns
from scripts.core.statements import speech
from scripts.core.storage import open_parquet, own_texts

# With more ranges, the rows on the disk (70 bytes per token) are compressed, which takes a tenth more time.
_FEW = 32
# Rows of small batches are gathered to this many bytes before they are split into ranges: with a write for each batch
# and range, the number of writes would grow with the square of the corpus.
_GATHERED = 32_000_000


def document_ranges(
    file: pq.ParquetFile, columns: list[str], bounds: Sequence[str], *, at_once: int = 65_536
) -> Iterator[pa.Table]:
    """Yield columns of an open table by ranges of doc_id; the table is sorted by doc_id, which is among the columns.

    A range without rows is an empty table. `at_once` is the number of rows to read at a time: few for long texts.
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
    """Return the index of the first document of each range; `sizes` are the documents' numbers of rows.

    A range has at most `rows` rows, or a single document with more.

    >>> range_starts([4, 4, 4, 20, 1], rows=10)
    [0, 2, 3, 4]
    """
    starts, size = [0], 0
    for number, added in enumerate(sizes):
        if size and size + added > rows:
            starts.append(number)
            size = 0
        size += added
    return starts


def range_bounds(sizes: Mapping[str, int], *, rows: int) -> list[str]:
    """Return the `bounds` of ranges with at most `rows` rows, as in `range_starts`; `sizes` are rows by key.

    >>> range_bounds({"a": 2, "c": 1, "b": 2}, rows=3)
    ['b']
    """
    keys = sorted(sizes)
    return [keys[start] for start in range_starts([sizes[key] for key in keys], rows=rows)[1:]]


def tables_in_ranges(
    folder: Path, columns: Mapping[str, Sequence[str]], bounds: Sequence[str]
) -> Iterator[dict[str, pa.Table]]:
    """Yield {table: rows} with the given `columns` of tables in a folder, by ranges of doc_id (`document_ranges`).

    Texts are encoded, with only the texts of the range, in the order of first use. Of quotes, only speech is returned.
    """
    with ExitStack() as stack:
        ranges = {}
        for name, chosen in columns.items():
            read = [*chosen, *(["type"] if name == "quotes" and "type" not in chosen else [])]
            path = folder / f"{name}.parquet"
            file = stack.enter_context(open_parquet(path, dictionaries=text_columns(name, read)))
            ranges[name] = document_ranges(file, read, bounds)
        for tables in zip(*ranges.values(), strict=True):
            of_range = dict(zip(ranges, tables, strict=True))
            if "quotes" in of_range:
                of_range["quotes"] = speech(of_range["quotes"])
            yield {name: own_texts(rows.select(columns[name])) for name, rows in of_range.items()}


def in_ranges(parts: Iterable[pa.Table], schema: pa.Schema, key: str, bounds: Sequence[str]) -> Iterator[pa.Table]:
    """Yield the rows of tables with a schema by ranges of the column `key`, which begin at `bounds`.

    If there are bounds, the rows of each range wait in a file in the folder for temporary files (TMPDIR). The file has
    no name, so a killed job leaves nothing behind. Within a range, rows are in the order of the tables.
    """
    chosen = (part.select(schema.names).cast(schema) for part in parts)
    if not bounds:
        yield pa.concat_tables([schema.empty_table(), *chosen])
        return
    options = pa.ipc.IpcWriteOptions(compression="lz4" if len(bounds) > _FEW else None)
    with ExitStack() as files:
        waiting = [files.enter_context(tempfile.TemporaryFile()) for _ in range(len(bounds) + 1)]
        with ExitStack() as stack:
            writers = [stack.enter_context(pa.ipc.new_stream(file, schema, options=options)) for file in waiting]
            for gathered in _gathered(chosen):
                for number, rows in _split(gathered, key, bounds):
                    # Only the texts of these rows: all texts of a batch for each range would take many times as much.
                    writers[number].write_table(own_texts(rows))
        for file in waiting:
            file.seek(0)
            with pa.ipc.open_stream(file) as stream:
                yield stream.read_all()
            file.close()


def _gathered(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield the rows of tables, concatenated to tables of at least _GATHERED bytes; the last may be smaller."""
    waiting: list[pa.Table] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += part.nbytes
        if size >= _GATHERED:
            yield pa.concat_tables(waiting)
            waiting, size = [], 0
    if waiting:
        yield pa.concat_tables(waiting)


def _split(rows: pa.Table, key: str, bounds: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
    """Yield (number of a range, its rows) for each range that has rows; rows keep their order."""
    rows = rows.unify_dictionaries().combine_chunks()
    keys = rows[key].combine_chunks().dictionary_encode()
    numbers = pa.array(bisect_right(bounds, text) for text in keys.dictionary.to_pylist()).take(keys.indices)
    order = pc.array_sort_indices(numbers)
    rows, runs = rows.take(order), pc.run_end_encode(numbers.take(order))
    ends = runs.run_ends.to_pylist()
    for number, start, end in zip(runs.values.to_pylist(), [0, *ends], ends, strict=False):
        yield number, rows.slice(start, end - start)
