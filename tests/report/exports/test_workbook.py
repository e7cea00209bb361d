"""The workbook: what Excel gets is what the table has, of its type, and nothing of it acts."""

from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.storage import read_parquet
from scripts.report.exports import workbook
from scripts.report.exports.descriptions import Described, describe
from scripts.report.exports.workbook import LONGEST_CELL, fit_cell, write_workbook
from tests.report.corpus import row, write_tables


@pytest.fixture(scope="module")
def book(tables: Path, described: list[Described], tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("book") / "tables.xlsx"
    write_workbook(path, tables, described)
    again = path.with_name("again.xlsx")
    write_workbook(again, tables, described)
    assert path.read_bytes() == again.read_bytes()
    return openpyxl.load_workbook(path)


def test_each_table_has_a_sheet_with_its_rows_and_types(book, tables: Path, described: list[Described]) -> None:
    assert book.sheetnames == ["about", *(table.name for table in described)]
    for table in described:
        rows = list(book[table.name].iter_rows(values_only=True))
        stored = read_parquet(tables / f"{table.name}.parquet")
        assert list(rows[0]) == stored.column_names and len(rows) - 1 == stored.num_rows
        for at, field in enumerate(stored.schema):
            if pa.types.is_integer(field.type) or pa.types.is_floating(field.type):
                assert all(isinstance(values[at], int | float | None) for values in rows[1:]), (table.name, field)


def test_no_cell_is_a_formula_or_an_error(book) -> None:
    for sheet in book:
        for cells in sheet.iter_rows():
            assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "b"}


@given(st.text(st.characters(codec="utf-8"), max_size=40).map(lambda text: text * 2000))
def test_a_text_is_cut_at_what_excel_holds_and_never_within_a_character(text: str) -> None:
    shown, cut = fit_cell(text)
    assert len(shown.encode("utf-16-le")) <= 2 * LONGEST_CELL
    assert cut or len(shown) >= len(text)


def test_what_does_not_fit_is_told_on_the_first_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 2)
    texts = ["=1+1", "#N/A", "𝒳" * 20_000]
    rows = [row("document_groups", doc_id=str(number), group=text) for number, text in enumerate(texts)]
    rows = [rows[2], rows[0], rows[1]]
    write_tables(tmp_path, document_groups=rows)
    write_workbook(tmp_path / "t.xlsx", tmp_path, describe(tmp_path, ["document_groups"], csv_max_rows=10))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    about = list(next(book["about"].iter_rows(min_row=2, values_only=True)))
    expected = "the first 2 of 3 rows; document_groups.parquet has them all; 1 texts are cut after 32,767 characters"
    assert about == [
        "document_groups",
        "a document and the group in which it is compared (setting groups)",
        3,
        expected,
    ]
    cells = [values[1] for values in book["document_groups"].iter_rows(min_row=2, values_only=True)]
    assert cells == ["𝒳" * 16_383, "=1+1"]
