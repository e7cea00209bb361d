"""A fault of the machine, of what is installed or of the program ends its step, and the next run makes it up."""

import importlib.metadata
import shutil

import pyarrow.parquet as pq
import pytest

from scripts.core.models import model_directory
from tests.conftest import MODEL
from tests.workflow.project import copy_project, run
from tests.workflow.test_guard import TEXT, plant

COPY = "own/model"  # a folder of the user's, as `model` names it
BATCH = "results/batches/all"
WEIGHTS = f"{COPY}/ner/model"
FLIP = "path = Path({!r}); data = bytearray(path.read_bytes()); data[len(data) // 2] ^= 1; path.write_bytes(data)"


@pytest.fixture
def project(tmp_path):
    """Return a project of two articles and its own copy of the model."""
    project = copy_project(tmp_path / "project", seeds={name: TEXT.format(name) for name in ("a.txt", "b.txt")})
    shutil.copytree(model_directory(MODEL), project / COPY)
    config = project / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("terms: []", "terms: [harbour]")
    config.write_text(text.replace(f"model: {MODEL}", f"model: {COPY}"), encoding="utf-8")
    return project


def change(project, code):
    """Run Python code in the project's folder."""
    exec(code, {"Path": lambda name: project / name})


def failed(project, step):
    """Return the documents on which a step of the batch failed."""
    return pq.read_table(project / BATCH / f"{step}_problems.parquet")["seed"].to_pylist()


def test_a_model_that_cannot_be_loaded_ends_the_step(project):
    (project / WEIGHTS).write_bytes(b"\xc1" + (project / WEIGHTS).read_bytes()[1:])
    done = run(project, f"{BATCH}/parses.parquet")
    assert done.code != 0 and "spacy" in done.output, done.output
    assert not (project / BATCH / "parses.parquet").exists()


def test_a_bit_flipped_in_the_installed_model_ends_the_run_before_it_begins(project):
    site = project / "site"
    package = importlib.metadata.distribution(MODEL)
    for name in {file.parts[0] for file in package.files}:
        shutil.copytree(package.locate_file(name), site / name)
    config = project / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace(f"model: {COPY}", f"model: {MODEL}"), encoding="utf-8")
    (weights,) = site.glob("*/*/ner/model")
    change(project, FLIP.format(weights.relative_to(project).as_posix()))
    done = run(project, PYTHONPATH=str(site))
    assert done.code != 0 and "are not those that were published" in done.output, done.output
    assert not (project / "results").exists()


# Two steps whose jobs do not need each other. Each kind of fault is tried in tests/core/test_guard.py.
MACHINE = {"quotes": "OSError(28, 'planted')", "counts": "MemoryError('planted')"}


def test_faults_of_the_machine_of_the_program_and_of_documents_are_told_apart(project):
    before = [plant(project, step, "b.txt", error) for step, error in MACHINE.items()]
    targets = [f"{BATCH}/{step}_problems.parquet" for step in MACHINE]
    done = run(project, "--keep-going", *targets)
    assert done.code != 0, done.output
    for step, target in zip(MACHINE, targets, strict=True):
        assert not (project / target).exists(), step
        log = (project / "results" / "logs" / step / "all.log").read_text(encoding="utf-8")
        assert "planted" in log.splitlines()[-1], step
    for path, code in before:
        path.write_text(code, encoding="utf-8")

    # A step that fails on a document does without it.
    path, code = plant(project, "quotes", "b.txt")
    assert run(project, *targets).code == 0
    assert [failed(project, step) for step in MACHINE] == [["b.txt"] if step == "quotes" else [] for step in MACHINE]

    # Documents that all fail alike are the program's fault.
    path.write_text(code, encoding="utf-8")
    plant(project, "quotes", ".txt")
    done = run(project, f"{BATCH}/quotes.parquet")
    assert done.code != 0, done.output
    assert "so this is a fault of the program or of what is installed" in " ".join(done.output.split()), done.output
    assert not (project / BATCH / "quotes.parquet").exists()

    # A mended program tries them all again.
    path.write_text(code, encoding="utf-8")
    assert run(project, f"{BATCH}/quotes.parquet").rules == {"quotes"}
    assert failed(project, "quotes") == []
    assert {*pq.read_table(project / BATCH / "quotes.parquet")["doc_id"].to_pylist()} == {"a.txt", "b.txt"}
