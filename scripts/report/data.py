"""The data of the page: the corpus and every table as blocks, within the page or in files beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from markupsafe import Markup

from scripts.core.anchors import document_anchor
from scripts.report.corpus.blocks import Corpus, corpus_blocks
from scripts.report.groups import counted_scheme, document_groups, grouping_columns
from scripts.report.large.files import WrittenFiles
from scripts.report.outlines import OUTLINES
from scripts.report.payload import Column, block, block_script, coded, inert, texts, unsigned
from scripts.report.rendering import READER, render_reader
from scripts.report.sheets import sheet_block
from scripts.report.store import Store
from scripts.report.tables import TableView, names_document, sheet
from scripts.report.views import View, section_views

FOLDER = "report-data"
# Columns of the corpus that are empty if its texts are in segments beside the page.
_NO_WORDS = ("gap", "flags", "n_words", "n_sentences", "uses")


class Block(NamedTuple):
    """A block of the page: the id of its element, and its text or the script beside the page that holds the text."""

    name: str
    text: Markup
    file: str = ""


class Payload(NamedTuple):
    """The blocks of the page: the tables with the data they share, and the parts of the corpus."""

    tables: list[Block]
    texts: list[Block]


def read_corpus(tables: Path, words: dict[str, Any], statistics: dict[str, Any]) -> Corpus:
    """Return the corpus in a folder of tables as blocks.

    `words` are the settings by which words were counted, `statistics` those of bootstrap and keyness."""
    store = Store(tables)
    groups = document_groups(store, grouping_columns(store))
    return corpus_blocks(tables, groups, words, {**statistics, "scheme": counted_scheme(store)})


def payload(store: Store, get_corpus: Callable[[], Corpus]) -> Payload:
    """Return the corpus and every table of the report's outlines as blocks; no blocks if there are no documents.

    `get_corpus` returns the blocks of the corpus, and may wait for another process.
    """
    documents = store.load("documents", "doc_id")
    if documents.empty:
        return Payload([], [])
    sheets = _sheets(store)
    corpus = get_corpus()
    parts = _blocks({f"data-part-{number}": part for number, part in enumerate(corpus.parts)})
    return Payload(_table_blocks(corpus.shared, sheets, documents["doc_id"], corpus.names, corpus.words), parts)


def large_payload(store: Store, get_written: Callable[[], WrittenFiles]) -> Payload:
    """Return every table of the report's outlines as a block, for a page with the corpus in segments beside it.

    The corpus block has only the documents and speakers that the tables name, and the names of the segments, which
    `get_written` returns once they are written.
    """
    sheets = _sheets(store)
    rows = [
        (name, sheet.rows) for _, sheet in sheets for name in map(str, sheet.rows) if names_document(name, sheet.rows)
    ]
    named_here = {doc_id for name, each in rows for doc_id in each[name].dropna().unique()}
    documents = store.document_rows("documents", named_here, ["title", "outlet", "date"])
    links = [(sheet.rows, each.link) for _, sheet in sheets for each in sheet.columns if each.link]
    named = {name for each, link in links if link.table == "quotes" for name in each[link.columns[0]].unique()}
    speakers = store.load("speakers")
    shared = _named(documents, sorted(named & {*speakers.loc[speakers["n_quotes"] > 0, "speaker"]}))
    written = get_written()
    facts = {"parts": [], "segments": written.segments, **written.facts}
    return Payload(_table_blocks(block(shared, facts), sheets, documents["doc_id"].to_pylist()), [])


def _blocks(data: Mapping[str, bytes]) -> list[Block]:
    return [Block(name, Markup(inert(each))) for name, each in data.items()]


def _table_blocks(
    corpus: bytes,
    sheets: Iterable[tuple[View, TableView]],
    doc_ids: Iterable[str],
    names: Sequence[str] = (),
    words: Sequence[str] = (),
) -> list[Block]:
    """Return the corpus block and a block for each table, in which documents, names and words are numbers."""
    numbers = [{text: at for at, text in reversed([*enumerate(each)])} for each in (doc_ids, names, words)]
    tables = {f"data-table-{view.key}": sheet_block(each, *numbers) for view, each in sheets}
    return _blocks({"data-corpus": corpus, **tables})


def _named(documents: pa.Table, speakers: Sequence[str]) -> dict[str, Column]:
    """Return the columns of a corpus block with only documents (doc_id, title, outlet, date) and speakers' names."""
    doc_ids = documents["doc_id"].to_pylist()
    title, outlet, date = (pc.fill_null(documents[name], "").to_pylist() for name in ("title", "outlet", "date"))
    return {
        **{name: texts([]) for name in ("entry", "lemma", "norm")},
        **{name: unsigned([]) for name in _NO_WORDS},
        "doc_id": texts(doc_ids),
        "anchor": texts([document_anchor(doc_id) for doc_id in doc_ids]),
        "text_sha256": texts([]),
        "title": texts(title),
        "outlet": coded(outlet),
        "date": coded(date),
        "list names": texts(speakers),
        "speaking": unsigned(range(len(speakers))),
    }


def _sheets(store: Store) -> list[tuple[View, TableView]]:
    """Return each view that has rows, with its rows; leave out views that the page makes from marks in the texts."""
    views = [view for outline in OUTLINES for view in section_views(outline.anchor) if not view.marks]
    return [(view, rows) for view in views if len((rows := sheet(view, store)).rows)]


def placed(data: Payload, room: int) -> tuple[list[Block], dict[str, str]]:
    """Return the blocks of a page with `room` bytes for them, and {path: text} of files for blocks that do not fit."""
    tables, texts = (sum(len(block.text) for block in blocks) for blocks in data)
    beside = [] if tables + texts <= room else data.texts if tables <= room else data.tables + data.texts
    files = {f"{FOLDER}/{block.name}.js": block_script(f"{block.name}.js", block.text) for block in beside}
    if files:
        files[f"{FOLDER}/{READER}"] = render_reader()
    blocks = [
        block._replace(text=Markup(), file=f"{block.name}.js") if block in beside else block
        for block in data.tables + data.texts
    ]
    return blocks, files
