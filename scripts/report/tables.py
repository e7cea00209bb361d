"""Tables of results/ as tables of the page: readable headings, intervals beside estimates, links behind numbers."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scripts.core.csv_tables import format_float
from scripts.core.storage import read_parquet, table_schemas
from scripts.core.visible import shortened
from scripts.entities.corpus_names import renamed
from scripts.report.evidence import Evidence
from scripts.report.figures.style import frame_name, percent
from scripts.report.index import Question
from scripts.report.markup import interval, is_missing, number, points, points_interval, probability
from scripts.report.model import Cell, Column, Table
from scripts.report.payload import rounded
from scripts.report.rows import largest, take_rows
from scripts.report.store import Store

# Characters of a cell, and of a document's title.
_CELL, _DOCUMENT = 300, 48
# Rows of a table that the page carries.
MOST_ROWS = 50_000
SHARES = ("proportion", "share")
DIFFERENCE = "difference of shares"
_IN_POINTS = "; on this page in percentage points (pp), in files as a difference of shares: 0.01 is 1 pp"
FRAMES = ("frame", "frame_a", "frame_b", "scheme")
# Columns with names as they are in the document, which the page gives as they are over all documents.
_NAMED = {"blame": ("speaker", "target"), "frame_codes": ("speaker",)}
# Columns that views make of others.
ADDED = {
    "period": {"dtype": "string", "meaning": "day, month or year, whichever suits the span of the dates"},
    "published": {"dtype": "int", "meaning": "documents of that day, month or year"},
    "count_both": {"dtype": "int", "meaning": "occurrences in both groups"},
    "times": {"dtype": "int", "meaning": "tokens that are the word"},
    "places": {"dtype": "string", "meaning": "numbers of the tokens that are the word, from 0"},
}
# Headings of the first and the second pair of ends of an estimate.
_ENDS = re.compile(r"\b(?:boot_)?lo, (?:boot_)?hi: ")
_INTERVALS = ("95% interval", "95%, whole documents drawn")


class Link(NamedTuple):
    """Target of the numbers of a column: the sentences of `table` where its columns `there` have the row's values
    of `columns`, and then `constant`; `there` is the same as `columns` if left out.

    `unit` is what the number counts, where that is not rows: sentences, documents, words, quoted (words in quotation
    marks) or reported. A link that is `live` is made by the page from the corpus in it, and so needs JavaScript; its
    table may be any of those in templates/report/js/find.js."""

    column: str
    table: str
    columns: tuple[str, ...]
    there: tuple[str, ...] = ()
    constant: tuple[str, ...] = ()
    unit: str = ""
    live: bool = False


Rows = Callable[[Store, int], tuple[pd.DataFrame, int]]


class View(NamedTuple):
    """A table of results/ as the page shows it: its columns in order, each `name` or `name=Heading`.

    A column `?name` is left out, and said below the table, where all rows have the same and it has no links.
    `estimate~lo~hi` is one column of estimates and one of intervals; a second pair of ends is one column more. Rows
    come in the table's own order unless `order` names columns, `-name` for descending, `~name` for the order in which
    its values come first. `rows` gives other rows than the table's own, and how many there are. `name` tells views of
    one table apart. `nothing` is said in place of a table without rows. `least` rows are shown, however little room
    there is: those that a figure shows; without JavaScript no more than `bare`, where that is not 0. With JavaScript
    the page makes the rows itself of the `marks` in the texts that it carries (see templates/report/js/tables.js).
    Where the table `corrected_in` has rows, the caption says that these are the machine's count, and otherwise that
    nobody has validated them. `note` says what a row is and what to do with it.
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
    bare: int = 0
    marks: str = ""
    corrected_in: str = ""
    note: str = ""


def schemes(store: Store) -> list[str]:
    """Return the frame schemes in the order of the settings, which frame_prevalence keeps."""
    return list(dict.fromkeys(store.load("frame_prevalence", "scheme")["scheme"]))


def _ranks(values: pd.Series) -> dict[str, int]:
    return {value: rank for rank, value in enumerate(dict.fromkeys(values))}


def column_parts(spec: str) -> tuple[str, list[str], str]:
    """Return the column of a view's `columns`, the ends of its intervals, and its heading.

    >>> column_parts("?n_words"), column_parts("estimate~lo~hi=share of words")
    (('n_words', [], 'words'), ('estimate', ['lo', 'hi'], 'share of words'))
    """
    names, _, heading = spec.removeprefix("?").partition("=")
    name, *ends = names.split("~")
    return name, ends, heading or name.removeprefix("n_").replace("_", " ")


