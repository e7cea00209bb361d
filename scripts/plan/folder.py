"""The results folder: it is Newsloom's alone, and nothing is removed from it that Newsloom did not write.

A folder that holds anything and has no list of our files (`scripts.core.own_files`) is refused before a byte is
written. A file gets into that list before it is written, so that the list holds after a run that was killed too. What
is removed is taken from the list; what a user adds to the folder is not in it, and stays.
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
# Files of operating systems and git, and of a run killed at its start: a folder of these alone is as good as empty.
_NOTHING = frozenset([".DS_Store", "Thumbs.db", "desktop.ini", "lost+found", ".gitkeep", ".gitignore", ".lock"])
# Half-written files of `scripts.core.storage.replacing`: name of the file, host, process.
_LEFTOVER = re.compile(r"\.(?P<place>.{1,250})\.\d{1,20}\.part")
_OF_GROUP = re.compile(r"(?:groups|tables/[^/]+\.parquet|logs/reduce)/([01]+)[/.].*")
_OF_BATCH = re.compile(r"(?:batches|logs/[^/]+)/((?:reference/)?(?:all|[01]+))[/.].*")
_WILDCARD = re.compile(r"\{(batch|group)\b[^{}]*\}")
_OF_FOLDER = (MARKER, ".snakemake_timestamp")  # in one that a job makes as a whole
_NAMED = 3  # files that are in the way are named


class ForeignError(RuntimeError):
    """Files that Newsloom did not write lie where it would write; the message names them and says what to do."""


def _shown(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are."""
    return some([shortened(name, 80) for name in names], most=_NAMED)


def written_names(results: Path, makers: Iterable[Any], *, folders: bool = False) -> set[str]:
    """Return the names of files that rules or jobs of Snakemake write below `results`; with `folders` those of folders.

    Names of rules have wildcards. Files in a bucket are left out.
    """
    files = [file for maker in makers for file in (*maker.output, *maker.log)]
    paths = [Path(file) for file in files if not file.is_storage and (file.is_directory or not folders)]
    return {path.relative_to(results).as_posix() for path in paths if path.is_relative_to(results)}


def with_wildcards(patterns: Iterable[str], **values: Iterable[str]) -> set[str]:
    """Return the names that patterns with the wildcard `batch` or `group` stand for; others stand for none.

    >>> sorted(with_wildcards(["logs/{batch,all|[01]+}.log", "report.html"], batch=["0", "1"], group=[]))
    ['logs/0.log', 'logs/1.log']
    """
    matches = ((pattern, match) for pattern in patterns if (match := _WILDCARD.search(pattern)))
    return {pattern.replace(match[0], value) for pattern, match in matches for value in values[match[1]]}


def batch_names(patterns: Iterable[str], batches: Iterable[str], groups: Iterable[str]) -> set[str]:
    """Return the files that may be written of batches and groups, as the rules' patterns and the plan name them."""
    plan_files = (f"batches/{{batch}}/{name}" for name in BATCH_PLAN)
    return with_wildcards([*patterns, *plan_files], batch=[*batches], group=[*groups])


def own_files(results: Path) -> set[str]:
    """Return the files of ours in the results folder, none if there is no folder or nothing in it; write nothing.

    Raises ForeignError if it is somebody else's: it lacks our list and holds something other than results folders with
    lists of their own, as those of the examples are.
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
    """Take files that are about to be written into the list of ours, on the disk too.

    Raises ForeignError if one that is not in the list is there already: somebody else wrote it.
    """
    new = {*names} - listed
    if foreign := [name for name in sorted(new) if (results / name).exists() or (results / name).is_symlink()]:
        raise ForeignError(
            f"{results}: {_shown(foreign)}: Newsloom would write here, but did not write what is here. Move it "
            "elsewhere, or delete it if you do not need it, and run again."
        )
    if new or read_own(results) is None:
        listed |= new
        write_own(results, listed)


def check_folders(results: Path, folders: Iterable[str]) -> None:
    """Raise ForeignError if a file that is not ours lies in a folder that a job makes anew, so that all in it goes."""
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
    """Raise ForeignError if a sheet that somebody has filled in is among the files that are about to be written."""
    if filled := filled_sheets(results, names):
        raise ForeignError(
            f"{results}: {_shown(filled)}: edited since it was drawn, and a new draw would overwrite it. Move it to "
            "the folder of filled sheets, under your name, or delete it if you do not need it, and run again."
        )


def _half_written(path: Path, names: Collection[str]) -> bool:
    """Return True for what a killed job left of a file of these names."""
    match = _LEFTOVER.fullmatch(path.name)
    return match is not None and any(match["place"].startswith(f"{name}.") for name in names)


def _with_memories(path: Path) -> list[Path]:
    """Return the path of a file, and of its copies that a batch keeps (`scripts.core.kept`)."""
    return [path, *(path.with_suffix(suffix) for suffix in MEMORY_SUFFIXES)]


def our_paths(results: Path, listed: Collection[str]) -> Iterator[Path]:
    """Yield the paths of our files, whether or not they are there: as listed, their memories, those in our folders."""
    for name in [*listed, *_RUN_FILES]:
        yield from _with_memories(results / name)
    for folder in (results / name for name in FOLDERS):
        if (names := read_own(folder)) is not None:
            yield from (folder / name for name in [*_OF_FOLDER, *names])


def remove_leftovers(results: Path, listed: Collection[str]) -> None:
    """Remove the half-written files that killed jobs left of ours."""
    parts = [path for path in results.rglob(".*.part") if _LEFTOVER.fullmatch(path.name)]
    if not parts:
        return
    names: dict[Path, list[str]] = {}  # of each folder
    for path in our_paths(results, listed):
        names.setdefault(path.parent, []).append(path.name)
    for path in parts:
        if _half_written(path, [*names.get(path.parent, ()), MARKER]):
            path.unlink(missing_ok=True)


def remove(results: Path, listed: set[str], names: Iterable[str]) -> None:
    """Remove files of the list, with what batches keep of them, and folders that are empty then."""
    gone = listed & {*names}
    for path in (file for name in gone for file in _with_memories(results / name)):
        with suppress(NotADirectoryError):  # somebody put a file in the place of our folder
            if not path.is_dir():
                path.unlink(missing_ok=True)
    parents = {parent for name in gone for parent in Path(name).parents if parent != Path()}
    for parent in sorted(parents, key=lambda folder: len(folder.parts), reverse=True):
        with suppress(OSError):  # not empty: the rest is somebody else's
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

    Snakemake would take the one for the other, so a run has it gone before the DAG is built. Raises ForeignError if
    something is left that is not ours.
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
