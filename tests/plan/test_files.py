"""The files of a plan: a run writes what changed, a command that only looks is shown copies."""

import errno
import logging
import os
import time
from pathlib import Path

import pytest

from scripts.plan.files import PlanFiles, make_way
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
    assert Path(copy).read_text(encoding="utf-8") == "same"


def test_a_run_writes_what_changed_when_snakemake_says_that_it_has_begun(results):
    files = PlanFiles(results, TEXTS, renewed=["batches/all/manifest.jsonl"])
    files.handle(logging.makeLogRecord({"event": "run_info"}))
    assert (results / "stages" / "words.json").read_text(encoding="utf-8") == "old"
    files.handle(logging.makeLogRecord({"event": "workflow_started"}))
    assert (results / "stages" / "words.json").read_text(encoding="utf-8") == "new"
    assert (results / "batches" / "all" / "manifest.jsonl").stat().st_mtime > 0
    path = results / "batches" / "all" / "dropped.jsonl"
    assert files.place(str(path), "known only now") == str(path)
    assert path.read_text(encoding="utf-8") == "known only now"
    os.utime(path, (0, 0))
    files.place(str(path), "known only now")
    assert path.stat().st_mtime == 0


def test_a_second_run_is_told_of_the_first_and_a_dead_one_is_no_obstacle(results):
    first = PlanFiles(results, TEXTS)
    first.begin()
    with pytest.raises(AlreadyRunning, match=r"process \d+\)"):
        PlanFiles(results, TEXTS).begin()
    with pytest.raises(SystemExit, match="another run is at work"):
        PlanFiles(results, TEXTS).handle(logging.makeLogRecord({"event": "workflow_started"}))
    first.results_lock.close()
    PlanFiles(results, TEXTS).begin()


def test_a_file_system_without_locks_is_told_and_no_obstacle(results, monkeypatch, capsys):
    def refuse(handle, operation):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("portalocker.portalocker.LOCKER", refuse)
    PlanFiles(results, TEXTS).begin()
    assert "No locks available" in capsys.readouterr().err


@pytest.mark.parametrize("in_groups", [True, False])
def test_a_table_makes_way_for_what_it_will_be(tmp_path, in_groups):
    file, folder = tmp_path / "file", tmp_path / "folder"
    file.touch()
    (folder / "0.parquet").parent.mkdir()
    (folder / "0.parquet").touch()
    for path in (file, folder):
        make_way(path, in_groups=in_groups)
    assert [*tmp_path.iterdir()] == [folder if in_groups else file]
