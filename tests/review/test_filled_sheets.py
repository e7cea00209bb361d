"""Filled review sheets as people save them: each fault is named with file, row and remedy, and the rest counts."""

import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from scripts.core.limits import Budget
from scripts.core.planned import files_in, read_files
from scripts.review.accuracy import accuracy_tables
from scripts.review.attributed_words import right_words
from scripts.review.filled import read_filled
from scripts.review.reading import read_decisions
from scripts.review.reviewed import read_reviewed
from tests.review.filled import TEXTS, drawn, saved, units, write_mentions


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_mentions(tmp_path_factory.mktemp("mentions"))


@pytest.fixture(scope="module")
def blank(folder):
    return drawn("attributions", size=30)


@pytest.fixture
def rows(blank):
    """Return the sheet of attributions, of which everything is right."""
    return [{**row, "right": "yes", "speaker_right": "yes"} for row in blank]


def read(folder, **files):
    return read_reviewed({f"{name}.csv": data for name, data in files.items()}, folder, units())


def fates(problems):
    rows = ((problem.sheet, problem.row, problem.code) for problem in problems)
    return sorted(rows, key=lambda row: (row[0], row[1] or 0, row[2]))


def counted(reviewed, kind="attributions"):
    return len(reviewed[kind].rows)


@pytest.mark.parametrize(
    ("changes", "code", "lost"),
    [
        ({"right": "maybe"}, "answer", 1),
        ({"speaker_right": ""}, "half-filled", 1),
        ({"whose": "Ray"}, "contradiction", 1),
        ({"doc_id": "elsewhere.txt", "text_sha256": "f" * 64}, "other-corpus", 1),
        ({"text_sha256": "f" * 64}, "text-changed", 1),
        ({"text": "left. The"}, "moved-cells", 1),
        ({"speaker_in_document": "Bo"}, "older-version", 1),
        ({"stratum_size": "999"}, "stratum-size", 0),
    ],
)
def test_a_faulty_row_is_named_and_the_others_count(folder, rows, changes, code, lost) -> None:
    rows[4] |= changes
    reviewed, problems = read(folder, ann=saved(rows))
    assert ("ann.csv", 6, code) in fates(problems)
    assert {problem.code for problem in problems} == {code}
    assert counted(reviewed) == 30 - lost
    assert all(problem.message.endswith((".", ").")) for problem in problems)


def test_of_two_attributions_at_one_place_a_row_judges_that_of_its_speaker(folder, rows) -> None:
    corpus = units()
    frame = corpus.by_sheet["attributions"]
    twins = pd.concat([frame.head(1).assign(speaker_in_document="Ray", speaker="Bo Ray"), frame], ignore_index=True)
    by_sheet = {**corpus.by_sheet, "attributions": twins}
    reviewed, problems = read_reviewed({"ann.csv": saved(rows)}, folder, corpus._replace(by_sheet=by_sheet))
    assert set(reviewed["attributions"].rows["speaker"]) == {"Ann Lee"}
    assert [problem.code for problem in problems] == ["strata"]


def test_a_document_is_known_by_its_text_whatever_its_name_is(folder, rows) -> None:
    sheet = {"ann.csv": saved([{**row, "doc_id": "old name.txt"} for row in rows])}
    copies = {f"{doc_id} (copy)": text for doc_id, text in TEXTS.items()}
    for corpus in (units(), units()._replace(texts=TEXTS | copies)):
        reviewed, problems = read_reviewed(sheet, folder, corpus)
        assert (counted(reviewed), problems) == (30, [])


def test_a_sheet_of_another_corpus_is_named_once(folder, rows) -> None:
    strange = [{**row, "doc_id": f"x{row['doc_id']}", "text_sha256": "0" * 64} for row in rows]
    reviewed, problems = read(folder, ann=saved(rows), bo=saved(strange))
    assert fates(problems) == [("bo.csv", None, "other-corpus")]
    assert counted(reviewed) == 30


