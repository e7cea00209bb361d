"""CSV on the Web metadata of the tables (W3C, Metadata Vocabulary for Tabular Data)."""

import json
import os
from typing import Any

from scripts.core.storage import read_settings, write_text
from scripts.report.exports.descriptions import Column, Described, describe, table_options

_TYPES = {"string": "string", "int": "integer", "float": "double", "bool": "boolean", "spans": "string"}


def _column(column: Column) -> dict[str, Any]:
    spans = {"separator": " "} if column.dtype == "spans" else {}
    return {
        "name": column.name,
        "titles": column.name,
        "datatype": _TYPES[column.dtype],
        "null": "",
        "dc:description": column.text,
        **spans,
    }


def metadata(tables: list[Described], *, base: str) -> dict[str, Any]:
    """Return the group of the tables that are in CSV files; `base` is the way from the metadata to these files."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tables": [
            {
                "url": f"{base}/{table.name}.csv",
                "dc:description": f"A row is {table.meaning}.",
                "tableSchema": {"columns": [_column(column) for column in table.columns]},
            }
            for table in tables
            if table.in_csv
        ],
    }


def main() -> None:
    """Write the metadata of the tables."""
    options = table_options(main.__doc__, "output")
    tables = describe(options.folder, options.tables, **read_settings(options.settings)["tables"])
    base = os.path.relpath(options.folder, options.output.parent).replace(os.sep, "/")
    write_text(options.output, json.dumps(metadata(tables, base=base), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
