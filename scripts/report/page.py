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
from scripts.report.store import Store, schemes
from scripts.report.summary import summarise
from scripts.report.views import asked_views

# The largest corpus that the page itself carries, in tokens: some 25,000 articles. Packing more would need more than
# 4 GB of memory, so the texts of a larger corpus are stored beside the page.
MOST_TOKENS = 20_000_000
# A corpus with at most this many documents, and bytes of marked-up text, can be read without JavaScript too.
_READ, _TEXT_BYTES = 20, 200_000


class Options(NamedTuple):
    """Options of the report.

    `words` are the settings by which words were counted, `statistics` those of bootstrap and keyness; `css` is an
    additional style sheet. Without `texts`, the page contains no more of the articles than its tables show. With two or
    more `processes`, a separate one reads the corpus. `beside` is for the texts of a corpus too large for the page:
    the folder for them, the folder of files kept from the last run, and a fingerprint (see `write_files`). If `beside`
    is None, such a corpus is left out."""

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
    """Return the report's options from the settings of a run; `others` are further fields of Options."""
    report = settings["report"]
    statistics = {name: settings[name] for name in ("bootstrap", "keyness")}
    size = int(1_000_000 * report["megabytes"])
    return Options(report["title"], settings["words"], statistics, tuple(report["sections"]), size, css, **others)


class Report(NamedTuple):
    """The report: the page; the text of the files that belong beside it, by path; and the names of the files that have
    already been written to its folder."""

    page: str
    files: dict[str, str]
    written: Sequence[str] = ()


def render_report(tables: Path, figures: Path, provenance: dict[str, Any], options: Options) -> Report:
    """Return the report as HTML of at most `options.max_bytes`, if the part shown without JavaScript fits into that.

    `tables` and `figures` are folders. The corpus is added as data; if it does not fit, the texts go into files beside
    the page, and so do the tables if they do not fit either. A corpus of more than MOST_TOKENS is always written to
    files (`large`) or, without `options.beside`, left out: then the page is only what shows without JavaScript.
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
        # Start this before reading any table here: Arrow starts threads, and a process with threads must not be forked.
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
    """Return a function that renders the page from its static part and the blocks of data passed to it."""
    parts = _sections(figures, provenance, options, store)
    return partial(
        render,
        "report.html.j2",
        options.css,
        title=options.title,
        large=options.beside is not None,
        has_texts=options.texts,
        summary=summarise(store),
        comparison=compare_groups(store),
        sections=parts,
        menu=_menu(parts),
        extras={name: text for name, text in EXTRAS.items() if name not in options.sections},
        schemes=schemes(store)[:MAX_SCHEMES],
        readings=_static_texts(store) if options.texts else [],
    )


def _static_texts(store: Store) -> list[Reading]:
    """Return the documents that can be read without JavaScript: all of them if the corpus is small, else none."""
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
    """Return {menu entry: anchor of its first section}."""
    menu: dict[str, str] = {}
    for part in parts:
        menu.setdefault(part.chapter or part.title, part.anchor)
    return menu
