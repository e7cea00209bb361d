"""The user's own files as they were planned: read once and hashed for a manifest, and by a step read once and checked.

A manifest has a JSON line for each file, with its path and SHA-256, and is an input of the steps that read the files. A
file that is gone or has changed since stops the step, which the next run does anew with a new manifest: no result is
made partly of the old file and partly of the new one.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts.core.limits import Budget

SHEETS = frozenset([".csv", ".tsv", ".txt", ".xlsx", ".xls"])


def files_in(folder: Path, suffixes: Collection[str] = SHEETS) -> list[Path]:
    """Return the files in a folder by name, with suffixes in any case, but no hidden ones and no locks of programs.

    A spreadsheet that is open leaves files such as `~$anna.xlsx` and `.~lock.anna.csv#`.
    """
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in suffixes and not path.name.startswith((".", "~$")) and path.is_file()
    )


def entry(path: Path, data: bytes, **columns: object) -> dict[str, Any]:
    """Return the entry of a file in a manifest: columns of its own, the path and the SHA-256 of its bytes."""
    return {**columns, "path": str(path), "sha256": hashlib.sha256(data).hexdigest()}


def manifest(entries: Iterable[Mapping[str, Any]]) -> str:
    """Return the text of a manifest, a JSON line for each entry; nothing without any."""
    return "".join(json.dumps(each) + "\n" for each in entries)


def entries_of(paths: Iterable[Path], budget: Budget | None = None, **columns: object) -> list[dict[str, Any]]:
    """Return the entries of files, each with columns of its own; one that the budget leaves out has none."""
    budget = budget or Budget()
    read = ((path, budget.read_or_leave(path)) for path in paths)
    return [entry(path, data, **columns) for path, data in read if data is not None]


def read_manifest(path: Path) -> list[dict[str, Any]]:
    """Return the entries of a manifest."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_planned(path: Path | str, sha256: str | None) -> bytes:
    """Return the bytes of a file that was planned with this SHA-256. Raises SystemExit if it is gone or has changed."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        reason = f"{path} cannot be read any more ({error.strerror or error})"
        raise SystemExit(f"{reason}. Put it back, or run again without it.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise SystemExit(f"{path} changed while the pipeline ran. Run it again.")
    return data


def read_files(path: Path, role: str | None = None) -> dict[str, bytes]:
    """Return the bytes of the files of a manifest, or of those of a role, by their paths.

    Raises SystemExit if a file is not as it was planned.
    """
    chosen = (each for each in read_manifest(path) if role is None or each["role"] == role)
    return {each["path"]: read_planned(each["path"], each["sha256"]) for each in chosen}


def read_planned_text(path: str, planned: Mapping[str, str]) -> str:
    """Return the text in UTF-8 of a file that settings name; `planned` is what `planned_hashes` returns."""
    return read_planned(path, planned.get(Path(path).as_posix())).decode("utf-8")


def planned_hashes(stage: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that a stage's settings name, by its path, from the stage's fingerprint file."""
    return json.loads(stage.read_text(encoding="utf-8"))["user_files"]
