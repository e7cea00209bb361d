"""The corpus's mentions of people, places, organisations and groups, with one name over all documents."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from scripts.entities.evidence import fold
from scripts.entities.linking import links

KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation", "NORP": "group"}


def in_quotes(mentions: pd.DataFrame, quotes: pd.DataFrame) -> np.ndarray:
    """For each mention the number of the first attribution whose content holds it, -1 where there is none."""
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for doc_id, quote, content in zip(quotes["doc_id"], quotes["quote"], quotes["content_spans"], strict=True):
        spans.setdefault(doc_id, []).extend((int(start), int(end), quote) for start, end in content)
    found = []
    for doc_id, start, end in zip(*(mentions[column].tolist() for column in ("doc_id", "start", "end")), strict=True):
        holding = [quote for first, last, quote in spans.get(doc_id, ()) if first <= start and end <= last]
        found.append(min(holding, default=-1))
    return np.array(found, int)


def linked(
    entities: pd.DataFrame, quotes: pd.DataFrame, sentences: pd.DataFrame, *, aliases: Mapping[str, Any], metonyms: bool
) -> pd.DataFrame:
    """The mentions (rows of table entities) of the reader's kinds, in the order of the text, with further columns.

    `kind` (a value of `KINDS`), `name` (over all documents), `paragraph`, and `quote`: the attribution in whose content
    the mention stands, or -1. `aliases` and `metonyms` are the settings of that name.
    """
    mentions = entities[
        entities["label"].isin([label for label in entities["label"].unique() if fold(label) in KINDS])
    ].sort_values(["doc_id", "mention"], ignore_index=True)
    fields = ["doc_id", "text", "label", "entity"]
    rows = [
        dict(zip(fields, row, strict=True)) for row in zip(*(mentions[field].tolist() for field in fields), strict=True)
    ]
    kinds, names = links(rows, **aliases, metonyms=metonyms)
    mentions = mentions.merge(sentences[["doc_id", "sentence", "paragraph"]], on=["doc_id", "sentence"], how="left")
    return mentions.assign(kind=[KINDS[kind] for kind in kinds], name=names, quote=in_quotes(mentions, quotes))
