"""The record of final files: read with care, and compared with the files."""

import json
import os
import sys

import pytest

from scripts.core import recorded as program
from scripts.core.recorded import RECORD, Written, deviations, file_sha256, read_record, unsound

NAMES = ("tables/a.csv", "tables/b.csv", "documents/p.html", "report.html")


@pytest.fixture
def results(tmp_path):
    """Return a results folder whose files are as the record has them."""
    files = {}
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"bytes of {name}")
        files[name] = [path.stat().st_size, path.stat().st_mtime_ns, file_sha256(path)]
    (tmp_path / RECORD).write_text(json.dumps({"since": None, "files": files}))
    return tmp_path


def damage(path):
    """Turn over one bit of a file and keep its size and date."""
    state = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def edit(path):
    path.write_text("by hand")


def wrong_files(results, *, read_all):
    record = read_record(results)
    return [tuple(each) for each in deviations(results, record, record.files, read_all=read_all)]


def test_what_happened_to_a_file_is_told(results):
    assert wrong_files(results, read_all=True) == []
    damage(results / "tables/a.csv")
    edit(results / "tables/b.csv")
    (results / "report.html").unlink()
    os.utime(results / "documents/p.html")
    missing, edited = ("report.html", "missing"), ("tables/b.csv", "edited")
    assert wrong_files(results, read_all=True) == [("tables/a.csv", "damaged"), edited, missing]
    assert wrong_files(results, read_all=False) == [edited, missing]
    (results / "report.html").mkdir()
    assert wrong_files(results, read_all=False) == [edited, missing]


def test_files_of_a_run_that_has_not_come_to_its_end_are_not_known(results):
    content = json.loads((results / RECORD).read_text())
    since = (results / "tables/b.csv").stat().st_mtime_ns + 10**9
    (results / RECORD).write_text(json.dumps(content | {"since": since}))
    for name, moment in (("tables/a.csv", since - 1), ("tables/b.csv", since)):
        edit(results / name)
        os.utime(results / name, ns=(moment, moment))
    damage(results / "report.html")
    assert wrong_files(results, read_all=True) == [("tables/a.csv", "edited"), ("report.html", "damaged")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b'{"since": null, "files": {"a": [1, 2',
        b"[]",
        b"3",
        b"{}",
        b'{"files": {}}',
        b'{"since": [], "files": {}}',
        b'{"since": null, "files": []}',
        b'{"since": null, "files": {"a": [1]}}',
        b'{"since": null, "files": {"a": {"state": [1, 2], "sha256": "x"}}}',
        b"[" * 100_000,
    ],
)
def test_of_a_record_that_cannot_be_read_nothing_is_known(results, content):
    (results / RECORD).write_bytes(content)
    record = read_record(results)
    assert (record.files, record.since) == ({}, 0)
    assert str(results / RECORD) in record.fault


def test_without_a_record_nothing_is_known(tmp_path):
    assert read_record(tmp_path) == ({}, 0, "")


def test_a_record_is_read_as_it_was_written(results):
    record = read_record(results)
    path = results / "report.html"
    assert record.files["report.html"] == Written(path.stat().st_size, path.stat().st_mtime_ns, file_sha256(path))
    assert (record.since, record.fault) == (None, "")


def test_files_and_folders_are_checked_before_something_vouches_for_them(results, tmp_path):
    paths = [results / "tables/a.csv", results / "documents", results / "stages/unknown.json", tmp_path.parent / "away"]
    assert unsound(results, paths, edited_too=True) == []
    damage(results / "documents/p.html")
    edit(results / "tables/a.csv")
    edit(results / "tables/b.csv")
    assert [line.split()[0] for line in unsound(results, paths, edited_too=True)] == [
        str(results / "tables/a.csv"),
        str(results / "documents/p.html"),
    ]
    assert len(unsound(results, paths, edited_too=False)) == 1


def test_the_program_ends_with_the_names_of_the_first_files(results, monkeypatch, capsys):
    call = ["record", str(results), *(str(results / name) for name in NAMES)]
    monkeypatch.setattr(sys, "argv", call)
    program.main()
    edit(results / "tables/a.csv")
    monkeypatch.setattr(sys, "argv", [*call, "--keep-edited"])
    program.main()
    for name in NAMES:
        edit(results / name)
    monkeypatch.setattr(program, "_NAMED", 2)
    monkeypatch.setattr(sys, "argv", call)
    with pytest.raises(SystemExit, match=r"(?s)a.csv has been edited.*b.csv.*And 2 more: `snakemake verify`") as end:
        program.main()
    assert str(end.value).count("\n") == 2


@pytest.mark.parametrize(
    ("option", "name"), [("--tables", "a.csv"), ("--tables", "a.parquet"), ("--parquet", "a.parquet")]
)
def test_the_program_checks_the_files_of_a_table(results, option, name, monkeypatch):
    path = results / "tables" / name
    path.write_text("rows")
    record = json.loads((results / RECORD).read_text(encoding="utf-8"))
    record["files"][f"tables/{name}"] = [path.stat().st_size, path.stat().st_mtime_ns, file_sha256(path)]
    (results / RECORD).write_text(json.dumps(record), encoding="utf-8")
    call = ["record", str(results), "--folder", str(results / "tables"), option, "a"]
    edit(results / "tables/b.csv")
    if option == "--parquet":
        edit(results / "tables/a.csv")
    monkeypatch.setattr(sys, "argv", call)
    program.main()
    edit(path)
    with pytest.raises(SystemExit, match=f"{name} has been edited") as end:
        program.main()
    assert "\n" not in str(end.value)


def test_what_was_in_a_folder_that_is_a_file_now_is_not_missed(results):
    record = json.loads((results / RECORD).read_text(encoding="utf-8"))
    record["files"]["tables/a.csv/0.parquet"] = [1, 1, "0" * 64]
    (results / RECORD).write_text(json.dumps(record), encoding="utf-8")
    assert unsound(results, [results / "tables/a.csv"], edited_too=True) == []
    (results / "tables/a.csv").unlink()
    assert len(unsound(results, [results / "tables/a.csv"], edited_too=True)) == 2
