"""The sentences behind a number: which rows of the annotation tables it counts."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from scripts.report.markup import document_anchor, evidence_anchor, sentence_anchor

FIRST = 20
Place = tuple[str, int]


class Hits(NamedTuple):
    """The list behind a number: what it counts, the first places, and how many sentences there are in all."""

    anchor: str
    title: str
    places: list[Place]
    total: int


class Evidence:
    """Collects the lists that the page's numbers link to, while the tables of the page are made."""

    def __init__(self, tables: Path) -> None:
        self._tables = tables
        self.one_document = pq.read_metadata(tables / "documents.parquet").num_rows == 1
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

    def links(self, table: str, columns: Sequence[str], keys: Sequence[tuple]) -> list[str]:
        """For each key, the address of the list of sentences of `table` whose `columns` have its values."""
        path = self._tables / f"{table}.parquet"
        if not path.exists() or not keys:
            return [""] * len(keys)
        # One read for all keys, of only the rows that they can need: the tokens of a large corpus are millions.
        wanted = [(columns[0], "in", sorted({key[0] for key in keys}))]
        rows = pq.read_table(path, columns=["doc_id", "sentence", *columns], filters=wanted, memory_map=False)
        rows = rows.group_by(["doc_id", "sentence", *columns]).aggregate([])
        places: dict[tuple, list[Place]] = {}
        values = zip(*(rows.column(column).to_pylist() for column in columns), strict=True)
        pairs = zip(rows.column("doc_id").to_pylist(), rows.column("sentence").to_pylist(), strict=True)
        for key, pair in zip(values, pairs, strict=True):
            places.setdefault(key, []).append(pair)
        return [
            self.add(" · ".join(map(str, key)), sorted(places.get(key, [])), table, *columns, *map(str, key))
            for key in keys
        ]
