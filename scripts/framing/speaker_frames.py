"""Frames by speaker: in the sentences that a name voices, and in those about it by others (table frame_speakers)."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import numbers
from scripts.framing.corpus import Corpus
from scripts.framing.places import Places
from scripts.framing.prevalence import WILSON
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, percentiles, sums_of_cells
from scripts.maths.intervals import ENOUGH, TOO_FEW, wilson

Ints = NDArray[np.int64]
VOICED, ABOUT = "voiced", "about"
# Pairs of name and frame whose bootstrap samples are in memory at the same time (8 MB).
_BLOCK = 1_000
# Sentences of which names and cues are paired at the same time.
_SENTENCES = 200_000


def frame_speakers(data: Corpus, where: Places) -> pd.DataFrame:
    """Return the table frame_speakers: by name and frame the share of the sentences that the name voices in the frame.

    "voiced" rows count sentences that the name voices and cues inside its own attributions (the narrator's: outside all
    of them). "about" rows count sentences that mention the name and cues that others voice. Only names that voice
    something have rows, and only frames that occur with them. `where` is of the sentences of `data`.
    """
    names, documents, frames = len(where.names), len(data.documents), len(data.frames)
    named = where.mentioned[where.mentioned["name"].isin(where.voiced["name"])]
    # A name that is spoken about gets its number plus the number of names, so that one table holds both relations.
    pairs = [
        (rows["name"].to_numpy() + number * names) * documents + data.document_of[rows["sentence"]]
        for number, rows in enumerate((where.voiced, named))
    ]
    own = own_cues(data, where)
    hits = [(own["name"].to_numpy() * frames + own["frame"].to_numpy()) * documents + data.document_of[own["sentence"]]]
    hits += [names * frames * documents + about for about in _about(data, named, _distinct_cues(data, where))]
    table = _shares(np.concatenate(hits), np.concatenate(pairs), frames, data.weights)
    about, name = np.divmod(table["name"].to_numpy(), names)
    frame, scheme = table["frame"].to_numpy(), pd.factorize(data.frames["scheme"])[0]
    alphabetical = data.frames["frame"].rank().to_numpy()
    order = np.lexsort((alphabetical[frame], -table["n"], about, name, scheme[frame]))
    table = table.assign(
        scheme=data.frames["scheme"].array[frame],
        name=where.names.take(name),
        relation=pd.Categorical.from_codes(about, pd.Index([VOICED, ABOUT])),
        frame=data.frames["frame"].array[frame],
    )
    return table.iloc[order].reset_index(drop=True)


def _about(data: Corpus, named: pd.DataFrame, cues: pd.DataFrame) -> Iterator[Ints]:
    """Yield, some sentences at a time, name, frame and document as one number, of the sentences that name somebody and
    have a cue that another voices."""
    frames, documents, of_document = len(data.frames), len(data.documents), data.document_of
    named = named.sort_values("sentence", kind="stable")
    edges = [
        np.searchsorted(rows["sentence"], range(0, len(of_document) + _SENTENCES, _SENTENCES)) for rows in (named, cues)
    ]
    for (name, last_name), (cue, last_cue) in zip(*map(pairwise, edges), strict=True):
        spoken = cues.iloc[cue:last_cue].rename(columns={"name": "speaker"})
        both = named.iloc[name:last_name].merge(spoken, on="sentence")
        both = both[both["speaker"] != both["name"]]
        key = (both["name"] * frames + both["frame"]) * len(of_document) + both["sentence"]
        cell, sentence = np.divmod(np.unique(key), len(of_document))
        yield cell * documents + of_document[sentence]


def own_cues(data: Corpus, where: Places) -> pd.DataFrame:
    """Return name, sentence and frame, all by number, of the frames that names voice in sentences of their own."""
    cues, sentences = _distinct_cues(data, where), len(data.document_of)
    voiced = where.voiced["name"].to_numpy() * sentences + where.voiced["sentence"].to_numpy()
    key = cues["name"].to_numpy() * sentences + cues["sentence"].to_numpy()
    return cues[np.isin(key, voiced)]


def _distinct_cues(data: Corpus, where: Places) -> pd.DataFrame:
    """Return the distinct sentences, frames and speakers of cues (-1: nobody), all by number, sorted."""
    name = numbers(data.cues["speaker"], where.names) + 1
    frames, names = len(data.frames), len(where.names) + 1
    sentence_and_frame = data.cues["sentence"].to_numpy(np.int64) * frames + data.cues["frame"].to_numpy()
    rest, name = np.divmod(np.unique(sentence_and_frame * names + name), names)
    sentence, frame = np.divmod(rest, frames)
    return pd.DataFrame({"sentence": sentence, "frame": frame, "name": name - 1})


def _shares(hits: Ints, pairs: Ints, frames: int, weights: Weights) -> pd.DataFrame:
    """Return n, total, share and interval by name and frame: of the sentences of a name, those with the frame.

    Each number of `pairs` is a sentence of a name in a document, (name * documents + document), each of `hits` one with
    a frame, of so many `frames`, ((name * frames + frame) * documents + document); `weights` are those of the
    documents. The interval is NaN with fewer than ENOUGH documents of the name.
    """
    documents = len(weights)
    # A pair is a name in a document, a cell a frame of a name in a document, a row of the table a frame of a name: a
    # sort puts the pairs and cells of a name in a row, by document.
    pair, in_pair = np.unique(pairs, return_counts=True)
    name, first_pair, size = np.unique(pair // documents, return_index=True, return_counts=True)
    cell, in_cell = np.unique(hits, return_counts=True)
    row, first_cell, cells = np.unique(cell // documents, return_index=True, return_counts=True)
    at = np.searchsorted(name, row // frames)
    n, total = np.add.reduceat(in_cell, first_cell), np.add.reduceat(in_pair, first_pair)[at]
    enough = size[at] >= ENOUGH
    lo, hi = (np.where(enough, end, np.nan) for end in wilson(n, total))
    drawn = np.flatnonzero(enough & (n < total))
    of_row = np.column_stack([first_cell, first_cell + cells])
    of_name = np.column_stack([first_pair, first_pair + size])
    for part in np.split(drawn, range(_BLOCK, len(drawn), _BLOCK)):
        spoken, place = np.unique(at[part], return_inverse=True)
        own = sums_of_cells(weights, in_cell, cell % documents, of_row[part])
        every = sums_of_cells(weights, in_pair, pair % documents, of_name[spoken])
        lo[part], hi[part] = percentiles(ratio(own, every[place]))
    columns = {
        "name": row // frames,
        "frame": row % frames,
        "n": n,
        "n_sentences": total,
        "n_documents": size[at],
        "estimate": n / total,
        "lo": lo,
        "hi": hi,
        "method": pd.Categorical.from_codes(
            enough.astype(int) + (enough & (n < total)), pd.Index([TOO_FEW, WILSON, OVER_DOCUMENTS])
        ),
    }
    return pd.DataFrame(columns)
