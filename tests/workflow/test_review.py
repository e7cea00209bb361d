"""The review sheets on the real DAG; those of a corpus without statements are in test_reference.py."""

import csv

import pytest

from scripts.core.storage import read_parquet
from tests.workflow.project import run


def sheets(project):
    """Draw the sheets and return their rows."""
    done = run(project, "review_sheet")
    assert done.code == 0, done.output
    rows = {}
    for name in ("attributions", "sentences", "names"):
        with (project / "results" / "review" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            rows[name] = list(csv.DictReader(handle))
    assert {row["sheet"] for row in rows["sentences"]} == {"sentences"}
    assert all(row["link"].startswith("../results/report.html#d") for sheet in rows.values() for row in sheet)
    return rows


def test_the_sheets_are_drawn_and_read_when_filled(project) -> None:
    attributions = sheets(project)["attributions"]
    assert len(attributions) == read_parquet(project / "results" / "tables" / "quotes.parquet").num_rows > 3
    for number, row in enumerate(attributions):
        row |= {"right": "1", "speaker_right": "1" if number else "0"}
    (project / "review").mkdir()
    with (project / "review" / "ann {draft}.csv").open("w", encoding="utf-8", newline="") as handle:
        sheet = csv.DictWriter(handle, attributions[0].keys())
        sheet.writeheader()
        sheet.writerows(attributions)
    done = run(project, "review")
    assert done.code == 0, done.output
    assert done.rules == {"review"}
    accuracy = read_parquet(project / "results" / "tables" / "accuracy.parquet").to_pylist()
    [right] = [row for row in accuracy if (row["step"], row["measure"], row["by"]) == ("speakers", "precision", "")]
    n = len(attributions)
    assert (right["estimate"], right["n"]) == (pytest.approx(1 - 1 / n), n)
    assert "review" in run(project, "--dry-run").output  # a plain run makes the tables too


def test_a_sheet_that_was_filled_where_it_lies_is_not_written_over(project) -> None:
    sheets(project)
    sheet = project / "results" / "review" / "names.csv"
    sheet.write_text("filled", encoding="utf-8")
    config = project / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("  names: 80 ", "  names: 2 "), encoding="utf-8")
    done = run(project, "review_sheet")
    assert done.code != 0 and "review/names.csv: edited since it was drawn" in done.output
    assert sheet.read_text("utf-8") == "filled"
