"""CSV files of tables that are safe to open in a spreadsheet: no text in a cell can run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import first_seen, replacing

# A spreadsheet runs a cell that begins with one of the signs. An apostrophe before it makes it text (`unescape_cell`).
FORMULA_SIGNS = "=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20"  # the last four are full-width
_FORMULA = re.compile(rf"\A'*[{re.escape(FORMULA_SIGNS)}]")
# The most rows, and bytes of the table's columns, that are formatted at a time.
_ROWS, _BYTES = 2**17, 2**24
# Characters that make a cell need quotation marks.
_QUOTED = re.compile('[",\r\n]')
# Texts that need quotation marks or an apostrophe; all others are written unchanged.
_NOT_PLAIN = rf"""["\r\n,]|\A['{re.escape(FORMULA_SIGNS)}]"""


def escape_cell(value: str) -> str:
    """Return text that no spreadsheet takes for a formula; `unescape_cell` undoes it.

    >>> escape_cell("=1+2"), escape_cell("1+2")
    ("'=1+2", '1+2')
    """
    return "'" + value if _FORMULA.match(value) else value


def unescape_cell(value: str) -> str:
    """Return the original text of a cell that `escape_cell` may have changed.

    >>> unescape_cell("'=1+2"), unescape_cell("'twas")
    ('=1+2', "'twas")
    """
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value


def csv_text(header: Sequence[str], lines: Iterable[Mapping[str, str]]) -> str:
    """Return lines as a CSV sheet to fill in; a column missing from a line is empty.

    >>> csv_text(["name", "party"], [{"name": "=1+2"}])
    "name,party\\n'=1+2,\\n"
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: escape_cell(value) for column, value in line.items()} for line in lines)
    return out.getvalue()


def format_float(value: float) -> str:
    """Return a number as the CSV files carry it: ten significant digits, no exponent for common sizes."""
    return format(value, ".10g")


def _text_cell(value: str) -> str:
    cell = escape_cell(value)
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _cells(column: pa.Array) -> pa.Array:
    """Return the cells of a column as a CSV file has them; each distinct text or number is formatted once."""
    if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        cells = column.cast(pa.string())
    elif pa.types.is_list(column.type):
        spans = (value or [] for value in column.to_pylist())
        cells = pa.array([" ".join(f"{start}-{end}" for start, end in value) for value in spans], pa.string())
    else:
        encoded = first_seen(column).dictionary_encode()
        if pa.types.is_floating(column.type):
            values = pa.array(map(format_float, encoded.dictionary.to_pylist()), pa.string())
        else:
            values = _text_cells(encoded.dictionary)
        cells = values.take(encoded.indices)
    return cells.fill_null("")


def _text_cells(texts: pa.Array) -> pa.Array:
    cells = texts.cast(pa.string())
    mask = pc.match_substring_regex(cells, _NOT_PLAIN)
    return pc.replace_with_mask(cells, mask, pa.array(map(_text_cell, cells.filter(mask).to_pylist()), pa.string()))


def write_csv_rows(path: Path, names: Iterable[str], batches: Iterable[pa.RecordBatch]) -> None:
    """Write batches of rows as UTF-8 CSV (comma, quoted where needed, \\n), with formulas made harmless.

    Missing values and empty texts are empty cells. The bytes do not depend on how rows are batched.
    """
    with replacing(path) as part, part.open("wb") as handle:
        handle.write(",".join(map(_text_cell, names)).encode() + b"\n")
        for batch in batches:
            if batch.num_rows:  # 0 where an empty table was concatenated with others
                lines = pc.binary_join_element_wise(*map(_cells, batch.columns), ",")
                handle.write(pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), "\n")[0].as_buffer())
                handle.write(b"\n")


def rows_at_once(rows: int, size: int) -> int:
    """Return how many rows to format at a time, for a table of `rows` rows and `size` bytes."""
    return max(1, min(_ROWS, _BYTES * rows // max(1, size)))


def write_csv(path: Path, table: pa.Table) -> None:
    """Write an Arrow table as `write_csv_rows` does."""
    chunk = rows_at_once(table.num_rows, table.nbytes)
    write_csv_rows(path, table.column_names, table.to_batches(max_chunksize=chunk))
