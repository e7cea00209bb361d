"""The user's table of known sources (names, aliases, attributes and the dates when they hold), and matches with it.

A speaker is matched by name or alias alone. An attribute that is not in the table is unknown; none is ever inferred
from a name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scripts.core.cells import Oddity, some
from scripts.core.csv_tables import unescape_cell
from scripts.core.limits import Budget
from scripts.core.plain_words import plain_words
from scripts.core.planned import entry, manifest, read_files
from scripts.core.sheets import SheetError, SheetRow, read_sheet

FIXED = ("name", "aliases", "from", "to")
# Columns that `snakemake source_sheet` and `names_sheet` add for the reader's information; their content is ignored.
SHOWN_COLUMNS = (
    "status", "suggestion", "type", "kind", "role", "words", "statements", "documents", "quote_1", "quote_2", "quote_3",
    "told_country", "mentions", "context", "candidates",
)  # fmt: skip
_OF_SHEETS = frozenset(("status", "mentions"))  # each of the two sheets has one of these
MATCHED, AMBIGUOUS, OUTSIDE, UNMATCHED = STATUSES = ("matched", "ambiguous", "outside", "unmatched")
# Gregorian years: the present years of other calendars are lower or higher.
_DATE = re.compile(r"(?:1[6-9]|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_MOST_ATTRIBUTES = 100  # columns: shares and contrasts are computed for each
_MOST_ROWS = 1_000  # of one name: every row of a name is checked for every statement
_ALIAS_ENDS = re.compile(r"[;|\n]")
# Columns that identify a person or body in a catalogue: they are not attributes, so nothing is counted by them.
_CATALOGUES = frozenset(
    ("wikidata", "viaf", "isni", "gnd", "orcid", "geonames", "ringgold", "parliament", "bioguide", "govtrack")
)
_ID_ENDS = frozenset(("id", "qid", "uri"))


class Known(NamedTuple):
    """A row of the table: number in the spreadsheet, name, keys of name and aliases, dates, attributes by column.

    `ids` are its ids in catalogues, with their columns: "wikidata: Q6294; parliament: 4514".
    """

    row: int
    name: str
    keys: frozenset[str]
    start: str
    end: str
    attributes: Mapping[str, str]
    ids: str = ""


class KnownSources(NamedTuple):
    """The table: columns of attributes that are not empty, usable rows, and problems with the others."""

    attributes: list[str]
    rows: list[Known]
    problems: list[Oddity]


def key(name: str) -> str:
    """Return a name in the form in which names are compared: lower case, no punctuation.

    >>> key("O’Neill, James T.")
    "o'neill james t"
    """
    return " ".join(plain_words(name))


def keys_of(cells: Mapping[str, str]) -> list[str]:
    """Return the distinct keys of a row's name and aliases, which semicolons, vertical bars or line breaks separate.

    >>> keys_of({"name": "Ann Lee", "aliases": "Annie|Mayor Lee; Annie"})
    ['ann lee', 'annie', 'mayor lee']
    """
    names = (cells.get("name", ""), *_ALIAS_ENDS.split(cells.get("aliases", "")))
    return [*dict.fromkeys(filter(None, map(key, names)))]


def planned_sources(path: Path, budget: Budget) -> tuple[str, list[Known]]:
    """Return the manifest of the user's table of sources, a JSON line with its path and SHA-256, and its rows.

    Both are empty if there is no such file, or if the budget leaves it out.
    """
    files = budget.read_all(filter(Path.is_file, [path]))
    rows = [row for name, data in files.items() for row in parse_known(str(name), data).rows]
    return manifest(entry(name, data) for name, data in files.items()), rows


def names_in_json(rows: Iterable[Known]) -> list[list[Any]]:
    """Return the names of rows with their keys and dates, for `names_from_json`: all that the linking of names uses."""
    return sorted([row.name, sorted(row.keys), row.start, row.end] for row in rows)


def names_from_json(rows: Iterable[Sequence[Any]]) -> list[Known]:
    """Return the rows that `names_in_json` returned, without their numbers and attributes."""
    return [Known(0, name, frozenset(keys), start, end, {}) for name, keys, start, end in rows]


def read_table_of_sources(path: Path) -> tuple[str, bytes]:
    """Return the name and bytes of the file in a manifest; for an empty manifest, those of a table without rows.

    Raises SystemExit if the file has changed since it was planned.
    """
    return next(iter(read_files(path).items()), ("", b"name\n"))


def read_known(path: Path) -> KnownSources:
    """Return the known sources of the file in a manifest."""
    return parse_known(*read_table_of_sources(path))


def sheet_cells(name: str, data: bytes) -> tuple[list[str], list[SheetRow], list[Oddity]]:
    """Return the columns of a CSV or .xlsx file, in lower case, its rows as written, and its oddities.

    Raises SheetError.
    """
    sheet = read_sheet(name, data)
    columns = sheet.by_lower_case()
    rows = [
        SheetRow(number, {lower: unescape_cell(values[column].strip()) for lower, column in columns.items()})
        for number, values in sheet.rows
    ]
    return [*columns], rows, list(sheet.oddities)


def user_rows(manifest: Path) -> tuple[list[str], list[SheetRow]]:
    """Return columns and rows of the user's table as written, for a sheet that continues it.

    Raises SystemExit if the file cannot be read.
    """
    try:
        columns, rows, _ = sheet_cells(*read_table_of_sources(manifest))
    except SheetError as error:
        raise SystemExit(str(error)) from None
    return columns, rows


def parse_known(name: str, data: bytes) -> KnownSources:
    """Return the known sources of a CSV or .xlsx file; rows that cannot be used become problems, never errors."""
    try:
        columns, written, problems = sheet_cells(name, data)
    except SheetError as error:
        return KnownSources([], [], [Oddity(0, "unreadable", str(error))])
    if "name" not in columns:
        problems.append(Oddity(0, "no-name", f"{name}: no column 'name' in its first row. Add it."))
        return KnownSources([], [], problems)
    free = [column for column in columns if column not in {*FIXED, *SHOWN_COLUMNS}]
    own = [column for column in ("type", "kind", "role") if any(cells.get(column) for _, cells in written)]
    if own and not _OF_SHEETS.intersection(columns):
        message = (
            f"These columns are ignored, since drawn sheets have the machine's guesses there: {some(own)}. Rename "
            "yours."
        )
        problems.append(Oddity(0, "shown-column", message))
    filled = {column for _, cells in written for column, value in cells.items() if value}
    attributes = [column for column in free if column in filled and not is_id(column)]
    rows: list[Known] = []
    if len(attributes) > _MOST_ATTRIBUTES:
        message = (
            f"It has {len(attributes):,} columns with attributes; the limit is {_MOST_ATTRIBUTES}: those after "
            f"{attributes[_MOST_ATTRIBUTES - 1][:80]!r} are ignored. Leave out what you do not need."
        )
        problems.append(Oddity(0, "limit", message))
        attributes = attributes[:_MOST_ATTRIBUTES]
    uses: Counter[str] = Counter()  # rows by name
    for number, cells in written:
        dates = {column: cells.get(column, "") for column in ("from", "to")}
        wrong = [f"{column} = {value}" for column, value in dates.items() if value and not _DATE.fullmatch(value)]
        if not key(cells["name"]):
            if any(cells.get(column) for column in attributes):
                problems.append(Oddity(number, "no-name", "The row has no name. Fill it in, or delete the row."))
        elif wrong:
            advice = "Write 2025, 2025-03 or 2025-03-31, by the Gregorian calendar; the row does not count."
            problems.append(Oddity(number, "no-date", f"{', '.join(wrong)}: not a date. {advice}"))
        elif is_reversed(dates["from"], dates["to"]):
            message = f"from {dates['from']} is after to {dates['to']}: the row does not count. Swap the two."
            problems.append(Oddity(number, "no-date", message))
        else:
            keys = frozenset(keys_of(cells))
            uses.update(keys)
            if max(map(uses.__getitem__, keys)) > _MOST_ROWS:
                message = (
                    f"More than {_MOST_ROWS:,} rows (the limit) have this name; this row does not count. Delete it."
                )
                problems.append(Oddity(number, "limit", message))
                continue
            known = {column: cells[column] for column in attributes if cells.get(column)}
            ids = "; ".join(f"{column}: {cells[column]}" for column in free if is_id(column) and cells.get(column))
            rows.append(Known(number, cells["name"], keys, dates["from"], dates["to"], known, ids))
    return KnownSources(attributes, rows, problems)


def is_reversed(start: str, end: str) -> bool:
    """Return True if a time begins after its end; dates may also be years or months, and "" is open.

    >>> is_reversed("2030", "2020"), is_reversed("2020-03", "2020"), is_reversed("2020", "")
    (True, False, False)
    """
    return start[: len(end)] > end[: len(start)]


def is_id(column: str) -> bool:
    """Return True if a column, by its name, has ids of a catalogue.

    >>> [is_id(column) for column in ("wikidata", "parliament_id", "party", "valid")]
    [True, True, False, False]
    """
    return column in _CATALOGUES or re.split(r"[ _-]", column)[-1] in _ID_ENDS


def by_key(rows: Sequence[Known]) -> Mapping[str, list[Known]]:
    """Return the rows under each of their names and aliases, by `key`."""
    index: dict[str, list[Known]] = defaultdict(list)
    for row in rows:
        for name in row.keys:
            index[name].append(row)
    return index


def ids_by_name(rows: Sequence[Known]) -> Mapping[str, str]:
    """Return the ids of names, by `key`; of aliases only in undated rows, and of no name whose rows have several ids.

    >>> ids = ids_by_name(parse_known("s.csv", b"name,aliases,qid\\nAnn Smith,The Mayor,Q1\\nBo,,Q2\\nBo,,Q3\\n").rows)
    >>> ids["the mayor"], "bo" in ids
    ('qid: Q1', False)
    """
    ids: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in {key(row.name)} if row.start or row.end else row.keys:
            ids[name] |= {row.ids} - {""}
    return {name: of_name.pop() for name, of_name in ids.items() if len(of_name) == 1}


def _holds(row: Known, date: str) -> bool:
    """Return True if a row holds on a document's date; a row with dates holds for no document without a date."""
    start, end = row.start, row.end
    return (
        len(date) >= max(len(start), len(end)) and start <= date[: len(start)] and (not end or date[: len(end)] <= end)
    )


def match(index: Mapping[str, list[Known]], speaker: str, date: str) -> tuple[str, Known | None]:
    """Return the status of a speaker on a date, and the row of the table if the status is "matched".

    >>> index = by_key(parse_known("s.csv", b"name,aliases,to\\nAnn Smith,Mayor Smith,2025-05\\n").rows)
    >>> [match(index, name, date)[0] for name, date in [("mayor Smith", "2025-05-31"), ("Ann Smith", "2025-06-01")]]
    ['matched', 'outside']
    """
    rows = index.get(key(speaker), [])
    holding = [row for row in rows if _holds(row, date)]
    if len(holding) == 1:
        return MATCHED, holding[0]
    return (AMBIGUOUS if holding else OUTSIDE if rows else UNMATCHED), None
