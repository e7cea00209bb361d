"""The sentences behind a number: which rows of the annotation tables it counts."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.report.markup import document_anchor, evidence_anchor, sentence_anchor

FIRST = 20
Place = tuple[str, int]
Key = tuple[str, ...]
# What a list of sentences holds, by the table that it was found in.
_TITLES = {
    "quotes": "Statements of {}",
    "entities": "Mentions of {}",
    "frame_codes": "Cues of {}",
    "tokens": "Sentences with “{}”",
    "sentences": "Sentences with “{}”",
}


class Hits(NamedTuple):
    """The list behind a number: what it counts, the first places, and how many sentences there are in all."""

    anchor: str
    title: str
    places: list[Place]
    total: int


class Index:
    """Finds the sentences of keys in the annotation tables, and remembers them.

    A key is found in `table` where `columns` have its values. A word is found among the tokens, as it was counted:
    by its lemma or, if `unit` is "form", by its form. An n-gram is found as a part of a sentence.
    """

    def __init__(self, tables: Path, unit: str) -> None:
        self._tables = tables
        self._find = {"tokens": partial(_words, column="lemma" if unit == "lemma" else "norm"), "sentences": _phrases}
        self._known: dict[tuple, list[Place]] = {}
        self.documents = pq.read_metadata(tables / "documents.parquet").num_rows

    def places(self, table: str, columns: Key, keys: Sequence[Key]) -> list[list[Place]]:
        """For each key, its sentences in the order of the documents."""
        unknown = [key for key in dict.fromkeys(keys) if (table, columns, key) not in self._known]
        path = self._tables / f"{table}.parquet"
        if unknown and path.exists():
            found = self._find.get(table, _rows)(path, columns, unknown)
            for key in unknown:
                self._known[table, columns, key] = sorted(found.get(key, ()))
        return [self._known.get((table, columns, key), []) for key in keys]


def _rows(path: Path, columns: Key, keys: list[Key]) -> dict[Key, set[Place]]:
    # One read for all keys, of only the rows that they can need.
    wanted = [(columns[0], "in", sorted({key[0] for key in keys}))]
    return _grouped(pq.read_table(path, columns=["doc_id", "sentence", *columns], filters=wanted), columns)


def _words(path: Path, _: Key, keys: list[Key], *, column: str) -> dict[Key, set[Place]]:
    tokens = pq.read_table(path, columns=["doc_id", "sentence", column])
    lower = pc.utf8_lower(tokens[column])
    tokens = tokens.set_column(2, column, lower).filter(pc.is_in(lower, pa.array([key[0] for key in keys])))
    return _grouped(tokens, (column,))


def _phrases(path: Path, _: Key, keys: list[Key]) -> dict[Key, set[Place]]:
    sentences = pq.read_table(path, columns=["doc_id", "sentence", "text"])
    lower = pc.utf8_lower(sentences["text"])
    found = {}
    for key in keys:
        rows = sentences.select(["doc_id", "sentence"]).filter(pc.match_substring(lower, " ".join(key)))
        found[key] = set(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    return found


def _grouped(rows: pa.Table, columns: Key) -> dict[Key, set[Place]]:
    found: dict[Key, set[Place]] = {}
    names = ("doc_id", "sentence", *columns)
    for doc_id, sentence, *key in zip(*(rows.column(name).to_pylist() for name in names), strict=True):
        found.setdefault(tuple(key), set()).add((doc_id, sentence))
    return found


class Evidence:
    """Collects the lists and the places that the page's numbers link to, while its tables are made."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.one_document = index.documents == 1
        self.lists: dict[str, Hits] = {}
        self.cited: dict[str, set[int]] = {}

    def cite(self, doc_id: str, sentence: int | None = None) -> str:
        """The address of a document, or of a sentence of it, which the page will then hold."""
        numbers = self.cited.setdefault(doc_id, set())
        if sentence is None:
            return "#" + document_anchor(doc_id)
        numbers.add(sentence)
        return "#" + sentence_anchor(doc_id, sentence)

    def add(self, title: str, places: Iterable[Place], *key: str) -> str:
        """The address of a list of sentences; empty if there are none."""
        places = list(places)
        if not places:
            return ""
        anchor = evidence_anchor(*key)
        self.lists.setdefault(anchor, Hits(anchor, title, places[:FIRST], len(places)))
        for place in places[:FIRST]:
            self.cite(*place)
        return "#" + anchor

    def links(self, table: str, columns: Key, keys: Sequence[Key]) -> list[str]:
        """For each key, the address of the list of sentences of `table` whose `columns` have its values."""
        found = self._index.places(table, columns, keys)
        return [
            self.add(_TITLES[table].format(" · ".join(key)), places, table, *columns, *key)
            for key, places in zip(keys, found, strict=True)
        ]
