"""The reader's table `quotes`: the batches' attributions, with each speaker's name over all documents.

So a pivot of quotes.csv by speaker gives the numbers of speakers.csv.
"""

import argparse
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from scripts.core.storage import open_parquet, read_settings
from scripts.core.tables import join_batches, part_folders
from scripts.entities.corpus_names import Names, names_between


def with_corpus_names(quotes: pa.Table, names: Names) -> pa.Table:
    """Return attributions with the speaker's name in the document replaced by the one over all documents."""
    keys = zip(quotes["doc_id"].to_pylist(), quotes["speaker"].to_pylist(), strict=True)
    speakers = [names.get(key, key[1]) for key in keys]
    column = quotes.schema.get_field_index("speaker")
    return quotes.set_column(column, quotes.schema.field(column), pa.array(speakers, pa.string()))


def _renamed(quotes: pa.Table, mentions: pq.ParquetFile) -> pa.Table:
    """Return `with_corpus_names` of attributions in the order of doc_id, from the open table entity_mentions."""
    first, last = (quotes["doc_id"][row].as_py() if len(quotes) else "" for row in (0, -1))
    return with_corpus_names(quotes, names_between(mentions, first, last))


def main() -> None:
    """Join the attributions of all batches, write them as Parquet and CSV."""
    parser = argparse.ArgumentParser(prog="scripts.attribution.quotes_table", description=main.__doc__)
    for name in ("batches", "settings", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corrected", nargs="*", default=[], help="batches whose table is in their folder `corrected`")
    options = parser.parse_args()
    with open_parquet(options.folder / "entity_mentions.parquet") as mentions:
        join_batches(
            "quotes",
            part_folders(options.batches, options.corrected),
            options.folder,
            change=partial(_renamed, mentions=mentions),
            **read_settings(options.settings)["tables"],
        )


if __name__ == "__main__":
    main()
