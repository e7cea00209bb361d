"""The care of a results folder between two runs."""

import os
import time

import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.plan.results import begin_run, edited_files, mend_future_dates, record_written, redo_passing


@pytest.fixture
def results(tmp_path):
    for name in ("tables/words.csv", "tables/words.parquet", "figures/words.svg", "report.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("as written")
    return tmp_path


def test_files_dated_in_the_future_get_one_date_older_than_any_edit(results):
    ahead = time.time() + 1e6
    os.utime(results / "report.html", (ahead, ahead))
    os.utime(results / "tables" / "words.csv", (ahead + 5, ahead + 5))
    assert mend_future_dates(results) == 2
    mended = {(results / name).stat().st_mtime for name in ("report.html", "tables/words.csv")}
    assert len(mended) == 1
    assert mended.pop() < (results / "figures" / "words.svg").stat().st_mtime
    assert mend_future_dates(results) == 0


@pytest.mark.parametrize(("code", "redone"), [("gone", ["all"]), ("changed", ["all"]), ("empty", [])])
def test_a_batch_whose_seed_was_gone_is_redone(tmp_path, code, redone):
    manifest = tmp_path / "all" / "manifest.jsonl"
    manifest.parent.mkdir()
    manifest.write_text("{}\n")
    os.utime(manifest, (0, 0))
    row = {"seed": "a", "stage": "documents", "severity": "error", "code": code, "message": "", "offset": None}
    write_parquet(manifest.with_name("problems.parquet"), rows_to_table("problems", [row]))
    assert redo_passing(tmp_path, ["all", "01"]) == redone
    assert (manifest.stat().st_mtime > 0) == bool(redone)
    assert manifest.read_text() == "{}\n"


def test_an_edited_file_is_named_and_a_touched_one_is_not(results):
    record_written(results)
    (results / "report.html").touch()
    assert edited_files(results) == []
    (results / "tables" / "words.csv").write_text("by hand")
    assert edited_files(results) == ["tables/words.csv"]
    record_written(results)
    assert edited_files(results) == []


def test_after_a_run_that_was_killed_nothing_is_taken_for_edited(results):
    record_written(results)
    begin_run(results)
    (results / "report.html").write_text("written by a run that was killed")
    assert edited_files(results) == []


def test_leftovers_of_killed_jobs_are_removed(results):
    (results / "tables" / ".words.csv.host.1.part").write_text("half")
    begin_run(results)
    assert not list(results.rglob(".*"))
