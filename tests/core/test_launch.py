"""Steps that run without pandas and NumPy, although Arrow would import both."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.core.storage import ROOT

STEP = """
import sys
import pyarrow as pa
print(*sys.argv[1:])
print(pa.array(["a", None]).to_pylist(), pa.table({"n": [1, 2]}).column("n").to_pylist())
print("pandas.core" in sys.modules, "numpy.linalg" in sys.modules)
"""


def run(folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "step.py").write_text(code, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "scripts.core.launch", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(("option", "numpy"), [([], "True"), (["--no-numpy"], "False")])
def test_a_step_gets_its_arguments_and_arrow_without_pandas(tmp_path, option, numpy):
    done = run(tmp_path, STEP, *option, "step", "--table", "a b")
    assert (done.stdout.splitlines(), done.stderr) == (["--table a b", "['a', None] [1, 2]", f"False {numpy}"], "")


def test_without_the_launcher_arrow_imports_both(tmp_path):
    (tmp_path / "step.py").write_text(STEP, encoding="utf-8")
    done = subprocess.run([sys.executable, tmp_path / "step.py"], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "True True"


def test_a_data_frame_is_still_to_be_had(tmp_path):
    code = "import pyarrow as pa; print(pa.table({'n': [1, 2]}).to_pandas()['n'].sum())"
    assert run(tmp_path, code, "step").stdout == "3\n"


def test_numpy_cannot_come_in_unseen(tmp_path):
    assert "ModuleNotFoundError: import of numpy halted" in run(tmp_path, "import numpy", "--no-numpy", "step").stderr


def test_spacy_comes_without_its_command_line(tmp_path):
    code = "import sys, spacy; print(spacy.blank('en')('A word')[1].text, *{'typer', 'httpx'} & {*sys.modules})"
    assert run(tmp_path, code, "--spacy", "step").stdout == "word\n"
    assert run(tmp_path, code, "step").stdout != "word\n"


def test_the_exit_code_is_that_of_the_step(tmp_path):
    assert run(tmp_path, "raise SystemExit(3)", "step").returncode == 3


def test_steps_of_one_job_run_in_their_order_with_the_same_options(tmp_path):
    (tmp_path / "later.py").write_text("import sys; print('later', *sys.argv[1:])", encoding="utf-8")
    done = run(tmp_path, "import sys; print('first', *sys.argv[1:])", "step,later", "--folder", "a b")
    assert (done.stdout.splitlines(), done.stderr) == (["first --folder a b", "later --folder a b"], "")
    assert run(tmp_path, "raise SystemExit(3)", "step,later").stdout == ""


def test_pandas_is_as_ever_where_a_step_uses_it(tmp_path):
    assert run(tmp_path, STEP, "--pandas", "step").stdout.splitlines()[-1] == "True True"


RULES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("workflow/rules/*.smk")))


def launched(options: str) -> list[str]:
    """Return the modules that the rules start with options of the launcher."""
    steps = re.findall(rf"launch {options} ?(scripts[\w.,]+)", RULES)
    return sorted({module for modules in steps for module in modules.split(",")})


@pytest.mark.parametrize("module", launched("(?:--no-numpy|{params.numpy})"))
def test_steps_that_run_without_numpy_do_not_import_it(module):
    command = [sys.executable, "-m", "scripts.core.launch", "--no-numpy", module, "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("module", launched("(?:--spacy|{params.numpy})?"))
def test_steps_that_run_without_pandas_do_not_import_it(module):
    code = f"import sys, importlib; importlib.import_module({module!r}); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stdout == "False\n", done.stderr
