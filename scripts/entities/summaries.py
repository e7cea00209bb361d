"""Corpus step: links names over all documents and writes every table of entities over the corpus."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from scripts.core.encoded import as_table
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import joined, part_folders, read_analysed, write_table
from scripts.entities.cooccurrence import cooccurrence
from scripts.entities.mentions import content_spans, link_mentions
from scripts.entities.network import network
from scripts.entities.speaking import speaker_entity
from scripts.entities.statistics import of_corpus, of_documents

_INPUTS = {
    "documents": ["doc_id", "outlet", "date", "n_words"],
    "sentences": ["doc_id", "sentence", "paragraph"],
    "entities": ["doc_id", "mention", "sentence", "start", "end", "text", "label", "entity", "subject", "corrected_by"],
    "quotes": ["doc_id", "quote", "speaker", "content_spans"],
}
# Columns with few distinct texts, which are read encoded.
_ENCODED = {"doc_id", "text", "entity", "corrected_by"}


def summaries(tables: Mapping[str, pa.Table], settings: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Return the tables of entities by name, from the tables in `_INPUTS` and the settings in `entities`."""
    columns = {**tables, "quotes": tables["quotes"].drop_columns("content_spans")}
    doc_ids = pd.CategoricalDtype(sorted(tables["documents"]["doc_id"].to_pylist()))
    documents, sentences, entities, quotes = (columns[name].to_pandas().astype({"doc_id": doc_ids}) for name in _INPUTS)
    mentions = link_mentions(entities, content_spans(tables["quotes"]), sentences, documents, **settings)
    corpus = of_corpus(mentions, documents)
    pairs = cooccurrence(mentions, sentences, n_documents=len(documents))
    return {
        "entity_mentions": mentions[["doc_id", "mention", "sentence", "kind", "entity", "name"]],
        "entities_corpus": corpus,
        "entities_documents": of_documents(mentions, documents),
        "cooccurrence": pairs,
        "speaker_entity": speaker_entity(mentions, quotes),
        "entity_network": network(corpus, pairs),
    }


def main() -> None:
    """Read the corpus's tables in a folder, write the tables of entities beside them, as Parquet and CSV."""
    parser = argparse.ArgumentParser(prog="scripts.entities.summaries", description=main.__doc__)
    for name in ("settings", "folder", "batches"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corrected", nargs="*", default=[], help="batches that a reader corrected")
    options = parser.parse_args()
    settings = read_settings(options.settings)
    tables = {
        name: read_analysed(options.folder, name, columns, dictionaries=_ENCODED.intersection(columns))
        for name, columns in _INPUTS.items()
        if name != "quotes"
    }
    # The reader's table of quotes has the names over all documents, which are made here.
    parts = (read_parquet(folder / "quotes.parquet") for folder in part_folders(options.batches, options.corrected))
    tables["quotes"] = joined("quotes", parts).select(_INPUTS["quotes"])
    for name, rows in summaries(tables, settings["entities"]).items():
        write_table(options.folder, name, as_table(name, rows), **settings["tables"])


if __name__ == "__main__":
    main()
