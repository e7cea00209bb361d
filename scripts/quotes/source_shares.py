"""Shares of kinds and attributes of sources by group of documents, contrasts, and diversity.

Makes the tables source_shares, source_contrasts and source_diversity. Documents that repeat an earlier one are left
out: a copied story is no outlet's choice of sources.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.maths.diversity import entropy
from scripts.maths.intervals import (
    ENOUGH,
    TOO_FEW,
    Floats,
    benjamini_hochberg,
    bootstrap,
    normal_p,
    percentiles,
    resampled_sums,
)
from scripts.quotes.known_sources import KnownSources, read_known
from scripts.quotes.source_counts import DIRECT, MEASURES, UNKNOWN, WORDS, Counts, count

ALL, OTHERS = "(all)", "(the others)"
KIND = "kind"
METHOD = "bootstrap over documents"
Mask = NDArray[np.bool_]


def ratio(hits: Floats, totals: Floats) -> Floats:
    """Return hits / totals, NaN where there is no total."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(totals > 0, hits / totals, np.nan)


def attributes(rows: pd.DataFrame, known: KnownSources) -> Iterator[tuple[str, list[str]]]:
    """Yield the attributes of sources with their value for each of `rows` (table quote_sources), "" where unknown."""
    yield KIND, ["" if kind == UNKNOWN else kind for kind in rows["kind"]]
    by_row = {row.row: row.attributes for row in known.rows}
    numbers = [None if pd.isna(number) else int(number) for number in rows["row"]]
    for name in known.attributes:
        yield name, ["" if number is None else by_row[number].get(name, "") for number in numbers]


def group_masks(groups: Sequence[str]) -> list[tuple[str, Mask]]:
    """Return a mask of all documents, and of those of each group if there are two or more."""
    labels = np.array(groups, object)
    names = sorted({*groups} - {""})
    return [(ALL, np.ones(len(labels), bool)), *((name, labels == name) for name in names if len(names) > 1)]


def _interval(hits: Floats, totals: Floats, resamples: int) -> tuple[Floats, Floats]:
    """Return the interval of sum(hits) / sum(totals) by value; NaN where there is no total, or too few documents."""
    lo, hi = np.full((2, hits.shape[1]), np.nan)
    totals = np.broadcast_to(totals, hits.shape)
    known = totals.sum(axis=0) > 0
    if known.any():
        lo[known], hi[known] = bootstrap(ratio, hits[:, known], totals[:, known], resamples=resamples)
    return lo, hi


def shares(counts: Counts, masks: Sequence[tuple[str, Mask]], *, resamples: int = 1000) -> pd.DataFrame:
    """Return the rows of source_shares for one attribute: by group, measure and value."""
    parts = []
    for group, mask in masks:
        unknown = {measure: _unknown(counts, measure, mask) for measure in MEASURES}
        for measure in MEASURES:
            hits, totals = counts.hits[measure][mask], counts.totals[measure][mask]
            lo, hi = _interval(hits, totals, resamples)
            n, total = hits.sum(axis=0), np.broadcast_to(totals.sum(axis=0), hits.shape[1:])
            columns = {
                "value": counts.values,
                "group": group,
                "measure": measure,
                "n_documents": int(mask.sum()),
                "documents": (counts.hits[WORDS][mask] > 0).sum(axis=0),
                "n": n.astype(int),
                "total": total.astype(int),
                "estimate": ratio(n, total),
                "lo": lo,
                "hi": hi,
                "unknown": unknown[WORDS if measure == DIRECT else measure],
                "method": METHOD if mask.sum() >= ENOUGH else TOO_FEW,
            }
            parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def _unknown(counts: Counts, measure: str, mask: Mask) -> float:
    """Return the share of sources whose value is not known, in a measure that is a share of all."""
    if measure == DIRECT:
        return float("nan")
    hits, totals = counts.hits[measure][mask], counts.totals[measure][mask]
    return float(ratio(hits[:, -1].sum(), totals.sum()))


def diversity(counts: Counts, masks: Sequence[tuple[str, Mask]], *, resamples: int = 1000) -> pd.DataFrame:
    """Return the rows of source_diversity for one attribute, from the words of its known values.

    The estimate is the effective number of values, 2 to the power of the Shannon entropy in bits: so many values with
    equal shares would be as diverse. Jost, L. (2006). Entropy and diversity. Oikos 113: 363-375. Evenness is the
    entropy over its maximum (Pielou 1966).
    """
    rows = []
    for group, mask in masks:
        words = counts.hits[WORDS][mask][:, :-1]
        sums = words.sum(axis=0)
        bits, n_values = entropy(sums) if sums.any() else float("nan"), int((sums > 0).sum())
        lo, hi = float("nan"), float("nan")
        if len(words) >= ENOUGH and sums.any():
            (samples,) = resampled_sums(words, resamples=resamples)
            samples = samples[samples.any(axis=1)]
            lo, hi = (float(end) for end in percentiles(2 ** np.array([entropy(each) for each in samples])))
        rows.append(
            {
                "group": group,
                "n_documents": len(words),
                "n_values": n_values,
                "estimate": 2**bits,
                "lo": lo,
                "hi": hi,
                "evenness": bits / np.log2(n_values) if n_values > 1 else float("nan"),
                "unknown": _unknown(counts, WORDS, mask),
                "method": METHOD if len(words) >= ENOUGH else TOO_FEW,
            }
        )
    return pd.DataFrame(rows)


