"""share.zip: a frozen copy of the results for a colleague or an archive, without traces of this machine.

Without `share.texts` it has no article in full: the page holds only the sentences that its numbers lead to, the tables
of documents, sentences and codings have no texts, that of tokens is left out, and sheets are without their columns of
text.
"""

import argparse
import csv
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from scripts.core.csv_tables import escape_cell, unescape_cell
from scripts.core.sheets import SheetError, read_sheet
from scripts.core.storage import ROOT, parquet_files, read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.framing.sheet_files import role_paths
from scripts.report.exports.archive import write_zip
from scripts.report.exports.crate import METADATA, WORKFLOW, crate
from scripts.report.exports.datapackage import package
from scripts.report.exports.portable import own_names, own_paths, portable, traces
from scripts.report.exports.share_readme import readme
from scripts.report.page import Options, Sources, render_report
from scripts.review.reading import project_files, sheet_files

Members = dict[str, bytes | Path]
# Columns of coding and review sheets that hold the articles' words.
_TEXT_COLUMNS = frozenset(["before", "text", "after"])
# Tables whose column `text` may hold articles in full: a coding may be of a whole one.
_WITHOUT_TEXT = ("documents", "sentences", "project_codings")
_LEFT_OUT = "tokens"
# The folders whose files may hold them.
_WITH_TEXTS = ("review", "coding")
# Members that this step words itself: no name of a user or machine may stand in them.
_OWN = frozenset([".json", ".md", ".yaml", ".cff"])
_NOT_TEXT = frozenset([".png", ".parquet", ".xlsx", ".xls", ".qdpx"])


def without_texts(name: str, data: bytes) -> bytes:
    """Return a coding or review sheet as CSV without its columns of text.

    Raises SheetError if it is none: then its first row may be anybody's words.
    """
    sheet = read_sheet(name, data, required=["doc_id"])
    columns = [column for column in sheet.columns if column and column.lower() not in _TEXT_COLUMNS]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(escape_cell, columns))
    for row in sheet.rows:
        writer.writerow([escape_cell(unescape_cell(row.values[column])) for column in columns])
    return out.getvalue().encode()


def user_files(folders: Mapping[str, list[Path]], *, texts: bool) -> tuple[Members, list[str]]:
    """Return the user's own files by their place in the copy, and the names of files that cannot go without texts."""
    members: Members = {}
    left_out = []
    for folder, paths in folders.items():
        for path in paths:
            if texts or folder not in _WITH_TEXTS:
                members[f"{folder}/{path.name}"] = path
                continue
            if path.suffix.lower() == ".qdpx":  # a project has the texts in it
                left_out.append(f"{folder}/{path.name}")
                continue
            try:
                members[f"{folder}/{path.stem}.csv"] = without_texts(path.name, path.read_bytes())
            except SheetError:
                left_out.append(f"{folder}/{path.name}")
    return members, left_out


def reduced_tables(folder: Path, target: Path, names: list[str], *, csv_max_rows: int) -> list[str]:
    """Write the tables that hold the articles' texts without these into another folder; return the names that are left.

    The other tables are linked there as they are, or copied where links need a right that few have (Windows).
    """
    for name in names:
        if name in _WITHOUT_TEXT:
            table = read_parquet(folder / f"{name}.parquet")
            column = table.column_names.index("text")
            empty = pa.array([""] * table.num_rows, pa.string())
            write_table(
                target, name, table.set_column(column, table.schema.field(column), empty), csv_max_rows=csv_max_rows
            )
        elif name != _LEFT_OUT:
            for suffix in (".csv", ".parquet"):
                source = (folder / f"{name}{suffix}").absolute()
                try:
                    (target / source.name).symlink_to(source)
                except OSError:
                    shutil.copyfile(source, target / source.name)
    return [name for name in names if name != _LEFT_OUT]  # fmt: skip


