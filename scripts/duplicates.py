"""Documents that repeat an earlier one, word for word or nearly (wire copy).

With `duplicates: drop` the tokens step leaves them out, so that no later step sees them. It waits until all documents
are read, and takes no more than the list of its own batch: the others are not done again when one more repeats another.
"""

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.batches import read_batches
from scripts.frequencies.similarity import signatures
from scripts.frequencies.texts import near_duplicates
from scripts.storage import read_parquet, rows_to_table, write_parquet

_WORD = re.compile(r"\w+")
_AT_ONCE = 1_000  # documents; the words of all at once would cost a gigabyte at 10,000


class Text(NamedTuple):
    """What decides which of two documents is the earlier, and the text."""

    doc_id: str
    date: str
    text: str


def _signatures(texts: list[Text]) -> list[str]:
    """The min-hash signature of each text over its words in lower case, in hexadecimal; "" for one too short."""
    found: list[str] = []
    for first in range(0, len(texts), _AT_ONCE):
        words = [_WORD.findall(text.text.lower()) for text in texts[first : first + _AT_ONCE]]
        vocabulary = sorted(set().union(*words))
        number = {word: n for n, word in enumerate(vocabulary)}
        word = np.array([number[word] for text in words for word in text], np.int64)
        document = np.repeat(np.arange(len(words)), [len(text) for text in words])
        rows = signatures(word, document, vocabulary, len(words))
        found += (row.tobytes().hex() if row.any() else "" for row in rows)
    return found


def find(texts: Iterable[Text]) -> dict[str, str]:
    """doc_id of each document that repeats an earlier one, with the doc_id of the earliest.

    Two documents repeat each other if their texts are the same, white space around them aside, or if they share at
    least half of their sequences of five words; so do all that hang together. The earliest is that with the first
    date, by doc_id among equals; one without a date comes after those with one.
    """
    texts = sorted(texts, key=lambda text: (not text.date, text.date, text.doc_id))
    by_id = pa.table({"doc_id": [text.doc_id for text in texts], "signature": _signatures(texts)}).sort_by("doc_id")
    near = near_duplicates(by_id)
    cluster: dict[str, str] = {}
    for column in ("doc_id", "other"):
        cluster.update(zip(near[column].to_pylist(), near["cluster"].to_pylist(), strict=True))
    first: dict[str, str] = {}
    found = {}
    for text in texts:
        # Too short for a signature, it may still be the same.
        key = cluster.get(text.doc_id) or f"\0{text.text.strip()}"
        original = first.setdefault(key, text.doc_id)
        if original != text.doc_id:
            found[text.doc_id] = original
    return dict(sorted(found.items()))


def main() -> None:
    """List the documents of all batches that repeat an earlier one."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--batches", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    texts: list[Text] = []
    batch_of: dict[str, str] = {}
    for batch in read_batches(options.batches):
        rows = read_parquet(options.batches / batch / "documents.parquet", list(Text._fields)).to_pylist()
        texts += (Text(**row) for row in rows)
        batch_of.update((row["doc_id"], batch) for row in rows)
    found = (
        {"doc_id": doc_id, "duplicate_of": original, "batch": batch_of[doc_id]}
        for doc_id, original in find(texts).items()
    )
    write_parquet(options.output, rows_to_table("duplicates", found))


if __name__ == "__main__":
    main()
