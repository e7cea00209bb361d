"""The table speaker_frames: the frames that a leading speaker voices, against those of all other speakers.

It is made of the sums over all speakers (`cells.drawn`), which add up, and of the cells of the leading ones.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from scripts.core.arrays import Ints
from scripts.framing.cells import Cells, Drawn
from scripts.framing.corpus import stacked
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, Weights, percentiles, sums_of_columns
from scripts.maths.intervals import ENOUGH, TOO_FEW, benjamini_hochberg, normal_p

ALL_OR_NONE = "not estimable: one side has the frame in none or all of its sentences"


def speaker_frames(
    total: Drawn, sentences: Ints, speakers: Mapping[str, Cells], frames: pd.DataFrame, weights: Weights
) -> pd.DataFrame:
    """Return the table speaker_frames: of each of `speakers` the share of voiced sentences with each frame, and the
    others' share.

    `total` are the sums of what speakers voice in all documents, by column (`speaker_frames.Part`), `sentences` the
    sentences of each document. A sentence that two speakers voice counts for both, and the narrator is no speaker.
    `speakers` has the cells of each who voices something; `frames` has the columns scheme and frame, in their order.

    The difference has a percentile interval from drawing documents, for both sides together; p is two-sided, from the
    difference over its bootstrap standard error (Efron & Tibshirani 1993, ch. 13), and q is p after Benjamini and
    Hochberg over the whole table. They are missing where a side speaks in fewer than ENOUGH documents, or has the frame
    in none or all of its sentences, as all draws would agree on it.
    """
    if not speakers or not len(frames):
        return pd.DataFrame()
    rows = [{"speaker": name, **_contrast(cells, total, sentences, weights)} for name, cells in speakers.items()]
    table = stacked(frames, rows)
    table = table[table["n"] + table["n_other"] > 0].reset_index(drop=True)
    return table.assign(q=benjamini_hochberg(table["p"].to_numpy(float)))


def _contrast(cells: Cells, total: Drawn, sentences: Ints, weights: Weights) -> dict[str, Any]:
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
    enough = min(documents, documents_other) >= ENOUGH
    varies = (share > 0) & (share < 1) & (share_other > 0) & (share_other < 1)
    estimable = varies & enough
    lo, hi = (np.where(estimable, end, np.nan) for end in percentiles(differences))
    error = np.full(share.shape, np.nan)
    error[estimable] = np.nanstd(differences[estimable], axis=-1, ddof=1)
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
        "p": normal_p((share - share_other) / np.where(error > 0, error, np.nan)),
        "method": np.where(varies, OVER_DOCUMENTS, ALL_OR_NONE) if enough else TOO_FEW,
    }
