"""Frames over time by group of documents: share of sentences by month, with intervals over documents."""

import pandas as pd

from scripts.framing.corpus import Corpus, groups
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, bootstrap
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats

_MONTH = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])"


def frame_trends(data: Corpus) -> pd.DataFrame:
    """Return the table frame_trends: for each group, month and frame the share of sentences with the frame.

    Documents whose date states no month are left out. Intervals come from drawing the documents of group and month
    again; with fewer than `ENOUGH` they are missing. There are no rows without two groups and two months.
    """
    month = data.documents["date"].fillna("").str[:7]
    months = sorted(set(month[month.str.fullmatch(_MONTH)]))
    named = groups(data.documents)[1:]
    if min(len(named), len(months)) < 2:
        return pd.DataFrame()
    totals: Floats = data.documents["n_sentences"].to_numpy(float)
    parts = []
    for group, in_group in named:
        for name in months:
            mask = in_group & (month == name).to_numpy()
            if not totals[mask].sum():
                continue
            counts = data.sentences[mask]
            lo, hi = bootstrap(ratio, counts, totals[mask], weights=data.weights[mask])
            part = data.frames.assign(
                group=group,
                month=name,
                n_documents=int(mask.sum()),
                n_sentences=int(totals[mask].sum()),
                n=counts.sum(axis=0).astype(int),
                estimate=counts.sum(axis=0) / totals[mask].sum(),
                lo=lo,
                hi=hi,
                method=OVER_DOCUMENTS if mask.sum() >= ENOUGH else TOO_FEW,
            )
            parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
