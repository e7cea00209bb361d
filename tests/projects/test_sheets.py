"""Codes of frames in projects of other tools as coders' sheets."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.framing.coders import Coded, read_coded
from scripts.framing.people_sheets import SheetProblem
from scripts.framing.schemes import Frame, Scheme
from scripts.framing.units import Units, make_units
from scripts.projects.codes import CODED, frame_code, shown
from scripts.projects.sheets import project_sheets

SENTENCES = ["One sees red.", "Two fight.", "Three rest.", "Four fight."]
TEXT = " ".join(SENTENCES)
STARTS = [TEXT.index(sentence) for sentence in SENTENCES]
SCHEME = Scheme("generic", "Generic", "", (Frame("conflict", "", "", ()), Frame("economic", "", "", ())))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    empty = {"doc_id": "a", "paragraph": 0, "first": 0, "last": 0}
    rows = [
        {**empty, "sentence": at, "start": start, "end": start + len(text), "text": text}
        for at, (start, text) in enumerate(zip(STARTS, SENTENCES, strict=True))
    ]
    write_parquet(tmp_path / "sentences.parquet", rows_to_table("sentences", rows))
    return tmp_path


def coding(code: tuple[str, ...], first: int, last: int, **values: str) -> dict:
    row = {
        "file": "p.qdpx",
        "source": "a",
        "doc_id": "a",
        "text_sha256": "",
        "start": STARTS[first],
        "text": "",
        "note": "",
    }
    end = STARTS[last] + len(SENTENCES[last])
    return {**row, "end": end, "code": shown(code), "who": "Ann", "date": "", "status": "added", **values}


def sheets_of(folder: Path, rows: list[dict], *, size: int = 4, kind: str = "sentence", codes: Sequence[tuple] = ()):
    write_parquet(folder / "project_codings.parquet", rows_to_table("project_codings", rows))
    texts = pd.DataFrame({"doc_id": "a", "sentence": range(4), "text": SENTENCES})
    if kind == "article":
        texts = pd.DataFrame({"doc_id": ["a"], "text": [f" {TEXT}\n"], "n_sentences": [4]})
    groups = pd.DataFrame({"doc_id": ["a"], "group": [""]})
    cues = pd.DataFrame(codes, columns=["doc_id", "sentence", "scheme", "frame"])
    units = make_units(texts, groups, cues, SCHEME, kind=kind)
    sheets, problems = project_sheets(folder, {"p.qdpx"}, units, SCHEME, size=size, seed=1)
    return sheets, problems, units


def cells(sheet: str) -> list[tuple[str, ...]]:
    return [(row["sentence"], row["conflict"], row["economic"]) for row in csv.DictReader(io.StringIO(sheet))]


def coded_by(sheets: dict[str, str], units: Units) -> tuple[Coded, list[SheetProblem]]:
    return read_coded({name: sheet.encode() for name, sheet in sheets.items()}, SCHEME, units)


def test_what_was_coded_in_full_has_ones_and_zeros_by_person(folder: Path) -> None:
    rows = [
        coding(CODED, 0, 2),
        coding(frame_code("generic", "conflict"), 1, 1),
        coding(frame_code("generic", "conflict"), 3, 3),
        coding(frame_code("generic", "economic"), 0, 0, who="Ben"),
        coding(frame_code("generic", "economic"), 2, 2, who="Newsloom", status="exported"),
        coding(frame_code("other", "conflict"), 0, 0),
        coding(CODED, 0, 3, file="another.qdpx"),
    ]
    sheets, problems, units = sheets_of(folder, rows)
    assert problems == [] and list(sheets) == ["Ann (p.qdpx).csv"]
    assert cells(sheets["Ann (p.qdpx).csv"]) == [("0", "0", "0"), ("1", "1", "0"), ("2", "0", "1"), ("3", "", "")]
    coded, faults = coded_by(sheets, units)
    assert faults == [] and coded.coders == ["ann (p.qdpx)"] and coded.flaw == ""


def test_strata_in_which_nothing_was_coded_are_part_of_the_design(folder: Path) -> None:
    codes = [("a", 1, "generic", "conflict"), ("a", 3, "generic", "conflict")]
    sheets, _, units = sheets_of(folder, [coding(CODED, 0, 0)], codes=codes)
    coded, faults = coded_by(sheets, units)
    assert coded.flaw == "" and faults == []
    assert len({row["stratum"] for row in csv.DictReader(io.StringIO(next(iter(sheets.values()))))}) == 2


def test_sentences_outside_of_the_sample_are_told(folder: Path) -> None:
    sheets, problems, _ = sheets_of(folder, [coding(CODED, 0, 3)], size=2)
    assert len(cells(sheets["Ann (p.qdpx).csv"])) == 2
    assert [problem.code for problem in problems] == ["not-drawn"] and problems[0].message.startswith("2 sentences")


def test_an_article_is_coded_if_all_of_it_is(folder: Path) -> None:
    all_text = coding(CODED, 0, 3) | {"start": 1, "end": 1 + len(TEXT)}
    sheets, _, _ = sheets_of(folder, [all_text, coding(frame_code("generic", "conflict"), 1, 1)], kind="article")
    (row,) = csv.DictReader(io.StringIO(sheets["Ann (p.qdpx).csv"]))
    assert (row["doc_id"], row["conflict"], row["economic"]) == ("a", "1", "0")
    sheets, _, _ = sheets_of(folder, [coding(CODED, 0, 2)], kind="article")
    (row,) = csv.DictReader(io.StringIO(sheets["Ann (p.qdpx).csv"]))
    assert (row["conflict"], row["economic"]) == ("", "")
