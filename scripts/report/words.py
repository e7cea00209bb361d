"""Sentences with a word: all, only those of a group of documents, or only those with another word near it.

The tokens are read once, as numbers: those of ten thousand documents are millions of rows.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.expressions import word_pattern
from scripts.core.storage import read_parquet, read_without_texts
from scripts.documents.groups import group_values
from scripts.words.comparisons import CORPUS

# The sides of a comparison: a group of documents, and what it is compared with.
TARGET, REFERENCE = "target", "reference"
Key = tuple[str, ...]
Ints = np.ndarray
# A column as the number of each row's value, -1 for none, and the values.
Numbered = tuple[Ints, list[str]]


class Sentences(NamedTuple):
    """Sentences in order, as parallel arrays: number of the document (of `Tokens.documents`), number within it."""

    document: Ints
    sentence: Ints


class Tokens:
    """The tokens of the corpus, to look up words as they were counted: by lemma, or by form if `unit` is "form".

    `settings` are those in `words` of the configuration: unit, pattern, window.
    """

    def __init__(self, tables: Path, settings: dict[str, Any]) -> None:
        path = tables / "tokens.parquet"
        rows = read_parquet(path, ["doc_id", "sentence"], dictionaries=["doc_id"])
        document, self.documents = numbered(rows["doc_id"])
        sentence = rows["sentence"].to_numpy()
        # The rows with which sentences begin: of millions, these are kept.
        self._first = np.flatnonzero(_changes(document) | _changes(sentence))
        self._document, self._sentence = document[self._first], sentence[self._first]
        del rows, document, sentence
        column = "lemma" if settings["unit"] == "lemma" else "norm"
        names = list(dict.fromkeys([column, *(["norm"] if settings["pattern"] else [])]))
        rows = read_parquet(path, [*names, "is_word"], dictionaries=names)
        self._tables, self._window = tables, settings["window"]
        self._code, words = numbered(rows[column])
        folded: dict[str, list[int]] = {}
        for code, word in enumerate(words):
            folded.setdefault(word.lower(), []).append(code)
        self._codes = folded
        self._is_word = rows["is_word"].to_numpy()
        if settings["pattern"]:
            form, forms = numbered(rows["norm"])
            matches = word_pattern(settings["pattern"])
            self._is_word = np.array([matches(name) is not None for name in forms], bool)[form]
        self._size = len(words)
        self._groups: dict[str, Ints] = {}

    def _rows(self, words: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the rows that have one of `words`, and the place of each row's word in `words`."""
        of_code = np.full(self._size + 1, -1)
        for place, word in enumerate(words):
            of_code[self._codes.get(word, [])] = place
        rows = np.flatnonzero((of_code >= 0)[self._code])
        return rows, of_code[self._code[rows]]

    def _by_word(self, words: Sequence[str]) -> list[Ints]:
        """Return for each word the rows that have it."""
        rows, place = self._rows(words)
        order = np.argsort(place, kind="stable")
        return np.split(rows[order], np.searchsorted(place[order], np.arange(1, len(words))))

    def _within(self, rows: Ints) -> Ints:
        """Return the sentence of each row, as its number in the corpus."""
        return np.searchsorted(self._first, rows, side="right") - 1

    def _sentences(self, numbers: Ints) -> Sentences:
        distinct = numbers[_changes(numbers)]
        return Sentences(self._document[distinct], self._sentence[distinct])

    def having(self, keys: Sequence[Key]) -> list[Sentences]:
        """Return for each (word,) the sentences that have it."""
        return [self._sentences(self._within(rows)) for rows in self._by_word([word for (word,) in keys])]

    def in_group(self, keys: Sequence[Key]) -> list[Sentences]:
        """Return for each (word, column, group, side) the sentences that have the word in the documents of the group.

        The groups are those that the column makes, as in table keyness; `side` is TARGET, or REFERENCE for
        all other documents of the column's groups.
        """
        words = list(dict.fromkeys(key[0] for key in keys))
        having = dict(zip(words, map(self._within, self._by_word(words)), strict=True))
        sentences = []
        for word, column, group, side in keys:
            groups = self._values(column)
            inside = (groups != group) & (groups != "") if side == REFERENCE else groups == group
            there = having[word]
            sentences.append(self._sentences(there[inside[self._document[there]]]))
        return sentences

    def _values(self, column: str) -> Ints:
        """Return the group of each document, "" for none; all are one group when compared with other articles."""
        if column not in self._groups:
            documents = read_without_texts(self._tables / "documents.parquet")
            at = pc.index_in(pa.array(self.documents, pa.string()), documents["doc_id"].combine_chunks())
            values = [CORPUS] * len(at) if column == "corpus" else group_values(documents.take(at), column)
            self._groups[column] = np.array(values, object)
        return self._groups[column]

    def near(self, keys: Sequence[Key]) -> list[Sentences]:
        """Return for each (word1, word2) the sentences in which they stand at most `window` words apart."""
        place = np.cumsum(self._is_word, dtype=np.int32) - 1
        words = list(dict.fromkeys(word for key in keys for word in key))
        rows = {word: there[self._is_word[there]] for word, there in zip(words, self._by_word(words), strict=True)}
        sentences = []
        for word1, word2 in keys:
            first, second = rows[word1], rows[word2]
            at, others = place[first], place[second]
            within, other_within = self._within(first), self._within(second)
            left, right = (
                np.searchsorted(others, at - self._window),
                np.searchsorted(others, at + self._window, "right"),
            )
            near = np.zeros(len(first), bool)
            # Of the others within reach, those in the same sentence; there are few.
            for step in range(int((right - left).max(initial=0))):
                candidate = np.minimum(left + step, len(second) - 1)
                near |= (left + step < right) & (second[candidate] != first) & (other_within[candidate] == within)
            sentences.append(self._sentences(within[near]))
        return sentences


def _changes(values: Ints) -> np.ndarray:
    """Return a mask that is True for the first value and where a value differs from its predecessor."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def numbered(column: pa.ChunkedArray) -> Numbered:
    """Return a dictionary column as the number of each row's value (-1 for none), and the values."""
    encoded = column.combine_chunks()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()
