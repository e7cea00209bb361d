"""Frames by speaker: in the sentences that a name voices, and in those about it by others (table frame_speakers)."""

import numpy as np
import pandas as pd

from scripts.core.encoded import numbers
from scripts.framing.corpus import Corpus
from scripts.framing.places import Places
from scripts.framing.prevalence import OVER_DOCUMENTS, WILSON
from scripts.maths.intervals import ENOUGH, TOO_FEW, percentiles, resampled_sums, wilson
from scripts.maths.tuples import ranges

VOICED, ABOUT = "voiced", "about"
# Pairs of name and frame whose bootstrap samples are in memory at the same time (32 MB).
_BLOCK = 4_000


def frame_speakers(data: Corpus, where: Places, *, resamples: int = 1000) -> pd.DataFrame:
    """Return the table frame_speakers: by name and frame the share of the sentences that the name voices in the frame.

    "voiced" rows count sentences that the name voices and cues inside its own attributions (the narrator's: outside all
    of them). "about" rows count sentences that mention the name and cues that others voice. Only names that voice
    something have rows, and only frames that occur with them. `where` is of the sentences of `data`.
    """
    names, shape = len(where.names), (len(data.frames), len(data.documents))
    cues, own = _distinct_cues(data, where), own_cues(data, where)
    named = where.mentioned[where.mentioned["name"].isin(where.voiced["name"])]
    others = named.merge(cues.rename(columns={"name": "speaker"}), on="sentence")
    others = others[others["speaker"] != others["name"]].drop(columns="speaker").drop_duplicates()
    # A name that is spoken about gets its number plus the number of names, so that one table holds both relations.
    hits = pd.concat([own, others.assign(name=others["name"] + names)])
    pairs = pd.concat([where.voiced, named.assign(name=named["name"] + names)])
    hits, pairs = (rows.assign(document=data.document_of[rows["sentence"]]) for rows in (hits, pairs))
    table = _shares(hits, pairs, shape, resamples=resamples)
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


def own_cues(data: Corpus, where: Places) -> pd.DataFrame:
    """Return name, sentence and frame, all by number, of the frames that names voice in sentences of their own."""
    cues, sentences = _distinct_cues(data, where), len(data.document_of)
    voiced = where.voiced["name"] * sentences + where.voiced["sentence"]
    return cues[(cues["name"] * sentences + cues["sentence"]).isin(voiced)]


def _distinct_cues(data: Corpus, where: Places) -> pd.DataFrame:
    """Return the distinct sentences, frames and names of the speakers of cues, all by number."""
    cues = data.cues[["sentence", "frame"]].assign(name=numbers(data.cues["speaker"], where.names))
    key = (cues["name"] * len(data.document_of) + cues["sentence"]) * len(data.frames) + cues["frame"]
    return cues[~key.duplicated()]


def _shares(hits: pd.DataFrame, sentences: pd.DataFrame, shape: tuple[int, int], *, resamples: int) -> pd.DataFrame:
    """Return n, total, share and interval by name and frame: of the `sentences` of a name, those in `hits`.

    Both have a name and a document by number, `hits` a frame; `shape` is the number of frames and of documents. The
    sentences of a name are distinct. The interval draws the documents of the name; NaN with fewer than ENOUGH.
    """
    frames, documents = shape
    # A pair is a name in a document, a cell a frame of a name in a document, a row of the table a frame of a name. Each
    # is one number, so that a sort puts the pairs and cells of a name in a row, by document.
    pair, in_pair = np.unique(sentences["name"] * documents + sentences["document"], return_counts=True)
    name, first_pair, size = np.unique(pair // documents, return_index=True, return_counts=True)
    key = (hits["name"] * frames + hits["frame"]) * documents + hits["document"]
    cell, in_cell = np.unique(key, return_counts=True)
    row, first_cell, cells = np.unique(cell // documents, return_index=True, return_counts=True)
    n, total = np.add.reduceat(in_cell, first_cell), np.add.reduceat(in_pair, first_pair)
    at = np.searchsorted(name, row // frames)
    total, size, first_pair = total[at], size[at], first_pair[at]
    pair_of = np.searchsorted(pair, cell // (frames * documents) * documents + cell % documents)
    place = pair_of - np.repeat(first_pair, cells)
    enough = size >= ENOUGH
    lo, hi = (np.where(enough, end, np.nan) for end in wilson(n, total))
    drawn = enough & (n < total)
    # The draws depend on the number of documents alone, so that names with equally many share them.
    for length in np.unique(size[drawn]):
        rows = np.flatnonzero(drawn & (size == length))
        counts = np.zeros((len(rows), 2, length))
        mine = ranges(first_cell[rows], cells[rows])
        counts[np.repeat(np.arange(len(rows)), cells[rows]), 0, place[mine]] = in_cell[mine]
        counts[:, 1] = in_pair[first_pair[rows, None] + np.arange(length)]
        # Names in few documents are often alike, byte for byte: what is alike is drawn once.
        as_bytes = counts.reshape(len(rows), -1).view((np.void, counts[0].nbytes)).ravel()
        _, alike, of_row = np.unique(as_bytes, return_index=True, return_inverse=True)
        ends = []
        for part in np.array_split(alike, -(-len(alike) // _BLOCK)):
            drawings = resampled_sums(*counts[part].transpose(1, 2, 0), resamples=resamples)
            ends.append(percentiles(np.divide(*drawings)))
        lo[rows], hi[rows] = np.hstack(ends)[:, of_row]
    columns = {
        "name": row // frames,
        "frame": row % frames,
        "n": n,
        "n_sentences": total,
        "n_documents": size,
        "estimate": n / total,
        "lo": lo,
        "hi": hi,
        "method": pd.Categorical.from_codes(enough.astype(int) + drawn, pd.Index([TOO_FEW, WILSON, OVER_DOCUMENTS])),
    }
    return pd.DataFrame(columns)
