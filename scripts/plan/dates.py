"""The dates of the results: all must be earlier than those of files that a run will write, or Snakemake misses edits.

Snakemake makes a file again if an input is newer. A file that is written now is newer than all results only if none of
them is dated now or later. They can be if a clock was set back, on a server whose clock is ahead, or on a file system
with dates in steps of one or two seconds. Then the dates of all our files are moved back by the same amount, because
their order shows what a killed run has yet to make. Files that a user put beside them keep their dates.
"""

import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from scripts.plan.record import move_record

_SECOND = 1_000_000_000  # ns
_COARSEST = 2 * _SECOND  # the steps of dates in a FAT file system


def disk_time(folder: Path) -> int:
    """Return the date (mtime in ns) that a file written to a folder now gets, by the clock of its disk or server."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".clock-") as file:
        file.write(b"\n")
        file.flush()
        return os.fstat(file.fileno()).st_mtime_ns


def _dates(paths: Iterable[Path]) -> list[tuple[int, int, Path]]:
    """Return (mtime, atime, path) of files and folders, oldest first; a file with several names (hard links) only once.

    Symbolic links are left out, and so are missing files: those only planned, or removed by another program.
    """
    by_number: dict[tuple[int, int], tuple[int, int, Path]] = {}
    for path in paths:
        try:
            state = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if not stat.S_ISLNK(state.st_mode):
            by_number[state.st_dev, state.st_ino] = (state.st_mtime_ns, state.st_atime_ns, path)
    return sorted(by_number.values())


def settle_dates(results: Path, paths: Iterable[Path], now: int) -> int:
    """Move the dates of our files back, in the same order, until all are before `now`; return by how many ns.

    The oldest is moved first, so that the order is right even if this is interrupted. An even number of whole seconds
    keeps the order in a file system with coarse dates.
    """
    dates = _dates(paths)
    newest = max((date for date, _, _ in dates), default=0)
    if newest < now:
        return 0
    by = ((newest - now) // _COARSEST + 1) * _COARSEST
    move_record(results, by)
    for date, read, path in dates:
        try:
            os.utime(path, ns=(read, date - by))
        except FileNotFoundError:
            continue
    return by


def mend_dates(results: Path, paths: Iterable[Path]) -> None:
    """Make our files older than any file written from now on, and print a line to stderr if a clock was wrong."""
    by = settle_dates(results, paths, disk_time(results))
    if by > _COARSEST:
        print(
            f"{results}: files were dated up to {by // _SECOND} s ahead of the clock, which hides edits. The dates of "
            "everything that Newsloom wrote here were moved back by that much.",
            file=sys.stderr,
        )
