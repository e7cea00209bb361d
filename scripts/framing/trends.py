"""Frames over time by group of documents: share of sentences by month, with intervals over documents."""

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats
from scripts.framing.corpus import FrameCorpus, groups, stacked
from scripts.framing.prevalence import frame_shares, frame_sums
from scripts.maths.bootstrap import cell_bounds
from scripts.maths.document_shares import METHOD
from scripts.maths.intervals import ENOUGH, TOO_FEW

_MONTH = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])"


def frame_trends(data: FrameCorpus) -> pd.DataFrame:
    """Return the table frame_trends: for each group, month and frame the share of sentences with the frame.

    Documents whose date states no month are left out. Intervals are over the documents of group and month;
    with fewer than `ENOUGH` they are missing. There are no rows without two groups and two months.
    """
    month = data.documents["date"].fillna("").str[:7]
    placed = np.flatnonzero(month.str.fullmatch(_MONTH) & (data.documents["group"] != ""))
    (group_of, names), (month_of, months) = (
        pd.factorize(column.iloc[placed], sort=True) for column in (data.documents["group"], month)
    )
    if len(groups(data.documents)) < 3 or len(months) < 2:
        return pd.DataFrame()
    totals: Floats = data.documents["n_sentences"].to_numpy(float)
    key = group_of * len(months) + month_of
    order = np.argsort(key, kind="stable")
    parts = []
    for start, end in cell_bounds(key[order]).tolist():
        documents = placed[order[start:end]]
        counts, total = data.sentences[documents], totals[documents].sum()
        if not total:
            continue
        share = frame_shares(
            frame_sums(data.sentences, totals, documents), data.frames["scheme"].to_numpy(), documents=len(documents)
        )
        of_group, of_month = divmod(int(key[order[start]]), len(months))
        columns = {
            "group": names[of_group],
            "month": months[of_month],
            "n_documents": len(documents),
            "n_sentences": int(total),
            "n": counts.sum(axis=0),
            "estimate": share.value,
            "lo": share.lo,
            "hi": share.hi,
            "method": METHOD if len(documents) >= ENOUGH else TOO_FEW,
        }
        parts.append(columns)
    return stacked(data.frames, parts)
