"""The batches' tables as one table for the reader, in Parquet and CSV."""

import argparse
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.batches import read_batches
from scripts.storage import arrow_schema, read_parquet, read_settings, replacing, write_csv, write_parquet

# What a table is sorted by. The rows that are equal in this come from one batch, where they stand together, in order.
_KEYS = {
    **dict.fromkeys(("sentences", "tokens", "entities", "quotes", "frame_codes", "blame", "valence"), ("doc_id",)),
    "concordance": ("term", "doc_id"),
}
_CODES = ("doc_id", "start", "end", "scheme", "frame", "term")


def sorted_by(rows: pa.Table, keys: Sequence[str]) -> pa.Table:
    """The rows in the order of some columns."""
    return rows.take(pc.sort_indices(rows, sort_keys=[(key, "ascending") for key in keys]))


def _stretches(rows: pa.RecordBatch, keys: Sequence[str]) -> list[tuple[tuple[str, ...], int, int]]:
    """Where rows that are equal in some columns stand together: what they have there, first row, row after the last."""
    ends = sorted({end for key in keys for end in pc.run_end_encode(rows[key]).run_ends.to_pylist()})
    spans = list(pairwise([0, *ends]))
    first = pa.array([start for start, _ in spans], pa.int64())
    names = zip(*(rows[key].take(first).to_pylist() for key in keys), strict=True)
    return [(name, *span) for name, span in zip(names, spans, strict=True)]


# Rows that are put in order in memory at a time: some 400 MB of tokens.
_ROWS = 1_000_000


def read_analysed(folder: Path, table: str, columns: list[str] | None = None) -> pa.Table:
    """A table of the reader's without the rows of documents that were not parsed.

    In those, which are in another language, nothing can be found: they must not lower a share or a mean.
    """
    rows = read_parquet(folder / f"{table}.parquet", columns)
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed"])
    if pc.all(documents["parsed"]).as_py():
        return rows
    return rows.filter(pc.is_in(rows["doc_id"], documents["doc_id"].filter(documents["parsed"]).combine_chunks()))


def range_bounds(counts: Mapping[str, int], *, rows: int = _ROWS) -> list[str]:
    """Cut sorted keys, each with its number of rows, into ranges of at most `rows`: first key of all but the first."""
    bounds, held = [], 0
    for key, count in sorted(counts.items()):
        if held and held + count > rows:
            bounds.append(key)
            held = 0
        held += count
    return bounds


def joined(table: str, parts: Iterable[pa.RecordBatch]) -> pa.Table:
    """The table of several parts, in its order: a stretch of rows is copied as one, which sorting would not do."""
    keys = _KEYS[table]
    stretches = [
        (name, part.slice(start, end - start)) for part in parts for name, start, end in _stretches(part, keys)
    ]
    stretches.sort(key=itemgetter(0))
    return pa.Table.from_batches([rows for _, rows in stretches], arrow_schema(table)).combine_chunks()


def join_parquet(path: Path, table: str, parts: Iterable[pa.Table], bounds: list[str]) -> None:
    """Write the parts as one table in its order, a range of keys at a time: memory does not grow with the corpus.

    The rows of each range wait in a file of their own. The bytes depend on the rows and the bounds alone.
    """
    schema, keys = arrow_schema(table), _KEYS[table]
    with tempfile.TemporaryDirectory(dir=path.parent.parent, prefix=".joining-") as folder:
        waiting = [Path(folder) / str(number) for number in range(len(bounds) + 1)]
        with ExitStack() as stack:
            writers = [stack.enter_context(pa.ipc.new_file(file, schema)) for file in waiting]
            for part in parts:
                for rows in part.select(schema.names).cast(schema).combine_chunks().to_batches():
                    stretches = _stretches(rows, keys)
                    for number, group in groupby(stretches, key=lambda stretch: bisect_right(bounds, stretch[0][0])):
                        spans = list(group)
                        start, end = spans[0][1], spans[-1][2]
                        writers[number].write_batch(rows.slice(start, end - start))
        with (
            replacing(path) as temporary,
            pq.ParquetWriter(temporary, schema, compression="zstd", store_schema=False) as out,
        ):
            for file in waiting:
                with pa.memory_map(str(file)) as source:
                    out.write_table(joined(table, pa.ipc.open_file(source).read_all().to_batches()))


def write_rows(path: Path, number: int, parquet: Path, *, csv_max_rows: int) -> None:
    """Write the `number` rows of a Parquet table as CSV: of a longer table only a line that says where it is."""
    if number <= csv_max_rows:
        write_csv(path, read_parquet(parquet))
    else:
        note = f"{number} rows are more than tables.csv_max_rows = {csv_max_rows}: see {parquet.name}"
        write_csv(path, pa.table({"note": [note]}))


def write_table(folder: Path, name: str, table: pa.Table, *, csv_max_rows: int) -> None:
    """Write folder/name.parquet, and folder/name.csv as `write_rows` does."""
    path = folder / f"{name}.parquet"
    write_parquet(path, table)
    write_rows(folder / f"{name}.csv", table.num_rows, path, csv_max_rows=csv_max_rows)


def read_part(table: str, folder: Path) -> pa.Table:
    """The rows of a table that are in the folder of a batch."""
    path = folder / f"{table}.parquet"
    if table == "tokens":
        tokens, parses = read_parquet(path, dictionaries=["word"]), read_parquet(folder / "parses.parquet")
        word = tokens["word"].combine_chunks()
        columns = {name: part[name] for part in (tokens, parses) for name in part.column_names}
        return pa.table({**columns, "norm": pc.utf8_lower(word.dictionary).take(word.indices)})
    rows = read_parquet(path)
    # In their batch they are in the order of sentences and frames.
    return sorted_by(rows, _CODES) if table == "frame_codes" else rows


def main() -> None:
    """Join the batches' tables of one name."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("table", choices=sorted(_KEYS))
    parser.add_argument("--batches", type=Path, required=True, help="folder of the batches")
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="folder of the tables")
    options = parser.parse_args()
    folders = [options.batches / batch for batch in read_batches(options.batches)]
    counts: Counter[str] = Counter()
    for folder in folders:
        keys = read_parquet(folder / f"{options.table}.parquet", [_KEYS[options.table][0]]).column(0)
        counts.update({entry["values"]: entry["counts"] for entry in pc.value_counts(keys).to_pylist()})
    path = options.folder / f"{options.table}.parquet"
    parts = (read_part(options.table, folder) for folder in folders)
    join_parquet(path, options.table, parts, range_bounds(counts))
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    write_rows(options.folder / f"{options.table}.csv", counts.total(), path, csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
