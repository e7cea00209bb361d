"""The table speaker_frames: the frames that each leading speaker voices, compared with those of all other speakers.

It is made from the sums over all speakers (`cells.drawn`), which add up over ranges, and from the leading speakers'
cells. For p, the unit that may fall to the leading speaker by chance is all that one speaker voices in one document
(`maths.keyness.document_p`).
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
    """Sums of powers of excesses, by frame, over units; a unit is what one speaker voices in one document.

    The excess of a unit is its sentences with the frame, less its sentences times the frame's share over all speakers.
    `units` is the number of units with the frame, `all_units` the number of units.
    """

    squares: Floats
    cubes: Floats
    units: Ints
    all_units: int


def excesses(voiced: Sequence[NameCells], n: Ints) -> Excesses:
    """Return the excesses of the cells of all speakers, whose totals by column are `n`; column 0 has all sentences."""
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
        # The result assumes units without the frame, whose excess is -expected; correct that here for units with it.
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
    """Return the table speaker_frames: each speaker's share of voiced sentences with each frame, and the others' share.

    `total` has the sums of what speakers voice in all documents, by column (`frame_speakers.FramePart`), `sentences`
    the voiced sentences of each document, `speakers` the cells of each leading speaker who voices something, `frames`
    the columns scheme and frame, and `spread` the excesses over all speakers. A sentence that two speakers voice counts
    for both, and the narrator is not a speaker.

    The interval of the difference takes percentiles over draws of documents, the same for both sides, and agrees with
    p; q is p after Benjamini and Hochberg over the whole table. All three are missing where a side speaks in fewer than
    ENOUGH documents, where the speaker's effective number of documents (Kish) is below ENOUGH, or where a side has the
    frame in none or all of its sentences, so that all draws would agree. p and q are also missing where fewer than
    ENOUGH units (a speaker in a document) have the frame.
    """
    if not speakers or not len(frames):
        return pd.DataFrame()
    rows = [_contrast(cells, total, sentences, weights, spread) for cells in speakers.values()]
    columns = {name: [np.broadcast_to(row[name], len(frames)) for row in rows] for name in rows[0]}
    table = stacked(frames, {"speaker": [*speakers], **columns})
    table = table[table["n"] + table["n_other"] > 0].reset_index(drop=True)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


def _contrast(cells: NameCells, total: Drawn, sentences: Ints, weights: Weights, spread: Excesses) -> dict[str, Any]:
    """Return the columns of a speaker's rows, each with a value for each frame or one value for all."""
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
