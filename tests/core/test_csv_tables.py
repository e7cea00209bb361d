"""Cells of CSV files come back as they were, and none of them acts."""

import csv

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.csv_tables import escape_cell, unescape_cell, write_csv
from scripts.core.problem_rows import problem_row
from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table

AWKWARD = [
    "NA", "null", "nan", "True", "=1+1", "'=1+1", "+", "-", "@x", "\t=1", "", "'", '"', "a,b", "a\nb", "a\rb",
    'he said "a"', "'s", "007",
]  # fmt: skip


@given(st.text())
def test_cells_come_back(text):
    assert unescape_cell(escape_cell(text)) == text


@given(st.text(alphabet="=+-@'\t\r\n|%a1"))
def test_no_cell_acts(text):
    assert not escape_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "|", "%"))


def problem(message):
    return rows_to_table("problems", [problem_row("s", "t", "c", message)])


@pytest.mark.parametrize("text", AWKWARD)
def test_csv_round_trip(tmp_path, text):
    write_csv(tmp_path / "t.csv", problem(text))
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert unescape_cell(rows[0]["message"]) == text
    assert rows[0]["offset"] == ""


def test_formats_in_csv(tmp_path):
    table = pa.table(
        {
            "float": pa.array([1 / 3, 1e6, None]),
            "bool": pa.array([True, False, None]),
            "spans": pa.array([[[1, 2], [3, 4]], [], None], pa.list_(pa.list_(pa.int64()))),
        }
    )
    write_csv(tmp_path / "t.csv", table)
    assert (tmp_path / "t.csv").read_text(
        encoding="utf-8"
    ) == "float,bool,spans\n0.3333333333,true,1-2 3-4\n1000000,false,\n,,\n"


@given(st.lists(st.tuples(st.text(), st.none() | st.integers(-9, 9)), max_size=9))
def test_csv_is_what_the_csv_module_reads(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    schema = pa.schema([("text", pa.string()), ("n", pa.int64())])
    write_csv(path, pa.table([[text for text, _ in cells], [n for _, n in cells]], schema=schema))
    with path.open(encoding="utf-8", newline="") as handle:
        assert list(csv.reader(handle)) == [["text", "n"]] + [
            [escape_cell(text), "" if n is None else str(n)] for text, n in cells
        ]


def test_a_table_without_rows_is_a_line_of_names(tmp_path):
    table = arrow_schema("problems").empty_table()
    write_csv(tmp_path / "t.csv", table)
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == ",".join(table.column_names) + "\n"
    write_csv(tmp_path / "t.csv", pa.concat_tables([table, problem("x"), table]))
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").count("\n") == 2
