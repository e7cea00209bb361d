"""The corpus that the framing statistics count: documents with their groups, their sentences, and the frame cues."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import index_positions
from scripts.core.stand_ins import ALL
from scripts.core.tables import read_analysed
from scripts.framing.cells import pair_counts
from scripts.framing.schemes import Scheme
from scripts.maths.bootstrap import Weights

FrameCounts = NDArray[np.integer[Any]]  # of the smallest type that holds the counts, so a product may overflow it


class FrameCues(NamedTuple):
    """The cues of frames in a range of documents, which is sorted by doc_id.

    Documents, frames (in the order of the schemes) and sentences (of all the documents together) are numbered from 0;
    `document_of` is the document of each sentence. `cues` has the columns sentence and frame (numbers), term and
    speaker. `present` is True where a frame (row) has a cue in a sentence (column). `sentences` counts, by document
    (row) and frame (column), the sentences with a cue, and `hits` the cues themselves.
    """

    document_of: NDArray[np.intp]
    cues: pd.DataFrame
    present: NDArray[np.bool_]
    sentences: FrameCounts
    hits: FrameCounts


class FrameCorpus(NamedTuple):
    """All documents, sorted by doc_id, and all frames, in the order of the schemes; both are numbered from 0.

    `documents` has doc_id, date, group, n_sentences, n_words; `frames` has scheme and frame. `sentences` and `hits` are
    as in `FrameCues`; `weights` is how often each document (row) is in each bootstrap sample (column).
    """

    documents: pd.DataFrame
    frames: pd.DataFrame
    sentences: FrameCounts
    hits: FrameCounts
    weights: Weights


def read_frame_documents(folder: Path) -> pd.DataFrame:
    """Return doc_id, date, n_sentences, n_words and group of the analysed documents in a folder, sorted by doc_id."""
    documents, groups = (
        read_analysed(folder, name, columns).to_pandas()
        for name, columns in (("documents", ["doc_id", "date", "n_sentences", "n_words"]), ("document_groups", None))
    )
    return documents.merge(groups, on="doc_id").sort_values("doc_id", ignore_index=True)


def frames_of(schemes: Iterable[Scheme]) -> pd.DataFrame:
    """Return the columns scheme and frame, with a row for each frame of the schemes, in their order."""
    names = [(scheme.name, frame.name) for scheme in schemes for frame in scheme.frames]
    return pd.DataFrame(names, columns=["scheme", "frame"])


def code_documents(documents: pd.DataFrame, codes: pd.DataFrame, frames: pd.DataFrame) -> FrameCues:
    """Return the cues of the table frame_codes that are in `documents`, which has doc_id and n_sentences."""
    ends = documents["n_sentences"].cumsum().to_numpy()
    document_of = np.repeat(np.arange(len(documents)), documents["n_sentences"])
    document = index_positions(codes["doc_id"], pd.Index(documents["doc_id"]))
    # Each column has few distinct values, so look up those rather than every row.
    scheme, name = (index_positions(codes[column], pd.Index(frames[column].unique())) for column in ("scheme", "frame"))
    order = pd.MultiIndex.from_arrays([pd.factorize(frames[column])[0] for column in ("scheme", "frame")])
    frame = order.get_indexer(pd.MultiIndex.from_arrays([scheme, name]))
    sentence = (ends - documents["n_sentences"].to_numpy())[document] + codes["sentence"].to_numpy()
    known = (document >= 0) & (frame >= 0)
    places = {"sentence": sentence[known].astype(np.int64), "frame": frame[known].astype(np.int64)}
    cues = codes.loc[known, ["term", "speaker"]].assign(**places)
    present = np.zeros((len(frames), len(document_of)), bool)
    present[cues["frame"], cues["sentence"]] = True
    in_frame, in_sentence = np.nonzero(present)
    shape = len(documents), len(frames)
    hits = pair_counts(document_of[cues["sentence"]], cues["frame"].to_numpy(), shape)
    return FrameCues(document_of, cues, present, pair_counts(document_of[in_sentence], in_frame, shape), hits)


def groups(documents: pd.DataFrame) -> list[tuple[str, NDArray[np.intp]]]:
    """Return groups of documents as (name, document numbers): ALL first, then the named groups alphabetically."""
    codes, names = pd.factorize(documents["group"], sort=True)
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes, minlength=len(names)))[:-1])
    named = [(str(name), members[at]) for at, name in enumerate(names) if name != ""]
    return [(ALL, np.arange(len(documents))), *named]


def stacked(frames: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return the parts of a table, each with a row for every frame, one below the other.

    A column has an entry for each part: one value for the whole part, or one for each frame.
    """
    parts = len(next(iter(columns.values())))
    of_frames = {name: np.tile(frames[name].to_numpy(object), parts) for name in ("scheme", "frame")}
    of_parts = {name: np.asarray(values).reshape(parts, -1) for name, values in columns.items()}
    return pd.DataFrame(
        of_frames | {name: np.broadcast_to(values, (parts, len(frames))).ravel() for name, values in of_parts.items()}
    )
