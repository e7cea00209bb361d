"""Names of files and sheets are UTF-8 in a locale that is not, by `newsloom`; `snakemake` says what to set."""

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


def _called(folder: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    """Return a call of Python in a folder, in that locale."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path} | LOCALE
    return subprocess.run([sys.executable, *command, TABLE], cwd=folder, env=environment, capture_output=True)


# tests/newsloom/test_command.py has a test of the encoding that `newsloom` gives Snakemake.
@pytest.mark.slow
def test_an_article_with_an_accent_in_its_name_is_read(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "news", seeds=SEEDS)
    config = (project / "config.yaml").read_text("utf-8").replace("results: results", "results: résultats")
    (project / "config.yaml").write_text(config, encoding="utf-8")
    plain = ("-m", "snakemake", "--cores", "2", "--workflow-profile", "workflow/profiles/plain")
    refused = _called(project, *plain)
    assert refused.returncode != 0 and b"PYTHONUTF8=1" in refused.stderr
    done = _called(ROOT, "-m", "newsloom", "run", "--folder", str(project), "--cores", "2")
    assert done.returncode == 0, done.stderr.decode()
    [row] = read_parquet(shutil.copy(project / TABLE, tmp_path / "documents.parquet"), ["doc_id", "title"]).to_pylist()
    assert row == {"doc_id": "café.txt", "title": "Été"}
