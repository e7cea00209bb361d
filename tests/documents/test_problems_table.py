"""A strict run names its problems before it fails."""

import json

import pytest

from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.documents.problems_table import by_number, main, strict_message

ROW = {"seed": "a.txt", "stage": "documents", "code": "empty", "message": "no words", "offset": None}


@pytest.mark.parametrize(("severity", "named"), [("error", True), ("warning", True), ("note", False)])
def test_errors_and_warnings_are_named_and_notes_are_not(severity, named):
    message = strict_message(rows_to_table("problems", [ROW | {"severity": severity}]))
    expected = f"strict is true, and these seeds have problems:\n  a.txt: no words ({severity}, empty)"
    assert message == (expected if named else "")


def test_of_several_problems_the_serious_ones_are_named():
    rows = [ROW | {"seed": f"{severity}.txt", "severity": severity} for severity in ("note", "error", "warning")]
    message = strict_message(rows_to_table("problems", rows))
    assert [line.split(":")[0].strip() for line in message.splitlines()[1:]] == ["error.txt", "warning.txt"]
    assert strict_message(rows_to_table("problems", [])) == ""


def test_rows_of_a_sheet_stand_by_their_numbers():
    sheet = [ROW | {"seed": "review/ann.csv", "severity": "warning", "message": f"Row {n}: no"} for n in (10, 2, 33, 9)]
    seeds = [ROW | {"seed": f"wire.csv#{n}", "severity": "error", "offset": n} for n in (11, 3)]
    rows = by_number(rows_to_table("problems", [*sheet, *seeds])).to_pylist()
    assert [row["message"] for row in rows[:4]] == ["Row 2: no", "Row 9: no", "Row 10: no", "Row 33: no"]
    assert [row["seed"] for row in rows[4:]] == ["wire.csv#3", "wire.csv#11"]
    assert by_number(rows_to_table("problems", [])).num_rows == 0


def test_the_problems_of_sheets_are_joined_to_those_of_the_corpus(tmp_path, monkeypatch):
    for name in ("corpus", "sheets"):
        rows = [ROW | {"seed": f"{name}.csv", "severity": "warning"}]
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table("problems", rows))
    (tmp_path / "settings.json").write_text(json.dumps({"settings": {"strict": False, "tables": {"csv_max_rows": 9}}}))
    (tmp_path / "batches" / "reference").mkdir(parents=True)
    options = {"batches": "batches", "corpus": "corpus.parquet", "settings": "settings.json", "folder": "tables"}
    options |= {"review": "sheets.parquet"}
    arguments = [part for name, path in options.items() for part in (f"--{name}", str(tmp_path / path))]
    monkeypatch.setattr("sys.argv", ["problems_table", *arguments])
    main()
    problems = read_parquet(tmp_path / "tables" / "problems.parquet").to_pylist()
    assert [row["seed"] for row in problems] == ["corpus.csv", "sheets.csv"]
