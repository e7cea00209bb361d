"""Names of batches, and of the folder of the reference corpus."""

import re
from pathlib import Path

SINGLE_BATCH = "all"
# The batches of the reference folder lie beside the others, under this name.
REFERENCE = "reference"


def read_batches(folder: Path) -> list[str]:
    """Return the sorted names of the batches in `folder`, by its subfolders: copies from a bucket have no manifests."""
    return sorted(path.name for path in folder.glob("*/") if re.fullmatch("all|[01]+", path.name))
