"""The data dictionary, docs/tables.md, made from scripts/ROOM/tables.yaml: `python -m docs.make_tables`."""

from scripts.core.schemas import entries, shared_columns
from scripts.core.storage import ROOT

PAGE = ROOT / "docs" / "tables.md"
_HEAD = """# Every table, column by column

Made by `python -m docs.make_tables` from `scripts/*/tables.yaml`. The tables are in `results/tables/`, as CSV (UTF-8)
and Parquet; `results/datapackage.json` describes them too. Below each name: what a row of the table is, what the
table needs, and which [shared columns](#shared-columns) it has.

- Units are in brackets, unless name or meaning says them. Shares, probabilities and p run from 0 to 1; a difference of
  shares of 0.01 is one percentage point.
- Offsets (characters) count Unicode code points of `documents.text`, from 0; an end is the position after the last one.
- An empty cell means that there is none, it is unknown, or it cannot be estimated. Lists are joined by '; '.
- In CSV spans read "12-34 40-61", and text that a spreadsheet would take for a formula starts with an apostrophe.
- A column of [ids](known-sources.md) may follow each column of names over all documents.
- In a large corpus `tokens.parquet` is a folder of Parquet files, which programs read as one table.

## Shared columns

"""
_MADE = {
    "corrections": " *With corrections.*",
    "reviews": " *With completed review sheets.*",
    "projects": " *With projects of other tools.*",
    "codes": " *With codes of frames.*",
    "topics": " *With topics.yaml.*",
    "discovered": " *With `topics: discover`.*",
    "asked": " *With views.*",
}
_PLAIN = {"share", "proportion", "probability", "rate", "difference of shares"}  # units that the head explains
_SECOND = {"upper end", "after its last character"}  # what the second column of a pair says


def page() -> str:
    """Return the page as Markdown; tables that only pass between steps are left out."""
    tables = {name: entry for name, entry in entries().items() if entry.get("made") != "between"}
    shared = {column: about["meaning"] for column, about in shared_columns().items()}
    parts = [_HEAD, *(f"- `{column}`: {meaning}\n" for column, meaning in sorted(shared.items()))]
    for name, entry in tables.items():
        columns = entry["columns"]
        named = [column for column, about in columns.items() if shared.get(column) == about["meaning"]]
        ends = ", ".join(f"`{column}`" for column in named).replace("`lo`, `hi`", "`lo`-`hi`")
        also = f" {ends.replace('`start`, `end`', '`start`-`end`')}." if named else ""
        row = entry["row"][0].upper() + entry["row"][1:]
        parts.append(f"\n## {name}\n\n{row}.{_MADE.get(entry.get('made', 'always'), '')}{also}\n\n")
        parts += _lines({column: about for column, about in columns.items() if column not in named})
    return "".join(parts)


def _lines(columns: dict[str, dict[str, str]]) -> list[str]:
    """Return a line for each column, and one for both columns of a pair (ends of an interval or of a place)."""
    lines: list[str] = []
    for name, about in columns.items():
        unit = about.get("unit", name)
        told = unit in _PLAIN or name.endswith(unit) or unit.removesuffix("s") in about["meaning"]
        if about["meaning"] in _SECOND:
            first, end, rest = lines[-1].partition("` " if "` (" in lines[-1] else "`:")
            lines[-1] = f"{first}`, `{name}{end}{rest.replace('lower end of', 'ends of')}"
        else:
            lines.append(f"- `{name}`{'' if told else f' ({unit})'}: {about['meaning']}\n")
    return lines


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
