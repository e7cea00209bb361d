"""The results folder between two runs: batches to redo, damaged records of Snakemake, and seeds that changed."""

import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scripts.core.planned import read_manifest
from scripts.core.seals import is_sound
from scripts.core.storage import read_parquet, write_text

_SEEDS = ".seeds.json"
# Codes of problems that may not recur in the next run: a seed was gone or changed, or the system killed its reader.
_PASSING = ("gone", "changed", "killed")


class SeedChanges(NamedTuple):
    """Numbers of seeds: all, and those added, edited or removed since the last run that succeeded."""

    total: int
    added: int
    edited: int
    removed: int


def passing(batches_folder: Path, batches: Iterable[str]) -> list[str]:
    """Return the batches to redo because a problem may have passed, or because their table of problems is damaged.

    Such a problem is a seed that was gone or changed during the run, or whose reader was killed. The seed may be back
    with the same bytes, in which case the manifest does not show that the batch must be redone.
    """
    problems = {batch: batches_folder / batch / "problems.parquet" for batch in batches}
    return [
        batch
        for batch, path in problems.items()
        if path.exists() and (not is_sound(path) or {*read_parquet(path, ["code"])["code"].to_pylist()} & {*_PASSING})
    ]


def drop_garbled_records(snakemake: Path) -> None:
    """Remove Snakemake's own records of jobs (in `.snakemake`) whose bytes are damaged, and print a line for each.

    Snakemake writes ASCII. It ignores a truncated record, but fails on a record with other bytes.
    """
    for kind in ("metadata", "incomplete"):
        for path in (snakemake / kind).rglob("*"):
            with suppress(FileNotFoundError):  # a job that ends removes its own record
                if path.is_file() and not path.read_bytes().isascii():
                    path.unlink()
                    print(f"{path} was damaged on the disk and has been removed.", file=sys.stderr)


def manifest_seeds(results: Path, batch: str) -> dict[str, str]:
    """Return {doc_id: SHA-256} of the seeds of a batch."""
    return {seed["doc_id"]: seed["sha256"] for seed in read_manifest(results / "batches" / batch / "manifest.jsonl")}


def _recorded_seeds(path: Path) -> dict[str, str]:
    """Return {doc_id: SHA-256} of the last run that succeeded, or {} if the file is missing or damaged."""
    try:
        seeds = json.loads(path.read_bytes())
        return {str(name): str(sha256) for name, sha256 in seeds.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, RecursionError):
        print(f"{path} cannot be read, so all files in seeds are reported as added. It is rewritten.", file=sys.stderr)
        return {}


def seed_changes(results: Path, seeds: Mapping[str, str]) -> SeedChanges:
    """Count the changes of seeds ({doc_id: SHA-256}) since the last run that succeeded."""
    before = _recorded_seeds(results / _SEEDS)
    edited = sum(before[name] != sha256 for name, sha256 in seeds.items() if name in before)
    return SeedChanges(len(seeds), len(seeds.keys() - before.keys()), edited, len(before.keys() - seeds.keys()))


def record_seeds(results: Path, seeds: Mapping[str, str]) -> None:
    """Record the seeds of a run that succeeded."""
    write_text(results / _SEEDS, json.dumps(seeds, indent=0) + "\n")
