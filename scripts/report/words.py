"""Which sentences hold a word: all of them, those of a group of documents, those with another word near it.

The tokens are read once, as numbers: those of ten thousand documents are millions of rows.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.expressions import word_pattern
from scripts.frequencies.groups import CORPUS, group_values

# The sides of a comparison: a group of documents, and what it is compared with.
TARGET, REFERENCE = "target", "reference"
Key = tuple[str, ...]
Ints = np.ndarray


class Sentences(NamedTuple):
    """Sentences in order, as parallel arrays: number of the document (of `Tokens.documents`), number within it."""

    document: Ints
    sentence: Ints


class Tokens:
    """The tokens of the corpus, to look up words as they were counted: by lemma, or by form if `unit` is "form".

    `settings` are those in `words` of the configuration: unit, pattern, window.
    """

    def __init__(self, tables: Path, settings: dict[str, Any]) -> None:
        column = "lemma" if settings["unit"] == "lemma" else "norm"
        names = ["doc_id", column, *(["norm"] if settings["pattern"] and column != "norm" else [])]
        path = tables / "tokens.parquet"
        rows = pq.read_table(path, columns=[*names, "sentence", "is_word"], read_dictionary=names, partitioning=None)
        self._tables, self._window = tables, settings["window"]
        codes, self.documents = numbered(rows["doc_id"])
        self._document = codes
        self._sentence = rows["sentence"].to_numpy()
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
        """The rows that have one of some words, and the place of that word among them."""
        of_code = np.full(self._size + 1, -1)
        for place, word in enumerate(words):
            of_code[self._codes.get(word, [])] = place
        place = of_code[self._code]
        rows = np.flatnonzero(place >= 0)
        return rows, place[rows]

    def _by_word(self, words: Sequence[str]) -> list[Ints]:
        """For each word the rows that have it."""
        rows, place = self._rows(words)
        order = np.argsort(place, kind="stable")
        return np.split(rows[order], np.searchsorted(place[order], np.arange(1, len(words))))

    def _sentences(self, rows: Ints) -> Sentences:
        document, sentence = self._document[rows], self._sentence[rows]
        new = np.ones(len(rows), bool)
        new[1:] = (document[1:] != document[:-1]) | (sentence[1:] != sentence[:-1])
        return Sentences(document[new], sentence[new])

    def having(self, keys: Sequence[Key]) -> list[Sentences]:
        """For each (word,) the sentences that have it."""
        return [self._sentences(rows) for rows in self._by_word([word for (word,) in keys])]

    def in_group(self, keys: Sequence[Key]) -> list[Sentences]:
        """For each (word, column, group, side) the sentences that have the word in the documents of the group.

        The groups are those that the column makes, as in table keyness; `side` is TARGET, or REFERENCE for
        all other documents of the column's groups.
        """
        words = list(dict.fromkeys(key[0] for key in keys))
        rows = dict(zip(words, self._by_word(words), strict=True))
        found = []
        for word, column, group, side in keys:
            groups = self._values(column)
            inside = (groups != group) & (groups != "") if side == REFERENCE else groups == group
            there = rows[word]
            found.append(self._sentences(there[inside[self._document[there]]]))
        return found

    def _values(self, column: str) -> Ints:
        """The group of each document, "" for none. All are one group when compared with a folder of other articles."""
        if column not in self._groups:
            path = self._tables / "documents.parquet"
            names = [name for name in pq.read_schema(path).names if name != "text"]
            documents = pq.read_table(path, columns=names, partitioning=None)
            at = pc.index_in(pa.array(self.documents, pa.string()), documents["doc_id"].combine_chunks())
            values = [CORPUS] * len(at) if column == "corpus" else group_values(documents.take(at), column)
            self._groups[column] = np.array(values, object)
        return self._groups[column]

    def near(self, keys: Sequence[Key]) -> list[Sentences]:
        """For each (word1, word2) the sentences in which they stand at most `window` words apart."""
        place = np.cumsum(self._is_word) - 1
        words = list(dict.fromkeys(word for key in keys for word in key))
        rows = {word: there[self._is_word[there]] for word, there in zip(words, self._by_word(words), strict=True)}
        found = []
        for one, other in keys:
            first, second = rows[one], rows[other]
            at, others = place[first], place[second]
            left, right = (
                np.searchsorted(others, at - self._window),
                np.searchsorted(others, at + self._window, "right"),
            )
            near = np.zeros(len(first), bool)
            # Of the others within reach, those in the same sentence; there are few.
            for step in range(int((right - left).max(initial=0))):
                candidate = np.minimum(left + step, len(second) - 1)
                row = second[candidate]
                near |= (
                    (left + step < right)
                    & (row != first)
                    & (self._document[row] == self._document[first])
                    & (self._sentence[row] == self._sentence[first])
                )
            found.append(self._sentences(first[near]))
        return found


def numbered(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """The values of a dictionary column as numbers, -1 for none, and what they stand for."""
    encoded = column.combine_chunks()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()
