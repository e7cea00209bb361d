"""The files that a user writes for the coding: their manifest, by content.

Imports little, because Snakemake's own process makes the manifest. The rules take the manifest as input, not the files:
so an edit is seen by its content, a removed sheet is seen too, and a file may have any name.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts.core.limits import Budget
from scripts.core.planned import entries_of, files_in, manifest

# The machine that is no file.
DICTIONARY = "dictionary"


def coding_manifest(
    coding: dict[str, Any], projects: Iterable[Mapping[str, Any]] = (), budget: Budget | None = None
) -> str:
    """Return the manifest for the section framing.coding of the settings, and for entries of projects: a line a file.

    It has the role (sheet, machine, or project for those of other tools in which people coded frames), the path and the
    SHA-256. A file that the budget leaves out is not in it.

    Raises FileNotFoundError for a file of another model's codes that is not there.
    """
    machines = [Path(name) for name in coding["machines"] if name != DICTIONARY]
    if absent := [path for path in machines if not path.is_file()]:
        raise FileNotFoundError(
            f"framing.coding.machines: there is no file '{absent[0]}'. Name {DICTIONARY}, or a file of codes."
        )
    budget = budget or Budget()
    sheets = entries_of(files_in(Path(coding["folder"])), budget, role="sheet")
    models = entries_of(machines, budget, role="machine")
    return manifest([*sheets, *models, *({**each, "role": "project"} for each in projects)])
