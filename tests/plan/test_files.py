"""The files of a plan: a run writes what changed, a command that only looks is shown copies."""

import errno
import logging
import os
import time
from pathlib import Path

import pytest

from scripts.core.own_files import write_own
from scripts.core.recorded import RECORD
from scripts.plan.files import PlanFiles, spaces_before_end
from scripts.plan.lock import AlreadyRunning

TEXTS = {"stages/words.json": "new", "batches/all/manifest.jsonl": "same"}


@pytest.fixture
def results(tmp_path):
    """Return a folder in which one of the files is as planned, and all are older than anything."""
    folder = tmp_path / "results"
    for name, text in {**TEXTS, "stages/words.json": "old"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        os.utime(folder / name, (0, 0))
    write_own(folder, TEXTS)
    return folder


def state(folder):
    return {path.name: (path.read_bytes(), path.stat().st_mtime) for path in folder.rglob("*") if path.is_file()}


def test_a_command_that_only_looks_is_shown_copies_of_what_would_change(results):
    (results / "report.html").touch()
    ahead = time.time() + 1e6
    os.utime(results / "report.html", (ahead, ahead))
    before = state(results)
    files = PlanFiles(results, TEXTS)
    same, changed = (str(results / name) for name in ("batches/all/manifest.jsonl", "stages/words.json"))
    assert files.place(same) == same
    assert files.place(str(results / "other.jsonl")) == str(results / "other.jsonl")
    copy = Path(files.place(changed))
    assert copy.read_text(encoding="utf-8") == "new"
    assert copy.stat().st_mtime > ahead
    assert state(results) == before
    assert not copy.is_relative_to(results)


def test_all_copies_are_there_when_snakemake_is_told_of_the_first(results):
    files = PlanFiles(results, {**TEXTS, "stages/rates.json": "new"})
    copy = Path(files.place(str(results / "stages" / "words.json")))
    assert sorted(path.name for path in copy.parent.iterdir()) == ["rates.json", "words.json"]


def test_a_file_that_would_be_renewed_is_shown_as_a_copy(results):
    path = str(results / "batches" / "all" / "manifest.jsonl")
    files = PlanFiles(results, TEXTS, renewed=["batches/all/manifest.jsonl"])
    copy = files.place(path)
    assert copy != path
    assert Path(copy).read_text() == "same \n"


def test_a_run_writes_what_changed_when_snakemake_says_that_it_has_begun(results):
    files = PlanFiles(results, TEXTS, renewed=["batches/all/manifest.jsonl"])
    files.handle(logging.makeLogRecord({"event": "run_info"}))
    assert (results / "stages" / "words.json").read_text(encoding="utf-8") == "old"
    files.handle(logging.makeLogRecord({"event": "workflow_started"}))
    assert (results / "stages" / "words.json").read_text() == "new"
    assert (results / "batches" / "all" / "manifest.jsonl").read_text() == "same \n"
    # A job of this run, whose Snakemake says so too, takes no lock.
    job = PlanFiles(results, {})
    job.write()
    job.handle(logging.makeLogRecord({"event": "workflow_started"}))
    assert (files.results_lock is None, job.results_lock) == (False, None)


def test_a_renewed_file_has_bytes_that_it_never_had_and_stays_as_it_is_until_then(results):
    path = results / "batches" / "all" / "manifest.jsonl"
    spellings = []
    for renewed in ([], [str(path.relative_to(results))], [], [str(path.relative_to(results))], []):
        files = PlanFiles(results, TEXTS, renewed=renewed)
        files.write()
        spellings.append(path.read_text())
    assert spellings == ["same", "same \n", "same \n", "same  \n", "same  \n"]


@pytest.mark.parametrize("content", [b"n\xffw", b"", b"new\r\n", b"new\0"])
def test_a_file_of_other_bytes_is_written_anew(results, content):
    path = results / "stages" / "words.json"
    path.write_bytes(content)
    PlanFiles(results, TEXTS).begin()
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("ahead", [-3, 0, 50, 1e6])
def test_a_changed_file_is_newer_than_every_result_and_what_is_not_ours_keeps_its_date(results, ahead):
    moment = time.time() + ahead
    ours = ["report.html", "batches/all/quotes.parquet", "batches/all/quotes.kept", "report-data/.snakemake_timestamp"]
    others = ["notes.txt", "report-data/mine.txt", "batches/mine/notes.parquet", "batches/mine", "documents"]
    write_own(results, {*TEXTS, *ours[:2]})
    write_own(results / "report-data", ["a.html"])
    (results / "documents").mkdir()
    for name in (*ours, *others):
        (results / name).parent.mkdir(exist_ok=True)
        if not (results / name).is_dir():
            (results / name).touch()
        os.utime(results / name, (moment, moment))
    dates = [(results / name).stat().st_mtime_ns for name in others]
    PlanFiles(results, TEXTS).begin()
    newest = max((results / name).stat().st_mtime_ns for name in ours)
    assert (results / "stages" / "words.json").stat().st_mtime_ns > newest
    assert [(results / name).stat().st_mtime_ns for name in others] == dates


def test_a_record_that_cannot_be_read_is_told_once(results, capsys):
    (results / RECORD).write_bytes(b'{"since": null, "fil')
    for _ in range(2):
        PlanFiles(results, TEXTS).begin()
    assert capsys.readouterr().err.count("cannot be read") == 1


def test_the_process_in_a_damaged_lock_is_unknown(results):
    (results / ".lock").write_bytes(b"\xff\xfe")
    first = PlanFiles(results, TEXTS)
    first.begin()
    (results / ".lock").write_bytes(b"\xff\xfe")
    with pytest.raises(AlreadyRunning, match=r"process unknown"):
        PlanFiles(results, TEXTS).begin()


def test_a_second_run_is_told_of_the_first_and_a_dead_one_is_no_obstacle(results):
    first = PlanFiles(results, TEXTS)
    first.begin()
    with pytest.raises(AlreadyRunning, match=r"process \d+\)"):
        PlanFiles(results, TEXTS).begin()
    with pytest.raises(SystemExit, match="another run is in progress"):
        PlanFiles(results, TEXTS).handle(logging.makeLogRecord({"event": "workflow_started"}))
    first.results_lock.close()
    PlanFiles(results, TEXTS).begin()


def test_a_folder_that_cannot_be_made_is_told_with_the_setting(tmp_path):
    (tmp_path / "file").touch()
    files = PlanFiles(tmp_path / "file" / "results", TEXTS)
    with pytest.raises(
        SystemExit, match=r"results: the folder .*results cannot be used \(Not a directory\)\. Set `res"
    ):
        files.handle(logging.makeLogRecord({"event": "workflow_started"}))


def test_a_file_system_without_locks_is_told_and_no_obstacle(results, monkeypatch, capsys):
    def refuse(handle, operation):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("portalocker.portalocker.LOCKER", refuse)
    PlanFiles(results, TEXTS).begin()
    assert "No locks available" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "content", "spaces"),
    [("{}\n", "{}\n", 0), ("{}\n", "{}  \n", 2), ("{}\n", "{}", None), ("{}\n", " {}\n", None), ("", "", 0),
     ("", "\n", None), ("", " \n", 1)],
)  # fmt: skip
def test_spaces_before_the_end_of_a_file_alone_make_it_no_other(tmp_path, text, content, spaces):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert spaces_before_end(tmp_path / "a.json", text) == spaces
    assert spaces_before_end(tmp_path / "b.json", text) is None
