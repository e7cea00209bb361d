"""A results folder of somebody else's is left alone by real runs, and so is what a user adds to ours."""

import os
import signal
import subprocess
import time

import pytest

from tests.workflow.project import SEEDS, SNAKEMAKE, copy_project, environment, run, set_batches

TARGETS = ["results/tables/documents.csv", "results/tables/tokens.csv", "results/tables/frequencies.csv"]
THESIS = ["batches/interviews/a.txt", "groups/focus1/b.txt", "downloads/.film.part", "report.html", "share.zip"]


def files(folder):
    """Return the bytes of all files in a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(folder, names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine", encoding="utf-8")


# The folder is looked at before Snakemake heeds its arguments (tests/plan/test_folder.py): the worst of them will do.
@pytest.mark.parametrize(
    "arguments",
    [
        ["--delete-all-output"],
        *(pytest.param(each, marks=pytest.mark.slow) for each in ([], ["--dry-run"], ["--touch"])),
    ],
)
def test_a_folder_of_somebody_elses_is_refused_with_advice(tmp_path, arguments):
    project = copy_project(tmp_path / "project", seeds=SEEDS)
    write(project / "thesis", THESIS)
    before = files(project / "thesis")
    done = run(project, *arguments, "--config", "results=thesis")
    assert done.code != 0
    assert "did not write" in done.output and "Set `results` in config.yaml" in done.output
    assert "Traceback" not in done.output
    assert files(project / "thesis") == before


def test_what_a_user_adds_to_our_folder_stays_when_batches_go(project):
    results = project / "results"
    gone, *_ = sorted(path.name for path in (results / "batches").glob("*/"))
    added = [f"batches/{gone}/notes.txt", "batches/interviews/a.txt", "groups/focus1/b.txt", "downloads/.film.part"]
    added += [f"logs/tokens/{gone}.txt", "tables/mine.csv", "notes.txt"]
    write(results, added)
    set_batches(project, size=256, group=8192)
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    assert files(results).items() >= dict.fromkeys(added, b"mine").items()
    assert [path.name for path in (results / "batches" / gone).iterdir()] == ["notes.txt"]
    assert not [*(results / "logs").glob(f"*/{gone}.log")]


def test_tables_that_are_asked_for_alone_are_ours_until_a_whole_run_removes_them(project):
    accuracy = project / "results" / "tables" / "accuracy.parquet"
    for _ in range(2):  # without filled sheets, so that a whole run makes no such table
        done = run(project, "review")
        assert done.code == 0, done.output
        assert accuracy.exists()
    done = run(project, "all", "--force")
    assert done.code == 0 and not accuracy.exists(), done.output


def test_an_export_that_somebody_else_wrote_is_not_written_over(project):
    place = "exports/project.qdpx"
    write(project / "results", [place])
    before = files(project / "results")
    done = run(project, f"results/{place}")
    assert done.code != 0 and done.jobs == []
    assert place in done.output and "Move it elsewhere" in done.output
    after = files(project / "results")
    assert after | {".lock": b""} == before | {".lock": b""}  # with the number of the process
    (project / "results" / place).unlink()
    ours = "results/exports/tables.xlsx"
    assert run(project, f"results/{place}", ours, "--force").rules == {"qdpx", "workbook"}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a group of processes is ended as on POSIX")
def test_after_a_run_that_was_killed_the_next_goes_on(tmp_path):
    """A run that is stopped and taken up again: tests/plan/test_console.py; what it left: tests/plan/test_folder.py."""
    project = copy_project(tmp_path / "project", seeds=SEEDS)
    command = [*SNAKEMAKE, "--cores", "2", *TARGETS]
    killed = subprocess.Popen(
        command, cwd=project, env=environment(), start_new_session=True, stderr=subprocess.DEVNULL
    )
    while killed.poll() is None and not (project / "results" / "batches" / "all" / "documents.parquet").exists():
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    write(project / "results", ["batches/all/notes.txt"])
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    assert (project / "results" / "batches" / "all" / "notes.txt").exists()
