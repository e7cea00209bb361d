"""Workbooks: which sheet is read, and what its rows do not show."""

import io
import re
from zipfile import ZipFile

import openpyxl

from scripts.core.sheets import read_sheet
from scripts.core.workbooks import Contents, contents, open_workbook
from tests.made_projects import members, zipped


def packed(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(book, title, *rows, state="visible"):
    sheet = book.create_sheet(title)
    sheet.sheet_state = state
    for row in rows:
        sheet.append(row)
    return sheet


def codes(sheet):
    return [(oddity.number, oddity.code) for oddity in sheet.oddities]


def test_the_first_visible_sheet_with_rows_is_read_and_the_others_are_named():
    book = openpyxl.Workbook()  # with an empty sheet
    filled(book, "Draft", ["path"], ["old.txt"], ["b.txt"], state="hidden")
    filled(book, "Final", ["path"], ["a.txt"])
    filled(book, "Notes", ["x"])
    sheet = read_sheet("s.xlsx", packed(book))
    assert [row.values for row in sheet.rows] == [{"path": "a.txt"}]
    assert codes(sheet) == [(0, "other-sheets")]
    assert "Only the sheet 'Final' was read; these were not: 'Draft' (3 rows, hidden), 'Notes' (1 rows)." in (
        sheet.oddities[0].message
    )


def test_a_workbook_of_one_sheet_has_no_oddity():
    book = openpyxl.Workbook()
    book.active.append(["path"])
    book.active.append(["a.txt"])
    book.active["A4"].font = openpyxl.styles.Font(bold=True)
    assert codes(read_sheet("s.xlsx", packed(book))) == []


def test_merged_cells_formulas_and_hidden_rows_are_named():
    book = openpyxl.Workbook()
    for row in (["a", "b"], ["1", "2"], ["3", "4"], ["5", "=A2"], ["6", "=A3"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.row_dimensions[4].hidden = True
    data = packed(book)
    sheet = read_sheet("s.xlsx", data)
    assert codes(sheet) == [(2, "merged-cells"), (4, "hidden-rows"), (4, "no-result")]
    assert sheet.rows[2].values == {"a": "5", "b": ""}
    assert sheet.oddities[2].message.startswith("B4, B5: formulas without a saved result")
    with_results = {name: re.sub(rb"</f><v( ?/|></v)>", b"</f><v>7</v>", xml) for name, xml in members(data).items()}
    sheet = read_sheet("s.xlsx", zipped(with_results))
    assert codes(sheet) == [(2, "merged-cells"), (4, "formula"), (4, "hidden-rows"), (5, "formula")]
    assert sheet.rows[2].values == {"a": "5", "b": "7"}


XML = """<worksheet xmlns="x"><sheetData>
<row><c r="A1"><v>1</v></c></row>
<row r="5" hidden="true"><c r="A5"><is><t></t><t>x</t></is></c></row>
<row><c r="A6"><f>A1</f></c></row>
<row r="7" hidden="1"><c r="B7"><f>A1</f><v>2</v></c></row>
<row hidden="1"/>
</sheetData><mergeCells><mergeCell ref="B3:C14"/><mergeCell ref="?"/></mergeCells></worksheet>"""


def test_rows_are_counted_from_the_last_numbered_one_and_hidden_ones_count_where_they_hold_something():
    with ZipFile(io.BytesIO(), "w") as archive:
        archive.writestr("sheet1.xml", XML)
        sheet = contents(archive, "sheet1.xml")
    merged, formulas = [(3, "B3:C14"), (0, "?")], [(7, "B7")]
    assert sheet == Contents(3, [5, 7], merged, formulas, without_result=[(6, "A6")])


def test_of_empty_sheets_the_first_is_read():
    book = openpyxl.Workbook()
    filled(book, "Second")
    sheet, oddities = open_workbook(packed(book))
    assert (sheet.title, oddities) == ("Sheet", [])


def test_cells_in_columns_without_a_name_and_columns_that_share_one_are_named():
    sheet = read_sheet("s.csv", b"a,A,,b\n1,2,,3\n1,1,x,3\n1,,,3,y\n1,4,,3,\n")
    assert [row.values for row in sheet.rows] == [{"a": "1", "A": each, "b": "3"} for each in ("2", "1", "", "4")]
    assert codes(sheet) == [(2, "columns-twice"), (3, "no-column")]
    assert "differ in row 2, 5: 'a', 'A'" in sheet.oddities[0].message
    assert "row 3, 4" in sheet.oddities[1].message


def test_merged_ranges_and_formulas_beyond_the_limit_are_counted(monkeypatch):
    monkeypatch.setattr("scripts.core.workbooks._MOST_NAMED", 1)
    book = openpyxl.Workbook()
    for row in (["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("A3:B3")
    data = packed(book)
    _, oddities = open_workbook(data)
    assert [each.code for each in oddities] == ["merged-cells"] * 2
    assert oddities[0].number == 0 and oddities[1].number in (1, 3)  # as openpyxl wrote them
    assert oddities[0].message.startswith("It has 2 merged ranges; the first 1 are named here.")
    monkeypatch.setattr("scripts.core.workbooks._MOST_NAMED", 2)
    assert {each.number for each in open_workbook(data)[1]} == {1, 3}
