"""The table speaker_frames: the frames that a leading speaker voices, against those of all other speakers.

Additive: `part` counts a batch of documents, `merge` joins the parts, `finish` makes the table of the joined part.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.encoded import numbers
from scripts.framing.coding import NARRATOR
from scripts.framing.corpus import Corpus
from scripts.framing.places import Places
from scripts.framing.speaker_frames import own_cues
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, RESAMPLES, document_weights, percentiles, resampled_sums
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, benjamini_hochberg, normal_p

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
    doc_ids = data.documents["doc_id"].to_numpy(object)
    voiced, framed = (
        rows.assign(
            speaker=where.names.to_numpy(object)[rows["name"]], doc_id=doc_ids[data.document_of[rows["sentence"]]]
        )
        for rows in (where.voiced, own_cues(data, where))
    )
    framed = framed.assign(
        **{name: data.frames[name].to_numpy(object)[framed["frame"]] for name in ("scheme", "frame")}
    )
    sums = []
    for rows, keys in ((voiced, ["speaker", "doc_id"]), (framed, ["speaker", "doc_id", "scheme", "frame"])):
        counts = rows[rows["speaker"] != NARRATOR].groupby(keys).size()
        sums.append(counts.rename("n").reset_index())
    return Part(*sums)


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
    names = pd.Index([name for name in speakers if (merged.voiced["speaker"] == name).any()])
    if not len(names) or not len(frames):
        return pd.DataFrame()
    order = pd.MultiIndex.from_frame(frames[["scheme", "frame"]])
    documents = pd.Index(sorted(merged.voiced["doc_id"].unique()))
    column = order.get_indexer(pd.MultiIndex.from_frame(merged.framed[["scheme", "frame"]]))
    hits, other_hits = _sides(merged.framed, documents, names, column, len(order))
    totals, other_totals = _sides(merged.voiced, documents, names, np.zeros(len(merged.voiced), int), 1)
    cells = [side.reshape(len(documents), -1) for side in (hits, totals, other_hits, other_totals)]
    weights = document_weights(documents.tolist(), resamples=resamples)
    drawn_hits, drawn_totals, other_drawn_hits, other_drawn_totals = (
        sums.reshape(len(names), -1, resamples) for sums in resampled_sums(weights, *cells)
    )
    differences = ratio(drawn_hits, drawn_totals) - ratio(other_drawn_hits, other_drawn_totals)
    n, n_sentences, n_other, n_sentences_other = (
        side.sum(axis=0).astype(int) for side in (hits, totals, other_hits, other_totals)
    )
    speaking = np.minimum((totals > 0).sum(axis=0), (other_totals > 0).sum(axis=0))
    parts = []
    for place, name in enumerate(names):
        rows = pd.DataFrame(
            {
                "speaker": name,
                "n_documents": int((totals[:, place] > 0).sum()),
                "n_sentences": int(n_sentences[place, 0]),
                "n": n[place],
                "n_sentences_other": int(n_sentences_other[place, 0]),
                "n_other": n_other[place],
            }
        )
        enough = bool(speaking[place, 0] >= ENOUGH)
        tested = _tested(rows, differences[place], enough)
        parts.append(frames[["scheme", "frame"]].reset_index(drop=True).join(tested))
    table = pd.concat(parts, ignore_index=True)
    table = table[table["n"] + table["n_other"] > 0].reset_index(drop=True)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


def _sides(
    rows: pd.DataFrame, documents: pd.Index, names: pd.Index, column: np.ndarray, columns: int
) -> tuple[Floats, Floats]:
    """Return the counts `n` of rows by document, name and column: of each name, and of all others than the name."""
    name = numbers(rows["speaker"], names)
    document, n = numbers(rows["doc_id"], documents), rows["n"].to_numpy(float)
    everybody = np.bincount(document * columns + column, n, minlength=len(documents) * columns)
    of_names = np.zeros(len(documents) * len(names) * columns)
    inside = name >= 0
    np.add.at(of_names, (document[inside] * len(names) + name[inside]) * columns + column[inside], n[inside])
    own = of_names.reshape(len(documents), len(names), columns)
    return own, everybody.reshape(len(documents), 1, columns) - own


def _tested(rows: pd.DataFrame, differences: Floats, enough: bool) -> pd.DataFrame:
    """Return `rows`, one a frame, with shares, their difference, its interval and p from the drawn `differences`."""
    share, share_other = ratio(rows["n"], rows["n_sentences"]), ratio(rows["n_other"], rows["n_sentences_other"])
    varies = (share > 0) & (share < 1) & (share_other > 0) & (share_other < 1)
    estimable = varies & enough
    lo, hi = (np.where(estimable, end, np.nan) for end in percentiles(differences))
    error = np.full(len(rows), np.nan)
    error[estimable] = np.nanstd(differences[estimable], axis=-1, ddof=1)
    method = np.select([~np.full(len(rows), enough), ~varies], [TOO_FEW, ALL_OR_NONE], OVER_DOCUMENTS)
    return rows.assign(
        share=share,
        share_other=share_other,
        estimate=share - share_other,
        lo=lo,
        hi=hi,
        p=normal_p((share - share_other) / np.where(error > 0, error, np.nan)),
        method=method,
    )
