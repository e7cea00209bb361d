"""The documents of the whole corpus (counts, metadata columns, duplicates), and the problems with them so far."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.annotation import text_sha256
from scripts.core.batch_tokens import read_tokens
from scripts.core.batches import REFERENCE, read_batches
from scripts.core.options import path_options
from scripts.core.planned import read_manifest
from scripts.core.problem_rows import problem_row
from scripts.core.ranges import in_ranges, range_bounds
from scripts.core.schemas import arrow_schema
from scripts.core.storage import (
    parquet_writer,
    read_by_document,
    read_parquet,
    read_stage,
    rows_to_table,
    write_parquet,
)
from scripts.core.tables import joined, write_csv_of
from scripts.core.types import Row
from scripts.documents.language import UNDETERMINED
from scripts.documents.metadata import host_of_address
from scripts.documents.problems_table import of_reference

# Names, quotes and frames can be looked for only in documents on which these steps succeeded.
_PARSING = ("tokens", "parses")
# Characters of text sorted in memory at a time.
_CHARACTERS = 100_000_000
_MOST_COLUMNS = 1_000  # of metadata


def _rows_by_document(table: pa.Table) -> dict[str, int]:
    """Return the number of rows of each document."""
    return {entry["values"]: entry["counts"] for entry in pc.value_counts(table["doc_id"]).to_pylist()}


def _counts(folder: Path) -> dict[str, dict[str, int]]:
    """Return n_paragraphs, n_sentences, n_tokens and n_words of a batch's documents: {column: {doc_id: number}}."""
    sentences = read_parquet(folder / "sentences.parquet", ["doc_id", "paragraph"], dictionaries=["doc_id"])
    tokens = read_tokens(["doc_id", "is_word"], folder / "tokens.parquet")
    return {
        "n_paragraphs": _rows_by_document(sentences.group_by(["doc_id", "paragraph"]).aggregate([])),
        "n_sentences": _rows_by_document(sentences),
        "n_tokens": _rows_by_document(tokens),
        "n_words": _rows_by_document(tokens.filter(tokens["is_word"])),
    }


def _batch_documents(folder: Path, languages: Sequence[str]) -> list[Row]:
    """Return a batch's documents with counts; `parsed` is True for those in `languages` whose parse did not fail."""
    counts = _counts(folder)
    problems = (read_parquet(folder / f"{step}_problems.parquet", ["seed"]) for step in _PARSING)
    failed = {doc_id for table in problems for doc_id in table["seed"].to_pylist()}
    return [
        {
            **row,
            **{column: numbers.get(row["doc_id"], 0) for column, numbers in counts.items()},
            "parsed": row["language"] in languages and row["doc_id"] not in failed,
            "text_sha256": text_sha256(row["text"]),
        }
        for row in read_parquet(folder / "documents.parquet").to_pylist()
    ]


def _notes(row: Row, languages: Sequence[str], *, dropped: bool) -> Iterator[Row]:
    """Yield the notes about a document, which `strict` ignores: neither wire copy nor another language is a fault."""
    if row["duplicate_of"]:
        consequence = (
            "counted like any other, but not for kinds of source. Remove one of the two, or set `duplicates: drop`"
        )
        if dropped:
            consequence = "left out. If it should count, set `duplicates: keep`"
        message = f"At least half of the text is the same as in {row['duplicate_of']}; it is {consequence}."
        yield problem_row(row["doc_id"], "corpus", "duplicate", message, severity="note")
    if row["language"] not in languages and not (dropped and row["duplicate_of"]):
        message = (
            f"Its language is {row['language']!r}: no names, quotes, frames or lemmas are taken from it. If that is "
            "its language, there is nothing to do; otherwise write the right one into a column `language` of "
            "metadata.csv."
        )
        yield problem_row(row["doc_id"], "corpus", "language", message, severity="note")


def _outlet_notes(tables: Iterable[pa.Table]) -> list[Row]:
    """Return a note, at the outlet's first document, on each outlet that differs only in case from a larger one."""
    columns = ((table["outlet"].to_pylist(), table["doc_id"].to_pylist()) for table in tables)
    places = sorted(place for both in columns for place in zip(*both, strict=True))
    documents, first = Counter(outlet for outlet, _ in places), dict(reversed(places))
    usual = {outlet.casefold(): outlet for outlet in sorted(documents, key=lambda name: (documents[name], name))}
    message = (
        "Its outlet is written {!r} here and {!r} elsewhere: they count as two. If they are one, write them alike."
    )
    return [
        problem_row(
            first[outlet], "corpus", "outlet", message.format(outlet, usual[outlet.casefold()]), severity="note"
        )
        for outlet in sorted(documents)
        if outlet != usual[outlet.casefold()]
    ]


def _address_notes(tables: Iterable[pa.Table]) -> list[Row]:
    """Return one note, at the first of them, on all documents whose outlet is only the host of their address."""
    rows = (row for table in tables for row in table.select(["doc_id", "outlet", "metadata"]).to_pylist())
    named = [
        row["doc_id"]
        for row in rows
        if "." in (row["outlet"] or "") and row["outlet"] == host_of_address(json.loads(row["metadata"]))
    ]
    message = (
        f"Of {len(named):,} texts, such as here, nothing names the outlet, so the host in their address is taken. If "
        "that is wrong, add a column `outlet` to the table or to metadata.csv."
    )
    return [problem_row(min(named), "corpus", "outlet", message, severity="note")] if named else []


class _Facts(NamedTuple):
    """The documents without their texts: `tables` is {batch: table `documents` without `text`}.

    `lengths` is the number of characters of each document's text; `columns` is {column: metadata key} for the columns
    that follow those of the table, in alphabetical order.
    """

    tables: dict[str, pa.Table]
    lengths: dict[str, int]
    columns: dict[str, str]


