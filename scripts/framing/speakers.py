"""Whose frames: sentences that a source voices in a frame, against sentences about the same name by others."""

import numpy as np
import pandas as pd

from scripts.framing.corpus import Corpus
from scripts.framing.places import Places
from scripts.framing.prevalence import OVER_DOCUMENTS
from scripts.framing.schemes import Scheme
from scripts.intervals import percentiles, resampled_sums, wilson

VOICED, ABOUT = "voiced", "about"
_WILSON = "Wilson over sentences (one document, or none or all of them)"
# Names and frames whose bootstrap samples are held at a time: 32 MB of them.
_BLOCK = 4_000


def frame_speakers(data: Corpus, schemes: list[Scheme], where: Places, *, resamples: int = 1000) -> pd.DataFrame:
    """The frame_speakers table: for each name and frame, in how many of the sentences that it voices it uses the frame.

    "voiced" rows count sentences that the name voices and cues inside its own attributions (the narrator's: outside all
    of them). "about" rows count sentences that mention the name and cues that others voice. Only names that voice
    something have rows, and only frames that occur with them.
    """
    names, documents = pd.Index(sorted(set(where.voiced["name"]))), pd.Index(data.documents["doc_id"])
    frames = pd.MultiIndex.from_tuples([(scheme.name, frame.name) for scheme in schemes for frame in scheme.frames])

    def numbered(rows: pd.DataFrame, name: str) -> pd.DataFrame:
        """Numbers in place of names and documents: joins and groups of numbers take a tenth of the time."""
        columns = {"name": names.get_indexer(rows[name]), "document": documents.get_indexer(rows["doc_id"])}
        return pd.DataFrame({**columns, "sentence": rows["sentence"].to_numpy()})

    codes = data.codes[data.codes["scheme"].isin([scheme.name for scheme in schemes])]
    of_code = pd.MultiIndex.from_frame(codes[["scheme", "frame"]])
    cues = numbered(codes, "speaker").assign(frame=frames.get_indexer(of_code)).drop_duplicates()
    said = numbered(where.voiced, "name")
    named = numbered(where.mentioned, "name")
    named = named[named["name"] >= 0]
    others = named.merge(cues.rename(columns={"name": "speaker"}), on=["document", "sentence"])
    others = others[others["speaker"] != others["name"]].drop(columns="speaker").drop_duplicates()
    parts = [
        _shares(said.merge(cues), said, resamples=resamples).assign(relation=VOICED),
        _shares(others, named, resamples=resamples).assign(relation=ABOUT),
    ]
    table = pd.concat(parts, ignore_index=True)
    order = {scheme.name: at for at, scheme in enumerate(schemes)}
    table = table.assign(name=names.to_numpy(object)[table["name"]])
    of_row = frames[table["frame"]]
    table["scheme"], table["frame"] = (of_row.get_level_values(level).to_numpy(object) for level in (0, 1))
    keys = ["order", "name", "relation", "n", "frame"]
    table = table.assign(order=table["scheme"].map(order))
    return table.sort_values(keys, ascending=[True, True, False, False, True], ignore_index=True).drop(columns="order")


def _shares(hits: pd.DataFrame, sentences: pd.DataFrame, *, resamples: int) -> pd.DataFrame:
    """n, total, share and interval by name and frame: of the `sentences` of a name, all distinct, those in `hits`.

    The interval draws the documents of the name.
    """
    totals = sentences.groupby(["name", "document"]).size().rename("total").reset_index()
    totals["place"] = totals.groupby("name").cumcount()
    cells = hits.groupby(["name", "frame", "document"]).size().rename("n").reset_index()
    cells = cells.merge(totals[["name", "document", "place"]], how="left")
    table = cells.groupby(["name", "frame"])["n"].sum().reset_index()
    of_name = totals.groupby("name")["total"].agg(n_sentences="sum", n_documents="size")
    table = table.join(of_name, on="name")
    n, total, size = (table[column].to_numpy() for column in ("n", "n_sentences", "n_documents"))
    lo, hi = wilson(n, total)
    drawn = (n < total) & (size > 1)
    # The draws depend on the number of documents alone, so that names with equally many share them.
    row, first = cells.groupby(["name", "frame"]).ngroup().to_numpy(), np.searchsorted(totals["name"], table["name"])
    for documents in np.unique(size[drawn]):
        of_size = np.flatnonzero(drawn & (size == documents))
        for rows in np.array_split(of_size, -(-len(of_size) // _BLOCK)):
            sums = totals["total"].to_numpy()[first[rows] + np.arange(documents)[:, None]]
            column = np.full(len(table), -1)
            column[rows] = np.arange(len(rows))
            mine = cells[column[row] >= 0]
            counts = np.zeros(sums.shape)
            counts[mine["place"], column[row[mine.index]]] = mine["n"]
            lo[rows], hi[rows] = percentiles(np.divide(*resampled_sums(counts, sums, resamples=resamples)))
    methods = np.where(drawn, OVER_DOCUMENTS, _WILSON)
    return table.assign(estimate=n / total, lo=lo, hi=hi, method=methods)
