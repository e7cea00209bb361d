"""Steps read what their rules name as input, and no more: a job whose results lie in a bucket has nothing else."""

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.plan.prepare import set_environment
from tests.workflow.project import run


def planned_jobs(project: Path) -> dict[str, tuple[list[str], list[str], str]]:
    """Return the outputs, inputs and command of one job of each rule, of the last batch where there are several."""
    table = run(project, "--detailed-summary").output
    _, _, text = table.partition("output_file\t")
    rows = [row for row in csv.reader(text.splitlines(), delimiter="\t") if len(row) == 8 and row[5] != "-"]
    commands = {row[2]: row[5] for row in rows}
    return {
        rule: ([row[0] for row in rows if row[5] == command], inputs.split(","), command)
        for _, _, rule, _, inputs, command, _, _ in rows
        if command == commands[rule]
    }


def run_alone(project: Path, outputs: list[str], inputs: list[str], command: str) -> None:
    """Run the command of a job where the results hold its inputs alone."""
    results, everything = project / "results", project / "everything"
    results.rename(everything)
    for name in outputs:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
    for name in inputs:
        if name.startswith("results/"):
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            path = everything / name.removeprefix("results/")
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, project / name)
    for folder in everything.glob("logs/**/"):
        (results / folder.relative_to(everything)).mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["bash", "-c", command], cwd=project, env=os.environ, capture_output=True, encoding="utf-8")
    logs = "".join(path.read_text(encoding="utf-8") for path in results.glob("logs/**/*.log"))
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}{logs}"
    for name in outputs:
        for path in [project / name, *(project / name).rglob("*")]:
            assert path.is_dir() or path.read_bytes() == (everything / path.relative_to(results)).read_bytes(), path
    shutil.rmtree(results)
    everything.rename(results)


@pytest.fixture
def jobs(project, monkeypatch):
    """Return the jobs of a finished project, in the environment of its rules."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    set_environment()
    return planned_jobs(project)


def test_names_over_the_corpus_take_only_what_their_rule_names(project, jobs):
    run_alone(project, *jobs["entity_statistics"])


@pytest.mark.slow
def test_every_step_takes_only_what_its_rule_names(project, jobs):
    """See above for one rule that is no slow test."""
    assert {"documents", "parses", "quotes", "words", "figures", "report", "stories"} <= set(jobs)
    for job in jobs.values():
        run_alone(project, *job)
