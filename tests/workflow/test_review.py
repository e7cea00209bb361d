"""The review sheets on the real DAG, from a corpus with statements and from one without any."""

import csv

import pytest

from scripts.core.storage import read_parquet
from tests.workflow.project import copy_project, run

SEEDS = {
    "harbour.txt": "The harbour will close, Mayor Ann Smith said on Monday.\n\n“We have no choice,” Smith said.\n",
    "school.txt": "“Our pupils deserve better,” said Anne Smith. “They are many,” said Omar Haddad.\n",
}


@pytest.mark.parametrize(("seeds", "attributions"), [(SEEDS, 4), ({"dull.txt": "The sea rose.\n"}, 0)])
def test_the_sheets_are_drawn(tmp_path, seeds, attributions) -> None:
    project = copy_project(tmp_path, seeds=seeds)
    done = run(project, "review_sheet")
    assert done.code == 0, done.output
    rows = {}
    for name in ("attributions", "sentences", "names"):
        with (project / "results" / "review" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            rows[name] = list(csv.DictReader(handle))
    assert len(rows["attributions"]) == attributions
    assert {row["sheet"] for row in rows["sentences"]} == {"sentences"}
    assert all(row["link"].startswith("../report.html#d") for sheet in rows.values() for row in sheet)
    if attributions:
        for row in rows["attributions"]:
            row |= {"right": "1", "speaker_right": "1" if "Smith" in row["speaker"] else "0"}
        (project / "review").mkdir()
        with (project / "review" / "ann {draft}.csv").open("w", encoding="utf-8", newline="") as handle:
            sheet = csv.DictWriter(handle, rows["attributions"][0].keys())
            sheet.writeheader()
            sheet.writerows(rows["attributions"])
        done = run(project, "review")
        assert done.code == 0, done.output
        assert done.rules == {"review"}
        accuracy = read_parquet(project / "results" / "tables" / "accuracy.parquet").to_pylist()
        [right] = [row for row in accuracy if (row["step"], row["measure"], row["by"]) == ("speakers", "precision", "")]
        assert (right["estimate"], right["n"]) == (0.75, 4)
        assert "review" in run(project, "--dry-run").output  # a plain run makes the tables too
