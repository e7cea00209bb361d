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
WEIGHTS, TITLES = f"{COPY}/parser/model", "workflow/lexicons/titles.txt"
MAIN = "def main() -> None:\n"
# Done once, by the job that runs between the plan and those under test.
EVENT = """
    from pathlib import Path

    if not Path("happened").exists():
        Path("happened").touch()
        exec(Path("event.py").read_text(encoding="utf-8"))

"""
FLIP = "path = Path({!r}); data = bytearray(path.read_bytes()); data[len(data) // 2] ^= 1; path.write_bytes(data)"
MOVE = "Path({!r}).rename({!r})"


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


def ended_and_made_up(project, event, undo, step, message):
    """Let an event happen between the plan and a step, which must end it; the next run makes it up."""
    (project / "event.py").write_text(event, encoding="utf-8")
    documents = project / "scripts" / "documents" / "__main__.py"
    code = documents.read_text(encoding="utf-8")
    assert MAIN in code
    documents.write_text(code.replace(MAIN, MAIN + EVENT), encoding="utf-8")
    target = f"{BATCH}/{step}.parquet"
    done = run(project, target)
    assert done.code != 0 and message in done.output, done.output
    assert not (project / target).exists()
    change(project, undo)
    again = run(project, target)
    assert again.code == 0 and step in again.rules, again.output
    assert failed(project, step) == [] and pq.read_table(project / target).num_rows


@pytest.mark.slow
def test_a_model_that_changes_after_the_plan_or_cannot_be_loaded_ends_the_step(project):
    flip = FLIP.format(WEIGHTS)
    ended_and_made_up(project, flip, flip, "parses", f"model: {COPY} has changed since this run was planned")
    (project / WEIGHTS).write_bytes(b"\xc1" + (project / WEIGHTS).read_bytes()[1:])
    done = run(project, f"{BATCH}/parses.parquet")
    assert done.code != 0 and "spacy" in done.output, done.output
    assert not (project / BATCH / "parses.parquet").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("event", "undo", "step", "message"),
    [
        (MOVE.format(COPY, "away"), "(Path('away')).rename(Path('own/model'))", "parses", "no spaCy model"),
        (FLIP.format(TITLES), FLIP.format(TITLES), "quotes", f"{TITLES} has changed since this run was planned"),
    ],
    ids=["model away for a moment", "bit flipped in a list"],
)
def test_what_a_job_finds_changed_since_the_plan_ends_it(project, event, undo, step, message):
    """Without the DAG: tests/core/test_models.py and tests/core/test_fingerprints.py."""
    ended_and_made_up(project, event, undo, step, message)


def test_a_bit_flipped_in_the_installed_model_ends_the_run_before_it_begins(project):
    site = project / "site"
    package = importlib.metadata.distribution(MODEL)
    for name in {file.parts[0] for file in package.files}:
        shutil.copytree(package.locate_file(name), site / name)
    config = project / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace(f"model: {COPY}", f"model: {MODEL}"), encoding="utf-8")
    (weights,) = site.glob("*/*/parser/model")
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
