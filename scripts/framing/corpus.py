"""What framing statistics count in: documents with their groups, sentences with their frames, and who says them."""

import json
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.framing.schemes import Scheme
from scripts.intervals import Floats

ALL = "(all)"


class Corpus(NamedTuple):
    """Documents in the order of doc_id, and the distinct sentences in which they have a frame.

    `documents` has doc_id, group, n_sentences, n_words; `present` has doc_id, sentence, scheme, frame; `codes` is the
    frame_codes table.
    """

    documents: pd.DataFrame
    present: pd.DataFrame
    codes: pd.DataFrame


def group_of(documents: pd.DataFrame, column: str) -> list[str]:
    """The group of each document: its value in a column of the documents table or in its metadata, else empty."""
    if not column:
        return [""] * len(documents)
    if column in documents.columns:
        return ["" if pd.isna(value) else str(value) for value in documents[column]]
    found = (json.loads(text or "{}") for text in documents["metadata"])
    return [str(metadata.get(column) or "") for metadata in found]


def make_corpus(documents: pd.DataFrame, codes: pd.DataFrame, *, group: str = "") -> Corpus:
    """Gather the tables documents and frame_codes; `group` names the column or metadata that makes groups."""
    documents = documents.sort_values("doc_id", ignore_index=True)
    documents = documents.assign(group=group_of(documents, group))[["doc_id", "group", "n_sentences", "n_words"]]
    present = codes[["doc_id", "sentence", "scheme", "frame"]].drop_duplicates(ignore_index=True)
    return Corpus(documents, present, codes)


def groups(documents: pd.DataFrame) -> list[tuple[str, np.ndarray]]:
    """Groups of documents as (name, mask): all of them, then each group that has a name, in alphabetical order."""
    names = sorted(set(documents["group"]) - {""})
    return [(ALL, np.ones(len(documents), bool)), *((name, (documents["group"] == name).to_numpy()) for name in names)]


def by_document(data: Corpus, rows: pd.DataFrame, scheme: Scheme) -> Floats:
    """How many of `rows` (with doc_id and frame) each document (row) has of each frame of a scheme (column)."""
    frames = [frame.name for frame in scheme.frames]
    counts = np.zeros((len(data.documents), len(frames)))
    at = pd.Index(data.documents["doc_id"]).get_indexer(rows["doc_id"]), pd.Index(frames).get_indexer(rows["frame"])
    np.add.at(counts, at, 1)
    return counts


def sentences_with(data: Corpus, scheme: Scheme) -> Floats:
    """Sentences that have each frame of a scheme (columns) in each document (rows)."""
    return by_document(data, data.present[data.present["scheme"] == scheme.name], scheme)
