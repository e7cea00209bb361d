"""The texts of the page: whole documents while there is room, else the sentences of them that the page cites."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from scripts.report.markup import document_anchor, plural
from scripts.report.model import Reading
from scripts.report.reading import Mark, document_text, entity_marks, frame_marks, layered, quote_marks
from scripts.report.tables import Store, schemes

_LAYERS = ("quotes", "frame_codes", "entities")
# Markup makes a text at least so many times as long.
_GROWTH = 3


def _by_document(rows: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_dict("records"):
        found.setdefault(row["doc_id"], []).append(row)
    return found


class Texts:
    """The documents that a page cites, with their sentences and what was found in them."""

    def __init__(self, store: Store, doc_ids: list[str], pages: str) -> None:
        self.schemes = schemes(store)
        self._pages = pages
        self._documents = store.of_documents("documents", doc_ids).to_dict("records")
        self._rows = {
            name: {
                doc_id: rows.to_dict("records") for doc_id, rows in store.of_documents(name, doc_ids).groupby("doc_id")
            }
            for name in ("sentences", *_LAYERS)
        }
        self.titles = {row["doc_id"]: row["title"] or row["doc_id"] for row in self._documents}

    def sentence(self, doc_id: str, number: int) -> str:
        """The text of a sentence."""
        return self._rows["sentences"][doc_id][number]["text"]

    def excerpts(self, cited: dict[str, set[int]], *, marked: bool) -> list[Reading]:
        """Of each document the cited sentences, or the first two where it is cited as a whole."""
        readings = []
        for row in self._documents:
            layers = layered(mark._replace(hint="") for mark in self._marks(row["doc_id"])) if marked else []
            readings.append(self._reading(row, layers, cited[row["doc_id"]] or {0, 1}))
        return readings

    def whole(self, excerpts: list[Reading], room: int) -> Iterator[Reading]:
        """The documents in place of their excerpts, in order, as long as there is room for so many bytes more."""
        for row, excerpt in zip(self._documents, excerpts, strict=True):
            if _GROWTH * len(row["text"]) - len(excerpt.text) <= room:
                reading = self._reading(row, layered(self._marks(row["doc_id"])), None)
                cost = len(reading.text.encode()) - len(excerpt.text.encode())
                if cost <= room:
                    room -= cost
                    yield reading
                    continue
            yield excerpt

    def _marks(self, doc_id: str) -> Iterator[Mark]:
        quotes, codes, entities = (self._rows[name].get(doc_id, []) for name in _LAYERS)
        yield from quote_marks(quotes)
        yield from frame_marks(codes, self.schemes)
        yield from entity_marks(entities)

    def _reading(self, row: dict[str, Any], layers: list[list[Mark]], only: set[int] | None) -> Reading:
        doc_id, anchor = row["doc_id"], document_anchor(row["doc_id"])
        facts = [row["outlet"], row["date"], plural(row["n_sentences"], "sentence"), plural(row["n_words"], "word")]
        return Reading(
            anchor,
            self.titles[doc_id],
            " · ".join(fact for fact in facts if fact),
            only is None,
            document_text(doc_id, row["text"], self._rows["sentences"].get(doc_id, []), layers, only),
            f"{self._pages}/{anchor}.html" if self._pages else "",
        )
