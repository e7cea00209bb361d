import csv
import io
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.cells import Oddity
from scripts.core.sheets import SheetError, SheetRow, csv_rows, read_sheet, whole_number
from tests.core.test_workbooks import filled, packed
from tests.made_projects import zipped

ROWS = [SheetRow(2, {"path": "a, b.txt", "title": "“Lin” said"}), SheetRow(4, {"path": "c.txt", "title": ""})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_form_in_which_a_spreadsheet_saves_is_the_same_sheet(encoding, end, mark):
    lines = [["path", "title"], ['"a, b.txt"', "“Lin” said"], ["", ""], ["c.txt", ""]]
    text = "".join(mark.join(line) + end for line in lines)
    assert read_sheet("s.csv", text.encode(encoding)).rows == ROWS


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return packed(book)


def test_xlsx_is_the_same_sheet_whatever_its_name():
    data = workbook(["path", "title"], ["a, b.txt", "“Lin” said"], [], ["c.txt"], [None, "without a path"])
    assert read_sheet("s.csv", data).rows == [*ROWS, SheetRow(5, {"path": "", "title": "without a path"})]


def test_the_values_of_xlsx_are_those_of_a_csv_file():
    data = workbook(["a", "b", "c", "d", "e"], [3.0, 0.25, True, datetime(2025, 3, 1), datetime(2025, 3, 1, 10, 30)])
    assert read_sheet("s.xlsx", data).rows == [
        SheetRow(2, {"a": "3", "b": "0.25", "c": "TRUE", "d": "2025-03-01", "e": "2025-03-01T10:30:00"})
    ]


def test_a_line_that_names_the_delimiter_is_no_row():
    assert list(csv_rows("s.csv", "sep=;\r\na,b;c\r\n")) == [(1, ["a,b", "c"])]


@pytest.mark.parametrize(("first", "line"), [("", 2), ("sep=,\r\n", 3)])
def test_an_oddity_names_the_line_of_the_file(first, line):
    oddities = [entry for entry in csv_rows("s.csv", f'{first}a,b\r\n"one,2\r\n') if isinstance(entry, Oddity)]
    assert [oddity.message.startswith(f"Line {line} has a quotation mark") for oddity in oddities] == [True]


def test_the_number_is_the_row_in_the_spreadsheet_though_a_cell_has_lines():
    sheet = read_sheet("s.csv", b'a,b\n"one\ntwo",1\nthree,2\n')
    assert sheet.rows == [SheetRow(2, {"a": "one\ntwo", "b": "1"}), SheetRow(3, {"a": "three", "b": "2"})]


def test_of_two_columns_with_one_name_the_first_counts():
    assert read_sheet("s.csv", b"a,a,\n1,2,3\n").rows == [SheetRow(2, {"a": "1"})]


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", r"s\.csv: no column path in its first row, which has nothing\. Add it\."),
        (b"title,outlet\nA,B\n", r"no column path .* which has title, outlet"),
        (b'path\n"' + b"x" * 1_100_000, r"s\.csv, row 2: it is not valid CSV .*quotation mark"),
        (b'"' + b"x" * 1_100_000, r"s\.csv, row 1: it is not valid CSV"),
        (b"PK\x03\x04 and no more", r"s\.csv: this \.xlsx file is damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), r"old Office file.*\.xlsx"),
    ],
)
def test_an_error_names_the_file_and_says_what_to_do(data, advice):
    with pytest.raises(SheetError, match=advice):
        read_sheet("s.csv", data, required=["path"])


def test_a_zip_that_is_no_xlsx_and_one_that_unpacks_without_end_are_refused():
    with pytest.raises(SheetError, match=r"cannot be opened as \.xlsx"):
        read_sheet("s.xlsx", zipped({"a": bytes(10)}))
    with pytest.raises(SheetError, match="are allowed"):
        read_sheet("s.xlsx", zipped({"a": bytes(101_000_000)}))


@pytest.mark.parametrize("place", ["openpyxl.reader.excel.ExcelReader.read", "scripts.core.workbooks.contents"])
def test_a_parser_of_xlsx_that_fails_on_the_sample_too_is_at_fault_not_the_sheet(monkeypatch, place):
    monkeypatch.setattr(place, lambda *_: {}["gone"])
    with pytest.raises(ImportError, match=r"openpyxl cannot read a file of this project either .*'gone'"):
        read_sheet("s.xlsx", workbook(["path"], ["a.txt"]))


