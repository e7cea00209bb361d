"""The user's own files: the plan reads each once and hashes it for a manifest; a step reads each once and checks it.

A manifest has a JSON line for each file, with its path and SHA-256, and is an input of the steps that read the files.
If a file is gone or has changed since, the step stops, and the next run redoes it with a new manifest: no result is
made partly from the old file and partly from the new one.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts.core.limits import Budget

SHEETS = frozenset([".csv", ".tsv", ".txt", ".xlsx", ".xls"])


def files_in(folder: Path, suffixes: Collection[str] = SHEETS) -> list[Path]:
    """Return the files of a folder with some suffixes (in any case), sorted, without hidden files and lock files.

    An open spreadsheet has lock files such as `~$anna.xlsx` and `.~lock.anna.csv#`.
    """
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in suffixes and not path.name.startswith((".", "~$")) and path.is_file()
    )


def entry(path: Path, data: bytes, **columns: object) -> dict[str, Any]:
    """Return the entry of a file in a manifest: additional `columns`, its path and the SHA-256 of its bytes."""
    return {**columns, "path": str(path), "sha256": hashlib.sha256(data).hexdigest()}


def manifest(entries: Iterable[Mapping[str, Any]]) -> str:
    """Return the text of a manifest: a JSON line for each entry."""
    return "".join(json.dumps(each) + "\n" for each in entries)


def entries_of(paths: Iterable[Path], budget: Budget, **columns: object) -> list[dict[str, Any]]:
    """Return the entries of files, each with additional `columns`, but none for a file that the budget leaves out."""
    return [entry(path, data, **columns) for path, data in budget.read_all(paths).items()]


def read_manifest(path: Path) -> list[dict[str, Any]]:
    """Return the entries of a manifest."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_planned(path: Path | str, sha256: str | None) -> bytes:
    """Return the bytes of a file. Raises SystemExit if it is gone or no longer has the SHA-256 that was planned."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        reason = f"{path} cannot be read any more ({error.strerror or error})"
        raise SystemExit(f"{reason}. Put it back, or run again without it.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise SystemExit(f"{path} changed while the pipeline ran. Run it again.")
    return data


def read_files(path: Path, role: str | None = None) -> dict[str, bytes]:
    """Return {path: bytes} for the files of a manifest, or only for those with a role.

    Raises SystemExit if a file is gone or has changed since it was planned.
    """
    chosen = (each for each in read_manifest(path) if role is None or each["role"] == role)
    return {each["path"]: read_planned(each["path"], each["sha256"]) for each in chosen}


def read_planned_text(path: str, planned: Mapping[str, str]) -> str:
    """Return the text of a UTF-8 file that the settings name; `planned` is the result of `planned_hashes`."""
    return read_planned(path, planned.get(Path(path).as_posix())).decode("utf-8")


def planned_hashes(stage: Path) -> dict[str, str]:
    """Return {path: SHA-256} for the files that a stage's settings name, from the stage's fingerprint file."""
    return json.loads(stage.read_text(encoding="utf-8"))["user_files"]
