"""The manifest of the files that a user provides for coding, with a digest of each file's content.

This module imports little because Snakemake's own process makes the manifest. The rules take the manifest as input
rather than the files, so that edits are detected by content, removed sheets are noticed, and files may have any name.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts.core.limits import Budget
from scripts.core.planned import entries_of, files_in, manifest

# The only machine that is not a file.
DICTIONARY = "dictionary"


def coding_manifest(coding: dict[str, Any], projects: Iterable[Mapping[str, Any]], budget: Budget) -> str:
    """Return the manifest, a line for each file, for the settings in framing.coding and the entries of projects.

    A line has the role ("sheet", "machine", or "project" for projects of other tools in which people coded frames), the
    path and the SHA-256. Files that exceed the budget are left out.

    Raises FileNotFoundError if a file of another model's codes does not exist.
    """
    machines = [Path(name) for name in coding["machines"] if name != DICTIONARY]
    if absent := [path for path in machines if not path.is_file()]:
        raise FileNotFoundError(
            f"framing.coding.machines: there is no file '{absent[0]}'. Name {DICTIONARY}, or a file of codes."
        )
    sheets = entries_of(files_in(Path(coding["folder"])), budget, role="sheet")
    models = entries_of(machines, budget, role="machine")
    return manifest([*sheets, *models, *({**each, "role": "project"} for each in projects)])
