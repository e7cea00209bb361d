"""Parses that a batch keeps for the next run: a document whose tokens are the same is not parsed again.

Most of a batch is the parse. Its rows are kept as those of other steps are (`scripts.core.kept`), but under a key of
what the parser reads alone: a renamed document, or one with another date, is not parsed again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from scripts.core import kept
from scripts.core.storage import arrow_schema

TOKENS = arrow_schema("batch_parses")
MENTIONS = pa.schema([field for field in arrow_schema("batch_mentions") if field.name != "doc_id"])
# The columns that the parser reads: words, the gaps between them, and where sentences end.
_PARSER_INPUT = ["sentence", "start", "end", "word"]


class Parse(NamedTuple):
    """The model's symbols of a document: a row a token (TOKENS), and its raw mentions (MENTIONS)."""

    tokens: pa.Table
    mentions: pa.Table


def token_spans(doc_ids: Iterable[str], sentences: pa.Table) -> Iterator[tuple[str, int, int]]:
    """Yield each document with the first of its rows in the batch's table of tokens, and the row after its last."""
    lengths = dict(zip(sentences["doc_id"].to_pylist(), sentences["last"].to_pylist(), strict=True))
    first = 0
    for doc_id in doc_ids:
        yield doc_id, first, first + lengths.get(doc_id, 0)
        first += lengths.get(doc_id, 0)


def parse_key(fingerprint: bytes, tokens: pa.Table) -> str:
    """Return the SHA-256 of all that the parse of a document depends on.

    `tokens` are its rows of batch_tokens, `fingerprint` is that of the stage.
    """
    return hashlib.sha256(fingerprint + kept.rows_digest(tokens.select(_PARSER_INPUT))).hexdigest()


def read_kept(path: Path) -> dict[str, Parse]:
    """Return the parses that a batch has kept, by their keys; none without the file, or if that is damaged."""
    return {key: Parse(*rows) for key, rows in kept.read_kept(path, (TOKENS, MENTIONS)).items()}


def write_kept(path: Path, parses: Mapping[str, Parse]) -> None:
    """Keep the parses of a batch, and no others, for the next run."""
    kept.write_kept(path, (TOKENS, MENTIONS), parses)
