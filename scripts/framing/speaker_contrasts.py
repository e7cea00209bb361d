"""The table speaker_frames: the frames that a leading speaker voices, against those of all other speakers.

Additive: `part` counts a batch of documents, `merge` joins the parts, `finish` makes the table of the joined part.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import numbers
from scripts.framing.coding import NARRATOR
from scripts.framing.corpus import Corpus, stacked
from scripts.framing.places import Places
from scripts.framing.speaker_frames import own_cues
from scripts.maths.association import ratio
from scripts.maths.bootstrap import (
    OVER_DOCUMENTS,
    RESAMPLES,
    Weights,
    document_weights,
    percentiles,
    resampled_sums,
    sums_of_cells,
)
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, benjamini_hochberg, normal_p

Ints = NDArray[np.intp]
ALL_OR_NONE = "not estimable: one side has the frame in none or all of its sentences"


class Part(NamedTuple):
    """Sentences that speakers voice, by speaker and doc_id: `voiced` has n, `framed` a scheme, a frame and n."""

    voiced: pd.DataFrame
    framed: pd.DataFrame


def part(data: Corpus, where: Places) -> Part:
    """Return how many sentences each speaker voices in each document of a batch, and how many of them with each frame.

    `where` is of the sentences of `data`. A frame counts if it has a cue inside the speaker's own words; the narrator
    is no speaker. A sentence that two speakers voice counts for both.
    """
    doc_ids, names = data.documents["doc_id"].to_numpy(object), where.names.to_numpy(object)
    sums = []
    for rows in (where.voiced.assign(frame=0), own_cues(data, where)):
        rows = rows[rows["name"] != where.names.get_loc(NARRATOR)]
        document = rows["name"].to_numpy() * len(doc_ids) + data.document_of[rows["sentence"]]
        key, n = np.unique(document * max(1, len(data.frames)) + rows["frame"].to_numpy(), return_counts=True)
        document, frame = np.divmod(key, max(1, len(data.frames)))
        name, document = np.divmod(document, max(1, len(doc_ids)))
        sums.append(pd.DataFrame({"speaker": names[name], "doc_id": doc_ids[document], "frame": frame, "n": n}))
    voiced, framed = sums
    of_frames = {name: data.frames[name].to_numpy(object)[framed["frame"]] for name in ("scheme", "frame")}
    return Part(
        voiced[["speaker", "doc_id", "n"]], framed.assign(**of_frames)[["speaker", "doc_id", "scheme", "frame", "n"]]
    )


def merge(parts: Sequence[Part]) -> Part:
    """Return the parts of batches as one part, in the order of speaker, document and frame."""
    voiced, framed = (pd.concat(rows) for rows in zip(*parts, strict=True))
    return Part(
        voiced.sort_values(["speaker", "doc_id"], ignore_index=True),
        framed.sort_values(["speaker", "doc_id", "scheme", "frame"], ignore_index=True),
    )


def finish(merged: Part, speakers: Sequence[str], frames: pd.DataFrame, *, resamples: int = RESAMPLES) -> pd.DataFrame:
    """Return the table speaker_frames: of each of `speakers` the share of voiced sentences with each frame, and the
    others' share.

    `frames` has the columns scheme and frame, in their order. The difference has a percentile interval from drawing the
    documents in which anybody speaks, for both sides together; p is two-sided, from the difference over its bootstrap
    standard error (Efron & Tibshirani 1993, ch. 13), and q is p after Benjamini and Hochberg over the whole table. They
    are missing where a side speaks in fewer than ENOUGH documents, or has the frame in none or all of its sentences, as
    all draws would agree on it.
    """
    voiced, framed = merged
    spoken = {*voiced["speaker"]}
    names = pd.Index([name for name in speakers if name in spoken])
    if not len(names) or not len(frames):
        return pd.DataFrame()
    documents = pd.Index(sorted(voiced["doc_id"].unique()))
    order = pd.MultiIndex.from_frame(frames[["scheme", "frame"]])
    column = order.get_indexer(pd.MultiIndex.from_frame(framed[["scheme", "frame"]]))
    weights = document_weights(documents.tolist(), resamples=resamples)
    total = _counted(voiced, documents, names, np.zeros(len(voiced), np.intp), weights, columns=1)
    hits = _counted(framed, documents, names, column, weights, columns=len(order))
    n, n_sentences, n_other, n_sentences_other = hits.own, total.own, hits.others, total.others
    share, share_other = ratio(n, n_sentences), ratio(n_other, n_sentences_other)
    differences = ratio(hits.drawn, total.drawn) - ratio(hits.drawn_others, total.drawn_others)
    enough = np.minimum(total.documents, total.documents_others) >= ENOUGH
    varies = (share > 0) & (share < 1) & (share_other > 0) & (share_other < 1)
    estimable = varies & enough
    lo, hi = (np.where(estimable, end, np.nan) for end in percentiles(differences))
    error = np.full(share.shape, np.nan)
    error[estimable] = np.nanstd(differences[estimable], axis=-1, ddof=1)
    columns = {
        "speaker": names.to_numpy(object)[:, None],
        "n_documents": total.documents,
        "n_sentences": n_sentences,
        "n": n,
        "n_sentences_other": n_sentences_other,
        "n_other": n_other,
        "share": share,
        "share_other": share_other,
        "estimate": share - share_other,
        "lo": lo,
        "hi": hi,
        "p": normal_p(((share - share_other) / np.where(error > 0, error, np.nan)).ravel()).reshape(share.shape),
        "method": np.select([~enough & np.ones_like(varies), ~varies], [TOO_FEW, ALL_OR_NONE], OVER_DOCUMENTS),
    }
    table = stacked(frames, [{name: column[at] for name, column in columns.items()} for at in range(len(names))])
    table = table[table["n"] + table["n_other"] > 0].reset_index(drop=True)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


class Counted(NamedTuple):
    """Sums by name (row) and column: of the name, of all others, and in bootstrap samples; and how many documents
    have any of the name's, and of the others'."""

    own: Ints
    others: Ints
    drawn: Floats
    drawn_others: Floats
    documents: Ints
    documents_others: Ints


def _counted(
    rows: pd.DataFrame, documents: pd.Index, names: pd.Index, column: Ints, weights: Weights, *, columns: int
) -> Counted:
    """Return the sums of the counts `n` of rows by name and column; rows are one a speaker, document and column."""
    name, document, n = numbers(rows["speaker"], names), numbers(rows["doc_id"], documents), rows["n"].to_numpy()
    everybody = np.bincount(document * columns + column, n, len(documents) * columns).reshape(-1, columns)
    (drawn_all,) = resampled_sums(weights, everybody)
    is_alone = n == everybody[document, column]
    cell = name * columns + column
    order = np.argsort(cell, kind="stable")[(name < 0).sum() :]
    edges = np.searchsorted(cell[order], np.arange(len(names) * columns + 1))
    bounds = np.column_stack([edges[:-1], edges[1:]])
    own, alone, having = (
        np.bincount(cell[order], each, len(bounds)).astype(int).reshape(-1, columns)
        for each in (n[order], is_alone[order], None)
    )
    drawn = sums_of_cells(weights, n[order], document[order], bounds).reshape(*own.shape, -1)
    others, having_others = everybody.sum(axis=0).astype(int) - own, (everybody > 0).sum(axis=0) - alone
    return Counted(own, others, drawn, drawn_all - drawn, having, having_others)
