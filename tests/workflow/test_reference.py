"""The corpus compared with a reference folder, on the real DAG: what it is read for, and what it never gets into."""

import pyarrow.parquet as pq

from tests.workflow.project import copy_project, run

SEEDS = {
    "a.txt": "The harbour was closed. The harbour is old.\n" * 3,
    "b.txt": "Ships wait in the harbour.\n" * 2,
}
TARGETS = ("results/tables/keyness.csv", "results/tables/problems.csv", "results/tables/documents.csv")


def test_the_reference_folder_is_counted_and_in_no_other_table(tmp_path):
    project = copy_project(tmp_path / "reference", seeds=SEEDS)
    second_folder = project / "other"
    second_folder.mkdir()
    for number in range(3):
        (second_folder / f"c{number}.txt").write_text(
            "The mountain was quiet. The mountain is old.\n" * 4, encoding="utf-8"
        )
    (second_folder / "link.txt").symlink_to(second_folder / "c0.txt")
    (second_folder / "empty.txt").write_text("", encoding="utf-8")
    config = project / "config.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("reference: null", "reference: other"), encoding="utf-8"
    )

    done = run(project, *TARGETS, "review_sheet")
    assert done.code == 0, done.output
    assert done.batches("counts") == {"all", "reference/all"}
    table = {
        name: pq.read_table(project / f"results/tables/{name}.parquet").to_pylist()
        for name in ("keyness", "problems", "documents")
    }
    words = {row["word"]: row for row in table["keyness"] if row["column"] == "corpus"}
    assert (words["harbour"]["count_target"], words["harbour"]["count_reference"]) == (8, 0)
    assert (words["mountain"]["count_target"], words["mountain"]["count_reference"]) == (0, 24)
    assert words["harbour"]["estimate"] > 0 > words["mountain"]["estimate"]
    assert [row["doc_id"] for row in table["documents"]] == sorted(SEEDS)
    # Nobody is quoted, so there is nothing to review: the sheet has its header alone.
    assert len((project / "results" / "review" / "attributions.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert {row["seed"] for row in table["problems"]} >= {"reference: link.txt", "reference: empty.txt"}

    (second_folder / "c0.txt").write_text("The valley was quiet.\n" * 4, encoding="utf-8")
    planned = run(project, *TARGETS, "--dry-run").planned
    assert planned["counts"] == 1 and "quotes" not in planned
