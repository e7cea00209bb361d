"""Parses that a batch keeps for the next run: a document whose tokens are the same is not parsed again.

Most of a batch is the parse. Its rows are kept as those of other steps are (`scripts.core.kept`), but under a key of
what the parser reads alone, and in a file of their own: a renamed document is not parsed again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from scripts.core.kept import rows_digest
from scripts.core.storage import DamagedError, arrow_schema, read_parquet, write_parquet

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
    return hashlib.sha256(fingerprint + rows_digest(tokens.select(_PARSER_INPUT))).hexdigest()


def _split(table: pa.Table, schema: pa.Schema) -> list[pa.Table]:
    """Return the rows of each document from a table that has them as lists."""
    lists = [table[name].combine_chunks() for name in schema.names]
    rows = pa.table([column.values for column in lists], schema=schema)
    return [rows.slice(first, end - first) for first, end in pairwise(lists[0].offsets.to_pylist())]


def _as_lists(tables: Iterable[pa.Table], schema: pa.Schema) -> dict[str, pa.Array]:
    """Return the columns of tables, one of each document, with a list for each document."""
    tables = list(tables)
    offsets = [0]
    for table in tables:
        offsets.append(offsets[-1] + table.num_rows)
    rows = pa.concat_tables([schema.empty_table(), *tables]).combine_chunks()
    places = pa.array(offsets, pa.int32())
    return {name: pa.ListArray.from_arrays(places, rows[name].combine_chunks()) for name in schema.names}


def read_kept(path: Path) -> dict[str, Parse]:
    """Return the parses that a batch has kept, by their keys; none without the file, or if that is damaged."""
    try:
        table = read_parquet(path)
    except (FileNotFoundError, DamagedError):
        return {}
    parses = map(Parse, _split(table, TOKENS), _split(table, MENTIONS))
    return dict(zip(table["key"].to_pylist(), parses, strict=True))


def write_kept(path: Path, parses: Mapping[str, Parse]) -> None:
    """Keep the parses of a batch, and no others, for the next run."""
    columns = {
        "key": pa.array(parses, pa.string()),
        **_as_lists((parse.tokens for parse in parses.values()), TOKENS),
        **_as_lists((parse.mentions for parse in parses.values()), MENTIONS),
    }
    write_parquet(path, pa.table(columns))
