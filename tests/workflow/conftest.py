"""The run that several files of tests look at, each in a copy of its own: made once, whichever file comes first."""

import re
import shutil
from pathlib import Path

import pytest

from tests.workflow.project import SEEDS, batch_of, copy_project, run

# Three batches of one seed each, a page for each document, and texts in files beside the report.
_SETTINGS = {"batch_size": "1", "document_pages": "true", "megabytes": "0.01"}
MADE = ("all",)


def _make(folder: Path) -> None:
    """Run a project to the end."""
    project = copy_project(folder, seeds=SEEDS)
    config = project / "config.yaml"
    text = config.read_text(encoding="utf-8")
    for name, setting in _SETTINGS.items():
        text, number = re.subn(rf"(?m)^( *{name}:) \S+", rf"\1 {setting}", text)
        assert number == 1
    config.write_text(text, encoding="utf-8")
    done = run(project, *MADE)
    assert done.code == 0, done.output
    assert done.batches("parses") == {batch_of(name) for name in SEEDS}


@pytest.fixture(scope="session")
def finished(made_once):
    """Return a project with three batches of one seed each, run to the end; it is only to be copied."""
    return made_once("finished", _make)


@pytest.fixture
def project(finished, tmp_path):
    """Return a copy of that project, with its time stamps, to change."""
    return shutil.copytree(finished, tmp_path / "project", symlinks=True)
