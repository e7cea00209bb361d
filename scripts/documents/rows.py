"""Tables whose rows are documents: CSV, TSV, Excel workbooks and JSON with a column of text."""

from collections.abc import Iterable, Iterator

from scripts.core.cells import Oddity, SheetCells, some
from scripts.core.sheets import MOST_ROWS, SheetError, csv_rows, header_of, xlsx_rows
from scripts.documents.json_text import parse_json, parse_pieces, repeated_keys, too_many_containers
from scripts.documents.metadata import Loss, loss_problems, tidy
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.reading import decode_text
from scripts.documents.settings import Settings
from scripts.documents.sheet import PATH_COLUMNS

# A formula with a saved result loses nothing, so it gets no row of problems.
_SEVERITY = {"formula": "", "hidden-rows": "note"}
_NO_OBJECT = 'This is not a JSON object with text among its values. Write it as {"text": "..."}, or delete it.'


def _text_column(names: list[str], settings: Settings) -> int | None:
    """Return the index in `names` of the first of `input: text_columns` that is there, ignoring case; else None."""
    lower = [name.strip().lower() for name in names]
    columns = (name.strip().lower() for name in settings.text_columns)
    return next((lower.index(name) for name in columns if name in lower), None)


def _no_column(names: list[str], settings: Settings) -> str:
    columns = ", ".join(settings.text_columns)
    lower = {name.strip().lower() for name in names}
    advice = ""
    if lower & set(PATH_COLUMNS):
        advice += " If it is a sheet of metadata, save it as `metadata.csv` (CSV in UTF-8) at the top of the seeds."
    if lower & {"url", "documentidentifier", "link"}:
        advice += " It lists addresses: save those pages (as WARC or HTML) and put them here."
    return (
        f"No column contains the text: the columns are {', '.join(names)[:200] or 'none'}; none of them is {columns}. "
        f"Rename the column, or name it in `input: text_columns` in config.yaml.{advice}"
    )


def _oddity_problems(oddity: Oddity) -> list[Problem]:
    severity = _SEVERITY.get(oddity.code, "warning")
    part = f"#{oddity.number}" if oddity.number else ""
    return [Problem(severity, oddity.code, oddity.message, part=part)] if severity else []


def _table_documents(
    rows: Iterator[SheetCells | Oddity], encoding: str, settings: Settings, *, complete: bool
) -> Iterator[Raw | Problem]:
    """Yield the rows below a header as documents, numbered as in a spreadsheet, where the header is row 1.

    With `complete`, rows with fewer cells than the header give a warning.
    """
    losses: list[Loss] = []
    short: list[int] = []
    names: list[str] = []
    try:
        names, oddities = header_of(rows)
        for oddity in oddities:
            yield from _oddity_problems(oddity)
        at = _text_column(names, settings)
        if at is None:
            raise UnreadableError("no-text-column", _no_column(names, settings))
        for entry in rows:
            if isinstance(entry, Oddity):
                yield from _oddity_problems(entry)
                continue
            number, cells = entry
            part = f"#{number}"
            if any(map(str.strip, cells[len(names) :])):
                message = (
                    f"The row has {len(cells)} cells; the header has {len(names)}. Look for a quotation mark that is "
                    "missing, and save the table again."
                )
                yield Problem("error", "row", message, part=part)
                continue
            if len(cells) < len(names):
                short.append(number)
            values, lost = tidy((pair for n, pair in enumerate(zip(names, cells, strict=False)) if n != at), part=part)
            losses += lost
            yield Raw(part, cells[at] if at < len(cells) else "", values, encoding, [])
    except SheetError as error:
        yield Problem("error", "row", str(error))
    if short and complete:
        message = (
            f"Fewer cells than the {len(names)} in the header are in row {some(short)}; those missing at the end count "
            "as empty. If that is wrong, a delimiter is missing or the file breaks off: get it again."
        )
        yield Problem("warning", "row", message)
    yield from loss_problems(losses)


