"""A run's account on the terminal in about ten lines: what is new, a line a stage, and at the end what to look at.

Snakemake reports each job when it starts, why, and when it is done: two hundred lines for one article. All that still
goes to its log file. The terminal shows this account instead if the profile in use has `quiet: host`, as the default
one has; `--verbose` and the profile `plain` bring Snakemake's own back.
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
# Tables of what cannot be used of the sheets that the user fills, by the rule that reads these.
_OF_SHEETS = {
    "speakers": ("source_problems", "table of known sources"),
    "review": ("review_problems", "review sheets"),
    "reliability": ("frame_coding_problems", "coding sheets"),
}
_AS_SOURCES = "fill it in and save it as sources.csv (or what `sources` in config.yaml names)"
_IN_REVIEW = "save copies in review/ (or what `review: folder` names), and run again"
# Files that are asked for by name: where each lies in the results, and what to do with it.
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
_FIRST_PROGRESS = 10  # seconds until progress is told; then after twice the time, and so on
_LOG_LINES = 15  # of a failed job's log are shown
_NAMED = 3  # files that are left out are named, and of a list in a dry run
# Lines that Snakemake adds to the account of a failed job.
_IN_VAIN = (
    "At least one job did not complete successfully",
    "returned non-zero exit status",
    "Exiting because a job execution failed",
    "died with <Signals.SIGTERM",
)
# The first words of what it says when it is interrupted or told to end.
_STOPPING = ("Terminating processes on user request", "Will exit after finishing currently running jobs")


class _Job(NamedTuple):
    rule: str
    batch: str
    message: str


def time_left(done: float, total: float, seconds: float) -> str:
    """Return how long the rest will take if it goes on as fast.

    >>> time_left(120, 200, 13.5), time_left(10, 200, 60)
    ('9 s left', '19 min left')
    """
    left = seconds * (total - done) / done
    return f"{left:.0f} s left" if left < 90 else f"{left / 60:.0f} min left"


def news(changes: SeedChanges) -> str:
    """Return the changes of the seeds, in a line.

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

    Of the sheets that a run read by one of its `rules` the faults are counted.
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
    """Return the advice on what was asked for by name; sheets without rows cannot be filled."""
    place, advice = _ASKED[rule]
    sheets = [*results.glob(place)] if place.endswith(".csv") else []
    return "no rows, since nothing was found to ask about" if sheets and not any(map(_has_rows, sheets)) else advice


def _has_rows(sheet: Path) -> bool:
    """Return True if a sheet has more than its header."""
    with sheet.open(encoding="utf-8") as lines:
        return len([*islice(lines, 2)]) > 1


class Account(logging.Handler):
    """Writes the account of a run from Snakemake's own records of it."""

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
        self._parses: list[str] = []  # batches that are parsed
        self._to_parse = 0
        self._tails: list[list[str]] = []  # last lines of the logs of each failed job
        self._stopped = False

    @cached_property
    def _members(self) -> dict[str, dict[str, str]]:
        """Return {doc_id: SHA-256} of the seeds of each batch, from manifests that are there once the run has begun."""
        return {batch: manifest_seeds(self._results, batch) for batch in self._batches}

    @property
    def _seeds(self) -> dict[str, str]:
        return {name: sha256 for members in self._members.values() for name, sha256 in members.items()}

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line of a record, if it belongs into the account."""
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
        """Write lines; to nowhere, once nobody reads them any more (`| head -1`): the run goes on."""
        try:
            self._stream.writelines(f"{line}\n" for line in lines)
            self._stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())

    def _timed(self, line: str) -> None:
        self._told = time.monotonic()
        self.tell(f"{self._told - self._begin:5.0f} s  {line}")

    def _plan(self, jobs: dict[str, int]) -> None:
        """Take in how many jobs of each rule are to run; a checkpoint makes them more."""
        first = not self._left
        self._left = Counter()
        for rule, number in jobs.items():
            if rule not in ("total", "all", "tables"):
                self._left[_STAGE_OF.get(rule, _OTHERS)] += number
        if first:
            self._to_parse = jobs.get("parses", 0)
            self.tell(news(seed_changes(self._results, self._seeds)))

    def _finish(self, job: _Job) -> None:
        """Write a line if a job was the last of its stage, or if there is progress to tell."""
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
            return  # its turn to be stopped came before Snakemake's own
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


def _first_named(files: list[str]) -> list[str]:
    """Return a few files of a long list, and how many more there are.

    >>> _first_named(["a", "b", "c", "d", "e"])
    ['a', 'b', 'c', 'and 2 more']
    """
    return [*files[:_NAMED], f"and {len(files) - _NAMED:,} more"] if len(files) > _NAMED else files


def shorten_lists(record: logging.LogRecord) -> bool:
    """Return True, with the lists of files shortened in a record of a job: the report has over a hundred inputs."""
    about = record.__dict__
    about |= {name: _first_named(about[name]) for name in ("input", "output") if isinstance(about.get(name), list)}
    if isinstance(about.get("reason"), str):
        clauses = (clause.partition(": ") for clause in about["reason"].split("; "))
        about["reason"] = "; ".join(
            title + colon + ", ".join(_first_named(files.split(", "))) for title, colon, files in clauses
        )
    return True


def short_account(logger: logging.Logger, output: Any, results: Path, batches: Iterable[str]) -> Account | None:  # noqa: ANN401
    """Put the short account in place of Snakemake's own on the terminal; return None where that one is to stay.

    `output` are Snakemake's settings of its output. `--verbose`, any other `quiet` than the default profile's and a
    logger plugin leave all as it is; so does a dry run, which only has its long lists of files shortened.
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
