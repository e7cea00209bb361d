"""Rows that a batch keeps for the next run, so that a step redoes only the documents that changed.

When an article changes, its batch is redone, and a step that takes one document at a time would redo the others for
nothing. So it keeps its last tables under a second name (`entities.kept`), which takes no space on the disk. Beside
them it keeps a key for each document (`entities.keys`), a hash of all that the document's rows depend on: its own rows
in the inputs, and the fingerprint of the stage. These files are a cache, not outputs: Snakemake does not know them, and
if they are missing or damaged, all rows are made again.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.guard import guarded
from scripts.core.storage import DamagedError, decoded, read_parquet, replacing, write_parquet

# Rows to hash at a time: a long document as one block would take three times its memory.
_ROWS_AT_ONCE = 100_000
MEMORY_SUFFIXES = _SECOND_NAME, _KEY_FILE = ".kept", ".keys"
_KEYS = pa.schema([(name, pa.string()) for name in ("doc_id", "key")])
# The rows of one document in each table that a step makes.
_Rows = tuple[pa.Table, ...]


def rows_by_document(table: pa.Table) -> dict[str, pa.Table]:
    """Return {doc_id: rows} of a table in which the rows of each document are contiguous."""
    doc_id = table["doc_id"].combine_chunks().dictionary_encode()
    runs = pc.run_end_encode(doc_id.indices)
    bounds = pairwise([0, *runs.run_ends.to_pylist()])
    return {
        own: table.slice(first, end - first)
        for own, (first, end) in zip(doc_id.dictionary.take(runs.values).to_pylist(), bounds, strict=True)
    }


def rows_digest(table: pa.Table) -> bytes:
    """Return the SHA-256 of a table's schema and rows."""
    digest = hashlib.sha256(table.schema.serialize())
    for rows in table.combine_chunks().to_batches(max_chunksize=_ROWS_AT_ONCE):
        # A slice would be written with bytes of the rows after it, and with whatever bytes lie under missing values.
        digest.update(rows.take(pa.array(np.arange(rows.num_rows))).serialize())
    return digest.digest()


def document_keys(fingerprint: bytes, doc_ids: Iterable[str], tables: Iterable[pa.Table]) -> dict[str, str]:
    """Return {doc_id: SHA-256 of all that a step uses for the document}: the fingerprint and its rows of `tables`."""
    digests = {doc_id: hashlib.sha256(fingerprint) for doc_id in doc_ids}
    for table in tables:
        plain = decoded(table)  # the numbers of encoded texts depend on the other documents of the batch
        none, rows = rows_digest(plain.slice(0, 0)), rows_by_document(plain)
        for doc_id, digest in digests.items():
            digest.update(rows_digest(rows[doc_id]) if doc_id in rows else none)
    pa.default_memory_pool().release_unused()  # or the process would keep the memory of the decoded tables
    return {doc_id: digest.hexdigest() for doc_id, digest in digests.items()}


def _file_digest(paths: Iterable[Path]) -> str:
    """Return one SHA-256 of the bytes of several files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def second_name(path: Path, name: Path) -> None:
    """Give a file a second name (a hard link), or copy it where the file system has no such links."""
    with replacing(name) as part:
        try:
            os.link(path, part)
        except OSError:  # not every file system has hard links
            shutil.copyfile(path, part)


def keep_tables(paths: Sequence[Path], keys: pa.Table) -> None:
    """Keep the tables that a step has written, and beside the first of them the `keys` of their rows.

    When the next run removes a table, its second name remains.
    """
    for path in paths:
        second_name(path, path.with_suffix(_SECOND_NAME))
    digests = pa.array([_file_digest(paths)] * keys.num_rows, pa.string())
    write_parquet(paths[0].with_suffix(_KEY_FILE), keys.append_column("tables", digests))


def read_kept(paths: Sequence[Path]) -> tuple[pa.Table, list[pa.Table]] | None:
    """Return the keys and tables that a step has kept, or None if files are missing, damaged or of different runs."""
    paths = [path.with_suffix(_SECOND_NAME) for path in paths]
    try:
        keys = read_parquet(paths[0].with_suffix(_KEY_FILE))
        tables = [read_parquet(path) for path in paths]
        return (keys, tables) if {*keys["tables"].to_pylist()} == {_file_digest(paths)} else None
    except (FileNotFoundError, DamagedError):
        return None


def read_kept_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows that a step has kept in a file of its own; none if the file is missing or damaged."""
    try:
        return read_parquet(path).to_pylist()
    except (FileNotFoundError, DamagedError):
        return []


def read_memory(outputs: Mapping[Path, pa.Schema]) -> dict[str, _Rows]:
    """Return {key: rows} that a batch has kept from its last run; empty if their columns are not those of `outputs`."""
    last_run = read_kept([*outputs])
    if last_run is None:
        return {}
    keys, tables = last_run
    if any(table.column_names != schema.names for table, schema in zip(tables, outputs.values(), strict=True)):
        return {}
    empty = [table.slice(0, 0) for table in tables]
    rows = [rows_by_document(table) for table in tables]
    return {
        key: tuple(own.get(doc_id, none) for own, none in zip(rows, empty, strict=True))
        for doc_id, key in zip(keys["doc_id"].to_pylist(), keys["key"].to_pylist(), strict=True)
    }


def write_tables(
    step: str,
    keys: Mapping[str, str],
    outputs: Mapping[Path, pa.Schema],
    make: Callable[[frozenset[str]], _Rows],
    *,
    sample: Callable[[], object],
) -> pa.Table:
    """Write the tables that a step makes of the documents of `keys`, in that order; return its table `problems`.

    `make` returns the tables of some documents, in the order of `outputs`. It is called, under the step's guard, with
    the documents whose keys the last run did not keep; `sample` is passed to the guard. A document that fails is tried
    again in the next run of the step.
    """
    memory = read_memory(outputs)
    new = [doc_id for doc_id, key in keys.items() if key not in memory]
    tables, problems = guarded(step, new, make, sample=sample, sound=len(keys) - len(new))
    made = [rows_by_document(table) for table in tables]
    failed = {*problems["seed"].to_pylist()}
    sound = {doc_id: key for doc_id, key in keys.items() if doc_id not in failed}
    for number, (path, schema) in enumerate(outputs.items()):
        none = schema.empty_table()
        rows = (
            memory[key][number] if key in memory else made[number].get(doc_id, none) for doc_id, key in sound.items()
        )
        write_parquet(path, pa.concat_tables([none, *rows]).combine_chunks(), between_steps=True)
    keep_tables([*outputs], pa.table({"doc_id": [*sound], "key": [*sound.values()]}, _KEYS))
    return problems
