"""A page for each document with all its annotations, and an index of them: `python -m scripts.report.pages`."""

from markupsafe import Markup

from scripts.core.anchors import document_anchor
from scripts.core.options import path_options
from scripts.core.own_files import begin_own
from scripts.core.storage import write_text
from scripts.report.model import Reading
from scripts.report.reading import MAX_SCHEMES, readings
from scripts.report.rendering import read_own_style, render
from scripts.report.store import Store, schemes


def main() -> None:
    """Write a page for each document, named after its anchor in the report, and index.html, which lists them all.

    Pages of documents that no longer exist are deleted.
    """
    options = path_options(main.__doc__, "tables", "settings", "output")
    style = read_own_style(options.settings)
    store = Store(options.tables)
    doc_ids = sorted(store.load("documents", "doc_id")["doc_id"])
    begin_own(options.output, ["index.html", *(f"{document_anchor(doc_id)}.html" for doc_id in doc_ids)])
    marked = schemes(store)[:MAX_SCHEMES]
    listed: list[Reading] = []
    for reading in readings(store, doc_ids):
        page = render("document.html.j2", style, title=reading.title, readings=[reading], schemes=marked)
        write_text(options.output / f"{reading.anchor}.html", page)
        listed.append(Reading(reading.anchor, reading.title, reading.facts, Markup()))
    write_text(options.output / "index.html", render("index.html.j2", style, title="Documents", pages=listed))
