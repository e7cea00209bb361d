"""Frames by speaker: in the sentences that a name voices, and in those about it by others (table frame_speakers)."""

import numpy as np
import pandas as pd

from scripts.core.encoded import numbers
from scripts.framing.corpus import Corpus
from scripts.framing.places import Places
from scripts.framing.prevalence import WILSON
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, percentiles, sums_of_cells
from scripts.maths.intervals import ENOUGH, TOO_FEW, wilson

VOICED, ABOUT = "voiced", "about"
# Pairs of name and frame whose bootstrap samples are in memory at the same time (8 MB).
_BLOCK = 1_000


def frame_speakers(data: Corpus, where: Places) -> pd.DataFrame:
    """Return the table frame_speakers: by name and frame the share of the sentences that the name voices in the frame.

    "voiced" rows count sentences that the name voices and cues inside its own attributions (the narrator's: outside all
    of them). "about" rows count sentences that mention the name and cues that others voice. Only names that voice
    something have rows, and only frames that occur with them. `where` is of the sentences of `data`.
    """
    names = len(where.names)
    cues, own = _distinct_cues(data, where), own_cues(data, where)
    named = where.mentioned[where.mentioned["name"].isin(where.voiced["name"])]
    others = named.merge(cues.rename(columns={"name": "speaker"}), on="sentence")
    others = others[others["speaker"] != others["name"]].drop(columns="speaker").drop_duplicates()
    # A name that is spoken about gets its number plus the number of names, so that one table holds both relations.
    hits = pd.concat([own, others.assign(name=others["name"] + names)])
    pairs = pd.concat([where.voiced, named.assign(name=named["name"] + names)])
    hits, pairs = (rows.assign(document=data.document_of[rows["sentence"]]) for rows in (hits, pairs))
    table = _shares(hits, pairs, len(data.frames), data.weights)
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


def _shares(hits: pd.DataFrame, sentences: pd.DataFrame, frames: int, weights: Weights) -> pd.DataFrame:
    """Return n, total, share and interval by name and frame: of the `sentences` of a name, those in `hits`.

    Both have a name and a document by number, `hits` one of so many `frames`; `weights` are those of the documents. The
    sentences of a name are distinct. The interval is NaN with fewer than ENOUGH documents of the name.
    """
    documents = len(weights)
    # A pair is a name in a document, a cell a frame of a name in a document, a row of the table a frame of a name. Each
    # is one number, so that a sort puts the pairs and cells of a name in a row, by document.
    pair, in_pair = np.unique(sentences["name"] * documents + sentences["document"], return_counts=True)
    name, first_pair, size = np.unique(pair // documents, return_index=True, return_counts=True)
    key = (hits["name"] * frames + hits["frame"]) * documents + hits["document"]
    cell, in_cell = np.unique(key, return_counts=True)
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
