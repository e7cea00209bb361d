"""Rows of views that no table has in this form; each function returns at most `most` rows, and how many there are."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from scripts.core.encoded import index_positions
from scripts.core.statements import BOILERPLATE, NO_COMMENT
from scripts.report.corpus.tokens import read_rows
from scripts.report.figures import selection
from scripts.report.figures.periods import count_by_period
from scripts.report.figures.selection import first_grouping, most_coded_document
from scripts.report.rows import leading_rows
from scripts.report.store import Store, schemes
from scripts.report.views import columns_read

_Rows = tuple[pd.DataFrame, int]
_WORDS = 10


def characteristic_words(store: Store, most: int) -> _Rows:
    """Return the words of each document with the highest tf-idf, in one cell with their counts (table tf_idf)."""
    rows, _ = store.first("tf_idf", most * _WORDS)
    rows = rows[rows["estimate"] > 0]
    words: dict[str, list[str]] = defaultdict(list)
    for doc_id, word, n in zip(*(rows[name].tolist() for name in ("doc_id", "word", "count")), strict=True):
        words[doc_id].append(f"{word} ({n})")
    cells = pd.DataFrame({"doc_id": [*words], "word": [*map(", ".join, words.values())]})
    return cells.head(most), store.count("documents")


def notes_by_kind(store: Store, most: int) -> _Rows:
    """Return the notes in the table problems by kind: the first note of each kind, and how many there are of it."""
    rows = store.load("problems")
    notes = rows[rows["severity"] == "note"]
    kinds = notes.drop_duplicates("code").assign(n=lambda first: first["code"].map(notes["code"].value_counts()))
    return kinds.sort_values(["n", "code"], ascending=[False, True]).head(most), len(kinds)


def rates(store: Store, most: int) -> _Rows:
    """Return rates word by word (table rates); the grouping that the figure `rates` shows comes first."""
    rows = store.load("rates")
    drawn = first_grouping(rows)["column"].head(1).tolist()
    words = {word: place for place, word in enumerate(dict.fromkeys(rows["word"]))}
    keys = pd.DataFrame({"other": ~rows["column"].isin(drawn), "word": rows["word"].map(words)}, rows.index)
    order = keys.assign(column=rows["column"], group=rows["group"]).sort_values(["other", "word", "column", "group"])
    return rows.loc[order.index[:most]], len(rows)


def key_words(store: Store, most: int) -> _Rows:
    """Return the first key words of every comparison (table keyness), those of the group with most words first.

    The room is divided equally between the ways of grouping documents.
    """
    rows = store.load("keyness")
    if rows.empty:
        return rows, 0
    rows = rows.iloc[np.lexsort((-rows["n_target"], pd.factorize(rows["column"])[0]))]
    comparison = ["column", "target", "reference"]
    groups = rows[comparison].drop_duplicates()["column"].value_counts()
    room = (most // len(groups) // groups).clip(lower=1)
    place = rows.groupby(comparison, sort=False).cumcount()
    return rows[place < rows["column"].map(room)].head(most), len(rows)


def contrasted_words(store: Store, most: int) -> _Rows:
    """Return the words that the figure `word_contrast` shows (table keyness)."""
    rows = selection.largest_contrast(store.load("keyness"), store.load("document_groups"))
    return rows.head(most), len(rows)


def concordance(store: Store, most: int) -> _Rows:
    """Return the first occurrences of each term, equally many of each as far as there is room (table concordance)."""
    terms = store.load("concordance", "term")["term"]
    each = max(1, most // max(1, terms.nunique()))
    chosen = terms.groupby(terms, sort=False).head(each).head(most)
    return store.take("concordance", chosen.index.tolist()), len(terms)


# Most rows from marks in the texts that the page shows without JavaScript; with it the page makes all of them.
_MARKS = 400


def statements(store: Store, most: int) -> _Rows:
    """Return the attributed statements, those of the most quoted speakers first, and each speaker's longest first."""
    return _statements(store, most, named=True)


