"""Which sentences a number counts: lookups in the annotation tables, whole columns at a time.

The tokens of ten thousand documents are millions of rows, so no row becomes a Python object that is not shown.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

FIRST = 20
Place = tuple[str, int]
Key = tuple[str, ...]


class Found(NamedTuple):
    """The first sentences of a key, as (doc_id, sentence), and how many there are in all."""

    places: list[Place]
    total: int


NOTHING = Found([], 0)


class Index:
    """Finds the sentences of keys in the annotation tables, and remembers them.

    A key is found in `table` where `columns` have its values. A word is found among the tokens, as it was counted:
    by its lemma or, if `unit` is "form", by its form. An n-gram is found as a part of a sentence.
    """

    def __init__(self, tables: Path, unit: str) -> None:
        self._tables = tables
        self._word = "lemma" if unit == "lemma" else "norm"
        self._known: dict[tuple, Found] = {}
        self.documents = pq.read_metadata(tables / "documents.parquet").num_rows

    def find(self, table: str, columns: Key, keys: Sequence[Key]) -> list[Found]:
        """For each key, its first sentences in the order of the documents."""
        unknown = [key for key in dict.fromkeys(keys) if (table, columns, key) not in self._known]
        path = self._tables / f"{table}.parquet"
        if unknown and path.exists():
            for key, found in zip(unknown, self._read(path, columns, unknown), strict=True):
                self._known[table, columns, key] = found
        return [self._known.get((table, columns, key), NOTHING) for key in keys]

    def _read(self, path: Path, columns: Key, keys: list[Key]) -> list[Found]:
        if path.stem == "sentences":
            return _phrases(path, [" ".join(key) for key in keys])
        if path.stem == "tokens":
            columns = (self._word,)
        names = ["doc_id", *columns]
        rows = pq.read_table(path, columns=[*names, "sentence"], read_dictionary=names, partitioning=None)
        key = _key_numbers(rows, columns, keys, fold=path.stem == "tokens")
        return _first_places(rows, key, len(keys))


def _dictionary(column: pa.ChunkedArray) -> tuple[np.ndarray, list[str]]:
    encoded = column.combine_chunks()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()


def _key_numbers(rows: pa.Table, columns: Key, keys: list[Key], *, fold: bool) -> np.ndarray:
    """For each row the number of the key that it has, -1 if it has none of them; `fold` ignores case."""
    number, size = np.zeros(len(rows), np.int64), 1
    wanted = np.zeros(len(keys), np.int64)
    for at, column in enumerate(columns):
        values = {value: place for place, value in enumerate(dict.fromkeys(key[at] for key in keys))}
        indices, names = _dictionary(rows[column])
        places = np.array([*(values.get(name.lower() if fold else name, -1) for name in names), -1], np.int64)[indices]
        number = np.where((number < 0) | (places < 0), -1, number * len(values) + places)
        wanted = wanted * len(values) + np.array([values[key[at]] for key in keys])
        size *= len(values)
    of_number = np.full(size + 1, -1)
    of_number[wanted] = np.arange(len(keys))
    return of_number[number]


def _first_places(rows: pa.Table, key: np.ndarray, n_keys: int) -> list[Found]:
    """The first distinct sentences of each key, and how many it has."""
    at = np.flatnonzero(key >= 0)
    indices, names = _dictionary(rows["doc_id"])
    rank = np.argsort(np.argsort(np.array(names, object))) if names else np.array([], np.int64)
    key, document, sentence = key[at], rank[indices[at]], rows["sentence"].take(pa.array(at)).to_numpy()
    order = np.lexsort((sentence, document, key))
    key, document, sentence = key[order], document[order], sentence[order]
    new = np.ones(len(key), bool)
    new[1:] = (np.diff(key) != 0) | (np.diff(document) != 0) | (np.diff(sentence) != 0)
    key, document, sentence = key[new], document[new], sentence[new]
    names.sort()
    bounds = np.searchsorted(key, np.arange(n_keys + 1))
    found = []
    for start, end in pairwise(bounds):
        first = slice(start, min(end, start + FIRST))
        places = [(names[d], int(s)) for d, s in zip(document[first], sentence[first], strict=True)]
        found.append(Found(places, int(end - start)))
    return found


def _phrases(path: Path, phrases: list[str]) -> list[Found]:
    sentences = pq.read_table(path, columns=["doc_id", "sentence", "text"], partitioning=None)
    lower = pc.utf8_lower(sentences["text"])
    found = []
    for phrase in phrases:
        rows = sentences.select(["doc_id", "sentence"]).filter(pc.match_substring(lower, phrase))
        first = rows.slice(0, FIRST)
        places = list(zip(first["doc_id"].to_pylist(), first["sentence"].to_pylist(), strict=True))
        found.append(Found(places, len(rows)))
    return found
