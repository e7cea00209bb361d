"""The user's sheet seeds/metadata.csv: metadata of the other files, by their path. Imports no package at the top."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from scripts.core.sheets import read_sheet as read_cells
from scripts.documents.paths import folder_depth, owning_seed

PATH_COLUMNS = ("path", "file", "filename", "doc_id", "seed")
_LONGEST_PATH = 8_192  # characters: a Linux path has at most 4,096, and so does the part within an archive


class SheetLine(NamedTuple):
    """One line of the sheet: its number, the path in it as written, and the other cells that are not empty."""

    number: int
    path: str
    values: dict[str, str]


def read_path_sheet(name: str, data: bytes) -> tuple[list[SheetLine], list[str]]:
    """Return the lines of a sheet whose header has a column `path`, and a message about each fault in it.

    `name` is the file name for messages. Raises ValueError, saying what to do, if the sheet cannot be read.
    """
    sheet = read_cells(name, data)
    first = sheet.by_lower_case()
    path = next((first[column] for column in PATH_COLUMNS if column in first), None)
    if path is None:
        raise ValueError("Write the names of its columns into its first line, one of them `path`.")
    lines = []
    messages = [f"Row {number}: {message}" if number else message for number, _, message in sheet.oddities]
    for number, values in sheet.rows:
        cells = {lower: values[column].strip() for lower, column in first.items() if column != path}
        if where := values[path].strip():
            lines.append(SheetLine(number, where, {column: cell for column, cell in cells.items() if cell}))
        elif any(cells.values()):
            messages.append(f"Row {number}: there is no path in it. Write one, or delete the row.")
    return lines, messages


def _by_name(doc_ids: Iterable[str]) -> dict[str, str]:
    """Return {name without folders: file}, "" for a name that several files have."""
    files: dict[str, str] = {}
    for doc_id in doc_ids:
        name = doc_id.rpartition("/")[2]
        files[name] = "" if name in files else doc_id
    return files


def assign(
    lines: Iterable[SheetLine], doc_ids: Iterable[str]
) -> tuple[dict[str, dict[str, dict[str, str]]], list[str]]:
    """Return the sheet by seed, {seed: {document: {column: value}}}, and a message for each line that does not fit.

    A line does not fit if there is no such seed, or if it contradicts an earlier line about the same document, which
    takes precedence. Paths match whether their letters are composed or decomposed (as on macOS); a, ./a and seeds/a are
    the same, and a backslash counts as a slash.
    """
    seeds = {unicodedata.normalize("NFC", doc_id): doc_id for doc_id in doc_ids}
    depth = folder_depth(seeds)
    by_name: dict[str, str] = {}  # filled once a line matches no file
    by_seed: dict[str, dict[str, dict[str, str]]] = {}
    messages = []
    for line in lines:
        path = unicodedata.normalize("NFC", line.path[:_LONGEST_PATH])
        slashed = path.replace("\\", "/").removeprefix("./")
        spellings = (path, slashed, slashed.removeprefix("seeds/")) if len(line.path) <= _LONGEST_PATH else ()
        owners = ((spelling, owning_seed(spelling, seeds, depth=depth)) for spelling in spellings)
        path, owner = next(((spelling, seed) for spelling, seed in owners if seed), (path, None))
        if owner is None:
            by_name = by_name or _by_name(seeds)
            alike = by_name.get(path.replace("\\", "/").rpartition("/")[2], "")
            hint = f", but {alike[:200]!r}" if alike else ""
            written = f"Row {line.number}: there is no file {line.path[:200]!r} here"
            messages.append(f"{written}{hint}. Correct `path`, or delete the row.")
            continue
        seed, part = seeds[owner], path[len(owner) :]
        values = by_seed.setdefault(seed, {}).setdefault(seed + part, {})
        for name, value in line.values.items():
            if (first := values.setdefault(name, value)) != value:
                messages.append(
                    f"Row {line.number}: {name[:80]!r} of {line.path[:200]!r} is {first[:80]!r} in a row above, "
                    f"which is used; {value[:80]!r} is not. Delete the one that is wrong."
                )
    return by_seed, messages
