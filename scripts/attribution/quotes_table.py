"""The reader's table `quotes`: the batches' attributions, with each speaker's name over all documents.

So a pivot of quotes.csv by speaker gives the numbers of speakers.csv.
"""

from scripts.core.known_sources import ids_by_name, read_known
from scripts.core.options import path_options
from scripts.core.storage import read_settings
from scripts.core.tables import join_batches, part_folders


def main() -> None:
    """Join the attributions of all batches, write them as Parquet and CSV; the manifest is of the table of sources."""
    options = path_options(main.__doc__, "batches", "settings", "folder", "manifest", lists=("corrected",))
    folders = part_folders(options.batches, options.corrected)
    ids = ids_by_name(read_known(options.manifest).rows)
    join_batches("quotes", folders, options.folder, ids=ids, **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
