"""Tables of results/ as tables of the page: readable headings, intervals beside estimates, links behind numbers."""

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow.parquet as pq

from scripts.report.evidence import Evidence
from scripts.report.markup import frame_name, interval, is_missing, number, percent, probability
from scripts.report.model import Cell, Column, Table
from scripts.storage import arrow_schema, format_float, read_parquet, table_schemas

_CELL = 300
_SHARES = ("proportion", "share")
_NAMES = ("frame", "scheme")


class Link(NamedTuple):
    """Where the numbers of a column lead: to the sentences of `table` where its columns `there` have the row's values
    of `columns`; `there` is the same as `columns` if left out."""

    column: str
    table: str
    columns: tuple[str, ...]
    there: tuple[str, ...] = ()


class View(NamedTuple):
    """What the page shows of a table: its columns in order, each `name` or `name=Heading`.

    `estimate~lo~hi` is one column of estimates and one of intervals. Rows come in the table's own order unless
    `order` names columns, `-name` for descending.
    """

    table: str
    caption: str
    columns: tuple[str, ...]
    link: Link | None = None
    order: tuple[str, ...] = ()
    where: str = ""


class Store:
    """The tables of results/tables, each read once; one that is not there is empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._frames: dict[tuple, pd.DataFrame] = {}

    def load(self, name: str, *columns: str) -> pd.DataFrame:
        """A table, or some of its columns."""
        if (name, *columns) not in self._frames:
            path = self.folder / f"{name}.parquet"
            table = read_parquet(path, list(columns) or None) if path.exists() else arrow_schema(name).empty_table()
            self._frames[name, *columns] = table.to_pandas()
        return self._frames[name, *columns]

    def first(self, name: str, most: int) -> tuple[pd.DataFrame, int]:
        """The first rows of a table, and how many it has: the large ones are not read for the sake of a few rows."""
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            return arrow_schema(name).empty_table().to_pandas(), 0
        with pq.ParquetFile(path) as file:
            rows = next(file.iter_batches(batch_size=most), None) if file.metadata.num_rows else None
            table = arrow_schema(name).empty_table() if rows is None else rows
            return table.to_pandas(), file.metadata.num_rows

    def of_documents(self, name: str, doc_ids: list[str], columns: list[str]) -> dict[str, list[dict[str, Any]]]:
        """The rows of a table that belong to some documents, by document, without pandas, which is slow at rows."""
        path = self.folder / f"{name}.parquet"
        found: dict[str, list[dict[str, Any]]] = {doc_id: [] for doc_id in doc_ids}
        if path.exists() and doc_ids:
            wanted = [("doc_id", "in", doc_ids)]
            for row in pq.read_table(path, columns=["doc_id", *columns], filters=wanted, partitioning=None).to_pylist():
                found[row["doc_id"]].append(row)
        return found


def schemes(store: Store) -> list[str]:
    """The frame schemes in the order of the settings, which frame_prevalence keeps."""
    return list(dict.fromkeys(store.load("frame_prevalence", "scheme")["scheme"]))


def _ranks(values: pd.Series) -> dict[str, int]:
    return {value: rank for rank, value in enumerate(dict.fromkeys(values))}


def _heading(column: str) -> str:
    return column.removeprefix("n_").replace("_", " ")


def _text(name: str, value: object, dtype: str, unit: str) -> str:
    if is_missing(value) or value is pd.NA:
        return "not estimable" if dtype == "float" else ""
    if dtype == "float":
        shown = percent if unit in _SHARES else probability if name in ("p", "q") else number
        return shown(float(value))
    if dtype == "int":
        return number(int(value))
    if dtype == "bool":
        return "yes" if value else "no"
    text = frame_name(str(value)) if name in _NAMES else str(value)
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _plain(name: str, value: object, dtype: str) -> str:
    """What a cell sorts and exports by, where that is not the text itself; empty for a missing number."""
    if dtype in ("int", "float"):
        return "" if is_missing(value) else format_float(value)
    return str(value) if name in _NAMES else ""


def _ends(lo: float, hi: float) -> str:
    return "" if is_missing(lo) or is_missing(hi) else f"{format_float(lo)} to {format_float(hi)}"


def _cells(rows: pd.DataFrame, name: str, schema: dict[str, str], hrefs: list[str]) -> list[Cell]:
    dtype, unit = schema["dtype"], schema.get("unit", "")
    cells = []
    for value, href in zip(rows[name], hrefs, strict=True):
        text = _text(name, value, dtype, unit)
        plain = _plain(name, value, dtype)
        cells.append(Cell(text, plain if plain != text else "", href if text else ""))
    return cells


def build(view: View, store: Store, evidence: Evidence, *, most: int) -> Table | None:
    """The first `most` rows of a table for the page; None if the table is absent or empty."""
    if view.where or view.order:
        rows = store.load(view.table)
        rows = rows.query(view.where) if view.where else rows
        total = len(rows)
    else:
        rows, total = store.first(view.table, most)
    if rows.empty:
        return None
    if view.order:
        names = [name.removeprefix("-") for name in view.order]
        down = [not name.startswith("-") for name in view.order]
        # Schemes keep the order of the settings, which is that of the table.
        rows = rows.sort_values(
            names, ascending=down, key=lambda c: c.map(_ranks(c)) if c.name == "scheme" else c, kind="stable"
        )
    rows = rows.head(most)
    schemas = table_schemas()[view.table]
    columns, cells, missing = [], [], []
    for given in view.columns:
        names, _, heading = given.partition("=")
        name, *ends = names.split("~")
        # One document is named once, above; its name in every row would say nothing.
        if name == "doc_id" and view.table != "documents" and evidence.one_document:
            continue
        schema, heading = schemas[name], heading or _heading(name)
        if rows[name].isin([""]).all() and view.columns[0] != given:
            continue
        if schema["dtype"] == "float" and rows[name].isna().all():
            missing.append(heading)
            continue
        columns.append(Column(heading, schema["meaning"], schema["dtype"] in ("int", "float")))
        cells.append(_cells(rows, name, schema, _hrefs(view, name, rows, evidence)))
        if ends and rows[ends[0]].notna().any():
            columns.append(Column("95% interval", f"{schemas[ends[0]]['meaning']}, and upper end", True))
            share = schema.get("unit") in _SHARES
            pairs = zip(rows[ends[0]], rows[ends[1]], strict=True)
            cells.append([Cell(interval(lo, hi, proportion=share), _ends(lo, hi)) for lo, hi in pairs])
    notes = [f"Not estimable from these documents: {', '.join(missing)}."] if missing else []
    if "method" in rows and any("~" in given for given in view.columns):
        notes.append(f"Intervals: {'; '.join(dict.fromkeys(rows['method']))}.")
    body = [list(row) for row in zip(*cells, strict=True)]
    return Table(view.table, view.caption, columns, body, total, notes, f"tables/{view.table}.csv")


def _hrefs(view: View, name: str, rows: pd.DataFrame, evidence: Evidence) -> list[str]:
    if view.link and name == view.link.column:
        keys = list(rows[list(view.link.columns)].itertuples(index=False, name=None))
        return evidence.links(view.link.table, view.link.there or view.link.columns, keys)
    if name == "sentence" and "doc_id" in rows:
        return [evidence.cite(*place) for place in zip(rows["doc_id"], rows["sentence"], strict=True)]
    if name in ("doc_id", "document"):
        return [evidence.cite(doc_id) for doc_id in rows[name]]
    return [""] * len(rows)
