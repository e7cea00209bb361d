"""The sections of the report: filled from the tables and figures that there are, in words where there is none."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from scripts.report.evidence import Evidence
from scripts.report.figures.style import label, row_name
from scripts.report.model import Cell, Figure, Passages, Prose, Section, ShownColumn, StoryTimeline, Table
from scripts.report.outlines import METHODS, Outline
from scripts.report.store import Store
from scripts.report.svg import inline_svg, read_graphic
from scripts.report.tables import build, lookups
from scripts.report.views import View


def look_up(views: Iterable[View], store: Store, evidence: Evidence, *, most: int, folded: int) -> None:
    """Find the sentences of all numbers in views, in as few readings of the tables as can be, as `build_section`."""
    questions = []
    for view in views:
        questions += lookups(view, store, evidence, most=_room(view, most=most, folded=folded))
    evidence.look_up(questions)


def _room(view: View, *, most: int, folded: int) -> int:
    """Return how many rows of a view there is room for."""
    return 0 if view.extra else folded if view.folded or view.below_figure else most


def build_section(
    outline: Outline,
    views: Sequence[View],
    store: Store,
    figures: Path,
    evidence: Evidence,
    *,
    most: int,
    folded: int,
) -> Section:
    """Return a section with its block, or else its first figure and table, and all others folded; an empty one says so.

    Tables have `most` rows, those of views that are folded have `folded`, and extra ones none.
    """

    def made(view: View) -> Table | None:
        return build(view, store, evidence, most=_room(view, most=most, folded=folded))

    built = [(view, made(view)) for view in views if not view.below_figure]
    open_tables = [table for view, table in built if table and not view.folded]
    more = [table for view, table in built if table and view.folded]
    tables = {table.name: table for table in open_tables + more}
    names = figure_links(open_tables[0]) if open_tables else {}
    if not tables:
        return Section(outline.anchor, outline.title, outline.lead, [Prose([outline.empty])], [], [], outline.chapter)
    drawn, absent = [], []
    for name in outline.figures:
        path = figures / f"{name}.svg"
        if not path.exists():
            continue
        view = next((view for view in views if name in view.figures), None)
        own = made(view) if view and view.below_figure else None
        table = own or (tables.get(view.key) if view else None)
        graphic = store.once(("figure", name), partial(read_graphic, path))
        if not graphic.compared:
            continue
        if graphic.nothing:
            absent.append(graphic.nothing)
        else:
            svg = inline_svg(graphic, names | figure_links(table) if table else names)
            shown = table.name if table and not own else ""
            drawn.append(Figure(name, graphic.title, graphic.description, svg, shown, own))
    block = outline.block(store, evidence, folded) if outline.block else None
    absent += [view.nothing for view, _ in built if view.nothing and view.table not in tables and not view.extra]
    away = {name for view in views if view.folded and view.below_figure for name in view.figures}
    shown_first = [figure for figure in drawn if figure.name not in away][:1]
    first: list[Table | Figure | Prose | Passages | StoryTimeline] = (
        [block] if block else [*shown_first, *open_tables[:1]]
    )
    every: list[Table | Figure] = [*drawn, *open_tables]
    rest = [each for each in every if each not in first]
    return Section(outline.anchor, outline.title, outline.lead, first, [*rest, *more], absent, outline.chapter)


def figure_links(table: Table) -> dict[str, str]:
    """Return {name in a figure: address of the sentences of the one row of a table that has the name}.

    A row is named by its most varied text that is no group, and by all its texts together, as `style.row_name` puts
    them. The name of a document leads to the document.
    """
    texts = [at for at, column in enumerate(table.columns) if not column.number]
    counted = [at for at, column in enumerate(table.columns) if column.number]
    documents = [at for at in texts if table.columns[at].label == "document"]
    names = [at for at in texts if at not in documents and table.columns[at].label != "group"]
    name = max(names, key=lambda at: len({row[at].text for row in table.rows}), default=0)
    addresses: dict[str, set[str]] = {}
    for row in table.rows:
        href = next((row[at].href for at in counted if row[at].href), "")
        row_key = row_name(row[at].value or row[at].text for at in texts)
        for key in {label(row[name].text), row_key}:
            addresses.setdefault(key, set()).add(href)
        for at in documents:
            addresses.setdefault(label(row[at].text), set()).add(row[at].href)
    return {text: hrefs.pop() for text, hrefs in addresses.items() if len(hrefs) == 1 and "" not in hrefs}


def provenance_section(record: dict[str, Any]) -> Section:
    """Return the section on provenance.json: nested records with dotted names, seeds last."""
    others = {name: value for name, value in record.items() if name != "seeds"}
    entries = [*_flat(others), *_flat(record.get("seeds", {}), "seeds")]
    rows = [[Cell(name), Cell(value)] for name, value in entries[:_ENTRIES]]
    columns = [ShownColumn("what", "name of the entry in provenance.json"), ShownColumn("value", "its value")]
    note = "A row is an entry of provenance.json. Cite the version and the commit with your numbers."
    caption = "Settings, versions and files of this run"
    table = Table("provenance", caption, note, columns, rows, len(entries), [], "provenance.json")
    nothing = [] if rows else [Prose(["No provenance was recorded."])]
    lead = "What this report was made from, and with."
    return Section("provenance", "Provenance", lead, nothing, [table] if rows else [], [], METHODS)


# Entries of the provenance record on the page, 130 bytes each: ten thousand seeds would take more than all else.
_ENTRIES = 40


def _flat(record: object, prefix: str = "") -> list[tuple[str, str]]:
    if isinstance(record, dict):
        return [
            pair for key in sorted(record) for pair in _flat(record[key], f"{prefix}.{key}" if prefix else str(key))
        ]
    if isinstance(record, list):
        return [pair for number_, value in enumerate(record) for pair in _flat(value, f"{prefix}[{number_}]")]
    return [(prefix, "" if record is None else str(record))]
