"""The corpus step of shares of sources: kinds and attributes by group of documents, contrasts, diversity, refusals.

Makes the tables source_shares, source_contrasts, source_diversity and refusals. Documents that repeat an earlier one
are left out: a copied story is no outlet's choice of sources. The others are counted together, and own reporting and
wire copy apart.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Floats, Ints
from scripts.core.known_sources import KnownSources, read_known
from scripts.core.options import path_options
from scripts.core.schemas import arrow_schema
from scripts.core.stand_ins import ALL, OTHERS
from scripts.core.storage import open_parquet, read_parquet, read_settings, rows_to_table, to_table
from scripts.core.tables import write_table
from scripts.documents.origins import OWN, WIRE
from scripts.maths.bootstrap import RESAMPLES
from scripts.maths.intervals import benjamini_hochberg
from scripts.maths.permutation import groups_p
from scripts.sources.refusals import no_comments, refusals
from scripts.sources.source_counts import (
    KIND,
    LEAST_KNOWN,
    SOURCE_COLUMNS,
    AttributeCells,
    Statements,
    attribute_cells,
    counts_sources,
    hits,
    read_statements,
    sums,
    totals,
)
from scripts.sources.source_groups import by_group_and_origin, fetched, group_counts
from scripts.sources.source_parts import AttributePart, added_parts, parts_less
from scripts.sources.source_statistics import (
    RowColumns,
    contrast_keys,
    diversity,
    source_contrast_rows,
    source_share_rows,
)

# Groups of documents by origin, as sides of a contrast.
ORIGIN_SIDES = {OWN: "(own)", WIRE: "(wire)"}
# Rows of a table, and the texts that are the same in all of them.
_Rows = tuple[RowColumns, dict[str, str]]
_Parts = Mapping[str, AttributePart]


def _joined(table: str, parts: Iterable[_Rows]) -> dict[str, list[Any]]:
    """Return the rows of all parts as columns of a table."""
    columns: dict[str, list[Any]] = {name: [] for name in arrow_schema(table).names}
    for rows, texts in parts:
        for name, column in columns.items():
            if name in rows:
                column += rows[name].tolist()
            elif name in texts:
                column += [texts[name]] * len(rows["value"])
    return columns


class _Made(NamedTuple):
    """Rows of the tables as they are made, by attribute; of source_shares by attribute and origin.

    `cells` are those of each attribute, and with `apart` there are rows of source_shares for each origin. `findings`
    are the contrasts that have a row.
    """

    cells: dict[str, AttributeCells]
    apart: bool
    shares: defaultdict[tuple[str, str], list[_Rows]]
    diversity: defaultdict[str, list[dict[str, Any]]]
    contrasts: defaultdict[str, list[_Rows]]
    findings: set[tuple[int, ...]]

    def tables(self) -> dict[str, pa.Table]:
        """Return the three tables; q is p after Benjamini and Hochberg over all rows of source_contrasts."""
        in_order = [(name, origin) for name in self.cells for origin in (ALL, OWN, WIRE)]
        share_columns = _joined("source_shares", (rows for key in in_order for rows in self.shares[key]))
        compared = _joined("source_contrasts", (rows for name in self.cells for rows in self.contrasts[name]))
        compared["q"] = benjamini_hochberg(np.array(compared["p"], float)).tolist()
        return {
            "source_shares": to_table("source_shares", share_columns),
            "source_diversity": rows_to_table(
                "source_diversity", (row for name in self.cells for row in self.diversity[name])
            ),
            "source_contrasts": to_table("source_contrasts", compared),
        }


def _described(made: _Made, attribute: str, group: str, of_origin: _Parts) -> AttributePart:
    """Add the shares and the diversity of a group of documents; return its counts, all origins together."""
    both, of_cells = added_parts(*of_origin.values()), made.cells[attribute]
    for origin, part in {ALL: both, **(of_origin if made.apart else {})}.items():
        texts = {"attribute": attribute, "group": group, "origin": origin}
        made.shares[attribute, origin].append((source_share_rows(of_cells, part), texts))
    made.diversity[attribute].append({"attribute": attribute, "group": group, **diversity(of_cells, both)})
    return both


def _compare(
    made: _Made, attribute: str, sides: tuple[str, str], first: AttributePart, second: AttributePart, p: Floats
) -> None:
    """Add the contrasts of two sets of documents, `sides` by name; p is that of each cell.

    A finding that has a row already, as of a column that repeats another, gets no second one.
    """
    rows = source_contrast_rows(made.cells[attribute], first, second, p)
    of_cells = contrast_keys(made.cells[attribute], first, second)
    is_new = np.ones(len(of_cells), bool)
    for at in np.flatnonzero(~np.isnan(rows["p"])).tolist():
        is_new[at] = of_cells[at] not in made.findings
        made.findings.add(of_cells[at])
    texts = {"attribute": attribute, **dict(zip(("group", "other"), sides, strict=True))}
    made.contrasts[attribute].append(({name: column[is_new] for name, column in rows.items()}, texts))


def _p_values(statements: Statements, members: Sequence[Ints], attribute: str, *, compared: int) -> Floats:
    """Return the p of each cell (column) of an attribute in the first so many sets of documents against all others."""
    of_attribute = statements._replace(names={attribute: statements.names[attribute]})

    def counts(documents: Ints) -> tuple[Floats, Floats]:
        of_documents = sums(of_attribute, documents)[attribute]
        return hits(of_documents).T, totals(of_documents).T

    return groups_p(members, counts, attribute_cells(statements.names[attribute]).total, compared=compared)


def _known_share(statements: Statements, attribute: str) -> float:
    """Return the share of the words whose source has a known value of an attribute."""
    words, value = statements.columns["words"], statements.value[attribute]
    return int(words[value < len(statements.names[attribute]) - 1].sum()) / max(1, int(words.sum()))


def share_tables(
    blocks: Iterable[pa.Table],
    groups: Mapping[str, str],
    known: KnownSources,
    *,
    origins: Sequence[str] = (),
    least_known: float = LEAST_KNOWN,
    resamples: int = RESAMPLES,
) -> dict[str, pa.Table]:
    """Return the tables source_shares, source_diversity and source_contrasts.

    `blocks` are rows of the table quote_sources, `groups` the group of each document that counts by doc_id ("": in
    none), in the same order, `origins` its origin. Of two groups the first is compared with the second, of more each
    with all others, and own reporting with wire copy where there are both: by kind, and by each attribute of the user's
    table that is known for `least_known` of the words.
    """
    doc_ids, labels = [*groups], np.array([*groups.values()], object)
    statements = read_statements(blocks, doc_ids, known)
    documents = by_group_and_origin(labels.tolist(), origins or [OWN] * len(doc_ids))
    names = sorted({*labels} - {""})
    opponent = names[1] if len(names) == 2 else OTHERS
    of_attributes = {attribute: attribute_cells(values) for attribute, values in statements.names.items()}
    apart = len({origin for _, origin in documents}) > 1
    # A column of the user's table that nobody has filled in says nothing but that all are unknown.
    tested = [
        name
        for name, values in statements.names.items()
        if name == KIND or (len(values) > 1 and _known_share(statements, name) >= least_known)
    ]
    made = _Made(of_attributes, apart, defaultdict(list), defaultdict(list), defaultdict(list), set())
    with tempfile.TemporaryFile() as file:
        counts = group_counts(statements, doc_ids, documents, file, resamples)
        for attribute, of_origin in counts.everything.items():
            _described(made, attribute, ALL, of_origin)
        members = [np.flatnonzero(labels == name) for name in names]
        compared = members if opponent == OTHERS else members[:1]
        p_of_groups = {
            name: _p_values(statements, members, name, compared=len(compared)) for name in tested if len(names) > 1
        }
        for group, parts in groupby(counts.groups, key=itemgetter(0)):
            of_group: dict[str, dict[str, AttributePart]] = defaultdict(dict)
            for _, attribute, origin, part in parts:
                of_group[attribute][origin] = fetched(part, file)
            at = names.index(group)
            for attribute, of_origin in of_group.items():
                both = _described(made, attribute, group, of_origin)
                if attribute in tested and at < len(compared):
                    others = parts_less(counts.grouped[attribute], both)
                    _compare(made, attribute, (group, opponent), both, others, p_of_groups[attribute][at])
    if apart:
        members = [np.flatnonzero(np.array(origins) == origin) for origin in ORIGIN_SIDES]
        for attribute in tested:
            (p_of_own,) = _p_values(statements, members, attribute, compared=1)
            own, wire = (counts.everything[attribute][origin] for origin in ORIGIN_SIDES)
            _compare(made, attribute, (ORIGIN_SIDES[OWN], ORIGIN_SIDES[WIRE]), own, wire, p_of_own)
    return made.tables()


def _of_documents(path: Path, column: str, doc_ids: Sequence[str]) -> list[str]:
    """Return a column of a table of all documents for some of them, in their order; both are in the order of doc_id."""
    rows = read_parquet(path, ["doc_id", column])
    return rows.filter(pc.is_in(rows["doc_id"], pa.array(doc_ids, pa.string())))[column].to_pylist()


def main() -> None:
    """Write the tables that this module makes from the tables in a folder and a manifest."""
    options = path_options(main.__doc__, "settings", "folder", "manifest")
    folder: Path = options.folder
    settings = read_settings(options.settings)
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"])
    own = counts_sources(documents["parsed"].to_numpy(), documents["duplicate_of"].to_pylist())
    doc_ids = documents["doc_id"].filter(pa.array(own)).to_pylist()
    groups = dict(zip(doc_ids, _of_documents(folder / "document_groups.parquet", "group", doc_ids), strict=True))
    origins = _of_documents(folder / "document_origins.parquet", "origin", doc_ids)
    with open_parquet(folder / "quote_sources.parquet") as file:
        blocks = (
            pa.Table.from_batches([batch]) for batch in file.iter_batches(columns=SOURCE_COLUMNS, use_threads=False)
        )
        known, least_known = read_known(options.manifest), settings["sources_known"]
        tables = share_tables(blocks, groups, known, origins=origins, least_known=least_known)
    with open_parquet(folder / "quotes.parquet") as file:
        columns = ["doc_id", "sentence", "type", "speaker", "source"]
        batches = file.iter_batches(columns=columns, use_threads=False)
        tables["refusals"] = refusals((row for batch in batches for row in no_comments(batch)), groups)
    for name, table in tables.items():
        write_table(folder, name, table, **settings["tables"])


if __name__ == "__main__":
    main()
