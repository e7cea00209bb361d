"""Reads the sheets in the folder of reviews: rows of corrections as decisions, and which files are review sheets."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from scripts.core.csv_tables import unescape_cell
from scripts.core.faults import is_used_up
from scripts.core.limits import Budget, LimitError
from scripts.core.planned import entry, manifest
from scripts.core.sheets import SheetError, header_of, read_sheet, sheet_rows
from scripts.review.decisions import DECIDED, Decision, parse_decision


def _is_review_sheet(name: str, data: bytes) -> bool:
    """Return True for a sheet with a column `sheet` and no column `what`: a filled review sheet."""
    try:
        header, _ = header_of(sheet_rows(name, data))
    except SheetError:
        return False  # `read_decisions` says what is wrong with it
    columns = [cell.strip().lower() for cell in header]
    return "sheet" in columns and "what" not in columns


def review_manifest(files: Mapping[Path, bytes]) -> str:
    """Return the manifest of the filled review sheets among `files` (bytes by path)."""
    return manifest(entry(path, data) for path, data in files.items() if _is_review_sheet(path.name, data))


class Fault(NamedTuple):
    """A fault in a sheet: the file, the row (0 for the file as a whole), and what is wrong and to be done about it."""

    file: str
    row: int
    message: str


def planned_decisions(path: Path) -> tuple[list[Decision], list[Fault]]:
    """Return all decisions and the faults in sheets from the file that the plan wrote."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    decisions = [Decision(**fields) for kind, fields in lines if kind == "decision"]
    return decisions, [Fault(**fields) for kind, fields in lines if kind == "fault"]


def read_folder(paths: Iterable[Path], budget: Budget | None = None) -> tuple[dict[Path, bytes], list[Fault]]:
    """Return the bytes of sheets and projects by path, each read once, and the faults of files that cannot be read.

    Raises OSError if a resource of the system is used up, so that no other file could be read either.
    """
    budget = budget or Budget()
    files, faults = {}, []
    for path in paths:
        try:
            files[path] = budget.read(path)
        except LimitError as error:
            faults.append(Fault(path.name, 0, str(error)))
        except OSError as error:
            if is_used_up(error):
                raise
            message = f"It cannot be read ({error.strerror or error}). Check its permissions and the disk."
            faults.append(Fault(path.name, 0, message))
    return files, faults


def read_decisions(files: Mapping[Path, bytes]) -> tuple[list[Decision], list[Fault]]:
    """Return the distinct decisions in all sheets that have a column `what`, and the faults in sheets.

    Filled review sheets, which have a column `sheet` instead, are skipped.
    """
    decisions: dict[tuple[object, ...], Decision] = {}
    faults = []
    for path, data in files.items():
        try:
            sheet = read_sheet(path.name, data)
        except SheetError as error:
            faults.append(Fault(path.name, 0, str(error)))
            continue
        columns = sheet.by_lower_case()
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
            # Count the same row in two files, such as a second download from the browser, as one decision.
            decisions.setdefault(tuple(getattr(decision, name) for name in DECIDED), decision)
    return list(decisions.values()), faults
