"""The files that a user writes for the coding: their manifest, by content, and their bytes.

Imports little, because Snakemake's own process makes the manifest. The rules take the manifest as input, not the files:
so an edit is seen by its content, a removed sheet is seen too, and a file may have any name.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts.core.limits import Budget
from scripts.core.planned import entry, manifest, read_manifest, read_planned

_SUFFIXES = frozenset([".csv", ".tsv", ".txt", ".xlsx", ".xls"])
# Machines that are no files.
DICTIONARY, CLASSIFIER = "dictionary", "classifier"


def coder_files(folder: Path) -> list[Path]:
    """Return the sheets in a folder, sorted: tables by their suffix in any case, but not hidden or locked copies.

    A spreadsheet that is open leaves files such as `~$anna.xlsx` and `.~lock.anna.csv#`.
    """
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in _SUFFIXES and not path.name.startswith((".", "~$"))
    )


def coding_manifest(
    coding: dict[str, Any], projects: Iterable[Mapping[str, Any]] = (), budget: Budget | None = None
) -> str:
    """Return the manifest for the section framing.coding of the settings, and for entries of projects: a line a file.

    It has the role (sheet, machine, or project for those of other tools in which people coded frames), the path and the
    SHA-256. A file that the budget leaves out is not in it.

    Raises FileNotFoundError for a file of another model's codes that is not there.
    """
    machines = [Path(name) for name in coding["machines"] if name not in (DICTIONARY, CLASSIFIER)]
    if absent := [path for path in machines if not path.is_file()]:
        raise FileNotFoundError(
            f"framing.coding.machines: there is no file '{absent[0]}'. Name {DICTIONARY}, {CLASSIFIER}, or a file."
        )
    files = [("sheet", path) for path in coder_files(Path(coding["folder"]))] + [("machine", path) for path in machines]
    budget = budget or Budget()
    read = ((role, path, budget.read_or_leave(path)) for role, path in files)
    entries = [entry(path, data, role=role) for role, path, data in read if data is not None]
    return manifest([*entries, *({**each, "role": "project"} for each in projects)])


def role_paths(path: Path, role: str) -> list[Path]:
    """Return the paths of the files of a role in a manifest."""
    return [Path(each["path"]) for each in read_manifest(path) if each["role"] == role]


def read_files(path: Path, role: str) -> dict[str, bytes]:
    """Return the bytes of the files of a role by their paths, from a manifest.

    Raises SystemExit if a file is not as it was planned.
    """
    of_role = [each for each in read_manifest(path) if each["role"] == role]
    return {each["path"]: read_planned(each["path"], each["sha256"]) for each in of_role}
