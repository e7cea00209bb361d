"""Corpus step: links names over all documents and writes every table of entities over the corpus."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.encoded import as_table
from scripts.core.statements import read_speech
from scripts.core.storage import arrow_schema, read_settings
from scripts.core.tables import part_folders, read_analysed, write_table
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


def _frame(rows: pa.Table, doc_ids: pd.CategoricalDtype) -> pd.DataFrame:
    """Return a table as a data frame whose whole numbers take 32 bits."""
    frame = rows.to_pandas(split_blocks=True).astype({"doc_id": doc_ids})
    return frame.astype({name: np.int32 for name, kind in frame.dtypes.items() if kind == np.int64})


def summaries(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    entities: pd.DataFrame,
    quotes: pa.Table,
    settings: Mapping[str, Any],
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of entities with their names, from the tables in `_INPUTS` and the settings in `entities`."""
    mentions = link_mentions(entities, content_spans(quotes), sentences, documents, **settings)
    yield "entity_mentions", mentions[["doc_id", "mention", "sentence", "kind", "entity", "name"]]
    corpus = of_corpus(mentions, documents)
    yield "entities_corpus", corpus
    yield "entities_documents", of_documents(mentions, documents)
    pairs = cooccurrence(mentions, sentences, n_documents=len(documents))
    yield "cooccurrence", pairs
    yield "entity_network", network(corpus, pairs)
    doc_ids = pd.CategoricalDtype(documents["doc_id"].cat.categories)
    attributions = _frame(quotes.drop_columns("content_spans"), doc_ids)
    yield "speaker_entity", speaker_entity(mentions, attributions)


def main() -> None:
    """Read the corpus's tables in a folder, write the tables of entities beside them, as Parquet and CSV."""
    parser = argparse.ArgumentParser(prog="scripts.entities.summaries", description=main.__doc__)
    for name in ("settings", "folder", "batches"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corrected", nargs="*", default=[], help="batches that a reader corrected")
    options = parser.parse_args()
    settings = read_settings(options.settings)

    def read(name: str) -> pa.Table:
        columns = _INPUTS[name]
        return read_analysed(options.folder, name, columns, dictionaries=_ENCODED.intersection(columns))

    documents = read("documents")
    doc_ids = pd.CategoricalDtype(sorted(documents["doc_id"].to_pylist()))
    sentences, entities = (_frame(read(name), doc_ids) for name in ("sentences", "entities"))
    # The reader's table of quotes has the names over all documents, which are made here.
    parts = [
        read_speech(folder / "quotes.parquet", _INPUTS["quotes"])
        for folder in part_folders(options.batches, options.corrected)
    ]
    quotes = pa.concat_tables([arrow_schema("quotes").empty_table().select(_INPUTS["quotes"]), *parts])
    quotes = quotes.sort_by([("doc_id", "ascending"), ("quote", "ascending")])
    for name, rows in summaries(_frame(documents, doc_ids), sentences, entities, quotes, settings["entities"]):
        write_table(options.folder, name, as_table(name, rows), **settings["tables"])


if __name__ == "__main__":
    main()
