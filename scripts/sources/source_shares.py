"""The corpus step for shares of sources: kinds and attributes by group of documents, contrasts, diversity, refusals.

Makes the tables source_shares, source_contrasts, source_diversity and refusals. Documents that repeat an earlier one
are left out: a copied story does not reflect an outlet's choice of sources. The rest are counted together, and also
separately for own reporting and wire copy.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.core.encoded import as_table
from scripts.core.known_sources import KnownSources, read_known
from scripts.core.options import path_options
from scripts.core.stand_ins import ALL, OTHERS
from scripts.core.statements import NO_COMMENT
from scripts.core.storage import decoded, read_by_document, read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.documents.origins import OWN, WIRE
from scripts.maths.bootstrap import RESAMPLES
from scripts.maths.document_shares import added, less
from scripts.maths.intervals import benjamini_hochberg
from scripts.maths.permutation import groups_p
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
from scripts.sources.source_groups import by_group_and_origin, group_counts
from scripts.sources.source_parts import AttributePart
from scripts.sources.source_statistics import (
    contrast_keys,
    diversity,
    source_contrast_rows,
    source_share_rows,
)

# Names of the two origins as sides of a contrast.
ORIGIN_SIDES = {OWN: "(own)", WIRE: "(wire)"}
_Parts = Mapping[str, AttributePart]
# Keys (`contrast_keys`) of the findings that already have a row.
_Findings = set[tuple[int, ...]]


def _shares(
    attribute: str, cells: AttributeCells, parts: Mapping[str, _Parts], both: _Parts, *, apart: bool
) -> Iterator[pd.DataFrame]:
    """Yield rows of source_shares for an attribute by group: all origins together, and each separately if `apart`.

    `parts` has the counts of each group by origin, `both` those of all origins together.
    """
    for origin in (ALL, *(ORIGIN_SIDES if apart else ())):
        for group, of_origin in parts.items():
            if part := both[group] if origin == ALL else of_origin.get(origin):
                rows = pd.DataFrame(source_share_rows(cells, part))
                yield rows.assign(attribute=attribute, group=group, origin=origin)


def _contrasts(
    statements: Statements,
    attribute: str,
    cells: AttributeCells,
    labels: NDArray[Any],
    both: _Parts,
    findings: _Findings,
) -> Iterator[pd.DataFrame]:
    """Yield rows of source_contrasts: sets of documents compared in an attribute.

    Of two sets, the first is compared with the second; of more, each with all the others. `both` has the counts of the
    sets by name, `labels` the name of each document's set. A finding already in `findings`, such as one of a column
    that repeats another, gets no second row.
    """
    names = [*both]
    if len(names) < 2:
        return
    members = [np.flatnonzero(labels == name) for name in names]
    opponent, compared = (names[1], names[:1]) if len(names) == 2 else (OTHERS, names)
    every = added(*both.values())
    p_of_names = _p_values(statements, members, attribute, cells, compared=len(compared))
    for name, p in zip(compared, p_of_names, strict=True):
        sides = both[name], less(every, both[name])
        rows, keys = source_contrast_rows(cells, *sides, p), contrast_keys(cells, *sides)
        is_new = np.ones(len(keys), bool)
        for at in np.flatnonzero(~np.isnan(rows["p"])).tolist():
            is_new[at] = keys[at] not in findings
            findings.add(keys[at])
        yield pd.DataFrame(rows)[is_new].assign(attribute=attribute, group=name, other=opponent)


def _p_values(
    statements: Statements, members: Sequence[Ints], attribute: str, cells: AttributeCells, *, compared: int
) -> Floats:
    """Return the p-values of the first `compared` sets (rows) against all other documents, by cell (column)."""
    of_attribute = Statements(
        statements.bounds, statements.columns, {attribute: statements.names[attribute]}, statements.value
    )

    def counts(documents: Ints) -> tuple[Floats, Floats]:
        of_documents = sums(of_attribute, documents)[attribute]
        return hits(of_documents).T, totals(of_documents).T

    return groups_p(members, counts, cells.total, compared=compared)


def _is_compared(statements: Statements, attribute: str, *, least_known: float) -> bool:
    """Return whether to compare groups by an attribute: always by kind, else if its value is known for enough words.

    A column of the user's table that nobody has filled in would only say that everything is unknown.
    """
    words, value, names = statements.columns["words"], statements.value[attribute], statements.names[attribute]
    known = int(words[value < len(names) - 1].sum()) / max(1, int(words.sum()))
    return attribute == KIND or (len(names) > 1 and known >= least_known)


def share_tables(
    rows: pa.Table,
    groups: Mapping[str, str],
    known: KnownSources,
    *,
    origins: Sequence[str] = (),
    least_known: float = LEAST_KNOWN,
    resamples: int = RESAMPLES,
) -> dict[str, pa.Table]:
    """Return the tables source_shares, source_diversity and source_contrasts.

    `rows` are those of the table quote_sources; `groups` has the group ("" for none) of each document that counts, by
    doc_id and in the same order; `origins` has their origins. Of two groups, the first is compared with the second; of
    more, each with all the others; own reporting is compared with wire copy if there are both. Comparisons are by kind,
    and by each attribute of the user's table that is known for at least `least_known` of the words.
    """
    doc_ids, labels = [*groups], np.array([*groups.values()], object)
    statements = read_statements(rows, doc_ids, known)
    documents = by_group_and_origin(labels.tolist(), origins or [OWN] * len(doc_ids))
    apart = len({origin for _, origin in documents}) > 1
    of_attributes = {attribute: attribute_cells(values) for attribute, values in statements.names.items()}
    counts = group_counts(statements, doc_ids, documents, of_attributes, resamples)
    shares: list[pd.DataFrame] = []
    varieties: list[dict[str, Any]] = []
    contrasts: list[pd.DataFrame] = []
    findings = _Findings()
    for attribute, cells in of_attributes.items():
        of_groups = {group: of_attribute[attribute] for group, of_attribute in counts.groups.items()}
        parts = {ALL: counts.everything[attribute], **of_groups}
        both = {group: added(*of_origin.values()) for group, of_origin in parts.items()}
        shares += _shares(attribute, cells, parts, both, apart=apart)
        of_all = diversity(cells, both.pop(ALL))
        of_each = {ALL: of_all} | {group: counts.diversity[group, attribute] for group in both}
        varieties += [{"attribute": attribute, "group": group, **row} for group, row in of_each.items()]
        if _is_compared(statements, attribute, least_known=least_known):
            contrasts += _contrasts(statements, attribute, cells, labels, both, findings)
            if apart:
                sides = np.array([ORIGIN_SIDES[origin] for origin in origins], object)
                of_sides = {side: counts.everything[attribute][origin] for origin, side in ORIGIN_SIDES.items()}
                contrasts += _contrasts(statements, attribute, cells, sides, of_sides, findings)
    shared, compared = (pd.concat([pd.DataFrame(), *rows], ignore_index=True) for rows in (shares, contrasts))
    if len(compared):
        compared = compared.assign(q=benjamini_hochberg(compared["p"].to_numpy(float)))
    return {
        "source_shares": as_table("source_shares", shared),
        "source_diversity": rows_to_table("source_diversity", varieties),
        "source_contrasts": as_table("source_contrasts", compared),
    }


def refusals(quotes: pd.DataFrame, groups: Mapping[str, str]) -> pd.DataFrame:
    """Return the table refusals: sources that would not speak, in all documents and in each group, most refusals first.

    `quotes` are the rows of table quotes that are refusals, with the columns doc_id, sentence, speaker and source;
    `groups` has the group ("" for none) of each document that counts, by doc_id. A source without a name appears in the
    words of the text. Groups have rows only if there are at least two.
    """
    rows = quotes[quotes["doc_id"].isin([*groups])].fillna({"speaker": "", "source": ""})
    speaker = rows["speaker"].where(rows["speaker"] != "", rows["source"])
    rows = rows.assign(speaker=speaker, group=[groups[doc_id] for doc_id in rows["doc_id"]])
    has_groups = len({*groups.values()} - {""}) > 1
    in_groups = pd.concat([rows.assign(group=ALL), rows[(rows["group"] != "") & has_groups]])
    by_speaker = in_groups.sort_values(["doc_id", "sentence"]).groupby(["group", "speaker"], as_index=False)
    first = {name: (name, "first") for name in ("doc_id", "sentence")}
    table = by_speaker.agg(n=("doc_id", "size"), documents=("doc_id", "nunique"), **first)
    return table.sort_values(["group", "n", "speaker"], ascending=[True, False, True])


def main() -> None:
    """Write the tables that this module makes from the tables in a folder and a manifest."""
    options = path_options(main.__doc__, "settings", "folder", "manifest")
    folder: Path = options.folder
    settings = read_settings(options.settings)
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"])
    own = counts_sources(documents["parsed"].to_numpy(), documents["duplicate_of"].to_pylist())
    doc_ids = documents["doc_id"].filter(pa.array(own)).to_pylist()
    group = read_by_document(folder / "document_groups.parquet", "group")
    origin = read_by_document(folder / "document_origins.parquet", "origin")
    groups, origins = {doc_id: group[doc_id] for doc_id in doc_ids}, [origin[doc_id] for doc_id in doc_ids]
    rows = read_parquet(folder / "quote_sources.parquet", SOURCE_COLUMNS, dictionaries=["doc_id", "kind", "stance"])
    known, least_known = read_known(options.manifest), settings["sources_known"]
    tables = share_tables(rows, groups, known, origins=origins, least_known=least_known)
    texts = ["doc_id", "type", "speaker", "source"]
    quotes = read_parquet(folder / "quotes.parquet", [*texts, "sentence"], dictionaries=texts)
    of_sources = decoded(quotes.filter(pc.equal(quotes["type"], NO_COMMENT)))
    tables["refusals"] = as_table("refusals", refusals(of_sources.to_pandas(), groups))
    for name, table in tables.items():
        write_table(folder, name, table, **settings["tables"])
