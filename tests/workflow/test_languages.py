"""A document in another language is in no statistic, on the real DAG: with it and without it they are the same."""

import pyarrow.parquet as pq
import pytest

from tests.workflow.project import copy_project, run

SEEDS = {
    "harbour.txt": "The harbour will close, Mayor Ann Smith said on Monday.\n\n“We have no choice,” Smith said. "
    "Critics blamed the government for the crisis, which will cost the port two million dollars.\n",
    "school.txt": "Teachers blamed the government for the cuts.\n\n“Our pupils deserve better,” said Omar Haddad. "
    "Haddad, who teaches in Leeds, accused Ann Smith of ignoring the crisis in the schools.\n",
}
FOREIGN = (
    "La crisis del puerto no tiene culpables, según el alcalde Juan Pérez. «No tenemos elección», dijo Pérez.\n\n"
    "Los críticos culpan al gobierno de la crisis y del conflicto con China y con los Estados Unidos de América.\n"
)
# Tables that list documents or texts as they are.
OWN = {"document_groups", "document_origins", "documents", "problems", "sentences", "tokens"}


@pytest.mark.slow
def test_a_foreign_document_changes_no_statistic(tmp_path):
    without = copy_project(tmp_path / "without", seeds=SEEDS)
    beside = copy_project(tmp_path / "beside", seeds={**SEEDS, "puerto.txt": FOREIGN})
    for project in (without, beside):
        done = run(project)
        assert done.code == 0, done.output
    tables = sorted((beside / "results" / "tables").glob("*.parquet"))
    assert len(tables) > 30
    changed = [
        path.stem
        for path in tables
        if not pq.read_table(path).equals(pq.read_table(without / path.relative_to(beside)))
    ]
    assert set(changed) <= OWN
    documents = pq.read_table(beside / "results" / "tables" / "documents.parquet").to_pylist()
    assert [(row["doc_id"], row["parsed"], row["n_words"] > 30) for row in documents if row["language"] == "es"] == [
        ("puerto.txt", False, True)
    ]
