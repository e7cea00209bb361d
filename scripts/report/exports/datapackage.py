"""results/datapackage.json: the tables as a Frictionless Data Package (specs.frictionlessdata.io, version 1).

Each table is a resource with its schema from tables.yaml. A table that is too long for a CSV file is included as its
Parquet file, without a schema, since such a file contains its own.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.core.options import path_options
from scripts.core.recorded import file_sha256
from scripts.core.schemas import entries
from scripts.core.storage import parquet_files, read_settings, write_text
from scripts.report.exports.descriptions import Described, describe

_TYPES = {"string": "string", "int": "integer", "float": "number", "bool": "boolean", "spans": "string"}
_SPANS = " (pairs start-end with a space between them, such as 12-34 40-61)"
_ABOUT = (
    "Tables made by Newsloom. Offsets count Unicode code points of documents.text, from 0, the end exclusive. An empty "
    "cell means that there is none, it is unknown, or it cannot be estimated. Lists are joined by '; '. In CSV a text "
    "that a spreadsheet would run as a formula has an apostrophe before it."
)


def _keys(table: str, *, has_documents: bool) -> dict[str, Any]:
    """Return the primary key of a table with rows by document, and its foreign key, which leads to the document."""
    if table == "documents":
        return {"primaryKey": ["doc_id"]}
    order = entries()[table].get("order", [])
    if "doc_id" not in order or not has_documents:
        return {}
    to_documents = {"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}}
    return {"primaryKey": order, "foreignKeys": [to_documents]}


def _resource(table: Described, folder: Path, path: Path, *, has_documents: bool) -> dict[str, Any]:
    """Return the resource for one file of a table; its path is relative to the parent of the tables' `folder`.

    If the package has the documents with their schema, tables with rows by document refer to them.
    """
    part = "" if path.stem == table.name else f"-{path.stem}"
    head = {
        "name": table.name.replace("_", "-") + part,
        "path": f"{folder.name}/{path.relative_to(folder).as_posix()}",
        "description": f"A row is {table.meaning}.",
        "format": path.suffix[1:],
        "mediatype": "text/csv" if table.in_csv else "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_sha256(path)}",
    }
    if not table.in_csv:
        return head
    fields = []
    for name, dtype, meaning, unit in table.columns:
        text = meaning + (f" [{unit}]" if unit else "") + (_SPANS if dtype == "spans" else "")
        fields.append({"name": name, "type": _TYPES[dtype], "description": text})
    schema = {"fields": fields, "missingValues": [""], **_keys(table.name, has_documents=has_documents)}
    return {**head, "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}


def package(folder: Path, names: Sequence[str], settings: Mapping[str, Any]) -> str:
    """Return a data package of the named tables in a folder as JSON; `settings` has the sections tables and report."""
    resources, described = [], describe(folder, names, **settings["tables"])
    has_documents = any(table.name == "documents" and table.in_csv for table in described)
    for table in described:
        csv, parquet = (folder / f"{table.name}.{form}" for form in ("csv", "parquet"))
        paths = [csv] if table.in_csv else parquet_files(parquet)
        resources += [_resource(table, folder, path, has_documents=has_documents) for path in paths]
    about = {
        "profile": "data-package",
        "name": "newsloom-results",
        "title": settings["report"]["title"],
        "description": _ABOUT,
        "resources": resources,
    }
    return json.dumps(about, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write datapackage.json beside the folder of the tables."""
    options = path_options(main.__doc__, "folder", "settings", "output", several=["tables"])
    write_text(options.output, package(options.folder, options.tables, read_settings(options.settings)))
