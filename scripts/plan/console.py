"""An account of a run on the terminal in about ten lines: what is new, a line per stage, and what to look at.

Snakemake reports when and why each job starts, and when it ends: two hundred lines for one article. All of that still
goes to its log file. The terminal shows this account instead if the profile has `quiet: host`, as the default profile
does; `--verbose` and the profile `plain` bring back Snakemake's own report.
"""

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from scripts.core.cells import some
from scripts.core.storage import DamagedError, read_parquet
from scripts.core.visible import shortened, visible
from scripts.plan.results import SeedChanges, manifest_seeds, record_seeds, seed_changes

_STAGES = {
    "articles read": ("documents", "duplicates"),
    "articles parsed": ("parses",),
    "names, quotations, frames and words found": (
        "quotes", "frame_codes", "counts", "concordance", "topic_hits", "reduce",
    ),
    "figures drawn": ("figures",),
    "report written": ("provenance", "report", "document_pages"),
    "results checked": ("verify",),
}  # fmt: skip
_OTHERS = "tables of the corpus made"
# For each rule that reads sheets filled in by users: the table of their faults, and a name for the sheets.
_OF_SHEETS = {
    "speakers": ("source_problems", "table of known sources"),
    "review": ("review_problems", "review sheets"),
    "reliability": ("frame_coding_problems", "coding sheets"),
}
_AS_SOURCES = "fill it in and save it as sources.csv (or what `sources` in config.yaml names)"
_IN_REVIEW = "save copies in review/ (or what `review: folder` names), and run again"
# Rules that users ask for by name: where their files are in the results, and what to do with them.
_ASKED = {
    "source_sheet": ("sources/source_sheet.csv", _AS_SOURCES),
    "names_sheet": ("sources/names_sheet.csv", _AS_SOURCES),
    "review_sheet": ("review/", f"fill the sheets in, {_IN_REVIEW}"),
    "adjudicate": ("review/adjudicate_*.csv", f"fill the sheets in, {_IN_REVIEW}"),
    "coding_sheet": (
        "coding/coding_sheet.csv",
        "code a copy for each coder in coding/ (or what `coding: folder` names)",
    ),
    "topics_template": ("topics/topics.yaml", "copy it beside config.yaml, and write your own topics"),
    "topic_sheet": (
        "topics/topic_sheet.csv",
        "fill the sheet in, save it in topics/ (or what `topics: folder` names), and run again",
    ),
    "qdpx": ("exports/project.qdpx", "import it into NVivo, MAXQDA, ATLAS.ti or QualCoder (docs/exchange.md)"),
    "workbook": ("exports/tables.xlsx", "open it in a spreadsheet"),
    "share": ("share.zip", "send it: it opens without anything installed"),
}
_STAGE_OF = {rule: stage for stage, rules in _STAGES.items() for rule in rules}
_FIRST_PROGRESS = 10  # seconds until progress is reported; the pause doubles each time
_LOG_LINES = 15  # lines of a failed job's log to show
_NAMED = 3  # how many files to name of those left out, and of a list in a dry run
# Lines that Snakemake adds to its report of a failed job.
_IN_VAIN = (
    "At least one job did not complete successfully",
    "returned non-zero exit status",
    "Exiting because a job execution failed",
    "died with <Signals.SIGTERM",
)
# The beginnings of Snakemake's messages when it is interrupted or told to end.
_STOPPING = ("Terminating processes on user request", "Will exit after finishing currently running jobs")


class _Job(NamedTuple):
    rule: str
    batch: str
    message: str


def time_left(done: float, total: float, seconds: float) -> str:
    """Return the time left, in words, if the rest goes on at the same speed.

    >>> time_left(120, 200, 120), time_left(10, 200, 60)
    ('80 s left', '19 min left')
    """
    left = seconds * (total - done) / done
    return f"{left:.0f} s left" if left < 90 else f"{left / 60:.0f} min left"


def news(changes: SeedChanges) -> str:
    """Return a line about the changes of the seeds.

    >>> news(SeedChanges(total=203, added=12, edited=1, removed=0))
    '203 files in seeds: 12 added, 1 edited'
    """
    counts = zip(changes._fields[1:], changes[1:], strict=True)
    numbers = ", ".join(f"{number:,} {change}" for change, number in counts if number)
    return f"{_counted(changes.total, 'file')} in seeds: {numbers or 'none added, edited or removed'}"


def _counted(number: int, noun: str, nouns: str = "") -> str:
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def _by_code(rows: Iterable[dict[str, Any]]) -> str:
    return ", ".join(f"{code} {number:,}" for code, number in Counter(row["code"] for row in rows).most_common())


