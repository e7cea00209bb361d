"""The tables of a corpus cut into segments by the hashes of documents, so that only one is in memory at a time.

A segment is named by the first bits of its documents' hashes. Anchors are made from these hashes, so an address in the
page tells which files have its text. An added or removed document changes only its own segment.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from scripts.core.anchors import document_anchor
from scripts.core.arrays import Ints
from scripts.core.storage import open_parquet, own_texts, parquet_files, parquet_writer, read_parquet, write_parquet

# Bits of the hash in an anchor.
BITS = 40
# The name of the segment that has all documents.
EVERY_DOCUMENT = "all"
# Tables that the page's texts are made from and that have a doc_id, with the columns needed (all if none are named).
_TABLES: dict[str, tuple[str, ...]] = {
    "documents": (),
    "document_groups": (),
    "document_origins": ("doc_id", "origin"),
    "readability": ("doc_id",),
    "sentences": ("doc_id", "paragraph", "first", "last"),
    "quotes": (),
    "joint_statements": ("doc_id", "quote", "speaker"),
    "quote_sources": (),
    "entities": ("doc_id", "mention", "sentence", "start", "end", "label", "entity", "corrected_by"),
    "entity_mentions": ("doc_id", "mention", "kind", "name"),
    "frame_codes": (),
    "boilerplate_places": (),
    "topic_documents": (),
    "tokens": ("doc_id", "sentence", "start", "end", "text", "norm", "lemma", "is_word", "is_stop"),
}
# A small table without doc_id, which every segment needs in full.
_OF_CORPUS = "source_attributes.parquet"
# Rows that are read at a time; fewer of documents, which have texts.
_ROWS, _DOCUMENTS = 1_000_000, 10_000


class HashRange(NamedTuple):
    """Documents in the order of their hashes, from `first` to before `last`: all whose hashes begin with `prefix`."""

    prefix: str
    first: int
    last: int


def hashes(doc_ids: Iterable[str]) -> Ints:
    """Return the hash of each document, cut to the bits that its anchor has."""
    return np.array([int(document_anchor(doc_id)[1:], 16) for doc_id in doc_ids], np.int64)


def hash_ranges(
    ordered: Ints, tokens: Ints, most_documents: int, most_tokens: int, prefix: str = EVERY_DOCUMENT
) -> list[HashRange]:
    """Return the fewest ranges of hashes with a common prefix within both limits, in ascending order.

    `ordered` are the hashes in ascending order, all beginning with `prefix`, and `tokens` the lengths of the documents.
    A document that is too long by itself makes a range of its own.

    >>> hash_ranges(np.array([0, 1, 2**39]), np.array([5, 5, 5]), 2, 10)
    [HashRange(prefix='0', first=0, last=2), HashRange(prefix='1', first=2, last=3)]
    """
    before = np.concatenate([[0], np.cumsum(tokens)])
    made, waiting = [], [HashRange(_bits(prefix), 0, len(ordered))]
    while waiting:
        prefix, first, last = waiting.pop()
        if first == last:
            continue
        fits = last - first <= most_documents and before[last] - before[first] <= most_tokens
        if last - first == 1 or len(prefix) == BITS or fits:
            made.append(HashRange(prefix or EVERY_DOCUMENT, first, last))
            continue
        middle = first + int(np.searchsorted(ordered[first:last], _least(prefix + "1")))
        waiting += [HashRange(prefix + "1", middle, last), HashRange(prefix + "0", first, middle)]
    return made


def _bits(prefix: str) -> str:
    return "" if prefix == EVERY_DOCUMENT else prefix


def _least(prefix: str) -> int:
    """Return the smallest hash that begins with a prefix."""
    return int(_bits(prefix).ljust(BITS, "0"), 2)


def split_tables(tables: Path, folder: Path, segments: list[str]) -> None:
    """Write the rows of each segment's documents to a folder of tables in `folder`, named after the segment."""
    least = np.array([_least(segment) for segment in segments])
    for name in _TABLES:
        if (tables / f"{name}.parquet").exists():
            for number, path in enumerate(parquet_files(tables / f"{name}.parquet")):
                _split_file(path, name, number, folder, segments, least)
    if (tables / _OF_CORPUS).exists():
        for segment in segments:
            (folder / segment / _OF_CORPUS).symlink_to((tables / _OF_CORPUS).resolve())


