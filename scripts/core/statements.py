"""Statements: the rows of the table quotes that are speech; every step that counts speech reads them through here.

With `boilerplate: drop`, rows in boilerplate are not speech.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.storage import own_texts, read_parquet
from scripts.core.types import Span

# The type of rows that are not speech.
BOILERPLATE = "boilerplate"
# The type of rows in which a source declines to speak: a statement without words.
NO_COMMENT = "no comment"
# The beginning of names that stand for a class of sources over all documents, not one speaker: "unnamed officials".
UNNAMED = "unnamed "
# The types of speakers with a name of their own.
NAMED_TYPES = frozenset(["person", "organisation", "government"])
# Between the pieces of a content.
BETWEEN_PIECES = " ... "


def is_class(speaker: str) -> bool:
    """Return True for the name of a class of sources without a name."""
    return speaker.startswith(UNNAMED)


def content_of(text: str, spans: Iterable[Span]) -> str:
    """Return the content of a statement: the pieces of a text in `spans`, joined by `BETWEEN_PIECES`."""
    return BETWEEN_PIECES.join(text[start:end] for start, end in spans)


def span_ends(spans: pa.ChunkedArray) -> tuple[Ints, Ints, Ints]:
    """Return the row, the first character and the one after the last of each span in a column of spans."""
    rows = spans.combine_chunks()
    return pc.list_parent_indices(rows).to_numpy(), *rows.flatten().flatten().to_numpy().reshape(-1, 2).T


def speech(quotes: pa.Table) -> pa.Table:
    """Return the rows of the table quotes that are speech; the column `type` must be among its columns."""
    is_speech = pc.fill_null(pc.not_equal(quotes["type"], BOILERPLATE), True)
    # The dictionary of an encoded column must not keep the texts of rows that are left out.
    return quotes if pc.all(is_speech).as_py() else own_texts(quotes.filter(is_speech))


def with_words(quotes: pa.Table) -> pa.Table:
    """Return the rows of the table quotes that are not refusals to speak; `type` must be among its columns."""
    return quotes.filter(pc.fill_null(pc.not_equal(quotes["type"], NO_COMMENT), True))


def read_speech(path: Path, columns: list[str] | None = None, *, dictionaries: Iterable[str] = ()) -> pa.Table:
    """Return the rows of a table of quotes that are speech, or only some of their columns, as `read_parquet` does."""
    if columns is None or "type" in columns:
        return speech(read_parquet(path, columns, dictionaries=dictionaries))
    return speech(read_parquet(path, [*columns, "type"], dictionaries=dictionaries)).select(columns)
