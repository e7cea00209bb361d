"""Parses that a batch keeps for the next run: a document whose tokens are unchanged is not parsed again.

Parsing takes most of the time of a batch. Its rows are kept like those of other steps (`scripts.core.kept`), but the
key covers only what the parser reads, so that a renamed document is not parsed again.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path

import pyarrow as pa

from scripts.core.kept import read_kept, rows_digest

# A row per document of the batch, in order: its key and its number of rows in the table of tokens. A document that was
# not parsed has no key.
KEYS = pa.schema([("key", pa.string()), ("tokens", pa.int64())])
# The columns that the parser reads: words, the gaps between them, and where sentences end.
_PARSER_INPUT = ["sentence", "gap", "word"]


def token_spans(doc_ids: Iterable[str], sentences: pa.Table) -> Iterator[tuple[str, int, int]]:
    """Yield each document with its first row in the batch's table of tokens and the row after its last."""
    lengths = dict(zip(sentences["doc_id"].to_pylist(), sentences["last"].to_pylist(), strict=True))
    first = 0
    for doc_id in doc_ids:
        yield doc_id, first, first + lengths.get(doc_id, 0)
        first += lengths.get(doc_id, 0)


def parse_key(fingerprint: bytes, tokens: pa.Table) -> str:
    """Return the SHA-256 of all that a parse depends on: the stage's `fingerprint` and the document's token rows."""
    return hashlib.sha256(fingerprint + rows_digest(tokens.select(_PARSER_INPUT))).hexdigest()


def read_parses(table: Path) -> dict[str, pa.Table]:
    """Return the parses that a batch has kept, by key; `table` is the table of parses."""
    last_run = read_kept([table])
    if last_run is None:
        return {}
    keys, (parses,) = last_run
    ends = pairwise(accumulate(keys["tokens"].to_pylist(), initial=0))
    of_documents = [parses.slice(first, end - first) for first, end in ends]
    return {key: parse for key, parse in zip(keys["key"].to_pylist(), of_documents, strict=True) if key}
