"""Shares of kinds and attributes of sources by group of documents, contrasts, and diversity.

Makes the tables source_shares, source_contrasts, source_diversity and refusals. Documents that repeat an earlier one
are left out: a copied story is no outlet's choice of sources. What is left is counted together, and own reporting and
wire copy apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.documents.origins import OWN, WIRE
from scripts.maths.diversity import entropy
from scripts.maths.intervals import (
    ENOUGH,
    TOO_FEW,
    Floats,
    benjamini_hochberg,
    normal_p,
    percentiles,
    ratio,
    resampled_sums,
)
from scripts.quotes.cue_stances import STANCES
from scripts.quotes.known_sources import KnownSources, read_known
from scripts.quotes.refusals import refusals
from scripts.quotes.source_counts import (
    MEASURES,
    OWN_TOTALS,
    STATEMENTS,
    UNKNOWN,
    WORDS,
    Counts,
    count,
    counts_sources,
)

ALL, OTHERS = "(all)", "(the others)"
KIND = "kind"
# Groups of documents by origin, as sides of a contrast.
ORIGIN_SIDES = {OWN: "(own)", WIRE: "(wire)"}
METHOD = "bootstrap over documents"
Mask = NDArray[np.bool_]


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


def _drawn_ratios(
    counts: Counts, mask: Mask, *, resamples: int, seed: int = 1, size: int | None = None
) -> dict[str, Floats]:
    """Return the ratio of hits to totals by measure in bootstrap samples of documents: resamples first, then values.

    The same draws serve all measures. A sample has `size` documents, by default as many as there are in the mask.
    """
    columns = [each[measure][mask] for measure in MEASURES for each in (counts.hits, counts.totals)]
    sums = resampled_sums(*columns, resamples=resamples, seed=seed, size=size)
    return {measure: ratio(*sums[2 * at : 2 * at + 2]) for at, measure in enumerate(MEASURES)}


def _ends(samples: Floats) -> tuple[Floats, Floats]:
    """Return the interval of each value from its samples, resamples first; NaN where no sample has an answer."""
    lo, hi = np.full((2, samples.shape[1]), np.nan)
    known = ~np.isnan(samples).all(axis=0)
    if known.any():
        lo[known], hi[known] = percentiles(samples[:, known])
    return lo, hi


def origin_masks(origins: Sequence[str]) -> dict[str, Mask]:
    """Return a mask of all documents, and of own reporting and wire copy if there are both, by origin."""
    labels = np.array(origins, object)
    names = [name for name in ORIGIN_SIDES if len({*origins}) > 1]
    return {ALL: np.ones(len(labels), bool), **{name: labels == name for name in names}}


def shares(counts: Counts, masks: Sequence[tuple[str, Mask]], *, resamples: int = 1000) -> pd.DataFrame:
    """Return the rows of source_shares for one attribute and origin: by group, measure and value.

    `most` is the upper end of the interval if all of the unknown had the value: nothing is known of them, so between
    `lo` and `most` lies what the data can tell. Manski, C. F. (1990). Nonparametric bounds on treatment effects.
    American Economic Review 80: 319-323.
    """
    parts = []
    for group, mask in masks:
        is_enough = mask.sum() >= ENOUGH
        drawn = _drawn_ratios(counts, mask, resamples=resamples) if is_enough else {}
        for measure in MEASURES:
            hits, totals = counts.hits[measure][mask], counts.totals[measure][mask]
            lo, hi, most = np.full((3, hits.shape[1]), np.nan)
            estimable = _is_estimable(counts, measure, mask)
            if is_enough:
                lo[estimable], hi[estimable] = _ends(drawn[measure][:, estimable])
            if is_enough and measure not in OWN_TOTALS:
                with_unknown = drawn[measure].copy()
                with_unknown[:, :-1] += with_unknown[:, -1:]
                most = _ends(with_unknown)[1]
            n, total = hits.sum(axis=0), np.broadcast_to(totals.sum(axis=0), hits.shape[1:])
            words = counts.hits[WORDS][mask]
            documents = [*(words > 0).sum(axis=0), (words > 0).any(axis=1).sum()]
            columns = {
                "value": counts.names(measure),
                "group": group,
                "measure": measure,
                "n_documents": int(mask.sum()),
                "documents": documents[: len(n)],
                "n": n.astype(int),
                "total": total.astype(int),
                "estimate": ratio(n, total),
                "lo": lo,
                "hi": hi,
                "unknown": _unknown(counts, measure, mask),
                "most": most,
                "method": np.where(estimable, METHOD, TOO_FEW),
            }
            parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def _is_estimable(counts: Counts, measure: str, mask: Mask) -> Mask:
    """Return a mask of the values that enough documents have; of a share of all values, whether there are enough."""
    hits, totals = counts.hits[measure][mask], counts.totals[measure][mask]
    n = (totals > 0).sum(axis=0) if measure in OWN_TOTALS else np.array([len(hits)])
    return np.broadcast_to(n >= ENOUGH, hits.shape[1:])


def _unknown(counts: Counts, measure: str, mask: Mask) -> float:
    """Return the share of sources whose value is not known, by the measure; of a share of the value's own, by words.

    Of stances it is the share by statements.
    """
    if measure in OWN_TOTALS:
        measure = STATEMENTS if measure in STANCES else WORDS
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


def contrast_sides(masks: Sequence[tuple[str, Mask]], origins: Mapping[str, Mask]) -> list[tuple[str, Mask, str, Mask]]:
    """Return the sides to compare: of two groups the first and the second, of more each and all others.

    Own reporting is compared with wire copy where there are both.
    """
    named = masks[1:]
    grouped = np.any([mask for _, mask in named], axis=0) if named else np.zeros(0, bool)
    sides = [(*named[0], *named[1])] if len(named) == 2 else [(n, m, OTHERS, grouped & ~m) for n, m in named]
    if len(origins) > 1:
        sides.append((ORIGIN_SIDES[OWN], origins[OWN], ORIGIN_SIDES[WIRE], origins[WIRE]))
    return sides


def contrasts(counts: Counts, sides: Sequence[tuple[str, Mask, str, Mask]], *, resamples: int = 1000) -> pd.DataFrame:
    """Return the rows of source_contrasts for one attribute, without q. No rows without two sides.

    The interval is from drawing documents on either side. p is two-sided, from the difference over its standard error
    if the sides were one: both drawn from all their documents together (Efron & Tibshirani 1993, An Introduction to the
    Bootstrap, algorithm 16.1). So a side without a single case does not look certain.
    """
    parts = []
    for group, mask, opponent, rest in sides:
        is_enough = min(mask.sum(), rest.sum()) >= ENOUGH
        drawn: list[dict[str, Floats]] = []
        if is_enough:
            pair, sizes = (mask, rest), (int(mask.sum()), int(rest.sum()))
            drawn += [_drawn_ratios(counts, side, resamples=resamples, seed=at) for at, side in enumerate(pair, 1)]
            both = mask | rest
            drawn += [
                _drawn_ratios(counts, both, resamples=resamples, seed=at, size=n) for at, n in enumerate(sizes, 3)
            ]
        for measure in MEASURES:
            share, rest_share = (_shares_of(counts, measure, side) for side in (mask, rest))
            lo, hi, z = np.full((3, len(share)), np.nan)
            estimable = np.all([_is_estimable(counts, measure, side) for side in (mask, rest)], axis=0)
            if is_enough:
                first, second, null_first, null_second = (samples[measure][:, estimable] for samples in drawn)
                lo[estimable], hi[estimable] = _ends(first - second)
                z[estimable] = ratio((share - rest_share)[estimable], _spread(null_first - null_second))
            columns = {
                "value": counts.names(measure),
                "measure": measure,
                "group": group,
                "other": opponent,
                "n_documents": int(mask.sum()),
                "n_documents_other": int(rest.sum()),
                "share": share,
                "share_other": rest_share,
                "estimate": share - rest_share,
                "lo": lo,
                "hi": hi,
                "p": normal_p(z),
                "method": np.where(estimable, METHOD, TOO_FEW),
            }
            parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _shares_of(counts: Counts, measure: str, mask: Mask) -> Floats:
    """Return the share of each value in the documents of a mask."""
    hits, totals = counts.hits[measure][mask], counts.totals[measure][mask]
    return ratio(hits.sum(axis=0), np.broadcast_to(totals.sum(axis=0), hits.shape[1:]))


def _spread(samples: Floats) -> Floats:
    """Return the standard deviation of each value's samples, NaN among them left out; NaN with fewer than two."""
    spread = np.full(samples.shape[1], np.nan)
    known = (~np.isnan(samples)).sum(axis=0) > 1
    if known.any():
        spread[known] = np.nanstd(samples[:, known], axis=0, ddof=1)
    return spread


