"""The sections of the report: filled from the tables and figures that there are, in words where there is none."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from scripts.report.evidence import Evidence
from scripts.report.figures.style import label, row_name
from scripts.report.model import Cell, Column, Figure, Passages, Prose, Section, Stories, Table
from scripts.report.outlines import Outline
from scripts.report.store import Store
from scripts.report.svg import inline_svg, read_graphic
from scripts.report.tables import build, lookups
from scripts.report.views import View, section_views


def look_up(outlines: Iterable[Outline], store: Store, evidence: Evidence, *, most: int, folded: int) -> None:
    """Find the sentences of all numbers in sections, in as few readings of the tables as can be, as `build_section`."""
    questions = []
    for outline in outlines:
        for view in section_views(outline.anchor):
            questions += lookups(view, store, evidence, most=_room(view, most=most, folded=folded))
    evidence.look_up(questions)


def _room(view: View, *, most: int, folded: int) -> int:
    """Return how many rows of a view there is room for."""
    return folded if view.folded or view.below_figure else most


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
    """Return a section with the figures and the tables of `views` that exist; where there is none, it says so in words.

    Tables have `most` rows, those that stand folded have `folded`.
    """

    def made(view: View) -> Table | None:
        return build(view, store, evidence, most=_room(view, most=most, folded=folded))

    built = [(view, made(view)) for view in views if not view.below_figure]
    open_tables = [table for view, table in built if table and not view.folded]
    more = [table for view, table in built if table and view.folded]
    tables = {table.name: table for table in open_tables + more}
    names = figure_links(open_tables[0]) if open_tables else {}
    if not tables:
        return Section(outline.anchor, outline.title, outline.lead, [Prose([outline.empty])], [], [])
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
    absent += [view.nothing for view, _ in built if view.nothing and view.table not in tables]
    blocks: list[Table | Figure | Prose | Passages | Stories] = [*drawn, *([block] if block else []), *open_tables]
    return Section(outline.anchor, outline.title, outline.lead, blocks, more, absent)


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


def provenance(record: dict[str, Any]) -> Section:
    """Return the section on provenance.json: nested records with dotted names, seeds last."""
    others = {name: value for name, value in record.items() if name != "seeds"}
    entries = [*_flat(others), *_flat(record.get("seeds", {}), "seeds")]
    rows = [[Cell(name), Cell(value)] for name, value in entries[:_ENTRIES]]
    columns = [Column("what", "name of the entry in provenance.json"), Column("value", "its value")]
    note = "A row is an entry of provenance.json. Cite the version and the commit with your numbers."
    caption = "Settings, versions and files of this run"
    table = Table("provenance", caption, note, columns, rows, len(entries), [], "provenance.json")
    return Section("provenance", "Provenance", "What this report was made from, and with.", [table] if rows else [
        Prose(["No provenance was recorded."])
    ], [], [])  # fmt: skip


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
