"""One coder's sheet as people save it: what is read, what is a problem, and that nothing else is lost by it."""

import io

import numpy as np
import pytest
from openpyxl import Workbook

from scripts.core.sheets import csv_rows
from scripts.framing.people_sheets import person_of
from scripts.report.exports.own_files import cut, read_files_without_texts
from scripts.report.runs import runs_of
from tests.framing.made import filled, truth


def as_xlsx(data):
    book = Workbook()
    for row in csv_rows("s", data.decode()):
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row.cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_sheets_as_spreadsheets_save_them_have_the_same_codes(sheet, read):
    plain, problems = read(**{"anna.csv": filled(sheet, truth)})
    assert problems == [] and plain.flaw == "" and len(plain.row) == 60
    curly = sheet.replace("isn't", "isn\u2019t").replace("...", "\u2026")
    for data in (
        filled(sheet, truth, encoding="utf-16"),
        filled(sheet, truth, encoding="utf-8-sig", delimiter=";"),
        filled(curly, truth, encoding="cp1252", delimiter="\t"),
        filled(curly, truth).replace(b"\r\n", b"\n"),
        as_xlsx(filled(sheet, truth)),
    ):
        coded, problems = read(**{"anna.CSV": data})
        assert problems == []
        assert np.array_equal(coded.human, plain.human) and coded.row.tolist() == plain.row.tolist()


def test_a_sheet_of_a_shared_copy_has_digests_in_place_of_texts(sheet, read):
    plain, _ = read(**{"anna.csv": filled(sheet, truth)})
    name, data = "anna.csv", filled(sheet, truth)
    members, left_out = cut(read_files_without_texts({("coding", name): data}), runs_of([]))
    shared = members["coding/anna.csv"]
    assert left_out == [] and b"Sentence 50" in data and b"Sentence 50" not in shared
    coded, problems = read(**{name: shared})
    assert problems == [] and np.array_equal(coded.human, plain.human) and coded.row.tolist() == plain.row.tolist()
    _, problems = read(**{name: shared.replace(b"text_sha256", b"digest")})
    problem = problems[0]
    assert (problem.code, problem.row) == ("sheet", None) and "no column text" in problem.message


def test_a_sorted_filtered_half_filled_sheet_counts_as_far_as_it_goes(sheet, read):
    header, *lines = filled(sheet, lambda at: truth(at) if at % 2 else {"a": "", "b": ""}).split(b"\r\n")
    data = b"\r\n".join([header, *sorted(lines, reverse=True)])
    coded, problems = read(**{"anna.csv": data})
    assert problems == [] and coded.flaw == ""
    assert len(coded.row) < 60


def test_an_empty_cell_that_a_program_for_statistics_wrote_is_not_coded(sheet, read):
    coded, problems = read(**{"anna.csv": filled(sheet, lambda at: truth(at) if at else {"a": "NA", "b": " NA"})})
    assert problems == [] and len(coded.row) == 59


def test_a_cell_that_is_neither_1_nor_0_is_named_and_the_rest_counts(sheet, read):
    coded, problems = read(**{"anna.csv": filled(sheet, lambda at: truth(at) | ({"b": "maybe"} if at == 0 else {}))})
    assert [problem.code for problem in problems] == ["code"]
    assert "'maybe' is neither 1 nor 0" in problems[0].message and problems[0].row > 1
    assert len(coded.row) == 60 and np.isnan(coded.human).sum() == 1


def test_a_changed_sentence_is_named_and_the_rest_counts(sheet, read):
    coded, problems = read(**{"anna.csv": filled(sheet.replace("Sentence 50 ", "Phrase 50 "), truth)})
    assert {problem.code for problem in problems} == {"unit"}
    assert "not, or no longer, in the corpus" in problems[0].message
    assert len(coded.row) == 59


def test_a_missing_frame_is_not_coded_and_the_others_count(sheet, read):
    lines = [line.rsplit(b",", 1)[0] for line in filled(sheet, truth).split(b"\r\n") if line]
    coded, problems = read(**{"anna.csv": b"\r\n".join(lines)})
    assert [problem.code for problem in problems] == ["columns"] and "No column b" in problems[0].message
    assert np.isnan(coded.human[:, 0, 1]).all() and not np.isnan(coded.human[:, 0, 0]).any()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\x01\x02", b"doc_id,text\nx,y\n", b'"' * 5000])
def test_a_file_that_is_no_sheet_is_named_and_the_other_counts(sheet, read, data):
    coded, problems = read(**{"anna.csv": filled(sheet, truth), "odd.csv": data})
    assert {problem.sheet for problem in problems} == {"odd.csv"}
    assert coded.coders == ["anna"] and len(coded.row) == 60 and coded.flaw == ""


@pytest.mark.parametrize("cell", ["x", "", "1.5"])
def test_a_row_whose_design_is_no_number_is_named_and_the_rest_counts(sheet, read, cell):
    header, first, *lines = filled(sheet, truth).split(b"\r\n")
    cells = first.split(b",")
    cells[header.split(b",").index(b"stratum")] = cell.encode()
    coded, problems = read(**{"anna.csv": b"\r\n".join([header, b",".join(cells), *lines])})
    assert [(problem.code, problem.row) for problem in problems] == [("design", 2)]
    assert len(coded.row) == 59


@pytest.mark.parametrize("name", ["Anna (2)", "anna - Copy", "ANNA copy 2", "anna_kopie", "anna"])
def test_a_second_copy_is_of_the_coder_of_the_first(name):
    assert person_of(name, ["anna", name]) == "anna"
    for stranger in ("anna b", "annacopy", "anna.b"):
        assert person_of(stranger, ["anna", stranger]) == stranger


def test_marks_that_are_not_doubled_within_cells_are_named_and_cost_no_row(sheet, read):
    data = filled(sheet, truth)
    plain, _ = read(**{"anna.csv": data})
    lines = data.split(b"\r\n")
    lines[2] = lines[2].replace(b"Sentence ", b'Sen"tence ')
    coded, problems = read(**{"anna.csv": b"\r\n".join(lines)})
    assert [(problem.row, problem.code) for problem in problems] == [(3, "quotes")]
    assert len(coded.row) == len(plain.row) == 60
