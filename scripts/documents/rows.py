"""Tables whose rows are documents: CSV, TSV and JSON lines with a column of text."""

import csv
import io
import json
from collections.abc import Iterator

from scripts.documents.metadata import clean
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.reading import decode
from scripts.documents.settings import Settings


def _text_column(names: list[str], settings: Settings) -> int | None:
    lower = [name.strip().lower() for name in names]
    return next((lower.index(name) for name in settings.text_columns if name in lower), None)


def _no_column(names: list[str], settings: Settings) -> str:
    wanted = ", ".join(settings.text_columns)
    return (
        f"No column holds the text: there are {', '.join(names)[:200]}; looked for were {wanted}. Rename the column, "
        "or name it in `input: text_columns` in config.yaml."
    )


def read_csv(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """The rows of a CSV or TSV file with a header, numbered as a spreadsheet does: the header is row 1.

    Commas, semicolons and tabs are told apart by the header.
    """
    decoded = decode(data, encoding=settings.encoding(name))
    yield from decoded.problems
    header = decoded.text.split("\n", 1)[0]
    csv.field_size_limit(settings.largest)
    rows = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=max(",;\t", key=header.count))
    names = next(rows, [])
    at = _text_column(names, settings)
    if at is None:
        raise UnreadableError("no-text-column", _no_column(names, settings))
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        part = f"#{number}"
        if len(row) > len(names):
            message = f"The row has {len(row)} cells, the header {len(names)}: is a quotation mark missing?"
            yield Problem("error", "row", message, part=part)
            continue
        metadata = clean(
            {key: cell for column, (key, cell) in enumerate(zip(names, row, strict=False)) if column != at}
        )
        yield Raw(part, row[at] if at < len(row) else "", [(0, 0)], metadata, decoded.encoding, [])


def read_jsonl(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """The lines of a JSON lines file, an object each, numbered from 1."""
    decoded = decode(data, encoding=settings.encoding(name))
    yield from decoded.problems
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        part = f"#{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Problem("error", "row", f"The line is no JSON ({str(error)[:200]}).", part=part)
            continue
        if not isinstance(record, dict):
            yield Problem("error", "row", "The line is no JSON object with a text among its values.", part=part)
            continue
        names = list(record)
        at = _text_column(names, settings)
        if at is None:
            yield Problem("error", "no-text-column", _no_column(names, settings), part=part)
            continue
        text = record.pop(names[at])
        if not isinstance(text, str):
            yield Problem("error", "row", f"The value of {names[at]!r} is no text.", part=part)
            continue
        yield Raw(part, text, [(0, 0)], clean(record), decoded.encoding, [])
