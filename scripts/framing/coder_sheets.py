"""One filled coding sheet, CSV or .xlsx: its rows as codes of units of the corpus, and the rows that cannot be used."""

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from scripts.core.annotation import text_sha256
from scripts.core.csv_tables import unescape_cell
from scripts.core.sheets import EMPTY, NO, YES, SheetRow, whole_number
from scripts.framing.people_sheets import SheetProblem, letters, read_filled_sheet
from scripts.framing.units import SENTENCE, WHOLE_ARTICLE, UnitKey, Units, cell_text

DIGEST = "text_sha256"  # column in place of `text` in a shared copy: the digest of its letters


class CodedLine(NamedTuple):
    """A row of a sheet: its place, its unit, the codes by frame (NaN: not coded), and the sampling design."""

    place: tuple[str, int]
    key: UnitKey
    codes: list[float]
    corpus_size: int
    stratum: int
    stratum_size: int


def _codes(row: SheetRow, frames: list[str], sheet: str) -> tuple[list[float], list[SheetProblem]]:
    """Return the codes of a row by frame; a filled cell other than 1 or 0 counts as not coded, and is a problem."""
    codes, problems = [], []
    for frame in frames:
        value = unicodedata.normalize("NFKC", row.values.get(frame, "")).strip().strip("'").lower()
        codes.append(1.0 if value in YES else 0.0 if value in NO else np.nan)
        if value not in ("", EMPTY.lower()) and np.isnan(codes[-1]):
            message = f"{frame}: '{value[:40]}' is neither 1 nor 0, so the cell counts as not coded. Write 1 or 0."
            problems.append(SheetProblem(sheet, row.number, "code", message))
    return codes, problems


def _line(
    row: SheetRow, codes: list[float], sheet: str, units: Units, place: Mapping[UnitKey, int]
) -> CodedLine | SheetProblem:
    """Return a row as a line, or why it cannot be used."""
    columns = (["sentence"] if units.kind == SENTENCE else []) + ["corpus_size", "stratum", "stratum_size"]
    try:
        *sentence, corpus_size, stratum, stratum_size = (whole_number(row.values[column]) for column in columns)
    except ValueError:
        message = f"One of {', '.join(columns)} is not a whole number, so the row is left out. Put back what was there."
        return SheetProblem(sheet, row.number, "design", message)
    key = (unescape_cell(row.values["doc_id"].strip()), sentence[0] if sentence else WHOLE_ARTICLE)
    at = place.get(key)
    if at is None or not _is_shown(row, cell_text(units.texts[at])):
        message = (
            f"This {units.kind} is not, or no longer, in the corpus as it was coded, so the row is left out. Put its "
            "document back, or delete the row."
        )
        return SheetProblem(sheet, row.number, "unit", message)
    return CodedLine((sheet, row.number), key, codes, corpus_size, stratum, stratum_size)


def _is_shown(row: SheetRow, text: str) -> bool:
    """Return True if a row shows a text or, as in a shared copy, has its digest."""
    if "text" in row.values:
        return letters(unescape_cell(row.values["text"])) == letters(text)
    return row.values[DIGEST].strip() == text_sha256(letters(text))


def read_coder_sheet(
    name: str, data: bytes, frames: list[str], units: Units, place: Mapping[UnitKey, int]
) -> tuple[list[CodedLine], list[SheetProblem]]:
    """Return the usable rows of a sheet, and its problems; `place` has the row of each unit in `units`."""
    columns = ["doc_id", *(["sentence"] if units.kind == SENTENCE else []), "corpus_size", "stratum", "stratum_size"]
    advice = f"Fill in a copy of coding_sheet.csv for {units.kind}s (framing.coding.unit)."
    sheet, problems = read_filled_sheet(name, data, columns, advice)
    if sheet is None:
        return [], problems
    if "text" not in sheet.columns and DIGEST not in sheet.columns:
        return [], [*problems, SheetProblem(name, None, "sheet", f"{name}: no column text in its first row. {advice}")]
    if missing := [frame for frame in frames if frame not in sheet.columns]:
        message = f"No column {', '.join(missing)}: not coded. Fill in a copy of coding_sheet.csv for this scheme."
        problems.append(SheetProblem(name, None, "columns", message))
    lines = []
    for row in sheet.rows:
        codes, of_row = _codes(row, frames, name)
        problems += of_row
        line = _line(row, codes, name, units, place)
        if isinstance(line, CodedLine):
            lines.append(line)
        elif not np.isnan(codes).all():
            problems.append(line)
    return lines, problems
