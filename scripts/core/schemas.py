"""The tables of all rooms, and the steps that make them, as scripts/ROOM/tables.yaml describes them.

Under `tables` an entry has

    row        what a row is
    made_by    the module that makes the table, or the batches' parts of it
    made       when it is one of the reader's tables: always (the default), only if there are corrections, reviews,
               projects, codes or topics, only if topics are discovered, only if asked, or between: it only passes
               between steps
    order      the columns by which its rows are sorted when the batches' parts are joined
    names      the columns that get names over the corpus when the batches' parts are joined, each with the column of
               ids that is added beside it if the table of known sources has ids
    boilerplate  true: rows in paragraphs that an outlet repeats are left out when the batches' parts are joined
    corrected  true: a reader can correct a batch's part of the table
    grouped    true: if there are groups of batches, the table is a folder with one file for each group, because it is
               too long to be joined anew
    columns    by name: dtype (string, int, float, bool, bytes, spans), unit if any, and meaning; a column without
               meaning is defined in scripts/core/tables.yaml, which has the columns that several tables share;
               `interval: true` adds lo and hi after the column, the ends of its 95 % interval. Offsets are 0-based,
               end-exclusive Unicode code points of documents.text; spans are lists of [start, end]. `encoding` is
               Parquet's name of an encoding that takes less space than the usual one (`scripts.core.storage`), in
               tables that pass between steps
    page       how the page shows it (`scripts.report.views`)

and under `steps` an entry has the modules that run in one process, and the settings that they see.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import yaml

_SCRIPTS = Path(__file__).resolve().parents[1]
# The rooms, in the order in which data passes through them.
ROOMS = (
    "core", "documents", "parsing", "entities", "sources", "attribution", "speakers", "reuse", "words", "framing",
    "stories", "review", "projects", "report", "plan",
)  # fmt: skip
FILES = tuple(_SCRIPTS / room / "tables.yaml" for room in ROOMS)
# The metadata key of a field's encoding in an Arrow schema; Parquet's name of dictionary encoding.
ENCODING, LISTED = b"encoding", "RLE_DICTIONARY"
_ARROW = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "bytes": pa.binary(),
    "spans": pa.list_(pa.list_(pa.int64())),
}
_ENTRY = re.compile(r"^  (\w+):\n((?:    (?!page:).*\n)+)", re.MULTILINE)


class _Step(NamedTuple):
    """A step: its modules, and the settings that it sees, as keys such as `framing.schemes`; * stands for all."""

    modules: tuple[str, ...]
    settings: tuple[str, ...]


# The safe loader of libyaml, if there is one, is ten times as fast.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str) -> Any:  # noqa: ANN401
    """Return the content of YAML text.

    Raises yaml.YAMLError, also for an impossible date, for which PyYAML raises ValueError.
    """
    try:
        return yaml.load(text, Loader=YAML_LOADER)
    except ValueError as error:
        raise yaml.YAMLError(
            f"a date or number in it is not one ({error}). Correct it, or put it in quotation marks."
        ) from None


@cache
def _parts() -> list[dict[str, Any]]:
    """Return the content of the rooms' files tables.yaml, in the order of the rooms."""
    return [parse_yaml(file.read_text(encoding="utf-8")) for file in FILES]


@cache
def steps() -> dict[str, _Step]:
    """Return the steps by name."""
    return {
        name: _Step(tuple(step["modules"]), tuple(step["settings"]))
        for part in _parts()
        for name, step in part.get("steps", {}).items()
    }


@cache
def shared_columns() -> dict[str, dict[str, str]]:
    """Return the columns that several tables share, by name: {column: {dtype, unit, meaning}}."""
    return parse_yaml(FILES[0].read_text(encoding="utf-8"))["columns"]


def _completed(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with the shared definitions of its columns filled in, and columns for the ends of intervals."""
    shared = shared_columns()
    columns: dict[str, dict[str, str]] = {}
    for name, written in entry["columns"].items():
        about = written if "meaning" in written else shared[name] | written
        column = {key: value for key, value in about.items() if key != "interval"}
        columns[name] = column
        if "interval" in about:
            columns |= {end: column | {"meaning": shared[end]["meaning"]} for end in ("lo", "hi")}
    return entry | {"columns": columns}


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Return the entry of every table by its name."""
    return {name: _completed(entry) for part in _parts() for name, entry in part.get("tables", {}).items()}


@cache
def table_schemas() -> dict[str, dict[str, dict[str, str]]]:
    """Return the columns of every table: {table: {column: {dtype, unit, meaning}}}."""
    return {name: entry["columns"] for name, entry in entries().items()}


def reader_tables(reasons: Collection[str] = ()) -> list[str]:
    """Return the names of the reader's tables that are always made or made for one of `reasons` (key `made`)."""
    return [name for name, entry in entries().items() if entry.get("made", "always") in {"always", *reasons}]


def tables_of(step: str) -> list[str]:
    """Return the names of the reader's tables that a step makes."""
    modules = steps()[step].modules
    return [n for n, entry in entries().items() if entry["made_by"] in modules and entry.get("made") != "between"]


def writes_names(step: str) -> bool:
    """Return True for a step that writes tables for the reader with names over the corpus."""
    joins = {"scripts.core.tables"} & {*steps()[step].modules}
    named = joins or any(entries()[table].get("names") for table in tables_of(step))
    return bool(named) and "tables" in steps()[step].settings


def tables_that_are(mark: str) -> tuple[str, ...]:
    """Return the names of the tables with the mark `corrected` or `grouped`."""
    return tuple(name for name, entry in entries().items() if entry.get(mark))


@cache
def _entry_texts() -> dict[str, str]:
    """Return {table: YAML text of its entry, without the key `page`}."""
    texts = (file.read_text(encoding="utf-8").partition("\ntables:\n")[2] for file in FILES)
    return {name: text for part in texts for name, text in _ENTRY.findall(part)}


@cache
def table_entry(table: str) -> dict[str, Any]:
    """Return the entry of a table without `page`; leaving the other entries unparsed saves each step 0.06 s."""
    return _completed(parse_yaml(_entry_texts()[table]))


def text_columns(table: str, columns: Iterable[str]) -> list[str]:
    """Return the columns, of those named, that have texts."""
    return [name for name in columns if pa.types.is_string(arrow_schema(table).field(name).type)]


@cache
def arrow_schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table; if a column's entry names an encoding, it is in the field's metadata."""
    return pa.schema(
        pa.field(name, _ARROW[about["dtype"]], metadata={ENCODING: about["encoding"]} if "encoding" in about else None)
        for name, about in table_entry(table)["columns"].items()
    )
