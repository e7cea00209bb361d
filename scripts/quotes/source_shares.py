"""Shares of kinds and attributes of sources by group of documents, contrasts, and diversity.

Makes the tables source_shares, source_contrasts, source_diversity and refusals. Documents that repeat an earlier one
are left out: a copied story is no outlet's choice of sources. What is left is counted together, and own reporting and
wire copy apart.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.options import path_options
from scripts.core.storage import arrow_schema, open_parquet, read_parquet, read_settings, rows_to_table, to_table
from scripts.core.tables import write_table
from scripts.documents.origins import OWN, WIRE
from scripts.maths.association import ratio
from scripts.maths.bootstrap import OVER_DOCUMENTS, RESAMPLES, percentiles, pooled_error
from scripts.maths.diversity import entropy
from scripts.maths.intervals import ENOUGH, TOO_FEW, Floats, benjamini_hochberg, normal_p
from scripts.quotes.known_sources import KnownSources, read_known
from scripts.quotes.refusals import no_comments, refusals
from scripts.quotes.source_counts import (
    COLUMNS,
    OWN_TOTALS,
    Cells,
    Ints,
    Statements,
    cells,
    counts_sources,
    hits,
    read_statements,
    totals,
)
from scripts.quotes.source_parts import Part, added, counted, deviation, less

ALL, OTHERS = "(all)", "(the others)"
# Groups of documents by origin, as sides of a contrast.
ORIGIN_SIDES = {OWN: "(own)", WIRE: "(wire)"}
Mask = NDArray[np.bool_]
Columns = dict[str, NDArray[Any]]
# Rows of a table, and the texts that are the same in all of them.
Rows = tuple[Columns, dict[str, str]]


class Side(NamedTuple):
    """Counts of a set of documents by cell: those of `Part`, with the counts and totals of the cells."""

    documents: int
    hits: Floats
    totals: Floats
    having: NDArray[np.int64]
    with_total: NDArray[np.int64]
    drawn: Floats
    drawn_totals: Floats


def side(part: Part) -> Side:
    """Return the counts of a set of documents by cell."""
    of_samples = hits(part.drawn), totals(part.drawn)
    return Side(part.documents, hits(part.sums), totals(part.sums), part.having, part.with_total, *of_samples)


def _estimable(counts: Cells, of: Side) -> Mask:
    """Return a mask of the cells that enough documents have; of a share of all values, whether there are enough."""
    n = np.where(np.isin(counts.measure, OWN_TOTALS), of.with_total[counts.total], of.documents)
    return n >= ENOUGH


def _drawn_shares(counts: Cells, of: Side, cells: Mask) -> Floats:
    """Return the shares of some cells in bootstrap samples, samples last."""
    return ratio(of.drawn[cells], of.drawn_totals[counts.total[cells]])


def shares(counts: Cells, of: Side) -> Columns:
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


def diversity(counts: Cells, of: Side) -> dict[str, Any]:
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


def contrasts(counts: Cells, first: Side, second: Side, of_cells: Floats) -> Columns:
    """Return rows of source_contrasts, without q: the cells of an attribute in one set of documents against another.

    The interval is from drawing documents on either side. p is two-sided, from the difference over its standard error
    if the sides were one, by `of_cells`, their `pooled_deviation`: a side without a single case does not look certain.
    """
    share, share_other = (ratio(each.hits, each.totals[counts.total]) for each in (first, second))
    estimable = _estimable(counts, first) & _estimable(counts, second)
    estimable &= min(first.documents, second.documents) >= ENOUGH
    lo, hi, z = np.full((3, len(share)), np.nan)
    drawn, drawn_other = (_drawn_shares(counts, each, estimable) for each in (first, second))
    lo[estimable], hi[estimable] = percentiles(drawn - drawn_other)
    m, n = (each.with_total[counts.total[estimable]] for each in (first, second))
    z[estimable] = (share - share_other)[estimable] / pooled_error(of_cells[estimable], m, n)
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


def _joined(table: str, parts: Iterable[Rows]) -> dict[str, list[Any]]:
    """Return the rows of all parts as columns of a table."""
    columns: dict[str, list[Any]] = {name: [] for name in arrow_schema(table).names}
    for rows, texts in parts:
        for name, column in columns.items():
            if name in rows:
                column += rows[name].tolist()
            elif name in texts:
                column += [texts[name]] * len(rows["value"])
    return columns


def _by_group_and_origin(groups: Sequence[str], origins: Sequence[str]) -> dict[tuple[str, str], Ints]:
    """Return the numbers of the documents of each group and origin, groups in alphabetical order.

    >>> _by_group_and_origin(["b", "", "b"], ["own", "own", "own"])
    {('', 'own'): array([1]), ('b', 'own'): array([0, 2])}
    """
    numbers = defaultdict(list)
    for number, key in enumerate(zip(groups, origins, strict=True)):
        numbers[key].append(number)
    return {key: np.array(numbers[key], np.int64) for key in sorted(numbers)} or {("", OWN): np.empty(0, np.int64)}


def _set_aside(part: Part, file: IO[bytes]) -> Part:
    """Return a part without the sums of its samples, which are written to a file."""
    np.save(file, part.drawn.astype(np.min_scalar_type(int(np.max(part.drawn)))))
    return part._replace(drawn=part.drawn[:0])


def _fetched(part: Part, file: IO[bytes]) -> Part:
    """Return a part with the sums of its samples, which are the next in a file."""
    return part._replace(drawn=np.load(file).astype(float))


def _add(sums: dict[str, Part], key: str, part: Part) -> None:
    """Add the counts of more documents to those of a key."""
    sums[key] = added(sums[key], part) if key in sums else part


class Counts(NamedTuple):
    """Counts of sources by attribute: of all documents by origin, and of the documents in each group.

    `groups` are group, attribute, origin and counts, those of a group together, without the sums of samples.
    """

    everything: dict[str, dict[str, Part]]
    grouped: dict[str, Part]
    groups: list[tuple[str, str, str, Part]]


def _counts(
    statements: Statements,
    doc_ids: Sequence[str],
    documents: Mapping[tuple[str, str], Ints],
    file: IO[bytes],
    resamples: int,
) -> Counts:
    """Return the counts of documents by group and origin; the sums of the samples of groups are written to a file."""
    counts = Counts(defaultdict(dict), {}, [])
    has_groups = len({group for group, _ in documents} - {""}) > 1
    for (group, origin), numbers in documents.items():
        for attribute, part in counted(statements, doc_ids, numbers, resamples=resamples).items():
            _add(counts.everything[attribute], origin, part)
            if group and has_groups:
                _add(counts.grouped, attribute, part)
                counts.groups.append((group, attribute, origin, _set_aside(part, file)))
    file.seek(0)
    return counts


def share_tables(
    blocks: Iterable[pa.Table],
    groups: Mapping[str, str],
    known: KnownSources,
    *,
    origins: Sequence[str] = (),
    resamples: int = RESAMPLES,
) -> dict[str, pa.Table]:
    """Return the tables source_shares, source_diversity and source_contrasts.

    `blocks` are rows of the table quote_sources, `groups` the group of each document that counts by doc_id ("": in
    none), in the same order, `origins` its origin. Of two groups the first is compared with the second, of more each
    with all others, and own reporting with wire copy where there are both. q is p after Benjamini and Hochberg over all
    rows of source_contrasts. The sums of the samples of groups wait in a temporary file.
    """
    doc_ids, labels = [*groups], np.array([*groups.values()], object)
    statements = read_statements(blocks, doc_ids, known)
    documents = _by_group_and_origin(labels.tolist(), origins or [OWN] * len(doc_ids))
    names = sorted({*labels} - {""})
    opponent = names[1] if len(names) == 2 else OTHERS
    apart = len({origin for _, origin in documents}) > 1
    share_rows: dict[tuple[str, str], list[Rows]] = defaultdict(list)
    contrast_rows: dict[str, list[Rows]] = defaultdict(list)
    diversity_rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def describe(attribute: str, group: str, of_origin: Mapping[str, Part]) -> Part:
        both, of_cells = added(*of_origin.values()), cells(statements.names[attribute])
        for origin, part in {ALL: both, **(of_origin if apart else {})}.items():
            texts = {"attribute": attribute, "group": group, "origin": origin}
            share_rows[attribute, origin].append((shares(of_cells, side(part)), texts))
        of_group = {"attribute": attribute, "group": group}
        diversity_rows[attribute].append(of_group | diversity(of_cells, side(both)))
        return both

    def compare(attribute: str, names_of_sides: tuple[str, str], first: Part, second: Part, of_cells: Floats) -> None:
        rows = contrasts(cells(statements.names[attribute]), side(first), side(second), of_cells)
        texts = dict(zip(("group", "other"), names_of_sides, strict=True))
        contrast_rows[attribute].append((rows, {"attribute": attribute, **texts}))

    with tempfile.TemporaryFile() as file:
        counts = _counts(statements, doc_ids, documents, file, resamples)
        for attribute, of_origin in counts.everything.items():
            describe(attribute, ALL, of_origin)
        in_groups = np.flatnonzero(labels != "")
        deviations = {name: deviation(statements, in_groups, name, part) for name, part in counts.grouped.items()}
        for group, parts in groupby(counts.groups, key=itemgetter(0)):
            of_group: dict[str, dict[str, Part]] = defaultdict(dict)
            for _, attribute, origin, part in parts:
                of_group[attribute][origin] = _fetched(part, file)
            for attribute, of_origin in of_group.items():
                both = describe(attribute, group, of_origin)
                if opponent == OTHERS or group == names[0]:
                    others = less(counts.grouped[attribute], both)
                    compare(attribute, (group, opponent), both, others, deviations[attribute])
    for attribute, of_origin in counts.everything.items() if apart else ():
        of_cells = deviation(statements, np.arange(len(doc_ids)), attribute, added(*of_origin.values()))
        compare(attribute, (ORIGIN_SIDES[OWN], ORIGIN_SIDES[WIRE]), of_origin[OWN], of_origin[WIRE], of_cells)
    in_order = [(name, origin) for name in statements.names for origin in (ALL, OWN, WIRE)]
    shares_of_all = _joined("source_shares", (rows for key in in_order for rows in share_rows[key]))
    compared = _joined("source_contrasts", (rows for name in statements.names for rows in contrast_rows[name]))
    compared["q"] = benjamini_hochberg(np.array(compared["p"], float)).tolist()
    return {
        "source_shares": to_table("source_shares", shares_of_all),
        "source_diversity": rows_to_table(
            "source_diversity", (row for name in statements.names for row in diversity_rows[name])
        ),
        "source_contrasts": to_table("source_contrasts", compared),
    }


def _of_documents(path: Path, column: str, doc_ids: Sequence[str]) -> list[str]:
    """Return a column of a table of all documents for some of them, in their order; both are in the order of doc_id."""
    rows = read_parquet(path, ["doc_id", column])
    return rows.filter(pc.is_in(rows["doc_id"], pa.array(doc_ids, pa.string())))[column].to_pylist()


def main() -> None:
    """Write the tables that this module makes from the tables in a folder and a manifest."""
    options = path_options(main.__doc__, "settings", "folder", "manifest", "batches")
    folder: Path = options.folder
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"])
    own = counts_sources(documents["parsed"].to_numpy(), documents["duplicate_of"].to_pylist())
    doc_ids = documents["doc_id"].filter(pa.array(own)).to_pylist()
    groups = dict(zip(doc_ids, _of_documents(folder / "document_groups.parquet", "group", doc_ids), strict=True))
    origins = _of_documents(folder / "document_origins.parquet", "origin", doc_ids)
    with open_parquet(folder / "quote_sources.parquet") as file:
        blocks = (pa.Table.from_batches([batch]) for batch in file.iter_batches(columns=COLUMNS, use_threads=False))
        tables = share_tables(blocks, groups, read_known(options.manifest), origins=origins)
    with open_parquet(folder / "quotes.parquet") as file:
        columns = ["doc_id", "sentence", "type", "speaker", "source"]
        batches = file.iter_batches(columns=columns, use_threads=False)
        tables["refusals"] = refusals((row for batch in batches for row in no_comments(batch)), groups)
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    for name, table in tables.items():
        write_table(folder, name, table, csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
