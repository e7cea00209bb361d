"""A site of static pages, for any host and no network: `make site`.

It has README.md and the pages of docs/ as HTML, the files that they show or link to, and the reports of the examples
that have been run.
"""

import argparse
import html
import re
import shutil
from collections.abc import Iterable
from os.path import normpath
from pathlib import Path, PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scripts.core.storage import ROOT

EXAMPLES = {"senate": "US senators on immigration", "wikinews": "Two years of world news"}
_ELSEWHERE = re.compile(r"[a-z]+:|#")
_STYLE = """
body { font: 17px/1.55 system-ui, sans-serif; color: #1b1b1f; background: #fff; margin: 0 auto; max-width: 52rem;
  padding: 0 1rem 4rem; }
nav { border-bottom: 1px solid #ccc; padding: .8rem 0; margin-bottom: 1.5rem; }
nav a { margin-right: 1.2rem; }
a { color: #0b57a4; }
table { border-collapse: collapse; display: block; overflow-x: auto; font-size: .92em; }
th, td { border: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top; }
code, pre { font-size: .9em; background: #f4f4f6; }
pre { padding: .8rem; overflow-x: auto; }
img { max-width: 100%; height: auto; }
blockquote { border-left: 3px solid #bbb; margin-left: 0; padding-left: 1rem; color: #444; }
"""


def slug(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it.

    >>> slug("A speaker is wrong: where to look")
    'a-speaker-is-wrong-where-to-look'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def pages(root: Path) -> list[PurePosixPath]:
    """Return the pages of Markdown, README.md first."""
    found = sorted(path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md"))
    return [PurePosixPath(name) for name in ("README.md", "CONTRIBUTING.md", *found)]


def place(page: PurePosixPath) -> PurePosixPath:
    """Return where a page of Markdown stands in the site."""
    return PurePosixPath("index.html") if page == PurePosixPath("README.md") else page.with_suffix(".html")


def _target(link: str, page: PurePosixPath, root: Path, linked: set[PurePosixPath]) -> str | None:
    """Return a link as the site has it, None for one that leads to nothing there; note the file that it leads to."""
    if _ELSEWHERE.match(link):
        return link
    path, _, anchor = link.partition("#")
    file = PurePosixPath(normpath(page.parent / path))
    if not (root / file).is_file():
        return None
    up = "../" * len(place(page).parents[:-1])
    if file in pages(root):
        return f"{up}{place(file)}" + (f"#{anchor}" if anchor else "")
    linked.add(file)
    return f"{up}{file}"


def _adapt(tokens: Iterable[Token], page: PurePosixPath, root: Path, linked: set[PurePosixPath]) -> None:
    """Give headings their anchors, and links and pictures the places of the site."""
    before = None
    for token in tokens:
        if token.type == "inline" and before is not None and before.type == "heading_open":
            before.attrSet("id", slug("".join(child.content for child in token.children or [])))
        for name in ("href", "src"):
            if (link := token.attrGet(name)) is not None:
                token.attrs = {key: value for key, value in token.attrs.items() if key != name}
                if target := _target(str(link), page, root, linked):
                    token.attrSet(name, target)
        if token.children:
            _adapt(token.children, page, root, linked)
        before = token


def rendered(page: PurePosixPath, root: Path, reports: Iterable[str], linked: set[PurePosixPath]) -> str:
    """Return a page as HTML; the files that it links to are added to `linked`."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = markdown.parse((root / page).read_text(encoding="utf-8"))
    _adapt(tokens, page, root, linked)
    title = next((token.content for token in tokens if token.type == "inline"), page.stem)
    up = "../" * len(place(page).parents[:-1])
    links = [("index.html", "Newsloom"), ("docs/README.html", "Docs"), ("docs/study.html", "A study")]
    links += [(f"{name}/report.html", f"Report: {EXAMPLES[name]}") for name in reports]
    bar = "".join(f'<a href="{up}{to}">{html.escape(text)}</a>' for to, text in links)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<nav>{bar}</nav>\n"
        f"{markdown.renderer.render(tokens, markdown.options, {})}</body>\n</html>\n"
    )


def site(folder: Path, root: Path = ROOT) -> list[Path]:
    """Write the site into a folder that is new or empty, and return its files. Raises FileExistsError for another."""
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty: name a new folder, or remove it")
    reports = [name for name in EXAMPLES if (root / "results" / name / "report.html").is_file()]
    linked: set[PurePosixPath] = set()
    for page in pages(root):
        path = folder / place(page)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rendered(page, root, reports, linked), encoding="utf-8")
    for file in linked:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / file, folder / file)
    for name in reports:
        results, copy = root / "results" / name, folder / name
        shutil.copytree(results / "report-data", copy / "report-data", ignore=shutil.ignore_patterns(".*"))
        shutil.copyfile(results / "report.html", copy / "report.html")
    return sorted(path for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Write the site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a new or empty folder")
    folder = parser.parse_args().folder
    print(f"{folder}: {len(site(folder))} files; open {folder / 'index.html'}")


if __name__ == "__main__":
    main()
