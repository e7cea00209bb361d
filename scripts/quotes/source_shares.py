"""Shares of kinds and attributes of sources by group of documents, contrasts, and diversity.

Makes the tables source_shares, source_contrasts, source_diversity and refusals. Documents that repeat an earlier one
are left out: a copied story is no outlet's choice of sources. What is left is counted together, and own reporting and
wire copy apart.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.documents.origins import OWN, WIRE
from scripts.maths.association import ratio
from scripts.maths.bootstrap import (
    OVER_DOCUMENTS,
    RESAMPLES,
    Weights,
    document_weights,
    percentiles,
    pooled_deviation,
    pooled_error,
    resampled_sums,
)
from scripts.maths.diversity import entropy
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, benjamini_hochberg, normal_p
from scripts.quotes.known_sources import KnownSources, read_known
from scripts.quotes.refusals import refusals
from scripts.quotes.source_counts import OWN_TOTALS, UNKNOWN, Counts, count, counts_sources

ALL, OTHERS = "(all)", "(the others)"
KIND = "kind"
# Groups of documents by origin, as sides of a contrast.
ORIGIN_SIDES = {OWN: "(own)", WIRE: "(wire)"}
Mask = NDArray[np.bool_]
Columns = dict[str, NDArray[Any]]
# Rows of a table, and the texts that are the same in all of them.
Part = tuple[Columns, dict[str, str]]


def attributes(rows: pd.DataFrame, known: KnownSources) -> Iterator[tuple[str, list[str]]]:
    """Yield the attributes of sources with their value for each of `rows` (table quote_sources), "" where unknown."""
    yield KIND, ["" if kind == UNKNOWN else kind for kind in rows["kind"].tolist()]
    by_row = {row.row: row.attributes for row in known.rows}
    numbers = [None if pd.isna(number) else int(number) for number in rows["row"]]
    for name in known.attributes:
        yield name, ["" if number is None else by_row[number].get(name, "") for number in numbers]


class Side(NamedTuple):
    """Counts of a set of documents; those of sets without a common document add up.

    `hits` and `totals` are the sums of those of `Counts`, `drawn` and `drawn_totals` their sums in bootstrap samples;
    `having` are the documents that have words of each name, `with_total` those that have each total.
    """

    documents: int
    hits: Floats
    totals: Floats
    having: NDArray[np.int64]
    with_total: NDArray[np.int64]
    drawn: Floats
    drawn_totals: Floats


def counted(counts: Counts, weights: Weights, mask: Mask) -> Side:
    """Return the counts of the documents of a mask."""
    hits, totals = counts.hits[mask], counts.totals[mask]
    has_words = hits[:, counts.words()] > 0
    having = np.append(has_words.sum(axis=0), has_words.any(axis=1).sum())
    drawn = resampled_sums(weights[mask], hits, totals)
    return Side(len(hits), hits.sum(axis=0), totals.sum(axis=0), having, (totals > 0).sum(axis=0), *drawn)


def _less(side: Side, part: Side) -> Side:
    """Return the counts of a side without those of a part of it."""
    fields: Iterator[tuple[Any, Any]] = zip(side, part, strict=True)
    return Side(*(of_side - of_part for of_side, of_part in fields))


def _by_origin(counts: Counts, weights: Weights, mask: Mask, is_own: Mask) -> list[Side]:
    """Return the counts of the documents of a mask; where there are both, also of own reporting and of wire copy."""
    both = counted(counts, weights, mask)
    if is_own.all() or not is_own.any():
        return [both]
    own = counted(counts, weights, mask & is_own)
    return [both, own, _less(both, own)]


def _deviation(counts: Counts, mask: Mask) -> Floats:
    """Return the `pooled_deviation` of each cell over the documents of a mask."""
    return pooled_deviation(counts.hits[mask], counts.totals[mask][:, counts.total])


def _estimable(counts: Counts, of: Side) -> Mask:
    """Return a mask of the cells that enough documents have; of a share of all values, whether there are enough."""
    n = np.where(np.isin(counts.measure, OWN_TOTALS), of.with_total[counts.total], of.documents)
    return n >= ENOUGH


def _drawn_shares(counts: Counts, of: Side, cells: Mask) -> Floats:
    """Return the shares of some cells in bootstrap samples, samples last."""
    return ratio(of.drawn[cells], of.drawn_totals[counts.total[cells]])


def shares(counts: Counts, of: Side) -> Columns:
    """Return rows of source_shares: the cells of an attribute in a set of documents.

    `most` is the upper end of the interval if all of the unknown had the value: nothing is known of them, so between
    `lo` and `most` lies what the data can tell. Manski, C. F. (1990). Nonparametric bounds on treatment effects.
    American Economic Review 80: 319-323.
    """
    estimable = _estimable(counts, of)
    lo, hi, most = np.full((3, len(estimable)), np.nan)
    lo[estimable], hi[estimable] = percentiles(_drawn_shares(counts, of, estimable))
    bounded = estimable & ~np.isin(counts.measure, OWN_TOTALS)
    with_unknown = bounded & (counts.unknown != np.arange(len(bounded)))
    most[bounded] = hi[bounded]
    drawn = of.drawn[with_unknown] + of.drawn[counts.unknown[with_unknown]]
    most[with_unknown] = percentiles(ratio(drawn, of.drawn_totals[counts.total[with_unknown]]))[1]
    total = of.totals[counts.total]
    return {
        "value": counts.names[counts.name],
        "measure": counts.measure,
        "n_documents": np.full(len(total), of.documents),
        "documents": of.having[counts.name],
        "n": of.hits.astype(int),
        "total": total.astype(int),
        "estimate": ratio(of.hits, total),
        "lo": lo,
        "hi": hi,
        "unknown": ratio(of.hits[counts.unknown], total[counts.unknown]),
        "most": most,
        "method": np.where(estimable, OVER_DOCUMENTS, TOO_FEW),
    }


def diversity(counts: Counts, of: Side) -> dict[str, Any]:
    """Return a row of source_diversity: an attribute in a set of documents, from the words of its known values.

    The estimate is the effective number of values, 2 to the power of the Shannon entropy in bits: so many values with
    equal shares would be as diverse. Jost, L. (2006). Entropy and diversity. Oikos 113: 363-375. Evenness is the
    entropy over its maximum (Pielou 1966).
    """
    words, drawn = of.hits[counts.words()][:-1], of.drawn[counts.words()][:-1]
    bits, n_values = entropy(words[words > 0]), int((words > 0).sum())
    lo, hi = percentiles(2 ** entropy(drawn.T)) if of.documents >= ENOUGH else (np.nan, np.nan)
    return {
        "n_documents": of.documents,
        "n_values": n_values,
        "estimate": 2**bits,
        "lo": lo,
        "hi": hi,
        "evenness": bits / np.log2(n_values) if n_values > 1 else np.nan,
        "unknown": ratio(of.hits[counts.words()][-1], of.totals[0]),
        "method": OVER_DOCUMENTS if of.documents >= ENOUGH else TOO_FEW,
    }


def contrasts(counts: Counts, first: Side, second: Side, deviation: Floats) -> Columns:
    """Return rows of source_contrasts, without q: the cells of an attribute in one set of documents against another.

    The interval is from drawing documents on either side. p is two-sided, from the difference over its standard error
    if the sides were one, by the `pooled_deviation` of the cells: a side without a single case does not look certain.
    """
    share, share_other = (ratio(each.hits, each.totals[counts.total]) for each in (first, second))
    estimable = _estimable(counts, first) & _estimable(counts, second)
    estimable &= min(first.documents, second.documents) >= ENOUGH
    lo, hi, z = np.full((3, len(share)), np.nan)
    drawn, drawn_other = (_drawn_shares(counts, each, estimable) for each in (first, second))
    lo[estimable], hi[estimable] = percentiles(drawn - drawn_other)
    m, n = (each.with_total[counts.total[estimable]] for each in (first, second))
    z[estimable] = (share - share_other)[estimable] / pooled_error(deviation[estimable], m, n)
    return {
        "value": counts.names[counts.name],
        "measure": counts.measure,
        "n_documents": np.full(len(share), first.documents),
        "n_documents_other": np.full(len(share), second.documents),
        "share": share,
        "share_other": share_other,
        "estimate": share - share_other,
        "lo": lo,
        "hi": hi,
        "p": normal_p(z),
        "method": np.where(estimable, OVER_DOCUMENTS, TOO_FEW),
    }


def _joined(parts: Sequence[Part]) -> pd.DataFrame:
    """Return the rows of all parts as one table."""
    if not parts:
        return pd.DataFrame()
    columns = {name: np.concatenate([part[name] for part, _ in parts]) for name in parts[0][0]}
    lengths = [len(part["value"]) for part, _ in parts]
    same = {name: np.repeat(np.array([texts[name] for _, texts in parts], object), lengths) for name in parts[0][1]}
    return pd.DataFrame(columns | same)


def share_tables(
    rows: pd.DataFrame,
    groups: "pd.Series[str]",
    known: KnownSources,
    *,
    origins: Sequence[str] = (),
    resamples: int = RESAMPLES,
) -> dict[str, pd.DataFrame]:
    """Return the tables source_shares, source_diversity and source_contrasts.

    `rows` is the table quote_sources, `groups` the group of each document that counts by doc_id ("": in none),
    `origins` its origin. Of two groups the first is compared with the second, of more each with all others, and own
    reporting with wire copy where there are both. q is p after Benjamini and Hochberg over all rows of
    source_contrasts.
    """
    doc_ids, labels = groups.index.tolist(), groups.to_numpy(object)
    weights = document_weights(doc_ids, resamples=resamples)
    everywhere = np.ones(len(doc_ids), bool)
    is_own = np.array(origins or [OWN] * len(doc_ids), object) == OWN
    names = sorted({*labels} - {""})
    masks = {name: labels == name for name in names} if len(names) > 1 else {}
    opponent = names[1] if len(names) == 2 else OTHERS
    share_parts: list[Part] = []
    contrast_parts: list[Part] = []
    diversity_rows = []
    for attribute, values in attributes(rows, known):
        counts = count(rows, values, doc_ids)
        everything, *of_origins = _by_origin(counts, weights, everywhere, is_own)
        grouped, deviation = _less(everything, counted(counts, weights, labels == "")), _deviation(counts, labels != "")
        of_attribute: dict[str, list[Part]] = {ALL: [], OWN: [], WIRE: []}
        for group, mask in {ALL: None, **masks}.items():
            sides = [everything, *of_origins] if mask is None else _by_origin(counts, weights, mask, is_own)
            for (origin, parts), part in zip(of_attribute.items(), sides, strict=False):
                if part.documents or origin == ALL:
                    parts.append((shares(counts, part), {"attribute": attribute, "group": group, "origin": origin}))
            diversity_rows.append({"attribute": attribute, "group": group, **diversity(counts, sides[0])})
            if mask is not None and (opponent == OTHERS or group == names[0]):
                texts = {"attribute": attribute, "group": group, "other": opponent}
                contrast_parts.append((contrasts(counts, sides[0], _less(grouped, sides[0]), deviation), texts))
        share_parts += chain.from_iterable(of_attribute.values())
        if of_origins:
            own, wire = of_origins
            texts = {"attribute": attribute, "group": ORIGIN_SIDES[OWN], "other": ORIGIN_SIDES[WIRE]}
            contrast_parts.append((contrasts(counts, own, wire, _deviation(counts, everywhere)), texts))
    compared = _joined(contrast_parts)
    if not compared.empty:
        compared = compared.assign(q=benjamini_hochberg(compared["p"].to_numpy(float)))
    return {
        "source_shares": _joined(share_parts),
        "source_diversity": pd.DataFrame(diversity_rows),
        "source_contrasts": compared,
    }


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
