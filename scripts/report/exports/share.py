"""share.zip: a frozen copy of the results for a colleague or an archive, without traces of this machine.

Without `share.texts`, nothing in it has twelve consecutive words of an article: tables and sheets are cut (`reduced`,
`own_files`), the page is made from the cut tables and has no texts, and all else but the crate's metadata is searched
before it is written. File names are keys and are not cut: the user must first rename a file whose name has such words.
"""

import html
import json
import re
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from scripts.core.archive import write_zip
from scripts.core.cells import some
from scripts.core.options import path_options
from scripts.core.planned import read_manifest, read_planned
from scripts.core.storage import ROOT, parquet_files, read_settings
from scripts.framing.sheet_files import DICTIONARY
from scripts.report.exports.crate import METADATA, SNAKEFILE, crate
from scripts.report.exports.datapackage import package
from scripts.report.exports.own_files import cut, read_files_without_texts, strings, texts_of_own
from scripts.report.exports.portable import own_names, own_paths, portable, traces
from scripts.report.exports.reduced import reduce_tables, runs_of_articles, shared_runs, telling_names
from scripts.report.page import render_report, run_options
from scripts.report.rendering import read_own_style, render_text
from scripts.report.runs import RUN, has_run

Members = dict[str, bytes | Path]
# Types of members that this step writes itself: they must not contain the name of the user or the machine.
_OWN = frozenset([".json", ".md", ".yaml", ".cff"])
_NOT_TEXT = frozenset([".parquet", ".xlsx", ".xls", ".qdpx"])
_MARKUP = frozenset([".html", ".svg"])
_TELLING = (
    "share: names of files have {} words in a row from an article, which a copy without texts must not have: {}. Give "
    "them shorter names in your folder of articles, and in your sheets where these name them, and run again; or set "
    "share.texts to true, if you may pass the articles on."
)
_TAG = re.compile(r"<[^<>]*>")


def _text(content: bytes | Path) -> str:
    return (content if isinstance(content, bytes) else content.read_bytes()).decode("utf-8", errors="replace")


def leaks(members: Mapping[str, bytes | Path], *, paths: list[str], names: list[str]) -> list[str]:
    """Return a line for each member that contains a path of this machine, or, if written here, its user or name."""
    lines = []
    for name, content in sorted(members.items()):
        suffix = Path(name).suffix.lower()
        if suffix in _NOT_TEXT:
            continue
        if named := traces(_text(content), paths=paths, names=names if suffix in _OWN else []):
            lines.append(f"{name} names {', '.join(named)}")
    return lines


def _texts_of(name: str, content: bytes | Path) -> Iterator[str]:
    """Yield the texts of a member: markup with and without its tags, JSON string by string, other files whole."""
    text = _text(content)
    suffix = Path(name).suffix.lower()
    if suffix == ".json":
        yield from strings(json.loads(text))
    elif suffix in _MARKUP:
        yield html.unescape(text)
        yield html.unescape(_TAG.sub(" ", text))
    else:
        yield text


def quoting(members: Mapping[str, bytes | Path], folder: Path) -> list[str]:
    """Return the names of members with RUN consecutive words of an article; `folder` has the articles' tables."""
    texts = {
        name: [name, *([] if Path(name).suffix.lower() in _NOT_TEXT else _texts_of(name, content))]
        for name, content in sorted(members.items())
    }
    runs = runs_of_articles(folder, (each for of_member in texts.values() for each in of_member))
    return [name for name, of_member in texts.items() if any(has_run(each, runs) for each in of_member)]


def settings_of_copy(settings: dict[str, Any], names: Collection[str]) -> str:
    """Return the settings of the run as YAML, with the folders of the copy, so that they work beside it.

    `names` are the user's files in the copy. The style sheet is left out of the settings, since the page contains it.
    The reference corpus and other models' codes are not in the copy, and so not in the settings either.
    """
    review = {**settings["review"], "folder": "review"}
    coding = {**settings["framing"]["coding"], "folder": "coding", "machines": [DICTIONARY]}
    framing = {**settings["framing"], "folder": "frames", "coding": coding}
    keyness = {**settings["keyness"], "reference": None}
    file = f"topics/{Path(settings['topics']['file']).name}"
    topics = {**settings["topics"], "file": file if file in names else "topics.yaml", "folder": "topics"}
    sources = next((name for name in names if name.startswith("sources/")), "sources.csv")
    folders = {
        "seeds": "seeds", "results": "results", "views": "views", "topics": topics, "sources": sources,
        "reference_texts": "reference",
    }  # fmt: skip
    report = {**settings["report"], "css": ""}
    own = {"review": review, "framing": framing, "keyness": keyness, "report": report}
    return yaml.safe_dump({**settings, **folders, **own}, allow_unicode=True)