def outcome(results: Path, rules: Collection[str] = ()) -> list[str]:
    """Return the last lines of a run that succeeded: files left out and why, warnings, the address of the report.

    If one of `rules` read sheets that users fill in, the number of their faults is among the lines.
    """
    lines = []
    problems = results / "tables" / "problems.parquet"
    try:
        for name, sheets in (_OF_SHEETS[rule] for rule in _OF_SHEETS if rule in rules):
            path = results / "tables" / f"{name}.parquet"
            if path.exists() and (number := read_parquet(path, ["code"]).num_rows):
                lines.append(f"{_counted(number, 'fault')} in your {sheets}; what to do: {path.with_suffix('.csv')}")
        rows = read_parquet(problems, ["seed", "severity", "code"]).to_pylist() if problems.exists() else []
    except DamagedError as error:
        return [str(error)]
    errors = [row for row in rows if row["severity"] == "error"]
    warnings = [row for row in rows if row["severity"] == "warning"]
    if errors:
        seeds = sorted({row["seed"] for row in errors})
        named = some([shortened(seed, 60) for seed in seeds], most=_NAMED)
        counted = _counted(len(seeds), "file or row", "files or rows")
        lines.append(f"left out, wholly or in part: {counted} ({_by_code(errors)}): {named}")
    if warnings:
        lines.append(f"{_counted(len(warnings), 'warning')} ({_by_code(warnings)})")
    if errors or warnings:
        lines.append(f"what to do about each: {problems.with_suffix('.csv')}")
    report = results / "report.html"
    return [*lines, f"report: {report.resolve().as_uri()}"] if report.exists() else lines


def what_to_do(results: Path, rule: str) -> str:
    """Return the advice on the files of a rule that was asked for by name, or a line that its sheets have no rows."""
    place, advice = _ASKED[rule]
    sheets = [*results.glob(place)] if place.endswith(".csv") else []
    return "no rows, since nothing was found to ask about" if sheets and not any(map(_has_rows, sheets)) else advice


def _has_rows(sheet: Path) -> bool:
    """Return True if a sheet has more than its header."""
    with sheet.open(encoding="utf-8") as lines:
        return len([*islice(lines, 2)]) > 1


