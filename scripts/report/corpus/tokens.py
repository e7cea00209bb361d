"""Tokens of the corpus as numbers of vocabulary entries.

An entry of the vocabulary is a token with the white space before it, and its lemma. The text of a document is therefore
the concatenation of its entries, and a search looks a word up once in the vocabulary and then compares numbers.
"""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from scripts.core.arrays import Ints
from scripts.core.boilerplate import in_boilerplate, left_out_places
from scripts.core.encoded import encoded_frame, read_encoded
from scripts.core.lexicons import left_out, stop_words
from scripts.core.schemas import arrow_schema
from scripts.core.storage import document_blocks, open_table
from scripts.report.corpus.layout import FLAGS

# Integers below these take one byte and two bytes.
_ONE_BYTE, _TWO_BYTES = 128, 16_384
_SPACE = ord(" ")
# Columns of a vocabulary entry. White space, token, lemma and `left_out` identify it; the others follow from these.
_ENTRY = ["gap", "text", "lemma", "norm", "is_word", "is_stop", "left_out"]


class Tokens(NamedTuple):
    """All tokens in the order of the documents: `position` combines the document and the token's first character
    (`position_of`), `entry` is the number of the token's entry in `vocabulary`."""

    position: Ints
    entry: Ints
    vocabulary: pd.DataFrame


def position_of(document: Ints | int, character: Ints | int = 0) -> Ints:
    """Return places in documents as single numbers that increase through the corpus."""
    return (np.asarray(document, np.int64) << 32) + character


def token_spans(position: Ints, document: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the first token of each span of characters, numbered through the corpus, and its number of tokens.

    `position` has the positions of all tokens, in order.
    """
    first = np.searchsorted(position, position_of(document, start), "right") - 1
    last = np.searchsorted(position, position_of(document, end), "left")
    return np.maximum(first, 0), np.maximum(last - first, 0)


def read_rows(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    """Return columns of a table as `read_encoded` does; no rows if there is no such table."""
    path = folder / f"{name}.parquet"
    if path.exists():
        return read_encoded(path, columns)
    return encoded_frame(arrow_schema(name).empty_table().select(columns))


def tiered_order(counts: NDArray[np.integer[Any]], *keys: ArrayLike) -> Ints:
    """Return an order of texts that gives frequent ones short numbers, and puts similar texts next to each other.

    The most frequent texts, whose numbers take one byte, come first, then those with two bytes, then the others. Each
    of the three tiers is sorted by `keys`.
    """
    columns = [np.asarray(key, str) for key in reversed(keys)]
    rank = np.argsort(np.lexsort((*columns, -counts)))
    return np.lexsort((*columns, np.digitize(rank, [_ONE_BYTE, _TWO_BYTES])))


def _is_space(texts: list[str], document: Ints, previous: Ints, start: Ints) -> NDArray[np.bool_]:
    """Return a mask of the tokens preceded by a single space, which most are."""
    single = start == previous + 1
    bounds = np.searchsorted(document, np.arange(len(texts) + 1))
    for text, (first, last) in zip(texts, pairwise(bounds.tolist()), strict=True):
        characters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        rows = np.flatnonzero(single[first:last]) + first
        single[rows] = characters[previous[rows]] == _SPACE
    return single


def _gaps(texts: list[str], document: Ints, start: Ints, end: Ints) -> tuple[Ints, list[str]]:
    """Return for each token the number of the white space before it, and the list of the distinct white spaces."""
    previous = np.zeros_like(end)
    previous[1:] = np.where(document[1:] == document[:-1], end[:-1], 0)
    numbers = {"": 0, " ": 1}
    gap = _is_space(texts, document, previous, start).astype(np.int64)
    spaced = (start > previous) & (gap == 0)
    places = zip(*(each[spaced].tolist() for each in (document, previous, start)), strict=True)
    gap[spaced] = [numbers.setdefault(texts[number][first:last], len(numbers)) for number, first, last in places]
    return gap, list(numbers)


def _vocabulary(rows: pd.DataFrame, counts: Ints, outlets: Iterable[str], settings: dict[str, Any]) -> pd.DataFrame:
    """Return the vocabulary: a row for each of `rows`, which have the columns `_ENTRY`; `counts` are their tokens."""
    # Documents in another language have no lemmas.
    counted = rows["is_word"].astype(bool) & (settings["other_languages"] | (rows["lemma"] != ""))
    masks = {"word": rows["is_word"], "stop": rows["is_stop"], "counted": counted, "left_out": rows["left_out"]}
    vocabulary = pd.DataFrame(
        {
            "surface": rows["text"].astype(str).to_numpy(object),
            "gap": rows["gap"].to_numpy(object),
            "lemma": rows["lemma"].to_numpy(object),
            "norm": rows["norm"].astype(str).to_numpy(object),
            "flags": sum(FLAGS[name] * np.asarray(mask, int) for name, mask in masks.items()),
            "count": counts,
        }
    )
    vocabulary["text"] = vocabulary["gap"] + vocabulary["surface"]
    lower = vocabulary["surface"].str.lower()
    # If they are the token in lower case, the page makes them itself.
    vocabulary["norm"] = vocabulary["norm"].where(vocabulary["norm"] != lower, "")
    vocabulary["lemma"] = vocabulary["lemma"].where(vocabulary["lemma"] != lower, "=")
    words, stop = counted_words(vocabulary, settings["unit"]), stop_words(settings)
    no_key = left_out(settings, words, outlets) - stop
    for name, listed in (("stopped", stop), ("says_nothing", no_key)):
        vocabulary["flags"] += FLAGS[name] * np.array([word in listed for word in words], int)
    return vocabulary


def word_forms(vocabulary: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the form and the lemma of each row of the vocabulary, in lower case."""
    lower = vocabulary["surface"].str.lower()
    lemma = vocabulary["lemma"].where(vocabulary["lemma"] != "=", lower).str.lower()
    return vocabulary["norm"].where(vocabulary["norm"] != "", lower), lemma


def counted_words(vocabulary: pd.DataFrame, unit: str) -> list[str]:
    """Return the word that each row of the vocabulary is counted as; `unit` is "lemma" or "form"."""
    norm, lemma = word_forms(vocabulary)
    return (lemma.where(lemma != "", norm) if unit == "lemma" else norm).tolist()


def _codes(column: pa.ChunkedArray) -> tuple[Ints, NDArray[np.object_]]:
    """Return for each row of a column of texts the number of its value, and the values; a missing one counts as ""."""
    encoded = column.combine_chunks().dictionary_encode()
    values = np.array([*encoded.dictionary.to_pylist(), ""], object)
    return encoded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False).astype(np.int64), values


