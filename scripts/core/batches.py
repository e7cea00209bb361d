"""The folder of batches: its name for the whole, for the reference corpus, and which batches it holds."""

import re
from pathlib import Path

WHOLE = "all"
# The batches of the reference folder lie beside the others, under this name.
REFERENCE = "reference"


def read_batches(folder: Path) -> list[str]:
    """The names of the batches in `folder`; one that holds copies from a bucket has no manifests."""
    return sorted(path.name for path in folder.glob("*/") if re.fullmatch("all|[01]+", path.name))
