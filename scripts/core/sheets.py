"""Sheets that a person saved: CSV as spreadsheets write it, or .xlsx; each row has its number in the spreadsheet.

The header shows whether commas, semicolons or tabs separate cells. UTF-8, UTF-16 and Windows-1252, with or without a
byte order mark, and any line ending are read; curly quotation marks are text and never quote a cell. Where the values
read may differ from what the sheet holds, an oddity says so.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from scripts.core.cells import Oddity, SheetCells, some
from scripts.core.encodings import decode
from scripts.core.faults import is_fault
from scripts.core.limits import LimitError, check_entries
from scripts.core.strict_csv import LONGEST_CELL, strict_rows
from scripts.core.workbooks import open_workbook

# Spellings of yes and no in answers, in lower case; spreadsheets in other languages have their own TRUE.
YES = frozenset(
    ["1", "1.0", "1,0", "yes", "y", "true", "x", "ja", "wahr", "waar", "oui", "vrai", "sí", "sì", "verdadero", "vero"]
    + ["sim", "verdadeiro"]
)
NO = frozenset(
    ["0", "0.0", "0,0", "no", "n", "false", "nein", "falsch", "nee", "onwaar", "non", "faux", "falso", "não"]
)
EMPTY = "NA"  # an empty cell as statistics programs write it
MOST_ROWS, _MOST_CELLS = 1_048_576, 20_000_000  # rows as in a spreadsheet; cells of a sheet that is read into memory
# Unpacked bytes of a workbook; those of its styles and other parts that openpyxl holds in memory; cells, counted up to
# the last one of each row; columns.
_XLSX_BYTES, _XLSX_OTHER_BYTES, _XLSX_CELLS, _XLSX_COLUMNS = 100_000_000, 20_000_000, 50_000_000, 500
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_QUOTED = re.compile('"[^"]*"')
# Parts of a workbook that are not read, or only piece by piece.
_STREAMED = re.compile(r"xl/(?:worksheets/sheet|sharedStrings\.xml|media/)")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,15}(?:\.0{1,9})?")
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])(?:\r\n|\r|\n|\Z)", re.IGNORECASE)


class SheetError(ValueError):
    """A sheet that cannot be read; the message names the file, the row if it is known, and what to do."""


class SheetRow(NamedTuple):
    """A row: its number and {column: cell}; an empty cell is an empty text."""

    number: int
    values: dict[str, str]


class Sheet(NamedTuple):
    """A sheet with a header: the names of the columns as written, the rows that are not empty, and its oddities."""

    columns: list[str]
    rows: list[SheetRow]
    oddities: list[Oddity]

    def by_lower_case(self) -> dict[str, str]:
        """Return {name in lower case: column}; if columns share a name, the first."""
        columns: dict[str, str] = {}
        for column in filter(None, self.columns):
            columns.setdefault(column.lower(), column)
        return columns


def delimiter(text: str) -> str:
    """Return the most frequent of comma, semicolon and tab in the first line, outside quotes.

    >>> delimiter('"Lima, Peru";title;outlet')
    ';'
    """
    header = _QUOTED.sub("", re.split(r"[\r\n]", text, maxsplit=1)[0])
    return max(",;\t", key=header.count)


def _too_many(name: str, limit: str) -> SheetError:
    return SheetError(f"{name}: it has more than {limit}, the limit for a sheet. Split it.")


def csv_rows(name: str, text: str, *, longest_cell: int = LONGEST_CELL) -> Iterator[SheetCells | Oddity]:
    """Yield the rows of a CSV text, the header first; rows without any text are left out, but counted in row numbers.

    A first line `sep=;`, which Excel writes and hides, sets the delimiter. Raises SheetError for a line of more than
    `longest_cell` characters with an unclosed quotation mark, and for more rows than a spreadsheet can have.
    """
    separator = _SEPARATOR_LINE.match(text)
    body = text[separator.end() :] if separator else text
    number = 0
    try:
        mark = separator[1] if separator else delimiter(body)
        for entry in strict_rows(body, mark, first_line=2 if separator else 1, longest_cell=longest_cell):
            number = entry.number
            if number > MOST_ROWS:
                raise _too_many(name, f"{MOST_ROWS:,} rows")
            if isinstance(entry, Oddity) or any(map(str.strip, entry.cells)):
                yield entry
    except csv.Error as error:
        raise SheetError(
            f"{name}, row {number + 1}: it is not valid CSV ({error}). Look for a quotation mark that is not closed, "
            "and save it as CSV in UTF-8 again."
        ) from None


def _cell_text(value: object) -> str:
    """Return the value of a cell as text, as a CSV file would have it: 3 for 3.0, dates in ISO 8601, TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def whole_number(cell: str) -> int:
    """Return the integer in a cell, which spreadsheets may write as 12.0. Raises ValueError for any other text.

    >>> whole_number("12"), whole_number(" 12.0")
    (12, 12)
    """
    if not _WHOLE_NUMBER.fullmatch(cell.strip()):
        raise ValueError(f"{cell[:40]!r} is not a whole number")
    return int(float(cell))


