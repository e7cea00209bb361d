"""Sentences behind a number: lookups in the annotation tables, a row group of them at a time.

There may be millions of rows, so none becomes a Python object that is not shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.statements import BOILERPLATE, NO_COMMENT
from scripts.core.storage import document_blocks, open_table, read_parquet
from scripts.report.source_lists import counted_rows, sentences_of
from scripts.report.words import IN_GROUP, NEAR, SEQUENCE, WORD, Key, Matches, find_words

FIRST = 20
Place = tuple[str, int]
# Rows of a table that are looked up: the table, its columns and their values.
Question = tuple[str, Key, Sequence[Key]]
_OF_WORDS = (WORD, SEQUENCE, IN_GROUP, NEAR)
# A column as the number of each row's value, -1 for none, and the values.
_Numbered = tuple[Ints, list[str]]


class SentenceList(NamedTuple):
    """The first sentences of a key, as (doc_id, sentence), and how many there are in all."""

    places: list[Place]
    total: int


NOTHING = SentenceList([], 0)


class Index:
    """Finds the sentences of keys in the annotation tables, and remembers them.

    A key is found in `table` where `columns` have their values. A word ("tokens") or n-gram ("sentences") is found as
    it was counted by the settings in `words`; `IN_GROUP` and `NEAR` have keys as `report.words` has them,
    "quote_sources" as `sentences_of`.
    """

    def __init__(self, tables: Path, words: dict[str, Any]) -> None:
        self._tables, self._words = tables, words
        self._known: dict[tuple[str, Key, Key], SentenceList] = {}
        documents = read_parquet(tables / "documents.parquet", ["doc_id", "title"])
        self.documents = documents.num_rows
        self.titles = dict(zip(*(documents[name].to_pylist() for name in ("doc_id", "title")), strict=True))

    def find(self, table: str, columns: Key, keys: Sequence[Key]) -> list[SentenceList]:
        """Return for each key its first sentences, in the order of the documents."""
        self.look_up([(table, columns, keys)])
        return [self._known.get((table, columns, key), NOTHING) for key in keys]

    def look_up(self, questions: Iterable[Question]) -> None:
        """Find keys and remember them, so that tables are read once for many of them."""
        words: list[tuple[str, Key, Key]] = []
        for table, columns, keys in questions:
            unknown = [key for key in dict.fromkeys(keys) if (table, columns, key) not in self._known]
            if table in _OF_WORDS:
                words += ((table, columns, key) for key in unknown)
            elif unknown and (self._tables / f"{table}.parquet").exists():
                pairs = zip(unknown, self._read(table, columns, unknown), strict=True)
                self._known |= {(table, columns, key): sentences for key, sentences in pairs}
        # The documents whose words were counted are those of readability.
        if words and (self._tables / "readability.parquet").exists():
            lookups = list(dict.fromkeys((table, key) for table, _, key in words))
            lists = _first_places(find_words(self._tables, self._words, lookups), len(lookups))
            of_lookup = dict(zip(lookups, lists, strict=True))
            self._known |= {(table, columns, key): of_lookup[table, key] for table, columns, key in words}

    @cached_property
    def _sources(self) -> pd.DataFrame:
        return counted_rows(self._tables)

    def _read(self, table: str, columns: Key, keys: list[Key]) -> list[SentenceList]:
        """Return the sentences of keys that were not looked up before."""
        if table == "quote_sources":
            lists = (sentences_of(self._sources, columns, key) for key in keys)
            return [SentenceList(places[:FIRST], len(places)) for places in lists]
        return _first_places(self._matches(table, columns, keys), len(keys))

    def _matches(self, table: str, columns: Key, keys: list[Key]) -> Iterator[Matches]:
        """Yield the rows of a table that have one of the keys."""
        texts = [name for name in {*columns, *(["type"] if table == "quotes" else [])} if name != "doc_id"]
        files = open_table(self._tables / f"{table}.parquet", dictionaries=texts)
        for rows in document_blocks(files, ["doc_id", "sentence", *texts]):
            numbered = {name: _numbered(rows[name]) for name in ("doc_id", *texts)}
            key = _key_numbers([numbered[name] for name in columns], keys)
            if table == "quotes":
                kinds, names = numbered["type"]
                # A refusal to speak is no statement, nor is boilerplate.
                key = np.where(np.array([*(n in (NO_COMMENT, BOILERPLATE) for n in names), False])[kinds], -1, key)
            at = np.flatnonzero(key >= 0)
            document, doc_ids = numbered["doc_id"]
            in_order = sorted(doc_ids)
            ranks = {doc_id: rank for rank, doc_id in enumerate(in_order)}
            rank = np.array([ranks[doc_id] for doc_id in doc_ids], np.int64)
            yield Matches(key[at], rank[document[at]], rows["sentence"].to_numpy()[at], in_order)


def _numbered(column: pa.ChunkedArray) -> _Numbered:
    """Return a column of texts as the number of each row's value (-1 for none), and the values."""
    encoded = column.combine_chunks().dictionary_encode()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()


def _key_numbers(columns: Sequence[_Numbered], keys: list[Key]) -> Ints:
    """Return for each row the number of its key, -1 if it has none of `keys`."""
    number, size = np.zeros(len(columns[0][0]), np.int64), 1
    sought = np.zeros(len(keys), np.int64)
    for at, (indices, names) in enumerate(columns):
        values = {value: place for place, value in enumerate(dict.fromkeys(key[at] for key in keys))}
        places = np.array([*(values.get(name, -1) for name in names), -1], np.int64)[indices]
        number = np.where((number < 0) | (places < 0), -1, number * len(values) + places)
        sought = sought * len(values) + np.array([values[key[at]] for key in keys])
        size *= len(values)
    of_number = np.full(size + 1, -1)
    of_number[sought] = np.arange(len(keys))
    return of_number[number]


def _first_places(blocks: Iterable[Matches], n_keys: int) -> list[SentenceList]:
    """Return the first distinct sentences of each key, and their number."""
    places: list[list[Place]] = [[] for _ in range(n_keys)]
    totals = np.zeros(n_keys, np.int64)
    for key, document, sentence, documents in blocks:
        order = np.lexsort((sentence, document, key))
        key, document, sentence = key[order], document[order], sentence[order]
        new = np.ones(len(key), bool)
        new[1:] = (np.diff(key) != 0) | (np.diff(document) != 0) | (np.diff(sentence) != 0)
        key, document, sentence = key[new], document[new], sentence[new]
        bounds = np.searchsorted(key, np.arange(n_keys + 1))
        totals += np.diff(bounds)
        for number in np.flatnonzero(np.diff(bounds)).tolist():
            first = slice(bounds[number], min(bounds[number + 1], bounds[number] + FIRST))
            pairs = zip(document[first].tolist(), sentence[first].tolist(), strict=True)
            # Blocks may come out of order, where a table has a file for each group of batches.
            places[number] = sorted([*places[number], *((documents[at], row) for at, row in pairs)])[:FIRST]
    return [SentenceList(first, total) for first, total in zip(places, totals.tolist(), strict=True)]
