"""The files of a plan: inputs of rules that are made before Snakemake builds the DAG.

A run writes them. A command that only looks (`--dry-run`, `--summary`, `--dag`, `--list`, `--lint`) changes nothing
in the results folder: instead of the files that a run would write, Snakemake gets copies in a temporary folder.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from scripts.core.recorded import advice, deviations, read_record
from scripts.core.schemas import tables_that_are
from scripts.core.storage import write_text
from scripts.plan.dates import mend_dates
from scripts.plan.folder import (
    ForeignError,
    batch_names,
    check_folders,
    check_sheets,
    claim,
    make_way,
    our_paths,
    own_files,
    written_names,
)
from scripts.plan.lock import AlreadyRunning, lock_results
from scripts.plan.record import begin_record, final_files

# 2100-01-01 in seconds since 1970: a copy is newer than all results, even those dated in the future by a wrong clock.
_YEARS_AHEAD = 4_102_444_800

_UP_TO_DATE = "Nothing to be done"  # Snakemake also says this of a file that somebody else put there


def tell_garbled(path: Path) -> None:
    """Print a line if a file exists but cannot be read as text, and so is about to be written anew."""
    try:
        path.read_bytes().decode()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError):
        print(f"{path} could not be read; it was rewritten.", file=sys.stderr)


def respelled(text: str, spaces: int) -> str:
    """Return JSON or JSON lines with spaces before the end: the same content in different bytes.

    Snakemake redoes nothing for an input whose bytes are the same as last time, however new the file is.
    """
    return text.removesuffix("\n") + " " * spaces + "\n"


def spaces_before_end(path: Path, text: str) -> int | None:
    """Return the spaces with which a file is this text `respelled`, 0 if it is the text itself, else None."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if content == text.encode():
        return 0
    spaces = len(content) - len(respelled(text, 0).encode())
    return spaces if spaces > 0 and content == respelled(text, spaces).encode() else None


class PlanFiles(logging.Handler):
    """The files of a plan, written when Snakemake logs that a run has begun, which it does before it looks at any file.

    Only its log tells a run from commands such as `--summary`, which execute the Snakefile in the same way. A file is
    written only if its bytes change, so that its time stamp says when they last did.
    """

    def __init__(
        self,
        results: Path,
        texts: Mapping[str, str],
        *,
        renewed: Collection[str] = (),
        batches: Collection[str] = (),
        groups: Collection[str] = (),
    ) -> None:
        """Set the texts, by path below `results`; files in `renewed` are written in different bytes (`respelled`).

        `batches` and `groups` are the names of those that have files in this run.
        """
        super().__init__()
        self._results = results
        self._texts = texts
        self._renewed = renewed
        self._batches = batches
        self._groups = groups
        self.is_run = False
        self.results_lock: BinaryIO | None = None
        self.listed: set[str] = set()  # Newsloom's files in the results folder
        self._patterns: set[str] = set()
        self._workflow: Any = None

    def check_folder(self, workflow: Any) -> None:  # noqa: ANN401
        """Take the rules of a Snakemake workflow. Raises SystemExit if the results folder is not ours."""
        self._workflow = workflow
        self._patterns = {*self._texts, *written_names(self._results, workflow.rules)}
        try:
            own_files(self._results)
        except (ForeignError, OSError) as error:
            raise SystemExit(self._reason(error)) from None

    def emit(self, record: logging.LogRecord) -> None:
        """Begin the run when Snakemake logs its start; end it with a message if its folder cannot be used."""
        event = record.__dict__.get("event")
        try:
            if event == "workflow_started" and not self.is_run:
                self.begin()
            elif self._workflow and (event == "run_info" or record.getMessage().startswith(_UP_TO_DATE)):
                self.claim_jobs(self._workflow.dag)
        except (AlreadyRunning, ForeignError, OSError) as error:
            raise SystemExit(self._reason(error)) from None

    def _reason(self, error: Exception) -> str:
        """Return the message for an error; for an error of the system, it names the setting to change."""
        if not isinstance(error, OSError):
            return str(error)
        reason = error.strerror or error
        return (
            f"results: the folder {self._results} cannot be used ({reason}). Set `results` in config.yaml to another."
        )

    def begin(self) -> None:
        """Lock the results folder for this object's life, mend dates that would mislead Snakemake, write the files.

        Raises AlreadyRunning if another run works in the same folder, and ForeignError if the folder is not ours.
        """
        own_files(self._results)  # checks the folder before the lock is written to it
        self.results_lock = lock_results(self._results)
        self.listed = own_files(self._results)
        claim(self._results, self.listed, [*self._texts, *batch_names(self._patterns, self._batches, self._groups)])
        look_back(self._results, self.listed)
        for table in tables_that_are("grouped"):
            make_way(self._results, self.listed, table, in_groups=bool(self._groups))
        self.write()

    def claim_jobs(self, dag: Any) -> None:  # noqa: ANN401
        """List the files that Snakemake's jobs will write as ours, before the first job runs.

        Raises ForeignError if a job would overwrite or remove a file that is not ours or a sheet that is filled in.
        """
        check_sheets(self._results, written_names(self._results, dag.needrun_jobs()))
        claim(self._results, self.listed, written_names(self._results, dag.jobs))
        check_folders(self._results, written_names(self._results, dag.needrun_jobs(), folders=True))

    def write(self) -> None:
        """Write the files and forget their texts; from now on `place` returns paths in the results folder."""
        self.is_run = True
        for name in self._texts:
            if (text := self._new_text(name)) is not None:
                tell_garbled(self._results / name)
                write_text(self._results / name, text)
        self._texts = {}

    def place(self, path: str) -> str:
        """Return the path of a file of the plan for Snakemake: in a run the file itself, otherwise its copy."""
        if self.is_run:
            return path
        copy = Path(self._copies.name, Path(path).relative_to(self._results))
        return str(copy) if copy.exists() else path

    def _new_text(self, name: str) -> str | None:
        """Return the text to write to a file, or None if the file stays as it is.

        A file that was renewed before keeps its spaces; if renewed again, it gets one more, whether or not the last
        renewal caused anything to be redone.
        """
        path, text = self._results / name, self._texts[name]
        spaces = spaces_before_end(path, text)
        if name in self._renewed:
            return respelled(text, (spaces or 0) + 1)
        return None if spaces is not None else text

    @cached_property
    def _copies(self) -> tempfile.TemporaryDirectory[str]:
        """Make copies of all files that a run would write, at once: Snakemake lists a folder only the first time."""
        folder = tempfile.TemporaryDirectory(prefix="newsloom-plan-")
        for name in self._texts:
            if (text := self._new_text(name)) is None:
                continue
            copy = Path(folder.name, name)
            write_text(copy, text)
            os.utime(copy, (_YEARS_AHEAD, _YEARS_AHEAD))
        return folder


def look_back(results: Path, listed: Collection[str]) -> None:
    """Mend the dates of the listed files if a clock was wrong, and print which final files were edited."""
    mend_dates(results, our_paths(results, listed))
    record = read_record(results)
    if record.fault:
        print(record.fault, file=sys.stderr)
        begin_record(results, 0)
    for each in deviations(results, record, final_files(results), read_all=False):
        print(advice(results, each), file=sys.stderr)
