"""Files that lie where they are not read have a row."""

from pathlib import Path

import pytest

from scripts.plan.settings import check
from scripts.plan.unread import unread_files


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
