"""tables.xlsx: a sheet for each table, and a first sheet that lists them and says what did not fit into Excel.

Numbers and booleans are cells of their type; every text is a text cell, whatever it begins with, so that none becomes a
formula or an error. Excel allows 1,048,576 rows per sheet and 32,767 characters (UTF-16 units) per cell: the rest is
cut, and the first sheet says how much.
"""

import re
from collections.abc import Iterator
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from scripts.core.archive import settle
from scripts.core.options import path_options
from scripts.core.storage import open_table, read_settings, replacing
from scripts.core.visible import visible
from scripts.report.exports.descriptions import Described, describe

SHEET_ROWS = 1_048_575  # without the header
LONGEST_CELL = 32_767
_SHEET_NAME = 31  # characters
# Excel reads _x0041_ in a text as the character with that code; an underscore written as _x005F_ prevents this.
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# First characters of texts that openpyxl takes for a formula or an error: only these need a cell object, which is slow.
_GUESSED = ("=", "#")


def fit_cell(text: str) -> tuple[str, bool]:
    """Return a text in a form that a cell can hold, and whether it was cut.

    >>> fit_cell("a\\x00 _x0041_")
    ('a‹U+0000› _x005F_x0041_', False)
    """
    shown = visible(_ESCAPED.sub("_x005F_", text))
    if len(shown) <= LONGEST_CELL // 2:
        return shown, False
    units = shown.encode("utf-16-le")
    cut = len(units) > 2 * LONGEST_CELL
    return units[: 2 * LONGEST_CELL].decode("utf-16-le", errors="ignore") if cut else shown, cut


def _rows(path: Path) -> Iterator[list[Any]]:
    """Yield the rows of a table, with spans as text, as in the CSV file."""
    for file in open_table(path):
        for batch in file.iter_batches(batch_size=10_000):
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                yield [
                    " ".join(f"{start}-{end}" for start, end in value) if isinstance(value, list) else value
                    for value in values
                ]


def _fill(sheet: WriteOnlyWorksheet, table: Described, path: Path) -> str:
    """Write a table to its sheet, and return a note on what did not fit, or ""."""
    sheet.freeze_panes = "A2"
    sheet.append([column.name for column in table.columns])
    cut = 0
    for values in islice(_rows(path), SHEET_ROWS):
        cells: list[Any] = []
        for value in values:
            if not isinstance(value, str):
                cells.append(None if isinstance(value, float) and not isfinite(value) else value)
                continue
            text, was_cut = fit_cell(value)
            cut += was_cut
            if text.startswith(_GUESSED):
                cell = WriteOnlyCell(sheet, text)
                cell.data_type = "s"
            cells.append(cell if text.startswith(_GUESSED) else text)
        sheet.append(cells)
    notes = [f"{cut:,} texts are cut after {LONGEST_CELL:,} characters"] if cut else []
    if table.rows > SHEET_ROWS:
        notes.insert(0, f"the first {SHEET_ROWS:,} of {table.rows:,} rows; {path.name} has them all")
    return "; ".join(notes)


def write_workbook(path: Path, folder: Path, tables: list[Described]) -> None:
    """Write the tables whose Parquet files are in `folder` as sheets of one workbook."""
    book = Workbook(write_only=True)
    first = book.create_sheet("about")
    names = {table.name: table.name[:_SHEET_NAME] for table in tables}
    if len(set(names.values())) < len(names):
        raise ValueError(f"two tables have the same first {_SHEET_NAME} characters: {sorted(names)}")
    notes = {
        table.name: _fill(book.create_sheet(names[table.name]), table, folder / f"{table.name}.parquet")
        for table in tables
    }
    first.append(["sheet", "a row is", "rows", "what did not fit"])
    for table in tables:
        first.append([names[table.name], table.meaning, table.rows, notes[table.name]])
    first.append([])
    first.append(["sheet", "column", "meaning", "unit"])
    for table in tables:
        for column in table.columns:
            first.append([names[table.name], column.name, column.meaning, column.unit])
    with replacing(path) as part:
        book.save(part)
        settle(part)


def main() -> None:
    """Write tables.xlsx."""
    options = path_options(main.__doc__, "folder", "settings", "output", several=["tables"])
    tables = describe(options.folder, options.tables, **read_settings(options.settings)["tables"])
    write_workbook(options.output, options.folder, tables)
