"""The data of the page: the corpus and every table as blocks, within the page or in files beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from scripts.documents.groups import group_values, read_grouped
from scripts.report.corpus.blocks import Corpus, corpus_blocks
from scripts.report.evidence import Evidence
from scripts.report.index import Index
from scripts.report.outlines import OUTLINES
from scripts.report.payload import inert
from scripts.report.rendering import render_data
from scripts.report.sheets import sheet_block
from scripts.report.store import Store
from scripts.report.tables import sheet
from scripts.report.views import View, section_views

FOLDER = "report-data"
# Ways to group documents that other tables name, and which are none.
_NO_GROUPS = ("doc_id", "corpus")


class Block(NamedTuple):
    """A block of the page: the id of its element, its text, and the file that holds it where the page does not."""

    name: str
    text: Markup
    file: str = ""


class Payload(NamedTuple):
    """The blocks of the page: tables with what they share, and the parts of the corpus."""

    tables: list[Block]
    texts: list[Block]


def read_corpus(tables: Path, words: dict[str, Any], statistics: dict[str, Any]) -> Corpus:
    """Return the corpus in a folder of tables as blocks; `words` are the settings by which words were counted, and
    `statistics` those of bootstrap and keyness."""
    store = Store(tables)
    scheme = next(iter(store.load("frame_prevalence", "scheme")["scheme"]), "")
    return corpus_blocks(tables, _groups(store), words, {**statistics, "scheme": scheme})


def payload(store: Store, index: Index, get_corpus: Callable[[], Corpus]) -> Payload:
    """Return the corpus and every table of the report's outlines as blocks; nothing if there are no documents.

    `get_corpus` gives the blocks of the corpus, and may wait for them.
    """
    documents = store.load("documents", "doc_id")
    if documents.empty:
        return Payload([], [])
    sheets = [(view, rows) for view in _views() if len((rows := sheet(view, store, Evidence(index))).rows)]
    corpus = get_corpus()
    numbers = {doc_id: number for number, doc_id in enumerate(documents["doc_id"])}
    name_numbers, word_numbers = (
        {text: number for number, text in reversed([*enumerate(texts)])} for texts in (corpus.names, corpus.words)
    )
    tables = [Block("data-corpus", Markup(inert(corpus.shared)))]
    for view, rows in sheets:
        data = sheet_block(rows, numbers, name_numbers, word_numbers)
        tables.append(Block(f"data-table-{view.key}", Markup(inert(data))))
    texts = [Block(f"data-part-{number}", Markup(inert(part))) for number, part in enumerate(corpus.parts)]
    return Payload(tables, texts)


def _views() -> list[View]:
    """Return the views that the page cannot make of marks in the texts."""
    sections = (section_views(outline.anchor) for outline in OUTLINES)
    return [view for views in sections for view in views if not view.marks]


def _groups(store: Store) -> dict[str, list[str]]:
    """Return the group of each document in each way to group them that the tables use, by its column."""
    columns = ["outlet", "month"]
    for name in ("keyness", "rates"):
        columns += store.load(name, "column")["column"].unique().tolist()
    documents = read_grouped(store.folder / "documents.parquet", columns)
    labels = store.load("document_groups").set_index("doc_id")["group"].to_dict()
    groups = {"group": [labels.get(doc_id, "") for doc_id in documents["doc_id"].to_pylist()]} if labels else {}
    for column in dict.fromkeys(columns):
        if column not in _NO_GROUPS:
            values = group_values(documents, column)
            if any(values):
                groups[column] = values
    return groups


class Placed(NamedTuple):
    """The blocks of a page, and the files beside it by their paths, which hold the texts of some of them."""

    blocks: list[Block]
    files: dict[str, str]


def placed(data: Payload, room: int) -> Placed:
    """Return the blocks of a page with `room` bytes for them, and the files of blocks that it has no room for."""
    tables, texts = (sum(len(block.text) for block in blocks) for blocks in data)
    beside = [] if tables + texts <= room else data.texts if tables <= room else data.tables + data.texts
    files = {f"{FOLDER}/{block.name}.html": render_data(block.text) for block in beside}
    blocks = [
        block._replace(text=Markup(), file=f"{FOLDER}/{block.name}.html") if block in beside else block
        for block in data.tables + data.texts
    ]
    return Placed(blocks, files)
