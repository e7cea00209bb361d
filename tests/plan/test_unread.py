"""Files that lie where they are not read have a row, and so have files and folders that are not there."""

from pathlib import Path

import pytest

from scripts.plan.settings import check
from scripts.plan.unread import not_there, unread_files


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("config.yaml").touch()


@pytest.mark.parametrize(
    ("folder", "read", "unread"),
    [
        ("review", "a.csv b.XLSX c.qdpx", "a.ods b.docx c"),
        ("coding", "anna.csv", "anna.numbers p.qdpx"),
        ("topics", "a.csv b.XLSX", "a.pdf a.tsv"),
        ("frames", "housing.yaml", "housing.yml README.md"),
        ("views", "tax.yaml", "tax.yml tax.txt"),
        ("reference", "speech.txt b.md", "speech.docx"),
    ],
)
def test_a_file_of_another_ending_is_a_warning_with_advice(folder, read, unread):
    Path(folder, "old.folder").mkdir(parents=True)
    for name in [*read.split(), *unread.split(), ".hidden", "~$lock.docx"]:
        Path(folder, name).touch()
    rows = unread_files(check({}))
    assert [row.seed for row in rows] == [f"{folder}/{name}" for name in sorted(unread.split())]
    assert all(row.severity == "warning" and "Save it as one of these" in row.message for row in rows)


def test_a_folder_of_two_settings_is_read_for_both_and_that_of_the_project_is_not_looked_at():
    config = check(
        {"review": {"folder": "sheets"}, "views": "sheets", "framing": {"folder": "."}, "topics": {"folder": "seeds"}}
    )
    for name in ("sheets/a.csv", "sheets/b.yaml", "sheets/c.docx", "seeds/a.html"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).touch()
    assert [row.seed for row in unread_files(config)] == ["sheets/c.docx"]


def test_a_file_that_a_setting_names_is_read_wherever_it_is():
    for name in ("topics/topics.yaml", "topics/other.yaml"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).touch()
    (row,) = unread_files(check({"topics": {"file": "topics/topics.yaml", "folder": "topics"}}))
    assert row.seed == "topics/other.yaml"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("sources", "file"),
        ("topics.file", "file"),
        ("topics.folder", "folder"),
        ("review.folder", "folder"),
        ("framing.folder", "folder"),
        ("framing.coding.folder", "folder"),
        ("views", "folder"),
        ("reference_texts", "folder"),
    ],
)
def test_a_file_or_folder_that_a_setting_names_and_that_is_not_there_is_a_warning(key, kind):
    Path("speech.txt").touch()
    Path("sheets").mkdir()
    there, no_such = ("speech.txt", "sheets") if kind == "file" else ("sheets", "speech.txt")
    for name, warned in (("typo", True), (no_such, True), (there, False)):
        settings = name
        for part in reversed(key.split(".")):
            settings = {part: settings}
        rows = not_there(check(settings))
        assert [(row.seed, row.code) for row in rows] == ([(name, f"no-{kind}")] if warned else [])
        assert all(f"`{key}` in config.yaml names this {kind}, but there is none" in row.message for row in rows)
    assert not_there(check({})) == []
