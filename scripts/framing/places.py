"""The sentences that each speaker voices, and the sentences that mention each actor by name."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from scripts.core.encoded import index_positions
from scripts.core.stand_ins import NARRATOR
from scripts.core.statements import span_ends
from scripts.maths.tuples import distinct, ranges

ACTORS = ("PERSON", "ORG", "GPE", "NORP")
_SPANS = pa.list_(pa.list_(pa.int64()))


class NamePlaces(NamedTuple):
    """Distinct pairs of a name and a sentence that a speaker of that name voiced, or in which the name is mentioned.

    `voiced` and `mentioned` have the columns name (a position in `names`) and sentence (a row of the table sentences).
    """

    names: pd.Index
    voiced: pd.DataFrame
    mentioned: pd.DataFrame


def places(sentences: pd.DataFrame, quotes: pd.DataFrame, entities: pd.DataFrame) -> NamePlaces:
    """Return the sentences that each speaker voices and that mention each actor, from three tables.

    A speaker voices a sentence if it overlaps the content of an attribution to that speaker; a sentence that no
    attribution overlaps is the narrator's. `sentences` must be sorted by document and sentence; `names` is sorted.
    """
    document = first_rows(sentences, sentences["doc_id"])
    quote, spoken = _overlapping(sentences, document, first_rows(sentences, quotes["doc_id"]), quotes["content_spans"])
    reached = np.zeros(len(sentences), bool)
    reached[spoken] = True
    narrated = np.flatnonzero(~reached)
    actors = entities[entities["label"].isin(ACTORS)]
    names = pd.Index(sorted({NARRATOR, *quotes["speaker"].dropna().unique(), *actors["entity"].unique()} - {""}))
    narrator = np.full(len(narrated), names.get_loc(NARRATOR))
    speaker = np.append(index_positions(quotes["speaker"], names)[quote], narrator)
    voiced = _distinct(speaker, np.append(spoken, narrated), len(sentences))
    naming = first_rows(sentences, actors["doc_id"]) + actors["sentence"].to_numpy(int)
    return NamePlaces(names, voiced, _distinct(index_positions(actors["entity"], names), naming, len(sentences)))


def first_rows(sentences: pd.DataFrame, doc_ids: pd.Series) -> NDArray[np.intp]:
    """Return the row of table sentences at which each document begins. Raises KeyError for one without sentences."""
    first = np.flatnonzero(~sentences["doc_id"].duplicated())
    document = index_positions(doc_ids, pd.Index(sentences["doc_id"].iloc[first].astype(str)))
    if (document < 0).any():
        raise KeyError(f"no sentences of document {doc_ids.iloc[int(np.argmin(document))]}")
    return first[document]


def _distinct(name: NDArray[np.intp], sentence: NDArray[np.intp], sentences: int) -> pd.DataFrame:
    """Return the distinct pairs of name and sentence, sorted, without unknown names (-1)."""
    known = name >= 0
    name, sentence = np.divmod(distinct(name[known] * sentences + sentence[known]), max(1, sentences))
    return pd.DataFrame({"name": name, "sentence": sentence})


def _overlapping(
    sentences: pd.DataFrame, document: NDArray[np.intp], of_quote: NDArray[np.intp], spans: pd.Series
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs (row of quotes, row of sentences) where a span of the quote's content overlaps the sentence."""
    # Goes through a table, since pa.array returns one array or a chunked one, depending on how the rows were read.
    quote, start, end = span_ends(pa.table({"spans": spans})["spans"].cast(_SPANS))
    starts, ends = sentences["start"].to_numpy(), sentences["end"].to_numpy()
    # Lay the documents end to end, each in a stretch of the same length, so that one search serves them all.
    stretch = 1 + int(max(ends.max(initial=0), end.max(initial=0)))
    offset = of_quote[quote] * stretch
    first = np.searchsorted(document * stretch + ends, offset + start, side="right")
    last = np.searchsorted(document * stretch + starts, offset + end, side="left")
    n = np.maximum(last - first, 0)
    return np.repeat(quote, n), ranges(first, n)
