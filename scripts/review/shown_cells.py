"""Columns of review sheets, and digests of the shown cells (column `check`) that reveal which cells were changed."""

import hashlib
from collections.abc import Mapping

from scripts.core.sheets import EMPTY
from scripts.framing.people_sheets import letters

# Columns that a reader fills, by sheet.
FILLED = {
    "attributions": ("right", "speaker_right", "whose", "same_as", "content_should_be", "comment"),
    "sentences": ("missed", "whose", "missed_names", "comment"),
    "names": ("right", "label_should_be", "comment"),
}
# Columns of every sheet that a reader leaves as they are, besides the shown ones.
DESIGN = (
    "sheet", "number", "drawn", "doc_id", "text_sha256", "start", "end", "stratum", "stratum_size", "before", "text",
    "after",
)  # fmt: skip
# Shown columns that ask the reader a question.
ASKED = {"attributions": ("may_be",), "sentences": (), "names": ()}
# Columns to fill that may be missing from a sheet.
OPTIONAL = frozenset(["missed_names", "comment"])
# Columns on which a reader's judgement is based, by sheet, in the order of their digests in the column `check`.
SHOWN = {
    "attributions": (
        "speaker", "speaker_in_document", "source", "cue", "type", "rule", "group", "band", "confidence", "n_words",
        "may_be",
    ),
    "sentences": ("machine", "names"),
    "names": ("label", "entity"),
}  # fmt: skip
# Shown columns without a digest: the machine's words of a statement, if they are separate pieces of `text`.
UNCHECKED: dict[str, tuple[str, ...]] = {"attributions": ("content",), "sentences": (), "names": ()}
CHECK = "check"
_AROUND = ("number", "drawn", "stratum", "before", "text", "after")
_DIGITS = 4  # of each cell's digest


def checked_columns(kind: str) -> tuple[str, ...]:
    """Return the columns of a sheet that have a digest in its column `check`."""
    return (*_AROUND, *SHOWN[kind])


def _stable(cell: str) -> str:
    """Return the part of a cell that spreadsheets do not change: a number's value, else the letters and digits.

    >>> _stable("0.70") == _stable("0,7"), _stable("\\u201cWe pay\\u201d") == _stable('"We pay"')
    (True, True)
    """
    try:
        return letters(f"{float(cell.replace(',', '.')):g}")
    except ValueError:
        return letters("" if cell == EMPTY else cell)


def _digest(column: str, cell: str) -> str:
    return hashlib.sha256(f"{column}\0{_stable(cell)}".encode()).hexdigest()[:_DIGITS]


def row_check(kind: str, cells: Mapping[str, str]) -> str:
    """Return the cell of the column `check` of a row as drawn."""
    return "-".join(["c", *(_digest(column, cells[column]) for column in checked_columns(kind))])


def changed_columns(kind: str, cells: Mapping[str, str]) -> list[str]:
    """Return the columns of a row whose cells differ from the drawn ones; deleted columns are ignored."""
    columns, digests = checked_columns(kind), cells[CHECK].strip().lower().split("-")[1:]
    if len(digests) != len(columns):
        return [CHECK]
    pairs = zip(columns, digests, strict=True)
    return [column for column, digest in pairs if column in cells and _digest(column, cells[column]) != digest]
