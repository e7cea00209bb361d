"""The place and the design of a row of a filled sheet: what they may be."""

import csv
import io

import pytest

from scripts.review.filled import read_filled
from scripts.review.shown_cells import FILLED

CELLS = {
    "sheet": "names", "number": "3", "drawn": "3", "doc_id": "a.txt", "text_sha256": "AB", "start": "0", "end": "1",
    "stratum": "PERSON", "stratum_size": "1", "check": "c", "text": "A",
}  # fmt: skip


def read(*more: str, **cells: str):
    """Return the rows and the problems of a sheet of one row, of names that are all answered; with more columns."""
    columns = [*CELLS, *FILLED["names"], *more]
    with io.StringIO() as out:
        csv.writer(out).writerows([columns, [(CELLS | cells).get(column, "") for column in columns]])
        return read_filled("ann.csv", out.getvalue().encode())


def test_a_row_may_stand_at_the_beginning_of_a_text_alone_in_its_stratum_and_last_in_its_sheet() -> None:
    (row,), _ = read()
    assert (row.start, row.end, row.stratum_size, row.number, row.drawn) == (0, 1, 1, 3, 3)
    assert (row.kind, row.text_sha256, row.place) == ("names", "ab", ("ann.csv", 2))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"start": "-1"}, "design"),
        ({"start": "1"}, "design"),
        ({"start": "0.5"}, "design"),
        ({"stratum_size": "0"}, "design"),
        ({"stratum_size": "x"}, "design"),
        ({"number": "0"}, "design"),
        ({"number": "4"}, "design"),
        ({"drawn": "1.5"}, "design"),
        ({"sheet": "prices"}, "sheet-name"),
        ({"doc_id": " "}, "empty-cells"),
    ],
)
def test_a_row_that_cannot_have_been_drawn_is_named(cells, code) -> None:
    rows, (problem,) = read(**cells)
    assert (rows, problem.sheet, problem.row, problem.code) == ([], "ann.csv", 2, code)


@pytest.mark.parametrize(("drawn", "codes"), [("2", ["empty-cells"]), ("3", ["empty-cells", "rows-gone"])])
def test_a_row_that_cannot_be_used_is_not_told_as_gone_too(drawn, codes) -> None:
    rows = [CELLS | {"number": "1", "drawn": drawn, "right": "yes"}, CELLS | {"drawn": drawn, "doc_id": ""}]
    with io.StringIO() as out:
        csv.writer(out).writerows(
            [[*CELLS, "right"], *([row.get(name, "") for name in (*CELLS, "right")] for row in rows)]
        )
        _, problems = read_filled("ann.csv", out.getvalue().encode())
    assert [problem.code for problem in problems if problem.code != "columns"] == codes


@pytest.mark.parametrize(
    ("header", "advice"),
    [
        ("riggt", "Did you mean right?"),
        ("rixxt", "Did you mean right?"),  # 60 of 100 alike
        ("label_shxxxx", "Put remarks into comment."),  # 59.3 of 100
        ("answers of ann", None),
        ("link", None),
        ("", None),
    ],
)
def test_a_column_of_no_sheet_is_named_with_the_one_that_may_be_meant(header, advice) -> None:
    _, problems = read(header, "settles", settles="ann")
    assert [(problem.row, problem.code) for problem in problems] == ([(1, "columns")] if advice else [])
    assert all(advice in problem.message for problem in problems)


def test_an_empty_cell_that_a_program_for_statistics_wrote_is_empty() -> None:
    (row,), _ = read("may_be", right="NA", label_should_be="GPE", may_be=" NA ", text="NA")
    assert (row.answers, row.cells["may_be"], row.cells["text"]) == ({"label_should_be": "GPE"}, "", "NA")