def _check_workbook(name: str, data: bytes) -> None:
    """Raise SheetError or LimitError if a workbook unpacks to too much, and BadZipFile if it is no ZIP archive."""
    check_entries(data)
    with ZipFile(io.BytesIO(data)) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
    in_memory = sum(size for member, size in sizes.items() if not _STREAMED.match(member))
    others = (in_memory, _XLSX_OTHER_BYTES, " besides cells and pictures")
    for size, most, parts in ((sum(sizes.values()), _XLSX_BYTES, ""), others):
        if size > most:
            raise SheetError(f"{name}: unpacked it has {size:,} bytes{parts}, {most:,} are allowed. Save it as CSV.")


def _try_sample() -> None:
    """Raise ImportError if openpyxl also fails on a workbook of the project's own: then its installation is broken."""
    from scripts.core.sample import SENTENCE, sample_workbook  # late: hardly ever needed

    try:
        sheet, _ = open_workbook(sample_workbook())
        if [*sheet.iter_rows(values_only=True)] != [(SENTENCE,)]:
            raise ValueError("it reads something else")
    except Exception as error:
        reason = f"openpyxl cannot read a file of this project either ({type(error).__name__}: {error})"
        raise ImportError(f"{reason}. Reinstall the project.") from error


def xlsx_rows(name: str, data: bytes) -> Iterator[SheetCells | Oddity]:
    """Yield the rows of the first visible sheet of an .xlsx file that has rows; a formula is its last result.

    The oddities come before the rows: other sheets, hidden rows, merged cells, formulas.

    Raises SheetError if a file is damaged, no .xlsx, or too large, and ImportError if openpyxl is at fault.
    """
    try:
        _check_workbook(name, data)
        sheet, oddities = open_workbook(data)
        yield from oddities
        # The dimensions that the file states may be wrong: without them a row ends with its last cell.
        sheet.reset_dimensions()  # type: ignore[attr-defined]  # of a read-only sheet
        n_cells = 0  # in all rows so far
        for number, values in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, values_only=True), 1):
            n_cells += len(values)
            beyond = any(value is not None for value in values[_XLSX_COLUMNS:])
            if number > MOST_ROWS or n_cells > _XLSX_CELLS or beyond:
                raise SheetError(
                    f"{name}: its sheet has more than {MOST_ROWS:,} rows, {_XLSX_CELLS:,} cells or {_XLSX_COLUMNS} "
                    "columns, the limits for a workbook. Save what you need as CSV."
                )
            cells = [_cell_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if any(map(str.strip, cells)):
                yield SheetCells(number, cells)
    except SheetError:
        raise
    except LimitError as error:
        raise SheetError(f"{name}: {error}") from None
    except BadZipFile:
        raise SheetError(f"{name}: this .xlsx file is damaged. Save it again, or as CSV in UTF-8.") from None
    except Exception as error:
        if is_fault(error):
            raise
        _try_sample()
        # openpyxl lets any exception of its XML and ZIP parsers through.
        reason = f"{type(error).__name__}: {str(error)[:200]}"
        raise SheetError(f"{name}: it cannot be opened as .xlsx ({reason}). Save it as CSV in UTF-8.") from None


def sheet_rows(name: str, data: bytes) -> Iterator[SheetCells | Oddity]:
    """Yield the rows of a CSV or .xlsx file, told apart by its bytes, not its name. Raises SheetError."""
    if data.startswith(_ZIP):
        return xlsx_rows(name, data)
    if data.startswith(_OLD_OFFICE):
        raise SheetError(f"{name}: this is an old Office file. Save it as .xlsx, or as CSV in UTF-8.")
    return csv_rows(name, decode(data).text)


def header_of(rows: Iterator[SheetCells | Oddity]) -> tuple[list[str], list[Oddity]]:
    """Return the cells of the first row, or [] if there are no rows, and the oddities before it."""
    oddities: list[Oddity] = []
    for entry in rows:
        if isinstance(entry, SheetCells):
            return entry.cells, oddities
        oddities.append(entry)
    return [], oddities


def same_names(columns: Iterable[str]) -> list[list[int]]:
    """Return the positions of columns that share a name, ignoring case: a list for each such name.

    >>> same_names(["Party", "name", "party", "", ""])
    [[0, 2]]
    """
    places: dict[str, list[int]] = defaultdict(list)
    for at, column in enumerate(columns):
        places[column.strip().casefold()].append(at)
    return [group for name, group in places.items() if name and len(group) > 1]


def _left_out(columns: list[str], rows: Iterable[SheetCells]) -> Iterator[Oddity]:
    """Yield an oddity for cells in no named column, and one for each name whose columns differ in a row."""
    repeated: list[tuple[list[int], list[int]]] = [(group, []) for group in same_names(columns)]
    beyond = []
    for number, cells in rows:
        named = zip(columns, cells, strict=False)
        if any(cell.strip() and not column for column, cell in named) or any(map(str.strip, cells[len(columns) :])):
            beyond.append(number)
        for group, differ in repeated:
            if len({cells[at].strip() for at in group if at < len(cells)} - {""}) > 1:
                differ.append(number)
    if beyond:
        message = (
            f"Cells in columns without a name were left out (row {some(beyond)}). Look for an extra delimiter or "
            "quotation mark, or name the column in the first row."
        )
        yield Oddity(beyond[0], "no-column", message)
    for group, differ in repeated:
        if differ:
            names = ", ".join(repr(columns[at][:80]) for at in group)
            message = (
                f"These columns share a name and differ in row {some(differ)}: {names[:200]}. The first counts. Rename "
                "or delete the others."
            )
            yield Oddity(differ[0], "columns-twice", message)


def read_sheet(name: str, data: bytes, *, required: Iterable[str] = ()) -> Sheet:
    """Return a sheet whose first row that is not empty is the header; `name` is the file's, for messages.

    If columns share a name, the first counts; cells beyond the header are left out. If that loses content, it is an
    oddity. Raises SheetError if the file cannot be read or a column of `required` is missing.

    >>> read_sheet("s.csv", b"path;title\\r\\n\\r\\na.txt;One\\r\\n", required=["path"]).rows
    [SheetRow(number=3, values={'path': 'a.txt', 'title': 'One'})]
    """
    entries = sheet_rows(name, data)
    header, oddities = header_of(entries)
    columns = [column.strip() for column in header]
    if missing := [column for column in required if column not in columns]:
        present = ", ".join(filter(None, columns))[:200] or "nothing"
        others = "".join(f" {oddity.message}" for oddity in oddities if oddity.code == "other-sheets")
        lacking = f"no column {', '.join(missing)} in its first row"
        raise SheetError(f"{name}: {lacking}, which has {present}. Add it.{others}")
    names = sorted({column: at for at, column in reversed([*enumerate(columns)]) if column}.items())
    rows: list[SheetCells] = []
    for entry in entries:
        if isinstance(entry, Oddity):
            oddities.append(entry)
        elif len(rows) * len(names) > _MOST_CELLS:
            raise _too_many(name, f"{_MOST_CELLS:,} cells")
        else:
            rows.append(entry)
    oddities += _left_out(columns, rows)
    named = (
        SheetRow(number, {column: cells[at] if at < len(cells) else "" for column, at in names})
        for number, cells in rows
    )
    return Sheet(columns, [*named], sorted(oddities))
