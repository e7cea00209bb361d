"""The data dictionary, docs/tables.md, made from scripts/ROOM/tables.yaml: `python -m docs.make_tables`."""

from scripts.core.schemas import entries
from scripts.core.storage import ROOT

PAGE = ROOT / "docs" / "tables.md"
_HEAD = """# Every table, column by column

Made by `python -m docs.make_tables` from `scripts/*/tables.yaml`. The tables are in `results/tables/`, as CSV
(UTF-8) and Parquet. Offsets are 0-based, end-exclusive, in Unicode code points of `documents.text`. In CSV a missing
value is an empty cell, `spans` reads "12-34 40-61", and a text that a spreadsheet would take for a formula has an
apostrophe before it. Behind its name a column has its type, if it is not text, and its unit. Of a large corpus
(more than some 8,000 articles) `tokens.parquet` is a folder of Parquet files, which other programs read as one table.
Where your [table of known sources](known-sources.md) has ids, a column of them follows each name over all documents.
"""
_MADE = {
    "corrections": " There is one if the folder of reviews has corrections.",
    "reviews": " There is one if the folder of reviews has filled review sheets.",
    "projects": " There is one if the folder of reviews has projects of other tools.",
    "codes": " There is one if people coded frames.",
    "topics": " There is one if there is a file of topics.",
    "discovered": " There is one if topics are discovered (`topics: discover`).",
    "asked": " It is made if it is asked for.",
}


def page() -> str:
    """Return the page as Markdown; tables that only pass between steps are left out."""
    parts = [_HEAD]
    for name, entry in entries().items():
        if entry.get("made") == "between":
            continue
        made = _MADE.get(entry.get("made", "always"), "")
        parts.append(f"\n## {name}\n\nA row is {entry['row']}. Made by `{entry['made_by']}`.{made}\n\n")
        for column, about in entry["columns"].items():
            known = [about[key] for key in ("dtype", "unit") if about.get(key, "string") != "string"]
            kind = f" ({', '.join(known)})" if known else ""
            parts.append(f"- **{column}**{kind}: {about['meaning']}\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
