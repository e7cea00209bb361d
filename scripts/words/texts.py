"""The tables of documents: diversity and readability."""

from pathlib import Path

import pyarrow as pa

from scripts.core.batches import read_batches
from scripts.core.options import path_options
from scripts.core.storage import arrow_schema, read_parquet, read_settings, to_table
from scripts.core.tables import write_table
from scripts.maths import readability


def read_documents(folder: Path) -> pa.Table:
    """The table `document_counts` of all batches, in the order of doc_id."""
    parts = [read_parquet(folder / batch / "document_counts.parquet") for batch in read_batches(folder)]
    whole = pa.concat_tables([arrow_schema("document_counts").empty_table(), *parts])
    names = whole["doc_id"].to_pylist()
    return whole.take(pa.array(sorted(range(len(names)), key=names.__getitem__), pa.int64()))


def readability_table(documents: pa.Table) -> pa.Table:
    """The table `readability`."""
    counts = documents.select(["doc_id", "n_words", "n_sentences", "n_syllables", "n_complex"])
    columns = counts.to_pydict()
    words, sentences = columns["n_words"], columns["n_sentences"]
    columns["flesch"] = list(map(readability.flesch, words, sentences, columns["n_syllables"]))
    columns["flesch_kincaid"] = list(map(readability.flesch_kincaid, words, sentences, columns["n_syllables"]))
    columns["gunning_fog"] = list(map(readability.gunning_fog, words, sentences, columns["n_complex"]))
    return to_table("readability", columns)


def main() -> None:
    """Make the tables of documents from the batches' counts."""
    options = path_options(main.__doc__, "batches", "settings", "folder")
    settings = read_settings(options.settings)
    documents = read_documents(options.batches)
    tables = {
        "diversity": documents.select(arrow_schema("diversity").names),
        "readability": readability_table(documents),
    }
    for name, table in tables.items():
        write_table(options.folder, name, table, **settings["tables"])


if __name__ == "__main__":
    main()
