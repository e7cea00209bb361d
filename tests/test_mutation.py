"""The mutation run finds the faults that tests do not notice: on a project of one function, tested at one point."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.faults import mutants

ROOT = Path(__file__).resolve().parent.parent
MODULE = '''def first(values, n=2):
    """Return the first n values, or all below n."""
    if len(values) < n and values:
        return values
    return values[:n] * 1


from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
'''
TEST = """import mmap
from scripts.maths.toy import first


def test_memory_set_aside_as_node_does_is_not_in_use():
    mmap.mmap(-1, 2**34, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=0).close()


def test_first():
    assert first([1, 2, 3]) == [1, 2]
    assert first([1]) == [1]
"""
PLANT = """from pathlib import Path
from benchmarks.faults import mutants
from benchmarks.mutation import surviving
project = Path("{project}")
for mutant in surviving(list(mutants(project, project / "scripts/maths/toy.py")), project):
    print(mutant.line, mutant.before, "|", mutant.after)
"""


@pytest.fixture
def project(tmp_path):
    for name, text in {"scripts/maths/toy.py": MODULE, "tests/maths/test_toy.py": TEST}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        for package in (path.parent, path.parent.parent):
            (package / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n', encoding="utf-8")
    return tmp_path


def test_each_listed_fault_is_planted(project):
    planted = [
        (mutant.line, mutant.before, mutant.after) for mutant in mutants(project, project / "scripts/maths/toy.py")
    ]
    assert planted == [
        (1, "values, n=2", "2 -> 3"),
        (1, "values, n=2", "2 -> 1"),
        (3, "len(values) < n and values", "not (len(values) < n and values)"),
        (3, "len(values) < n and values", "len(values) < n or values"),
        (3, "len(values) < n", "len(values) <= n"),
        (3, "len(values) < n", "len(values) >= n"),
        (4, "values", "None"),
        (5, "values[:n] * 1", "None"),
        (5, "values[:n] * 1", "values[:n] / 1"),
        (5, "values[:n]", ":n -> :"),
        (5, "values[:n] * 1", "1 -> 2"),
        (5, "values[:n] * 1", "1 -> 0"),
    ]


def test_faults_that_no_test_notices_survive(project):
    command = [sys.executable, "-W", "ignore", "-c", PLANT.format(project=project)]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    assert output.splitlines() == ["3 len(values) < n | len(values) <= n"]


def test_a_test_that_fails_without_a_fault_is_named(project):
    with (project / "tests/maths/test_toy.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef test_wrong():\n    assert first([]) == [1]\n")
    command = [sys.executable, "-W", "ignore", "-c", PLANT.format(project=project)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert "RuntimeError: tests fail without a fault (pytest ends with 1)" in done.stderr
    assert "FAILED tests/maths/test_toy.py::test_wrong" in done.stderr
