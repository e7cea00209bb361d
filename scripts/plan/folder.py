"""The results folder: it is Newsloom's alone, but files in it that Newsloom did not write are never removed.

A folder that is not empty and has no list of our files (`scripts.core.own_files`) is refused before a byte is written.
A file is listed before it is written, so that the list is complete even after a killed run, and taken off the list when
it is removed. Files that a user adds to the folder are not listed, and stay.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from scripts.core.cells import some
from scripts.core.kept import MEMORY_SUFFIXES
from scripts.core.own_files import MARKER, read_own, write_own
from scripts.core.visible import shortened
from scripts.plan.batches import BATCH_PLAN
from scripts.plan.record import FOLDERS, filled_sheets

# Files of runs that no rule makes, and the folder of the page's data.
_RUN_FILES = (
    "stages", "report-data", "report-data.kept", "figures.kept", ".lock", ".seeds.json", ".written.json", MARKER,
)  # fmt: skip
# Files of operating systems and git, and of a run killed at its start: a folder with only these counts as empty.
_NOTHING = frozenset([".DS_Store", "Thumbs.db", "desktop.ini", "lost+found", ".gitkeep", ".gitignore", ".lock"])
# Half-written files of `scripts.core.storage.replacing`: file name, host, process id.
_LEFTOVER = re.compile(r"\.(?P<place>.{1,250})\.\d{1,20}\.part")
_OF_GROUP = re.compile(r"(?:groups|tables/[^/]+\.parquet|logs/reduce)/([01]+)[/.].*")
_OF_BATCH = re.compile(r"(?:batches|logs/[^/]+)/((?:reference/)?(?:all|[01]+))[/.].*")
_WILDCARD = re.compile(r"\{(batch|group)\b[^{}]*\}")
_OF_FOLDER = (MARKER, ".snakemake_timestamp")  # files in a folder that is the output of a job
_NAMED = 3  # how many files in the way to name


class ForeignError(RuntimeError):
    """Files that Newsloom did not write are where it would write; the message names them and says what to do."""


def _shown(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are."""
    return some([shortened(name, 80) for name in names], most=_NAMED)


def written_names(results: Path, makers: Iterable[Any], *, folders: bool = False) -> set[str]:
    """Return the paths below `results` that rules or jobs of Snakemake write; with `folders`, only output folders.

    The paths of rules have wildcards. Files in a bucket are left out.
    """
    files = [file for maker in makers for file in (*maker.output, *maker.log)]
    paths = [Path(file) for file in files if not file.is_storage and (file.is_directory or not folders)]
    return {path.relative_to(results).as_posix() for path in paths if path.is_relative_to(results)}


def with_wildcards(patterns: Iterable[str], **values: Iterable[str]) -> set[str]:
    """Return the names that patterns with the wildcard `batch` or `group` stand for; skip patterns without one.

    >>> sorted(with_wildcards(["logs/{batch,all|[01]+}.log", "report.html"], batch=["0", "1"], group=[]))
    ['logs/0.log', 'logs/1.log']
    """
    matches = ((pattern, match) for pattern in patterns if (match := _WILDCARD.search(pattern)))
    return {pattern.replace(match[0], value) for pattern, match in matches for value in values[match[1]]}


def batch_names(patterns: Iterable[str], batches: Iterable[str], groups: Iterable[str]) -> set[str]:
    """Return all files that may be written for batches and groups, from the rules' patterns and the plan's files."""
    plan_files = (f"batches/{{batch}}/{name}" for name in BATCH_PLAN)
    return with_wildcards([*patterns, *plan_files], batch=[*batches], group=[*groups])


def own_files(results: Path) -> set[str]:
    """Return our files in the results folder, none if it does not exist or is empty; write nothing.

    Raises ForeignError if the folder is somebody else's: it has no list of ours, and holds something other than results
    folders with lists of their own, such as those of the examples.
    """
    if not results.exists() and not results.is_symlink():
        return set()
    if not results.is_dir():
        raise ForeignError(f"results: {results} is not a folder. Set `results` in config.yaml to another name.")
    if (listed := read_own(results)) is not None:
        return listed
    names = sorted(path.name for path in results.iterdir() if path.name not in _NOTHING and read_own(path) is None)
    others = [name for name in names if not (name.startswith(f".{MARKER}.") and _LEFTOVER.fullmatch(name))]
    if not others:
        return set()
    raise ForeignError(
        f"results: in the folder {results} there are files that Newsloom did not write: {_shown(others)}. It works "
        "only in its own folder, so nothing was written. Set `results` in config.yaml to a new name, such as "
        "newsloom-results. (If an earlier version of Newsloom made this folder, or it was copied without "
        "its hidden files, move what you added to it elsewhere, delete it, and run again.)"
    )


def claim(results: Path, listed: set[str], names: Iterable[str]) -> None:
    """Add files that are about to be written to the list of ours, on the disk too.

    Raises ForeignError if such a file exists but is not in the list: somebody else wrote it.
    """
    new = {*names} - listed
    if foreign := [name for name in sorted(new) if (results / name).exists() or (results / name).is_symlink()]:
        raise ForeignError(
            f"{results}: {_shown(foreign)}: Newsloom would write here, but did not write what is here. Move it "
            "elsewhere, or delete it if you do not need it, and run again."
        )
    if new:
        listed |= new
        write_own(results, listed)


