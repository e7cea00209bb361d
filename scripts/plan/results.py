"""The results folder between two runs: batches to redo, leftovers of killed jobs, and seeds that changed."""

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
# Codes of problems that the next run may be without: a seed was not there as planned, or the system ended its reader.
_PASSING = ("gone", "changed", "killed")


class SeedChanges(NamedTuple):
    """Numbers of seeds: all, and those new, changed or gone since the last run that succeeded."""

    total: int
    added: int
    edited: int
    removed: int


def passing(batches_folder: Path, batches: Iterable[str]) -> list[str]:
    """Return the batches with a seed that was gone or changed during a run, whose reader was killed, or whose table of
    problems is damaged.

    The seed may be back with the same bytes, so that the manifest alone does not tell that the batch must be redone.
    """
    problems = {batch: batches_folder / batch / "problems.parquet" for batch in batches}
    return [
        batch
        for batch, path in problems.items()
        if path.exists() and (not is_sound(path) or {*read_parquet(path, ["code"])["code"].to_pylist()} & {*_PASSING})
    ]


def drop_garbled_records(snakemake: Path) -> None:
    """Remove Snakemake's own records of jobs (in `.snakemake`) whose bytes are damaged, and print a line for each.

    Snakemake writes ASCII. It passes over a record that is cut, and ends with an error at one with other bytes.
    """
    for kind in ("metadata", "incomplete"):
        for path in (snakemake / kind).rglob("*"):
            with suppress(FileNotFoundError):  # a job that is done removes its own
                if path.is_file() and not path.read_bytes().isascii():
                    path.unlink()
                    print(f"{path} was damaged on the disk and has been removed.", file=sys.stderr)


def manifest_seeds(results: Path, batch: str) -> dict[str, str]:
    """Return {doc_id: SHA-256} of the seeds of a batch."""
    return {seed["doc_id"]: seed["sha256"] for seed in read_manifest(results / "batches" / batch / "manifest.jsonl")}


def _recorded_seeds(path: Path) -> dict[str, str]:
    """Return {doc_id: SHA-256} of the last run that succeeded; none without the file, or if it is damaged."""
    try:
        seeds = json.loads(path.read_bytes())
        return {str(name): str(sha256) for name, sha256 in seeds.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, RecursionError):
        print(f"{path} cannot be read, so all files in seeds are reported as added. It is rewritten.", file=sys.stderr)
        return {}


def seed_changes(results: Path, seeds: Mapping[str, str]) -> SeedChanges:
    """Compare seeds ({doc_id: SHA-256}) with those of the last run that succeeded."""
    before = _recorded_seeds(results / _SEEDS)
    edited = sum(before[name] != sha256 for name, sha256 in seeds.items() if name in before)
    return SeedChanges(len(seeds), len(seeds.keys() - before.keys()), edited, len(before.keys() - seeds.keys()))


def record_seeds(results: Path, seeds: Mapping[str, str]) -> None:
    """Record the seeds of a run that succeeded."""
    write_text(results / _SEEDS, json.dumps(seeds, indent=0) + "\n")
