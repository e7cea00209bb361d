"""The user's sheet seeds/metadata.csv: metadata of the other files, by their path. Nothing but the standard library."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

PATH_COLUMNS = ("path", "file", "filename", "doc_id", "seed")
_LONGEST_CELL = 1_000_000
_ROW = re.compile(r"#[0-9]+\Z")


class Line(NamedTuple):
    """One line of the sheet: its number, the path in it as written, and the other cells that are not empty."""

    number: int
    path: str
    values: dict[str, str]


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_sheet(data: bytes) -> list[Line]:
    """The lines of a sheet: CSV with commas, semicolons or tabs, and a header with a column `path`.

    Raises ValueError, saying what to do, if it cannot be read.
    """
    text = _decode(data)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ValueError(f"It is no CSV ({error}). Save it as CSV in UTF-8 once more.") from None
    names = [name.strip().lower() for name in rows[0]] if rows else []
    column = next((names.index(name) for name in PATH_COLUMNS if name in names), None)
    if column is None:
        raise ValueError("It needs a first line with the names of its columns, one of them `path`.")
    lines = []
    for number, row in enumerate(rows[1:], 2):
        cells = {name: cell.strip() for at, (name, cell) in enumerate(zip(names, row, strict=False)) if at != column}
        path = row[column].strip() if column < len(row) else ""
        if path:
            lines.append(Line(number, path, {name: cell for name, cell in cells.items() if name and cell}))
    return lines


def _owner(name: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The seed that a name belongs to (itself, the table it is a row of, the archive it lies in), and what is left."""
    bare = name
    while bare:
        if bare in known:
            return known[bare], name[len(bare) :]
        bare = bare.rpartition("#" if _ROW.search(bare) else "/")[0]
    return None


def assign(lines: Iterable[Line], doc_ids: Iterable[str]) -> tuple[dict[str, dict[str, dict[str, str]]], list[str]]:
    """What the sheet says of each seed, {seed: {document: {column: value}}}, and what is wrong with its lines.

    A line may fit no seed, or contradict an earlier one about the same document, which then stands.

    Names match whether their letters are composed or not (macOS has them decomposed); a, ./a and seeds/a are the same,
    and a backslash may stand for a slash.
    """
    known = {unicodedata.normalize("NFC", doc_id): doc_id for doc_id in doc_ids}
    found: dict[str, dict[str, dict[str, str]]] = {}
    wrong = []
    for line in lines:
        path = unicodedata.normalize("NFC", line.path)
        slashed = path.replace("\\", "/").removeprefix("./")
        names = (path, slashed, slashed.removeprefix("seeds/"))
        owned = next((owner for name in names if (owner := _owner(name, known))), None)
        if owned is None:
            wrong.append(f"Line {line.number}: there is no file {line.path[:200]!r} here.")
            continue
        seed, part = owned
        values = found.setdefault(seed, {}).setdefault(seed + part, {})
        for name, value in line.values.items():
            if (first := values.setdefault(name, value)) != value:
                wrong.append(
                    f"Line {line.number}: {name[:80]!r} of {line.path[:200]!r} is {first[:80]!r} in a line above, "
                    f"which stands; {value[:80]!r} does not."
                )
    return found, wrong
