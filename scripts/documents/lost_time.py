"""CPU seconds spent on files that yielded no text: each job of a run adds lines to one file.

That file is emptied when a run begins. Where jobs do not share a disk, each has a file of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FILES: list[Path] = []  # of this process: the last one is in use
_MOST_DIGITS = 6  # of a line: a longer one is damaged and ignored


@contextmanager
def counted_in(path: Path) -> Iterator[None]:
    """Count lost seconds in a file within a `with` block; outside such a block they are not counted."""
    _FILES.append(path)
    try:
        yield
    finally:
        _FILES.pop()


def add_lost(seconds: int) -> None:
    """Add to the seconds lost in this run."""
    if seconds and _FILES:
        _FILES[-1].parent.mkdir(parents=True, exist_ok=True)
        with _FILES[-1].open("ab") as file:
            file.write(b"%d\n" % seconds)


def lost_seconds() -> int:
    """Return the seconds lost in this run so far."""
    try:
        lines = _FILES[-1].read_bytes().split() if _FILES else []
    except FileNotFoundError:
        return 0
    return sum(int(line) for line in lines if line.isdigit() and len(line) <= _MOST_DIGITS)
