"""Families of quoted passages across the corpus: the tables quote_families and quote_reuse.

The same passages are compared with reference texts, such as a speech: reference_coverage and reference_outlets."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.options import path_options
from scripts.core.plain_words import plain_words
from scripts.core.schemas import arrow_schema
from scripts.core.statements import NAMED_TYPES, is_class, speech
from scripts.core.storage import open_parquet, read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.core.types import Row
from scripts.documents.duplicates import read_clusters
from scripts.maths.ranking import by_frequency
from scripts.maths.tuples import ranges
from scripts.reuse.passages import MARK_CHARACTERS, Passage, passages
from scripts.reuse.reference_forms import occurrences
from scripts.reuse.reference_texts import coverage_rows, outlet_rows, read_texts
from scripts.reuse.travelling import numbers_of_families
from scripts.reuse.variants import REFERENCE, VARIANT_KINDS, Variant, half_shares

# An occurrence that has a smaller share of the words of a half leaves that half out.
_HALF = 0.5
_QUOTES = ["doc_id", "quote", "sentence", "content_spans", "content", "speaker", "speaker_type"]
# Rows of the table quotes in memory at a time, and families held as Python rows at a time.
_ROWS, _FAMILIES = 10_000, 1_000
_Reader = Callable[[Sequence[int] | None], Iterable[Row]]
_Documents = Callable[[Collection[str]], Mapping[str, Mapping[str, str]]]


def speakers_differ(speakers: Iterable[str]) -> bool:
    """Return whether two of the names have no word in common: "Trump" may be Donald Trump, but not Hillary Clinton.

    >>> speakers_differ(["Donald Trump", "Trump"]), speakers_differ(["Trump", "Hillary Clinton"])
    (False, True)
    """
    words = [frozenset(plain_words(name)) for name in sorted({*speakers})]
    return any(later.isdisjoint(earlier) for at, later in enumerate(words) for earlier in words[:at])


def _story_rows(rows: list[Row], clusters: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of a family by date, adding `first` and, for copies of a story, its first document (`copy_of`)."""
    originals: dict[str, str] = {}
    for at, row in enumerate(sorted(rows, key=lambda row: (not row["date"], row["date"], row["doc_id"], row["start"]))):
        original = originals.setdefault(clusters.get(row["doc_id"], row["doc_id"]), row["doc_id"])
        yield {**row, "first": at == 0, "copy_of": "" if original == row["doc_id"] else original}


def _occurrence_row(passage: Passage, variant: Variant, quote: Row, document: Mapping[str, str]) -> Row:
    """Return the row of quote_reuse for an occurrence of a passage."""
    first_half, second_half = half_shares(variant.marked)
    return {
        **passage._asdict(),
        **variant._asdict(),
        "sentence": quote["sentence"],
        "first_half": first_half,
        "second_half": second_half,
        "speaker": quote["speaker"] or "",
        "speaker_type": quote["speaker_type"] or "",
        "outlet": document["outlet"] or "",
        "date": document["date"] or "",
    }


def without_second_half(rows: Iterable[Row]) -> list[str]:
    """Return the outlets, sorted, that quote the first half of a passage somewhere but the second half nowhere."""
    halves: dict[str, list[bool]] = {}
    for row in rows:
        if row["outlet"]:
            halves_cited = halves.setdefault(row["outlet"], [False, False])
            halves_cited[0] |= row["first_half"] >= _HALF
            halves_cited[1] |= row["second_half"] >= _HALF
    return sorted(outlet for outlet, (first, second) in halves.items() if first and not second)


