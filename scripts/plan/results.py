"""The results folder between two runs: dates in the future, batches to redo, and files that somebody edited."""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scripts.core.storage import read_parquet, write_text

# Final files: their hashes are recorded as they were written.
_FINAL = ("tables/*", "tables/*/*", "figures/*", "report.html", "provenance.json", "datapackage.json")
_RECORD = ".written.json"
_SEEDS = ".seeds.json"
# Codes of problems that say nothing of a seed but that it was not there as it was planned.
_PASSING = ("gone", "changed")
_SKEW = 60  # seconds that the clock of a file server may be ahead
_LONG_AGO = 946_684_800  # 2000-01-01, seconds since 1970


class SeedChanges(NamedTuple):
    """Numbers of seeds: all, and those new, changed or gone since the last run that succeeded."""

    total: int
    added: int
    edited: int
    removed: int


def mend_future_dates(results: Path) -> int:
    """Set the dates of files that lie in the future to one long ago, and return their number.

    A file dated later than any edit would hide every edit from Snakemake. All get the same date, so that none of them
    reruns because of another; what is edited afterwards is newer.
    """
    now = time.time()
    number = 0
    for folder, folders, files in os.walk(results):  # rglob of Python 3.11 ends where a folder vanishes
        for path in (Path(folder, name) for name in (*folders, *files)):
            with suppress(FileNotFoundError):  # gone since its folder was listed
                if not path.is_symlink() and path.stat().st_mtime > now + _SKEW:
                    os.utime(path, (_LONG_AGO, _LONG_AGO))
                    number += 1
    return number


def passing(batches_folder: Path, batches: Iterable[str]) -> list[str]:
    """Return the batches with a seed that was gone or changed during a run.

    It may be back with the same bytes, so that the manifest alone does not tell that the batch must be redone.
    """
    problems = {batch: batches_folder / batch / "problems.parquet" for batch in batches}
    return [
        batch
        for batch, path in problems.items()
        if path.exists() and {*read_parquet(path, ["code"])["code"].to_pylist()} & {*_PASSING}
    ]


def _states(results: Path) -> Iterator[tuple[str, Path, list[int]]]:
    """Yield the name below `results`, the path, and [bytes, mtime in ns] of each final file."""
    for pattern in _FINAL:
        for path in sorted(results.glob(pattern)):
            if path.is_file() and not path.name.startswith("."):
                stat = path.stat()
                yield path.relative_to(results).as_posix(), path, [stat.st_size, stat.st_mtime_ns]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _recorded(results: Path) -> dict[str, dict]:
    record = results / _RECORD
    return json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}


def record_written(results: Path) -> None:
    """Record the SHA-256 of each final file, at the end of a run."""
    before = _recorded(results)
    record = {}
    for name, path, state in _states(results):
        same = before.get(name, {}).get("state") == state
        record[name] = {"state": state, "sha256": before[name]["sha256"] if same else _sha256(path)}
    write_text(results / _RECORD, json.dumps(record, indent=1) + "\n")


def edited_files(results: Path) -> list[str]:
    """Return the names of final files that are not as the last run wrote them; none after a run that was killed."""
    before = _recorded(results)
    return [
        name
        for name, path, state in _states(results)
        if name in before and before[name]["state"] != state and before[name]["sha256"] != _sha256(path)
    ]


def begin_run(results: Path) -> None:
    """Remove the record, which a killed run could not bring up to date."""
    (results / _RECORD).unlink(missing_ok=True)


def manifest_seeds(results: Path, batch: str) -> dict[str, str]:
    """Return {doc_id: SHA-256} of the seeds of a batch."""
    lines = (results / "batches" / batch / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return {seed["doc_id"]: seed["sha256"] for seed in map(json.loads, lines)}


def seed_changes(results: Path, seeds: Mapping[str, str]) -> SeedChanges:
    """Compare seeds ({doc_id: SHA-256}) with those of the last run that succeeded."""
    record = results / _SEEDS
    before = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    edited = sum(before[name] != sha256 for name, sha256 in seeds.items() if name in before)
    return SeedChanges(len(seeds), len(seeds.keys() - before.keys()), edited, len(before.keys() - seeds.keys()))


def record_seeds(results: Path, seeds: Mapping[str, str]) -> None:
    """Record the seeds of a run that succeeded."""
    write_text(results / _SEEDS, json.dumps(seeds, indent=0) + "\n")
