"""Names of batches, and of the folder of the reference corpus."""

import re
from pathlib import Path

SINGLE_BATCH = "all"
# The batches of the reference folder lie beside the others, under this name.
REFERENCE = "reference"


def read_batches(folder: Path, group: str = "", *, holding: str = "**/*.parquet") -> list[str]:
    """Return the sorted names of the batches in `folder`, or of those of a group, the first bits of their names.

    They are read from its subfolders that hold a file of that pattern: where a batch is gone, what a user put into its
    folder is left. Copies from a bucket have no manifests. A folder of groups is read as one of batches, since both
    hold the same tables.
    """
    names = (path.name for path in folder.glob(f"{group}*/") if any(path.glob(holding)))
    return sorted(name for name in names if re.fullmatch("all|[01]+", name))
