"""The lines of docs/exchange.md that read everything, run as they stand there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from scripts.core.csv_tables import write_csv
from scripts.core.storage import read_parquet, write_parquet
from tests.report.corpus import NAMES, write_corpus

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
R = re.findall(r"^```r\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COUNTED = {
    "duckdb": "print(*(len(duckdb.sql(f'from {name}').fetchall()) for name in ('quotes', 'documents')))",
    "pandas": "print(len(tables['quotes']), len(tables['documents']))",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for path in write_corpus(folder / "results" / "tables", [*NAMES, "=1+1"]).glob("*.parquet"):
        write_csv(path.with_suffix(".csv"), read_parquet(path))
    return folder


def printed(command: list[str], code: str, folder: Path) -> str:
    done = subprocess.run(command, input=code, cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[-2]


@pytest.fixture(scope="module")
def grouped(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project with a table in two files, as the tokens of a large corpus are."""
    folder = shutil.copytree(project, tmp_path_factory.mktemp("grouped") / "project")
    path = folder / "results" / "tables" / "quotes.parquet"
    quotes = read_parquet(path)
    path.unlink()
    write_parquet(path / "0.parquet", quotes.slice(0, 2))
    write_parquet(path / "10.parquet", quotes.slice(2))
    return folder


@pytest.mark.parametrize("client", COUNTED)
def test_three_lines_of_python_read_everything(client: str, grouped: Path) -> None:
    (lines,) = [block for block in PYTHON if block.startswith(f"import {client}")]
    assert len([line for line in lines.splitlines() if line]) == 3
    assert printed([sys.executable, "-"], f"{lines}\n{COUNTED[client]}\n", grouped) == "6 6"


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_three_lines_of_r_read_everything(project: Path) -> None:
    (lines,) = R
    assert len(lines.splitlines()) == 3
    count = "cat(nrow(tables$quotes), nrow(tables$documents), '\\n')\n"
    assert printed(["Rscript", "-"], lines + count, project).strip() == "6 6"


def test_duckdb_reads_the_same_values_from_parquet(project: Path) -> None:
    for path in sorted((project / "results" / "tables").glob("*.parquet")):
        stored = read_parquet(path)
        table = duckdb.sql(f"from '{path}'").to_arrow_table()
        assert table.column_names == stored.column_names
        assert table.to_pylist() == stored.to_pylist(), path.name
