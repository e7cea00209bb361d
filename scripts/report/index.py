"""Sentences behind a number: lookups in the annotation tables, whole columns at a time.

There may be millions of rows, so none becomes a Python object that is not shown.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.statements import ATTITUDE
from scripts.core.storage import read_parquet
from scripts.entities.corpus_names import Names, read_names
from scripts.quotes.silence import NO_COMMENT
from scripts.report.source_lists import counted_rows, sentences_of
from scripts.report.words import Key, Numbered, Sentences, WordIndex, numbered

FIRST = 20
Place = tuple[str, int]
# Names under which the tokens are looked up in other ways than by one word.
IN_GROUP, NEAR = "tokens of a group", "tokens near each other"
# How words are looked up under each of these names: a method of WordIndex.
_WORDS = {"tokens": "having", "sentences": "sequences", IN_GROUP: "in_group", NEAR: "near"}


class SentenceList(NamedTuple):
    """The first sentences of a key, as (doc_id, sentence), and how many there are in all."""

    places: list[Place]
    total: int


NOTHING = SentenceList([], 0)


class Index:
    """Finds the sentences of keys in the annotation tables, and remembers them.

    A key is found in `table` where `columns` have their values; a speaker is found by the name over all documents. A
    word ("tokens") or n-gram ("sentences") is found as it was counted by the settings in `words`; `IN_GROUP` and `NEAR`
    have keys as `WordIndex.in_group` and `WordIndex.near`, "quote_sources" as `sentences_of`.
    """

    def __init__(self, tables: Path, words: dict[str, Any]) -> None:
        self._tables, self._words = tables, words
        self._known: dict[tuple, SentenceList] = {}
        self._columns: dict[tuple[str, str], Numbered] = {}
        documents = read_parquet(tables / "documents.parquet", ["doc_id", "title"])
        self.documents = documents.num_rows
        self.titles = dict(zip(*(documents[name].to_pylist() for name in ("doc_id", "title")), strict=True))
        mentions = tables / "entity_mentions.parquet"
        self.names: Names = read_names(mentions) if mentions.exists() else {}

    def find(self, table: str, columns: Key, keys: Sequence[Key]) -> list[SentenceList]:
        """Return for each key its first sentences, in the order of the documents."""
        unknown = [key for key in dict.fromkeys(keys) if (table, columns, key) not in self._known]
        # The documents whose words were counted are those of readability.
        file = "readability" if table in _WORDS else table
        if unknown and (self._tables / f"{file}.parquet").exists():
            for key, sentences in zip(unknown, self._read(table, columns, unknown), strict=True):
                self._known[table, columns, key] = sentences
        return [self._known.get((table, columns, key), NOTHING) for key in keys]

    @cached_property
    def _word_index(self) -> WordIndex:
        return WordIndex(self._tables, self._words)

    @cached_property
    def _sources(self) -> pd.DataFrame:
        return counted_rows(self._tables)

    def _read(self, table: str, columns: Key, keys: list[Key]) -> list[SentenceList]:
        """Return the sentences of keys that were not looked up before."""
        path = self._tables / f"{table}.parquet"
        if table == "quote_sources":
            lists = (sentences_of(self._sources, columns, key) for key in keys)
            return [SentenceList(places[:FIRST], len(places)) for places in lists]
        if table in _WORDS:
            return [self._first(sentences) for sentences in getattr(self._word_index, _WORDS[table])(keys)]
        key = _key_numbers([self._column(table, column) for column in columns], keys)
        if table == "quotes":
            kinds, names = self._column(table, "type")
            # A refusal to speak is no statement, nor is an attitude.
            key = np.where(np.array([*(name in (NO_COMMENT, ATTITUDE) for name in names), False])[kinds], -1, key)
        sentence = read_parquet(path, ["sentence"])["sentence"]
        return _first_places(key, self._column(table, "doc_id"), sentence, len(keys))

    def _column(self, table: str, column: str) -> Numbered:
        """Return a column as numbers of its values, read once; speakers are named as over all documents."""
        if (table, column) not in self._columns:
            path = self._tables / f"{table}.parquet"
            rows = read_parquet(path, [column], dictionaries=[column])
            values = numbered(rows[column])
            self._columns[table, column] = (
                self._renamed(table, values) if column == "speaker" and table != "quotes" else values
            )
        return self._columns[table, column]

    def _renamed(self, table: str, values: Numbered) -> Numbered:
        """Return a numbered column of speakers with the names over all documents."""
        (document, documents), (speaker, speakers) = self._column(table, "doc_id"), values
        changed = {name for _, name in self.names}
        mask = np.array([*(name in changed for name in speakers), False])[speaker]
        numbers = {name: number for number, name in enumerate(speakers)}
        new = []
        for place, number in zip(document[mask].tolist(), speaker[mask].tolist(), strict=True):
            name = self.names.get((documents[place], speakers[number]), speakers[number])
            new.append(numbers.setdefault(name, len(numbers)))
        speaker = speaker.copy()
        speaker[mask] = new
        return speaker, list(numbers)

    def _first(self, sentences: Sentences) -> SentenceList:
        names = self._word_index.documents
        first = zip(sentences.document[:FIRST].tolist(), sentences.sentence[:FIRST].tolist(), strict=True)
        return SentenceList([(names[document], sentence) for document, sentence in first], len(sentences.document))


def _key_numbers(columns: Sequence[Numbered], keys: list[Key]) -> np.ndarray:
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


def _first_places(key: np.ndarray, documents: Numbered, sentences: pa.ChunkedArray, n_keys: int) -> list[SentenceList]:
    """Return the first distinct sentences of each key and their number; `key` numbers the key of each row, or is -1."""
    at = np.flatnonzero(key >= 0)
    indices, names = documents[0], sorted(documents[1])
    ranks = {name: rank for rank, name in enumerate(names)}
    rank = np.array([ranks[name] for name in documents[1]], np.int64)
    key, document, sentence = key[at], rank[indices[at]], sentences.take(pa.array(at)).to_numpy()
    order = np.lexsort((sentence, document, key))
    key, document, sentence = key[order], document[order], sentence[order]
    new = np.ones(len(key), bool)
    new[1:] = (np.diff(key) != 0) | (np.diff(document) != 0) | (np.diff(sentence) != 0)
    key, document, sentence = key[new], document[new], sentence[new]
    bounds = np.searchsorted(key, np.arange(n_keys + 1))
    lists = []
    for start, end in pairwise(bounds):
        first = slice(start, min(end, start + FIRST))
        places = [(names[d], int(s)) for d, s in zip(document[first], sentence[first], strict=True)]
        lists.append(SentenceList(places, int(end - start)))
    return lists
