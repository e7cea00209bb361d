"""Tables whose rows are documents: CSV, TSV, Excel workbooks and JSON with a column of text."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scripts.core.sheets import MOST_ROWS, Cells, SheetError, csv_rows, xlsx_rows
from scripts.documents.metadata import clean
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.reading import decode
from scripts.documents.settings import Settings

_MOST_CONTAINERS = 5_000_000  # lists and objects: each takes up to 200 bytes of memory
_NO_OBJECT = 'This is no JSON object with a text among its values. Write it as {"text": "..."}, or delete it.'


def _text_column(names: list[str], settings: Settings) -> int | None:
    """Return the place of the first of `input: text_columns` that is among the names, whatever their case."""
    lower = [name.strip().lower() for name in names]
    return next((lower.index(name) for name in settings.text_columns if name in lower), None)


def _no_column(names: list[str], settings: Settings) -> str:
    columns = ", ".join(settings.text_columns)
    addresses = {"url", "documentidentifier", "link"} & {name.strip().lower() for name in names}
    advice = " It lists addresses: save those pages (as WARC or HTML) and put them here." if addresses else ""
    return (
        f"No column holds the text: there are {', '.join(names)[:200]}; looked for were {columns}. Rename the column, "
        f"or name it in `input: text_columns` in config.yaml.{advice}"
    )


def _table_documents(rows: Iterator[Cells], encoding: str, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the rows below a header, numbered as a spreadsheet does: the header is row 1."""
    try:
        header = next(rows, None)
        names = header.cells if header else []
        at = _text_column(names, settings)
        if at is None:
            raise UnreadableError("no-text-column", _no_column(names, settings))
        for number, cells in rows:
            part = f"#{number}"
            if len(cells) > len(names):
                message = (
                    f"The row has {len(cells)} cells, the header {len(names)}. Look for a quotation mark that is "
                    "missing, and save the table again."
                )
                yield Problem("error", "row", message, part=part)
                continue
            values = zip(names, cells, strict=False)
            metadata = clean({key: cell for column, (key, cell) in enumerate(values) if column != at})
            yield Raw(part, cells[at] if at < len(cells) else "", [(0, 0)], metadata, encoding, [])
    except SheetError as error:
        yield Problem("error", "row", str(error))


def read_csv(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the rows of a CSV or TSV file with a header."""
    decoded = decode(data, encoding=settings.encoding(name))
    yield from decoded.problems
    rows = csv_rows(name, decoded.text, longest_cell=settings.largest)
    yield from _table_documents(rows, decoded.encoding, settings)


def read_xlsx(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the rows of the first sheet of an Excel workbook with a header; they have no map to the file."""
    for entry in _table_documents(xlsx_rows(name, data), "xlsx", settings):
        yield entry._replace(points=[]) if isinstance(entry, Raw) else entry


def _check_json(data: bytes) -> None:
    """Raise UnreadableError for JSON that would take far more memory than it has bytes: it is nearly all brackets."""
    if data.count(b"{") + data.count(b"[") > _MOST_CONTAINERS:
        raise UnreadableError(
            "too-many", f"It has more than {_MOST_CONTAINERS:,} lists and objects, the limit of a file. Split it."
        )


def _beyond(number: int, part: str) -> Problem | None:
    """Return the problem of a record that is one more than a file may have, None for all others."""
    if number <= MOST_ROWS:
        return None
    return Problem("error", "too-many", f"It has more than {MOST_ROWS:,} records, the limit. Split it.", part=part)


def _parse_json(text: str) -> tuple[Any, list[str]]:
    """Return a value of JSON, and the keys that stand twice in an object within it.

    Raises ValueError or RecursionError for a text that is no JSON, or nests deeper than Python's parser goes.
    """
    repeated: dict[str, None] = {}

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            repeated.update((name, None) for name, count in counts.items() if count > 1)
        return values

    return json.loads(text, object_pairs_hook=build), list(repeated)


def _repeated_keys(keys: list[str]) -> list[Problem]:
    message = (
        f"Keys that stand twice: {', '.join(keys)[:200]}. The last value of each was taken. Delete the others, if that "
        "is wrong."
    )
    return [Problem("warning", "keys", message)] if keys else []


def _record(part: str, record: object, encoding: str, settings: Settings) -> Raw | Problem:
    """Return the document that a JSON object is, or the problem with it."""
    if not isinstance(record, dict):
        return Problem("error", "row", _NO_OBJECT, part=part)
    names = list(record)
    at = _text_column(names, settings)
    if at is None:
        return Problem("error", "no-text-column", _no_column(names, settings), part=part)
    text = record[names[at]]
    if not isinstance(text, str):
        return Problem(
            "error", "row", f"The value of {names[at]!r} is no text. Write it in quotation marks.", part=part
        )
    metadata = clean({name: value for name, value in record.items() if name != names[at]})
    return Raw(part, text, [(0, 0)], metadata, encoding, [])


def read_jsonl(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the lines of a JSON lines file, an object each, numbered from 1; of a key that stands twice the last."""
    decoded = decode(data, encoding=settings.encoding(name))
    yield from decoded.problems
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        part = f"#{number}"
        if beyond := _beyond(number, part):
            yield beyond
            break
        try:
            value, repeated = _parse_json(line)
        except (ValueError, RecursionError) as error:
            yield Problem("error", "row", f"The line is no JSON ({str(error)[:200]}). Mend or delete it.", part=part)
            continue
        entry = _record(part, value, decoded.encoding, settings)
        yield entry._replace(problems=_repeated_keys(repeated)) if isinstance(entry, Raw) else entry


def read_json(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the objects of a JSON list, numbered from 1, or the one object that the file is.

    Raises UnreadableError for a file that is no JSON.
    """
    _check_json(data)
    decoded = decode(data, encoding=settings.encoding(name))
    yield from decoded.problems
    try:
        value, repeated = _parse_json(decoded.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("broken", f"The file is no JSON ({str(error)[:200]}). Save it again.") from None
    yield from _repeated_keys(repeated)
    if isinstance(value, list):
        for number, record in enumerate(value[: MOST_ROWS + 1], 1):
            yield _beyond(number, f"#{number}") or _record(f"#{number}", record, decoded.encoding, settings)
    else:
        yield _record("", value, decoded.encoding, settings)
