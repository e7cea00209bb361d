"""Documents that repeat an earlier one, word for word or nearly (wire copy), and the pairs that resemble each other.

With `duplicates: drop` the tokens step leaves the repetitions out, so that no later step sees them. That step then
waits until all documents have been read.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.batches import read_batches
from scripts.core.options import path_options
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, read_settings, to_table, write_parquet
from scripts.core.tables import write_table
from scripts.documents.resemblance import RESEMBLANCE, candidate_pairs, equal_hashes, originals
from scripts.maths.intervals import wilson
from scripts.maths.linkage import connected
from scripts.maths.minhash import HASHES


class Repetitions(NamedTuple):
    """`original`: {doc_id of a repetition: doc_id of its original}, sorted; `pairs`: the table `near_duplicates`."""

    original: dict[str, str]
    pairs: pa.Table


def read_clusters(folder: Path) -> dict[str, str]:
    """Return the cluster of each document in the table `near_duplicates` in a folder, by doc_id."""
    rows = read_parquet(folder / "near_duplicates.parquet", ["cluster", "doc_id", "other"]).to_pydict()
    return dict(zip(rows["doc_id"] + rows["other"], 2 * rows["cluster"], strict=True))


def read_signatures(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the tables `batch_signatures` of all batches as one, in the order of doc_id."""
    return pa.concat_tables([arrow_schema("batch_signatures").empty_table(), *tables]).sort_by("doc_id")


def _pair_table(names: list[str], signatures: np.ndarray, pairs: np.ndarray) -> pa.Table:
    """Return the table `near_duplicates` of the pairs that resemble each other; `names` are in alphabetical order."""
    hits = equal_hashes(signatures, pairs)
    pairs, hits = pairs[:, hits >= RESEMBLANCE * HASHES], hits[hits >= RESEMBLANCE * HASHES]
    cluster = connected(pairs, len(names))
    lo, hi = wilson(hits, HASHES)
    order = np.lexsort((pairs[1], pairs[0], cluster[pairs[0]]))
    doc_ids = np.array(names, object)
    columns = {
        "cluster": doc_ids[cluster[pairs[0]]],
        "doc_id": doc_ids[pairs[0]],
        "other": doc_ids[pairs[1]],
        "n": np.full(len(hits), HASHES),
        "estimate": hits / HASHES,
        "lo": lo,
        "hi": hi,
        "method": np.full(len(hits), "min-hash, Wilson 95 %", object),
    }
    return to_table("near_duplicates", {name: column[order] for name, column in columns.items()})


def find_repetitions(texts: pa.Table) -> Repetitions:
    """Return which documents of `read_signatures` repeat an earlier one, and all pairs that are alike.

    A document repeats another if they share at least half of their sequences of five words or, if they are too short
    for a signature, are the same apart from white space around them. Its original is the earliest such document that
    is not a repetition itself: by date, undated ones last, and then by doc_id. Every repetition with a signature forms
    a pair of `near_duplicates` with its original.
    """
    signed = texts.filter(pc.not_equal(texts["signature"], b""))
    names, dates = signed["doc_id"].to_pylist(), signed["date"].to_pylist()
    data = b"".join(signed["signature"].to_pylist())
    signatures = np.frombuffer(data, "<u4").reshape(len(names), HASHES)
    by_date = np.array(sorted(range(len(names)), key=lambda row: (not dates[row], dates[row], names[row])), int)
    earliest = by_date[np.array(originals(signatures[by_date]), int)]
    repeated = by_date != earliest
    repetitions = np.sort(np.stack([by_date[repeated], earliest[repeated]]), axis=0)
    pairs = np.unique(np.concatenate([candidate_pairs(signatures), repetitions], axis=1), axis=1)
    original = {names[row]: names[first] for row, first in zip(by_date[repeated], earliest[repeated], strict=True)}
    short = texts.filter(pc.equal(texts["signature"], b"")).drop_columns("signature").to_pylist()
    first_short: dict[str, str] = {}
    for row in sorted(short, key=lambda row: (not row["date"], row["date"], row["doc_id"])):
        first = first_short.setdefault(row["short"], row["doc_id"])
        if first != row["doc_id"]:
            original[row["doc_id"]] = first
    return Repetitions(dict(sorted(original.items())), _pair_table(names, signatures, pairs))


def main() -> None:
    """List the documents of all batches that repeat an earlier one, and all pairs that resemble each other."""
    options = path_options(main.__doc__, "batches", "settings", "output", "folder")
    folders = (options.batches / batch for batch in read_batches(options.batches))
    repetitions = find_repetitions(read_signatures(read_parquet(folder / "signatures.parquet") for folder in folders))
    columns = {"doc_id": list(repetitions.original), "duplicate_of": list(repetitions.original.values())}
    write_parquet(options.output, to_table("duplicates", columns))
    write_table(options.folder, "near_duplicates", repetitions.pairs, **read_settings(options.settings)["tables"])
