"""Coders' sheets as people save them: what is read, what is a problem, and that nothing else is lost by it."""

import io
import re

import numpy as np
import pytest
from openpyxl import Workbook

from scripts.core.sheets import csv_rows
from scripts.framing.coders import read_coded
from scripts.framing.sampling import coding_sheet
from tests.framing.made import N, filled, sentence_units, truth


@pytest.fixture(scope="module")
def units(used):
    return sentence_units(used[0])


@pytest.fixture(scope="module")
def sheet(units, used):
    return coding_sheet(units, used[0], {}, size=60, seed=1)


@pytest.fixture
def read(units, used):
    """Read sheets by name, give the codes and the problems."""
    return lambda **files: read_coded(files, used[0], units)


def as_xlsx(data):
    book = Workbook()
    for row in csv_rows("s", data.decode()):
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row.cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def codes(problems):
    return [problem.code for problem in problems]


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


def test_a_sorted_filtered_half_filled_sheet_counts_as_far_as_it_goes(sheet, read):
    header, *lines = filled(sheet, lambda at: truth(at) if at % 2 else {"a": "", "b": ""}).split(b"\r\n")
    data = b"\r\n".join([header, *sorted(lines, reverse=True)])
    coded, problems = read(**{"anna.csv": data})
    assert problems == [] and coded.flaw == ""
    assert len(coded.row) < 60


def test_a_cell_that_is_neither_1_nor_0_is_named_and_the_rest_counts(sheet, read):
    coded, problems = read(**{"anna.csv": filled(sheet, lambda at: truth(at) | ({"b": "maybe"} if at == 0 else {}))})
    assert codes(problems) == ["code"]
    assert "'maybe' is neither 1 nor 0" in problems[0].message and problems[0].row > 1
    assert len(coded.row) == 60 and np.isnan(coded.human).sum() == 1


def test_a_changed_sentence_is_named_and_the_rest_counts(sheet, read):
    coded, problems = read(**{"anna.csv": filled(sheet.replace("Sentence 50 ", "Phrase 50 "), truth)})
    assert set(codes(problems)) == {"unit"}
    assert "not in the corpus (any more)" in problems[0].message
    assert len(coded.row) == 59


def test_only_ones_are_no_shares_of_100_percent(sheet, read):
    only = {"a": 1, "b": ""}
    coded, problems = read(**{"anna.csv": filled(sheet, lambda at: only), "ben.csv": filled(sheet, truth)})
    assert codes(problems) == ["only-ones"] and problems[0].sheet == "anna.csv"
    assert coded.coders == ["ben"]


def test_an_edited_stratum_size_is_named_and_the_sizes_of_the_others_count(sheet, read):
    data = filled(sheet, truth)
    good, _ = read(**{"anna.csv": data})
    first = data.split(b"\r\n")[1]
    cells = first.split(b",")
    cells[4] = b"9999"
    coded, problems = read(**{"anna.csv": data.replace(first, b",".join(cells))})
    assert codes(problems) == ["stratum-size"] and problems[0].row == 2
    assert coded.flaw == "" and coded.stratum_size.tolist() == good.stratum_size.tolist()


def edited(sheet):
    """Return the sheet with another size of stratum 0 in all of its rows."""
    return re.sub(r"(,200,0),\d+,", r"\1,9,", sheet)


def test_strata_that_do_not_add_up_make_no_corrected_share(sheet, read):
    coded, problems = read(**{"anna.csv": filled(edited(sheet), truth)})
    assert codes(problems) == ["strata"]
    assert f"of {N} units" in coded.flaw


def test_coders_who_disagree_on_a_stratum_make_no_corrected_share(sheet, read):
    sheet_of_b = filled(edited(sheet), lambda at: truth(at + 1))
    coded, problems = read(**{"anna.csv": filled(sheet, truth), "ben.csv": sheet_of_b})
    assert codes(problems) == ["strata"] and "disagree on the size of stratum" in coded.flaw


def test_a_sheet_of_another_corpus_makes_no_corrected_share(sheet, read):
    coded, problems = read(**{"anna.csv": filled(sheet.replace(f",{N},", ",150,"), truth)})
    assert codes(problems) == ["other-corpus"] and "came or went" in coded.flaw
    assert len(coded.row) == 60


def test_one_row_twice_counts_once_and_not_at_all_if_the_codes_differ(sheet, read):
    data = filled(sheet, truth)
    rows = data.rstrip(b"\r\n").split(b"\r\n")
    coded, problems = read(**{"anna.csv": b"\r\n".join([*rows, rows[1]])})
    assert problems == [] and len(coded.row) == 60
    changed = rows[1][:-3] + (b"1,1" if rows[1].endswith(b"0,0") else b"0,0")
    coded, problems = read(**{"anna.csv": b"\r\n".join([*rows, changed])})
    assert codes(problems) == ["two-codes"] and "row 2; anna.csv, row 62" in problems[0].message
    assert np.isnan(coded.human).any()


def test_a_second_copy_is_no_second_coder(sheet, read):
    data = filled(sheet, truth)
    for copy in ("anna (1).csv", "Anna - Copy.csv", "anna.xlsx"):
        coded, problems = read(**{"anna.csv": data, copy: data})
        assert coded.coders == ["anna"] and codes(problems) == ["several-sheets"], copy
    coded, problems = read(**{"anna.csv": data, "final.csv": data})
    assert coded.coders == ["anna"] and codes(problems) == ["same-codes"]
    assert "copy" in problems[0].message


def test_numbers_of_coders_are_no_copies(sheet, read):
    files = {f"coder {at}.csv": filled(sheet, lambda row, at=at: truth(row + at)) for at in (1, 2)}
    coded, problems = read(**files)
    assert coded.coders == ["coder 1", "coder 2"] and problems == []


def test_a_missing_frame_is_not_coded_and_the_others_count(sheet, read):
    lines = [line.rsplit(b",", 1)[0] for line in filled(sheet, truth).split(b"\r\n") if line]
    coded, problems = read(**{"anna.csv": b"\r\n".join(lines)})
    assert codes(problems) == ["columns"] and "No column b" in problems[0].message
    assert np.isnan(coded.human[:, 0, 1]).all() and not np.isnan(coded.human[:, 0, 0]).any()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\x01\x02", b"doc_id,text\nx,y\n", b'"' * 5000])
def test_a_file_that_is_no_sheet_is_named_and_the_other_counts(sheet, read, data):
    coded, problems = read(**{"anna.csv": filled(sheet, truth), "odd.csv": data})
    assert {problem.sheet for problem in problems} == {"odd.csv"}
    assert coded.coders == ["anna"] and len(coded.row) == 60 and coded.flaw == ""


def test_no_codes_say_what_to_do(sheet, read):
    coded, problems = read(**{"anna.csv": sheet.encode()})
    assert codes(problems) == ["no-codes"] and "snakemake coding_sheet" in problems[0].message
    assert len(coded.row) == 0 and coded.coders == []