def _text(name: str, value: Any, dtype: str, unit: str) -> str:  # noqa: ANN401
    """Return the text of a cell."""
    if is_missing(value) or value is pd.NA:
        return "not estimable" if dtype == "float" else ""
    if dtype == "float":
        shown = percent if unit in SHARES else probability if name in ("p", "q") else number
        return (points if unit == DIFFERENCE else shown)(float(value))
    if dtype == "int":
        # Readers count sentences from 1, the tables from 0.
        return number(int(value) + (name == "sentence"))
    if dtype == "bool":
        return "yes" if value else "no"
    if name == "column" and value == "doc_id":
        return "document"
    return frame_name(str(value)) if name in FRAMES else str(value)


def _plain(name: str, value: Any, dtype: str) -> str:  # noqa: ANN401
    """Return the value by which a cell is sorted and exported, if not its text; empty for a missing number."""
    if dtype in ("int", "float"):
        return "" if is_missing(value) else format_float(value)
    return str(value) if name in (*FRAMES, "doc_id", "other") else ""


def _ends(lo: float, hi: float) -> str:
    return "" if is_missing(lo) or is_missing(hi) else f"{format_float(lo)} to {format_float(hi)}"


def names_document(name: str, rows: pd.DataFrame) -> bool:
    """Return whether a column has names of documents: `other` has them where it stands beside `doc_id`."""
    return name == "doc_id" or (name == "other" and "doc_id" in rows)


def names_group(name: str, rows: pd.DataFrame) -> bool:
    """Return whether a column has names of groups that the column `column` tells, which may be documents."""
    return name in ("target", "group") and "column" in rows


def _cells(
    rows: pd.DataFrame, name: str, dtype: str, unit: str, hrefs: list[str], titles: Mapping[str, str]
) -> list[Cell]:
    """Return the cells of a column; a document has its title."""
    cells = []
    longest = _DOCUMENT if names_document(name, rows) else _CELL
    of_document = rows["column"] == "doc_id" if names_group(name, rows) else np.ones(len(rows), bool)
    for value, href, titled in zip(rows[name], hrefs, of_document, strict=True):
        text = (titled and titles.get(value)) or _text(name, value, dtype, unit)
        plain = _plain(name, value, dtype)
        shown = shortened(text, longest)
        cells.append(Cell(shown, plain if plain != shown else "", href if text else ""))
    return cells


def _rows(view: View, store: Store) -> tuple[pd.DataFrame, int]:
    """Return the rows of a view, at most MOST_ROWS of them, and how many it has."""
    if view.rows:
        return view.rows(store, MOST_ROWS)
    if not view.where and not view.order:
        return store.first(view.table, MOST_ROWS)
    if store.count(view.table) <= MOST_ROWS:
        rows = _ordered(view, store.load(view.table))
        return rows, len(rows)
    # A large table is read twice: first the columns that tell which rows are shown, then these rows.
    path, first = store.folder / f"{view.table}.parquet", view.order[:1]
    numbers = largest(path, first[0][1:], MOST_ROWS) if first and first[0][0] == "-" and not view.where else None
    names = [name for name in table_schemas()[view.table] if name in _columns_used(view)]
    keys = (read_parquet(path, names) if numbers is None else take_rows(path, numbers.tolist(), names)).to_pandas()
    rows = _ordered(view, keys if numbers is None else keys.set_index(numbers))
    columns = [name for name in table_schemas()[view.table] if name != "text"]
    shown = store.take(view.table, rows.index[:MOST_ROWS].tolist(), columns)
    return shown, len(rows) if numbers is None else store.count(view.table)


def _columns_used(view: View) -> set[str]:
    """Return the columns by which a view chooses and orders its rows."""
    return {*re.findall(r"\w+", view.where), *(name.lstrip("-~") for name in view.order)}


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


class Shown(NamedTuple):
    """A column of the page: its heading, and the columns of the rows that it is made of: one, or two ends."""

    column: Column
    names: tuple[str, ...]
    dtype: str
    unit: str


class Sheet(NamedTuple):
    """A view over all its rows: which columns the page shows, and what is said below them."""

    view: View
    rows: pd.DataFrame
    total: int
    columns: list[Shown]
    notes: list[str]


def sheet(view: View, store: Store, evidence: Evidence) -> Sheet:
    """Return a view over all its rows; made once, as pages of several sizes are made of it."""
    return store.once(("sheet", view.name or view.table), partial(_sheet, view, store, evidence))


