"""The page: built from the tables and rendered, with its data in it or in files beside it."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from scripts.report.comparison import compare_groups
from scripts.report.data import FOLDER, Payload, large_payload, payload, placed, read_corpus
from scripts.report.large.files import write_files
from scripts.report.methods import methods
from scripts.report.model import Reading, Section
from scripts.report.outlines import EXTRA_FIGURES, EXTRAS, OUTLINES
from scripts.report.reading import MAX_SCHEMES, readings
from scripts.report.rendering import READER, render, render_reader
from scripts.report.sections import build_section, provenance_section
from scripts.report.store import Store
from scripts.report.summary import summarise
from scripts.report.tables import schemes
from scripts.report.views import asked_views

# Tokens of a corpus that the page carries, some 25,000 articles; more would take more than 4 GB to pack. The texts of a
# larger one lie beside it.
MOST_TOKENS = 20_000_000
# Documents of a corpus that can be read without JavaScript too, and bytes of their texts.
_READ, _TEXT_BYTES = 20, 200_000


class Options(NamedTuple):
    """Options of the report: `words` are the settings by which words were counted, `statistics` those of bootstrap and
    keyness, `css` is a style sheet to add; without `texts` the page has nothing of the articles but what its tables
    show. With two `processes` the corpus is read in one of its own. The texts of a corpus that does not fit go
    `beside` the page, into a folder with a memory and a fingerprint (`write_files`); without one it has none."""

    title: str
    words: dict[str, Any]
    statistics: dict[str, Any]
    sections: tuple[str, ...]
    max_bytes: int
    css: str
    texts: bool = True
    processes: int = 1
    beside: tuple[Path, Path, bytes] | None = None


def run_options(settings: Mapping[str, Any], css: str, **others: Any) -> Options:  # noqa: ANN401
    """Return the options that the settings of a run ask for, with others."""
    report = settings["report"]
    statistics = {name: settings[name] for name in ("bootstrap", "keyness")}
    size = int(1_000_000 * report["megabytes"])
    return Options(report["title"], settings["words"], statistics, tuple(report["sections"]), size, css, **others)


class Report(NamedTuple):
    """The report: the page, the files that belong beside it, by their paths, and the names of those in its folder that
    are already written."""

    page: str
    files: dict[str, str]
    written: Sequence[str] = ()


def render_report(tables: Path, figures: Path, provenance: dict[str, Any], options: Options) -> Report:
    """Return the report as HTML of at most `options.max_bytes`, if what shows without JavaScript fits into that.

    It is made from folders of tables and figures, and the provenance record. The corpus is added as data; where there
    is no room for that, the page names files that hold the texts, then the tables too. A corpus of more than
    MOST_TOKENS is written to files by itself (`large`), or not at all: the page is what shows without JavaScript then.
    """
    store = Store(tables)
    tokens = store.count("tokens")
    large = options.beside if options.texts and tokens > MOST_TOKENS else None
    options = options._replace(texts=options.texts and (tokens <= MOST_TOKENS or large is not None), beside=large)
    facts = (options.words, options.statistics)
    read: Callable[[], Any] = (
        partial(write_files, tables, *large, *facts) if large else partial(read_corpus, tables, *facts)
    )
    with ProcessPoolExecutor(1) if options.texts and options.processes > 1 else nullcontext() as pool:
        # Begun before this process reads a table: Arrow starts threads, and one that has any should not be forked.
        get_corpus = pool.submit(read).result if pool else cache(read)
        page = partial(_static_page(figures, provenance, options, store), tokens=tokens, most_tokens=MOST_TOKENS)
        make = large_payload if large else payload
        data = make(store, get_corpus) if options.texts else Payload([], [])
        without = page(blocks=placed(data, 0)[0], beside=True)
        blocks, files = placed(data, options.max_bytes - len(without.encode()))
        if large:
            files[f"{FOLDER}/{READER}"] = render_reader()
        written = get_corpus().files if large else ()
        return Report(page(blocks=blocks, beside=bool(files)), files, written)


def _static_page(figures: Path, provenance: dict[str, Any], options: Options, store: Store) -> Callable[..., str]:
    """Return a function that renders what shows without JavaScript, with the blocks of data that it is given."""
    parts = _sections(figures, provenance, options, store)
    return partial(
        render,
        "report.html.j2",
        options.css,
        title=options.title,
        large=options.beside is not None,
        summary=summarise(store),
        comparison=compare_groups(store),
        sections=parts,
        menu=_menu(parts),
        extras={name: text for name, text in EXTRAS.items() if name not in options.sections},
        schemes=schemes(store)[:MAX_SCHEMES],
        readings=_static_texts(store) if options.texts else [],
    )


def _static_texts(store: Store) -> list[Reading]:
    """Return the documents that can be read without JavaScript: all of a small corpus, or else none."""
    if store.count("documents") > _READ:
        return []
    made = [*readings(store, store.load("documents", "doc_id")["doc_id"].tolist())]
    return made if sum(len(reading.text.encode()) for reading in made) <= _TEXT_BYTES else []


def _sections(figures: Path, provenance: dict[str, Any], options: Options, store: Store) -> list[Section]:
    """Return the sections that the options name."""
    outlines, parts = {outline.anchor: outline for outline in OUTLINES}, []
    for name in options.sections:
        if name == "methods":
            parts.append(methods(provenance, store))
        elif name == "provenance":
            parts.append(provenance_section(provenance))
        elif name not in EXTRAS and (name != "stories" or store.count("documents") != 1):
            asked = [each for each in outlines[name].figures if EXTRA_FIGURES.get(each) in (None, *options.sections)]
            outline, views = outlines[name]._replace(figures=tuple(asked)), asked_views(name, options.sections)
            parts.append(build_section(outline, views, store, figures))
    return parts


def _menu(parts: Sequence[Section]) -> dict[str, str]:
    """Return {entry of the menu: anchor of the first section under it}."""
    menu: dict[str, str] = {}
    for part in parts:
        menu.setdefault(part.chapter or part.title, part.anchor)
    return menu
