"""The corpus's mentions of people, places, organisations and groups, with one name over all documents."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scripts.entities.evidence import fold
from scripts.entities.linking import links
from scripts.maths.tuples import ranges

KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation", "NORP": "group"}


def contents(quotes: pa.Table) -> pd.DataFrame:
    """The pieces of what is said, a row each: doc_id and quote of the attribution (table quotes), start and end."""
    pieces = quotes["content_spans"].combine_chunks()
    starts, ends = pc.list_flatten(pc.list_flatten(pieces)).to_numpy().reshape(-1, 2).T
    rows = quotes.select(["doc_id", "quote"]).take(pc.list_parent_indices(pieces)).to_pandas()
    return rows.assign(start=starts, end=ends)


def in_quotes(mentions: pd.DataFrame, said: pd.DataFrame) -> np.ndarray:
    """For each mention the number of the first attribution whose content holds it, -1 where there is none."""
    # All documents on one line, a stretch as long as the longest for each, so that one search does for all of them.
    document, doc_ids = pd.factorize(mentions["doc_id"])
    stretch = 1 + int(max(mentions["end"].max(), said["end"].max())) if len(mentions) and len(said) else 1
    start, end = (document * stretch + mentions[side].to_numpy() for side in ("start", "end"))
    within = pd.Index(doc_ids).get_indexer(said["doc_id"]) * stretch
    first, last = (within + said[side].to_numpy() for side in ("start", "end"))
    order = np.argsort(start)
    begin, stop = np.searchsorted(start[order], [first, last])
    n = np.maximum(stop - begin, 0)
    piece = np.repeat(np.arange(len(said)), n)
    mention = order[ranges(begin, n)]
    held = end[mention] <= last[piece]
    found = np.full(len(mentions), np.iinfo(int).max)
    np.minimum.at(found, mention[held], said["quote"].to_numpy()[piece[held]])
    return np.where(found == np.iinfo(int).max, -1, found)


def linked(
    entities: pd.DataFrame,
    said: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    aliases: Mapping[str, Any],
    metonyms: bool,
) -> pd.DataFrame:
    """The mentions (rows of table entities) of the reader's kinds, in the order of the text, with further columns.

    `kind` (a value of `KINDS`), `name` (over all documents), `paragraph`, and `quote`: the attribution in whose content
    the mention stands, or -1. `said` is of `contents`; `aliases` and `metonyms` are the settings of that name. Texts
    may be encoded, those of doc_id in alphabetical order and alike in both tables.
    """
    mentions = entities[
        entities["label"].isin([label for label in entities["label"].unique() if fold(label) in KINDS])
    ].sort_values(["doc_id", "mention"], ignore_index=True)
    kinds, names = links(mentions, **aliases, metonyms=metonyms)
    kinds = pd.Categorical(kinds.rename_categories(KINDS), sorted(KINDS.values()))
    mentions = mentions.merge(sentences[["doc_id", "sentence", "paragraph"]], on=["doc_id", "sentence"], how="left")
    return mentions.assign(kind=kinds, name=names, quote=in_quotes(mentions, said))
