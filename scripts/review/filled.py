"""One filled review sheet, CSV or .xlsx: its rows with the place that each judges, and the rows that cannot be used."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from scripts.core.cells import some
from scripts.core.csv_tables import unescape_cell
from scripts.core.sheets import EMPTY, NO, YES, SheetRow, whole_number
from scripts.framing.people_sheets import SheetProblem, read_filled_sheet
from scripts.review.shown_cells import ASKED, CHECK, DESIGN, FILLED, OPTIONAL, SHOWN, UNCHECKED

_NEEDED = ("sheet", "number", "drawn", "doc_id", "text_sha256", "start", "end", "stratum", "stratum_size", CHECK)
_ALIKE = 60  # least similarity, of 100, of a strange header to the column that is suggested for it
# Columns of an adjudication sheet: the reviewers who differ, and the prefix of the columns with each one's answers.
SETTLES, ANSWERS_OF = "settles", "answers of "
_SHEET_NAME = re.compile(rf"[\s_.-]{{0,3}}\b(?:{'|'.join(FILLED)})\b", re.IGNORECASE)


class Checked(NamedTuple):
    """A row of a filled sheet: its file and row, the place in the corpus that it judges, its stratum, and its cells.

    `number` is its number, from 1, among the `drawn` rows of the sheet as drawn.
    """

    file: str
    row: int
    kind: str
    doc_id: str
    text_sha256: str
    start: int
    end: int
    stratum: str
    stratum_size: int
    number: int
    drawn: int
    cells: dict[str, str]

    @property
    def place(self) -> tuple[str, int]:
        """Return the file of the row and its number in the file."""
        return self.file, self.row

    @property
    def unit(self) -> tuple[str, str, int, int, str]:
        """Return the key of the unit that the row judges; rows with the same key judge the same unit."""
        return self.kind, self.text_sha256, self.start, self.end, self.cells.get("speaker", "")

    @property
    def settles(self) -> bool:
        """Return True for a row of an adjudication sheet, which settles what reviewers differ on."""
        return SETTLES in self.cells

    @property
    def answers(self) -> dict[str, str]:
        """Return the cells that the reviewer filled, by column, except the comment."""
        columns = (name for name in FILLED[self.kind] if name != "comment")
        return {name: value for name in columns if (value := self.cells.get(name, "").strip())}


def reviewer_of(stem: str) -> str:
    """Return the reviewer after whom a file is named, without the name of the sheet; "reviewer" if nothing is left.

    >>> reviewer_of("Anna_attributions"), reviewer_of("names"), reviewer_of("anna_names - Copy")
    ('anna', 'reviewer', 'anna - copy')
    """
    return _SHEET_NAME.sub("", stem.replace("_", "-")).strip(" .-").casefold() or "reviewer"


def yes_or_no(cell: str) -> float:
    """Return 1 for yes, 0 for no, NaN for an empty cell. Raises ValueError for anything else.

    >>> yes_or_no(" Yes"), yes_or_no("0")
    (1.0, 0.0)
    """
    value = unicodedata.normalize("NFKC", cell).strip().strip("'").lower()
    if not value:
        return np.nan
    if value not in YES | NO:
        raise ValueError(f"'{cell.strip()[:40]}' is neither yes nor no")
    return float(value in YES)


def _checked(name: str, row: SheetRow) -> Checked | SheetProblem:
    """Return a row with its place, or why it cannot be used."""
    cells = {
        column: "" if value.strip() == EMPTY and column not in (*_NEEDED, "text") else unescape_cell(value)
        for column, value in row.values.items()
    }
    kind = cells["sheet"].strip().lower()
    if empty := [column for column in _NEEDED if not cells[column].strip()]:
        message = (
            f"{', '.join(empty)} is empty, as where cells were merged. Undo the merging, and put back what was there; "
            "the row is left out."
        )
        return SheetProblem(name, row.number, "empty-cells", message)
    if kind not in FILLED:
        message = f"sheet = '{kind[:40]}' is none of {', '.join(FILLED)}. Put back what was there; the row is left out."
        return SheetProblem(name, row.number, "sheet-name", message)
    try:
        start, end, size = (whole_number(cells[column]) for column in ("start", "end", "stratum_size"))
        number, drawn = (whole_number(cells[column]) for column in ("number", "drawn"))
        if not (0 <= start < end and size > 0 and 0 < number <= drawn):
            raise ValueError
    except ValueError:
        message = (
            "One of start, end, stratum_size, number, drawn is not the whole number that was there. Copy it from the "
            "sheet as drawn; the row is left out."
        )
        return SheetProblem(name, row.number, "design", message)
    sha256 = cells["text_sha256"].strip().lower()
    place = (cells["doc_id"].strip(), sha256, start, end, cells["stratum"].strip(), size, number, drawn)
    return Checked(name, row.number, kind, *place, cells)


def read_filled(name: str, data: bytes) -> tuple[list[Checked], list[SheetProblem]]:
    """Return the rows of a sheet that have a place, filled or not, and the problems of other rows and of the sheet."""
    advice = "Fill in a copy of a sheet that `snakemake review_sheet` drew."
    sheet, problems = read_filled_sheet(name, data, _NEEDED, advice)
    if sheet is None:
        return [], problems
    if SETTLES not in sheet.columns and any(column.startswith(ANSWERS_OF) for column in sheet.columns):
        message = (
            f"It has reviewers' answers but no column {SETTLES}, by which its rows take precedence over them. Put the "
            "column back, or fill the sheet that `snakemake adjudicate` writes; no row counts."
        )
        return [], [*problems, SheetProblem(name, None, "columns", message)]
    checked = [_checked(name, row) for row in sheet.rows]
    rows = [row for row in checked if isinstance(row, Checked)]
    problems += (problem for problem in checked if isinstance(problem, SheetProblem))
    for kind in sorted({row.kind for row in rows}):
        if drawn := [row for row in rows if row.kind == kind and not row.settles]:
            problems += _gaps(name, drawn, unusable=len(sheet.rows) - len(rows))
        if missing := [column for column in (*FILLED[kind], *ASKED[kind]) if column not in {*sheet.columns, *OPTIONAL}]:
            message = f"no column {', '.join(missing)}, where a reviewer answers. Fill a copy of {kind}.csv as drawn."
            problems.append(SheetProblem(name, None, "columns", message))
    problems += _strange_headers(name, sheet.columns, {row.kind for row in rows})
    return rows, problems


def _strange_headers(name: str, columns: Iterable[str], kinds: Collection[str]) -> Iterator[SheetProblem]:
    """Yield a problem for each column that no sheet of these kinds has, since answers in it are not read."""
    answers = [column for kind in sorted(kinds) for column in FILLED[kind]]
    shown = (column for kind in kinds for column in (*SHOWN[kind], *UNCHECKED[kind]))
    known = {*DESIGN, *answers, "link", CHECK, SETTLES, *shown}
    for column in columns if kinds else ():
        if column and column not in known and not column.startswith(ANSWERS_OF):
            close = process.extractOne(column.casefold(), answers, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            advice = f"Did you mean {close[0]}? Rename it, or delete it." if close else "Put remarks into comment."
            message = f"{column[:40]!r} is not a column of the sheet, so nothing in it counts. {advice}"
            yield SheetProblem(name, 1, "columns", message)


def _gaps(name: str, rows: list[Checked], *, unusable: int) -> list[SheetProblem]:
    """Return the problems of one kind's rows as a sample: none filled, rows that are gone, rows that were passed over.

    `unusable` is the number of rows that are in the file but have no place.
    """
    kind, answered = rows[0].kind, [row for row in rows if row.answers]
    if not answered:
        return [SheetProblem(name, None, "not-filled", f"No row of {kind} is filled. Fill {', '.join(FILLED[kind])}.")]
    problems = []
    gone = sorted({*range(1, max(row.drawn for row in rows) + 1)} - {row.number for row in rows})
    if len(gone) > unusable:
        numbers = "" if unusable else f" (number {some(gone)})"
        message = (
            f"{len(gone) - unusable} of {rows[0].drawn} rows of {kind} are gone{numbers}, as when a filtered list is "
            "saved. Put them back: a sample of rows that somebody chose says nothing about the corpus."
        )
        problems.append(SheetProblem(name, None, "rows-gone", message))
    last = max(row.number for row in answered)
    if passed := sorted(row.number for row in rows if not row.answers and row.number < last):
        message = (
            f"Rows of {kind} are not filled in, although rows drawn after them are: number {some(passed)}. Fill them "
            "in too: rows that are easy to judge are not a random sample."
        )
        problems.append(SheetProblem(name, None, "passed-over", message))
    return problems