def _metadata_columns(tables: Collection[pa.Table]) -> tuple[dict[str, str], list[Row]]:
    """Return {column: metadata key}, and the row about the keys that are too rare to get a column."""
    documents: Counter[str] = Counter()  # with each key
    for table in tables:
        for entry in pc.value_counts(table["metadata"]).to_pylist():
            documents.update(dict.fromkeys(json.loads(entry["values"]), entry["counts"]))
    keys = sorted(documents, key=lambda key: (-documents[key], key))
    chosen, left_out = sorted(keys[:_MOST_COLUMNS]), frozenset(keys[_MOST_COLUMNS:])
    columns: dict[str, str] = {}
    own = frozenset(arrow_schema("documents").names)
    for key in chosen:
        name = key
        while name in own or name in columns:
            name = f"meta_{name}"
        columns[name] = key
    return columns, [_left_out_columns(tables, left_out, len(keys))] if left_out else []


def _left_out_columns(tables: Iterable[pa.Table], left_out: Collection[str], number: int) -> Row:
    """Return the row about metadata keys without a column, at the seed that has most of them."""
    by_seed: Counter[str] = Counter()
    for table in tables:
        for seed, metadata in zip(table["seed"].to_pylist(), table["metadata"].to_pylist(), strict=True):
            by_seed[seed] += sum(key in left_out for key in json.loads(metadata))
    seed = min(by_seed, key=lambda name: (-by_seed[name], name))
    message = (
        f"The documents have {number:,} kinds of metadata; the limit for columns is {_MOST_COLUMNS:,}: those that few "
        f"documents have are in the column metadata only, {len(left_out):,} kinds, such as "
        f"{', '.join(sorted(left_out)[:5])}. Most of them are in this file. Leave out what you do not need."
    )
    return problem_row(seed, "corpus", "limit", message)


def corpus_facts(
    folder: Path, refused: Sequence[Row], original: Mapping[str, str], *, language: str, dropped: bool
) -> tuple[_Facts, pa.Table]:
    """Return the facts of the documents of all batches below `folder`, and the table `problems`.

    `refused` are the entries of seeds/ that were refused; `original` is {doc_id of a repetition: its original}; with
    `dropped`, repetitions appear only in `problems`. A document in a language other than `language`, the model's, is
    counted and noted but not `parsed`; neither is one on which a step of `_PARSING` failed. The problems include those
    of the reference folder, whose batches lie in `folder`/reference.
    """
    languages = (language, UNDETERMINED)
    facts, problems = _Facts({}, {}, {}), []
    notes = [problem_row(stage="seeds", **entry) for entry in refused]
    for batch in read_batches(folder):
        rows = [
            {**row, "duplicate_of": original.get(row["doc_id"], "")}
            for row in _batch_documents(folder / batch, languages)
        ]
        notes += (note for row in rows for note in _notes(row, languages, dropped=dropped))
        if dropped:
            rows = [row for row in rows if not row["duplicate_of"]]
        facts.lengths.update({row["doc_id"]: len(row["text"]) for row in rows})
        facts.tables[batch] = rows_to_table("documents", rows).drop_columns("text")
        problems.append(read_parquet(folder / batch / "problems.parquet"))
    columns, of_columns = _metadata_columns(facts.tables.values())
    facts.columns.update(columns)
    notes += of_columns + _outlet_notes(facts.tables.values()) + _address_notes(facts.tables.values())
    for batch in read_batches(folder / REFERENCE):
        problems.append(of_reference(read_parquet(folder / REFERENCE / batch / "problems.parquet")))
    return facts, joined("problems", [*problems, rows_to_table("problems", notes)])


def _with_texts(facts: pa.Table, documents: pa.Table, columns: Mapping[str, str]) -> pa.Table:
    """Return a batch's rows of the table `documents`, followed by a column for each metadata key."""
    texts = documents.filter(pc.is_in(documents["doc_id"], facts["doc_id"].combine_chunks()))["text"]
    metadata = [json.loads(text) for text in facts["metadata"].to_pylist()]
    values = [
        pa.array([None if entry.get(key) is None else str(entry[key]) for entry in metadata], pa.string())
        for key in columns.values()
    ]
    return pa.table([*facts.columns, texts, *values], names=[*facts.column_names, "text", *columns])


def write_documents(path: Path, folder: Path, facts: _Facts, *, characters: int = _CHARACTERS) -> None:
    """Write the table `documents` of all batches below `folder`, sorting `characters` of text at a time."""
    columns = facts.columns
    schema = pa.schema([*arrow_schema("documents"), *((name, pa.string()) for name in columns)])
    parts = (
        _with_texts(table, read_parquet(folder / batch / "documents.parquet", ["doc_id", "text"]), columns)
        for batch, table in facts.tables.items()
    )
    bounds = range_bounds(facts.lengths, rows=characters)
    with parquet_writer(path, schema) as out:
        for rows in in_ranges(parts, schema, "doc_id", bounds):
            out.write_table(rows.sort_by("doc_id"))


def main() -> None:
    """Write the documents, and the problems known before names, quotes, frames and words are counted."""
    options = path_options(main.__doc__, "batches", "refused", "duplicates", "settings", "folder", "problems")
    stage = read_stage(options.settings)
    settings = stage["settings"]
    refused, original = read_manifest(options.refused), read_by_document(options.duplicates, "duplicate_of")
    language, dropped = stage["model"]["language"], settings["duplicates"] == "drop"
    facts, problems = corpus_facts(options.batches, refused, original, language=language, dropped=dropped)
    write_documents(options.folder / "documents.parquet", options.batches, facts)
    write_csv_of(options.folder / "documents.parquet", **settings["tables"])
    write_parquet(options.problems, problems)
