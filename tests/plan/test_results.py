"""The care of a results folder between two runs."""

import os
import time

import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.plan.results import begin_run, edited_files, mend_future_dates, passing, record_written


@pytest.fixture
def results(tmp_path):
    for name in ("tables/words.csv", "tables/words.parquet", "figures/words.svg", "report.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("as written", encoding="utf-8")
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


@pytest.mark.parametrize(("code", "batches"), [("gone", ["all"]), ("changed", ["all"]), ("empty", [])])
def test_a_seed_that_was_gone_or_changed_is_a_passing_problem(tmp_path, code, batches):
    row = {"seed": "a", "stage": "documents", "severity": "error", "code": code, "message": "", "offset": None}
    write_parquet(tmp_path / "all" / "problems.parquet", rows_to_table("problems", [row]))
    assert passing(tmp_path, ["all", "01"]) == batches


def test_an_edited_file_is_named_and_a_touched_one_is_not(results):
    record_written(results)
    (results / "report.html").touch()
    assert edited_files(results) == []
    (results / "tables" / "words.csv").write_text("by hand", encoding="utf-8")
    assert edited_files(results) == ["tables/words.csv"]
    record_written(results)
    assert edited_files(results) == []


def test_after_a_run_that_was_killed_nothing_is_taken_for_edited(results):
    record_written(results)
    begin_run(results)
    (results / "report.html").write_text("written by a run that was killed", encoding="utf-8")
    assert edited_files(results) == []


def test_leftovers_of_killed_jobs_are_removed(results):
    (results / "tables" / ".words.csv.host.1.part").write_text("half", encoding="utf-8")
    begin_run(results)
    assert not list(results.rglob(".*"))
