"""The texts of the page: whole documents while there is room, else the sentences of them that the page cites."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from scripts.core.anchors import document_anchor
from scripts.report.markup import plural
from scripts.report.model import Reading
from scripts.report.reading import Mark, document_text, entity_marks, frame_marks, layered, quote_marks
from scripts.report.store import Store
from scripts.report.tables import schemes

_DOCUMENT = ["title", "outlet", "date", "n_sentences", "n_words", "text"]
_SENTENCE = ["sentence", "paragraph", "start", "end"]
_LAYERS = {
    "quotes": ["type", "speaker", "role", "rule", "confidence", "corrected_by", "content_spans"]
    + ["source_start", "source_end", "cue_start", "cue_end"],
    "frame_codes": ["scheme", "frame", "start", "end", "term", "negated", "speaker"],
    "entities": ["start", "end", "label", "entity", "corrected_by"],
}
# Markup makes a text at least so many times as long.
_GROWTH = 3


class CitedTexts:
    """The documents that a page cites, with their sentences and marks."""

    def __init__(self, store: Store, doc_ids: list[str], pages: str, *, most_words: int = 0) -> None:
        """Read the documents; of excerpts no more than `most_words` in a row are shown, all if that is 0."""
        self._most_words = most_words
        self.schemes = schemes(store)
        self._store, self._pages = store, pages
        rows = store.of_documents("documents", doc_ids, _DOCUMENT)
        self._documents = {doc_id: document for doc_id, [document] in rows.items()}
        self._sentences = store.of_documents("sentences", doc_ids, _SENTENCE)
        self.titles = {doc_id: row["title"] or doc_id for doc_id, row in self._documents.items()}

    def sentence(self, doc_id: str, number: int) -> str:
        """Return the text of a sentence."""
        row = self._sentences[doc_id][number]
        return self._documents[doc_id]["text"][row["start"] : row["end"]]

    def excerpts(self, cited: dict[str, set[int]], *, marked: bool) -> dict[str, Reading]:
        """Return of each document the cited sentences, or the first two where it is cited as a whole."""
        marks = dict(self._marks(list(self._documents))) if marked else {}
        bare = {doc_id: [mark._replace(hint="") for mark in own] for doc_id, own in marks.items()}
        return {
            doc_id: self._reading(doc_id, bare.get(doc_id, []), cited[doc_id] or {0, 1}) for doc_id in self._documents
        }

    def with_whole(self, excerpts: dict[str, Reading], room: int) -> list[Reading]:
        """Return the excerpts, replaced by whole documents from the first on while these add at most `room` bytes."""
        readings = dict(excerpts)
        for doc_id, marks in self._marks(self._candidates(excerpts, room)):
            reading = self._reading(doc_id, marks, None)
            room -= len(reading.text.encode()) - len(excerpts[doc_id].text.encode())
            if room < 0:
                break
            readings[doc_id] = reading
        return list(readings.values())

    def every(self) -> Iterator[Reading]:
        """Yield every document, whole."""
        for doc_id, marks in self._marks(list(self._documents)):
            yield self._reading(doc_id, marks, None)

    def _candidates(self, excerpts: dict[str, Reading], room: int) -> list[str]:
        """Return the first documents, as many as could fit, so that no marks are read of the others."""
        left = room

        def fits(doc_id: str) -> bool:
            nonlocal left
            left -= _GROWTH * len(self._documents[doc_id]["text"]) - len(excerpts[doc_id].text)
            return left >= 0

        return list(takewhile(fits, self._documents))

    def _marks(self, doc_ids: list[str]) -> Iterator[tuple[str, list[Mark]]]:
        """Yield the marks of each document."""
        rows = {name: self._store.of_documents(name, doc_ids, columns) for name, columns in _LAYERS.items()}
        for doc_id in doc_ids:
            marks = [
                *quote_marks(rows["quotes"][doc_id]),
                *frame_marks(rows["frame_codes"][doc_id], self.schemes),
                *entity_marks(rows["entities"][doc_id]),
            ]
            yield doc_id, marks

    def _reading(self, doc_id: str, marks: Iterable[Mark], only: set[int] | None) -> Reading:
        """Return a document in the reading view; with `only`, just these sentences."""
        row, anchor = self._documents[doc_id], document_anchor(doc_id)
        facts = [row["outlet"], row["date"], plural(row["n_sentences"], "sentence"), plural(row["n_words"], "word")]
        return Reading(
            anchor,
            self.titles[doc_id],
            " · ".join(fact for fact in facts if fact),
            only is None,
            document_text(doc_id, row["text"], self._sentences[doc_id], layered(marks), only, self._most_words),
            f"{self._pages}/{anchor}.html" if self._pages else "",
        )