def unattributed(store: Store, most: int) -> _Rows:
    """Return the statements without a known speaker, the longest first."""
    return _statements(store, most, named=False)


def _statements(store: Store, most: int, *, named: bool) -> _Rows:
    def speaker(key: tuple[str, ...]) -> tuple[str, ...] | None:
        name, kind = key  # refusals to comment have a table of their own
        return (name,) if kind not in (BOILERPLATE, NO_COMMENT) and (name != "") == named else None

    return _leading(store, "quotes", ["speaker", "type"], min(most, _MARKS), group=speaker, size="n_words")


def mentions(store: Store, most: int) -> _Rows:
    """Return the mentions of names, dates and sums, those of the most frequent entity first."""
    return _leading(store, "entities", ["entity"], min(most, _MARKS))


def cues(store: Store, most: int) -> _Rows:
    """Return the cues of frames of the first scheme, those of its most frequent frame first."""
    first = schemes(store)[:1]

    def of_first(key: tuple[str, ...]) -> tuple[str, ...] | None:
        return key if [key[0]] == first else None

    return _leading(store, "frame_codes", ["scheme", "frame"], min(most, _MARKS), group=of_first)


def _leading(store: Store, name: str, columns: list[str], most: int, **how: Any) -> _Rows:  # noqa: ANN401
    """Return the `leading_rows` of a table; no rows if there is no such table."""
    path = store.folder / f"{name}.parquet"
    if not path.exists():
        return store.load(name), 0
    numbers, total = leading_rows(path, columns, most, **how)
    return store.take(name, numbers, columns_read(name)), total


def blame(store: Store, most: int) -> _Rows:
    """Return the statements of blame, those about the most blamed target first (table blame)."""
    return _leading(store, "blame", ["target"], most)


def similar_pairs(store: Store, most: int) -> _Rows:
    """Return each pair of similar documents once, the most similar first (table similarity)."""
    rows = read_rows(store.folder, "similarity", ["doc_id", "other", "estimate"])
    rows = rows.astype({"doc_id": "category", "other": "category"})  # a table that is missing has no texts to encode
    names = rows["doc_id"].cat.categories.union(rows["other"].cat.categories)
    left, right = (index_positions(rows[name], names) for name in ("doc_id", "other"))
    rows = rows.assign(first=np.minimum(left, right), second=np.maximum(left, right))
    pairs = rows[rows["estimate"] > 0].drop_duplicates(["first", "second"])
    shown = pairs.sort_values(["estimate", "first", "second"], ascending=[False, True, True]).head(most)
    ends = {"doc_id": names.take(shown["first"].to_numpy()), "other": names.take(shown["second"].to_numpy())}
    return pd.DataFrame(ends | {"estimate": shown["estimate"].to_numpy()}), len(pairs)


def strip_codes(store: Store, most: int) -> _Rows:
    """Return the cues in the document that the figure `strip` shows (table frame_codes)."""
    codes = store.once(("codes of one document",), lambda: most_coded_document(store.folder))
    return codes.head(most), len(codes)


def documents_by_period(store: Store, most: int) -> _Rows:
    """Return the number of documents by day, month or year, as the figure `timeline` shows them."""
    documents = store.load("documents", "doc_id", "date", "n_sentences", "n_words", "duplicate_of")
    counts = count_by_period(documents["date"])
    rows = pd.DataFrame({"period": counts.index.astype(str), "published": counts.to_numpy()})
    return rows[rows["published"] > 0].head(most) if len(rows) > 1 else rows.head(0), int((counts > 0).sum())


# The functions by their names, which tables.yaml gives as `rows`.
ROWS: dict[str, Callable[[Store, int], _Rows]] = {
    function.__name__: function
    for function in (
        blame, characteristic_words, concordance, contrasted_words, cues, documents_by_period, key_words,
        mentions, notes_by_kind, rates, similar_pairs, statements, strip_codes, unattributed,
    )
}  # fmt: skip
