"""Statements: the rows of the table quotes that are speech, by which all that counts speech reads it.

What stands in boilerplate, with `boilerplate: drop`, is none.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import own_texts, read_parquet

# The type of the rows that are no speech.
BOILERPLATE = "boilerplate"
# The type of the rows in which a source would not speak: a statement of no words.
NO_COMMENT = "no comment"
# How the names of those begin who are a class over all documents, no one speaker: "unnamed officials".
UNNAMED = "unnamed "


def is_class(speaker: str) -> bool:
    """Return True for the name of a class of sources without a name."""
    return speaker.startswith(UNNAMED)


def speech(quotes: pa.Table) -> pa.Table:
    """Return the rows of the table quotes that are speech; the column `type` must be among its columns."""
    is_speech = pc.fill_null(pc.not_equal(quotes["type"], BOILERPLATE), True)
    # The dictionary of an encoded column must not keep the texts of the others.
    return quotes if pc.all(is_speech).as_py() else own_texts(quotes.filter(is_speech))


def with_words(quotes: pa.Table) -> pa.Table:
    """Return the rows of the table quotes that are no refusals to speak; `type` must be among its columns."""
    return quotes.filter(pc.fill_null(pc.not_equal(quotes["type"], NO_COMMENT), True))


def read_speech(path: Path, columns: list[str] | None = None, *, dictionaries: Iterable[str] = ()) -> pa.Table:
    """Return the rows of a table of quotes that are speech, or only some of their columns, as `read_parquet` does."""
    if columns is None or "type" in columns:
        return speech(read_parquet(path, columns, dictionaries=dictionaries))
    return speech(read_parquet(path, [*columns, "type"], dictionaries=dictionaries)).select(columns)