def read_csv(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the rows of a CSV or TSV file with a header."""
    decoded = decode_text(data, encoding=settings.encoding(name))
    yield from decoded.problems
    rows = csv_rows(name, decoded.text, longest_cell=settings.largest)
    yield from _table_documents(rows, decoded.encoding, settings, complete=True)


def read_xlsx(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the rows of a sheet of an Excel workbook with a header."""
    return _table_documents(xlsx_rows(name, data), "xlsx", settings, complete=False)


def _repeated_keys(keys: list[str]) -> list[Problem]:
    return [Problem("warning", "keys", repeated_keys([repr(key[:80]) for key in keys]))] if keys else []


def _record(part: str, record: object, encoding: str, settings: Settings) -> tuple[Raw | Problem, list[Loss]]:
    """Return the document in a JSON object, or the problem with it, and the losses among its metadata."""
    if isinstance(record, Problem):
        return record._replace(part=part), []
    if not isinstance(record, dict):
        return Problem("error", "row", _NO_OBJECT, part=part), []
    names = list(record)
    at = _text_column(names, settings)
    if at is None:
        return Problem("error", "no-text-column", _no_column(names, settings), part=part), []
    text = record.pop(names[at])
    if not isinstance(text, str):
        message = f"The value of {names[at]!r} is not text. Write it in quotation marks."
        return Problem("error", "row", message, part=part), []
    values, losses = tidy(record.items(), part=part)
    return Raw(part, text, values, encoding, []), losses


def _records(
    records: Iterable[tuple[int, object, list[str]]], encoding: str, settings: Settings
) -> Iterator[Raw | Problem]:
    """Yield the documents of records, each (number, 0 if it is the only one; value or problem; repeated keys)."""
    losses: list[Loss] = []
    for number, record, repeated in records:
        part = f"#{number}" if number else ""
        if number > MOST_ROWS:
            message = f"It has more than {MOST_ROWS:,} records, the limit. Split it."
            yield Problem("error", "too-many", message, part=part)
            break
        entry, lost = _record(part, record, encoding, settings)
        losses += lost
        yield entry._replace(problems=_repeated_keys(repeated)) if isinstance(entry, Raw) else entry
    yield from loss_problems(losses)


def _lines(text: str) -> Iterator[tuple[int, object, list[str]]]:
    """Yield the non-blank lines of JSON Lines: number from 1, value or problem, repeated keys."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, *parse_json(line)
            except (ValueError, RecursionError) as error:
                message = f"The line is not valid JSON ({str(error)[:200]}). Correct or delete it."
                yield number, Problem("error", "row", message), []


def read_jsonl(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the objects of a JSON Lines file, numbered by line from 1; of a repeated key the last value counts."""
    decoded = decode_text(data, encoding=settings.encoding(name))
    yield from decoded.problems
    yield from _records(_lines(decoded.text), decoded.encoding, settings)


def _pieces(text: str, reason: str) -> tuple[list[object], list[str], Problem]:
    """Return the values in a text that is not one JSON value, the keys repeated in them, and the problem with it.

    Raises UnreadableError if there is no object among them.
    """
    values, repeated, broken = parse_pieces(text)
    if not any(isinstance(value, dict) for value in values):
        raise UnreadableError("broken", f"The file is not valid JSON ({reason[:200]}). Save it again.")
    if broken:
        message = (
            f"From {broken}. Values before it that were read: {len(values):,}; the rest is left out. Get the file "
            "again."
        )
        return values, repeated, Problem("error", "broken", message)
    message = (
        f"The file holds {len(values):,} values of JSON that are not in a list: they were read one after the other. "
        "Give its name the ending .jsonl, with one object per line, or save it as a list."
    )
    return values, repeated, Problem("warning", "json", message)


def read_json(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the objects of a JSON list, numbered from 1, or the only object of the file.

    A list that breaks off gives the objects before the break; several values in a row are read one by one. Raises
    UnreadableError if the file is not JSON.
    """
    if message := too_many_containers(data):
        raise UnreadableError("too-many", message)
    decoded = decode_text(data, encoding=settings.encoding(name))
    yield from decoded.problems
    first = 1
    try:
        records, repeated = parse_json(decoded.text)
        if not isinstance(records, list):
            first, records = 0, [records]
    except (ValueError, RecursionError) as error:
        records, repeated, problem = _pieces(decoded.text, str(error))
        yield problem
    yield from _repeated_keys(repeated)
    yield from _records(
        ((number, record, []) for number, record in enumerate(records, first)), decoded.encoding, settings
    )
