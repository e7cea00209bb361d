"""The sheets in the coding folder, and the manifest that sees their content."""

import pytest

from scripts.core.limits import Budget
from scripts.core.planned import files_in, read_files
from scripts.framing.sheet_files import coding_manifest


def test_sheets_are_tables_in_any_spelling_but_no_hidden_or_locked_ones(tmp_path):
    for name in ("anna.csv", "ben.CSV", "c {1}.xlsx", "~$c.xlsx", ".~lock.anna.csv#", ".d.csv", "notes.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "old.csv").mkdir()
    assert [path.name for path in files_in(tmp_path)] == ["anna.csv", "ben.CSV", "c {1}.xlsx"]
    assert files_in(tmp_path / "nowhere") == []


def test_manifest_changes_with_content_and_not_with_time(tmp_path):
    sheet, codes = tmp_path / "coding" / "anna.csv", tmp_path / "model.csv"
    sheet.parent.mkdir()
    sheet.write_bytes(b"one")
    codes.write_bytes(b"two")
    coding = {"folder": str(sheet.parent), "machines": ["dictionary", str(codes)]}
    first = coding_manifest(coding, [], Budget())
    sheet.touch()
    assert coding_manifest(coding, [], Budget()) == first
    (tmp_path / "files.jsonl").write_text(first, encoding="utf-8")
    assert read_files(tmp_path / "files.jsonl", "sheet") == {str(sheet): b"one"}
    assert read_files(tmp_path / "files.jsonl", "machine") == {str(codes): b"two"}
    sheet.write_bytes(b"edited")
    assert coding_manifest(coding, [], Budget()) != first
    codes.unlink()
    with pytest.raises(FileNotFoundError, match=r"framing\.coding\.machines: there is no file"):
        coding_manifest(coding, [], Budget())
