"""The page: built from the tables, rendered, weighed, and built again with less until it fits."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from functools import cache, partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from scripts.core.anchors import sentence_anchor
from scripts.core.visible import shortened
from scripts.report import sections
from scripts.report.comparison import compare_groups
from scripts.report.data import FOLDER, Payload, Placed, large_payload, payload, placed, read_corpus
from scripts.report.evidence import Evidence, Hits
from scripts.report.index import Index
from scripts.report.large.files import Beside, write_files
from scripts.report.large.split import count_tokens
from scripts.report.methods import methods
from scripts.report.model import Figure, Section
from scripts.report.outlines import EXTRA_FIGURES, EXTRAS, OUTLINES
from scripts.report.reading import MAX_SCHEMES
from scripts.report.rendering import LARGE_SCRIPTS, READER, render, render_reader, script_source
from scripts.report.store import Store
from scripts.report.summary import summarise
from scripts.report.texts import CitedTexts
from scripts.report.views import asked_views


class Level(NamedTuple):
    """Size of a page: rows per table and per folded table, characters of a sentence in the lists, excerpts with
    or without marks, places in a list.

    It is not tried for more than `documents` documents, which have never fitted.
    """

    rows: int
    folded: int
    snippet: int
    marked: bool
    places: int
    documents: int


_LEVELS = (
    Level(30, 10, 200, marked=True, places=10, documents=100),
    Level(30, 10, 0, marked=False, places=10, documents=1_000),
    Level(20, 8, 0, marked=False, places=3, documents=5_000),
    Level(15, 8, 0, marked=False, places=3, documents=1_000_000_000),
    Level(10, 5, 0, marked=False, places=3, documents=1_000_000_000),
    Level(8, 4, 0, marked=False, places=3, documents=1_000_000_000),
    Level(8, 4, 0, marked=False, places=1, documents=1_000_000_000),
)
# Bytes of the part that shows without JavaScript; the script comes on top, so that its length changes no table.
STATIC_BYTES = 600_000
# Tokens of a corpus that the page carries, some 25,000 articles; more would take more than 4 GB to pack. The texts of a
# larger one lie beside it.
MOST_TOKENS = 20_000_000
# A longer key would be a list of a word of a megabyte.
_LONGEST_KEY = 900
# A cited sentence costs at least so much: itself, and a link to it.
_SENTENCE_BYTES = 250


class ReportSources(NamedTuple):
    """Inputs of the report: folders of tables and figures, and the provenance record."""

    tables: Path
    figures: Path
    provenance: dict[str, Any]


class Options(NamedTuple):
    """Options of the report: `words` are the settings by which words were counted, `statistics` those of bootstrap and
    keyness, `css` is a style sheet to add, `pages` the folder of document pages, if any; without `texts` no more of the
    articles than the cited sentences, of which no more than `most_words` in a row are shown, where that is not 0.
    With two `processes` the corpus is read in one of its own. The texts of a corpus that does not fit go to the folder
    `beside` the page; without one it has none."""

    title: str
    words: dict[str, Any]
    statistics: dict[str, Any]
    sections: tuple[str, ...]
    max_bytes: int
    css: str
    pages: str
    texts: bool = True
    processes: int = 1
    most_words: int = 0
    beside: Beside | None = None


class Report(NamedTuple):
    """The report: the page, the files that belong beside it, by their paths, and the names of those in its folder that
    are already written."""

    page: str
    files: dict[str, str]
    written: Sequence[str] = ()


def render_report(sources: ReportSources, options: Options) -> Report:
    """Return the report as HTML of at most `options.max_bytes`, or as near to it as eight rows a table can come.

    What shows without JavaScript takes at most STATIC_BYTES of it, beside the script. The corpus is added as data;
    where there is no room for that, the page names files that hold the texts, then the tables too. A corpus of more
    than MOST_TOKENS is written to files by itself (`large`), or not at all: the page is what shows without JavaScript
    then.
    """
    tokens = count_tokens(sources.tables)
    large = options.beside if options.texts and tokens > MOST_TOKENS else None
    options = options._replace(texts=options.texts and (tokens <= MOST_TOKENS or large is not None), beside=large)
    facts = (options.words, options.statistics)
    read: Callable[[], Any] = partial(read_corpus, sources.tables, *facts)
    if large:
        read = partial(write_files, sources.tables, large, *facts)
    with ProcessPoolExecutor(1) if options.texts and options.processes > 1 else nullcontext() as pool:
        # Begun before this process reads a table: Arrow starts threads, and one that has any should not be forked.
        get_corpus = pool.submit(read).result if pool else cache(read)
        store = Store(sources.tables)
        index = Index(sources.tables, options.words)
        make = partial(large_payload if large else payload, store, index, get_corpus)
        data = cache(lambda: make() if options.texts else Payload([], []))
        beside = cache(lambda: placed(data(), -1))
        source = script_source(LARGE_SCRIPTS) if large else script_source()
        script = len(source.encode())
        most_bytes = min(options.max_bytes, STATIC_BYTES + script)
        page = _static_page(sources, options, store, index, most_bytes, beside, script=script)
        page = partial(page, tokens=tokens, most_tokens=MOST_TOKENS)
        blocks, files = placed(data(), options.max_bytes - len(page(blocks=beside().blocks, beside=True).encode()))
        if large:
            reader = {f"{FOLDER}/{READER}": render_reader()}
            return Report(page(blocks=blocks, beside=True), files | reader, get_corpus().files)
        return Report(page(blocks=blocks, beside=bool(files)), files)


def _static_page(
    sources: ReportSources,
    options: Options,
    store: Store,
    index: Index,
    most_bytes: int,
    beside: Callable[[], Placed],
    *,
    script: int,
) -> partial[str]:
    """Return a function that renders the page, of at most `most_bytes` with all data `beside` it.

    `script` are the bytes of its script.
    What is beside it is asked for when a page is rendered, after much that needs no corpus.
    """
    page: partial[str] = partial(str)
    most = float(_LEVELS[0].rows)
    for level in (level for level in _LEVELS if index.documents <= level.documents):
        if level.rows > most and level != _LEVELS[-1]:
            continue
        evidence = Evidence(index, most=level.places)
        summary = summarise(store, evidence)
        parts = _sections(sources, options, store, evidence, level)
        size = _SENTENCE_BYTES * sum(map(len, evidence.cited.values()))
        most = min(most, _rows_at_most(level, size, most_bytes - script))
        if size > most_bytes and level != _LEVELS[-1]:
            continue
        texts = CitedTexts(store, sorted(evidence.cited), options.pages, most_words=options.most_words)
        excerpts = texts.excerpts(evidence.cited, marked=level.marked)
        common: dict[str, Any] = {
            "title": options.title,
            "large": options.beside is not None,
            "summary": summary,
            "comparison": store.once(("comparison",), partial(compare_groups, store)),
            "sections": parts,
            "menu": _menu(parts),
            "extras": {name: text for name, text in EXTRAS.items() if name not in options.sections},
            "schemes": texts.schemes[:MAX_SCHEMES],
            "lists": [
                _listed(hits, texts, 0 if options.most_words else level.snippet) for hits in evidence.lists.values()
            ],
        }
        page = partial(render, "report.html.j2", options.css, readings=list(excerpts.values()), **common)
        size = len(page(blocks=beside().blocks, beside=True).encode())
        drawn = [block for part in parts for block in part.blocks if isinstance(block, Figure)]
        fixed = script + sum(len(figure.svg.encode()) for figure in drawn)
        most = _rows_at_most(level, size - fixed, most_bytes - fixed)
        if most_bytes >= size and not options.texts:
            return page
        if most_bytes >= size:
            return partial(page, readings=texts.with_whole(excerpts, most_bytes - size))
    return page


def _rows_at_most(level: Level, size: int, most_bytes: int) -> float:
    """Return the most rows a table with which a page could fit, if it has `size` bytes with those of `level`.

    A page grows by less than its rows, so this is an upper bound; the script and figures, which take the same room on a
    page of any size, may be left out of both numbers of bytes.
    """
    return 1.3 * level.rows * max(most_bytes, 0) / max(size, most_bytes, 1)


def _listed(hits: Hits, texts: CitedTexts, snippet: int) -> dict[str, Any]:
    """Return a list of sentences for the template, by document; a single document has no title."""
    documents = [
        {
            "title": shortened(texts.titles[doc_id], 32) if len(texts.titles) > 1 else "",
            "places": [
                {
                    "href": "#" + sentence_anchor(doc_id, number),
                    "number": number,
                    "text": shortened(texts.sentence(doc_id, number), snippet) if snippet else "",
                }
                for _, number in places
            ],
        }
        for doc_id, places in groupby(hits.places, key=itemgetter(0))
    ]
    return {
        "anchor": hits.anchor,
        "key": json.loads(hits.key) if 0 < len(hits.key) < _LONGEST_KEY else None,
        "title": hits.title,
        "total": hits.total,
        "shown": len(hits.places),
        "documents": documents,
    }


def _sections(
    sources: ReportSources, options: Options, store: Store, evidence: Evidence, level: Level
) -> list[Section]:
    """Return the sections that the options name, filled for a page of this level."""
    asked = (None, *options.sections)
    outlines = {
        outline.anchor: outline._replace(
            figures=tuple(name for name in outline.figures if EXTRA_FIGURES.get(name) in asked)
        )
        for outline in OUTLINES
        if outline.anchor in options.sections
    }
    views = {name: asked_views(name, options.sections) for name in outlines}
    room = {"most": level.rows, "folded": level.folded}
    sections.look_up(chain.from_iterable(views.values()), store, evidence, **room)
    made: dict[str, Callable[[], Section]] = {
        "methods": lambda: methods(sources.provenance, store),
        "provenance": lambda: sections.provenance_section(sources.provenance),
    }
    return [
        made[name]()
        if name in made
        else sections.build_section(outlines[name], views[name], store, sources.figures, evidence, **room)
        for name in options.sections
        if name not in EXTRAS and (name != "stories" or not evidence.one_document)
    ]


def _menu(parts: Sequence[Section]) -> dict[str, str]:
    """Return {entry of the menu: anchor of the first section under it}."""
    menu: dict[str, str] = {}
    for part in parts:
        menu.setdefault(part.chapter or part.title, part.anchor)
    return menu
