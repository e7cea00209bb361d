"""The lists of sentences behind the numbers, collected while the page's tables are made."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scripts.core.anchors import document_anchor, sentence_anchor
from scripts.report.index import FIRST, Index, Place, Question, SentenceList
from scripts.report.markup import evidence_anchor
from scripts.report.words import IN_GROUP, NEAR, REFERENCE, Key
from scripts.sources.source_counts import ALL_VALUES

# Title of a list of sentences, by the table in which its key is looked up.
_TITLES = {
    "quotes": "Statements of {}",
    "quote_sources": "Statements: {}",
    "entities": "Mentions of {}",
    "entity_mentions": "Mentions of {}",
    "frame_codes": "Cues of {}",
    "tokens": "Sentences with “{}”",
    "sentences": "Sentences with “{}”",
    NEAR: "Sentences with {} near each other",
}
# Values of a key that its title leaves out: all documents, and the attribute that every corpus has.
_EVERY = (ALL_VALUES, "kind")


def _title(table: str, key: Key) -> str:
    if table == IN_GROUP:
        word, _, group, side = key
        return f"Sentences with “{word}” in {'all groups but ' if side == REFERENCE else ''}{group}"
    return _TITLES[table].format(" · ".join(value for value in key if value not in _EVERY))


class Hits(NamedTuple):
    """The list behind a number: its title, the first places, how many sentences there are in all, and the key by
    which the page finds all rows: a JSON list of table, columns and values."""

    anchor: str
    title: str
    places: list[Place]
    total: int
    key: str


class Evidence:
    """Collects the lists and the places that the page's numbers link to, `most` places a list."""

    def __init__(self, index: Index, *, most: int = FIRST) -> None:
        self._index, self._most = index, most
        self.one_document = index.documents == 1
        self.titles = index.titles
        self.lists: dict[str, Hits] = {}
        self.cited: dict[str, set[int]] = {}

    def cite(self, doc_id: str, sentence: int | None = None) -> str:
        """Return the address of a document, or of a sentence of it, and note that the page must have it."""
        numbers = self.cited.setdefault(doc_id, set())
        if sentence is None:
            return "#" + document_anchor(doc_id)
        numbers.add(sentence)
        return "#" + sentence_anchor(doc_id, sentence)

    def add(self, sentences: SentenceList, table: str, columns: Key, key: Key) -> str:
        """Return the address of the list of sentences of a key; empty if there are none."""
        if not sentences.places:
            return ""
        anchor = evidence_anchor(table, *columns, *key)
        places, full = sentences.places[: self._most], json.dumps([table, columns, key])
        self.lists.setdefault(anchor, Hits(anchor, _title(table, key), places, sentences.total, full))
        for place in places:
            self.cite(*place)
        return "#" + anchor

    def look_up(self, questions: Iterable[Question]) -> None:
        """Find sentences that will be asked for, in as few readings of the tables as can be."""
        self._index.look_up(questions)

    def links(self, table: str, columns: Key, keys: Sequence[Key]) -> list[str]:
        """Return for each key the address of the list of sentences of `table` whose `columns` have its values."""
        return [
            self.add(sentences, table, columns, key)
            for key, sentences in zip(keys, self._index.find(table, columns, keys), strict=True)
        ]