def contrasts(counts: Counts, masks: Sequence[tuple[str, Mask]], *, resamples: int = 1000) -> pd.DataFrame:
    """Return the rows of source_contrasts for one attribute, without q: of two groups the first against the second.

    Of more groups each is compared with all others. p is two-sided, from the difference over its bootstrap standard
    error. No rows without two groups.
    """
    named = masks[1:]
    grouped = np.any([mask for _, mask in named], axis=0) if named else np.zeros(0, bool)
    sides = [(*named[0], *named[1])] if len(named) == 2 else [(n, m, OTHERS, grouped & ~m) for n, m in named]
    parts = []
    for group, mask, opponent, rest in sides:
        for measure in MEASURES:
            hits, totals = counts.hits[measure], np.broadcast_to(counts.totals[measure], counts.hits[measure].shape)
            part = _contrast(hits, totals, mask, rest, resamples=resamples)
            parts.append(part.assign(value=counts.values, measure=measure, group=group, other=opponent))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _contrast(hits: Floats, totals: Floats, mask: Mask, rest: Mask, *, resamples: int) -> pd.DataFrame:
    """Return the difference of two sides in the share of each value, with its interval and p."""
    share, rest_share = (ratio(hits[side].sum(axis=0), totals[side].sum(axis=0)) for side in (mask, rest))
    lo, hi, z = np.full((3, hits.shape[1]), np.nan)
    known = ~np.isnan(share - rest_share)
    is_enough = min(mask.sum(), rest.sum()) >= ENOUGH
    if is_enough and known.any():
        drawn = [
            ratio(*resampled_sums(hits[side][:, known], totals[side][:, known], resamples=resamples, seed=seed))
            for seed, side in enumerate((mask, rest), 1)
        ]
        difference = drawn[0] - drawn[1]
        lo[known], hi[known] = percentiles(difference)
        spread = np.nanstd(difference, axis=0, ddof=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            z[known] = np.where(spread > 0, (share - rest_share)[known] / spread, np.nan)
    columns = {
        "n_documents": int(mask.sum()),
        "n_documents_other": int(rest.sum()),
        "share": share,
        "share_other": rest_share,
        "estimate": share - rest_share,
        "lo": lo,
        "hi": hi,
        "p": normal_p(z),
        "method": METHOD if is_enough else TOO_FEW,
    }
    return pd.DataFrame(columns)


def share_tables(
    rows: pd.DataFrame, groups: "pd.Series[str]", known: KnownSources, *, resamples: int = 1000
) -> dict[str, pd.DataFrame]:
    """Return the tables source_shares, source_diversity and source_contrasts.

    `rows` is the table quote_sources, `groups` the group of each document that counts by doc_id ("": in none). q is p
    after Benjamini and Hochberg over all rows of source_contrasts.
    """
    masks = group_masks(groups.tolist())
    makers = {"source_shares": shares, "source_diversity": diversity, "source_contrasts": contrasts}
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in makers}
    for attribute, values in attributes(rows, known):
        counts = count(rows, values, groups.index.tolist())
        for name, make in makers.items():
            parts[name].append(make(counts, masks, resamples=resamples).assign(attribute=attribute))
    tables = {name: pd.concat(each, ignore_index=True) for name, each in parts.items()}
    tested = tables["source_contrasts"]
    if not tested.empty:
        tables["source_contrasts"] = tested.assign(q=benjamini_hochberg(tested["p"].to_numpy(float)))
    return tables


def main() -> None:
    """Write the tables source_shares, source_diversity and source_contrasts from the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder", "manifest")
    folder: Path = options.folder
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"]).to_pandas()
    own = documents.loc[documents["parsed"] & (documents["duplicate_of"].fillna("") == ""), "doc_id"]
    groups = read_parquet(folder / "document_groups.parquet").to_pandas().set_index("doc_id")["group"].loc[own]
    rows = read_parquet(folder / "quote_sources.parquet").to_pandas()
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    for name, table in share_tables(rows, groups, read_known(options.manifest)).items():
        write_table(folder, name, as_table(name, table), csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
