"""Reads the sheets in the folder of reviews: rows of corrections as decisions, and which files are review sheets."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scripts.core.csv_tables import unescape_cell
from scripts.core.planned import entry, manifest
from scripts.core.sheets import SheetError, read_sheet
from scripts.review.decisions import DECIDED, Decision, parse_decision


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


def read_decisions(files: Mapping[Path, bytes]) -> tuple[list[Decision], list[Fault], str]:
    """Return the distinct decisions in all sheets that have a column `what`, the faults in sheets, and a manifest.

    The manifest lists the filled review sheets, which have a column `sheet` instead.
    """
    decisions: dict[tuple[object, ...], Decision] = {}
    faults, reviews = [], []
    for path, data in files.items():
        try:
            sheet = read_sheet(path.name, data)
        except SheetError as error:
            faults.append(Fault(path.name, 0, str(error)))
            continue
        columns = sheet.by_lower_case()
        if "what" not in columns:
            if "sheet" in columns:
                reviews.append(entry(path, data))
            else:
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
    return list(decisions.values()), faults, manifest(reviews)
