"""Whose frames: sentences that a source voices in a frame, against sentences about the same name by others."""

import numpy as np
import pandas as pd

from scripts.encoded import numbers
from scripts.framing.corpus import Corpus
from scripts.framing.places import Places, ranges
from scripts.framing.prevalence import OVER_DOCUMENTS
from scripts.intervals import percentiles, resampled_sums, wilson

VOICED, ABOUT = "voiced", "about"
_WILSON = "Wilson over sentences (one document, or none or all of them)"
# Names and frames whose bootstrap samples are held at a time: 32 MB of them.
_BLOCK = 4_000


def frame_speakers(data: Corpus, where: Places, *, resamples: int = 1000) -> pd.DataFrame:
    """The frame_speakers table: for each name and frame, in how many of the sentences that it voices it uses the frame.

    "voiced" rows count sentences that the name voices and cues inside its own attributions (the narrator's: outside all
    of them). "about" rows count sentences that mention the name and cues that others voice. Only names that voice
    something have rows, and only frames that occur with them. `where` is of the sentences of `data`.
    """
    names, sentences = len(where.names), len(data.document_of)
    cues = data.cues[["sentence", "frame"]].assign(speaker=numbers(data.cues["speaker"], where.names))
    cues = cues.drop_duplicates()
    said = where.voiced["name"].to_numpy() * sentences + where.voiced["sentence"].to_numpy()
    own = cues[(cues["speaker"] * sentences + cues["sentence"]).isin(said)].rename(columns={"speaker": "name"})
    named = where.mentioned[where.mentioned["name"].isin(where.voiced["name"])]
    others = named.merge(cues, on="sentence")
    others = others[others["speaker"] != others["name"]].drop(columns="speaker").drop_duplicates()
    # Who is spoken about has a number beyond those who speak, so that one table holds both.
    hits = pd.concat([own, others.assign(name=others["name"] + names)])
    pairs = pd.concat([where.voiced, named.assign(name=named["name"] + names)])
    hits, pairs = (
        rows.assign(document=data.document_of[rows["sentence"]]).drop(columns="sentence") for rows in (hits, pairs)
    )
    table = _shares(hits, pairs, resamples=resamples)
    about, name = np.divmod(table["name"].to_numpy(), names)
    frame, scheme = table["frame"].to_numpy(), pd.factorize(data.frames["scheme"])[0]
    in_frames = data.frames["frame"].rank().to_numpy()
    order = np.lexsort((in_frames[frame], -table["n"], about, name, scheme[frame]))
    table = table.assign(
        scheme=data.frames["scheme"].array[frame],
        name=where.names.take(name),
        relation=np.array([VOICED, ABOUT])[about],
        frame=data.frames["frame"].array[frame],
    )
    return table.iloc[order].reset_index(drop=True)


def _shares(hits: pd.DataFrame, sentences: pd.DataFrame, *, resamples: int) -> pd.DataFrame:
    """n, total, share and interval by name and frame: of the `sentences` of a name, all distinct, those in `hits`.

    The interval draws the documents of the name.
    """
    totals = sentences.groupby(["name", "document"]).size().rename("total").reset_index()
    totals["place"] = totals.groupby("name").cumcount()
    cells = hits.groupby(["name", "frame", "document"]).size().rename("n").reset_index()
    cells = cells.merge(totals[["name", "document", "place"]], how="left")
    table = cells.groupby(["name", "frame"])["n"].agg(["sum", "size"]).reset_index()
    table = table.rename(columns={"sum": "n"})
    n_cells = table.pop("size").to_numpy()
    of_name = totals.groupby("name")["total"].agg(n_sentences="sum", n_documents="size")
    table = table.join(of_name, on="name")
    n, total, size = (table[column].to_numpy() for column in ("n", "n_sentences", "n_documents"))
    lo, hi = wilson(n, total)
    drawn = (n < total) & (size > 1)
    first_cell, first_total = np.cumsum(n_cells) - n_cells, np.searchsorted(totals["name"], table["name"])
    total_of, place, n_of = totals["total"].to_numpy(), cells["place"].to_numpy(), cells["n"].to_numpy()
    # The draws depend on the number of documents alone, so that names with equally many share them.
    for documents in np.unique(size[drawn]):
        of_size = np.flatnonzero(drawn & (size == documents))
        for rows in np.array_split(of_size, -(-len(of_size) // _BLOCK)):
            mine = ranges(first_cell[rows], n_cells[rows])
            both = np.zeros((len(rows), 2, documents))
            both[np.repeat(np.arange(len(rows)), n_cells[rows]), 0, place[mine]] = n_of[mine]
            both[:, 1] = total_of[first_total[rows, None] + np.arange(documents)]
            # Names in two or three documents are often alike, byte for byte: what is alike is drawn once.
            as_bytes = both.reshape(len(rows), -1).view((np.void, both[0].nbytes)).ravel()
            _, alike, row = np.unique(as_bytes, return_index=True, return_inverse=True)
            counts, sums = both[alike].transpose(1, 2, 0)
            ends = percentiles(np.divide(*resampled_sums(counts, sums, resamples=resamples)))
            lo[rows], hi[rows] = (end[row] for end in ends)
    methods = np.where(drawn, OVER_DOCUMENTS, _WILSON)
    return table.assign(estimate=n / total, lo=lo, hi=hi, method=methods)
