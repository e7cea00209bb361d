"""Limits on the size of the user's files: of each file, and of all files of a run together.

Each reader checks the limits of its format and raises LimitError, whose message names the limit, its value and what to
do; the caller turns that into a row of problems. The size of a file is always checked before it is read.
"""

from collections.abc import Iterable
from pathlib import Path

from scripts.core.faults import is_used_up

MEGABYTE = 1_000_000  # bytes
# The defaults of the settings `input: largest_megabytes` and `input: most_megabytes`.
FILE_MEGABYTES, RUN_MEGABYTES = 100, 2_000
_ENTRY = b"PK\x01\x02"  # begins each entry in the directory of a ZIP archive
_MOST_ENTRIES = 200_000  # including those of archives within it; Python takes 1 KB of memory for each


class LimitError(ValueError):
    """Input exceeds a limit; the message names the limit, its value and what to do."""


class Budget:
    """The limit on the bytes of all sheets, projects and texts of a run, each counted once.

    `left_out` has the files that a run leaves out, and why.
    """

    def __init__(self, *, largest: int = FILE_MEGABYTES, most: int = RUN_MEGABYTES) -> None:
        """Set the most megabytes of one file (`largest`) and of all files together (`most`)."""
        self._largest, self._most = largest, most
        self._sizes: dict[Path, int] = {}
        self.left_out: dict[str, str] = {}

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file. Raises LimitError, before reading, if there are too many of them, and OSError."""
        size = path.stat().st_size
        if size > self._largest * MEGABYTE:
            raise LimitError(
                f"It has {size / MEGABYTE:,.0f} MB; the limit for a file is {self._largest:,} MB. Leave out what you "
                "do not need, split it, or raise `input: largest_megabytes`."
            )
        total = sum(self._sizes.values()) - self._sizes.get(path, 0) + size
        if total > self._most * MEGABYTE:
            raise LimitError(
                f"With it, the sheets, projects and reference texts of this run have {total / MEGABYTE:,.0f} MB; the "
                f"limit for a run is {self._most:,} MB. Remove what you do not need, or raise `input: most_megabytes`."
            )
        self._sizes[path] = size
        return read_bounded(path, size)

    def read_all(self, paths: Iterable[Path]) -> dict[Path, bytes]:
        """Return the bytes of files by path, without files that are too large or unreadable: `left_out` says why.

        Raises OSError if a resource of the system is used up, so that no other file could be read either.
        """
        files = {}
        for path in paths:
            try:
                files[path] = self.read(path)
            except LimitError as error:
                self.left_out[str(path)] = str(error)
            except OSError as error:
                if is_used_up(error):
                    raise
                reason = f"It cannot be read ({error.strerror or error}). Check its permissions and the disk."
                self.left_out[str(path)] = reason
        return files


def read_bounded(path: Path, most: int) -> bytes:
    """Return the bytes of a file. Raises LimitError if it has more than `most`, also if it grows meanwhile."""
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise LimitError(f"It has more than {most:,} bytes. Run again when nothing is writing to it.")
    return data


def check_entries(data: bytes) -> None:
    """Raise LimitError if a ZIP archive has so many entries that listing them would take too much memory."""
    if (entries := data.count(_ENTRY)) > _MOST_ENTRIES:
        raise LimitError(f"The archive has {entries:,} entries; the limit is {_MOST_ENTRIES:,}. Split it.")
