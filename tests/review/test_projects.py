"""Manifest, decisions and faults of the projects in the folder of reviews."""

from pathlib import Path

from scripts.core.project_codes import CODED
from scripts.review.projects import read_projects, with_coded_frames
from tests.projects import changed, delete, exported, name, put

TEXT = "Ann Smith of Acme blames the others."
ANN = (0, len("Ann Smith"))


def test_projects_are_read_one_by_one_and_a_broken_one_is_named(tmp_path) -> None:
    sent = exported(tmp_path / "sent.qdpx", {"a.txt": (TEXT, [name("PERSON", "Ann Smith", *ANN)])})
    files = {
        Path("broken.qdpx"): b"PK\x03\x04 no project",
        Path("coded.qdpx"): changed(sent, lambda root: put(root, ANN, CODED)),
        Path("corrected.qdpx"): changed(sent, lambda root: delete(root, ANN)),
    }
    manifest, decisions, faults = read_projects(files)
    assert [(fault.file, fault.row) for fault in faults] == [("broken.qdpx", 0)]
    assert [(each.file, each.what, each.old) for each in decisions] == [("corrected.qdpx", "reject_name", "Ann Smith")]
    assert len(manifest.splitlines()) == 2
    (coded,) = with_coded_frames(manifest)
    assert coded["path"] == "coded.qdpx" and "coded" not in coded


def test_two_names_of_one_mention_are_a_fault_of_the_project(tmp_path) -> None:
    sent = exported(tmp_path / "sent.qdpx", {"a.txt": (TEXT, [name("PERSON", "Ann Smith", *ANN)])})

    def two_names(root) -> None:
        delete(root, ANN)
        put(root, ANN, ("Names", "PERSON", "Ann Lee"))
        put(root, ANN, ("Names", "ORG", "Acme"))

    _, decisions, faults = read_projects({Path("p.qdpx"): changed(sent, two_names)})
    assert decisions == [] and [(fault.file, fault.row) for fault in faults] == [("p.qdpx", 0)]
    assert "no one label and name" in faults[0].message
