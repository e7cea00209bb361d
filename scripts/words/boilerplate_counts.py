"""Count documents with boilerplate again without it, for use in corpus steps in place of the batch counts.

Only the corpus as a whole shows boilerplate, and no batch is redone for it. The tables are like those of a batch, for
the documents that contain boilerplate: words and documents are counted without it, while n-grams and pairs of words
have the counts of the boilerplate with a minus sign, to be added to the sums of the batches.

Each batch keeps its tables for the next run under a key that covers all their inputs. That file is a cache, not an
output: Snakemake does not track it, and if it is missing or damaged or has another key, the tables are made again.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.boilerplate import in_boilerplate, left_out_places
from scripts.core.guard import rows_of
from scripts.core.kept import read_kept_rows, rows_digest
from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.recorded import file_sha256
from scripts.core.schemas import arrow_schema
from scripts.core.storage import parquet_bytes, read_parquet, read_settings, table_of, write_parquet
from scripts.core.tables import part_folders
from scripts.words.counts import (
    TABLES,
    BatchWords,
    batch_counts,
    collocate_counts,
    ngram_counts,
    read_counted,
    read_words,
)
from scripts.words.reduce import CountTables, merge, merge_collocates, merge_ngrams

_MEMORY_SCHEMA = pa.schema([("key", pa.string()), ("name", pa.string()), ("table", pa.binary())])


def _negated(table: pa.Table) -> pa.Table:
    """Return a table of counts with all counts negated."""
    for name in ("count", "documents"):
        column = table.schema.get_field_index(name)
        table = table.set_column(column, table.schema.field(name), pc.negate(table[name]))
    return table


def counts_without(words: BatchWords, left_out: np.ndarray, settings: Mapping[str, Any]) -> dict[str, pa.Table]:
    """Return the tables of counts of documents without the words in the mask `left_out`, which covers whole sentences.

    For n-grams and pairs, the counts are those without these words minus those of all words.
    """
    document, sentence, run, word, form, row = (column[~left_out] for column in words[:6])
    rest = BatchWords(document, sentence, run, word, form, row, words.documents, words.vocabulary)
    counts = batch_counts(rest, settings)
    same, size = [np.arange(len(words.vocabulary))] * 2, len(words.vocabulary)
    all_ngrams = _negated(ngram_counts(words, sorted({2, *settings["n"]})))
    all_pairs = _negated(collocate_counts(words, stop_words(settings), settings["window"]))
    differences = {
        "ngram_counts": merge_ngrams([counts["ngram_counts"], all_ngrams], same, size),
        "collocate_counts": merge_collocates([counts["collocate_counts"], all_pairs], same, size),
    }
    return counts | {name: table.filter(pc.not_equal(table["count"], 0)) for name, table in differences.items()}


def _counts(folder: Path, documents: pa.Table, places: pa.Table, settings: Mapping[str, Any]) -> CountTables:
    """Return the counts of the given documents of a batch without the words in `places`."""
    tokens = rows_of(
        documents["doc_id"].to_pylist(), read_counted(folder / "tokens.parquet", folder / "parses.parquet")
    )
    words = read_words(documents, tokens, unit=settings["unit"])
    return counts_without(words, in_boilerplate(tokens, places).to_numpy()[words.row], settings)


def kept_tables(path: Path, key: str, make: Callable[[], Mapping[str, pa.Table]]) -> Mapping[str, pa.Table]:
    """Return the tables that a file keeps under `key`, by name; otherwise make them and save them there."""
    rows = read_kept_rows(path)
    if {row.get("key") for row in rows} == {key}:
        return {row["name"]: table_of(row["table"]) for row in rows}
    tables = make()
    rows = [{"key": key, "name": name, "table": parquet_bytes(table)} for name, table in tables.items()]
    write_parquet(path, pa.Table.from_pylist(rows, _MEMORY_SCHEMA))
    return tables


def _parts(batches: Path, places: pa.Table, settings: Mapping[str, Any], fingerprint: bytes) -> Iterator[CountTables]:
    """Yield, for each batch with documents in `places`, the counts of these documents alone."""
    for folder in part_folders(batches, []):
        counted = read_parquet(folder / "document_counts.parquet", ["doc_id"])
        documents = counted.filter(pc.is_in(counted["doc_id"], places["doc_id"].combine_chunks()))
        memory = folder / "document_counts.kept"
        if not documents.num_rows:
            memory.unlink(missing_ok=True)  # a deleted document leaves nothing behind
        else:
            own = places.filter(pc.is_in(places["doc_id"], documents["doc_id"].combine_chunks()))
            make = partial(_counts, folder, documents, own, settings)
            files = "".join(file_sha256(folder / f"{name}.parquet") for name in ("tokens", "parses"))
            key = hashlib.sha256(fingerprint + rows_digest(own) + files.encode()).hexdigest()
            yield kept_tables(memory, key, make)


def main() -> None:
    """Write the tables of counts without boilerplate for the documents that contain some."""
    options = path_options(main.__doc__, "batches", "tables", "settings", "folder")
    places = left_out_places(options.tables)
    settings, fingerprint = read_settings(options.settings)["words"], options.settings.read_bytes()
    made = [*_parts(options.batches, places, settings, fingerprint)]
    tables = merge(made) if made else {name: arrow_schema(name).empty_table() for name in TABLES}
    for name, table in tables.items():
        write_parquet(options.folder / f"{name}.parquet", table, between_steps=True)