def _distinct(keys: Ints) -> tuple[Ints, Ints]:
    """Return the first row of each distinct key, in ascending order of keys, and for each row the number of its key.

    >>> [rows.tolist() for rows in _distinct(np.array([7, 5, 7]))]
    [[1, 0], [1, 0, 1]]
    """
    number, values = pd.factorize(keys)  # uses a hash table, whereas NumPy would sort the keys of all rows
    first = np.empty(len(values), np.int64)
    first[number[::-1]] = np.arange(len(keys))[::-1]
    order = np.argsort(values)
    return first[order], np.argsort(order)[number]


def _read_block(
    rows: pa.Table, left_out: NDArray[np.bool_], documents: pd.DataFrame, numbers: dict[tuple[Any, ...], int]
) -> tuple[Ints, Ints]:
    """Return the position and the entry number of each token in `rows`; new entries are added to `numbers`.

    `left_out` is a mask of the tokens that nothing counts.
    """
    own, doc_ids = _codes(rows["doc_id"])
    document = pd.Index(documents["doc_id"]).get_indexer(doc_ids[:-1])
    start, end = (rows[name].to_numpy().astype(np.int64) for name in ("start", "end"))
    gap, spaces = _gaps(documents["text"].iloc[document].tolist(), own, start, end)
    columns = {name: _codes(rows[name]) for name in ("text", "lemma", "norm")}
    key = gap
    for codes, values in (columns["text"], columns["lemma"]):
        key = key * len(values) + codes
    first, entry = _distinct(2 * key + left_out)
    forms = [values[codes[first]].tolist() for codes, values in columns.values()]
    is_word, is_stop = (rows[name].to_numpy(zero_copy_only=False) for name in ("is_word", "is_stop"))
    flags = [mask[first].tolist() for mask in (is_word & ~left_out, is_stop, left_out)]
    entries = zip([spaces[number] for number in gap[first].tolist()], *forms, *flags, strict=True)
    of_entry = np.array([numbers.setdefault(each, len(numbers)) for each in entries], np.int32)
    return position_of(document[own], start), of_entry[entry]


def read_tokens(folder: Path, documents: pd.DataFrame, settings: dict[str, Any]) -> Tokens:
    """Return the table tokens in `folder` in the order of `documents` (doc_id, text, outlet).

    `settings` are those for counting words. Memory holds one row group of tokens at a time, and twelve bytes per token.
    """
    numbers: dict[tuple[Any, ...], int] = {}
    blocks: list[tuple[Ints, Ints]] = [(np.empty(0, np.int64), np.empty(0, np.int32))]
    path = folder / "tokens.parquet"
    if path.exists():
        forms = ["text", "lemma", "norm"]
        columns = ["doc_id", "sentence", "start", "end", *forms, "is_word", "is_stop"]
        tokens = document_blocks(open_table(path, dictionaries=["doc_id", *forms]), columns)
        places = left_out_places(folder)
        blocks += (_read_block(rows, in_boilerplate(rows, places).to_numpy(), documents, numbers) for rows in tokens)
    position, entry = (np.concatenate(each) for each in zip(*blocks, strict=True))
    if (position[1:] < position[:-1]).any():  # several files need not be in the order of the documents
        in_order = np.argsort(position, kind="stable")
        position, entry = position[in_order], entry[in_order]
    counts = np.bincount(entry, minlength=len(numbers))
    vocabulary = _vocabulary(
        pd.DataFrame([*numbers], columns=_ENTRY), counts, set(documents["outlet"].fillna("")), settings
    )
    order = tiered_order(counts, vocabulary["text"], vocabulary["lemma"])
    place = np.argsort(order).astype(np.int32)
    return Tokens(position, place[entry], vocabulary.iloc[order].reset_index(drop=True))