def _segments_of(doc_ids: pa.DictionaryArray, least: Ints) -> Ints:
    """Return the number of the segment of each row."""
    of_text = np.searchsorted(least, hashes(doc_ids.dictionary.to_pylist()), "right") - 1
    return of_text[doc_ids.indices.to_numpy()]


def _linked(path: Path, target: str, folder: Path, segments: list[str], least: Ints) -> bool:
    """Give a segment a link to a file of tokens if it has all of the file's documents; return whether it does."""
    own: set[int] = set()
    with open_parquet(path, dictionaries=["doc_id"]) as file:
        for batch in file.iter_batches(_ROWS, columns=["doc_id"], use_threads=False):
            own.update(_segments_of(batch["doc_id"], least).tolist())
            if len(own) > 1:
                return False
    for segment in own:
        link = folder / segments[segment] / target
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path.resolve())
    return True


def _split_file(path: Path, name: str, number: int, folder: Path, segments: list[str], least: Ints) -> None:
    """Write the rows of one file of a table to the segments' folders; each file of tokens stays a file of its own."""
    target = f"tokens.parquet/{number:06}.parquet" if name == "tokens" else f"{name}.parquet"
    if name == "tokens" and _linked(path, target, folder, segments, least):
        return
    with open_parquet(path) as file:
        schema = file.schema_arrow
    columns = [each for each in schema.names if each in (_TABLES[name] or schema.names)]
    texts = [each for each in columns if pa.types.is_string(schema.field(each).type)]
    if name == "documents":
        texts.remove("text")
    with ExitStack() as stack, open_parquet(path, dictionaries=texts) as file:
        writers: dict[int, pq.ParquetWriter] = {}
        rows_at_once = _DOCUMENTS if name == "documents" else _ROWS
        for batch in file.iter_batches(rows_at_once, columns=columns, use_threads=False):
            rows = pa.Table.from_batches([batch]).select(columns)
            segment = _segments_of(rows["doc_id"].combine_chunks(), least)
            order = np.argsort(segment, kind="stable")
            bounds = [*np.flatnonzero(np.diff(segment[order], prepend=-1)), len(order)]
            for first, last in pairwise(bounds):
                own = int(segment[order[first]])
                if own not in writers:
                    place = folder / segments[own] / target
                    writers[own] = stack.enter_context(parquet_writer(place, rows.schema))
                # Without `own_texts`, the dictionary of each segment would have all texts of the file.
                writers[own].write_table(own_texts(rows.take(pa.array(order[first:last]))))


def read_hashes(tables: Path) -> tuple[Ints, Ints]:
    """Return the hashes of all documents in ascending order, and the number of tokens of each."""
    documents = read_parquet(tables / "documents.parquet", ["doc_id", "n_tokens"])
    parts = [hashes(batch["doc_id"].to_pylist()) for batch in documents.to_batches(_DOCUMENTS)]
    of_documents = np.concatenate([np.zeros(0, np.int64), *parts])
    order = np.argsort(of_documents, kind="stable")
    return of_documents[order], documents["n_tokens"].to_numpy()[order]


def sort_tables(folder: Path) -> None:
    """Write the rows of a segment's tables in the order of their documents' hashes; tokens stay as they are."""
    for name in _TABLES:
        path = folder / f"{name}.parquet"
        if name != "tokens" and path.exists():
            rows = read_parquet(path)
            order = np.argsort(hashes(rows["doc_id"].to_pylist()), kind="stable")
            write_parquet(path, rows.take(pa.array(order)))
