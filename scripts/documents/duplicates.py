"""Documents that repeat an earlier one, word for word or nearly (wire copy).

With `duplicates: drop` the tokens step leaves them out, so that no later step sees them. It waits until all documents
are read, and takes no more than the list of its own batch: the others are not done again when one more repeats another.
"""

import argparse
from pathlib import Path

import pyarrow as pa

from scripts.core.batches import read_batches
from scripts.core.storage import arrow_schema, read_parquet, rows_to_table, write_parquet
from scripts.documents.resemblance import near_duplicates


def find(texts: pa.Table) -> dict[str, str]:
    """doc_id of each document that repeats an earlier one, with the doc_id of the earliest.

    Two documents repeat each other if their texts are the same, white space around them aside, or if they share at
    least half of their sequences of five words; so do all that hang together. The earliest is that with the first
    date, by doc_id among equals; one without a date comes after those with one.
    """
    near = near_duplicates(texts.sort_by("doc_id"))
    cluster: dict[str, str] = {}
    for column in ("doc_id", "other"):
        cluster.update(zip(near[column].to_pylist(), near["cluster"].to_pylist(), strict=True))
    first: dict[str, str] = {}
    found = {}
    for row in sorted(texts.to_pylist(), key=lambda row: (not row["date"], row["date"], row["doc_id"])):
        doc_id = row["doc_id"]
        # Too short for a signature, it may still be the same.
        key = cluster.get(doc_id, doc_id) if row["signature"] else f"\0{row['short']}"
        original = first.setdefault(key, doc_id)
        if original != doc_id:
            found[doc_id] = original
    return dict(sorted(found.items()))


def main() -> None:
    """List the documents of all batches that repeat an earlier one."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--batches", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    batches = read_batches(options.batches)
    tables = [read_parquet(options.batches / batch / "signatures.parquet") for batch in batches]
    batch_of = {
        doc_id: batch for batch, table in zip(batches, tables, strict=True) for doc_id in table["doc_id"].to_pylist()
    }
    texts = pa.concat_tables([arrow_schema("batch_signatures").empty_table(), *tables])
    found = (
        {"doc_id": doc_id, "duplicate_of": original, "batch": batch_of[doc_id]}
        for doc_id, original in find(texts).items()
    )
    write_parquet(options.output, rows_to_table("duplicates", found))


if __name__ == "__main__":
    main()
