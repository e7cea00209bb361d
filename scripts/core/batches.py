"""Names of batches, and of the folder of the reference corpus."""

import re
from pathlib import Path

SINGLE_BATCH = "all"
# The batches of the reference folder lie beside the others, under this name.
REFERENCE = "reference"


def read_batches(folder: Path, group: str = "", *, holding: str = "**/*.parquet") -> list[str]:
    """Return the sorted names of the batches in `folder`, or of those whose names begin with the bits `group`.

    A subfolder is a batch if it has a file that matches `holding`: the folder of a batch that is gone stays if a user
    put a file there, and copies from a bucket have no manifests to go by. A folder of groups of batches is read in the
    same way, since both hold the same tables.
    """
    names = (path.name for path in folder.glob(f"{group}*/") if any(path.glob(holding)))
    return sorted(name for name in names if re.fullmatch("all|[01]+", name))
