"""The files for hosted tests and for pre-commit are what their tools expect."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("path", sorted(ROOT.glob(".github/workflows/*.yml")), ids=lambda path: path.name)
def test_a_workflow_fits_the_published_schema(path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pre_commit_reads_its_configuration() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tour_leads_to_files_that_exist() -> None:
    tour = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## A tour of four ways")[1].split("\n## ")[0]
    named = [part for part in tour.split("`")[1::2] if "/" in part]
    assert len(named) >= 8
    assert [name for name in named if not (ROOT / name).exists()] == []