def _family_row(rows: Sequence[Row], reason: str) -> Row:
    """Return the row of quote_families for occurrences sorted by date; `reason` says how the reference was chosen."""
    own = [row for row in rows if not row["copy_of"]]
    speakers = Counter(row["speaker"] for row in rows if row["speaker"])
    kinds = Counter(row["kind"] for row in rows)
    return {
        "documents": len({row["doc_id"] for row in rows}),
        "stories": len({row["doc_id"] for row in own}),
        "outlets": len({row["outlet"] for row in rows if row["outlet"]}),
        "first_seen": rows[0]["date"],
        "text": next(row["text"] for row in rows if row["kind"] == REFERENCE),
        "reference": reason,
        "speakers": "; ".join(by_frequency(speakers)),
        "speakers_differ": speakers_differ(
            row["speaker"] for row in rows if row["speaker_type"] in NAMED_TYPES and not is_class(row["speaker"])
        ),
        **{kind: kinds[kind] for kind in VARIANT_KINDS[1:]},
        **{flag: sum(row[flag] for row in rows) for flag in ("negation", "number")},
        "hidden": sum(row["hidden"] > 0 for row in rows),
        "without_second_half": "; ".join(without_second_half(rows)),
        **{column: rows[0][column] for column in ("doc_id", "quote")},
    }


def reference_tables(
    texts: Mapping[str, str], rows: Iterable[Row], documents: Mapping[str, Mapping[str, str]]
) -> tuple[list[Row], list[Row]]:
    """Return the rows of reference_coverage and of reference_outlets.

    `texts` are the reference texts by name, `rows` those of table quotes with the columns `_QUOTES`; `documents` has
    outlet and date by doc_id.
    """
    coverage = [*coverage_rows(texts, rows, documents)] if texts else []
    return coverage, outlet_rows(coverage)


def _numbered(rows: Iterable[Row], places: "array[int]") -> Iterator[Passage]:
    """Yield the quoted passages of rows, appending the row number of each to `places`."""
    for number, row in enumerate(rows):
        for passage in passages(row):
            places.append(number)
            yield passage


def _families(read: _Reader, documents_of: _Documents, clusters: Mapping[str, str]) -> Iterator[tuple[list[Row], str]]:
    """Yield each family's rows of quote_reuse by date, without its number, and how its reference was chosen."""
    places = array("q")
    numbers = numbers_of_families(_numbered(read(None), places))
    rows = sorted({places[number] for family in numbers for number in family})
    chosen = {number for family in numbers for number in family}
    members: dict[int, tuple[Passage, Row]] = {}
    for place, row in zip(rows, read(rows), strict=True):
        quote = {column: row[column] for column in ("sentence", "speaker", "speaker_type")}
        for number, passage in enumerate(passages(row), bisect_left(places, place)):
            if number in chosen:
                members[number] = passage, quote
    documents = documents_of({passage.doc_id for passage, _ in members.values()})
    for family in numbers:
        passages_and_quotes = [members.pop(number) for number in family]
        chosen_passages = [passage for passage, _ in passages_and_quotes]
        doc_ids = [passage.doc_id for passage in chosen_passages]
        dates = [documents[doc_id]["date"] or "" for doc_id in doc_ids]
        joined, reason = occurrences(chosen_passages, dates, [clusters.get(doc_id, doc_id) for doc_id in doc_ids])
        reuse = [
            _occurrence_row(passage, variant, quote, documents[passage.doc_id])
            for (passage, variant), (_, quote) in zip(joined, passages_and_quotes, strict=False)
        ]
        if reuse:
            yield [*_story_rows(reuse, clusters)], reason