def _page(tables: Path, figures: Path, provenance: dict[str, Any], settings: dict[str, Any], css: str) -> Members:
    options = run_options(settings, css, texts=settings["share"]["texts"])
    rendered = render_report(tables, figures, provenance, options)
    return {"report.html": rendered.page.encode(), **{name: text.encode() for name, text in rendered.files.items()}}


def _tables(folder: Path, names: Iterable[str]) -> Members:
    """Return the files of tables by their path in a copy."""
    return {
        f"tables/{path.relative_to(folder).as_posix()}": path
        for name in names
        for path in (folder / f"{name}.csv", *parquet_files(folder / f"{name}.parquet"))
    }


def readme(names: Iterable[str], provenance: Mapping[str, Any], left_out: list[str], *, texts: bool) -> str:
    """Return the README of a copy with these members; `left_out` are files of the user that it does not have."""
    # Top-level files, and top-level folders with a slash.
    heads = {"".join(name.partition("/")[:2]) for name in (*names, METADATA)}
    return render_text("share.md.j2", **provenance, heads=heads, left_out=left_out, texts=texts)


def main() -> None:
    """Write share.zip from the results and the user's own files."""
    paths = ("folder", "figures", "provenance", "own", "settings", "output")
    arguments = path_options(main.__doc__, *paths, several=["tables"])
    settings = read_settings(arguments.settings)
    texts = settings["share"]["texts"]
    provenance = portable(json.loads(arguments.provenance.read_text(encoding="utf-8")))
    css = read_own_style(arguments.settings)
    files = {
        (each["folder"], Path(each["path"]).name): read_planned(each["path"], each["sha256"])
        for each in read_manifest(arguments.own)
    }
    with tempfile.TemporaryDirectory() as temporary:
        folder, names = arguments.folder, arguments.tables
        left_out: list[str] = []
        own = {f"{place}/{name}": data for (place, name), data in files.items()}
        if not texts:
            if telling := telling_names(arguments.folder):
                sys.exit(_TELLING.format(RUN, some(telling)))
            folder = Path(temporary, "tables")
            folder.mkdir()
            sheets, groups = read_files_without_texts(files), settings["groups"]
            compared = frozenset([groups] if isinstance(groups, str) else groups)
            runs = shared_runs(arguments.folder, names, texts_of_own(sheets), compared)
            own, left_out = cut(sheets, runs)
            names = reduce_tables(arguments.folder, folder, names, runs, compared, **settings["tables"])
        worded: Members = {
            **_page(folder, arguments.figures, provenance, settings, css),
            **own,
            **{f"figures/{path.name}": path for path in arguments.figures.glob("*.svg")},
            "provenance.json": (json.dumps(provenance, indent=1, ensure_ascii=False) + "\n").encode(),
            "config.yaml": settings_of_copy(provenance["settings"], own).encode(),
            "datapackage.json": package(folder, names, settings).encode(),
            "CITATION.cff": ROOT / "CITATION.cff",
            SNAKEFILE: ROOT / "Snakefile",
        }  # fmt: skip
        members = {**worded, **_tables(folder, names)}
        members["README.md"] = readme(sorted(members), provenance, left_out, texts=texts).encode()
        members[METADATA] = crate(members, provenance, title=settings["report"]["title"]).encode()
        folders = [arguments.folder, arguments.figures, Path(settings["seeds"]), Path(settings["results"])]
        if lines := leaks(members, paths=own_paths(folders), names=own_names()):
            sys.exit(
                f"share: {'; '.join(lines)}: a copy for others must not. Use paths below the project's folder in "
                "config.yaml, remove these words from the files that they come from, and run again."
            )
        worded |= {name: members[name] for name in ("README.md", METADATA)}
        if not texts and (quoted := quoting(worded, arguments.folder)):
            sys.exit(
                f"share: {', '.join(quoted)}: there are {RUN} words in a row from an article, which a copy without "
                "texts must not have. Remove them from the settings, names and files that they come from, and run "
                "again; or set share.texts to true, if you may pass the articles on."
            )
        write_zip(arguments.output, members)
