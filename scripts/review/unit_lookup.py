"""Looks up rows of filled sheets in the corpus: the unit that each judges, or why it cannot be identified any more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from scripts.core.annotation import documents_by_text, text_sha256
from scripts.framing.people_sheets import SheetProblem, letters
from scripts.review.filled import Checked
from scripts.review.people import Answer
from scripts.review.shown_cells import changed_columns
from scripts.review.units import ReviewUnits

# The column of a unit that the reviewer judged; its value must not have changed since.
_JUDGED = {"attributions": "speaker_in_document", "sentences": "text", "names": "label"}

OF_CORPUS = frozenset(["text-changed", "other-corpus", "older-version"])  # problems that no reviewer caused


def _document(row: Checked, texts: Mapping[str, str], by_text: Mapping[str, str]) -> str:
    """Return the document that a row names if the text is the same, else one with its text. Raises Answer for none."""
    if row.doc_id in texts and text_sha256(texts[row.doc_id]) == row.text_sha256:
        return row.doc_id
    if row.text_sha256 in by_text:
        return by_text[row.text_sha256]
    if row.doc_id in texts:
        message = f"The text of {row.doc_id[:120]!r} has changed since the sheet was drawn. Draw a new sheet."
        raise Answer("text-changed", f"{message} The row is left out.")
    message = f"There is no document {row.doc_id[:120]!r} and none with its text. Put it back; the row is left out."
    raise Answer("other-corpus", message)


def _unit(row: Checked, candidates: list[int], units: pd.DataFrame) -> int:
    """Return the number of the unit that a row judges, among those at its place. Raises Answer if there is none."""
    column = _JUDGED[row.kind]
    if not candidates:
        message = "The machine has nothing at this place now: the sheet is from an older version. Draw a new one."
        raise Answer("older-version", f"{message} The row is left out.")
    shown = row.cells.get(column, "").strip()
    if column == "text":
        return candidates[0]
    now = [str(units[column].iloc[at]).strip() for at in candidates]
    if shown not in now:
        message = (
            f"{column} is now {now[0][:80]!r}, but {shown[:80]!r} in the sheet, which is from an older version or was "
            "edited. Draw a new sheet; the row is left out."
        )
        raise Answer("older-version", message)
    return candidates[now.index(shown)]


def find_units(rows: Iterable[Checked], units: ReviewUnits) -> tuple[list[tuple[Checked, int]], list[SheetProblem]]:
    """Return the rows whose unit is in the corpus as it was judged, and a problem for each of the others.

    Each row is paired with the number of its unit in the data frame of its kind. A document is identified by its text,
    even if it was renamed; if several have the same text, the first is used. If no row of a file is of this corpus, the
    file gets a single problem.
    """
    by_text = documents_by_text(units.texts)
    at_place: dict[tuple[str, str, int, int], list[int]] = defaultdict(list)
    for kind, frame in units.by_sheet.items():
        for number, place in enumerate(zip(frame["doc_id"], frame["start"], frame["end"], strict=True)):
            at_place[(kind, *place)].append(number)
    matched, problems = [], []
    for row in rows:
        try:
            doc_id, frame = _document(row, units.texts, by_text), units.by_sheet[row.kind]
            present = units.texts[doc_id][row.start : row.end]
            # A shared copy has no column `text`: there the digest of the document identifies the words.
            if letters(present) != letters(row.cells.get("text", present)):
                message = (
                    "The words of the row are not those at its place: a column was sorted without the others, or text "
                    "was edited. Copy the answers into the sheet as drawn; the row is left out."
                )
                raise Answer("moved-cells", message)
            unit = _unit(row, at_place.get((row.kind, doc_id, row.start, row.end), []), frame)
            if row.answers and (changed := changed_columns(row.kind, row.cells)):
                message = (
                    f"{', '.join(changed)} is not as it was drawn: overwritten, or sorted without the other columns, "
                    "so that the answer may be to something else. Copy the answers into the sheet as drawn; the row is "
                    "left out."
                )
                raise Answer("moved-cells", message)
            matched.append((row, unit))
        except Answer as error:
            problems.append(SheetProblem(row.file, row.row, error.code, error.message))
    return matched, _as_one({row.file for row, _ in matched}, problems)


def _as_one(usable: set[str], problems: list[SheetProblem]) -> list[SheetProblem]:
    """Return the problems, with a single one instead of many for each file that is entirely of another corpus."""
    others: dict[str, list[SheetProblem]] = defaultdict(list)
    for problem in problems:
        others[problem.sheet].append(problem)
    merged = []
    for file, of_file in others.items():
        rest = [problem for problem in of_file if problem.code != "other-corpus"]
        if file not in usable and len(of_file) - len(rest) > 1:
            message = (
                f"None of its {len(of_file)} rows is from this corpus: it was drawn from another one. Remove it from "
                "the folder, or draw a new sheet."
            )
            of_file = [*rest, SheetProblem(file, None, "other-corpus", message)]
        merged += of_file
    return merged
