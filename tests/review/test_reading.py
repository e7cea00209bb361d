"""Sheets of corrections as people save them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.limits import Budget
from scripts.core.planned import files_in
from scripts.review.reading import read_decisions

HEADER = "doc_id,text_sha256,start,end,what,old,new,who,date,note"


SHA = "a" * 64
ROW = f"a.txt,{SHA},0,9,speaker,Ann Smith,José Díaz,cm,2025-01-01,see the photo"


def decisions_in(folder):
    return read_decisions(Budget().read_all(files_in(folder)))[:2]


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.replace(",", ";").encode("cp1252"),
        lambda text: text.replace(",", "\t").encode("utf-16"),
    ],
)
def test_a_sheet_is_read_however_a_spreadsheet_saves_it(folder, save) -> None:
    (folder / "corrections.csv").write_bytes(save(f"{HEADER}\n{ROW}\n"))
    decisions, faults = decisions_in(folder)
    assert faults == []
    assert [(d.row, d.what, d.old, d.new) for d in decisions] == [(2, "speaker", "Ann Smith", "José Díaz")]


def test_a_faulty_row_is_named_and_the_others_count(folder) -> None:
    (folder / "c.csv").write_text(f"{HEADER}\n{ROW.replace('speaker', 'spaeker')}\n{ROW}\n\n", encoding="utf-8")
    decisions, faults = decisions_in(folder)
    assert len(decisions) == 1
    assert [(fault.file, fault.row) for fault in faults] == [("c.csv", 2)]
    assert "'spaeker' is none of" in faults[0].message


def test_the_same_decision_in_two_files_is_one(folder) -> None:
    for name in ("corrections.csv", "corrections (1).csv"):
        (folder / name).write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    decisions, faults = decisions_in(folder)
    assert ([each.file for each in decisions], faults) == (["corrections (1).csv"], [])


def test_other_files_are_passed_over_or_named(folder) -> None:
    (folder / "notes.docx").write_bytes(b"PK")
    (folder / "~$corrections.xlsx").write_bytes(b"")
    (folder / "names_anna.csv").write_text("sheet,doc_id,right\nnames,a.txt,1\n", encoding="utf-8")
    (folder / "prices.csv").write_text("item,price\ntea,2\n", encoding="utf-8")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    decisions, faults = decisions_in(folder)
    assert decisions == []
    assert [fault.file for fault in faults] == ["broken.xlsx", "prices.csv"]


def test_a_formula_sign_that_was_made_harmless_is_text_again(folder) -> None:
    (folder / "c.csv").write_text(f"{HEADER}\n'-a.txt,{SHA},0,9,speaker,'=Ann,Bo,,,\n")
    decisions, _ = decisions_in(folder)
    assert (decisions[0].doc_id, decisions[0].old) == ("-a.txt", "=Ann")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_named(data) -> None:
    decisions, faults, _ = read_decisions({Path("c.csv"): data})
    assert (decisions, len(faults)) == ([], 1)


def test_a_quotation_mark_that_is_not_closed_is_named_and_costs_no_other_decision(folder) -> None:
    later = ROW.replace("0,9", "10,19")
    opened = ROW.replace("José", '"José')
    (folder / "c.csv").write_text(f"{HEADER}\n{opened}\n{later}\n{ROW}\n", encoding="utf-8")
    decisions, faults = decisions_in(folder)
    assert [(fault.file, fault.row) for fault in faults] == [("c.csv", 2)]
    assert "quotation mark that is not closed" in faults[0].message
    assert [decision.start for decision in decisions] == [0, 10, 0]
