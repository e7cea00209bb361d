"""Warnings about the user's sheets, schemes, views and texts: paths that do not exist, and files that no step reads."""

from collections import defaultdict
from collections.abc import Mapping
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from scripts.core.planned import SHEETS
from scripts.documents.seeds import Refused
from scripts.plan.settings import defaults
from scripts.reuse.reference_texts import TEXTS
from scripts.stories import topic_words

_YAML = frozenset([".yaml"])
_FILES = ("sources", "topics.file")
_OLD = frozenset([".xls"])  # read only if it is a newer workbook or text under an old name
# Settings that name folders, and the suffixes of the files that are read in them.
_FOLDERS = {
    "review.folder": SHEETS | {".qdpx"},
    "framing.coding.folder": SHEETS,
    "topics.folder": topic_words.SHEETS,
    "framing.folder": _YAML,
    "views": _YAML,
    "reference_texts": TEXTS,
}


def _value(config: Mapping[str, Any], key: str) -> str:
    """Return the value of a setting such as `framing.coding.folder`."""
    return str(reduce(getitem, key.split("."), config))


def not_there(config: Mapping[str, Any]) -> list[Refused]:
    """Return a warning for each file or folder that a setting names but that does not exist as a file or folder.

    Files and folders with the default names need not exist.
    """
    rows = []
    for key in (*_FILES, *_FOLDERS):
        name, kind = _value(config, key), "folder" if key in _FOLDERS else "file"
        there = Path(name).is_dir() if kind == "folder" else Path(name).is_file()
        if not there and name not in ("", _value(defaults(), key)):
            message = f"`{key}` in config.yaml names this {kind}, but there is none. Write its path there, or make it."
            rows.append(Refused(name, f"no-{kind}", message, severity="warning"))
    return rows


def unread_files(config: Mapping[str, Any]) -> list[Refused]:
    """Return a warning for each visible file in these folders that no step reads.

    A folder that is or contains that of the project, the seeds or the results has other files too, and is not checked.
    """
    endings: dict[Path, frozenset[str]] = defaultdict(frozenset)  # for all settings that name the same folder
    for key, read in _FOLDERS.items():
        endings[Path(_value(config, key))] |= read
    above = [Path(name).resolve() / "in" for name in (".", config["seeds"], config["results"])]
    named = {Path(_value(config, key)) for key in _FILES}
    rows = []
    for folder, known in endings.items():
        if not folder.is_dir() or any(folder.resolve() in path.parents for path in above):
            continue
        for path in sorted({*folder.iterdir()} - named):
            if path.is_file() and path.suffix.lower() not in known and not path.name.startswith((".", "~$")):
                message = (
                    f"Files that end in {path.suffix or 'nothing'} are not read here; these are: "
                    f"{' '.join(sorted(known - _OLD))}. Save it as one of these, or move it elsewhere."
                )
                rows.append(Refused(str(path), "format", message, severity="warning"))
    return rows
