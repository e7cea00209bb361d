"""The page: built from the tables, rendered, weighed, and built again with less until it fits."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scripts.report import sections
from scripts.report.evidence import Evidence, Hits, Index
from scripts.report.markup import document_anchor, plural, sentence_anchor
from scripts.report.model import Cell, Column, Reading, Section
from scripts.report.reading import MAX_SCHEMES, document_text, entity_marks, frame_marks, quote_marks
from scripts.report.summary import summarise
from scripts.report.tables import load, schemes
from scripts.storage import WORKFLOW
from scripts.visible import shortened, visible

TEMPLATES = WORKFLOW / "templates"
# Rows per table, and characters of a sentence in the lists behind the numbers: from the roomiest page to the tightest.
_LEVELS = ((200, 200), (150, 120), (100, 0), (50, 0), (25, 0), (10, 0))

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
        return value if isinstance(value, Markup) or not isinstance(value, str) else visible(value)

    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, TEMPLATES / "report"]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell_class"] = _cell_class
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


class Texts:
    """The documents with their sentences and marks, read once, turned into reading views as often as it takes."""

    def __init__(self, tables: Path, doc_ids: set[str]) -> None:
        self.schemes = schemes(tables)
        self.documents = self._rows(load(tables, "documents"), doc_ids)
        self._layers = {
            name: {
                doc_id: rows.to_dict("records")
                for doc_id, rows in self._rows(load(tables, name), doc_ids).groupby("doc_id")
            }
            for name in ("sentences", "quotes", "frame_codes", "entities")
        }

    @staticmethod
    def _rows(table: pd.DataFrame, doc_ids: set[str]) -> pd.DataFrame:
        return table[table["doc_id"].isin(doc_ids)]

    def sentence(self, doc_id: str, number: int) -> str:
        """The text of a sentence."""
        return self._layers["sentences"][doc_id][number]["text"]

    def reading(self, row: dict[str, Any], only: set[int] | None, page: str) -> Reading:
        """A document in the reading view; with `only`, just these sentences."""
        doc_id = row["doc_id"]
        layers = {name: rows.get(doc_id, []) for name, rows in self._layers.items()}
        marks = [
            *quote_marks(layers["quotes"]),
            *frame_marks(layers["frame_codes"], self.schemes),
            *entity_marks(layers["entities"]),
        ]
        facts = [row["outlet"], row["date"], plural(row["n_sentences"], "sentence"), plural(row["n_words"], "word")]
        return Reading(
            document_anchor(doc_id),
            row["title"] or doc_id,
            " · ".join(fact for fact in facts if fact),
            only is None,
            document_text(doc_id, row["text"], layers["sentences"], marks, only),
            page,
        )


def render_report(sources: Sources, options: Options) -> str:
    """The report as HTML of at most `options.max_bytes`, or as near as ten rows a table come to it."""
    environment = _environment()
    page = ""
    index = Index(sources.tables, options.unit)
    for most, snippet in _LEVELS:
        evidence = Evidence(index)
        summary = summarise(sources.tables, evidence)
        parts = _sections(sources, options, evidence, most=most)
        texts = Texts(sources.tables, set(evidence.cited))
        lists = [_listed(hits, texts, snippet) for hits in evidence.lists.values()]
        common = {
            "schemes": texts.schemes[:MAX_SCHEMES],
            "title": options.title,
            "summary": summary,
            "sections": parts,
            "lists": lists,
        }
        excerpts = [
            texts.reading(row, _lead(evidence.cited[row["doc_id"]]), _page(options, row["doc_id"]))
            for row in texts.documents.to_dict("records")
        ]
        page = _render(environment, options.css, readings=excerpts, **common)
        room = options.max_bytes - len(page.encode())
        if room >= 0:
            readings = list(_fill(texts, excerpts, room, options))
            return _render(environment, options.css, readings=readings, **common)
    return page


def _page(options: Options, doc_id: str) -> str:
    return f"{options.pages}/{document_anchor(doc_id)}.html" if options.pages else ""


def _lead(cited: set[int]) -> set[int]:
    return cited or {0, 1}


def _fill(texts: Texts, excerpts: list[Reading], room: int, options: Options) -> Iterator[Reading]:
    """Whole documents in place of their excerpts, in order, as long as there is room."""
    for row, excerpt in zip(texts.documents.to_dict("records"), excerpts, strict=True):
        # The text alone is a lower bound: a long document is not marked up only to be thrown away.
        whole = texts.reading(row, None, excerpt.page) if len(row["text"]) <= room else excerpt
        cost = len(whole.text.encode()) - len(excerpt.text.encode())
        if cost <= room:
            room -= cost
            yield whole
        else:
            yield excerpt


def _listed(hits: Hits, texts: Texts, snippet: int) -> dict[str, Any]:
    names = {row["doc_id"]: row["title"] or row["doc_id"] for row in texts.documents.to_dict("records")}
    places = [
        {
            "href": "#" + sentence_anchor(doc_id, number),
            "place": f"{shortened(names[doc_id], 40)}, {number}",
            "text": shortened(texts.sentence(doc_id, number), snippet) if snippet else "",
        }
        for doc_id, number in hits.places
    ]
    return {"anchor": hits.anchor, "title": hits.title, "total": hits.total, "places": places}


def _sections(sources: Sources, options: Options, evidence: Evidence, *, most: int) -> list[Section]:
    outlines = {outline.anchor: outline for outline in sections.OUTLINES}
    made: dict[str, Callable[[], Section]] = {
        "methods": lambda: sections.methods(sources.evaluation),
        "provenance": lambda: sections.provenance(sources.provenance),
    }
    return [
        made[name]()
        if name in made
        else sections.build_section(outlines[name], sources.tables, sources.figures, evidence, most=most)
        for name in options.sections
    ]
