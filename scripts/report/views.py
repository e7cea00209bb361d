"""Tables of results/ as the page shows them, read from `page` in scripts/ROOM/tables.yaml.

Each item of a table's `page` is a view:

    section, place   the section, and the number by which the views of a section are sorted
    folded           true: the table is folded, at the end of the section
    figures          the figures that are drawn from it
    below_figure     true: shown only as the data of its figure; `folded` then means that the figure is folded too
    name             distinguishes views of the same table
    caption, note    what the table shows; what a row is, and how to use it
    nothing          the sentence shown if there are no rows
    rows             a function of `scripts.report.derived` that makes the rows, instead of the table's own rows
    where, order     which rows, and how they are sorted: [{column: n, by: falling}, {column: scheme, by: appearance}]
    extra            the word by which a reader asks for the table: in `report.sections`, or with a switch on the page
    of_documents     true: each row belongs to one document, so the page can narrow the table to a choice of documents
    marks            the kind of mark in the texts from which the page itself makes the rows (js/marked.js)
    corrected_in     the table with people's corrections; if it has no rows, the caption says "not validated"
    columns          by name, in order. Each may have: heading, if it is not the name; ends, the columns of one or two
                     intervals; unless_same, true: if all rows have the same value and none has a link, it moves to a
                     note below the table; dtype and meaning, if the table has no such column; opens, its link

and `opens`, the link of a column's numbers, has

    rows_of, by      a table, or another collection in js/find.js, and the columns whose values must be those of this
                     row: [speaker], or {value: group} if the column has a different name there
    and              columns that must have a fixed value there: {side: total}
    unit             what the number counts, if not rows: sentences, documents, words, quoted (words in quotation
                     marks), reported
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

from scripts.core.schemas import entries

FALLING, APPEARANCE = "falling", "appearance"


class Link(NamedTuple):
    """The link of a column's numbers: to the rows of `table` whose columns `there` have the values that this row has in
    `columns`, followed by the fixed values in `constant`."""

    table: str
    columns: tuple[str, ...]
    there: tuple[str, ...]
    constant: tuple[str, ...] = ()
    unit: str = ""


class ViewColumn(NamedTuple):
    """A column of a view; dtype, unit and meaning are those of the table unless the view states its own."""

    name: str
    heading: str
    dtype: str
    unit: str
    meaning: str
    ends: tuple[str, ...] = ()
    unless_same: bool = False
    link: Link | None = None


class Order(NamedTuple):
    """A column by which rows are sorted: rising, falling, or in the order in which its values first appear."""

    column: str
    by: str = "rising"


class View(NamedTuple):
    """A table of results/ as the page shows it; the module's docstring explains the fields."""

    table: str
    columns: tuple[ViewColumn, ...]
    section: str = ""
    place: int = 0
    caption: str = ""
    note: str = ""
    nothing: str = ""
    name: str = ""
    folded: bool = False
    figures: tuple[str, ...] = ()
    below_figure: bool = False
    rows: str = ""
    where: str = ""
    order: tuple[Order, ...] = ()
    of_documents: bool = False
    marks: str = ""
    corrected_in: str = ""
    extra: str = ""
    one_scheme: bool = False

    @property
    def key(self) -> str:
        """Return the unique name of the view."""
        return self.name or self.table


_COLUMN_KEYS = {"heading", "ends", "unless_same", "dtype", "unit", "meaning", "opens"}
_OPENS_KEYS = {"rows_of", "by", "and", "unit"}


def _check_keys(spec: Mapping[str, Any], known: set[str], place: str) -> None:
    if unknown := spec.keys() - known:
        raise ValueError(f"{place}: {', '.join(sorted(unknown))}? There are {', '.join(sorted(known))}")


def _link(opens: Mapping[str, Any]) -> Link:
    by, fixed = opens.get("by", []), opens.get("and", {})
    columns = tuple(by.values()) if isinstance(by, dict) else tuple(by)
    there = (*by, *fixed)
    return Link(opens["rows_of"], columns, there, tuple(fixed.values()), opens.get("unit", ""))


def _column(name: str, spec: Mapping[str, Any], schema: Mapping[str, str]) -> ViewColumn:
    _check_keys(spec, _COLUMN_KEYS, name)
    _check_keys(spec.get("opens", {}), _OPENS_KEYS, f"{name}: opens")
    heading = spec.get("heading", name.removeprefix("n_").replace("_", " "))
    about = {**schema, **spec}
    return ViewColumn(
        name,
        heading,
        about["dtype"],
        about.get("unit", ""),
        about["meaning"],
        tuple(spec.get("ends", ())),
        unless_same=spec.get("unless_same", False),
        link=_link(spec["opens"]) if "opens" in spec else None,
    )


def make_view(table: str, spec: Mapping[str, Any]) -> View:
    """Return the view of a table that an item of its `page` specifies."""
    schema = entries()[table]["columns"]
    columns = tuple(_column(name, about or {}, schema.get(name, {})) for name, about in spec["columns"].items())
    order = tuple(Order(**each) for each in spec.get("order", ()))
    return View(table, **{**spec, "columns": columns, "order": order, "figures": tuple(spec.get("figures", ()))})


@cache
def views() -> tuple[View, ...]:
    """Return the views of all tables, sorted by section and place."""
    made = [make_view(table, spec) for table, entry in entries().items() for spec in entry.get("page", ())]
    return tuple(sorted(made, key=lambda view: (view.section, view.place)))


def columns_read(table: str) -> list[str]:
    """Return the columns of a table that its views show, or that their links need."""
    read = {"doc_id", "column", "method"}
    for view in views():
        for column in view.columns if view.table == table else ():
            read |= {column.name, *column.ends, *(column.link.columns if column.link else ())}
    return [name for name in entries()[table]["columns"] if name in read]


def section_views(section: str) -> tuple[View, ...]:
    """Return the views of a section, in their order."""
    return tuple(view for view in views() if view.section == section)


def asked_views(section: str, asked: Collection[str]) -> list[View]:
    """Return the views of a section for a reader who has asked for these extras (among them perhaps all schemes)."""
    return [
        view._replace(extra="" if view.extra in asked else view.extra, one_scheme="schemes" not in asked)
        for view in section_views(section)
    ]
