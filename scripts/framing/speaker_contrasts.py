"""The table speaker_frames: the frames that a leading speaker voices, against those of all other speakers.

It is made of the sums over all speakers (`cells.drawn`), which add up, and of the cells of the leading ones. p is of
what speakers voice in whole documents, which would be the leading speaker's by chance (`maths.keyness.document_p`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats, Ints
from scripts.framing.cells import Drawn, NameCells
from scripts.framing.corpus import stacked
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, percentiles, sums_of_columns
from scripts.maths.document_shares import agreeing, reaching
from scripts.maths.intervals import ENOUGH, TOO_FEW, benjamini_hochberg
from scripts.maths.keyness import document_p

ALL_OR_NONE = "not estimable: one side has the frame in none or all of its sentences"
FEW_HAVE_MOST = f"not estimable: the sentences are those of fewer than {ENOUGH} documents, effectively"


class Excesses(NamedTuple):
    """Sums over what each speaker voices in each document, by frame, and how many of these there are.

    The excess are the sentences with the frame less the share of all speakers times the sentences; `units` has in how
    many the frame is.
    """

    squares: Floats
    cubes: Floats
    units: Ints
    all_units: int


def excesses(voiced: Sequence[NameCells], n: Ints) -> Excesses:
    """Return the sums over cells of all speakers, which are `n` by column; column 0 has all sentences."""
    share = ratio(n[1:], n[0])
    squares, cubes, units = np.zeros(len(share)), np.zeros(len(share)), np.zeros(len(share), np.intp)
    sums, all_units = np.zeros(2), 0
    for cells in voiced:
        counts = cells.n.astype(float)
        is_all, frame = cells.column == 0, cells.column.astype(np.intp) - 1
        totals = counts[np.maximum.accumulate(np.where(is_all, np.arange(len(counts)), 0))]
        sums += (counts[is_all] ** 2).sum(), (counts[is_all] ** 3).sum()
        all_units += int(is_all.sum())
        hits, of, expected = counts[~is_all], frame[~is_all], share[frame[~is_all]] * totals[~is_all]
        # A speaker without the frame in a document has less than expected; others are set right here.
        squares += np.bincount(of, (hits - expected) ** 2 - expected**2, len(share))
        cubes += np.bincount(of, (hits - expected) ** 3 + expected**3, len(share))
        units += np.bincount(of, minlength=len(share))
    return Excesses(squares + sums[0] * share**2, cubes - sums[1] * share**3, units, all_units)


def speaker_frames(
    total: Drawn,
    sentences: Ints,
    speakers: Mapping[str, NameCells],
    frames: pd.DataFrame,
    weights: Weights,
    spread: Excesses,
) -> pd.DataFrame:
    """Return the table speaker_frames: of each of `speakers` the share of voiced sentences with each frame, and the
    others' share.

    `total` are the sums of what speakers voice in all documents, by column (`speaker_frames.Part`), `sentences` the
    sentences of each document. A sentence that two speakers voice counts for both, and the narrator is no speaker.
    `speakers` has the cells of each who voices something; `frames` has the columns scheme and frame, in their order;
    `spread` are the excesses of all speakers.

    The difference has a percentile interval from drawing documents, for both sides together, which agrees with p; q is
    p after Benjamini and Hochberg over the whole table. They are missing where a side speaks in fewer than ENOUGH
    documents, or so few documents have most of the speaker's sentences (Kish's effective number), or a side has the
    frame in none or all of its sentences, as all draws would agree on it; p also where so few speakers have the frame,
    by document.
    """
    if not speakers or not len(frames):
        return pd.DataFrame()
    rows = [_contrast(cells, total, sentences, weights, spread) for cells in speakers.values()]
    columns = {name: [np.broadcast_to(row[name], len(frames)) for row in rows] for name in rows[0]}
    table = stacked(frames, {"speaker": [*speakers], **columns})
    table = table[table["n"] + table["n_other"] > 0].reset_index(drop=True)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


def _contrast(cells: NameCells, total: Drawn, sentences: Ints, weights: Weights, spread: Excesses) -> dict[str, Any]:
    """Return the columns of a speaker's rows, with one value a frame or one for all."""
    columns = len(total.n)
    own = np.bincount(cells.column, cells.n, columns).astype(int)
    others = total.n - own
    drawn = sums_of_columns(weights, cells.n, cells.document, cells.column, columns=columns)
    drawn_others = total.drawn - drawn
    share, share_other = ratio(own[1:], own[0]), ratio(others[1:], others[0])
    differences = ratio(drawn[1:], drawn[0]) - ratio(drawn_others[1:], drawn_others[0])
    speaks = cells.column == 0
    alone = int((sentences[cells.document[speaks]] == cells.n[speaks]).sum())
    documents, documents_other = int(speaks.sum()), int(total.documents[0]) - alone
    voiced = cells.n[speaks].astype(float)
    few = ""
    if min(documents, documents_other) < ENOUGH:
        few = TOO_FEW
    elif voiced.sum() ** 2 < ENOUGH * (voiced**2).sum():
        few = FEW_HAVE_MOST
    varies = (share > 0) & (share < 1) & (share_other > 0) & (share_other < 1)
    estimable = varies & (not few)
    p = document_p(
        own[1:] - ratio(total.n[1:], total.n[0]) * own[0],
        spread.squares,
        spread.cubes,
        words=(int(own[0]), int(others[0])),
        documents=(documents, spread.all_units - documents),
    )
    p = np.where(estimable & (spread.units >= ENOUGH), p, np.nan)
    ends = (np.where(estimable, end, np.nan) for end in percentiles(differences))
    lo, hi = reaching(agreeing(share - share_other, (next(ends), next(ends)), p), p, none=0)
    return {
        "n_documents": documents,
        "n_sentences": own[0],
        "n": own[1:],
        "n_sentences_other": others[0],
        "n_other": others[1:],
        "share": share,
        "share_other": share_other,
        "estimate": share - share_other,
        "lo": lo,
        "hi": hi,
        "p": p,
        "method": few or np.where(varies, OVER_DOCUMENTS, ALL_OR_NONE),
    }
