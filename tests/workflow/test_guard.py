"""Each step fails on one document of ten, on the real DAG: the other nine are analysed, and one row says so."""

import csv
import re
import shutil

import pytest

from scripts.core.guard import STEPS
from tests.workflow.project import copy_project, run

LOGS = re.compile(r"logs/\w+")
TEXT = "The harbour will close, Mayor Ann Smith said on Monday.\n\n“We blame the government,” Smith of {} said.\n"
# Where each step looks at a document: its module, the function, and the document's name among the arguments.
PLANTED = {
    "documents": ("documents/batch.py", "_document", "args[0]['doc_id']"),
    "tokens": ("parsing/tokens.py", "segmented_doc", "args[0]"),
    "parses": ("parsing/parses.py", "spacy_doc", "args[1].doc_id"),
    "entities": ("entities/__main__.py", "decided_entities", "args[0].doc_id"),
    "quotes": ("attribution/__main__.py", "find_quotes", "args[0].doc_id"),
    "frame_codes": ("framing/__main__.py", "code_document", "args[0].doc_id"),
    "valence": ("framing/vader.py", "rows_to_table", "''.join(row['doc_id'] for row in args[1])"),
    "counts": ("words/counts.py", "read_words", "''.join(args[0]['doc_id'].to_pylist())"),
    "concordance": ("words/concordance.py", "concordance_table", "''.join(args[0]['doc_id'].to_pylist())"),
    "topic_hits": ("stories/topic_hits.py", "document_hits", "args[0].doc_id"),
}
# The steps that a document must have come through to be in a table.
NEEDED = {
    "documents": ["documents"],
    "sentences": ["documents", "tokens"],
    "entities": ["documents", "tokens", "parses", "entities"],
    "quotes": ["documents", "tokens", "parses", "quotes"],
    "frame_codes": ["documents", "tokens", "parses", "frame_codes"],
    "valence": ["documents", "tokens", "valence"],
    "diversity": ["documents", "tokens", "parses", "counts"],
    "concordance": ["documents", "tokens", "concordance"],
    "topic_hits": ["documents", "tokens", "parses", "topic_hits"],
}
FAULT = """

_sound_{name} = {name}


def {name}(*args, **options):
    if {ill!r} in {doc_id}:
        raise {error}
    return _sound_{name}(*args, **options)


"""


def plant(project, step, ill, error="ZeroDivisionError('planted')"):
    """Make a step raise an error on the documents with `ill` in their names; return its module and the code before."""
    file, name, doc_id = PLANTED[step]
    path = project / "scripts" / file
    before = path.read_text(encoding="utf-8")
    code, mark, main = before.partition("\ndef main()")
    assert name in code
    path.write_text(code + FAULT.format(name=name, doc_id=doc_id, ill=ill, error=error) + mark + main, encoding="utf-8")
    return path, before


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """Return a run over a sound document and one for each step, on which that step fails."""
    names = ["sound.txt", *(f"ill-{step}.txt" for step in STEPS)]
    seeds = {name: TEXT.format(name) for name in names}
    project = copy_project(tmp_path_factory.mktemp("faulty") / "project", seeds=seeds)
    config = project / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("terms: []", "terms: [harbour]"), encoding="utf-8")
    (project / "topics.yaml").write_text("harbours: [harbour]\n", encoding="utf-8")
    assert PLANTED.keys() == STEPS.keys()
    for step in STEPS:
        plant(project, step, f"ill-{step}.txt")
    return project, run(project, *(f"results/tables/{name}.csv" for name in ("problems", *NEEDED))), set(names)


def documents_of(project, table):
    with (project / "results" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return {row["doc_id"] for row in csv.DictReader(handle)}


def test_the_run_succeeds_with_one_row_for_each_failure(faulty):
    project, done, _ = faulty
    assert done.code == 0, done.output
    with (project / "results" / "tables" / "problems.csv").open(encoding="utf-8", newline="") as handle:
        failed = [row for row in csv.DictReader(handle) if row["code"] == "failed"]
    assert [(row["stage"], row["seed"]) for row in failed] == sorted((step, f"ill-{step}.txt") for step in STEPS)
    assert all("ZeroDivisionError: planted" in row["message"] and "scripts/" in row["message"] for row in failed)


@pytest.mark.parametrize("table", NEEDED)
def test_all_other_documents_are_analysed(faulty, table):
    project, _, names = faulty
    assert documents_of(project, table) == names - {f"ill-{step}.txt" for step in NEEDED[table]}


def test_a_document_that_was_not_parsed_is_said_not_to_be(faulty):
    project = faulty[0]
    with (project / "results" / "tables" / "documents.csv").open(encoding="utf-8", newline="") as handle:
        unparsed = {row["doc_id"] for row in csv.DictReader(handle) if row["parsed"] == "false"}
    assert unparsed == {"ill-tokens.txt", "ill-parses.txt"}


def test_the_traceback_is_in_the_log_that_the_row_names(faulty):
    results = faulty[0] / "results"
    with (results / "tables" / "problems.csv").open(encoding="utf-8", newline="") as handle:
        failed = [row for row in csv.DictReader(handle) if row["code"] == "failed"]
    for step, (folder,) in {row["stage"]: LOGS.findall(row["message"]) for row in failed}.items():
        logs = "".join(path.read_text(encoding="utf-8") for path in (results / folder).glob("*.log"))
        assert "Traceback" in logs and "planted" in logs and f"ill-{step}.txt" in logs, step


def test_strict_fails_on_them(faulty, tmp_path):
    project = shutil.copytree(faulty[0], tmp_path / "project", symlinks=True)
    done = run(project, "results/tables/problems.parquet", "--config", "strict=True")
    assert done.code != 0 and "strict is true" in done.output and "ill-quotes.txt" in done.output
