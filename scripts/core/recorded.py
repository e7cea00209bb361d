"""The record of the final files: size, date and SHA-256 of each as a run wrote it, in `results/.written.json`.

A run updates it at its end (`scripts.plan.record`). If a file has the recorded size and date but other bytes, the disk
has damaged it; if its size or date differs as well, somebody has edited it.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

RECORD = ".written.json"
_NAMED = 5  # files that a failed job names; `verify` names all
_ADVICE = {
    "damaged": "does not have the bytes that were written, though size and date are the same: the disk has damaged "
    "it. Remove it and run again.",
    "edited": "has been edited since it was written. It is kept as it is; to have it remade, remove it and run again.",
    "missing": "is missing. Run again, and it is made again.",
}


class Written(NamedTuple):
    """A final file as it was written: its size in bytes, its date (mtime in ns) and the SHA-256 of its content."""

    size: int
    date: int
    sha256: str


class Record(NamedTuple):
    """The final files by their paths below the results folder.

    Files dated `since` or later were written by a run that has not ended, and are not recorded yet; `since` is None if
    the last run has ended. If the record cannot be read, `fault` says why, and `files` is empty.
    """

    files: dict[str, Written]
    since: int | None
    fault: str = ""


class Deviation(NamedTuple):
    """A final file that is no longer as it was written, and how it differs."""

    name: str
    kind: Literal["damaged", "edited", "missing"]


def read_record(results: Path) -> Record:
    """Return the record of a results folder; an empty one if there is none or it cannot be read."""
    path = results / RECORD
    try:
        content = json.loads(path.read_bytes())
        files = {
            str(name): Written(int(size), int(date), str(sha256))
            for name, (size, date, sha256) in content["files"].items()
        }
        since = content["since"]
        return Record(files, None if since is None else int(since))
    except FileNotFoundError:
        return Record({}, 0)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return Record({}, 0, f"{path} cannot be read, so files that were edited or damaged before are not known.")


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def deviations(results: Path, record: Record, names: Iterable[str], *, read_all: bool) -> Iterator[Deviation]:
    """Yield the final files that differ from the record.

    A file with the size and date of the record is taken to be sound, unless `read_all`.
    """
    for name in names:
        path, written = results / name, record.files.get(name)
        if written is None:
            continue
        if not path.is_file():
            yield Deviation(name, "missing")
            continue
        stat = path.stat()
        same = (stat.st_size, stat.st_mtime_ns) == (written.size, written.date)
        unknown = record.since is not None and stat.st_mtime_ns >= record.since
        if (read_all if same else not unknown) and file_sha256(path) != written.sha256:
            yield Deviation(name, "damaged" if same else "edited")


def advice(results: Path, deviation: Deviation) -> str:
    """Return a line that says what happened to a file and what to do."""
    return f"{results / deviation.name} {_ADVICE[deviation.kind]}"


def unsound(results: Path, paths: Iterable[Path], *, edited_too: bool) -> list[str]:
    """Return a line of advice for each file of `paths` that is not as it was written; `paths` may include folders.

    Files that somebody edited are included only if `edited_too`.
    """
    record = read_record(results)
    chosen = {path.relative_to(results).as_posix() for path in paths if path.is_relative_to(results)}
    # The table of tokens is a folder or a file, by the number of articles: files of a former folder do not count.
    folders = {name for name in chosen if not (results / name).is_file()}
    names = [name for name in record.files if name in chosen or name.rpartition("/")[0] in folders]
    kinds = {"damaged", "missing"} | ({"edited"} if edited_too else set())
    return [advice(results, each) for each in deviations(results, record, names, read_all=True) if each.kind in kinds]


def main() -> None:
    """Check files before another step vouches for them: exit code 1 if one is not as it was written."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("results", type=Path, help="the results folder")
    parser.add_argument("files", type=Path, nargs="*", help="files and folders in it")
    parser.add_argument("--folder", type=Path, help="the folder of the tables")
    parser.add_argument("--tables", nargs="+", default=[], help="tables to check, as Parquet and CSV")
    parser.add_argument("--parquet", nargs="+", default=[], help="tables to check as Parquet alone")
    parser.add_argument("--keep-edited", action="store_true", help="files that somebody edited pass")
    options = parser.parse_args()
    tables = [f"{name}.parquet" for name in options.tables + options.parquet]
    tables += [f"{name}.csv" for name in options.tables]
    paths = [*options.files, *(options.folder / name for name in tables)]
    lines = unsound(options.results, paths, edited_too=not options.keep_edited)
    if more := len(lines) - _NAMED:
        lines[_NAMED:] = [f"And {more} more: `snakemake verify` names them all."] if more > 0 else []
    if lines:
        sys.exit("\n".join(lines))
