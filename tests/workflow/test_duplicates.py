"""`duplicates: drop` on the real DAG: what is left out, and which batches are done again."""

import re

import pyarrow.parquet as pq
import pytest

from tests.workflow.project import SEEDS, batch_of, copy_project, run
from tests.workflow.test_rerun import SOME

TABLES = (*SOME, "results/tables/problems.parquet")

pytestmark = pytest.mark.slow


def test_only_batches_whose_documents_or_drops_change_are_done_again(tmp_path):
    project = copy_project(tmp_path / "drop", seeds=SEEDS)
    config = project / "config.yaml"
    text = re.sub(r"batch_size: \d+", "batch_size: 1", config.read_text(encoding="utf-8"))
    config.write_text(text, encoding="utf-8")

    def redone():
        done = run(project, *TABLES)
        assert done.code == 0, done.output
        return done.batches("parses")

    def documents():
        return pq.read_table(project / "results/tables/documents.parquet")["doc_id"].to_pylist()

    def duplicates():
        problems = pq.read_table(project / "results/tables/problems.parquet").to_pylist()
        return [(row["seed"], row["message"].split("; ")[0]) for row in problems if row["code"] == "duplicate"]

    assert redone() == {batch_of(name) for name in SEEDS}
    # Another setting: all are segmented anew, from what was read before.
    config.write_text(text.replace("duplicates: keep", "duplicates: drop"), encoding="utf-8")
    done = run(project, *TABLES)
    assert done.code == 0, done.output
    assert not done.rules & {"documents", "duplicates"}
    assert run(project, *TABLES).jobs == []

    # river.txt comes to repeat harbour.txt: it is read, found out and left out; the batches of the others stay.
    river = project / "seeds" / "river.txt"
    river.write_text(SEEDS["harbour.txt"], encoding="utf-8")
    assert redone() == {batch_of("river.txt")}
    assert documents() == ["harbour.txt", "school.txt"]
    assert duplicates() == [("river.txt", "At least half of the text is that of harbour.txt")]

    # With a date it is the earlier of the two, and the batch of harbour.txt is done again, which itself did not change.
    river.write_text("---\ndate: 2025-05-01\n---\n" + SEEDS["harbour.txt"], encoding="utf-8")
    assert redone() == {batch_of("river.txt"), batch_of("harbour.txt")}
    assert documents() == ["river.txt", "school.txt"]
    assert duplicates() == [("harbour.txt", "At least half of the text is that of river.txt")]

    # A list that was deleted is made again. The batch is redone, which costs time and changes nothing.
    (project / "results" / "batches" / batch_of("harbour.txt") / "dropped.jsonl").unlink()
    assert redone() <= {batch_of("harbour.txt")}
    assert documents() == ["river.txt", "school.txt"]
