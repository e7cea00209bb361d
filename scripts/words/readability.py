"""The tables readability and diversity, with one row per document."""

from pathlib import Path

import pyarrow as pa

from scripts.core.options import path_options
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_settings, to_table
from scripts.core.tables import write_table
from scripts.maths import readability
from scripts.words.corpus import count_folders, read_document_counts


def read_text_sizes(folder: Path, repeated: Path | None = None) -> pa.Table:
    """Return the table document_counts of all batches, by doc_id; `repeated` has those counted without boilerplate."""
    counts = read_document_counts(count_folders(folder, repeated))
    parts = [table.filter(pa.array(counted)) for table, counted in counts]
    return pa.concat_tables([arrow_schema("document_counts").empty_table(), *parts]).sort_by("doc_id")


def readability_table(documents: pa.Table) -> pa.Table:
    """Return the table readability from document_counts: the counts and three formulas computed from them."""
    counts = documents.select(["doc_id", "n_words", "n_sentences", "n_syllables", "n_complex"])
    columns = counts.to_pydict()
    words, sentences = columns["n_words"], columns["n_sentences"]
    columns["flesch"] = list(map(readability.flesch, words, sentences, columns["n_syllables"]))
    columns["flesch_kincaid"] = list(map(readability.flesch_kincaid, words, sentences, columns["n_syllables"]))
    columns["gunning_fog"] = list(map(readability.gunning_fog, words, sentences, columns["n_complex"]))
    return to_table("readability", columns)


def main() -> None:
    """Make the tables of readability and diversity from the counts of all batches."""
    options = path_options(main.__doc__, "batches", "repeated", "settings", "folder")
    settings = read_settings(options.settings)
    documents = read_text_sizes(options.batches, options.repeated)
    tables = {
        "diversity": documents.select(arrow_schema("diversity").names),
        "readability": readability_table(documents),
    }
    for name, table in tables.items():
        write_table(options.folder, name, table, **settings["tables"])
