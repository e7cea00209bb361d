"""The reader's table `quotes`: the batches' attributions, with each speaker's name over all documents.

So a pivot of quotes.csv by speaker gives the numbers of speakers.csv.
"""

import argparse
from functools import partial
from pathlib import Path

import pyarrow as pa

from scripts.core.storage import read_settings
from scripts.core.tables import join_batches, part_folders
from scripts.entities.corpus_names import Names, read_names


def with_corpus_names(quotes: pa.Table, names: Names) -> pa.Table:
    """Return attributions with the speaker's name in the document replaced by the one over all documents."""
    keys = zip(quotes["doc_id"].to_pylist(), quotes["speaker"].to_pylist(), strict=True)
    speakers = [names.get(key, key[1]) for key in keys]
    column = quotes.schema.get_field_index("speaker")
    return quotes.set_column(column, quotes.schema.field(column), pa.array(speakers, pa.string()))


def main() -> None:
    """Join the attributions of all batches, write them as Parquet and CSV."""
    parser = argparse.ArgumentParser(prog="scripts.quotes.quotes_table", description=main.__doc__)
    for name in ("batches", "settings", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corrected", nargs="*", default=[], help="batches whose table is in their folder `corrected`")
    options = parser.parse_args()
    names = read_names(options.folder / "entity_mentions.parquet")
    join_batches(
        "quotes",
        part_folders(options.batches, options.corrected),
        options.folder,
        change=partial(with_corpus_names, names=names),
        **read_settings(options.settings)["tables"],
    )


if __name__ == "__main__":
    main()
