"""The sheet of hits to judge, and the precision of words by filled ones."""

import csv
import io
from math import isnan

import pytest

from scripts.core.planned import entry, manifest
from scripts.stories.topic_audit import Judged, drawn_hits, judged_hits, precision, sheet_text

TEXT = "=Farm. The farm bill passed."
HITS = [
    {"topic": "farm", "term": "farm*", "doc_id": f"d{at % 30}", "start": 11 + at // 30, "end": 15} for at in range(60)
]


def filled(tmp_path, text: str):
    path = tmp_path / "anna.csv"
    path.write_text(text, encoding="utf-8")
    listed = tmp_path / "files.jsonl"
    listed.write_text(manifest([entry(path, path.read_bytes(), role="sheet")]))
    return judged_hits(listed, HITS)


def test_hits_of_a_word_are_drawn_from_as_many_documents_and_always_the_same():
    chosen = drawn_hits(HITS)
    assert len(chosen) == len({row["doc_id"] for row in chosen}) == 20
    assert drawn_hits(reversed(HITS)) == chosen


def test_the_sheet_goes_out_and_comes_back(tmp_path):
    text = sheet_text(drawn_hits(HITS), {row["doc_id"]: TEXT for row in HITS})
    rows = [*csv.DictReader(io.StringIO(text))]
    assert {(row["about_it"], row["hit"]) for row in rows} <= {("", "farm"), ("", "arm")}
    assert rows[0]["left"].startswith("'=")  # no formula in a spreadsheet
    for at, row in enumerate(rows):
        row["about_it"] = "yes" if at < 15 else "no" if at < 19 else ""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    judged, problems = filled(tmp_path, out.getvalue())
    assert judged == {("farm", "farm*"): Judged(19, 15)}
    assert problems == []


@pytest.mark.parametrize(
    ("row", "advice"),
    [("perhaps,farm,farm*,d0,11,15", "yes or no"), ("yes,farm,farm*,d0,eleven,15", "whole numbers")],
)
def test_a_faulty_row_is_a_problem(tmp_path, row, advice):
    judged, (problem,) = filled(tmp_path, f"about_it,topic,term,doc_id,start,end\n{row}\nyes,farm,farm*,d1,11,15\n")
    assert judged == {("farm", "farm*"): Judged(1, 1)}
    assert advice in problem["message"] and "row 2" in problem["message"]


def test_a_sheet_without_its_columns_is_a_problem_and_a_hit_that_is_gone_does_not_count(tmp_path):
    _, (problem,) = filled(tmp_path, "about_it,topic\nyes,farm\n")
    assert problem["code"] == "topic_sheet"
    judged, _ = filled(tmp_path, "about_it,topic,term,doc_id,start,end\nyes,farm,farm*,d1,99,103\n")
    assert judged == {}


def test_of_two_hits_of_a_document_both_must_be_right(tmp_path):
    judged, _ = filled(
        tmp_path, "about_it,topic,term,doc_id,start,end\nyes,farm,farm*,d1,11,15\nno,farm,farm*,d1,12,15\n"
    )
    assert judged == {("farm", "farm*"): Judged(1, 0)}


def test_an_interval_needs_five_documents():
    assert isnan(precision(Judged(4, 4))["lo"])
    assert 0.5 < precision(Judged(5, 5))["lo"] < 1
