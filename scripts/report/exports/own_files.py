"""The user's own files in a shared copy: sheets, projects of other tools, frame schemes, topics, views, sources."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from scripts.core.annotation import text_sha256
from scripts.core.csv_tables import escape_cell, unescape_cell
from scripts.core.schemas import parse_yaml
from scripts.core.sheets import SheetError, read_sheet
from scripts.framing.coder_sheets import DIGEST
from scripts.framing.people_sheets import letters
from scripts.report.runs import BETWEEN, Runs, cut_runs, has_run

# Columns with words of the articles in sheets that Newsloom writes; none of them holds decisions or answers.
_TEXT_COLUMNS = frozenset(["before", "text", "after", "content", "machine", "context", "quote_1", "quote_2", "quote_3"])
# Further columns with words of the articles in sheets of topics; in review sheets `right` is an answer.
_TOPIC_COLUMNS = frozenset(["left", "hit", "right"])
_YAML = frozenset([".yaml", ".yml"])
# Folders with sheets, and the columns that a sheet must have. Schemes, views and the file of topics are YAML.
_REQUIRED = {"review": ("doc_id",), "coding": ("doc_id",), "topics": ("doc_id",), "sources": ()}


# A sheet without its columns of text: the names of its columns, then its rows of cells.
_Sheet = list[list[str]]


class Own(NamedTuple):
    """The user's files by their path in a copy: sheets, other files as bytes, and the names of files left out."""

    sheets: dict[str, _Sheet]
    files: dict[str, bytes]
    left_out: list[str]


def _without_texts(folder: str, name: str, data: bytes) -> _Sheet | None:
    """Return a sheet in `folder` without its columns of text.

    Return None if the file is not a sheet or lacks a required column: then its first row may be text, not a header.
    """
    if Path(name).suffix.lower() == ".qdpx":  # a project contains the texts
        return None
    try:
        sheet = read_sheet(name, data, required=_REQUIRED[folder])
    except SheetError:
        return None
    texts = _TEXT_COLUMNS | _TOPIC_COLUMNS if folder == "topics" else _TEXT_COLUMNS
    columns = [column for column in sheet.columns if column and column.lower() not in texts]
    has_digest = folder == "coding" and "text" in sheet.columns  # by which coders' rows are recognised
    rows = []
    for row in sheet.rows:
        digest = [text_sha256(letters(unescape_cell(row.values["text"])))] if has_digest else []
        rows.append([*(unescape_cell(row.values[column]) for column in columns), *digest])
    return [[*columns, *([DIGEST] if has_digest else [])], *rows]


def read_files_without_texts(files: Mapping[tuple[str, str], bytes]) -> Own:
    """Return the user's files as a copy without texts may have them, once `cut` has compared them with the articles."""
    own = Own({}, {}, [])
    for (folder, name), data in files.items():
        is_topics_file = folder == "topics" and Path(name).suffix.lower() in _YAML
        if folder not in _REQUIRED or is_topics_file:
            own.files[f"{folder}/{name}"] = data
        elif sheet := _without_texts(folder, name, data):
            place = f"{folder}/{Path(name).stem}.csv"
            own.sheets[place if place not in own.sheets else f"{folder}/{name}.csv"] = sheet
        else:
            own.left_out.append(f"{folder}/{name}")
    return own


def strings(value: object) -> Iterator[str]:
    """Yield all strings in a YAML or JSON value, including keys."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str):
            yield each


def _texts_of(data: bytes) -> list[str]:
    """Return the texts of a file: its whole content, and if it is YAML each string in it."""
    text = data.decode("utf-8", errors="replace")
    try:
        return [text, *strings(parse_yaml(text))]
    except yaml.YAMLError:
        return [text]


def _joined(sheet: _Sheet) -> str:
    """Return the cells of a sheet as one text, since a passage may continue in the next cell."""
    return BETWEEN.join(cell.replace(BETWEEN, " ") for row in sheet for cell in row)


def texts_of_own(own: Own) -> Iterator[str]:
    """Yield the texts to compare with the articles."""
    yield from map(_joined, own.sheets.values())
    for data in own.files.values():
        yield from _texts_of(data)


def cut(own: Own, runs: Runs) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of a copy by path, and the names of files left out.

    Passages of articles are cut in sheets; any other file that has one is left out.
    """
    members = {
        name: data for name, data in own.files.items() if not any(has_run(text, runs) for text in _texts_of(data))
    }
    for name, sheet in own.sheets.items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        cells, width = cut_runs(_joined(sheet), runs).split(BETWEEN), max(1, len(sheet[0]))
        for at in range(0, len(cells), width):
            writer.writerow(map(escape_cell, cells[at : at + width]))
        members[name] = out.getvalue().encode()
    return members, own.left_out + [name for name in own.files if name not in members]
