"""Tables of counts that a batch keeps for the next run, under a key of all that they are made of.

The file is a memory, not an output: Snakemake does not know it, and where there is none, or a damaged one, or one with
another key, the tables are made.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from scripts.core.kept import rows_digest
from scripts.core.recorded import file_sha256
from scripts.core.storage import DamagedError, parquet_bytes, read_parquet, table_of, write_parquet

_SCHEMA = pa.schema([("key", pa.string()), ("name", pa.string()), ("table", pa.binary())])


def counts_key(fingerprint: bytes, folder: Path, places: pa.Table) -> str:
    """Return the SHA-256 of a batch's tokens and parses, of the places that counts leave out, and of the stage."""
    files = (file_sha256(folder / f"{name}.parquet") for name in ("tokens", "parses"))
    return hashlib.sha256(fingerprint + rows_digest(places) + "".join(files).encode()).hexdigest()


def kept_tables(path: Path, key: str, make: Callable[[], Mapping[str, pa.Table]]) -> Mapping[str, pa.Table]:
    """Return the tables that a file has under this key, by name; else make them, and keep them there."""
    try:
        rows = read_parquet(path)
    except (FileNotFoundError, DamagedError):
        rows = _SCHEMA.empty_table()
    if rows.schema == _SCHEMA and {*rows["key"].to_pylist()} == {key}:
        return dict(zip(rows["name"].to_pylist(), map(table_of, rows["table"].to_pylist()), strict=True))
    tables = make()
    rows = [{"key": key, "name": name, "table": parquet_bytes(table)} for name, table in tables.items()]
    write_parquet(path, pa.Table.from_pylist(rows, _SCHEMA))
    return tables
