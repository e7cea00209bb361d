"""The sheets in the folder of reviews: which are corrections, and their rows as decisions; which are review sheets."""

import hashlib
import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from scripts.core.csv_tables import unescape_cell
from scripts.core.sheets import SheetError, header_of, read_sheet, sheet_rows
from scripts.review.decisions import Decision, parse_decision

SUFFIXES = frozenset([".csv", ".tsv", ".txt", ".xlsx"])
PROJECT_SUFFIXES = frozenset([".qdpx"])
_LARGEST = 100_000_000  # bytes


def _is_review_sheet(path: Path) -> bool:
    """Return True for a sheet with a column `sheet` and no column `what`: a filled review sheet."""
    try:
        if path.stat().st_size > _LARGEST:
            return False
        header, _ = header_of(sheet_rows(path.name, path.read_bytes()))
    except (SheetError, OSError):
        return False  # `read_decisions` says what is wrong with it
    columns = [cell.strip().lower() for cell in header]
    return "sheet" in columns and "what" not in columns


def review_manifest(paths: Iterable[Path]) -> str:
    """Return the manifest of the filled review sheets: a JSON line for each, with its path and SHA-256."""
    lines = (
        {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in paths
        if _is_review_sheet(path)
    )
    return "".join(json.dumps(line) + "\n" for line in lines)


def read_files(manifest: Path) -> dict[str, bytes]:
    """Return the bytes of the files of a manifest by their paths."""
    lines = map(json.loads, manifest.read_text(encoding="utf-8").splitlines())
    return {line["path"]: Path(line["path"]).read_bytes() for line in lines}


class Fault(NamedTuple):
    """Something wrong with a sheet: the file, the row (0 for the file as a whole), and what to do about it."""

    file: str
    row: int
    message: str


def sheet_files(folder: Path, suffixes: Collection[str] = SUFFIXES) -> list[Path]:
    """Return the sheets in a folder by name, leaving out hidden files and the locks of office programs."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in suffixes and not path.name.startswith((".", "~$")) and path.is_file()
    )


def project_files(folder: Path) -> list[Path]:
    """Return the projects of other tools in a folder by name."""
    return sheet_files(folder, PROJECT_SUFFIXES)


def unreadable(name: str, error: OSError) -> Fault:
    """Return the fault of a file that the operating system does not let be read."""
    return Fault(name, 0, f"It cannot be read ({error.strerror or error}). Check its permissions and the disk.")


def read_decisions(paths: Iterable[Path]) -> tuple[list[Decision], list[Fault]]:
    """Return the decisions in all sheets that have a column `what`, once each, and what is wrong with the others.

    A filled review sheet, which has a column `sheet` instead, is passed over.
    """
    decisions: dict[tuple[object, ...], Decision] = {}
    faults = []
    for path in paths:
        try:
            if path.stat().st_size > _LARGEST:
                raise SheetError(f"{path.name}: it has more than {_LARGEST:,} bytes. Split it.")
            sheet = read_sheet(path.name, path.read_bytes())
        except SheetError as error:
            faults.append(Fault(path.name, 0, str(error)))
            continue
        except OSError as error:
            faults.append(unreadable(path.name, error))
            continue
        columns = {column.lower(): column for column in reversed(sheet.columns)}
        if "what" not in columns:
            if "sheet" not in columns:
                message = (
                    "neither a sheet of corrections (no column `what`) nor a review sheet (no column `sheet`). Add the "
                    "column, or move the file elsewhere."
                )
                faults.append(Fault(path.name, 0, message))
            continue
        faults += [Fault(path.name, number, message) for number, _, message in sheet.oddities]
        for row in sheet.rows:
            cells = {name: unescape_cell(row.values[column]) for name, column in columns.items()}
            try:
                decision = parse_decision(path.name, row.number, cells)
            except ValueError as error:
                faults.append(Fault(path.name, row.number, str(error)))
                continue
            # The same row in two files, such as a copy that the browser saved again, is one decision.
            decisions.setdefault(decision[2:9], decision)
    return list(decisions.values()), faults