def check_folders(results: Path, folders: Iterable[str]) -> None:
    """Raise ForeignError if a folder that a job makes anew, deleting all in it, holds a file that is not ours."""
    for name in folders:
        own = {*_OF_FOLDER, *(read_own(results / name) or ())}
        files = [path for path in (results / name).rglob("*") if not path.is_dir()]
        foreign = [
            path.relative_to(results).as_posix()
            for path in files
            if path.relative_to(results / name).as_posix() not in own and not _half_written(path, own)
        ]
        if foreign:
            raise ForeignError(
                f"{results}: {_shown(sorted(foreign))}: Newsloom makes {results / name} again, but did not write what "
                f"is there. Move it elsewhere and run again. If an earlier version wrote it, delete {results / name}."
            )


def check_sheets(results: Path, names: Iterable[str]) -> None:
    """Raise ForeignError if a sheet that somebody has filled in is about to be overwritten."""
    if filled := filled_sheets(results, names):
        raise ForeignError(
            f"{results}: {_shown(filled)}: edited since it was drawn, and a new draw would overwrite it. Move it to "
            "the folder of filled sheets, under your name, or delete it if you do not need it, and run again."
        )


def _half_written(path: Path, names: Collection[str]) -> bool:
    """Return True for a half-written version, left by a killed job, of a file with one of these names."""
    match = _LEFTOVER.fullmatch(path.name)
    return match is not None and any(match["place"].startswith(f"{name}.") for name in names)


def _with_memories(path: Path) -> list[Path]:
    """Return the path of a file, and those of the files that a batch keeps of it (`scripts.core.kept`)."""
    return [path, *(path.with_suffix(suffix) for suffix in MEMORY_SUFFIXES)]


def our_paths(results: Path, listed: Collection[str]) -> Iterator[Path]:
    """Yield the paths of our files, existing or not: the listed ones, those kept of them, those in our folders."""
    for name in [*listed, *_RUN_FILES]:
        yield from _with_memories(results / name)
    for folder in FOLDERS:
        yield from _in_folder(results / folder)


def remove_leftovers(results: Path, listed: Collection[str]) -> None:
    """Remove the half-written versions of our files that killed jobs left."""
    parts = [path for path in results.rglob(".*.part") if _LEFTOVER.fullmatch(path.name)]
    if not parts:
        return
    names: dict[Path, list[str]] = {}  # by folder
    for path in our_paths(results, listed):
        names.setdefault(path.parent, []).append(path.name)
    for path in parts:
        if _half_written(path, [*names.get(path.parent, ()), MARKER]):
            path.unlink(missing_ok=True)


def not_made(results: Path, listed: Iterable[str], made: Collection[str]) -> Iterator[str]:
    """Yield the listed files of batches, figures and folders of pages that exist and are not in `made`."""
    for name in listed:
        is_of_job = name in FOLDERS or (name.startswith(("batches/", "figures/")) and Path(name).name not in BATCH_PLAN)
        if is_of_job and name not in made and (results / name).exists():
            yield name


def _in_folder(folder: Path) -> Iterator[Path]:
    """Yield the paths of our files in a folder that is the output of a job, existing or not."""
    if (names := read_own(folder)) is not None:
        yield from (folder / name for name in [*_OF_FOLDER, *names])


def remove(results: Path, listed: set[str], names: Iterable[str]) -> None:
    """Remove listed files, the files that batches keep of them (`scripts.core.kept`), and folders that become empty."""
    gone = listed & {*names}
    folders = gone & FOLDERS.keys()
    inside = [path for folder in folders for path in _in_folder(results / folder)]
    for path in (*inside, *(file for name in gone for file in _with_memories(results / name))):
        with suppress(NotADirectoryError):  # somebody put a file in the place of our folder
            if not path.is_dir():
                path.unlink(missing_ok=True)
    parents = {parent for name in gone for parent in Path(name).parents if parent != Path()} | {*map(Path, folders)}
    for parent in sorted(parents, key=lambda folder: len(folder.parts), reverse=True):
        with suppress(OSError):  # not empty: the other files are somebody else's
            (results / parent).rmdir()
    if gone:
        listed -= gone
        write_own(results, listed)


def of_others(listed: Iterable[str], batches: Collection[str], groups: Collection[str]) -> Iterator[str]:
    """Yield the listed files that belong to batches and groups other than these."""
    for name in listed:
        if match := _OF_GROUP.fullmatch(name):
            if match[1] not in groups:
                yield name
        elif (match := _OF_BATCH.fullmatch(name)) and match[1] not in batches:
            yield name


def make_way(results: Path, listed: set[str], table: str, *, in_groups: bool) -> None:
    """Remove a table that is one file and will be a folder of files, or the other way round.

    Snakemake would take one for the other, so a run removes it before the DAG is built. Raises ForeignError if files
    remain that are not ours.
    """
    name = f"tables/{table}.parquet"
    is_in_the_way: Callable[[], bool] = (results / name).is_file if in_groups else (results / name).is_dir
    if is_in_the_way():
        remove(results, listed, [each for each in listed if each == name or each.startswith(f"{name}/")])
    if is_in_the_way():
        raise ForeignError(
            f"{results / name} will be {'a folder' if in_groups else 'a file'}, but Newsloom did not write what is "
            "there. Move it elsewhere, and run again."
        )