def share_tables(
    rows: pd.DataFrame,
    groups: "pd.Series[str]",
    known: KnownSources,
    *,
    origins: Sequence[str] = (),
    resamples: int = 1000,
) -> dict[str, pd.DataFrame]:
    """Return the tables source_shares, source_diversity and source_contrasts.

    `rows` is the table quote_sources, `groups` the group of each document that counts by doc_id ("": in none),
    `origins` its origin. q is p after Benjamini and Hochberg over all rows of source_contrasts.
    """
    masks = group_masks(groups.tolist())
    of_origin = origin_masks(origins or [OWN] * len(groups))
    sides = contrast_sides(masks, of_origin)
    parts: dict[str, list[pd.DataFrame]] = {"source_shares": [], "source_diversity": [], "source_contrasts": []}
    for attribute, values in attributes(rows, known):
        counts = count(rows, values, groups.index.tolist())
        for origin, chosen in of_origin.items():
            within = [(group, mask & chosen) for group, mask in masks if origin == ALL or (mask & chosen).any()]
            part = shares(counts, within, resamples=resamples)
            parts["source_shares"].append(part.assign(attribute=attribute, origin=origin))
        of_groups = diversity(counts, masks, resamples=resamples)
        parts["source_diversity"].append(of_groups.assign(attribute=attribute))
        compared = contrasts(counts, sides, resamples=resamples)
        parts["source_contrasts"].append(compared.assign(attribute=attribute))
    tables = {name: pd.concat(each, ignore_index=True) for name, each in parts.items()}
    tested = tables["source_contrasts"]
    if not tested.empty:
        tables["source_contrasts"] = tested.assign(q=benjamini_hochberg(tested["p"].to_numpy(float)))
    return tables


def main() -> None:
    """Write the tables that this module makes from the tables in a folder and a manifest."""
    options = path_options(main.__doc__, "settings", "folder", "manifest")
    folder: Path = options.folder
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"]).to_pandas()
    own = documents.loc[counts_sources(documents), "doc_id"]
    groups = read_parquet(folder / "document_groups.parquet").to_pandas().set_index("doc_id")["group"].loc[own]
    origins = read_parquet(folder / "document_origins.parquet").to_pandas().set_index("doc_id")["origin"].loc[own]
    rows = read_parquet(folder / "quote_sources.parquet").to_pandas()
    quotes = read_parquet(folder / "quotes.parquet", ["doc_id", "sentence", "type", "speaker", "source"]).to_pandas()
    tables = share_tables(rows, groups, read_known(options.manifest), origins=origins.tolist())
    tables["refusals"] = refusals(quotes, groups)
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    for name, table in tables.items():
        write_table(folder, name, as_table(name, table), csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
