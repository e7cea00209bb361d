"""The way out and back through the real DAG: export a project, change it as another tool would, put it into review/."""

import csv
from xml.etree.ElementTree import Element

import pyarrow.parquet as pq
import pytest
from lxml import etree

from scripts.projects.codes import CODED
from tests.made_projects import SCHEMA, changed, delete, members, put, zipped
from tests.workflow.project import copy_project, run

TEXT = "The harbour will close, Mayor Ann Smith said on Monday.\r\n\r\n“We have no choice,” said Omar Haddad.\r\n"
TARGETS = [
    f"results/tables/{name}.parquet" for name in ("quotes", "corrections_applied", "project_codings", "problems")
]


def table(project, name):
    return pq.read_table(project / "results" / "tables" / f"{name}.parquet").to_pylist()


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project whose corpus was exported, and came back with changes and beside files that are none."""
    project = copy_project(tmp_path_factory.mktemp("projects"), seeds={"harbour.txt": TEXT})
    done = run(project, "qdpx", "coding_sheet")
    assert done.code == 0, done.output
    sent = (project / "results" / "exports" / "project.qdpx").read_bytes()
    SCHEMA.assertValid(etree.fromstring(members(sent)["project.qde"]))
    (document,) = table(project, "documents")
    (quote,) = [row for row in table(project, "quotes") if row["type"] == "direct"]
    span = tuple(quote["content_spans"][0])
    length = len(document["text"])

    def change(root: Element) -> None:
        delete(root, span, ("Speakers", "Omar Haddad"))
        put(root, span, ("Speakers", "Amal Haddad"))
        put(root, (0, length), CODED)
        put(root, span, ("Frames", "generic", "conflict"))
        put(root, span, ("irony",))

    # A file that is no sheet, with a name that Snakemake could take for a wildcard, must stop nothing.
    (project / "coding").mkdir()
    (project / "coding" / "notes {draft}.csv").write_text("Ask Ann.\n", encoding="utf-8")
    (project / "review").mkdir()
    (project / "review" / "study {1}.qdpx").write_bytes(changed(sent, change))
    bomb = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project>&x;</Project>'
    (project / "review" / "bomb.qdpx").write_bytes(zipped({"project.qde": bomb, "../../outside.txt": b"x"}))
    done = run(project, *TARGETS, "reliability")
    assert done.code == 0, done.output
    return project


def test_what_was_changed_there_is_corrected_here(project) -> None:
    (quote,) = [row for row in table(project, "quotes") if row["type"] == "direct"]
    assert (quote["speaker"], quote["corrected_by"]) == ("Amal Haddad", "study {1}.qdpx, row 1")
    (fate,) = table(project, "corrections_applied")
    assert (fate["what"], fate["old"], fate["new"], fate["who"], fate["status"]) == (
        "speaker", "Omar Haddad", "Amal Haddad", "Ann", "applied",
    )  # fmt: skip


def test_codes_of_frames_are_a_coders_codes(project) -> None:
    rows = {row["frame"]: row for row in table(project, "frame_confusion")}
    assert rows["conflict"]["both"] + rows["conflict"]["human_only"] == 1
    assert sum(rows["economic"][name] for name in ("both", "machine_only", "human_only", "neither")) == 2


def test_a_sheet_of_the_sentences_is_drawn_and_a_file_that_is_none_is_named(project) -> None:
    """Filled sheets of two coders are slow: test_coding.py."""
    with (project / "results" / "coding" / "coding_sheet.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["doc_id"] for row in rows] == ["harbour.txt"] * 2
    problems = {(row["sheet"], row["code"]) for row in table(project, "frame_coding_problems")}
    assert ("notes {draft}.csv", "sheet") in problems


def test_foreign_codes_and_broken_files_are_problems_and_nothing_is_written_elsewhere(project) -> None:
    problems = {(row["seed"], row["code"]): row["message"] for row in table(project, "problems")}
    assert "'irony'" in problems["review/study {1}.qdpx", "project-foreign-code"]
    assert "document type" in problems["review/bomb.qdpx", "correction-invalid"]
    assert not problems["review/bomb.qdpx", "correction-invalid"].endswith("or delete it.")
    (foreign,) = [row for row in table(project, "project_codings") if row["status"] == "foreign"]
    assert (foreign["doc_id"], foreign["code"], foreign["who"]) == ("harbour.txt", "irony", "Ann")
    made = {path.name for path in project.iterdir()} - {".snakemake"}
    assert made == {
        "seeds", "results", "review", "coding", "scripts", "workflow", "profiles", "Snakefile", "config.yaml",
        "pyproject.toml", "CITATION.cff",
    }  # fmt: skip
    assert not (project.parent / "outside.txt").exists()
