"""The sections of the report: filled with the tables and figures that exist, or with a sentence if there are none."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.report.model import Cell, Figure, Passages, Prose, Section, ShownColumn, StoryTimeline, Table
from scripts.report.outlines import METHODS, Outline
from scripts.report.store import Store
from scripts.report.svg import read_graphic
from scripts.report.tables import build
from scripts.report.views import View


def build_section(outline: Outline, views: Sequence[View], store: Store, figures: Path) -> Section:
    """Return a section that shows its block, or else its first figure and table, with all others folded.

    A section without tables says so in a sentence. `figures` is the folder of the SVG files.
    """
    built = [(view, build(view, store)) for view in views if not view.below_figure]
    open_tables = [table for view, table in built if table and not view.folded]
    more = [table for view, table in built if table and view.folded]
    tables = {table.name: table for table in open_tables + more}
    if not tables:
        return Section(outline.anchor, outline.title, outline.lead, [Prose([outline.empty])], [], [], outline.chapter)
    drawn, absent = [], []
    for name in outline.figures:
        path = figures / f"{name}.svg"
        if not path.exists():
            continue
        view = next((view for view in views if name in view.figures), None)
        own = build(view, store) if view and view.below_figure else None
        table = view.key if view and view.key in tables else ""
        figure = read_graphic(path)
        if figure and figure.nothing:
            absent.append(figure.nothing)
        elif figure:
            drawn.append(figure._replace(table=table, data=own))
    block = outline.block(store) if outline.block else None
    absent += [view.nothing for view, _ in built if view.nothing and view.table not in tables and not view.extra]
    away = {name for view in views if view.folded and view.below_figure for name in view.figures}
    shown_first = [figure for figure in drawn if figure.name not in away][:1]
    first: list[Table | Figure | Prose | Passages | StoryTimeline] = (
        [block] if block else [*shown_first, *open_tables[:1]] or [Prose([outline.empty])]
    )
    every: list[Table | Figure] = [*drawn, *open_tables]
    rest = [each for each in every if each not in first]
    return Section(outline.anchor, outline.title, outline.lead, first, [*rest, *more], absent, outline.chapter)


def provenance_section(record: dict[str, Any]) -> Section:
    """Return the section on provenance.json: nested entries get dotted names, and seeds come last."""
    others = {name: value for name, value in record.items() if name != "seeds"}
    entries = [*_flat(others), *_flat(record.get("seeds", {}), "seeds")]
    rows = [[Cell(name), Cell(value)] for name, value in entries[:_ENTRIES]]
    columns = [ShownColumn("what", "name of the entry in provenance.json"), ShownColumn("value", "its value")]
    note = "A row is an entry of provenance.json. Cite the version and the commit with your numbers."
    caption = "Settings, versions and files of this run"
    table = Table("provenance", caption, note, columns, rows, len(entries), [], "provenance.json")
    blocks, more = ([], [table]) if rows else ([Prose(["No provenance was recorded."])], [])
    lead = "What this report was made from, and with."
    return Section("provenance", "Provenance", lead, blocks, more, [], METHODS)


# Entries of the provenance record that the page shows, 130 bytes each: ten thousand seeds would outweigh all the rest.
_ENTRIES = 40


def _flat(record: object, prefix: str = "") -> list[tuple[str, str]]:
    if isinstance(record, dict):
        return [
            pair for key in sorted(record) for pair in _flat(record[key], f"{prefix}.{key}" if prefix else str(key))
        ]
    if isinstance(record, list):
        return [pair for number_, value in enumerate(record) for pair in _flat(value, f"{prefix}[{number_}]")]
    return [(prefix, "" if record is None else str(record))]
