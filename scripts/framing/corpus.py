"""The corpus as framing statistics count it: documents with their groups, sentences, and the cues in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import numbers
from scripts.core.tables import read_analysed
from scripts.framing.schemes import Scheme
from scripts.maths.bootstrap import RESAMPLES, Weights, document_weights
from scripts.maths.intervals import Floats

ALL = "(all)"


class Corpus(NamedTuple):
    """Documents in the order of doc_id, frames in the order of their schemes, and where the frames are.

    `documents` has doc_id, group, n_sentences, n_words; `frames` has scheme and frame. Both are numbered from 0, and so
    are the sentences of all documents together; `document_of` is the document of each. `cues` has a sentence and a
    frame by number, a term and a speaker. `present` is True where a frame (row) has a cue in a sentence (column);
    `sentences` counts the sentences of a document (row) with a cue of a frame (column), `hits` the cues; `weights` is
    how often each document is in each bootstrap sample.
    """

    documents: pd.DataFrame
    frames: pd.DataFrame
    document_of: NDArray[np.intp]
    cues: pd.DataFrame
    present: NDArray[np.bool_]
    sentences: Floats
    hits: Floats
    weights: Weights


def read_documents(folder: Path) -> pd.DataFrame:
    """Return doc_id, date, n_sentences, n_words and group of the documents in which frames are sought, by doc_id.

    `folder` holds the tables documents and document_groups.
    """
    documents, groups = (
        read_analysed(folder, name, columns).to_pandas()
        for name, columns in (("documents", ["doc_id", "date", "n_sentences", "n_words"]), ("document_groups", None))
    )
    return documents.merge(groups, on="doc_id").sort_values("doc_id", ignore_index=True)


def make_corpus(
    documents: pd.DataFrame, codes: pd.DataFrame, schemes: list[Scheme], *, resamples: int = RESAMPLES
) -> Corpus:
    """Return what is counted in `documents` (as `read_documents` gives them) by the cues of the table frame_codes."""
    ends = documents["n_sentences"].cumsum().to_numpy()
    document_of = np.repeat(np.arange(len(documents)), documents["n_sentences"])
    frames = pd.DataFrame([(scheme.name, frame.name) for scheme in schemes for frame in scheme.frames])
    frames.columns = ["scheme", "frame"]
    document = numbers(codes["doc_id"], pd.Index(documents["doc_id"]))
    frame = pd.MultiIndex.from_frame(frames).get_indexer(pd.MultiIndex.from_frame(codes[["scheme", "frame"]]))
    sentence = (ends - documents["n_sentences"].to_numpy())[document] + codes["sentence"].to_numpy()
    known = (document >= 0) & (frame >= 0)
    places = {"sentence": sentence[known].astype(np.int32), "frame": frame[known].astype(np.int32)}
    cues = codes.loc[known, ["term", "speaker"]].assign(**places)
    present = np.zeros((len(frames), len(document_of)), bool)
    present[cues["frame"], cues["sentence"]] = True
    in_frame, in_sentence = np.nonzero(present)
    hits = _counts(document_of[cues["sentence"]], cues["frame"].to_numpy(np.int64), len(documents), len(frames))
    sentences = _counts(document_of[in_sentence], in_frame, len(documents), len(frames))
    weights = document_weights(documents["doc_id"].tolist(), resamples=resamples)
    return Corpus(documents, frames, document_of, cues, present, sentences, hits, weights)


def _counts(row: NDArray[np.intp], column: NDArray[np.intp], rows: int, columns: int) -> Floats:
    """Return how often each pair of a row and a column occurs, as a matrix."""
    return np.bincount(row * columns + column, minlength=rows * columns).reshape(rows, columns).astype(float)


def groups(documents: pd.DataFrame) -> list[tuple[str, np.ndarray]]:
    """Return groups of documents as (name, mask): all of them, then each named group in alphabetical order."""
    codes, names = pd.factorize(documents["group"], sort=True)
    named = [(str(name), codes == at) for at, name in enumerate(names) if name != ""]
    return [(ALL, np.ones(len(documents), bool)), *named]


def stacked(frames: pd.DataFrame, parts: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return parts of a table of all frames, one below the other.

    A part has columns of one value a frame, or a value that is the same for all. No parts make an empty table.
    """
    if not parts:
        return pd.DataFrame()
    of_frames = {name: np.tile(frames[name].to_numpy(object), len(parts)) for name in ("scheme", "frame")}
    columns = {name: [np.broadcast_to(part[name], len(frames)) for part in parts] for name in parts[0]}
    return pd.DataFrame(of_frames | {name: np.concatenate(column) for name, column in columns.items()})