@pytest.mark.parametrize(
    ("strange", "changed", "expected"),
    [
        (1, 0, [("bo.csv", 2, "other-corpus")]),
        (2, 0, [("bo.csv", None, "other-corpus")]),
        (2, 1, [("bo.csv", None, "other-corpus"), ("bo.csv", 4, "text-changed")]),
    ],
)
def test_of_several_rows_none_of_which_is_of_the_corpus_the_file_is_named(
    folder, rows, strange, changed, expected
) -> None:
    sheet = [row | {"drawn": str(strange + changed)} for row in rows[: strange + changed]]
    for at, row in enumerate(sheet):
        row |= {"text_sha256": str(at) * 64, "number": str(at + 1), "doc_id": "x" if at < strange else row["doc_id"]}
    _, problems = read(folder, bo=saved(sheet))
    assert [fate for fate in fates(problems) if fate[0]] == expected


def test_rows_of_documents_that_went_are_no_gaps(folder, rows) -> None:
    gone = {row["doc_id"] for row in rows[2:8]}
    corpus = units()
    left = {kind: frame[~frame["doc_id"].isin(gone)].reset_index(drop=True) for kind, frame in corpus.by_sheet.items()}
    texts = {doc_id: text for doc_id, text in TEXTS.items() if doc_id not in gone}
    _, problems = read_reviewed({"ann.csv": saved(rows)}, folder, corpus._replace(by_sheet=left, texts=texts))
    assert [problem.code for problem in problems] == ["other-corpus"] * 6 + ["strata"]


def test_gaps_in_the_names_that_were_looked_for_are_told_apart_from_those_in_statements(folder) -> None:
    rows = [row | {"missed": "no", "missed_names": "no"} for row in drawn("sentences", size=12)]
    for row in rows[3:5]:
        row["missed_names"] = "Somebody"
    reviewed, problems = read(folder, ann_sentences=saved(rows))
    assert [(problem.code, "2 of 12 rows of missed names" in problem.message) for problem in problems] == [
        ("half-filled", False), ("half-filled", False), ("passed-over", True),
    ]  # fmt: skip
    assert (reviewed["sentences"].gaps, reviewed["missed names"].gaps != "") == ("", True)


def test_the_order_of_rows_does_not_matter(folder, rows) -> None:
    reviewed, problems = read(folder, ann=saved(sorted(rows, key=lambda row: row["text_sha256"])))
    assert (counted(reviewed), problems) == (30, [])


def test_rows_that_a_filter_left_out_and_rows_that_were_passed_over_are_named(folder, rows) -> None:
    _, problems = read(folder, ann=saved(rows[::2]))
    assert fates(problems) == [("", None, "passed-over"), ("ann.csv", None, "rows-gone")]
    rows[3] |= {"right": "", "speaker_right": ""}
    reviewed, problems = read(folder, ann=saved(rows))
    assert fates(problems) == [("ann.csv", None, "passed-over")]
    assert counted(reviewed) == 29


def test_who_stops_early_has_nothing_to_explain_and_weights_add_up_to_the_corpus(folder, rows) -> None:
    for row in rows[3:]:
        row |= {"right": "", "speaker_right": ""}
    reviewed, problems = read(folder, ann=saved(rows))
    assert problems == []
    assert reviewed["attributions"].weight.sum() == pytest.approx(30)


def test_documents_that_came_or_went_stop_the_correction_of_shares_not_the_accuracy(folder, rows) -> None:
    corpus = units()
    fewer = {kind: frame[frame["doc_id"] != "7.txt"].reset_index(drop=True) for kind, frame in corpus.by_sheet.items()}
    texts = {doc_id: text for doc_id, text in TEXTS.items() if doc_id != "7.txt"}
    reviewed, problems = read_reviewed({"ann.csv": saved(rows)}, folder, corpus._replace(by_sheet=fewer, texts=texts))
    assert [problem.code for problem in problems] == ["other-corpus", "strata"]
    assert "add up to 30, and the corpus has 29" in reviewed["attributions"].flaw
    assert not accuracy_tables(reviewed, corpus)["accuracy"].empty


def test_merged_cells_and_formulas_of_a_workbook_are_named(folder, rows, monkeypatch) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append([*rows[0]])
    for row in rows:
        sheet.append([*row.values()])
    column = [*rows[0]].index("right") + 1
    sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet.cell(6, column).value = "=1=1"
    out = io.BytesIO()
    book.save(out)
    checked, problems = read_filled("ann.xlsx", out.getvalue())
    assert len(checked) == 30
    assert [(problem.row, problem.code) for problem in problems] == [(3, "merged-cells"), (6, "no-result")]


