"""Tables of results/ as tables of the page: readable headings, intervals beside estimates, links behind numbers."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow.parquet as pq

from scripts.core.storage import arrow_schema, format_float, read_parquet, table_schemas
from scripts.core.visible import shortened
from scripts.entities.corpus_names import renamed
from scripts.report.evidence import Evidence
from scripts.report.figures.style import frame_name, percent
from scripts.report.markup import interval, is_missing, number, probability
from scripts.report.model import Cell, Column, Table

# Characters of a cell, and of a document's name.
_CELL, _DOCUMENT = 300, 34
_SHARES = ("proportion", "share")
_NAMES, _DOCUMENTS = ("frame", "scheme"), ("doc_id", "other")
# Columns with names as they are in the document, which the page gives as they are over all documents.
_NAMED = {"quotes": ("speaker",), "blame": ("speaker", "target"), "frame_codes": ("speaker",)}
# Columns that views make of others.
_ADDED = {
    "period": {"dtype": "string", "meaning": "day, month or year, whichever suits the span of the dates"},
    "published": {"dtype": "int", "meaning": "documents of that day, month or year"},
    "count_both": {"dtype": "int", "meaning": "occurrences in both groups"},
    "times": {"dtype": "int", "meaning": "tokens that are the word"},
    "places": {"dtype": "string", "meaning": "numbers of the tokens that are the word, from 0"},
}
# What the first and the second pair of ends of an estimate are.
_ENDS = re.compile(r"\b(?:boot_)?lo, (?:boot_)?hi: ")
_INTERVALS = ("95% interval", "95%, whole documents drawn")


class Link(NamedTuple):
    """Where the numbers of a column lead: to the sentences of `table` where its columns `there` have the row's values
    of `columns`, and then `constant`; `there` is the same as `columns` if left out."""

    column: str
    table: str
    columns: tuple[str, ...]
    there: tuple[str, ...] = ()
    constant: tuple[str, ...] = ()


class Store:
    """The tables of results/tables, each read once; one that is not there is empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[tuple[str, ...], pd.DataFrame] = {}

    def once(self, key: tuple[str, ...], make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """What `make` gives: a page that is too large is built again, from the same rows."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def load(self, name: str, *columns: str) -> pd.DataFrame:
        """A table, or some of its columns."""
        return self.once(("table", name, *columns), partial(self._read, name, list(columns)))

    def _read(self, name: str, columns: list[str]) -> pd.DataFrame:
        path = self.folder / f"{name}.parquet"
        table = read_parquet(path, columns or None) if path.exists() else arrow_schema(name).empty_table()
        return table.to_pandas()

    def first(self, name: str, most: int) -> tuple[pd.DataFrame, int]:
        """The first rows of a table, and how many it has: the large ones are not read for the sake of a few rows."""
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            return arrow_schema(name).empty_table().to_pandas(), 0
        with pq.ParquetFile(path) as file:
            rows = next(file.iter_batches(batch_size=most), None) if file.metadata.num_rows else None
            table = arrow_schema(name).empty_table() if rows is None else rows
            return table.to_pandas(), file.metadata.num_rows

    def take(self, name: str, numbers: list[int]) -> pd.DataFrame:
        """Some rows of a table by their numbers, without making Python objects of the others."""
        return read_parquet(self.folder / f"{name}.parquet").take(numbers).to_pandas() if numbers else pd.DataFrame()

    def count(self, name: str) -> int:
        """How many rows a table has."""
        path = self.folder / f"{name}.parquet"
        return pq.read_metadata(path).num_rows if path.exists() else 0

    def of_documents(self, name: str, doc_ids: list[str], columns: list[str]) -> dict[str, list[dict[str, Any]]]:
        """The rows of a table that belong to some documents, by document, without pandas, which is slow at rows."""
        path = self.folder / f"{name}.parquet"
        found: dict[str, list[dict[str, Any]]] = {doc_id: [] for doc_id in doc_ids}
        if path.exists() and doc_ids:
            wanted = [("doc_id", "in", doc_ids)]
            for row in pq.read_table(path, columns=["doc_id", *columns], filters=wanted, partitioning=None).to_pylist():
                found[row["doc_id"]].append(row)
        return found


Rows = Callable[[Store, int], tuple[pd.DataFrame, int]]


class View(NamedTuple):
    """What the page shows of a table: its columns in order, each `name` or `name=Heading`.

    A column `?name` is left out, and said below the table, where all rows have the same. `estimate~lo~hi` is one
    column of estimates and one of intervals; a second pair of ends is one column more. Rows come in the table's own
    order unless `order` names columns, `-name` for descending, `~name` for the order in which its values come first.
    `rows` gives other rows than the table's own, and how many there are. `name` tells views of one table apart.
    `nothing` is said in place of a table without rows. `least` rows are shown, however little room there
    is: those that a figure shows.
    """

    table: str
    caption: str
    columns: tuple[str, ...]
    links: tuple[Link, ...] = ()
    order: tuple[str, ...] = ()
    where: str = ""
    rows: Rows | None = None
    name: str = ""
    nothing: str = ""
    least: int = 0


def schemes(store: Store) -> list[str]:
    """The frame schemes in the order of the settings, which frame_prevalence keeps."""
    return list(dict.fromkeys(store.load("frame_prevalence", "scheme")["scheme"]))


def _ranks(values: pd.Series) -> dict[str, int]:
    return {value: rank for rank, value in enumerate(dict.fromkeys(values))}


def _heading(column: str) -> str:
    return column.removeprefix("n_").replace("_", " ")


def _text(name: str, value: Any, dtype: str, unit: str) -> str:  # noqa: ANN401
    if is_missing(value) or value is pd.NA:
        return "not estimable" if dtype == "float" else ""
    if dtype == "float":
        shown = percent if unit in _SHARES else probability if name in ("p", "q") else number
        return shown(float(value))
    if dtype == "int":
        return number(int(value))
    if dtype == "bool":
        return "yes" if value else "no"
    if name == "column" and value == "doc_id":
        return "document"
    return frame_name(str(value)) if name in _NAMES else str(value)


def _plain(name: str, value: Any, dtype: str) -> str:  # noqa: ANN401
    """What a cell sorts and exports by, where that is not the text itself; empty for a missing number."""
    if dtype in ("int", "float"):
        return "" if is_missing(value) else format_float(value)
    return str(value) if name in (*_NAMES, *_DOCUMENTS) else ""


def _ends(lo: float, hi: float) -> str:
    return "" if is_missing(lo) or is_missing(hi) else f"{format_float(lo)} to {format_float(hi)}"


def _cells(rows: pd.DataFrame, name: str, schema: dict[str, str], hrefs: list[str]) -> list[Cell]:
    dtype, unit = schema["dtype"], schema.get("unit", "")
    cells = []
    longest = _DOCUMENT if name in _DOCUMENTS else _CELL
    for value, href in zip(rows[name], hrefs, strict=True):
        text, plain = _text(name, value, dtype, unit), _plain(name, value, dtype)
        shown = shortened(text, longest)
        cells.append(Cell(shown, plain if plain != shown else "", href if text else ""))
    return cells


def _rows(view: View, store: Store, most: int) -> tuple[pd.DataFrame, int]:
    """The first `most` rows of a view, and how many it has."""
    if view.rows:
        return view.rows(store, most)
    if not view.where and not view.order:
        return store.first(view.table, most)
    rows = store.once(("view", view.table, view.where, *view.order), lambda: _ordered(view, store.load(view.table)))
    return rows.head(most), len(rows)


def _ordered(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.query(view.where) if view.where else rows
    if not view.order:
        return rows
    names = [name.lstrip("-~") for name in view.order]
    up = [not name.startswith("-") for name in view.order]
    ranked = {name[1:] for name in view.order if name.startswith("~")}
    return rows.sort_values(names, ascending=up, key=partial(_sort_key, ranked=ranked), kind="stable")


def _sort_key(column: pd.Series, *, ranked: set[str]) -> pd.Series:
    return column.map(_ranks(column)) if column.name in ranked else column


def build(view: View, store: Store, evidence: Evidence, *, most: int) -> Table | None:
    """The first `most` rows of a table for the page; None if the table is absent or empty."""
    rows, total = _rows(view, store, max(most, view.least))
    if rows.empty:
        return None
    rows = renamed(rows, evidence.names, _NAMED.get(view.table, ()))
    schemas = table_schemas()[view.table] | _ADDED
    columns, cells, missing, same = [], [], [], []
    for given in view.columns:
        names, _, heading = given.removeprefix("?").partition("=")
        name, *ends = names.split("~")
        # One document is named once, above; its name in every row would say nothing.
        if name == "doc_id" and view.table != "documents" and evidence.one_document:
            continue
        schema, heading = schemas[name], heading or _heading(name)
        if rows[name].isin([""]).all() and view.columns[0] != given:
            continue
        if given[0] == "?" and len(rows) > 1 and rows[name].nunique() == 1:
            same.append(f"{heading} {_text(name, rows[name].iloc[0], schema['dtype'], '')}")
            continue
        if schema["dtype"] == "float" and rows[name].isna().all():
            missing.append(heading)
            continue
        columns.append(Column(heading, schema["meaning"], schema["dtype"] in ("int", "float")))
        cells.append(_cells(rows, name, schema, _hrefs(view, name, rows, evidence)))
        for label, lo, hi in zip(_INTERVALS, ends[::2], ends[1::2], strict=False):
            if rows[lo].notna().any():
                columns.append(Column(label, f"{schemas[lo]['meaning']}, and upper end", True))
                share = schema.get("unit") in _SHARES
                pairs = zip(rows[lo], rows[hi], strict=True)
                cells.append([Cell(interval(*pair, proportion=share), _ends(*pair)) for pair in pairs])
    notes = [f"In all these rows: {', '.join(same)}."] if same else []
    if missing:
        notes.append(f"Not estimable from these documents: {', '.join(missing)}.")
    if "method" in rows and any("~" in given for given in view.columns):
        methods = (_ENDS.sub("", method) for method in dict.fromkeys(rows["method"]))
        notes.append(f"Intervals: {'; '.join(methods)}.")
    body = [list(row) for row in zip(*cells, strict=True)]
    name = view.name or view.table
    return Table(name, view.caption, columns, body, total, notes, f"tables/{view.table}.csv")


def _hrefs(view: View, name: str, rows: pd.DataFrame, evidence: Evidence) -> list[str]:
    for link in view.links:
        if name == link.column:
            values = rows[list(link.columns)].itertuples(index=False, name=None)
            return evidence.links(link.table, link.there or link.columns, [(*key, *link.constant) for key in values])
    if name == "sentence" and "doc_id" in rows:
        return [evidence.cite(*place) for place in zip(rows["doc_id"], rows["sentence"], strict=True)]
    if name == "doc_id" or (name == "other" and "doc_id" in rows):
        return [evidence.cite(doc_id) for doc_id in rows[name]]
    return [""] * len(rows)
