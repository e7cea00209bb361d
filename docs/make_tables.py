"""The data dictionary, docs/tables.md, made from workflow/schemas/tables.yaml: `python -m docs.make_tables`."""

import yaml

from scripts.core.storage import ROOT, TABLES

PAGE = ROOT / "docs" / "tables.md"
_HEAD = """# Every table, column by column

Made by `python -m docs.make_tables` from `workflow/schemas/tables.yaml`. The tables are in `results/tables/`, as CSV
(UTF-8) and Parquet. Offsets are 0-based, end-exclusive, in Unicode code points of `documents.text`. In CSV a missing
value is an empty cell, `spans` reads "12-34 40-61", and a text that a spreadsheet would take for a formula has an
apostrophe before it. Of a large corpus (more than some 8,000 articles) `tokens.parquet` is a folder
of Parquet files, which other programs read as one table.
"""


def page() -> str:
    """Return the page as Markdown; tables that only pass between steps are left out."""
    parts = [_HEAD]
    for name, table in yaml.safe_load(TABLES.read_text(encoding="utf-8")).items():
        if name.startswith("batch_"):
            continue
        parts.append(
            f"\n## {name}\n\nA row is {table['meaning']}.\n\n| column | type | meaning |\n| --- | --- | --- |\n"
        )
        for column, about in table["columns"].items():
            unit = f" ({about['unit']})" if "unit" in about else ""
            meaning = str(about["meaning"]).replace("|", "\\|")
            parts.append(f"| {column} | {about['dtype']}{unit} | {meaning} |\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
