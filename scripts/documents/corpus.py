"""The documents of the whole corpus (counts, metadata columns, duplicates), and the problems with them so far."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.batches import REFERENCE, read_batches
from scripts.core.models import model_language
from scripts.core.storage import read_parquet, read_settings, rows_to_table, write_parquet
from scripts.core.tables import joined, write_table
from scripts.documents.problems_table import of_reference


def counts(sentences: pa.Table, tokens: pa.Table) -> dict[str, dict[str, int]]:
    """n_paragraphs, n_sentences, n_tokens and n_words of each document of a batch, by doc_id."""
    found = {
        "n_paragraphs": _rows_of(sentences.group_by(["doc_id", "paragraph"]).aggregate([])),
        "n_sentences": _rows_of(sentences),
        "n_tokens": _rows_of(tokens),
        "n_words": _rows_of(tokens.filter(tokens["is_word"])),
    }
    return {doc_id: {name: rows.get(doc_id, 0) for name, rows in found.items()} for doc_id in found["n_sentences"]}


def _rows_of(table: pa.Table) -> dict[str, int]:
    """The number of rows of each document."""
    return {entry["values"]: entry["counts"] for entry in pc.value_counts(table["doc_id"]).to_pylist()}


def corpus_tables(
    folder: Path, refused: Sequence[dict], original: Mapping[str, str], *, language: str, dropped: bool
) -> tuple[pa.Table, pa.Table]:
    """The tables `documents` and `problems` of all batches below `folder`; `refused` are the entries that are no seeds.

    Problems of the reference folder's batches, which lie in `folder`/reference, are among them.
    `original` has, for each document that repeats an earlier one, which; if `dropped`, those are in `problems` only.
    A document on which the tokens step failed has no counts, and its `parsed` is false.
    A document in another language than `language`, that of the model, is noted: it is counted and not parsed.
    Metadata keys that any document has become columns of `documents`, after its own, in alphabetical order.
    """
    rows, problems = [], []
    for batch in read_batches(folder):
        documents = read_parquet(folder / batch / "documents.parquet").to_pylist()
        sentences = read_parquet(folder / batch / "sentences.parquet", ["doc_id", "paragraph"], dictionaries=["doc_id"])
        tokens = read_parquet(folder / batch / "tokens.parquet", ["doc_id", "is_word"], dictionaries=["doc_id"])
        found = counts(sentences, tokens)
        failed = read_parquet(folder / batch / "tokens_problems.parquet", ["seed"])["seed"].to_pylist()
        for row in documents:
            parsed = row["language"] in (language, "und") and row["doc_id"] not in failed
            rows.append({**_NO_COUNTS, **row, **found.get(row["doc_id"], {}), "parsed": parsed})
        problems.append(read_parquet(folder / batch / "problems.parquet"))
    for batch in read_batches(folder / REFERENCE):
        problems.append(of_reference(read_parquet(folder / REFERENCE / batch / "problems.parquet")))
    rows = [{**row, "duplicate_of": original.get(row["doc_id"], "")} for row in rows]
    rows.sort(key=lambda row: row["doc_id"])
    problems.append(rows_to_table("problems", (_refusal(entry) for entry in refused)))
    problems.append(
        rows_to_table("problems", (_repetition(row, dropped=dropped) for row in rows if row["duplicate_of"]))
    )
    if dropped:
        rows = [row for row in rows if not row["duplicate_of"]]
    problems.append(
        rows_to_table("problems", (_foreign(row) for row in rows if row["language"] not in (language, "und")))
    )
    return _with_metadata(rows), joined("problems", problems)


_NO_COUNTS = dict.fromkeys(("n_paragraphs", "n_sentences", "n_tokens", "n_words"), 0)


def _refusal(entry: dict) -> dict:
    return {**entry, "stage": "seeds", "offset": None}


def _repetition(row: dict, *, dropped: bool) -> dict:
    consequence = "left out" if dropped else "counted like any other. Remove one of the two, or set `duplicates: drop`"
    return {
        "seed": row["doc_id"],
        "stage": "corpus",
        "severity": "note",  # wire copy is no fault of a seed: `strict` lets it pass
        "code": "duplicate",
        "message": f"At least half of the text is that of {row['duplicate_of']}; it is {consequence}.",
        "offset": None,
    }


def _foreign(row: dict) -> dict:
    return {
        "seed": row["doc_id"],
        "stage": "corpus",
        "severity": "note",
        "code": "language",
        "message": f"Its language is {row['language']!r}: no names, quotes, frames or lemmas are taken from it.",
        "offset": None,
    }


def _with_metadata(rows: list[dict]) -> pa.Table:
    table = rows_to_table("documents", rows)
    metadata = [json.loads(row["metadata"]) for row in rows]
    for key in sorted({key for values in metadata for key in values}):
        name = key
        while name in table.column_names:
            name = f"meta_{name}"
        values = [None if values.get(key) is None else str(values[key]) for values in metadata]
        table = table.append_column(name, pa.array(values, pa.string()))
    return table


def main() -> None:
    """List the documents, and the problems that are known before names, quotes, frames and words are counted."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--batches", type=Path, required=True)
    parser.add_argument("--refused", type=Path, required=True)
    parser.add_argument("--duplicates", type=Path, required=True)
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--problems", type=Path, required=True)
    options = parser.parse_args()
    settings = read_settings(options.settings)
    refused = [json.loads(line) for line in options.refused.read_text(encoding="utf-8").splitlines()]
    repeated = read_parquet(options.duplicates).to_pydict()
    documents, problems = corpus_tables(
        options.batches,
        refused,
        dict(zip(repeated["doc_id"], repeated["duplicate_of"], strict=True)),
        language=model_language(settings["model"]),
        dropped=settings["duplicates"] == "drop",
    )
    write_table(options.folder, "documents", documents, **settings["tables"])
    write_parquet(options.problems, problems)


if __name__ == "__main__":
    main()
