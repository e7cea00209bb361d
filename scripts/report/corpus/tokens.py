"""Tokens of the corpus as numbers of vocabulary entries.

An entry of the vocabulary is a token with the white space before it, and its lemma; so the text of a document is the
concatenation of its entries, and a word is looked up once in the vocabulary and then as numbers.
"""

from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from scripts.core.encoded import read_encoded
from scripts.core.expressions import word_pattern
from scripts.core.storage import arrow_schema

Ints = NDArray[np.int64]
# Numbers below these take one and two bytes.
_ONE_BYTE, _TWO_BYTES = 128, 16_384
_SPACE = ord(" ")
# A word, a stop word, and a word as the tables of words count them.
_FLAG_WORD, _FLAG_STOP, _FLAG_COUNTED = 1, 2, 4


class Tokens(NamedTuple):
    """All tokens in the order of the documents, as parallel arrays: number of the document, of the sentence in the
    document, characters in the text, number of the entry in `vocabulary`."""

    document: Ints
    sentence: Ints
    start: Ints
    entry: Ints
    vocabulary: pd.DataFrame


def read_rows(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    """Return columns of a table as `read_encoded` does, without rows where there is no such table."""
    path = folder / f"{name}.parquet"
    if path.exists():
        return read_encoded(path, columns)
    return arrow_schema(name).empty_table().select(columns).to_pandas()


def tiered_order(counts: NDArray[np.integer[Any]], *keys: ArrayLike) -> Ints:
    """Return the order of texts in which the frequent ones get the short numbers, and neighbours look alike.

    Texts whose numbers take one byte come first, then those of two bytes, then the others, each by the alphabet of
    their `keys`.
    """
    columns = [np.asarray(key, str) for key in reversed(keys)]
    rank = np.empty(len(counts), np.int64)
    rank[np.lexsort((*columns, -counts))] = np.arange(len(counts))
    return np.lexsort((*columns, np.digitize(rank, [_ONE_BYTE, _TWO_BYTES])))


def _is_space(texts: list[str], document: Ints, previous: Ints, start: Ints) -> NDArray[np.bool_]:
    """Return a mask of the tokens that one space stands before, as before most of them."""
    single = start == previous + 1
    bounds = np.searchsorted(document, np.arange(len(texts) + 1))
    for text, (first, last) in zip(texts, pairwise(bounds.tolist()), strict=True):
        characters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        rows = np.flatnonzero(single[first:last]) + first
        single[rows] = characters[previous[rows]] == _SPACE
    return single


def _gaps(texts: list[str], document: Ints, start: Ints, end: Ints) -> tuple[Ints, list[str]]:
    """Return for each token the number of the white space before it, and the list of these."""
    previous = np.concatenate([[0], end[:-1]]) if len(end) else end
    new = np.ones(len(document), bool)
    np.not_equal(document[1:], document[:-1], out=new[1:])
    previous = np.where(new, 0, previous)
    numbers = {"": 0, " ": 1}
    gap = np.zeros(len(document), np.int64)
    gap[:] = _is_space(texts, document, previous, start)
    spaced = (start > previous) & (gap == 0)
    places = zip(*(each[spaced].tolist() for each in (document, previous, start)), strict=True)
    gap[spaced] = [numbers.setdefault(texts[number][first:last], len(numbers)) for number, first, last in places]
    return gap, list(numbers)


def _counted(rows: pd.DataFrame, settings: dict[str, Any]) -> NDArray[np.bool_]:
    """Return a mask of the tokens that are words by the settings in `words`: pattern, other_languages."""
    pattern = settings["pattern"]
    matches = word_pattern(pattern) if pattern is not None else None
    is_word = [matches(norm) is not None for norm in rows["norm"]] if matches else rows["is_word"]
    # Documents in another language have no lemmas.
    return np.asarray(is_word, bool) & (settings["other_languages"] | (rows["lemma"] != "").to_numpy())


def _vocabulary(rows: pd.DataFrame, spaces: list[str], counts: Ints, settings: dict[str, Any]) -> pd.DataFrame:
    """Return one row of the vocabulary for each of `rows`: a token of each kind with its `spaces` and `counts`."""
    flags = (rows["is_word"], _FLAG_WORD), (rows["is_stop"], _FLAG_STOP), (_counted(rows, settings), _FLAG_COUNTED)
    vocabulary = pd.DataFrame(
        {
            "surface": rows["text"].astype(str).to_numpy(object),
            "gap": np.array(spaces, object),
            "lemma": rows["lemma"].astype(object).fillna("").to_numpy(object),
            "norm": rows["norm"].astype(str).to_numpy(object),
            "flags": sum(np.asarray(mask, int) * flag for mask, flag in flags),
            "count": counts,
        }
    )
    vocabulary["text"] = vocabulary["gap"] + vocabulary["surface"]
    lower = vocabulary["surface"].str.lower()
    # The page makes these itself where they are the token in small letters.
    vocabulary["norm"] = vocabulary["norm"].where(vocabulary["norm"] != lower, "")
    vocabulary["lemma"] = vocabulary["lemma"].where(vocabulary["lemma"] != lower, "=")
    return vocabulary


def counted_words(vocabulary: pd.DataFrame, unit: str) -> list[str]:
    """Return the word that each row of the vocabulary is counted as; `unit` is lemma or form."""
    lower = vocabulary["surface"].str.lower()
    norm, lemma = (
        vocabulary[name].where(vocabulary[name] != same, lower) for name, same in (("norm", ""), ("lemma", "="))
    )
    words = lemma.str.lower().where(lemma != "", norm) if unit == "lemma" else norm
    return words.tolist()


def read_tokens(folder: Path, documents: pd.DataFrame, settings: dict[str, Any]) -> Tokens:
    """Return the table tokens in `folder`, of `documents` (doc_id, text), which it follows in its order.

    `settings` are those of how words are counted.
    """
    columns = ["doc_id", "sentence", "start", "end", "text", "norm", "lemma", "is_word", "is_stop"]
    rows = read_rows(folder, "tokens", columns)
    document = pd.Index(documents["doc_id"]).get_indexer(rows["doc_id"])
    start, end = rows["start"].to_numpy(np.int64), rows["end"].to_numpy(np.int64)
    gap, spaces = _gaps(documents["text"].tolist(), document, start, end)
    key = gap
    for name in ("text", "lemma"):
        encoded = rows[name].astype("category").cat
        key = key * (len(encoded.categories) + 1) + encoded.codes.to_numpy(np.int64) + 1
    first, entry, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)[1:]
    vocabulary = _vocabulary(rows.iloc[first], [spaces[number] for number in gap[first]], counts, settings)
    order = tiered_order(counts, vocabulary["text"], vocabulary["lemma"])
    place = np.empty(len(counts), np.int64)
    place[order] = np.arange(len(counts))
    return Tokens(
        document,
        rows["sentence"].to_numpy(np.int64),
        start,
        place[entry.ravel()],
        vocabulary.iloc[order].reset_index(drop=True),
    )