class Account(logging.Handler):
    """The account of a run, written from the records that Snakemake logs."""

    def __init__(self, results: Path, batches: Iterable[str], stream: TextIO) -> None:
        """Begin the account of a run that makes the folder `results` from these batches."""
        super().__init__()
        self._results = results
        self._batches = batches
        self._stream = stream
        self._begin = self._told = time.monotonic()
        self._pause = float(_FIRST_PROGRESS)
        self._jobs: dict[int, _Job] = {}
        self._left: Counter[str] = Counter()  # jobs of each stage
        self._parses: list[str] = []  # batches parsed so far
        self._to_parse = 0
        self._tails: list[list[str]] = []  # last lines of the logs of each failed job
        self._stopped = False

    @cached_property
    def _members(self) -> dict[str, dict[str, str]]:
        """Return {batch: {doc_id: SHA-256 of its seed}}, from manifests that exist only once the run has begun."""
        return {batch: manifest_seeds(self._results, batch) for batch in self._batches}

    @property
    def _seeds(self) -> dict[str, str]:
        return {name: sha256 for members in self._members.values() for name, sha256 in members.items()}

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line for a record, if it belongs in the account."""
        fields = record.__dict__
        event = str(fields.get("event") or "")
        if self._stopped:
            return
        if event == "run_info":
            self._plan(fields["stats"])
        elif event == "job_info":
            batch = (fields["wildcards"] or {}).get("batch", "")
            self._jobs[fields["jobid"]] = _Job(fields["rule_name"], batch, fields["rule_msg"] or fields["rule_name"])
        elif event == "job_finished":
            self._finish(self._jobs[fields["job_id"]])
        elif event == "job_error":
            self._fail(fields)
        elif record.getMessage().startswith(_STOPPING):
            self._stopped = True
            self.tell("stopped; what is finished is kept, and the same command continues from there")
        elif record.getMessage().startswith("Nothing to be done"):
            self.tell("nothing to do: all is up to date")
            self.tell(*outcome(self._results))
        elif record.levelno >= logging.WARNING and not any(text in record.getMessage() for text in _IN_VAIN):
            self.tell(record.getMessage())

    def tell(self, *lines: str) -> None:
        """Write lines; if the reader has closed the pipe (`| head -1`), discard them, so that the run goes on."""
        try:
            self._stream.writelines(f"{line}\n" for line in lines)
            self._stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())

    def _timed(self, line: str) -> None:
        self._told = time.monotonic()
        self.tell(f"{self._told - self._begin:5.0f} s  {line}")

    def _plan(self, jobs: dict[str, int]) -> None:
        """Store how many jobs of each stage are to run, from the number for each rule; a checkpoint adds jobs."""
        first = not self._left
        self._left = Counter()
        for rule, number in jobs.items():
            if rule not in ("total", "all", "tables"):
                self._left[_STAGE_OF.get(rule, _OTHERS)] += number
        if first:
            self._to_parse = jobs.get("parses", 0)
            self.tell(news(seed_changes(self._results, self._seeds)))

    def _finish(self, job: _Job) -> None:
        """Write a line if the job was the last of its stage, or if it is time to report progress."""
        stage = _STAGE_OF.get(job.rule, _OTHERS)
        self._left[stage] -= 1
        if job.rule == "parses":
            self._parses.append(job.batch)
        if self._left[stage] == 0:
            self._timed(stage)
        elif job.rule == "parses" and time.monotonic() - self._told > self._pause:
            self._pause *= 2
            done, seconds = len(self._parses), time.monotonic() - self._begin
            files = sum(len(self._members.get(batch, ())) for batch in self._parses)
            of_all = f" of {sum(map(len, self._members.values())):,}" if self._to_parse == len(self._members) else ""
            self._timed(f"parsed {files:,}{of_all} files, {time_left(done, self._to_parse, seconds)}")

    def _fail(self, fields: dict[str, Any]) -> None:
        """Write the failed job and the last lines of its logs."""
        files = filter(Path.is_file, map(Path, fields["log"]))
        texts = (file.read_text(encoding="utf-8", errors="replace") for file in files)
        tail = [visible(line) for text in texts for line in text.splitlines()[-_LOG_LINES:]]
        if tail and tail[-1].startswith("KeyboardInterrupt"):
            return  # ctrl-C stopped the job before it stopped Snakemake
        lines = ["as above"] if tail and tail in self._tails else tail
        self._tails.append(tail)
        job = self._jobs.get(fields["jobid"])
        self._timed(f"FAILED: {job.message if job else fields['rule_name']}")
        logs = (f"log: {path}" for path in fields["log"])
        self.tell(*(f"         {line}" for line in (*lines, *logs)))

    def end(self, log: Collection[str] | str, *, succeeded: bool) -> None:
        """Write the last lines of a run."""
        if self._stopped:
            return
        if succeeded:
            record_seeds(self._results, self._seeds)
            rules = dict.fromkeys(job.rule for job in self._jobs.values())
            for rule in filter(_ASKED.__contains__, rules):
                self.tell(f"{rule}: {self._results / _ASKED[rule][0]}: {what_to_do(self._results, rule)}")
            self.tell(*outcome(self._results, rules))
            return
        failed = f"{_counted(len(self._tails), 'job')} failed" if self._tails else "the run failed"
        logs = ", ".join([log] if isinstance(log, str) else log)
        self.tell(f"{failed}; what is finished is kept. The log of the run: {logs}")


def shorten_lists(record: logging.LogRecord) -> bool:
    """Return True, after shortening the lists of files in a job's record: the report has over a hundred inputs."""
    about = record.__dict__
    for name in ("input", "output"):
        if (files := about.get(name)) and isinstance(files, list):
            about[name] = [some(files, most=_NAMED)]
    if isinstance(about.get("reason"), str):
        clauses = (clause.partition(": ") for clause in about["reason"].split("; "))
        about["reason"] = "; ".join(
            title + colon + some(files.split(", "), most=_NAMED) for title, colon, files in clauses
        )
    return True


def short_account(logger: logging.Logger, output: Any, results: Path, batches: Iterable[str]) -> Account | None:  # noqa: ANN401
    """Put the short account in place of Snakemake's own on the terminal; return None if Snakemake's is to stay.

    `output` are Snakemake's output settings. Snakemake's own stays with `--verbose`, with a `quiet` other than the
    default profile's and with a logger plugin; also in a dry run, but with its long lists of files shortened.
    """
    quiet = sorted(str(choice) for choice in output.quiet or ())
    handlers = [handler for handler in logger.handlers if handler.name == "DefaultStreamHandler"]
    if output.verbose or quiet != ["host"] or not handlers:
        return None
    if output.dryrun:
        logger.addFilter(shorten_lists)
        return None
    account = Account(results, batches, sys.stderr)
    for handler in handlers:
        logger.removeHandler(handler)
    logger.addHandler(account)
    return account