def test_of_a_sheet_with_too_many_gaps_nothing_is_estimated(folder, rows) -> None:
    def results(*changes):
        changed = [{**row, **change} for row, change in zip(rows, [*changes, *[{}] * 30], strict=False)]
        reviewed, problems = read(folder, ann=saved(changed))
        accuracy = accuracy_tables(reviewed, units())["accuracy"]
        estimated = not accuracy.empty
        return estimated, bool(reviewed["attributions"].flaw), {problem.code for problem in problems}

    empty, half = {"right": "", "speaker_right": ""}, {"speaker_right": ""}
    assert results(empty) == (True, False, {"passed-over"})
    assert results(empty, half) == (False, True, {"passed-over", "half-filled"})
    assert results(half, {"right": "?"}) == (False, True, {"passed-over", "half-filled", "answer"})
    nameless = {"speaker_right": "no", "whose": ""}
    assert results(nameless, nameless) == (True, True, {"passed-over", "whose"})
    chosen = sorted(rows, key=lambda row: row["confidence"])[15:]
    reviewed, problems = read(folder, ann=saved(chosen))
    assert reviewed["attributions"].flaw and {problem.code for problem in problems} >= {"rows-gone", "passed-over"}


def test_one_reviewer_fills_the_gaps_of_another(folder, rows) -> None:
    empty = {"right": "", "speaker_right": ""}
    first = [row | empty if at >= 15 else row for at, row in enumerate(rows)]
    second = [row | empty if at < 15 else row for at, row in enumerate(rows)]
    reviewed, _ = read(folder, ann=saved(first), bo=saved(second))
    assert (reviewed["attributions"].flaw, counted(reviewed)) == ("", 30)


def test_no_sheet_fills_the_gaps_of_another(folder, rows) -> None:
    """A second sheet, drawn with another seed, has other rows under the same numbers."""
    empty = {"right": "", "speaker_right": ""}
    second_sheet = [row | {"right": "yes", "speaker_right": "yes"} for row in drawn("attributions", size=30, seed=2)]
    first = [row if at % 2 else row | empty for at, row in enumerate(rows)]
    second = [row | empty if at % 2 else row for at, row in enumerate(second_sheet)]
    reviewed, problems = read(folder, ann=saved(first), bo=saved(second))
    assert "are skipped" in reviewed["attributions"].flaw and ("", None, "passed-over") in fates(problems)
    # Judged there, a row is no gap here, whoever did it.
    assert read(folder, ann=saved(first), bo=saved(second_sheet))[0]["attributions"].flaw == ""
    assert read(folder, ann=saved(first), ann_2=saved(second_sheet))[0]["attributions"].flaw == ""


@pytest.mark.parametrize("column", ["number", "drawn", "check"])
def test_a_sheet_without_its_design_does_not_count(folder, rows, column) -> None:
    for row in rows:
        del row[column]
    reviewed, problems = read(folder, ann=saved(rows))
    assert fates(problems) == [("ann.csv", None, "sheet")] and column in problems[0].message
    assert counted(reviewed) == 0


@pytest.mark.parametrize(
    "column",
    ["speaker", "source", "cue", "type", "confidence", "band", "group", "n_words", "before", "after", "stratum"],
)
def test_a_judged_row_of_which_a_shown_cell_is_another_does_not_count(folder, rows, column) -> None:
    value = next((row[column] for row in rows if row[column] != rows[4][column]), "another")
    empty = {"right": "", "speaker_right": ""}
    reviewed, problems = read(folder, ann=saved([*rows[:4], rows[4] | {column: value}, *rows[5:]]))
    assert [fate for fate in fates(problems) if fate[2] != "stratum-size"] == [("ann.csv", 6, "moved-cells")]
    assert column in problems[-1].message and counted(reviewed) == 29
    reviewed, problems = read(folder, ann=saved([*rows[:4], rows[4] | {column: value} | empty, *rows[5:]]))
    assert "moved-cells" not in {problem.code for problem in problems}


def test_a_sheet_of_a_shared_copy_without_its_columns_of_text_counts_the_same(folder, rows) -> None:
    without = [{name: cell for name, cell in row.items() if name not in ("before", "text", "after")} for row in rows]
    reviewed, problems = read(folder, ann=saved(without))
    assert problems == [] and counted(reviewed) == counted(read(folder, ann=saved(rows))[0])


