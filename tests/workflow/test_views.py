"""A view has results of its own, which an edit of its file redoes alone; when it goes, they go."""

import csv

from tests.workflow.project import run

TARGETS = ("results/tables/problems.csv", "results/views/tax/view.md")


def test_a_view_is_counted_alone_and_leaves_nothing_behind(project):
    folder = project / "views"
    folder.mkdir()
    view = folder / "tax.yaml"
    view.write_text("choose: {groups: [Nowhere]}\nagainst: others\n", encoding="utf-8")
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    assert done.rules == {"views", "problems"}
    results = project / "results" / "views" / "tax"
    assert "0 of 3 documents" in (results / "view.md").read_text(encoding="utf-8")
    with (project / "results" / "tables" / "problems.csv").open(encoding="utf-8", newline="") as file:
        (problem,) = [row for row in csv.DictReader(file) if row["stage"] == "views"]
    assert (problem["seed"], problem["severity"], problem["code"]) == ("views/tax.yaml", "warning", "view-gone")

    view.write_text("choose: {}\n", encoding="utf-8")
    done = run(project, *TARGETS)
    assert (done.code, done.rules) == (0, {"views", "problems"}), done.output
    assert "3 of 3 documents" in (results / "view.md").read_text(encoding="utf-8")

    view.unlink()
    done = run(project, TARGETS[0])
    assert (done.code, done.rules) == (0, {"problems"}), done.output
    assert not results.parent.exists()