def _sheet(view: View, store: Store, evidence: Evidence) -> Sheet:
    """Return a view over all its rows, without columns that are empty or the same in every row."""
    rows, total = _rows(view, store)
    rows = renamed(rows.reset_index(drop=True), evidence.names, _NAMED.get(view.table, ()))
    # As exact as the page's data, so that it shows the same numbers with JavaScript and without.
    rows = rows.assign(**{str(name): rounded(values) for name, values in rows.select_dtypes("float").items()})
    schemas = table_schemas()[view.table] | ADDED
    columns, missing, same = [], [], []
    for spec in view.columns if len(rows) else ():
        name, ends, heading = column_parts(spec)
        # The name of a single document stands above the table and not in every row.
        if name == "doc_id" and view.table != "documents" and evidence.one_document:
            continue
        schema = schemas[name]
        dtype, unit = schema["dtype"], schema.get("unit", "")
        empty = rows[name].isin([""]) | (rows[name].isna() if dtype != "float" else False)
        if empty.all() and view.columns[0] != spec:
            continue
        # A count that leads to its rows is shown, as a sentence below the table would lead nowhere.
        leads = name in {link.column for link in view.links} and bool(rows[name].iloc[0])
        if spec[0] == "?" and len(rows) > 1 and rows[name].nunique() == 1 and not leads:
            same.append(f"{heading} {_text(name, rows[name].iloc[0], dtype, unit)}")
            continue
        if dtype == "float" and rows[name].isna().all():
            missing.append(heading)
            continue
        meaning = schema["meaning"] + (_IN_POINTS if unit == DIFFERENCE else "")
        columns.append(Shown(Column(heading, meaning, dtype in ("int", "float")), (name,), dtype, unit))
        for label, lo, hi in zip(_INTERVALS, ends[::2], ends[1::2], strict=False):
            if rows[lo].notna().any():
                column = Column(label, f"{schemas[lo]['meaning']}, and upper end", True)
                columns.append(Shown(column, (lo, hi), "ends", unit))
    notes = [f"In all these rows: {', '.join(same)}."] if same else []
    if missing:
        notes.append(f"Not estimable from these documents: {', '.join(missing)}.")
    if "method" in rows and any("~" in spec for spec in view.columns):
        methods = (_ENDS.sub("", method) for method in dict.fromkeys(rows["method"]))
        notes.append(f"Intervals: {'; '.join(methods)}.")
    return Sheet(view, rows, total, columns, notes)


def _first_rows(view: View, store: Store, evidence: Evidence, most: int) -> pd.DataFrame:
    """Return the rows of a view that are shown without JavaScript, where there is room for `most`."""
    shown_rows = max(most, view.least)
    return sheet(view, store, evidence).rows.head(min(shown_rows, view.bare) if view.bare else shown_rows)


def build(view: View, store: Store, evidence: Evidence, *, most: int) -> Table | None:
    """Return the first `most` rows of a view for the page; None if its table is absent or empty."""
    all_rows = sheet(view, store, evidence)
    if all_rows.rows.empty:
        return None
    rows = _first_rows(view, store, evidence, most)
    cells = [_column_cells(shown, view, rows, evidence) for shown in all_rows.columns]
    body = [list(row) for row in zip(*cells, strict=True)]
    columns = [shown.column for shown in all_rows.columns]
    name = view.name or view.table
    fields = " ".join(shown.names[0] for shown in all_rows.columns) if view.marks else ""
    carried = all_rows.total if view.marks else len(all_rows.rows)
    csv = f"tables/{view.table}.csv"
    caption = view.caption
    if view.corrected_in:
        caption += ", the machine's count" if store.count(view.corrected_in) else ", not validated"
    return Table(
        name, caption, view.note, columns, body, all_rows.total, all_rows.notes, csv, carried, view.marks, fields
    )


def _column_cells(shown: Shown, view: View, rows: pd.DataFrame, evidence: Evidence) -> list[Cell]:
    if shown.dtype == "ends":
        of_ends = points_interval if shown.unit == DIFFERENCE else partial(interval, proportion=shown.unit in SHARES)
        pairs = zip(*(rows[name] for name in shown.names), strict=True)
        return [Cell(of_ends(lo, hi), _ends(lo, hi)) for lo, hi in pairs]
    name = shown.names[0]
    titles = evidence.titles if names_document(name, rows) or names_group(name, rows) else {}
    return _cells(rows, name, shown.dtype, shown.unit, _hrefs(view, name, rows, evidence), titles)


def _lookup(link: Link, rows: pd.DataFrame) -> Question:
    """Return the lookup of the sentences that the numbers of a column lead to."""
    values = rows[list(link.columns)].itertuples(index=False, name=None)
    return link.table, link.there or link.columns, [(*key, *link.constant) for key in values]


def lookups(view: View, store: Store, evidence: Evidence, *, most: int) -> list[Question]:
    """Return the lookups of the numbers of a view, as it shows them with room for `most` rows."""
    rows, shown = _first_rows(view, store, evidence, most), sheet(view, store, evidence).columns
    columns = {column.names[0] for column in shown}
    return [_lookup(link, rows) for link in view.links if link.column in columns and not link.live]


def _hrefs(view: View, name: str, rows: pd.DataFrame, evidence: Evidence) -> list[str]:
    """Return the address of each cell of a column, "" for none."""
    for link in view.links:
        if name == link.column and not link.live:
            return evidence.links(*_lookup(link, rows))
    if name == "sentence" and "doc_id" in rows:
        return [evidence.cite(*place) for place in zip(rows["doc_id"], rows["sentence"], strict=True)]
    if names_document(name, rows):
        return [evidence.cite(doc_id) for doc_id in rows[name]]
    return [""] * len(rows)
