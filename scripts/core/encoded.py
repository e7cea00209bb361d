"""Conversion of tables to data frames with encoded texts, and back.

An encoded column is a pandas categorical: each distinct text once (its categories), and a number for each row. A column
with a few thousand names in a million rows is joined and grouped in a tenth of the time.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from scripts.core.arrays import Ints
from scripts.core.schemas import arrow_schema, text_columns
from scripts.core.statements import read_speech
from scripts.core.storage import read_parquet, to_table


def read_encoded(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read columns of a table of tables.yaml from its Parquet file, with its texts encoded as they are in the file.

    Lists remain Arrow lists. From the table quotes, only rows that are speech are returned.
    """
    return encoded_frame(_read(path, columns))


def read_narrow(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read columns of a long table as `read_encoded` does, but with integers in 32 bits."""
    rows = _read(path, columns)
    fields = (field.with_type(pa.int32()) if field.type == pa.int64() else field for field in rows.schema)
    return encoded_frame(rows.cast(pa.schema(fields)))


def _read(path: Path, columns: list[str]) -> pa.Table:
    read = read_speech if path.stem == "quotes" else read_parquet
    return read(path, columns, dictionaries=text_columns(path.stem, columns))


def encoded_frame(rows: pa.Table) -> pd.DataFrame:
    """Return a table as a data frame; encoded texts stay encoded, and lists remain Arrow lists."""
    return rows.to_pandas(types_mapper=lambda kind: pd.ArrowDtype(kind) if pa.types.is_list(kind) else None)


def as_table(name: str, rows: pd.DataFrame) -> pa.Table:
    """Return rows as an Arrow table with the columns of tables.yaml; without rows it is empty."""
    if rows.empty:
        return arrow_schema(name).empty_table()
    # Arrow is slow to turn a categorical into texts, unless it is first made a dictionary array.
    columns = {column: rows[column] for column in arrow_schema(name).names if column in rows}
    encoded = {column: pa.array(values) for column, values in columns.items() if values.dtype == "category"}
    return to_table(name, columns | encoded)


def index_positions(values: pd.Series, index: pd.Index) -> NDArray[np.intp]:
    """Return the position of each value in `index`, or -1; each distinct value is looked up only once."""
    encoded = values.astype("category").cat
    places = np.append(index.get_indexer(encoded.categories), -1)
    return places[encoded.codes]


def distinct_texts(columns: Sequence[pd.Series]) -> tuple[Ints, list[tuple[str, ...]]]:
    """Return the number of each row's combination of texts, and the distinct combinations ("" for a missing text)."""
    encoded = [column.astype("category").cat for column in columns]
    sizes = [len(each.categories) + 1 for each in encoded]  # a missing text is one too
    number, distinct = pd.factorize(np.ravel_multi_index([each.codes + 1 for each in encoded], sizes))
    texts = [["", *each.categories.tolist()] for each in encoded]
    parts = zip(*np.unravel_index(distinct, sizes), strict=True)
    return number, [tuple(of[at] for of, at in zip(texts, part, strict=True)) for part in parts]
