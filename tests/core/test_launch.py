"""Steps of a job in one process, and what it leaves out of their imports; tests/core/test_worker.py holds the rest."""

import os
import subprocess
import sys
from pathlib import Path

from scripts.core.storage import ROOT


def run(folder: Path, code: str, *arguments: str):
    """Run the launcher on a step of this code, called `step`."""
    (folder / "step.py").write_text(code, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "scripts.core.launch", "step", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
    )


def test_spacy_comes_without_its_command_line(tmp_path):
    code = (
        "import sys, spacy\n"
        "def main(): print(spacy.blank('en')('A word')[1].text, *{'typer', 'httpx', 'scipy.stats'} & {*sys.modules})"
    )
    assert run(tmp_path, code).stdout == "word\n"


def test_nltk_comes_without_what_only_the_classifier_needs(tmp_path):
    code = "import sys, nltk\ndef main(): print(*{'scipy.stats', 'sklearn.base'} & {*sys.modules})"
    assert run(tmp_path, code).stdout == "\n"


def test_steps_of_one_job_run_in_their_order_each_with_its_own_arguments(tmp_path):
    code = "import sys\ndef main(): print(*sys.argv[1:])"
    (tmp_path / "later").mkdir()
    (tmp_path / "later/__init__.py").touch()
    (tmp_path / "later/__main__.py").write_text(code, encoding="utf-8")
    done = run(tmp_path, code, "--folder", "a b", "--", "later", "--table", "c")
    assert (done.stdout.splitlines(), done.stderr) == (["--folder a b", "--table c"], "")


def test_a_step_that_fails_ends_the_job_with_its_exit_code(tmp_path):
    done = run(tmp_path, "def main(): raise SystemExit(3)", "--", "step")
    assert (done.returncode, done.stdout) == (3, "")
