"""All results checked: what is named, and the exit code."""

import sys

import pytest

from scripts.core.recorded import RECORD
from scripts.core.storage import rows_to_table, write_parquet
from scripts.plan import verify as program
from scripts.plan.record import begin_record, record_written
from scripts.plan.verify import verify
from tests.core.test_recorded import damage, edit


@pytest.fixture
def results(tmp_path):
    (tmp_path / "tables").mkdir()
    for name in ("report.html", "tables/a.csv", "tables/b.csv"):
        (tmp_path / name).write_text("as written")
    write_parquet(tmp_path / "batches" / "all" / "problems.parquet", rows_to_table("problems", []))
    record_written(tmp_path)
    return tmp_path


def test_sound_results(results):
    assert verify(results) == ([f"{results}: final files checked: 3, tables of batches: 1; all are sound."], 0)


def test_every_fault_is_named_with_what_to_do(results):
    damage(results / "tables/a.csv")
    edit(results / "tables/b.csv")
    (results / "report.html").unlink()
    damage(results / "batches/all/problems.parquet")
    lines, code = verify(results)
    assert code == 1
    assert lines[-1].endswith("; not as they were written: 4.")
    line_of = {line.split()[0]: line for line in lines[:-1]}
    for name, happened in {
        "report.html": "missing",
        "tables/a.csv": "the disk has damaged it. Remove it and run again",
        "tables/b.csv": "edited since it was written. It is kept",
        "batches/all/problems.parquet": "damaged on the disk. Remove it and run again",
    }.items():
        line = line_of[str(results / name)]
        assert happened in line and "un again" in line


def test_files_that_no_finished_run_recorded_are_told(results):
    begin_record(results, 0)
    for number in range(5):
        (results / f"tables/{number}.csv").write_text("of a run that was killed")
    lines, code = verify(results)
    assert code == 0
    assert "recorded them: tables/0.csv, tables/1.csv, tables/2.csv and 2 more." in lines[0]
    (results / RECORD).write_bytes(b"\xff")
    lines, code = verify(results)
    assert code == 0
    assert "cannot be read" in lines[0]
    assert lines[1].endswith(" and 5 more.")


def test_the_program_ends_with_1_if_anything_is_wrong(results, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["verify", str(results)])
    for code in (0, 1):
        with pytest.raises(SystemExit) as end:
            program.main()
        assert end.value.code == code
        damage(results / "report.html")
    assert "report.html does not have the bytes" in capsys.readouterr().out


def test_sheets_to_fill_in_are_not_checked(results):
    for name in ("names.csv", "sentences.csv"):
        (results / "review").mkdir(exist_ok=True)
        (results / "review" / name).write_text("blank")
    record_written(results)
    edit(results / "review/names.csv")
    (results / "review/sentences.csv").unlink()
    assert verify(results) == ([f"{results}: final files checked: 3, tables of batches: 1; all are sound."], 0)
