"""Steps that run without pandas and NumPy, although Arrow would import both."""

import json
import os
import subprocess
import sys
from pathlib import Path

from scripts.core.schemas import steps
from scripts.core.storage import ROOT
from scripts.plan.stages import closure

STEP = """
import sys
import pyarrow as pa
print(*sys.argv[1:])
print(pa.array(["a", None]).to_pylist(), pa.table({"n": [1, 2]}).column("n").to_pylist())
print("pandas.core" in sys.modules, "numpy.linalg" in sys.modules)
"""


def run(folder: Path, code: str, *arguments: str, packages: tuple[str, ...] = ("numpy",)):
    """Run the launcher on a step of this code, called `step`, whose stage names packages."""
    (folder / "step.py").write_text(code, encoding="utf-8")
    (folder / "stage.json").write_text(json.dumps({"packages": dict.fromkeys(packages, "1.0")}), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "scripts.core.launch", folder / "stage.json", "step", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
    )


def test_packages_that_no_step_imports_stay_out(tmp_path):
    done = run(tmp_path, STEP, "--table", "a b", packages=())
    assert (done.stdout.splitlines(), done.stderr) == (["--table a b", "['a', None] [1, 2]", "False False"], "")
    assert run(tmp_path, STEP, packages=("numpy",)).stdout.splitlines()[-1] == "False True"
    assert run(tmp_path, STEP, packages=("numpy", "pandas")).stdout.splitlines()[-1] == "True True"


def test_without_the_launcher_arrow_imports_both(tmp_path):
    (tmp_path / "step.py").write_text(STEP, encoding="utf-8")
    done = subprocess.run([sys.executable, tmp_path / "step.py"], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "True True"


def test_a_data_frame_is_still_to_be_had(tmp_path):
    code = "import pyarrow as pa; print(pa.table({'n': [1, 2]}).to_pandas()['n'].sum())"
    assert run(tmp_path, code).stdout == "3\n"


def test_numpy_cannot_come_in_unseen(tmp_path):
    assert "ModuleNotFoundError: import of numpy halted" in run(tmp_path, "import numpy", packages=()).stderr


def test_spacy_comes_without_its_command_line(tmp_path):
    code = "import sys, spacy; print(spacy.blank('en')('A word')[1].text, *{'typer', 'httpx'} & {*sys.modules})"
    assert run(tmp_path, code, packages=("numpy", "spacy")).stdout == "word\n"
    assert run(tmp_path, code).stdout != "word\n"


def test_nltk_comes_without_what_only_the_classifier_needs(tmp_path):
    code = "import sys, nltk; print(*{'scipy.stats', 'sklearn.base'} & {*sys.modules})"
    assert run(tmp_path, code, packages=("numpy", "nltk")).stdout == "\n"
    assert "scipy.stats" in run(tmp_path, code, packages=("numpy", "nltk", "scikit-learn")).stdout


def test_steps_of_one_job_run_in_their_order_each_with_its_own_arguments(tmp_path):
    (tmp_path / "later.py").write_text("import sys; print(*sys.argv[1:])", encoding="utf-8")
    done = run(tmp_path, "import sys; print(*sys.argv[1:])", "--folder", "a b", "--", "later", "--table", "c")
    assert (done.stdout.splitlines(), done.stderr) == (["--folder a b", "--table c"], "")


def test_a_step_that_fails_ends_the_job_with_its_exit_code(tmp_path):
    done = run(tmp_path, "raise SystemExit(3)", "--", "step")
    assert (done.returncode, done.stdout) == (3, "")


def without(*packages: str) -> list[str]:
    """Return the modules of the stages that name none of these packages in their fingerprints."""
    of_stages = [step.modules for step in steps().values()]
    return [name for modules in of_stages if not {*packages} & {*closure(modules)[1]} for name in modules]


def test_the_many_small_steps_have_no_pandas_and_most_of_them_no_numpy():
    neither = {*without("numpy", "pandas")}
    assert {"scripts.core.tables", "scripts.documents.corpus", "scripts.framing"} <= neither
    with_numpy = {*without("pandas")} - neither
    assert {"scripts.words.counts", "scripts.words.similarity", "scripts.attribution"} <= with_numpy
    code = (
        "import sys, importlib; sys.modules |= {'scipy': None, 'sklearn': None}; "
        f"[*map(importlib.import_module, {sorted(with_numpy)})]; print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stdout == "False\n", done.stderr


def test_steps_without_numpy_start_without_it(tmp_path):
    code = f"import importlib; [*map(importlib.import_module, {without('numpy', 'pandas')})]; print('all')"
    assert run(tmp_path, code, packages=()).stdout == "all\n"
