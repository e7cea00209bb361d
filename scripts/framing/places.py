"""The sentences that each speaker voices, and the sentences that name each actor."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.encoded import index_positions
from scripts.core.stand_ins import NARRATOR
from scripts.maths.tuples import distinct, ranges

ACTORS = ("PERSON", "ORG", "GPE", "NORP")
_SPANS = pa.list_(pa.list_(pa.int64()))


class NamePlaces(NamedTuple):
    """Distinct pairs of a name and a sentence: `voiced` by a speaker of this name, or `mentioned` in the sentence.

    Both have columns name (its position in `names`) and sentence (its row in the table sentences).
    """

    names: pd.Index
    voiced: pd.DataFrame
    mentioned: pd.DataFrame


def places(sentences: pd.DataFrame, quotes: pd.DataFrame, entities: pd.DataFrame) -> NamePlaces:
    """Return the sentences of each speaker and of each actor named, from the tables sentences, quotes and entities.

    A speaker voices a sentence that overlaps the content of an attribution to this speaker; sentences that no
    attribution overlaps are the narrator's. `sentences` is sorted by document and sentence. `names` is sorted.
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
    """Return the distinct pairs of a name (without those of -1, unknown) and a sentence, sorted."""
    known = name >= 0
    name, sentence = np.divmod(distinct(name[known] * sentences + sentence[known]), max(1, sentences))
    return pd.DataFrame({"name": name, "sentence": sentence})


def _overlapping(
    sentences: pd.DataFrame, document: NDArray[np.intp], of_quote: NDArray[np.intp], spans: pd.Series
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return pairs (row of quotes, row of sentences) where a span of the content overlaps the sentence."""
    # A table's column, since pa.array gives one array or several, as the rows were read.
    content = pa.table({"spans": spans})["spans"].cast(_SPANS).combine_chunks()
    quote = pc.list_parent_indices(content).to_numpy()
    start, end = content.flatten().flatten().to_numpy().reshape(-1, 2).T
    starts, ends = sentences["start"].to_numpy(), sentences["end"].to_numpy()
    # Offsets of all documents are laid end to end, each in a stretch of the same length, so that one search serves all.
    stretch = 1 + int(max(ends.max(initial=0), end.max(initial=0)))
    offset = of_quote[quote] * stretch
    first = np.searchsorted(document * stretch + ends, offset + start, side="right")
    last = np.searchsorted(document * stretch + starts, offset + end, side="left")
    n = np.maximum(last - first, 0)
    return np.repeat(quote, n), ranges(first, n)
