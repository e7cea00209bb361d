"""Sentences with a word, an n-gram or two words near each other: all, or only those of a group of documents.

They are found by the positions of tokens (`words.places`), as the tables of words count them.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import read_without_texts
from scripts.documents.groups import group_values
from scripts.words.comparisons import CORPUS
from scripts.words.places import Places, ngram_places, read_text, window_places, word_places

# The sides of a comparison: a group of documents, and what it is compared with.
TARGET, REFERENCE = "target", "reference"
Key = tuple[str, ...]
Ints = np.ndarray
# A column as the number of each row's value, -1 for none, and the values.
Numbered = tuple[Ints, list[str]]


class Sentences(NamedTuple):
    """Sentences in order, as parallel arrays: number of the document (of `WordIndex.documents`), number within it."""

    document: Ints
    sentence: Ints


class WordIndex:
    """The words of the corpus by their places, as they were counted by `settings`: unit, pattern, window."""

    def __init__(self, tables: Path, settings: dict[str, Any]) -> None:
        self._tables, self._window = tables, settings["window"]
        self._text = read_text(tables, settings)
        self.documents = self._text.words.documents
        self._groups: dict[str, Ints] = {}

    def having(self, keys: Sequence[Key]) -> list[Sentences]:
        """Return for each (word,) the sentences that have it."""
        return _sentences(word_places(self._text, [word for (word,) in keys]), len(keys))

    def sequences(self, keys: Sequence[Key]) -> list[Sentences]:
        """Return for each sequence of words, in one text or several, the sentences that have it."""
        terms = [tuple(" ".join(key).split()) for key in keys]
        by_term: dict[tuple[str, ...], Sentences] = {}
        for length in sorted(set(map(len, terms))):
            distinct = [term for term in dict.fromkeys(terms) if len(term) == length]
            by_term |= zip(distinct, _sentences(ngram_places(self._text, distinct), len(distinct)), strict=True)
        return [by_term[term] for term in terms]

    def near(self, keys: Sequence[Key]) -> list[Sentences]:
        """Return for each (word1, word2) the sentences in which they stand at most `window` words apart."""
        pairs = [(first, second) for first, second in keys]
        return _sentences(window_places(self._text, pairs, window=self._window), len(keys))

    def in_group(self, keys: Sequence[Key]) -> list[Sentences]:
        """Return for each (word, column, group, side) the sentences that have the word in the documents of the group.

        The groups are those that the column makes, as in table keyness; `side` is TARGET, or REFERENCE for
        all other documents of the column's groups.
        """
        words = list(dict.fromkeys(key[0] for key in keys))
        having = dict(zip(words, self.having([(word,) for word in words]), strict=True))
        sentences = []
        for word, column, group, side in keys:
            groups = self._values(column)
            inside = (groups != group) & (groups != "") if side == REFERENCE else groups == group
            mask = inside[having[word].document]
            sentences.append(Sentences(*(values[mask] for values in having[word])))
        return sentences

    def _values(self, column: str) -> Ints:
        """Return the group of each document, "" for none; all are one group when compared with other articles."""
        if column not in self._groups:
            documents = read_without_texts(self._tables / "documents.parquet")
            at = pc.index_in(pa.array(self.documents, pa.string()), documents["doc_id"].combine_chunks())
            values = [CORPUS] * len(at) if column == "corpus" else group_values(documents.take(at), column)
            self._groups[column] = np.array(values, object)
        return self._groups[column]


def _sentences(places: Places, terms: int) -> list[Sentences]:
    """Return the distinct sentences of each of so many terms."""
    order = np.lexsort((places.sentence, places.document, places.term))
    term, document, sentence = (values[order] for values in (places.term, places.document, places.sentence))
    new = np.ones(len(term), bool)
    new[1:] = (np.diff(term) != 0) | (np.diff(document) != 0) | (np.diff(sentence) != 0)
    bounds = np.searchsorted(term[new], np.arange(terms + 1))
    return [Sentences(document[new][first:last], sentence[new][first:last]) for first, last in pairwise(bounds)]


def numbered(column: pa.ChunkedArray) -> Numbered:
    """Return a dictionary column as the number of each row's value (-1 for none), and the values."""
    encoded = column.combine_chunks()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()