def family_tables(read: _Reader, documents_of: _Documents, clusters: Mapping[str, str]) -> tuple[pa.Table, pa.Table]:
    """Return the tables quote_families and quote_reuse, the families with most stories first.

    `read` returns rows of table quotes with the columns `_QUOTES`, in the same order each time: all rows, or those at
    the given positions. `documents_of` returns the outlet and date of the given documents by doc_id. `clusters` has the
    cluster of each document that resembles another (near_duplicates); a cluster counts as one story. To save memory,
    only a thousand families are Python rows at a time; the rest are columns.
    """
    parts = [(arrow_schema("quote_families").empty_table(), arrow_schema("quote_reuse").empty_table())]
    order: list[tuple[int, int, str, str]] = []
    sizes: list[int] = []
    waiting = _families(read, documents_of, clusters)
    while families := [*islice(waiting, _FAMILIES)]:
        rows = [{"family": 0, **_family_row(members, reason)} for members, reason in families]
        order += [(-row["stories"], -row["documents"], row["text"], row["doc_id"]) for row in rows]
        sizes += [len(members) for members, _ in families]
        reuse = ({"family": 0, **row} for members, _ in families for row in members)
        parts.append((rows_to_table("quote_families", rows), rows_to_table("quote_reuse", reuse)))
    at = np.array(sorted(range(len(order)), key=order.__getitem__), np.int64)
    first, n = np.cumsum([0, *sizes])[at], np.array(sizes, np.int64)[at]
    number = np.arange(1, len(at) + 1)
    families_table, reuse_table = map(pa.concat_tables, zip(*parts, strict=True))
    reuse_table = _numbered_rows(reuse_table, ranges(first, n), np.repeat(number, n))
    return _numbered_rows(families_table, at, number), reuse_table


def _numbered_rows(table: pa.Table, rows: Ints, family: Ints) -> pa.Table:
    """Return the rows of a table at the positions `rows`, in that order, with their family numbers."""
    chosen = table.take(pa.array(rows)).combine_chunks()
    return chosen.set_column(0, table.schema.field(0), pa.array(family))


def read_quotes(path: Path, chosen: Sequence[int] | None = None) -> Iterator[Row]:
    """Yield the rows of a table quotes that are speech with quotation marks, with the columns `_QUOTES`.

    Refusals are left out. The file is read in batches. If `chosen` is given, only the rows at these positions, which
    ascend from 0, are yielded.
    """
    numbers = None if chosen is None else np.array(chosen, np.int64)
    first = 0
    with open_parquet(path) as file:
        for batch in file.iter_batches(_ROWS, columns=[*_QUOTES, "type", "n_words"], use_threads=False):
            spoken = speech(pa.Table.from_batches([batch]))
            is_quoted = pc.match_substring_regex(spoken["content"], f"[{MARK_CHARACTERS}]")
            rows = spoken.filter(pc.and_(is_quoted, pc.greater(spoken["n_words"], 0)))
            first, last = first + rows.num_rows, first
            if numbers is not None:
                within = numbers[np.searchsorted(numbers, last) : np.searchsorted(numbers, first)] - last
                rows = rows.take(pa.array(within))
            yield from rows.to_pylist()


def read_outlets(path: Path, doc_ids: Collection[str]) -> dict[str, Row]:
    """Return the outlet and date of the given documents, by doc_id, from a table documents."""
    table = read_parquet(path, ["doc_id", "outlet", "date"])
    rows = table.filter(pc.is_in(table["doc_id"], pa.array([*doc_ids], pa.string()))).to_pylist()
    return {row["doc_id"]: row for row in rows}


def main() -> None:
    """Write the tables of families and of reference texts from the tables in a folder and a manifest of texts."""
    options = path_options(main.__doc__, "settings", "folder", "manifest")
    folder: Path = options.folder
    read = partial(read_quotes, folder / "quotes.parquet")
    documents_of = partial(read_outlets, folder / "documents.parquet")
    families = family_tables(read, documents_of, read_clusters(folder))
    tables = dict(zip(("quote_families", "quote_reuse"), families, strict=True))
    texts = read_texts(options.manifest)
    documents = documents_of({row["doc_id"] for row in read(None)}) if texts else {}
    of_texts = reference_tables(texts, read(None), documents)
    for name, rows in zip(("reference_coverage", "reference_outlets"), of_texts, strict=True):
        tables[name] = rows_to_table(name, rows)
    limits = read_settings(options.settings)["tables"]
    for name, table in tables.items():
        write_table(folder, name, table, **limits)
