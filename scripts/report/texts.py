"""The texts of documents in the reading view, whole, with everything marked that was found in them."""

from collections.abc import Iterator, Sequence

from scripts.core.anchors import document_anchor
from scripts.report.markup import plural
from scripts.report.model import Reading
from scripts.report.reading import document_text, entity_marks, frame_marks, layered, quote_marks
from scripts.report.store import Store
from scripts.report.tables import schemes

_COLUMNS = {
    "documents": ["title", "outlet", "date", "n_sentences", "n_words", "text"],
    "sentences": ["sentence", "paragraph", "start", "end"],
    "quotes": ["type", "speaker", "role", "rule", "confidence", "corrected_by", "content_spans"]
    + ["source_start", "source_end", "cue_start", "cue_end"],
    "frame_codes": ["scheme", "frame", "start", "end", "term", "negated", "speaker"],
    "entities": ["start", "end", "label", "entity", "corrected_by"],
}
_AT_ONCE = 200


def readings(store: Store, doc_ids: Sequence[str]) -> Iterator[Reading]:
    """Yield documents in the reading view."""
    for first in range(0, len(doc_ids), _AT_ONCE):
        yield from _readings(store, [*doc_ids[first : first + _AT_ONCE]])


def _readings(store: Store, doc_ids: list[str]) -> Iterator[Reading]:
    rows = {name: store.of_documents(name, doc_ids, columns) for name, columns in _COLUMNS.items()}
    of_frames = schemes(store)
    for doc_id in doc_ids:
        quotes, codes, entities = (rows[name][doc_id] for name in ("quotes", "frame_codes", "entities"))
        marks = layered([*quote_marks(quotes), *frame_marks(codes, of_frames), *entity_marks(entities)])
        [about] = rows["documents"][doc_id]
        sizes = (plural(about["n_sentences"], "sentence"), plural(about["n_words"], "word"))
        yield Reading(
            document_anchor(doc_id),
            about["title"] or doc_id,
            " · ".join(filter(None, (about["outlet"], about["date"], *sizes))),
            document_text(doc_id, about["text"], rows["sentences"][doc_id], marks),
        )
