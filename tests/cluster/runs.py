"""Runs to be killed, of a copy of the project with the press releases, known sources and views of examples/senate."""

import csv
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from scripts.core.storage import ROOT
from tests.workflow.project import copy_project

EXAMPLE = ROOT / "examples" / "senate"


def releases(number: int) -> dict[str, str]:
    """Return the first press releases of the example, each a table of its own."""
    with (EXAMPLE / "seeds" / "releases.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = islice(csv.reader(file), number + 1)
    seeds = {}
    for at, row in enumerate(rows):
        text = io.StringIO()
        csv.writer(text).writerows([header, row])
        seeds[f"{at:04}.csv"] = text.getvalue()
    return seeds


def copy_with_releases(folder: Path, *, number: int) -> Path:
    """Copy the project to a folder, with so many press releases."""
    project = copy_project(folder, seeds=releases(number))
    shutil.copy(EXAMPLE / "sources.csv", project)
    shutil.copytree(EXAMPLE / "views", project / "views")
    return project


def started(project: Path, *arguments: str, **environment: str) -> subprocess.Popen:
    """Start snakemake in a project, which adds its account to `run.log` there."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with (project / "run.log").open("a", encoding="utf-8") as log:
        command = [sys.executable, "-m", "snakemake", *arguments]
        return subprocess.Popen(
            command, cwd=project, env={**os.environ, "PATH": path, **environment}, stdout=log, stderr=log
        )


def processes_in(project: Path) -> dict[int, str]:
    """Return the processes that work in a project, with their command lines."""
    commands = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if (folder / "cwd").resolve().is_relative_to(project):
                commands[int(folder.name)] = (folder / "cmdline").read_text(encoding="utf-8").replace("\0", " ")
    return commands


def kill(processes: Iterable[int]) -> int:
    """Stop processes by SIGKILL; return how many there were."""
    numbers = set(processes)
    for number in (signal.SIGSTOP, signal.SIGKILL):  # stopped first, or a parent would see its child fail, and say so
        for pid in numbers:
            with suppress(ProcessLookupError):  # it has ended meanwhile
                os.kill(pid, number)
    return len(numbers)
