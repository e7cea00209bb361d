"""The page: built from the tables, rendered, weighed, and built again with less until it fits."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scripts.report import sections
from scripts.report.evidence import Evidence, Hits, Index
from scripts.report.markup import fit, sentence_anchor
from scripts.report.model import Cell, Column, Section
from scripts.report.outlines import OUTLINES
from scripts.report.reading import MAX_SCHEMES
from scripts.report.summary import summarise
from scripts.report.tables import Store
from scripts.report.texts import Texts
from scripts.storage import WORKFLOW
from scripts.visible import shortened

TEMPLATES = WORKFLOW / "templates"


class Level(NamedTuple):
    """How roomy a page is: rows per table, characters of a sentence in the lists, excerpts with or without marks."""

    rows: int
    snippet: int
    marked: bool


_LEVELS = (
    Level(200, 200, marked=True),
    Level(100, 0, marked=True),
    Level(60, 0, marked=False),
    Level(30, 0, marked=False),
    Level(15, 0, marked=False),
    Level(10, 0, marked=False),
)
# A cited sentence costs at least so much: itself, and a link to it.
_SENTENCE_BYTES = 250
_LONG_WORD = 24


class Sources(NamedTuple):
    """Where the report comes from: folders of tables and figures, the provenance record, what is known of errors."""

    tables: Path
    figures: Path
    provenance: dict[str, Any]
    evaluation: list[str]


class Options(NamedTuple):
    """What the user may choose; `css` is a style sheet to add, `pages` the folder of document pages, if any."""

    title: str
    unit: str
    sections: tuple[str, ...]
    max_bytes: int
    css: str
    pages: str


def _environment() -> Environment:
    def finalize(value: object) -> object:
        return value if isinstance(value, Markup) or not isinstance(value, str) else fit(value)

    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, TEMPLATES / "report"]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell_class"] = _cell_class
    environment.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
    return environment


def _cell_class(pair: tuple[Cell, Column]) -> Markup:
    """The class attribute of a cell: a number, a text that needs room, a word that must be broken."""
    cell, column = pair
    kinds = ["num"] if column.number else ["wide"] if len(cell.text) > 60 else []
    if max(map(len, cell.text.split()), default=0) > _LONG_WORD:
        kinds.append("long")
    return Markup(' class="{}"').format(" ".join(kinds)) if kinds else Markup("")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _render(environment: Environment, css: str, **parts: object) -> str:
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8") + css
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    template = environment.get_template("report.html.j2")
    return template.render(policy=policy, style=Markup(style), script=Markup(script), **parts)


def render_report(sources: Sources, options: Options) -> str:
    """The report as HTML of at most `options.max_bytes`, or as near to it as ten rows a table can come."""
    environment, store = _environment(), Store(sources.tables)
    index = Index(sources.tables, options.unit)
    page = ""
    for level in _LEVELS:
        evidence = Evidence(index)
        summary = summarise(store, evidence)
        parts = _sections(sources, options, store, evidence, most=level.rows)
        cited = sum(map(len, evidence.cited.values()))
        if _SENTENCE_BYTES * cited > options.max_bytes and level != _LEVELS[-1]:
            continue
        texts = Texts(store, sorted(evidence.cited), options.pages)
        common = {
            "title": options.title,
            "summary": summary,
            "sections": parts,
            "schemes": texts.schemes[:MAX_SCHEMES],
            "lists": [_listed(hits, texts, level.snippet) for hits in evidence.lists.values()],
        }
        excerpts = texts.excerpts(evidence.cited, marked=level.marked)
        page = _render(environment, options.css, readings=list(excerpts.values()), **common)
        room = options.max_bytes - len(page.encode())
        if room >= 0:
            return _render(environment, options.css, readings=texts.with_whole(excerpts, room), **common)
    return page


def _listed(hits: Hits, texts: Texts, snippet: int) -> dict[str, Any]:
    places = [
        {
            "href": "#" + sentence_anchor(doc_id, number),
            "place": f"{shortened(texts.titles[doc_id], 32)}, {number}",
            "text": shortened(texts.sentence(doc_id, number), snippet) if snippet else "",
        }
        for doc_id, number in hits.places
    ]
    return {"anchor": hits.anchor, "title": hits.title, "total": hits.total, "places": places}


def _sections(sources: Sources, options: Options, store: Store, evidence: Evidence, *, most: int) -> list[Section]:
    outlines = {outline.anchor: outline for outline in OUTLINES}
    made: dict[str, Callable[[], Section]] = {
        "methods": lambda: sections.methods(sources.evaluation),
        "provenance": lambda: sections.provenance(sources.provenance),
    }
    return [
        made[name]()
        if name in made
        else sections.build_section(outlines[name], store, sources.figures, evidence, most=most)
        for name in options.sections
    ]
