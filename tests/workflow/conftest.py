"""The run that several files of tests look at, each in a copy of its own: made once, whichever file comes first."""

import os
import re
import shutil
from pathlib import Path

import portalocker
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
def finished(tmp_path_factory):
    """Return a project with three batches of one seed each, run to the end; it is only to be copied."""
    # The processes of pytest-xdist have folders of their own below one that they share.
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "finished"
    with folder.with_suffix(".lock").open("w") as lock:
        portalocker.lock(lock, portalocker.LOCK_EX)
        if not folder.exists():
            begun = folder.with_suffix(".begun")
            shutil.rmtree(begun, ignore_errors=True)
            _make(begun)
            begun.rename(folder)
    return folder


@pytest.fixture
def project(finished, tmp_path):
    """Return a copy of that project, with its time stamps, to change."""
    return shutil.copytree(finished, tmp_path / "project", symlinks=True)
