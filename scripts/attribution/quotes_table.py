"""The reader's table `quotes`: the batches' attributions, with each speaker's name over all documents.

So a pivot of quotes.csv by speaker gives the numbers of speakers.csv.
"""

import argparse
from pathlib import Path

from scripts.core.storage import read_settings
from scripts.core.tables import join_batches, part_folders


def main() -> None:
    """Join the attributions of all batches, write them as Parquet and CSV."""
    parser = argparse.ArgumentParser(prog="scripts.attribution.quotes_table", description=main.__doc__)
    for name in ("batches", "settings", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--corrected", nargs="*", default=[], help="batches whose table is in their folder `corrected`")
    options = parser.parse_args()
    folders = part_folders(options.batches, options.corrected)
    join_batches("quotes", folders, options.folder, **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
