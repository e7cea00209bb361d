"""The record of final files from run to run."""

import os
import shutil

import pytest

from scripts.core.recorded import deviations, file_sha256, read_record
from scripts.plan.record import begin_record, broken_folders, filled_sheets, final_files, record_written
from tests.core.test_recorded import damage, edit

EXPECTED = ("tables/words.csv", "report.html", "report-data", "documents")


@pytest.fixture
def results(tmp_path):
    """Return a results folder that a run has recorded."""
    for name in ("tables/words.csv", "report.html", "report-data/texts.html", "documents/a.html", "share.zip"):
        write(tmp_path, name, "as written")
    for folder in ("report-data", "documents"):
        (tmp_path / folder / ".snakemake_timestamp").touch()
    finish(tmp_path)
    return tmp_path


def write(results, name, text, *, date=None):
    path = results / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    if date:
        os.utime(path, ns=(date, date))


def finish(results, *, expected=EXPECTED):
    record_written(results, [results / name for name in expected])


def begin(results):
    """Begin a run after all that is there, and return its time."""
    now = max(path.stat().st_mtime_ns for path in results.rglob("*")) + 10**9
    begin_record(results, now)
    return now


def wrong_files(results):
    record = read_record(results)
    return dict(deviations(results, record, record.files, read_all=True))


def test_every_final_file_is_recorded(results):
    assert [*read_record(results).files] == sorted(final_files(results))
    assert {"documents/a.html", "report-data/texts.html", "share.zip"} <= {*final_files(results)}
    assert wrong_files(results) == {}


def test_an_edited_or_damaged_file_is_found_until_it_is_made_again(results):
    edit(results / "report.html")
    damage(results / "tables/words.csv")
    faults = {"report.html": "edited", "tables/words.csv": "damaged"}
    for _ in range(2):
        assert wrong_files(results) == faults
        begin(results)
        finish(results)
    now = begin(results)
    write(results, "report.html", "made again", date=now)
    write(results, "tables/words.csv", "made again", date=now)
    assert wrong_files(results) == {}
    finish(results)
    assert wrong_files(results) == {}
    assert read_record(results).files["report.html"].sha256 == file_sha256(results / "report.html")


def test_a_touched_file_gets_its_new_date(results):
    os.utime(results / "report.html", ns=(10**18, 10**18))
    begin(results)
    finish(results)
    assert read_record(results).files["report.html"].date == 10**18


def test_after_a_run_that_was_killed_its_files_are_not_taken_for_edited_and_the_others_are(results):
    now = begin(results)
    write(results, "report.html", "of the run that was killed", date=now)
    write(results, "share.zip", "by hand", date=now - 1)
    begin_record(results, now + 10**10)
    assert wrong_files(results) == {"share.zip": "edited"}
    finish(results)
    assert wrong_files(results) == {"share.zip": "edited"}
    assert read_record(results).files["report.html"].sha256 == file_sha256(results / "report.html")


def test_a_file_that_the_user_put_there_is_not_recorded(results):
    write(results, "tables/notes.xlsx", "my own")
    begin(results)
    finish(results)
    assert "tables/notes.xlsx" not in read_record(results).files


def test_a_missing_file_of_a_whole_run_is_told_until_it_is_made_and_another_is_forgotten(results):
    for name in ("report.html", "share.zip"):
        (results / name).unlink()
    begin(results)
    finish(results)
    assert wrong_files(results) == {"report.html": "missing"}
    write(results, "report.html", "made again", date=begin(results))
    finish(results)
    assert wrong_files(results) == {}


def test_a_missing_page_redoes_its_folder_until_that_is_made(results):
    assert broken_folders(results) == []
    (results / "documents/a.html").unlink()
    shutil.rmtree(results / "report-data")
    assert broken_folders(results) == ["document_pages", "report"]
    now = begin(results)
    write(results, "report-data/.snakemake_timestamp", "", date=now)
    finish(results)
    assert broken_folders(results) == ["document_pages"]
    begin(results)
    finish(results, expected=("report.html", "report-data"))
    assert broken_folders(results) == []


def test_a_sheet_that_was_filled_where_it_lies_is_known(results):
    names = ["review/names.csv", "coding/coding_sheet.csv", "report.html", "review/not there.csv"]
    for name in names[:2]:
        write(results, name, "blank")
    finish(results)
    assert filled_sheets(results, names) == []
    for name in ("review/names.csv", "report.html"):
        edit(results / name)
    for _ in range(2):
        assert filled_sheets(results, names) == ["review/names.csv"]
        begin(results)
        finish(results)
    assert "review/names.csv" not in [*final_files(results)]
