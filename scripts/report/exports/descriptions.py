"""Descriptions of the tables in results/tables, from tables.yaml, for the metadata formats that describe them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.core.schemas import entries
from scripts.core.storage import open_table


class _Column(NamedTuple):
    """A column: its name, dtype in tables.yaml, meaning, and unit or ""."""

    name: str
    dtype: str
    meaning: str
    unit: str


class Described(NamedTuple):
    """A table: name, what a row is, columns, number of rows, and whether its CSV file has these (see csv_max_rows)."""

    name: str
    meaning: str
    columns: list[_Column]
    rows: int
    in_csv: bool


def describe(folder: Path, names: Sequence[str], *, csv_max_rows: int) -> list[Described]:
    """Return the descriptions of the named tables in a folder."""
    described = []
    for name in names:
        files = open_table(folder / f"{name}.parquet")
        columns = [_column(name, column) for column in files[0].schema_arrow.names]
        rows = sum(file.metadata.num_rows for file in files)
        described.append(Described(name, entries()[name]["row"], columns, rows, rows <= csv_max_rows))
    return described


def _column(table: str, name: str) -> _Column:
    """Return the description of a column: one in tables.yaml, one with ids in a catalogue, or one of metadata."""
    entry = entries()[table]
    if about := entry["columns"].get(name):
        return _Column(name, about["dtype"], about["meaning"], about.get("unit", ""))
    for named, beside in entry.get("names", {}).items():
        if beside == name:
            return _Column(name, "string", f"ids of {named} in catalogues, from the table of known sources", "")
    return _Column(name, "string", "as the metadata of the article have it", "")
