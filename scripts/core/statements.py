"""Statements: the rows of the table quotes that are speech, by which all that counts speech reads it.

With `quotes.attitudes` the table also has what somebody is said to want or believe; no share of speech counts that.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import read_parquet

# The type of the rows that are no speech.
ATTITUDE = "attitude"


def speech(quotes: pa.Table) -> pa.Table:
    """Return the rows of the table quotes that are speech; the column `type` must be among its columns."""
    is_speech = pc.fill_null(pc.not_equal(quotes["type"], ATTITUDE), True)
    if pc.all(is_speech).as_py():
        return quotes
    rows = quotes.filter(is_speech)
    # An encoded column must not keep the texts of attitudes among those that it may have.
    return pa.table([_encoded_anew(column) for column in rows.columns], rows.schema)


def _encoded_anew(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    return column.cast(kind.value_type).dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else column


def read_speech(path: Path, columns: list[str] | None = None, *, dictionaries: Iterable[str] = ()) -> pa.Table:
    """Return the rows of a table of quotes that are speech, or only some of their columns, as `read_parquet` does."""
    if columns is None or "type" in columns:
        return speech(read_parquet(path, columns, dictionaries=dictionaries))
    return speech(read_parquet(path, [*columns, "type"], dictionaries=dictionaries)).select(columns)
