"""Names of batches, and of the folder of the reference corpus."""

import re
from pathlib import Path

SINGLE_BATCH = "all"
# The batches of the reference folder lie beside the others, under this name.
REFERENCE = "reference"


def read_batches(folder: Path, group: str = "") -> list[str]:
    """Return the sorted names of the batches in `folder`, or of those of a group, the first bits of their names.

    They are read from its subfolders: copies from a bucket have no manifests. A folder of groups is read as one of
    batches, since both hold the same tables.
    """
    return sorted(path.name for path in folder.glob(f"{group}*/") if re.fullmatch("all|[01]+", path.name))
