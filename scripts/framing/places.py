"""Where each speaker speaks and where each actor is named: the sentences behind voices, frames and valence."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.framing.coding import NARRATOR

_ACTORS = ("PERSON", "ORG", "GPE", "NORP")


class Places(NamedTuple):
    """Distinct sentences (doc_id, sentence) by name: those that a speaker voices, and those that mention the name."""

    voiced: pd.DataFrame
    mentioned: pd.DataFrame


def places(sentences: pd.DataFrame, quotes: pd.DataFrame, entities: pd.DataFrame) -> Places:
    """Where each speaker speaks and each actor is named, from the tables sentences, quotes and entities.

    A speaker voices a sentence that overlaps the content of one of the attributions to him; sentences that no
    attribution reaches are the narrator's. `sentences` is sorted by document and sentence.
    """
    quote, row = _overlapping(sentences, quotes)
    said_by = quotes["speaker"].fillna("").to_numpy(object)[quote]
    narrated = np.setdiff1d(np.arange(len(sentences)), row)
    speaker = np.concatenate([said_by, np.full(len(narrated), NARRATOR, object)])
    voiced = pd.DataFrame({"name": speaker, "row": np.concatenate([row, narrated])})
    voiced = voiced[voiced["name"] != ""].drop_duplicates().sort_values(["name", "row"], ignore_index=True)
    voiced = voiced[["name"]].join(sentences[["doc_id", "sentence"]].iloc[voiced["row"]].reset_index(drop=True))
    actors = entities[entities["label"].isin(_ACTORS)]
    mentioned = actors.rename(columns={"entity": "name"})[["name", "doc_id", "sentence"]]
    return Places(voiced, mentioned.drop_duplicates(ignore_index=True))


def _overlapping(sentences: pd.DataFrame, quotes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (row of `quotes`, row of `sentences`) where a span of the content overlaps the sentence."""
    spans = [(row, start, end) for row, content in enumerate(quotes["content_spans"]) for start, end in content]
    quote, start, end = np.array(spans, np.int64).reshape(-1, 3).T
    starts, ends = sentences["start"].to_numpy(), sentences["end"].to_numpy()
    # All documents on one line, a stretch as long as the longest for each, so that one search does for all of them.
    document, doc_ids = pd.factorize(sentences["doc_id"])
    stretch = 1 + int(max(ends.max(initial=0), end.max(initial=0)))
    offset = pd.Index(doc_ids).get_indexer(quotes["doc_id"])[quote] * stretch
    first = np.searchsorted(document * stretch + ends, offset + start, side="right")
    last = np.searchsorted(document * stretch + starts, offset + end, side="left")
    n = np.maximum(last - first, 0)
    within = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    return np.repeat(quote, n), np.repeat(first, n) + within
