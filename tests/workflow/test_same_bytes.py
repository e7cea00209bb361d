"""The same seeds give the same bytes, whatever the order they came in and the number of cores.

By default an edit that came and went leaves no trace, with four cores and with one: test_verify.py, bad bytes.
"""

import shutil

import pytest

from tests.workflow.project import SEEDS as THREE
from tests.workflow.project import copy_project, outputs, run

SEEDS = {
    "a.txt": "“We will appeal,” said Maria Lopez, a lawyer. Lopez blamed the ministry for the delay.\n",
    "b.txt": "The ministry rejected the claim. According to Lopez, the ministry ignored two letters.\n",
    "c.md": "---\ntitle: Costs\ndate: 2024-05-01\noutlet: The Example\n---\nThe cost of the plan rose, experts say.\n",
}


EXPORTS = ("all", "exports", "share", "qdpx")


def exported(project):
    """Return the bytes of the results for other tools, by name."""
    results = project / "results"
    files = [*results.glob("exports/*"), *results.glob("*.json"), *results.glob("share.zip")]
    return {str(file.relative_to(results)): file.read_bytes() for file in files if not file.name.startswith(".")}


@pytest.mark.slow
def test_history_and_cores_leave_no_trace(project, tmp_path):
    at_once = project
    assert run(at_once, *EXPORTS, cores=1).code == 0
    begun = {"river.txt": THREE["river.txt"], "gone.txt": "It is gone.\n"}
    step_by_step = copy_project(tmp_path / "step_by_step", seeds=begun)
    shutil.copy(at_once / "config.yaml", step_by_step)
    assert run(step_by_step, "results/tables/quotes.parquet", "results/tables/frequencies.parquet").code == 0
    (step_by_step / "seeds" / "gone.txt").unlink()
    for name in ("school.txt", "harbour.txt"):
        (step_by_step / "seeds" / name).write_text(THREE[name], encoding="utf-8")
    assert run(step_by_step, *EXPORTS, cores=4).code == 0
    assert outputs(step_by_step) == outputs(at_once)
    copies = exported(at_once)
    assert {"datapackage.json", "ro-crate-metadata.json", "share.zip", "exports/tables.xlsx"} <= copies.keys()
    assert {name for name, data in exported(step_by_step).items() if data != copies[name]} == set()
    assert "tables/documents.csv" in outputs(at_once)


@pytest.mark.slow
def test_one_by_one(tmp_path):
    at_once = copy_project(tmp_path / "at_once", seeds=SEEDS)
    assert run(at_once, cores=1).code == 0
    one_by_one = copy_project(tmp_path / "one_by_one", seeds={})
    for name in ("c.md", "a.txt", "b.txt"):
        (one_by_one / "seeds" / name).write_text(SEEDS[name], encoding="utf-8")
        assert run(one_by_one, cores=4).code == 0
    assert outputs(one_by_one) == outputs(at_once)
