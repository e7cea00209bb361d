"""The sheets of an .xlsx workbook: which one is read, and what a reader of its rows would miss in it or the others."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from scripts.core.cells import Oddity, some

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_Place = tuple[int, str]  # a row and the cells in it, such as (3, "B3:B4")
_MOST_NAMED = 1_000  # the most merged ranges, or formulas, to name one by one


class Contents(NamedTuple):
    """A summary of a sheet's XML: rows with a value, hidden rows, merged cells, formulas with and without a result."""

    rows: int
    hidden: list[int]
    merged: list[_Place]
    formulas: list[_Place]
    without_result: list[_Place]


def contents(archive: ZipFile, path: str) -> Contents:
    """Return the contents of the sheet at `path` in the archive."""
    from defusedxml.ElementTree import iterparse

    sheet = Contents(0, [], [], [], [])
    rows = number = 0
    with archive.open(path) as handle:
        for _, element in iterparse(handle):
            if element.tag.endswith("}row"):
                space = element.tag[:-3]
                stated = element.get("r", "")
                number = int(stated) if stated.isdecimal() else number + 1
                filled = False
                for cell in element:
                    value = bool(cell.findtext(f"{space}v")) or any(text.text for text in cell.iter(f"{space}t"))
                    filled |= value
                    if cell.find(f"{space}f") is not None:
                        (sheet.formulas if value else sheet.without_result).append((number, cell.get("r", "")))
                rows += filled
                if filled and element.get("hidden") in ("1", "true"):
                    sheet.hidden.append(number)
                element.clear()
            elif element.tag.endswith("}mergeCell"):
                cells = element.get("ref", "")
                row = "".join(filter(str.isdecimal, cells.partition(":")[0]))
                sheet.merged.append((int(row or 0), cells))
    return sheet._replace(rows=rows)


def _oddities(sheet: Contents) -> Iterator[Oddity]:
    merged = "are merged: only the first of them has the value. Undo the merging and fill each row."
    formula = "is a formula: its last result counts. Paste it as a value, so that sorting cannot change it."
    for places, code, kind, message in (
        (sheet.merged, "merged-cells", "merged ranges", merged),
        (sheet.formulas, "formula", "formulas", formula),
    ):
        if len(places) > _MOST_NAMED:
            number = f"It has {len(places):,} {kind}; the first {_MOST_NAMED:,} are named here."
            yield Oddity(0, code, f"{number} Paste the sheet as values.")
        yield from (Oddity(row, code, f"{cells} {message}") for row, cells in places[:_MOST_NAMED])
    if sheet.without_result:
        cells = some([cells for _, cells in sheet.without_result])
        message = (
            f"{cells}: formulas without a saved result, so that these cells are empty. Open the file in a spreadsheet "
            "program and save it again, or paste their results as values."
        )
        yield Oddity(sheet.without_result[0][0], "no-result", message)
    if sheet.hidden:
        message = f"Hidden rows were read like the others: {some(sheet.hidden)}. Delete those that should not count."
        yield Oddity(sheet.hidden[0], "hidden-rows", message)


def open_workbook(data: bytes) -> tuple["Worksheet", list[Oddity]]:
    """Return the first visible sheet that has rows, opened to read values, and the oddities of the workbook.

    Raises any exception of the ZIP and XML parsers if the file is no .xlsx.
    """
    from openpyxl.reader.excel import ExcelReader  # late: most runs read no .xlsx

    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True)
    reader.read()
    paths = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
    sheets = reader.wb.worksheets
    with ZipFile(io.BytesIO(data)) as archive:
        holdings = [contents(archive, paths[sheet.title]) for sheet in sheets]
    visible = [at for at, sheet in enumerate(sheets) if sheet.sheet_state == "visible"] or [*range(len(sheets))]
    chosen = next((at for at in visible if holdings[at].rows), visible[0])
    others = [
        f"{sheets[at].title[:80]!r} ({holdings[at].rows:,} rows{'' if at in visible else ', hidden'})"
        for at in range(len(sheets))
        if at != chosen and holdings[at].rows
    ]
    oddities = [*_oddities(holdings[chosen])]
    if others:
        message = (
            f"Only the sheet {sheets[chosen].title[:80]!r} was read; these were not: {some(others)}. If they matter, "
            "save each as a separate file."
        )
        oddities.append(Oddity(0, "other-sheets", message))
    return sheets[chosen], sorted(oddities)
