"""Functions by which a run begins the record of the final files (`scripts.core.recorded`) and updates it at its end."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.core.recorded import RECORD, Record, Written, deviations, file_sha256, read_record
from scripts.core.storage import write_text

# All files for the reader except the blank sheets to fill in, and then the folders of those sheets.
FINAL = (
    "tables/*", "tables/*/*", "figures/*", "views/*/*", "report.html", "report-data/*", "documents/*",
    "provenance.json", "datapackage.json", "share.zip", "exports/*",
)  # fmt: skip
SHEETS = frozenset(["coding", "review", "sources", "topics"])
# Folders that Snakemake treats as one output, and the stage that makes all files in them.
FOLDERS = {"report-data": "report", "documents": "document_pages"}


def _write(results: Path, record: Record) -> None:
    # A line for each file, so that diffs are short; all lines are written at once.
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(written)}" for name, written in record.files.items())
    write_text(results / RECORD, f'{{"since": {json.dumps(record.since)}, "files": {{\n{lines}\n}}}}\n')


def is_sheet(name: str) -> bool:
    """Return True if a path below the results folder is that of a sheet to fill in."""
    return name.partition("/")[0] in SHEETS


def filled_sheets(results: Path, names: Iterable[str]) -> list[str]:
    """Return the sheets among some files below `results` that were edited since a run wrote them."""
    sheets = sorted(filter(is_sheet, names))
    # A run that draws no sheet need not read the record, which is long where each document has a page.
    changed = deviations(results, read_record(results), sheets, read_all=False) if sheets else ()
    return [each.name for each in changed if each.kind == "edited"]


def final_files(results: Path, patterns: Iterable[str] = FINAL) -> Iterator[str]:
    """Yield the paths below `results` of the final files that exist."""
    for pattern in patterns:
        for path in sorted(results.glob(pattern)):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(results).as_posix()


def move_record(results: Path, by: int) -> None:
    """Move the dates in the record back by `by` ns, as the dates of the files are."""
    files, since, _ = read_record(results)
    if files or since:
        moved = {name: Written(size, date - by, sha256) for name, (size, date, sha256) in files.items()}
        _write(results, Record(moved, since and since - by))


def begin_record(results: Path, now: int) -> None:
    """Set the record's `since` to `now`, unless it is set: until a run ends, files dated later are not known."""
    files, since, _ = read_record(results)
    _write(results, Record(files, now if since is None else since))


def _renewed(results: Path, name: str, record: Record) -> Written | None:
    """Return an existing file's entry: as it is now if the run wrote it or only its date changed, else as before."""
    stat = (results / name).stat()
    before = record.files.get(name)
    if before and (before.size, before.date) == (stat.st_size, stat.st_mtime_ns):
        return before
    of_run = record.since is None or stat.st_mtime_ns >= record.since
    if not before and not of_run:
        return None
    now = Written(stat.st_size, stat.st_mtime_ns, file_sha256(results / name))
    return now if before is None or of_run or before.sha256 == now.sha256 else before


def record_written(results: Path, expected: Iterable[Path | str] = ()) -> None:
    """Record the final files and the sheets that the run has written, at its end.

    A file that somebody edited or that was damaged keeps its entry, so that it is reported until it is made anew. So
    does a missing file that is among the files `expected` of a complete run, or in an expected folder not remade.
    """
    names = {path.relative_to(results).as_posix() for path in map(Path, expected) if path.is_relative_to(results)}
    record = read_record(results)
    there = final_files(results, [*FINAL, *(f"{folder}/*" for folder in SHEETS)])
    files = {name: entry for name in there if (entry := _renewed(results, name, record))}
    for name in record.files.keys() - files.keys():
        folder = name.partition("/")[0]
        mark = results / folder / ".snakemake_timestamp"  # Snakemake's, dated when a job made the folder
        remade = mark.exists() and (record.since is None or mark.stat().st_mtime_ns >= record.since)
        if name in names or (folder in FOLDERS and folder in names and not remade):
            files[name] = record.files[name]
    _write(results, Record(dict(sorted(files.items())), None))


def broken_folders(results: Path) -> list[str]:
    """Return the stages that must run again because a file is missing from a folder that is their output."""
    missing = {name.partition("/")[0] for name in read_record(results).files if not (results / name).is_file()}
    return [FOLDERS[folder] for folder in sorted(missing & FOLDERS.keys())]
