"""Names of files and sheets are UTF-8 in a locale that is not, by `snakemake` and by `newsloom` alike."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.core.storage import read_parquet
from tests.workflow.project import ROOT, copy_project

# Names as the locale of the tests has them, which may be ASCII too.
SEEDS = {
    os.fsdecode("café.txt".encode()): "The mayor said that the harbour is closed.\n",
    "metadata.csv": "path,title\ncafé.txt,Été\n",
}
# As in a locale in which names of files are not UTF-8, of which none may be installed.
LOCALE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
TABLE = os.fsdecode("résultats/tables/documents.parquet".encode())


def _snakemake(project: Path) -> list[str]:
    return ["-m", "snakemake", "--cores", "2", "--workflow-profile", "workflow/profiles/plain"]


def _newsloom(project: Path) -> list[str]:
    return ["-m", "newsloom", "run", "--folder", str(project), "--cores", "2"]


# tests/newsloom/test_command.py has a test of the encoding that `newsloom` gives Snakemake.
@pytest.mark.parametrize("command", [_snakemake, pytest.param(_newsloom, marks=pytest.mark.slow)])
def test_an_article_with_an_accent_in_its_name_is_read(tmp_path: Path, command) -> None:
    project = copy_project(tmp_path / "news", seeds=SEEDS)
    config = (project / "config.yaml").read_text("utf-8").replace("results: results", "results: résultats")
    (project / "config.yaml").write_text(config, encoding="utf-8")
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    done = subprocess.run(
        [sys.executable, *command(project), TABLE],
        cwd=project if command is _snakemake else ROOT,
        env=environment | LOCALE,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    [row] = read_parquet(shutil.copy(project / TABLE, tmp_path / "documents.parquet"), ["doc_id", "title"]).to_pylist()
    assert row == {"doc_id": "café.txt", "title": "Été"}