def test_a_parser_of_xlsx_that_reads_another_text_in_the_sample_is_at_fault(monkeypatch):
    monkeypatch.setattr("scripts.core.sample.sample_workbook", lambda: workbook(["other"]))
    with pytest.raises(ImportError, match=r"this project either .*it reads something else"):
        read_sheet("s.xlsx", zipped({"a": bytes(10)}))


def saved(**cells: str | int) -> bytes:
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    return packed(book)


def test_a_column_that_is_missing_may_stand_in_a_sheet_that_was_not_read():
    book = openpyxl.Workbook()
    filled(book, "notes", ["a"], ["1"], ["2"])
    filled(book, "list", ["name"], ["Ann"])
    with pytest.raises(
        SheetError, match=r"no column name .*which has a\. Add it\. .*'notes' was read.*'list' \(2 rows\)"
    ):
        read_sheet("s.xlsx", packed(book), required=["name"])


def test_a_row_at_the_foot_of_a_spreadsheet_is_read_and_the_gap_above_it_costs_nothing(monkeypatch):
    data = saved(A1="path", A1048576="a.txt")
    monkeypatch.setattr("scripts.core.sheets._XLSX_CELLS", 2)  # the empty rows have none
    assert read_sheet("s.xlsx", data).rows == [SheetRow(1_048_576, {"path": "a.txt"})]


@pytest.mark.parametrize(
    ("limit", "cells"),
    [
        ("MOST_ROWS", {"A1": "path", "A3": "a.txt"}),
        ("_XLSX_CELLS", {"A1": "path", "B2": "a.txt"}),
        ("_XLSX_COLUMNS", {"A1": "path", "C1": 0}),
    ],
)
def test_a_workbook_beyond_a_limit_is_refused(monkeypatch, limit, cells):
    read_sheet("s.xlsx", saved(**cells))
    monkeypatch.setattr(f"scripts.core.sheets.{limit}", 2)
    read_sheet("s.xlsx", saved(**({"A1": "path", "B1": "title"} if limit == "_XLSX_COLUMNS" else {"A1": "a", "A2": 0})))
    with pytest.raises(SheetError, match=r"limits for a workbook.*CSV"):
        read_sheet("s.xlsx", saved(**cells))


def test_parts_of_a_workbook_that_are_held_in_memory_are_small(monkeypatch):
    monkeypatch.setattr("scripts.core.sheets._XLSX_OTHER_BYTES", 100)
    with pytest.raises(SheetError, match="besides cells and pictures, 100 are allowed"):
        read_sheet("s.xlsx", saved(A1="path"))


@pytest.mark.parametrize(
    ("limit", "message"), [("MOST_ROWS", "more than 3 rows"), ("_MOST_CELLS", "more than 3 cells")]
)
def test_a_sheet_with_too_many_rows_or_cells_is_refused_with_the_limit(monkeypatch, limit, message):
    data = b"path,title\na,b\nc,d\ne,f\n"
    monkeypatch.setattr(f"scripts.core.sheets.{limit}", 4)
    assert len(read_sheet("s.csv", data).rows) == 3
    monkeypatch.setattr(f"scripts.core.sheets.{limit}", 3)
    with pytest.raises(SheetError, match=f"{message}, the limit for a sheet"):
        read_sheet("s.csv", data)


@given(st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]), st.binary())
def test_any_bytes_are_read_or_refused(beginning, data):
    try:
        read_sheet("s.csv", beginning + data)
    except SheetError as error:
        assert str(error).startswith("s.csv")


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2)
    ),
    st.sampled_from(",;\t"),
)
def test_what_csv_writes_comes_back(rows, mark):
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([["a", "b"], *rows])
    cells = [list(row.values.values()) for row in read_sheet("s.csv", out.getvalue().encode()).rows]
    assert cells == [row for row in rows if any(map(str.strip, row))]


@pytest.mark.parametrize("cell", ["", "-1", "1.5", "1e3", "1_000", "1,000", "nan", "inf", "twelve", "9" * 16])
def test_a_cell_without_a_whole_number_is_refused(cell):
    with pytest.raises(ValueError, match="is not a whole number"):
        whole_number(cell)
