"""The data dictionary, docs/tables.md, made from scripts/ROOM/tables.yaml: `python -m docs.make_tables`."""

from collections import Counter

from scripts.core.schemas import entries
from scripts.core.storage import ROOT

PAGE = ROOT / "docs" / "tables.md"
_HEAD = """# Every table, column by column

Made by `python -m docs.make_tables` from `scripts/*/tables.yaml`. The tables are in `results/tables/`, as CSV (UTF-8)
and Parquet; `results/datapackage.json` has the type of each column. A unit stands behind the name of its column.
Offsets are 0-based, end-exclusive, in Unicode code points of `documents.text`. In CSV a missing value is an empty cell,
spans read "12-34 40-61", and a text that a spreadsheet would take for a formula has an apostrophe before it. Of a
large corpus `tokens.parquet` is a folder of Parquet files, which other programs read as one table.
Where your [table of known sources](known-sources.md) has ids, a column of them follows each name over all documents.

## In many tables

"""
_MANY = 6  # tables in which a column has one meaning, for it to be told once
_MADE = {
    "corrections": " If the folder of reviews has corrections.",
    "reviews": " If the folder of reviews has filled review sheets.",
    "projects": " If the folder of reviews has projects of other tools.",
    "codes": " If people coded frames.",
    "topics": " If there is a file of topics.",
    "discovered": " If topics are discovered (`topics: discover`).",
    "asked": " If it is asked for.",
}


def page() -> str:
    """Return the page as Markdown; tables that only pass between steps are left out."""
    tables = {name: entry for name, entry in entries().items() if entry.get("made") != "between"}
    columns = [column for entry in tables.values() for column in entry["columns"].items()]
    meanings = Counter((name, about["meaning"]) for name, about in columns)
    shared = {pair for pair, count in meanings.items() if count >= _MANY}
    parts = [_HEAD, *(f"- **{column}**: {meaning}\n" for column, meaning in sorted(shared))]
    for name, entry in tables.items():
        parts.append(f"\n## {name}\n\nA row is {entry['row']}.{_MADE.get(entry.get('made', 'always'), '')}\n\n")
        columns = [*entry["columns"].items()]
        parts += [_line(column, about) for column, about in columns if (column, about["meaning"]) not in shared]
        many = [column for column, about in columns if (column, about["meaning"]) in shared]
        parts += [f"- [in many tables](#in-many-tables): {', '.join(many)}\n"] if many else []
    return "".join(parts)


def _line(column: str, about: dict[str, str]) -> str:
    unit = about.get("unit", column)
    return f"- **{column}**{'' if column.endswith(unit) else f' ({unit})'}: {about['meaning']}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
