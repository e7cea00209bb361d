"""`duplicates: drop` on the real DAG: what is left out."""

import re

import pyarrow.parquet as pq
import pytest

from tests.workflow.project import SEEDS, copy_project, run
from tests.workflow.test_rerun import SOME

TABLES = (*SOME, "results/tables/problems.parquet")

pytestmark = pytest.mark.slow


def test_the_earliest_of_documents_that_repeat_each_other_is_analysed(tmp_path):
    project = copy_project(tmp_path / "drop", seeds=SEEDS)
    config = project / "config.yaml"
    text = re.sub(r"batch_size: \d+", "batch_size: 1", config.read_text(encoding="utf-8"))
    config.write_text(text, encoding="utf-8")

    def documents():
        done = run(project, *TABLES)
        assert done.code == 0, done.output
        return pq.read_table(project / "results/tables/documents.parquet")["doc_id"].to_pylist()

    def duplicates():
        problems = pq.read_table(project / "results/tables/problems.parquet").to_pylist()
        return [(row["seed"], row["message"].split("; ")[0]) for row in problems if row["code"] == "duplicate"]

    assert documents() == sorted(SEEDS)
    # Another setting: all are segmented anew, from what was read before.
    config.write_text(text.replace("duplicates: keep", "duplicates: drop"), encoding="utf-8")
    done = run(project, *TABLES)
    assert done.code == 0, done.output
    assert not done.rules & {"documents", "duplicates"}
    assert run(project, *TABLES).jobs == []

    # river.txt comes to repeat harbour.txt: it is read, found out and left out.
    river = project / "seeds" / "river.txt"
    river.write_text(SEEDS["harbour.txt"], encoding="utf-8")
    assert documents() == ["harbour.txt", "school.txt"]
    assert duplicates() == [("river.txt", "At least half of the text is the same as in harbour.txt")]

    # With a date it is the earlier of the two.
    river.write_text("---\ndate: 2025-05-01\n---\n" + SEEDS["harbour.txt"], encoding="utf-8")
    assert documents() == ["river.txt", "school.txt"]
    assert duplicates() == [("harbour.txt", "At least half of the text is the same as in river.txt")]
