"""Rows that a batch keeps for the next run: a step does not make again what it made of a document that is the same.

A changed article redoes its batch, and a step that looks at one document at a time would do the others for nothing. So
it keeps its rows beside its outputs, under a key of all that they depend on: the document's own rows of the inputs, and
the fingerprint of the stage. The file is a memory, not an output: Snakemake does not know it, and where there is none,
or a damaged one, everything is made.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.guard import guarded
from scripts.core.storage import DamagedError, read_parquet, write_parquet

# The rows of one document in each table that a step makes.
Rows = tuple[pa.Table, ...]


def rows_by_document(table: pa.Table) -> dict[str, pa.Table]:
    """Return the rows of each document in a table in which they stand together (column doc_id)."""
    runs = pc.run_end_encode(table["doc_id"].combine_chunks())
    bounds = pairwise([0, *runs.run_ends.to_pylist()])
    return {
        doc_id: table.slice(first, end - first)
        for doc_id, (first, end) in zip(runs.values.to_pylist(), bounds, strict=True)
    }


def rows_digest(table: pa.Table) -> bytes:
    """Return the SHA-256 of a table's schema and rows."""
    # Joined to no rows they are copied; as a part of a larger table they would be written with texts of its other rows.
    rows = pa.concat_tables([table.slice(0, 0), table]).combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return hashlib.sha256(sink.getvalue()).digest()


def document_keys(fingerprint: bytes, doc_ids: Iterable[str], tables: Iterable[pa.Table]) -> dict[str, str]:
    """Return for each document the SHA-256 of all that a step makes of it: its rows of `tables`, the fingerprint."""
    digests = {doc_id: hashlib.sha256(fingerprint) for doc_id in doc_ids}
    for table in tables:
        none, rows = table.slice(0, 0), rows_by_document(table)
        for doc_id, digest in digests.items():
            digest.update(rows_digest(rows.get(doc_id, none)))
    return {doc_id: digest.hexdigest() for doc_id, digest in digests.items()}


def _columns(schemas: Sequence[pa.Schema]) -> list[list[str]]:
    """Return the names of the columns of each table in the file, which tell the tables apart."""
    return [[f"{number} {name}" for name in schema.names] for number, schema in enumerate(schemas)]


def read_kept(path: Path, schemas: Sequence[pa.Schema]) -> dict[str, Rows]:
    """Return the rows that a batch has kept, by their keys, for tables of these schemas.

    There are none without the file, or if that is damaged or has other columns.
    """
    try:
        lists = read_parquet(path)
    except (FileNotFoundError, DamagedError):
        return {}
    tables = []
    for names, schema in zip(_columns(schemas), schemas, strict=True):
        if not {*names} <= {*lists.column_names}:
            return {}
        columns = [lists[name].combine_chunks() for name in names]
        rows = pa.table([column.values for column in columns], schema=schema)
        bounds = pairwise(columns[0].offsets.to_pylist())
        tables.append([rows.slice(first, end - first) for first, end in bounds])
    return dict(zip(lists["key"].to_pylist(), zip(*tables, strict=True), strict=True))


def write_kept(path: Path, schemas: Sequence[pa.Schema], rows_by_key: Mapping[str, Rows]) -> None:
    """Keep these rows, and no others, for the next run: a list for each document in each column."""
    columns = {"key": pa.array(rows_by_key, pa.string())}
    for number, (names, schema) in enumerate(zip(_columns(schemas), schemas, strict=True)):
        tables = [rows[number] for rows in rows_by_key.values()]
        offsets = [0]
        for table in tables:
            offsets.append(offsets[-1] + table.num_rows)
        together = pa.concat_tables([schema.empty_table(), *tables]).combine_chunks()
        places = pa.array(offsets, pa.int32())
        for name, field in zip(names, schema.names, strict=True):
            columns[name] = pa.ListArray.from_arrays(places, together[field].combine_chunks())
    write_parquet(path, pa.table(columns))


def remembered(
    step: str,
    path: Path,
    keys: Mapping[str, str],
    schemas: Sequence[pa.Schema],
    make: Callable[[frozenset[str]], Rows],
) -> tuple[Rows, pa.Table]:
    """Return the tables that a step makes of the documents of `keys`, in their order, and its table `problems`.

    `make` returns the tables of some documents. It is called, under the step's guard, with those whose key is not among
    the rows kept in the file `path`, which then has those of this run. A document that fails is not kept.
    """
    memory = read_kept(path, schemas)
    new = [doc_id for doc_id, key in keys.items() if key not in memory]
    tables, problems = guarded(step, new, make)
    made = [rows_by_document(table) for table in tables]
    failed = {*problems["seed"].to_pylist()}
    empty = [schema.empty_table() for schema in schemas]
    rows_by_key = {}
    for doc_id, key in keys.items():
        if doc_id not in failed:
            own = (rows.get(doc_id, none) for rows, none in zip(made, empty, strict=True))
            rows_by_key[key] = memory[key] if key in memory else tuple(own)
    write_kept(path, schemas, rows_by_key)
    together = zip(empty, *rows_by_key.values(), strict=True)
    return tuple(pa.concat_tables(tables).combine_chunks() for tables in together), problems
