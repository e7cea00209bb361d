"""Coders' sheets joined: codes by unit and coder, the sampling design, and what of them cannot be used."""

import re

import numpy as np

from tests.framing.made import N, coded_units, filled, truth


def codes(problems):
    return [problem.code for problem in problems]


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
    assert codes(problems) == ["other-corpus"] and "were added or removed" in coded.flaw
    assert len(coded.row) == 60


def test_one_row_twice_counts_once_and_not_at_all_if_the_codes_differ(sheet, read):
    data = filled(sheet, truth)
    rows = data.rstrip(b"\r\n").split(b"\r\n")
    coded, problems = read(**{"anna.csv": b"\r\n".join([*rows, rows[1]])})
    assert problems == [] and len(coded.row) == 60
    changed = rows[1][:-3] + (b"1,1" if rows[1].endswith(b"0,0") else b"0,0")
    coded, problems = read(**{"anna.csv": b"\r\n".join([*rows, changed])})
    assert codes(problems) == ["two-answers"] and "row 2; anna.csv, row 62" in problems[0].message
    assert (problems[0].sheet, problems[0].row) == ("anna.csv", 2)
    assert np.isnan(coded.human).any()


def test_a_second_copy_is_no_second_coder(sheet, read):
    data = filled(sheet, truth)
    for copy in ("anna (1).csv", "Anna - Copy.csv", "anna.xlsx"):
        coded, problems = read(**{"anna.csv": data, copy: data})
        assert coded.coders == ["anna"] and codes(problems) == ["several-sheets"], copy
    coded, problems = read(**{"anna.csv": data, "final.csv": data})
    assert coded.coders == ["anna"] and codes(problems) == ["same-answers"]
    assert "copy" in problems[0].message


def test_numbers_of_coders_are_no_copies(sheet, read):
    files = {f"coder {at}.csv": filled(sheet, lambda row, at=at: truth(row + at)) for at in (1, 2)}
    coded, problems = read(**files)
    assert coded.coders == ["coder 1", "coder 2"] and problems == []


def test_the_units_of_a_stratum_that_are_coded_stand_for_all_of_it(units):
    """Of the first stratum 10 of 50 units are coded, of the second 30 of 150; the frame b only in half of those."""
    human, strata = np.full((N, 2), np.nan), np.repeat([0, 1], [50, 150])
    human[::5, 0] = human[::10, 1] = 1
    coded = coded_units(units, human, stratum=strata)
    for known in ~np.isnan(coded.agreed()).T:
        assert np.bincount(coded.stratum[known], coded.weights(known)).tolist() == [50, 150]
    assert coded.weights(np.zeros(len(coded.row), bool)).tolist() == []


def test_no_codes_say_what_to_do(sheet, read):
    coded, problems = read(**{"anna.csv": sheet.encode()})
    assert codes(problems) == ["no-codes"] and "snakemake coding_sheet" in problems[0].message
    assert len(coded.row) == 0 and coded.coders == []
