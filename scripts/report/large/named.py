"""The documents and speakers that the tables of the page name: all that a large page itself knows of its corpus."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.anchors import document_anchor
from scripts.core.statements import NO_COMMENT, read_speech
from scripts.report.payload import Column, coded, texts, unsigned
from scripts.report.store import Store

# Columns of the corpus in a page that holds it, which are empty here.
_NO_WORDS = ("gap", "flags", "n_words", "n_sentences", "uses")


def statement_speakers(store: Store) -> set[str]:
    """Return all who have a statement."""
    path = store.folder / "quotes.parquet"
    if not path.exists():
        return set()
    rows = read_speech(path, ["speaker", "type"], dictionaries=["speaker", "type"])
    statements = rows.filter(pc.not_equal(rows["type"], NO_COMMENT))
    return {speaker for speaker in statements["speaker"].unique().to_pylist() if speaker}


def shared_columns(documents: pa.Table, speakers: Sequence[str]) -> dict[str, Column]:
    """Return documents (doc_id, title, outlet, date) and names of speakers as the columns of a page's corpus."""
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
