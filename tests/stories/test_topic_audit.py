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


def filled(tmp_path, *sheets: str):
    """Return the judged hits of sheets with these texts, and the problems."""
    paths = [tmp_path / f"sheet {at}.csv" for at in range(len(sheets))]
    for path, text in zip(paths, sheets, strict=True):
        path.write_text(text, encoding="utf-8")
    listed = tmp_path / "files.jsonl"
    listed.write_text(manifest(entry(path, path.read_bytes(), role="sheet") for path in paths))
    return judged_hits(listed, HITS)


def test_hits_of_a_word_are_drawn_from_as_many_documents_and_always_the_same():
    chosen = drawn_hits(HITS)
    assert len(chosen) == len({row["doc_id"] for row in chosen}) == 20
    assert drawn_hits(reversed(HITS)) == chosen


def test_a_row_shows_the_hit_in_one_line_with_120_characters_on_either_side():
    text = f"{'a' * 121} \n\ntax\n{'b' * 121}"
    (row,) = csv.DictReader(io.StringIO(sheet_text([HITS[0] | {"doc_id": "d", "start": 124, "end": 127}], {"d": text})))
    assert (row["left"], row["hit"], row["right"]) == ("a" * 117, "tax", "b" * 119)
    assert (row["about_it"], row["start"], row["end"]) == ("", "124", "127")


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
    [
        ("perhaps,farm,farm*,d0,11,15", "yes or no"),
        ("yes,farm,farm*,d0,eleven,15", "whole numbers"),
        ("yes,farm,farm*,d0,11,", "whole numbers"),
    ],
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


@pytest.mark.parametrize("answers", [("yes", "no"), ("no", "Yes")])
def test_of_two_hits_of_a_document_both_must_be_right(tmp_path, answers):
    first, second = answers
    sheet = f"about_it,topic,term,doc_id,start,end\n{first},farm,farm*,d1,11,15\n{second},farm,farm*,d1,12,15\n"
    assert filled(tmp_path, sheet) == ({("farm", "farm*"): Judged(1, 0)}, [])


def test_of_two_sheets_about_one_hit_the_last_that_answers_counts(tmp_path):
    yes, no, none = (
        f"about_it,topic,term,doc_id,start,end\n{each},farm,farm*,d1,11,15\n" for each in ("yes", "no", "")
    )
    assert filled(tmp_path, no, yes, none)[0] == {("farm", "farm*"): Judged(1, 1)}
    assert filled(tmp_path, yes, no)[0] == {("farm", "farm*"): Judged(1, 0)}


def test_an_interval_needs_five_documents():
    """Wilson's interval of 4 of 5, computed by hand."""
    assert precision(Judged(5, 4)) == pytest.approx(
        {"checked": 5, "precision": 0.8, "lo": 0.3755, "hi": 0.9638}, abs=1e-4
    )
    few = precision(Judged(4, 3))
    assert (few["checked"], few["precision"], isnan(few["lo"]), isnan(few["hi"])) == (4, 0.75, True, True)
    assert isnan(precision(Judged())["precision"])


def test_what_a_spreadsheet_changed_in_a_sheet_is_a_problem(tmp_path):
    header = "about_it,topic,term,doc_id,start,end,about_it"
    judged, (problem,) = filled(tmp_path, f"{header}\nyes,farm,farm*,d1,11,15,no\n")
    assert judged == {("farm", "farm*"): Judged(1, 1)}
    assert "row 2" in problem["message"] and "share a name" in problem["message"]
