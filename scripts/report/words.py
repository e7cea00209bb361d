"""Sentences with a word, an n-gram or two words near each other: all, or only those of a group of documents.

They are found by the positions of tokens (`words.places`), as the tables of words count them. One reading of the
tokens, a row group at a time, serves many lookups.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from scripts.core.arrays import Ints
from scripts.documents.groups import group_values, read_grouped
from scripts.words.comparisons import CORPUS
from scripts.words.places import Places, Text, ngram_places, places_of_words, text_blocks, window_places

# The sides of a comparison: a group of documents, and what it is compared with.
TARGET, REFERENCE = "target", "reference"
# How tokens are looked up: by a word; by words that follow each other, in one text or several; by a word, a way to
# group documents (a column), a group of it and the side of the comparison (TARGET: the documents of the group,
# REFERENCE: all others that are in a group), as in table keyness; by two words near each other.
WORD, SEQUENCE, IN_GROUP, NEAR = "tokens", "sentences", "tokens of a group", "tokens near each other"
Key = tuple[str, ...]
Lookup = tuple[str, Key]
# The group of each document by its doc_id, "" for none.
Groups = dict[str, str]


class Matches(NamedTuple):
    """Rows of some documents that have one of many keys, as parallel arrays: number of the key, of the document in
    `documents`, of the sentence in the document. `documents` are in order, and none is among those of other matches."""

    key: Ints
    document: Ints
    sentence: Ints
    documents: list[str]


def find_words(tables: Path, settings: dict[str, Any], lookups: Sequence[Lookup]) -> Iterator[Matches]:
    """Yield where the tokens in the folder `tables` have the words of distinct `lookups`: a kind and a key each.

    `settings` are those by which words were counted: unit, window.
    """
    numbers = {kind: _numbered(lookups, kind) for kind in (WORD, SEQUENCE, NEAR, IN_GROUP)}
    groups = {column: _groups(tables, column) for column in {key[1] for key in numbers[IN_GROUP]}}
    for text in text_blocks(tables, settings):
        matches = [
            _having(text, numbers[WORD]),
            *_sequences(text, numbers[SEQUENCE]),
            _near(text, numbers[NEAR], window=settings["window"]),
            *_in_groups(text, numbers[IN_GROUP], groups),
        ]
        key, document, sentence = (np.concatenate(each) for each in zip(*(each[:3] for each in matches), strict=True))
        yield Matches(key, document, sentence, text.words.documents)


def _numbered(lookups: Sequence[Lookup], kind: str) -> dict[Key, int]:
    """Return the number of each lookup of a kind by its key."""
    return {key: number for number, (its_kind, key) in enumerate(lookups) if its_kind == kind}


def _matches(text: Text, places: Places, numbers: Sequence[int]) -> Matches:
    """Return places of terms as matches; `numbers` are those of the terms."""
    return Matches(np.array(numbers, np.int64)[places.term], places.document, places.sentence, text.words.documents)


def _having(text: Text, numbers: dict[Key, int]) -> Matches:
    return _matches(text, places_of_words(text, [word for (word,) in numbers]), [*numbers.values()])


def _sequences(text: Text, numbers: dict[Key, int]) -> Iterator[Matches]:
    """Yield the matches of sequences, those of one length after those of another."""
    terms: dict[tuple[str, ...], list[int]] = {}
    for key, number in numbers.items():
        terms.setdefault(tuple(" ".join(key).split()), []).append(number)
    for length in sorted({*map(len, terms)}):
        chosen = [term for term in terms if len(term) == length]
        places = ngram_places(text, chosen)
        # A sequence may be in one text of a table, and in several of another.
        for at in range(max(len(terms[term]) for term in chosen)):
            has_more = np.array([len(terms[term]) > at for term in chosen])[places.term]
            rows = Places(*(values[has_more] for values in places))
            yield _matches(text, rows, [terms[term][min(at, len(terms[term]) - 1)] for term in chosen])


def _near(text: Text, numbers: dict[Key, int], *, window: int) -> Matches:
    pairs = [(first, second) for first, second in numbers]
    return _matches(text, window_places(text, pairs, window=window), [*numbers.values()])


def _in_groups(text: Text, numbers: dict[Key, int], groups: dict[str, Groups]) -> Iterator[Matches]:
    """Yield the matches of each word in the documents of its group, or of the others."""
    words = list(dict.fromkeys(key[0] for key in numbers))
    places = places_of_words(text, words)
    order = np.argsort(places.term, kind="stable")
    bounds = np.searchsorted(places.term[order], np.arange(len(words) + 1))
    having = {word: order[bounds[at] : bounds[at + 1]] for at, word in enumerate(words)}
    of_documents = {
        column: np.array([values.get(doc_id, "") for doc_id in text.words.documents], object)
        for column, values in groups.items()
    }
    for (word, column, group, side), number in numbers.items():
        values = of_documents[column]
        inside = (values != group) & (values != "") if side == REFERENCE else values == group
        rows = having[word][inside[places.document[having[word]]]]
        key = np.full(len(rows), number)
        yield Matches(key, places.document[rows], places.sentence[rows], text.words.documents)


def _groups(tables: Path, column: str) -> Groups:
    """Return the group of each document in a way to group them; all are one group when compared with other articles."""
    documents = read_grouped(tables / "documents.parquet", [column])
    doc_ids = documents["doc_id"].to_pylist()
    values = [CORPUS] * len(doc_ids) if column == "corpus" else group_values(documents, column)
    return dict(zip(doc_ids, values, strict=True))