def test_cells_as_a_spreadsheet_writes_them_are_as_drawn(folder, rows) -> None:
    written = {"confidence": rows[0]["confidence"].replace(".", ","), "n_words": "2.0", "number": "1.0"}
    quotes = str.maketrans("'", "\u2019")
    rows[0] |= {"before": f" {rows[0]['before']} ", "after": rows[0]["after"].translate(quotes), **written}
    for row in rows:
        del row["band"]
    assert read(folder, ann=saved(rows))[1] == []


@pytest.mark.parametrize("column", ["same_as", "may_be"])
def test_a_sheet_without_a_question_or_its_answer_is_named(folder, rows, column) -> None:
    reviewed, problems = read(folder, ann=saved([{k: v for k, v in row.items() if k != column} for row in rows]))
    assert fates(problems) == [("ann.csv", None, "columns")] and column in problems[0].message
    assert counted(reviewed) == 30


def test_a_header_that_is_none_of_the_sheet_is_named(folder, rows) -> None:
    rows = [row | {"speaker rigth": row.pop("speaker_right"), "my notes": ""} for row in rows]
    reviewed, problems = read(folder, ann=saved(rows))
    headers = [problem.message for problem in problems if (problem.row, problem.code) == (1, "columns")]
    assert [message.split(" is no")[0] for message in headers] == ["'speaker rigth'", "'my notes'"]
    assert "Did you mean speaker_right?" in headers[0]
    assert counted(reviewed) == 0


def test_a_copied_sheet_is_found_whatever_else_its_owner_filled(folder, rows) -> None:
    rows[0] |= {"speaker_right": "no", "whose": "experts"}
    names = [row | {"right": "yes"} for row in drawn("names")]
    again = saved([*reversed(rows)])
    reviewed, problems = read(folder, ann=saved(rows), bo_attributions=again, bo_names=saved(names))
    assert fates(problems) == [("bo_attributions.csv", None, "same-answers")]
    assert {each.reviewer for each in reviewed["attributions"].judgements} == {"ann"}
    assert {each.reviewer for each in reviewed["names"].judgements} == {"bo"}


def test_a_sheet_without_the_column_of_missed_names_is_no_fault(folder) -> None:
    rows = [row | {"missed": "no"} for row in drawn("sentences", size=12)]
    for row in rows:
        del row["missed_names"]
    reviewed, problems = read(folder, ann_sentences=saved(rows))
    assert problems == [] and counted(reviewed, "sentences") == 12


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reading(data) -> None:
    rows, problems = read_filled("a.csv", data)
    assert rows == [] and problems


def test_only_review_sheets_are_in_the_manifest(tmp_path, rows) -> None:
    (tmp_path / "ann.CSV").write_bytes(saved(rows))
    (tmp_path / "corrections.csv").write_text("doc_id,what\n", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    (tmp_path / "empty.csv").write_bytes(b"")
    manifest = tmp_path / "files.jsonl"
    manifest.write_text(read_decisions(Budget().read_all(files_in(tmp_path)))[2], encoding="utf-8")
    assert [*read_files(manifest)] == [str(tmp_path / "ann.CSV")]


@pytest.mark.parametrize(
    ("answer", "words", "codes"),
    [
        ("", 2, []),
        ("We pay,' said", 3, []),
        ("Number | Bo Ray left", 4, []),
        ("We gain", 2, ["not-in-text"]),
        ("We pay | pay", 2, ["not-in-text"]),
        ("yes", 2, ["not-in-text"]),
    ],
)
def test_words_that_a_reviewer_puts_right_are_those_that_count(folder, rows, answer, words, codes) -> None:
    reviewed, problems = read(folder, ann_attributions=saved([rows[0] | {"content_should_be": answer}, *rows[1:]]))
    first = next(each.unit for each in reviewed["attributions"].judgements if each.row.row == 2)
    table = right_words(reviewed["attributions"], reviewed["sentences"])
    at = int(reviewed["attributions"].rows["doc_id"].tolist().index(units().by_sheet["attributions"]["doc_id"][first]))
    assert table.set_index("unit")["words"][at] == words
    assert [problem.code for problem in problems if problem.row == 2] == codes
