"""Mentions of people, places, organisations and groups in the corpus, with one name over all documents."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scripts.entities.kinds import READER_KINDS, fold
from scripts.entities.linking import links
from scripts.maths.tuples import ranges


def content_spans(quotes: pa.Table) -> pd.DataFrame:
    """Return the spans of content of the attributions (table quotes): doc_id, quote, start, end; a row each."""
    pieces = quotes["content_spans"].combine_chunks()
    starts, ends = pc.list_flatten(pc.list_flatten(pieces)).to_numpy().reshape(-1, 2).T
    rows = quotes.select(["doc_id", "quote"]).take(pc.list_parent_indices(pieces)).to_pandas()
    return rows.assign(start=starts, end=ends)


def in_quotes(mentions: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Return for each mention the number of the first attribution whose content holds it, -1 where there is none.

    `spans` are of `content_spans`.
    """
    # Documents are laid end to end, each in a stretch as long as the longest, so that one search does for all.
    document, doc_ids = pd.factorize(mentions["doc_id"])
    stretch = 1 + int(max(mentions["end"].max(), spans["end"].max())) if len(mentions) and len(spans) else 1
    start, end = (document * stretch + mentions[side].to_numpy() for side in ("start", "end"))
    within = pd.Index(doc_ids).get_indexer(spans["doc_id"]) * stretch
    first, last = (within + spans[side].to_numpy() for side in ("start", "end"))
    order = np.argsort(start)
    begin, stop = np.searchsorted(start[order], [first, last])
    n = np.maximum(stop - begin, 0)
    piece = np.repeat(np.arange(len(spans)), n)
    mention = order[ranges(begin, n)]
    inside = end[mention] <= last[piece]
    none = np.iinfo(int).max
    quote = np.full(len(mentions), none)
    np.minimum.at(quote, mention[inside], spans["quote"].to_numpy()[piece[inside]])
    return np.where(quote == none, -1, quote)


def _kept_apart(
    mentions: pd.DataFrame, names: "pd.Categorical[str]", apart_in: Iterable[tuple[str, str, str]]
) -> "pd.Categorical[str]":
    """Return names over all documents without the links that a reader undid in a document.

    `apart_in` has the place of each such decision, which stands in `corrected_by` of the mentions, and two names.
    """
    written = pd.Series(names.astype(object))
    places = "; " + mentions["corrected_by"].astype(object) + "; "
    entity = mentions["entity"].astype(object)
    for place, old, new in apart_in:
        others = {new, *written[entity == new]} - {old}
        mine = places.str.contains(f"; {place}; ", regex=False) & (entity == old) & written.isin(others)
        written[mine] = old
    return pd.Categorical(written)


def link_mentions(
    entities: pd.DataFrame,
    spans: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    aliases: Mapping[str, Any],
    metonyms: bool,
) -> pd.DataFrame:
    """Return the mentions (rows of table entities) of the reader's kinds, in the order of the text, with more columns.

    `kind` is a value of `READER_KINDS`, `name` the name over all documents, `quote` the attribution in whose content
    the mention stands, or -1. `spans` are of `content_spans`, `documents` has doc_id, outlet and date; `aliases` and
    `metonyms` are settings, `aliases` with what a reader decided of single documents (`apart_in`). Texts may be
    encoded, doc_id with the same categories in alphabetical order in all tables.
    """
    mentions = entities[
        entities["label"].isin([label for label in entities["label"].unique() if fold(label) in READER_KINDS])
    ].sort_values(["doc_id", "mention"], ignore_index=True)
    kinds, names = links(mentions, documents, merge=aliases["merge"], apart=aliases["apart"], metonyms=metonyms)
    if apart_in := aliases.get("apart_in"):
        names = _kept_apart(mentions, names, apart_in)
    kinds = pd.Categorical(kinds.rename_categories(READER_KINDS), sorted(READER_KINDS.values()))
    mentions = mentions.merge(sentences[["doc_id", "sentence", "paragraph"]], on=["doc_id", "sentence"], how="left")
    return mentions.assign(kind=kinds, name=names, quote=in_quotes(mentions, spans))
