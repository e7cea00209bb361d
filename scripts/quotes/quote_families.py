"""Families of quoted passages over the corpus: the tables quote_families and quote_reuse.

Reference texts, such as a speech, are compared with the same passages: reference_coverage and reference_outlets."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.core.options import path_options
from scripts.core.statements import ATTITUDE
from scripts.core.storage import open_parquet, read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.quotes.passages import Passage, passages, words_of
from scripts.quotes.reference_texts import coverage_rows, outlet_rows, read_texts
from scripts.quotes.reuse import Occurrence, families
from scripts.quotes.variants import KINDS, LONGEST, half_shares

_NAMED = frozenset(["person", "organisation", "government"])
_HALF = 0.5  # of the words of a half: an occurrence with fewer leaves it out
_QUOTES = ["doc_id", "quote", "sentence", "content_spans", "content", "speaker", "speaker_type"]
_ROWS = 10_000  # of the table quotes that are in memory at a time
Row = dict[str, Any]


def speakers_differ(speakers: Iterable[str]) -> bool:
    """Return whether two of the names have no word in common: "Trump" may be Donald Trump, but not Hillary Clinton.

    >>> speakers_differ(["Donald Trump", "Trump"]), speakers_differ(["Trump", "Hillary Clinton"])
    (False, True)
    """
    words = [frozenset(words_of(name)) for name in sorted({*speakers})]
    return any(later.isdisjoint(earlier) for at, later in enumerate(words) for earlier in words[:at])


def _story_rows(rows: list[Row], clusters: Mapping[str, str]) -> Iterator[Row]:
    """Yield rows of one family, by date, each copy of a story with the document of the family that has it first."""
    originals: dict[str, str] = {}
    for at, row in enumerate(sorted(rows, key=lambda row: (not row["date"], row["date"], row["doc_id"], row["start"]))):
        original = originals.setdefault(clusters.get(row["doc_id"], row["doc_id"]), row["doc_id"])
        yield {**row, "first": at == 0, "copy_of": "" if original == row["doc_id"] else original}


def _occurrence_row(occurrence: Occurrence, quote: Mapping[str, Any], document: Mapping[str, str]) -> Row:
    """Return the row of quote_reuse for an occurrence of a passage."""
    passage, variant = occurrence
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
    """Return the outlets that quote the first half of a passage and nowhere the second, in the order of their names."""
    halves: dict[str, list[bool]] = {}
    for row in rows:
        if row["outlet"]:
            halves_cited = halves.setdefault(row["outlet"], [False, False])
            halves_cited[0] |= row["first_half"] >= _HALF
            halves_cited[1] |= row["second_half"] >= _HALF
    return sorted(outlet for outlet, (first, second) in halves.items() if first and not second)


def _family_row(rows: Sequence[Row]) -> Row:
    """Return the row of quote_families for the occurrences of a family, the first in time first."""
    own = [row for row in rows if not row["copy_of"]]
    speakers = Counter(row["speaker"] for row in rows if row["speaker"])
    kinds = Counter(row["kind"] for row in rows)
    return {
        "documents": len({row["doc_id"] for row in rows}),
        "stories": len({row["doc_id"] for row in own}),
        "outlets": len({row["outlet"] for row in rows if row["outlet"]}),
        "first_seen": rows[0]["date"],
        "text": next(row["text"] for row in rows if row["kind"] == LONGEST),
        "speakers": "; ".join(sorted(speakers, key=lambda name: (-speakers[name], name))),
        "speakers_differ": speakers_differ(row["speaker"] for row in rows if row["speaker_type"] in _NAMED),
        **{kind: kinds[kind] for kind in KINDS[1:]},
        **{flag: sum(row[flag] for row in rows) for flag in ("negation", "number")},
        "hidden": sum(row["hidden"] > 0 for row in rows),
        "without_second_half": "; ".join(without_second_half(rows)),
        **{column: rows[0][column] for column in ("doc_id", "quote")},
    }


def reference_tables(
    texts: Mapping[str, str], rows: Iterable[Row], documents: Mapping[str, Mapping[str, str]]
) -> tuple[list[Row], list[Row]]:
    """Return the rows of reference_coverage and of reference_outlets.

    `texts` are the reference texts by name; `rows` and `documents` are as in `family_tables`.
    """
    coverage = [*coverage_rows(texts, rows, documents)] if texts else []
    return coverage, outlet_rows(coverage)


def quoted_passages(rows: Iterable[Row]) -> Iterator[Passage]:
    """Yield the quoted passages of attributions with the columns `_QUOTES`."""
    for row in rows:
        yield from passages(row["doc_id"], row["quote"], row["content_spans"], row["content"])


def family_tables(
    rows: Iterable[Row], documents: Mapping[str, Mapping[str, str]], clusters: Mapping[str, str]
) -> tuple[list[Row], list[Row]]:
    """Return the rows of quote_families and of quote_reuse, the families with most stories first.

    `rows` are of table quotes, with the columns `_QUOTES`, and are gone through several times; `documents` has outlet
    and date by doc_id. `clusters` says for a document that resembles another (near_duplicates) which cluster it is in:
    what a cluster quotes counts as one story.
    """
    joined = families(lambda: quoted_passages(rows))
    chosen = {(each.passage.doc_id, each.passage.quote) for family in joined for each in family}
    by_key = {key: row for row in rows if (key := (row["doc_id"], row["quote"])) in chosen}
    reuse = []
    for family in joined:
        occurrences = [
            _occurrence_row(each, by_key[each.passage.doc_id, each.passage.quote], documents[each.passage.doc_id])
            for each in family
        ]
        reuse.append([*_story_rows(occurrences, clusters)])
    pairs = [(_family_row(members), members) for members in reuse]
    pairs.sort(key=lambda pair: (-pair[0]["stories"], -pair[0]["documents"], pair[0]["text"], pair[0]["doc_id"]))
    numbered = [*enumerate(pairs, 1)]
    return (
        [{"family": number, **row} for number, (row, _) in numbered],
        [{**row, "family": number} for number, (_, members) in numbered for row in members],
    )


class _Quotes:
    """Rows of speech of the table quotes that are read from the file each time, some at a time, but refusals."""

    def __init__(self, path: Path) -> None:
        """Take the path of the table."""
        self._path = path

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows with the columns `_QUOTES`."""
        with open_parquet(self._path) as file:
            for rows in file.iter_batches(_ROWS, columns=[*_QUOTES, "type", "n_words"], use_threads=False):
                yield from (row for row in rows.to_pylist() if row["n_words"] and row["type"] != ATTITUDE)


def main() -> None:
    """Write the tables of families and of reference texts from the tables in a folder and a manifest of texts."""
    options = path_options(main.__doc__, "settings", "folder", "manifest")
    folder: Path = options.folder
    rows = read_parquet(folder / "documents.parquet", ["doc_id", "outlet", "date"]).to_pylist()
    documents = {row["doc_id"]: row for row in rows}
    pairs = read_parquet(folder / "near_duplicates.parquet", ["cluster", "doc_id", "other"]).to_pylist()
    clusters = {row[column]: row["cluster"] for row in pairs for column in ("doc_id", "other")}
    quotes = _Quotes(folder / "quotes.parquet")
    tables = (
        *family_tables(quotes, documents, clusters),
        *reference_tables(read_texts(options.manifest), quotes, documents),
    )
    names = ("quote_families", "quote_reuse", "reference_coverage", "reference_outlets")
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    for name, table in zip(names, tables, strict=True):
        write_table(folder, name, rows_to_table(name, table), csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
