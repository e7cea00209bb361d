"""Tables of results/ as shown on the page: with readable headings, intervals beside estimates, and linked numbers."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from scripts.core.anchors import document_anchor, sentence_anchor
from scripts.core.csv_tables import format_float
from scripts.core.schemas import table_schemas
from scripts.core.storage import read_parquet
from scripts.core.visible import shortened
from scripts.report import markup
from scripts.report.derived import ROWS
from scripts.report.figures.style import NOT_ESTIMABLE, frame_name, percent
from scripts.report.model import Cell, ShownColumn, Table
from scripts.report.payload import rounded
from scripts.report.rows import largest, take_rows
from scripts.report.store import Store, schemes
from scripts.report.views import APPEARANCE, FALLING, View, columns_read

# Most rows of a table that the page carries as data.
PAGE_ROWS = 50_000
# Rows of a table, and of a folded table, that show without JavaScript.
BARE_ROWS, FOLDED_ROWS = 10, 5
SHARES = ("proportion", "share")
DIFFERENCE = "difference of shares"
_IN_POINTS = "; on this page in percentage points (pp), in files as a difference of shares: 0.01 is 1 pp"
FRAME_COLUMNS = ("frame", "frame_a", "frame_b", "scheme")
# The names of two ends in a method: "lo, hi: Wilson 95 %; boot_lo, boot_hi: bootstrap over documents 95 %".
_ENDS = re.compile(r"(?:^|; )(\w*lo), \w*hi: ")
_CODE = re.compile("`([^`]+)`")
# Headings of the first and the second pair of ends of an estimate.
_INTERVALS = ("95% interval", "95%, whole documents drawn")


def cell_kind(name: str, dtype: str, unit: str, rows: pd.DataFrame) -> str:
    """Return the kind of a column, by which this module and the page (js/sheets.js) format its cells."""
    if dtype == "ends":
        return markup.ENDS_KINDS["share" if unit in SHARES else "points" if unit == DIFFERENCE else "number"]
    if dtype == "float":
        if unit == DIFFERENCE:
            return "points"
        return "share" if unit in SHARES else "probability" if name in ("p", "q") else "number"
    if dtype == "string":
        if names_document(name, rows) or names_group(name, rows):
            return "document" if names_document(name, rows) else "group"
        return "frame" if name in FRAME_COLUMNS else "text"
    return "sentence" if name == "sentence" else dtype


_FORMS: dict[str, Callable[[Any], str]] = {
    "share": percent,
    "points": markup.points,
    "probability": markup.probability,
    "number": lambda value: markup.number(float(value)),
    "int": lambda value: markup.number(int(value)),
    # Readers count sentences from 1, the tables from 0.
    "sentence": lambda value: markup.number(int(value) + 1),
    "bool": lambda value: "yes" if value else "no",
    "frame": lambda value: frame_name(str(value)),
}


def _text(name: str, value: Any, kind: str) -> str:  # noqa: ANN401
    """Return the text of a cell in the column `name`, which is of this kind."""
    if pd.isna(value):
        return NOT_ESTIMABLE if kind in ("share", "points", "probability", "number") else ""
    if name == "column" and value == "doc_id":
        return "document"
    return _FORMS.get(kind, str)(value)


def _plain(name: str, value: Any, dtype: str) -> str:  # noqa: ANN401
    """Return the value by which a cell is sorted and exported; "" if that is its text, or for a missing number."""
    if dtype in ("int", "float"):
        return "" if pd.isna(value) else format_float(value)
    return str(value) if name in (*FRAME_COLUMNS, "doc_id", "other", "story") else ""


def names_document(name: str, rows: pd.DataFrame) -> bool:
    """Return whether a column identifies documents: `doc_id`, `other` beside `doc_id`, or `story`.

    A story is identified by its earliest document.
    """
    return name in ("doc_id", "story") or (name == "other" and "doc_id" in rows)


def names_group(name: str, rows: pd.DataFrame) -> bool:
    """Return whether a column names groups of the kind given in the column `column`, which may be single documents."""
    return name in ("target", "group") and "column" in rows


def _cells(column: ShownColumn, rows: pd.DataFrame, store: Store) -> list[Cell]:
    """Return the cells of a column; documents are shown by their titles."""
    name, dtype, unit = column.names[0], column.dtype, column.unit
    if dtype == "ends":
        of_ends = markup.points_interval if unit == DIFFERENCE else partial(markup.interval, proportion=unit in SHARES)
        pairs = [*zip(*(rows[end] for end in column.names), strict=True)]
        values = ["" if any(map(pd.isna, pair)) else " to ".join(map(format_float, pair)) for pair in pairs]
        return [Cell(of_ends(*pair), value) for pair, value in zip(pairs, values, strict=True)]
    cells, kind, is_document = [], cell_kind(name, dtype, unit, rows), names_document(name, rows)
    of_document = rows["column"] == "doc_id" if names_group(name, rows) else [is_document] * len(rows)
    for value, place, titled in zip(rows[name], _places(name, rows), of_document, strict=True):
        text = (titled and not pd.isna(value) and store.title(value)) or _text(name, value, kind)
        plain = _plain(name, value, dtype)
        shown = shortened(text, markup.TITLE_LENGTH if is_document else markup.CELL_LENGTH)
        cells.append(Cell(shown, plain if plain != shown else "", place if text else ""))
    return cells


def _places(name: str, rows: pd.DataFrame) -> list[str]:
    """Return for each cell of a column the anchor of the document or sentence it names, or ""."""
    if name == "sentence" and "doc_id" in rows:
        return [sentence_anchor(*place) for place in zip(rows["doc_id"], rows["sentence"], strict=True)]
    return [document_anchor(doc_id) for doc_id in rows[name]] if names_document(name, rows) else [""] * len(rows)


def _rows(view: View, store: Store) -> tuple[pd.DataFrame, int]:
    """Return at most PAGE_ROWS rows of a view, and how many it has in all."""
    if view.rows:
        return ROWS[view.rows](store, PAGE_ROWS)
    if not view.where and not view.order:
        return store.first(view.table, PAGE_ROWS)
    if store.count(view.table) <= PAGE_ROWS:
        rows = _ordered(view, store.load(view.table))
        return rows, len(rows)
    # A large table is read twice: first the columns that decide which rows are shown, then these rows.
    path = store.folder / f"{view.table}.parquet"
    by_largest = bool(view.order) and view.order[0].by == FALLING and not view.where
    numbers = largest(path, view.order[0].column, PAGE_ROWS) if by_largest else None
    used = {*re.findall(r"\w+", view.where), *(order.column for order in view.order)}
    names = [name for name in table_schemas()[view.table] if name in used]
    keys = (read_parquet(path, names) if numbers is None else take_rows(path, numbers.tolist(), names)).to_pandas()
    rows = _ordered(view, keys if numbers is None else keys.set_index(numbers))
    shown = store.take(view.table, rows.index[:PAGE_ROWS].tolist(), columns_read(view.table))
    return shown, len(rows) if numbers is None else store.count(view.table)


def _ordered(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.query(view.where) if view.where else rows
    if not view.order:
        return rows
    names = [order.column for order in view.order]
    rising = [order.by != FALLING for order in view.order]
    ranked = {order.column for order in view.order if order.by == APPEARANCE}

    def place(column: pd.Series) -> pd.Series:
        return pd.Series(pd.factorize(column)[0]) if column.name in ranked else column

    return rows.sort_values(names, ascending=rising, key=place, kind="stable")


class TableView(NamedTuple):
    """A view with all the rows that the page carries, the columns it shows, and the notes below the table."""

    view: View
    rows: pd.DataFrame
    total: int
    columns: list[ShownColumn]
    notes: list[str]


def sheet(view: View, store: Store) -> TableView:
    """Return a view with its rows; built once, for both the static table and the data of the page."""
    return store.once(("sheet", view.key), partial(_sheet, view, store))


def _sheet(view: View, store: Store) -> TableView:
    """Return a view with its rows, without columns that are empty, or constant where the view asks for that."""
    rows, total = _rows(view, store)
    # Round as the page's data are rounded, so that the numbers are the same with and without JavaScript.
    rows = rows.reset_index(drop=True).assign(
        **{str(name): rounded(values) for name, values in rows.select_dtypes("float").items()}
    )
    if "message" in rows:  # readers get quotation marks instead of backticks
        rows["message"] = rows["message"].str.replace(_CODE, "“\\1”", regex=True)
    schema = table_schemas()[view.table]
    columns, missing, same = [], [], []
    for each in view.columns if len(rows) else ():
        name, heading, dtype, unit = each.name, each.heading, each.dtype, each.unit
        # The name of a single document is above the table, so rows need not repeat it.
        if name == "doc_id" and view.table != "documents" and store.count("documents") == 1:
            continue
        empty = rows[name].isin([""]) | (rows[name].isna() if dtype != "float" else False)
        if empty.all() and view.columns[0] != each:
            continue
        # A count that links to its rows stays a column, since the note below the table has no links.
        leads = each.link is not None and bool(rows[name].iloc[0])
        if each.unless_same and len(rows) > 1 and rows[name].nunique() == 1 and not leads:
            same.append(f"{heading} {_text(name, rows[name].iloc[0], cell_kind(name, dtype, unit, rows))}")
            continue
        if dtype == "float" and rows[name].isna().all():
            missing.append(heading)
            continue
        meaning = each.meaning.replace(" %", "%") + (_IN_POINTS if unit == DIFFERENCE else "")
        columns.append(ShownColumn(heading, meaning, dtype in ("int", "float"), (name,), dtype, unit, each.link))
        for label, lo, hi in zip(_INTERVALS, each.ends[::2], each.ends[1::2], strict=False):
            if rows[lo].notna().any():
                meaning = schema[lo]["meaning"].replace("lower end", "lower and upper end").replace(" %", "%")
                columns.append(ShownColumn(label, meaning, True, (lo, hi), "ends", unit))
    notes = [f"In all these rows: {', '.join(same)}."] if same else []
    if missing:
        notes.append(f"Not estimable from these documents: {', '.join(missing)}.")
    if "method" in rows and any(each.ends for each in view.columns):
        notes.append(f"Intervals: {'; '.join(_interval_methods(rows['method'].unique(), view))}.")
    return TableView(view, rows, total, columns, notes)


def _interval_methods(methods: Iterable[str], view: View) -> list[str]:
    """Return the methods of the intervals that a view shows, each once, from the texts of the column `method`."""
    shown = {end for column in view.columns for end in column.ends}
    parts: dict[str, None] = {}
    for method in methods:
        first, *of_ends = _ENDS.split(method)
        named = [text for end, text in zip(of_ends[::2], of_ends[1::2], strict=True) if end in shown]
        parts |= dict.fromkeys(part for text in named or [first] for part in text.replace(" 95 %", "").split("; "))
    return [*parts]


def build(view: View, store: Store) -> Table | None:
    """Return a view as a table of the page with its first rows; None if its table is missing or empty."""
    _, every, total, columns, notes = sheet(view, store)
    if every.empty:
        return None
    rows = every[every["scheme"].isin(schemes(store)[:1])] if view.one_scheme and "scheme" in every else every
    rows = rows.head(0 if view.extra else FOLDED_ROWS if view.folded or view.below_figure else BARE_ROWS)
    body = [list(row) for row in zip(*(_cells(column, rows, store) for column in columns), strict=True)]
    fields = " ".join(column.names[0] for column in columns) if view.marks else ""
    carried = total if view.marks else len(every)
    caption = view.caption
    if view.corrected_in:
        caption += ", the machine's count" if store.count(view.corrected_in) else ", not validated"
    of_documents = view.of_documents or bool(view.marks)
    return Table(
        view.key, caption, view.note, columns, body, total, notes, f"tables/{view.table}.csv", carried,
        view.marks, fields, of_documents, view.extra,
    )  # fmt: skip