def leaks(members: Mapping[str, bytes | Path], *, paths: list[str], names: list[str]) -> list[str]:
    """Return a line for each member that names a path of this machine, or, if worded here, its user or name."""
    lines = []
    for name, content in sorted(members.items()):
        suffix = Path(name).suffix.lower()
        if suffix in _NOT_TEXT:
            continue
        text = (content if isinstance(content, bytes) else content.read_bytes()).decode("utf-8", errors="replace")
        if named := traces(text, paths=paths, names=names if suffix in _OWN else []):
            lines.append(f"{name} names {', '.join(named)}")
    return lines


def settings_of_copy(settings: dict[str, Any], sources: Path) -> str:
    """Return the settings of the run as YAML, with the folders that the copy has, so that they work beside it."""
    review = {**settings["review"], "folder": "review"}
    framing = {
        **settings["framing"],
        "folder": "frames",
        "coding": {**settings["framing"]["coding"], "folder": "coding"},
    }
    folders = {"seeds": "seeds", "results": "results", "sources": f"sources/{sources.name}"}
    return yaml.safe_dump({**settings, **folders, "review": review, "framing": framing}, allow_unicode=True)


def _page(tables: Path, figures: Path, provenance: dict[str, Any], settings: dict[str, Any]) -> Members:
    report, css = settings["report"], settings["report"]["css"]
    options = Options(
        title=report["title"],
        words=settings["words"],
        sections=tuple(report["sections"]),
        max_bytes=int(1_000_000 * report["megabytes"]),
        css=Path(css).read_text(encoding="utf-8") if css else "",
        pages="",
        texts=settings["share"]["texts"],
    )
    rendered = render_report(Sources(tables, figures, provenance), options)
    return {"report.html": rendered.page.encode(), **{name: text.encode() for name, text in rendered.files.items()}}


def main() -> None:
    """Write share.zip from the results and the user's own files."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in ("folder", "figures", "provenance", "coding", "settings", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--tables", nargs="+", required=True, help="names of the tables")
    arguments = parser.parse_args()
    settings = read_settings(arguments.settings)
    texts, published = settings["share"]["texts"], settings["share"]["published"]
    provenance = portable(json.loads(arguments.provenance.read_text(encoding="utf-8")))
    sources, review = Path(settings["sources"]), Path(settings["review"]["folder"])
    own, left_out = user_files(
        {
            "review": [*sheet_files(review), *project_files(review)],
            "coding": role_paths(arguments.coding, "sheet"),
            "frames": sorted(Path(settings["framing"]["folder"]).glob("*.yaml")),
            "sources": [sources] if sources.is_file() else [],
        },
        texts=texts,
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder, names = arguments.folder, arguments.tables
        if not texts:
            folder = Path(temporary) / "tables"
            folder.mkdir()
            names = reduced_tables(arguments.folder, folder, names, **settings["tables"])
        members: Members = {
            **_page(arguments.folder, arguments.figures, provenance, settings),
            **own,
            **{f"tables/{name}.csv": folder / f"{name}.csv" for name in names},
            **{
                f"tables/{path.relative_to(folder).as_posix()}": path
                for name in names
                for path in parquet_files(folder / f"{name}.parquet")
            },
            **{f"figures/{path.name}": path for path in arguments.figures.glob("*.[sp][vn]g")},
            "provenance.json": (json.dumps(provenance, indent=1, ensure_ascii=False) + "\n").encode(),
            "config.yaml": settings_of_copy(provenance["settings"], sources).encode(),
            "datapackage.json": package(folder, names, settings).encode(),
            "CITATION.cff": ROOT / "CITATION.cff",
            WORKFLOW: ROOT / "Snakefile",
        }  # fmt: skip
        members["README.md"] = readme(sorted(members), provenance, left_out, texts=texts).encode()
        title = settings["report"]["title"]
        members[METADATA] = crate(members, provenance, title=title, published=published).encode()
        folders = [arguments.folder, arguments.figures, Path(settings["seeds"]), Path(settings["results"])]
        if lines := leaks(members, paths=own_paths(folders), names=own_names()):
            sys.exit(
                f"share: {'; '.join(lines)}: a copy for others must not. Use paths below the project's folder in "
                "config.yaml, take the words out of the files that they come from, and run again."
            )
        write_zip(arguments.output, members)


if __name__ == "__main__":
    main()
