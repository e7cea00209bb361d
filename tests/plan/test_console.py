"""The short account of a run: from Snakemake's records to the lines on the terminal."""

import io
import json
import logging
import os
import re
import signal
import subprocess
from contextlib import suppress
from types import SimpleNamespace

import pytest
from snakemake_interface_logger_plugins.common import LogEvent

from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table, write_parquet
from scripts.plan import console
from scripts.plan.console import Account, outcome, short_account, what_to_do
from scripts.plan.results import SeedChanges, record_seeds, seed_changes
from scripts.plan.settings import ConfigError, check_yaml
from tests.conftest import ROOT
from tests.workflow.project import SNAKEMAKE, copy_project, environment, snakemake


@pytest.fixture
def results(tmp_path):
    for batch, names in {"0": "ab", "1": "c"}.items():
        (tmp_path / "batches" / batch).mkdir(parents=True)
        lines = (json.dumps({"doc_id": name, "sha256": name * 3}) + "\n" for name in names)
        (tmp_path / "batches" / batch / "manifest.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that stands still until a test sets it."""
    now = SimpleNamespace(seconds=0.0)
    monkeypatch.setattr(console.time, "monotonic", lambda: now.seconds)
    return now


def tell(account, message="", level=logging.INFO, **fields):
    record = logging.LogRecord("snakemake", level, "", 0, message, None, None)
    vars(record).update(fields)
    account.handle(record)


def start(account, number, rule, batch=""):
    fields = {"jobid": number, "rule_name": rule, "rule_msg": f"Doing {rule}", "wildcards": {"batch": batch}}
    tell(account, event=LogEvent.JOB_INFO, **fields)


def finish(account, number, rule, batch=""):
    start(account, number, rule, batch)
    tell(account, event=LogEvent.JOB_FINISHED, job_id=number)


def test_a_line_a_stage_and_progress_between_the_batches(results, clock):
    stream = io.StringIO()
    account = Account(results, ["0", "1"], stream)
    tell(account, "Building DAG of jobs...")
    tell(account, event=LogEvent.RUN_INFO, stats={"documents": 2, "parses": 2, "keyness": 1, "all": 1, "total": 6})
    finish(account, 1, "documents", "0")
    clock.seconds = 3
    finish(account, 2, "documents", "1")
    clock.seconds = 24
    finish(account, 3, "parses", "0")
    clock.seconds = 48
    finish(account, 4, "parses", "1")
    finish(account, 5, "keyness")
    finish(account, 6, "all")
    assert stream.getvalue().splitlines() == [
        "3 files in seeds: 3 added",
        "    3 s  articles read",
        "   24 s  parsed 2 of 3 files, 24 s left",
        "   48 s  articles parsed",
        "   48 s  tables of the corpus made",
    ]


def test_progress_is_told_at_longer_and_longer_intervals(results, clock):
    stream = io.StringIO()
    account = Account(results, ["0", "1"], stream)  # the others come from a checkpoint
    tell(account, event=LogEvent.RUN_INFO, stats={"parses": 20})
    for number in range(19):
        clock.seconds += 10
        finish(account, number, "parses", str(number))
    seconds = [line.split(" s ")[0].strip() for line in stream.getvalue().splitlines()[1:]]
    assert seconds == ["20", "50", "100", "190"]


def test_a_failed_job_shows_the_end_of_its_log_and_nothing_twice(results, clock):
    stream = io.StringIO()
    account = Account(results, ["0"], stream)
    log = results / "rates.log"
    log.write_text("".join(f"line {number}\n" for number in range(20)) + "no space \x1b[2J\n", encoding="utf-8")
    start(account, 7, "rates")
    tell(account, "Error", logging.ERROR, event=LogEvent.JOB_ERROR, jobid=7, rule_name="rates", log=[str(log)])
    tell(account, "Command 'x' returned non-zero exit status 1.", logging.ERROR, event=LogEvent.ERROR)
    tell(account, "Error", logging.ERROR, event=LogEvent.JOB_ERROR, jobid=7, rule_name="rates", log=[str(log)])
    tell(account, "disk is nearly full", logging.WARNING)
    account.end(["run.log"], succeeded=False)
    lines = stream.getvalue().splitlines()
    assert lines[0] == "    0 s  FAILED: Doing rates"
    assert lines[1] == "         line 6"
    assert lines[15:] == [
        "         no space ‹U+001B›[2J",
        f"         log: {log}",
        "    0 s  FAILED: Doing rates",
        "         as above",
        f"         log: {log}",
        "disk is nearly full",
        "2 jobs failed; what is finished is kept. The log of the run: run.log",
    ]
    assert seed_changes(results, {"a": "aaa"}).added == 1  # only a run that succeeded has taken it in


@pytest.mark.parametrize(
    "stopping",
    [
        "Terminating processes on user request, this might take some time.",
        "Will exit after finishing currently running jobs (scheduler).",
    ],
)
def test_stopping_takes_one_line_whatever_the_jobs_say_of_it(results, stopping):
    stream = io.StringIO()
    account = Account(results, ["0"], stream)
    log = results / "parses.log"
    log.write_text("Traceback (most recent call last):\nKeyboardInterrupt\n", encoding="utf-8")
    failed = {"event": LogEvent.JOB_ERROR, "jobid": 7, "rule_name": "parses", "log": [str(log)]}
    tell(account, "Error", logging.ERROR, **failed)
    tell(account, "RuleException:\nCommand 'x' died with <Signals.SIGTERM: 15>.", logging.ERROR, event=LogEvent.ERROR)
    tell(account, stopping)
    tell(account, "Error", logging.ERROR, **failed)
    account.end(["run.log"], succeeded=False)
    assert stream.getvalue().splitlines() == [
        "stopped; what is finished is kept, and the same command continues from there"
    ]


def test_what_is_new_is_what_the_last_run_that_succeeded_did_not_have(results):
    assert seed_changes(results, {"a": "1", "b": "2"}) == SeedChanges(total=2, added=2, edited=0, removed=0)
    record_seeds(results, {"a": "1", "b": "2", "gone": "3"})
    assert seed_changes(results, {"a": "1", "b": "9", "c": "4"}) == SeedChanges(total=3, added=1, edited=1, removed=1)


def test_a_sheet_without_rows_is_not_to_be_filled(results):
    sheet = results / "topics" / "topic_sheet.csv"
    sheet.parent.mkdir(parents=True)
    for text, advice in (("about_it,hit\n", "nothing was found"), ("about_it,hit\n,tax\n", "fill the sheet in")):
        sheet.write_text(text, encoding="utf-8")
        assert advice in what_to_do(results, "topic_sheet")
    assert what_to_do(results, "share").startswith("send it")


def test_of_several_sheets_one_with_rows_is_to_be_filled(results):
    (results / "review").mkdir()
    for kind, text, advice in (
        ("names", "right\n", "nothing was found"),
        ("sentences", "missed\n1\n", "fill the sheets in"),
    ):
        (results / "review" / f"adjudicate_{kind}.csv").write_text(text, encoding="utf-8")
        assert advice in what_to_do(results, "adjudicate")


def test_the_outcome_names_files_left_out_and_why(results):
    rows = [
        {"seed": f"bad{number}.txt", "severity": "error", "code": "empty", "message": "no words"} for number in range(5)
    ]
    rows.append({"seed": "a", "severity": "warning", "code": "date", "message": "no date"})
    columns = arrow_schema("problems").names
    rows = [{name: row.get(name) for name in columns} for row in rows]
    write_parquet(results / "tables" / "problems.parquet", rows_to_table("problems", rows))
    for name, number in (("source_problems", 1), ("review_problems", 2), ("frame_coding_problems", 0)):
        faults = [dict.fromkeys(arrow_schema(name).names) | {"code": "no-date"}] * number
        write_parquet(results / "tables" / f"{name}.parquet", rows_to_table(name, faults))
    (results / "report.html").write_text("", encoding="utf-8")
    assert outcome(results, ["speakers", "review", "reliability", "report"]) == [
        f"1 fault in your table of known sources; what to do: {results / 'tables' / 'source_problems.csv'}",
        f"2 faults in your review sheets; what to do: {results / 'tables' / 'review_problems.csv'}",
        "left out, wholly or in part: 5 files or rows (empty 5): bad0.txt, bad1.txt, bad2.txt and 2 more",
        "1 warning (date 1)",
        f"what to do about each: {results / 'tables' / 'problems.csv'}",
        f"report: {(results / 'report.html').resolve().as_uri()}",
    ]
    assert not any("sheets" in line for line in outcome(results, ["speakers"]))


@pytest.mark.parametrize(
    ("changes", "short"),
    [({}, True), ({"verbose": True}, False), ({"dryrun": True}, False), ({"quiet": None}, False)],
)
def test_only_the_default_profile_gets_the_short_account(results, changes, short):
    logger = logging.Logger("test")
    handler = logging.StreamHandler(io.StringIO())
    handler.name = "DefaultStreamHandler"
    file = logging.StreamHandler(io.StringIO())
    logger.addHandler(handler)
    logger.addHandler(file)
    output = SimpleNamespace(**{"quiet": {"host"}, "verbose": False, "dryrun": False, **changes})
    account = short_account(logger, output, results, ["0"])
    assert (account is not None) is short
    assert logger.handlers == ([file, account] if short else [handler, file])


def test_a_dry_run_names_three_files_of_a_long_list_and_the_default_profile_alone_shortens_it(results):
    files = [f"results/tables/{number}.csv" for number in range(120)]
    reason = "Updated input files: a.csv, b.csv; Input files updated by another job: " + ", ".join(files)
    columns = {"input": files, "output": ["report.html"], "reason": reason}
    for quiet, short in (({"host"}, True), (None, False)):
        logger, lines = logging.Logger("test"), []
        handler = logging.StreamHandler(io.StringIO())
        handler.name, handler.emit = "DefaultStreamHandler", lines.append
        logger.addHandler(handler)
        short_account(logger, SimpleNamespace(quiet=quiet, verbose=False, dryrun=True), results, ["0"])
        logger.info("", extra=columns)
        (record,) = lines
        assert record.output == ["report.html"]
        assert (record.input == [f"{', '.join(files[:3])} and 117 more"]) is short
        assert record.reason == (reason.partition(f", {files[3]}")[0] + " and 117 more" if short else reason)


def test_a_colon_in_a_title_is_told_with_its_line(tmp_path):
    (tmp_path / "config.yaml").write_text("seeds: seeds\nreport:\n  title: Crisis: the sequel\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config\.yaml cannot be read: line 3, column 16: .*quotation marks"):
        check_yaml(tmp_path / "config.yaml")


MAIN = "def main() -> None:\n"
# First in a step: its job, at work, sends the run the signal whose number is in the file `stop`, as Ctrl-C does SIGINT.
STOPPING = """
    import os, signal

    if os.path.exists("stop"):
        os.killpg(os.getpgrp(), int(open("stop").read()))
        signal.pause()
"""


def heed_interrupts():
    """Make a new process heed Ctrl-C; what a shell starts in the background inherits that it does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


ARGUMENTS = ("--cores", "1", "results/tables/problems.csv")


def shown(errors):
    """Return the lines that a user sees, but for Snakemake's two before the Snakefile."""
    return [line for line in errors.splitlines() if not line.startswith(("Using workflow", "Config file"))]


def begun(project):
    """Begin to make the problems in a group of processes of its own; return the process."""
    return subprocess.Popen(
        [*SNAKEMAKE, *ARGUMENTS],
        cwd=project,
        env=environment(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )


def stopped_account(project):
    """Make the problems until a signal reaches the group of processes; return exit code and lines."""
    with begun(project) as run:
        lines = shown(run.stderr.read())
    return run.returncode, lines


def account_of(project):
    """Make the problems; return exit code and lines."""
    done = snakemake(project, *ARGUMENTS)
    return done.returncode, shown(done.stderr)


@pytest.fixture
def stopping(tmp_path):
    """Return a project whose parsing stops the run."""
    project = copy_project(tmp_path / "project", seeds={"a.txt": "No, Ann Smith said on Monday.\n", "b.txt": ""})
    parses = project / "scripts" / "parsing" / "parses.py"
    code = parses.read_text(encoding="utf-8")
    assert MAIN in code
    parses.write_text(code.replace(MAIN, MAIN + STOPPING), encoding="utf-8")
    return project


@pytest.mark.parametrize(
    ("last", "number", "code"),
    [
        pytest.param("Using", None, 0, marks=pytest.mark.slow),
        ("files in seeds", signal.SIGTERM, 1),
    ],
)
def test_a_run_whose_output_is_closed_goes_on_and_ends_by_a_signal(stopping, last, number, code):
    if number:
        (stopping / "stop").write_text(str(int(number)), encoding="utf-8")
    with begun(stopping) as run:
        assert any(last in line for line in run.stderr)
        run.stderr.close()
        try:
            assert run.wait(timeout=30) == code
        finally:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)


def test_a_run_that_is_stopped_and_taken_up_again(stopping):
    project = stopping
    (project / "stop").write_text(str(int(signal.SIGINT)), encoding="utf-8")
    code, lines = stopped_account(project)
    assert code == 1
    assert lines[0] == "2 files in seeds: 2 added"
    assert lines[-1] == "stopped; what is finished is kept, and the same command continues from there"
    assert [line for line in lines[1:-1] if not line.endswith(" s  articles read")] == []
    (project / "stop").unlink()
    code, lines = account_of(project)
    assert code == 0
    assert lines[0] == "2 files in seeds: 2 added"
    assert lines[-2:] == [
        "left out, wholly or in part: 1 file or row (empty 1): b.txt",
        "what to do about each: results/tables/problems.csv",
    ]
    assert len(lines) <= 12
    assert account_of(project)[1][0] == "nothing to do: all is up to date"
    full = max((project / ".snakemake" / "log").glob("*.log"), key=lambda log: log.stat().st_size)
    assert "Finished jobid" in full.read_text(encoding="utf-8")


def test_of_a_sheet_that_was_asked_for_the_last_lines_say_where_it_lies_and_what_to_do(results, clock):
    stream = io.StringIO()
    account = Account(results, ["0"], stream)
    tell(account, event=LogEvent.RUN_INFO, stats={"review_sheet": 1, "total": 1})
    finish(account, 1, "review_sheet")
    account.end(["run.log"], succeeded=True)
    line = next(line for line in stream.getvalue().splitlines() if line.startswith("review_sheet: "))
    assert str(results / "review") in line and "save copies in review/ (or" in line


def test_each_file_to_fill_or_send_is_told_when_it_is_asked_for():
    rules = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "workflow" / "rules").glob("*.smk")))
    made = re.findall(
        r'^rule (\w+):\n    """.*: results/((?:review|coding|sources|topics|exports)/|share)', rules, re.M
    )
    assert {rule: folder for rule, folder in made if not console._ASKED[rule][0].startswith(folder)} == {}
    assert len(made) == len(console._ASKED)
