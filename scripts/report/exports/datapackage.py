"""results/datapackage.json: the tables as a Frictionless Data Package (specs.frictionlessdata.io, version 1).

Each table is a resource with the schema that tables.yaml gives it. A table that is too long for a CSV file is there as
its Parquet file, without a schema, which that file carries itself.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.core.storage import read_settings, write_text
from scripts.report.exports.descriptions import Described, describe, file_facts, table_options

_TYPES = {"string": "string", "int": "integer", "float": "number", "bool": "boolean", "spans": "string"}
_SPANS = " (pairs start-end with a space between them, such as 12-34 40-61)"
_ABOUT = (
    "Tables made by Newsloom. Offsets count Unicode code points of documents.text, from 0, the end exclusive. An empty "
    "cell is an empty text or a missing value. In CSV a text that a spreadsheet would run as a formula has an "
    "apostrophe before it."
)


def resource(table: Described, folder: Path) -> dict[str, Any]:
    """Return the resource of a table whose files lie in `folder`; paths are below its parent."""
    form = "csv" if table.in_csv else "parquet"
    path = folder / f"{table.name}.{form}"
    head = {
        "name": table.name.replace("_", "-"),
        "path": f"{folder.name}/{path.name}",
        "description": f"A row is {table.meaning}.",
        "format": form,
        "mediatype": "text/csv" if table.in_csv else "application/vnd.apache.parquet",
        **file_facts(path),
    }
    if not table.in_csv:
        return head
    fields = [
        {
            "name": column.name,
            "type": _TYPES[column.dtype],
            "description": column.text + (_SPANS if column.dtype == "spans" else ""),
        }
        for column in table.columns
    ]
    return {
        **head,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def package(folder: Path, names: Sequence[str], settings: Mapping[str, Any]) -> str:
    """Return the data package of tables in a folder as JSON; `settings` has the sections tables and report."""
    tables = describe(folder, names, **settings["tables"])
    about = {
        "profile": "data-package",
        "name": "newsloom-results",
        "title": settings["report"]["title"],
        "description": _ABOUT,
        "resources": [resource(table, folder) for table in tables],
    }
    return json.dumps(about, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write datapackage.json beside the folder of the tables."""
    options = table_options(main.__doc__, "output")
    write_text(options.output, package(options.folder, options.tables, read_settings(options.settings)))


if __name__ == "__main__":
    main()
