"""Tables whose rows are documents: CSV, TSV and JSON lines with a column of text."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scripts.core.sheets import SheetError, csv_rows
from scripts.documents.metadata import clean
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.reading import decode
from scripts.documents.settings import Settings


def _text_column(names: list[str], settings: Settings) -> int | None:
    """Return the place of the first of `input: text_columns` that is among the names, whatever their case."""
    lower = [name.strip().lower() for name in names]
    return next((lower.index(name) for name in settings.text_columns if name in lower), None)


def _no_column(names: list[str], settings: Settings) -> str:
    wanted = ", ".join(settings.text_columns)
    return (
        f"No column holds the text: there are {', '.join(names)[:200]}; looked for were {wanted}. Rename the column, "
        "or name it in `input: text_columns` in config.yaml."
    )


def read_csv(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the rows of a CSV or TSV file with a header, numbered as a spreadsheet does: the header is row 1."""
    decoded = decode(data, encoding=settings.encoding(name))
    yield from decoded.problems
    rows = csv_rows(name, decoded.text, longest_cell=settings.largest)
    try:
        header = next(rows, None)
        names = header.cells if header else []
        at = _text_column(names, settings)
        if at is None:
            raise UnreadableError("no-text-column", _no_column(names, settings))
        for number, cells in rows:
            part = f"#{number}"
            if len(cells) > len(names):
                message = f"The row has {len(cells)} cells, the header {len(names)}: is a quotation mark missing?"
                yield Problem("error", "row", message, part=part)
                continue
            values = zip(names, cells, strict=False)
            metadata = clean({key: cell for column, (key, cell) in enumerate(values) if column != at})
            yield Raw(part, cells[at] if at < len(cells) else "", [(0, 0)], metadata, decoded.encoding, [])
    except SheetError as error:
        yield Problem("error", "row", str(error))


def _parse_object(line: str) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the JSON object in a line, None for another value, and the keys that stand twice in an object of it.

    Raises ValueError or RecursionError for a line that is no JSON, or nests deeper than Python's parser goes.
    """
    repeated: dict[str, None] = {}

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            repeated.update((name, None) for name, count in counts.items() if count > 1)
        return values

    record = json.loads(line, object_pairs_hook=build)
    return record if isinstance(record, dict) else None, list(repeated)


def read_jsonl(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the lines of a JSON lines file, an object each, numbered from 1; of a key that stands twice the last."""
    decoded = decode(data, encoding=settings.encoding(name))
    yield from decoded.problems
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        part = f"#{number}"
        try:
            record, repeated = _parse_object(line)
        except (ValueError, RecursionError) as error:
            yield Problem("error", "row", f"The line is no JSON ({str(error)[:200]}).", part=part)
            continue
        if record is None:
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
        problems = []
        if repeated:
            message = f"Keys that stand twice: {', '.join(repeated)[:200]}. The last value of each was taken."
            problems.append(Problem("warning", "keys", message))
        yield Raw(part, text, [(0, 0)], clean(record), decoded.encoding, problems)
