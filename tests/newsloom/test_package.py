"""The wheel and the sdist: what is in them, and that the unpacked wheel runs by itself, with articles elsewhere."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest

from scripts.core.storage import ROOT, read_parquet
from tests.conftest import ARTICLE

_FOLDERS = ("scripts", "workflow", "docs")
_TOP = {"Snakefile", "config/config.yaml", "pyproject.toml", "README.md", "CITATION.cff"}
_BUILT_FROM = (*_FOLDERS, "newsloom", "config", "requirements", "seeds", ".gitignore", "CHANGELOG.md", "LICENSE", *_TOP)
# Files that users edit or put into a checkout.
_OF_USERS = (
    "config.yaml", "sources.csv", "topics.yaml", "seeds/mine.txt", "seeds/metadata.csv", "review/corrections.csv",
    "coding/me.csv", "frames/mine.yaml", "views/tax.yaml", "reference/speech.txt", "topics/me.csv",
)  # fmt: skip
_DEFAULTS = (ROOT / "config.yaml").read_bytes()
_RUN = "from newsloom.command import main; main()"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder of a wheel and an sdist, built in a checkout with a user's settings and files."""
    folder, project = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("project")
    for name in _BUILT_FROM:
        (project / name).parent.mkdir(exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, project / name)
    for name in _OF_USERS:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("# a user's own\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=project, check=True)
    return folder


def files(*folders):
    """Return the paths in the project of all files below some of its folders, but for what is no part of it."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in paths if "__pycache__" not in path.parts}


def test_the_wheel_holds_the_workflow_and_the_command_and_nothing_else(built):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        (entry,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "newsloom = newsloom.command:main" in archive.read(entry).decode()
    project = files(*_FOLDERS) | _TOP
    assert names == {f"newsloom/project/{name}" for name in project} | files("newsloom")


def test_the_sdist_holds_what_the_wheel_is_made_of(built):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    made_of = files("newsloom", *_FOLDERS) | _TOP | {"LICENSE"}
    assert made_of <= names
    assert not names & set(_OF_USERS)
    assert not {name for name in names if name.startswith(("tests", "benchmarks", ".venv", "results"))}


def test_the_wheel_has_what_the_steps_read_at_the_top():
    code = "".join((ROOT / name).read_text(encoding="utf-8") for name in files("scripts") if name.endswith(".py"))
    read = set(re.findall(r'ROOT / "([^"/]+)"', code)) - set(_FOLDERS)
    assert "CITATION.cff" in read and read <= _TOP


@pytest.fixture
def installed(built, tmp_path):
    """Return a function that calls the command of the unpacked wheel from a folder where no project is."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")

    def call(*arguments):
        environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
        command = [sys.executable, "-P", "-c", _RUN, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")

    return call


def test_the_installed_command_reads_articles_in_a_folder_of_the_users(installed, tmp_path):
    assert installed("init", "my articles").returncode == 0
    assert (tmp_path / "my articles" / "config.yaml").read_bytes() == _DEFAULTS
    (tmp_path / "my articles" / "seeds" / "a.txt").write_text("The mayor said no.\n", encoding="utf-8")
    done = installed("run", "--folder", "my articles", "--cores", "2", "results/tables/documents.parquet")
    assert done.returncode == 0, done.stderr
    assert "1 file in seeds: 1 added" in done.stderr
    tables = tmp_path / "my articles" / "results" / "tables"
    assert read_parquet(tables / "documents.parquet", ["doc_id"]).to_pylist() == [{"doc_id": "a.txt"}]
    assert sorted(path.name for path in (tmp_path / "my articles").iterdir()) == [
        ".snakemake", "config.yaml", "results", "seeds",
    ]  # fmt: skip


@pytest.mark.slow
def test_the_installed_command_makes_the_report(installed, tmp_path):
    installed("init", "mine")
    (tmp_path / "mine" / "seeds" / ARTICLE.name).write_bytes(ARTICLE.read_bytes())
    done = installed("run", "--folder", "mine", "--cores", "2")
    assert done.returncode == 0, done.stderr
    report = installed("report", "--folder", "mine")
    assert report.stdout.strip().endswith("report.html") and "0.3" in (
        tmp_path / "mine" / "results" / "provenance.json"
    ).read_text(encoding="utf-8")


def test_no_annotation_subscripts_what_the_oldest_python_cannot():
    """`array.array` takes a type in brackets from Python 3.12 on; in a string it is not evaluated."""
    faulty = []
    for name in sorted(files("scripts", "newsloom")):
        code = (ROOT / name).read_text(encoding="utf-8") if name.endswith(".py") else ""
        if "from array import array" in code:
            faulty += [f"{name}: {line}" for line in re.findall(r"(?:->|:) array\[\w+\]", code)]
    assert faulty == []
