"""The list, in a folder, of the files that Newsloom wrote there: a file that is not in it is somebody else's.

It also marks the folder as Newsloom's, as CACHEDIR.TAG marks a cache. It is not called that because backup programs
skip folders with that tag.
"""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from scripts.core.storage import write_text

MARKER = ".newsloom"
_HEADER = """\
# Newsloom made this folder, and wrote the files below. Only these does it ever remove or write anew.
# Leave this list here: without it the folder is not taken for one of Newsloom's.
"""
# Paths in the folder: a list that came with a folder from elsewhere must not lead out of it. A comment begins with #.
_INSIDE = re.compile(r"(?![/#])(?:(?!\.\.)[^\\:])+")


def read_own(folder: Path) -> set[str] | None:
    """Return the paths of Newsloom's files in a folder, relative to it, or None if it has no list of them."""
    try:
        text = (folder / MARKER).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    head, *lines = text.split("\n")
    if head != _HEADER.split("\n", maxsplit=1)[0]:
        return None
    return {line for line in lines if _INSIDE.fullmatch(line)}


def begin_own(folder: Path, names: Collection[str]) -> None:
    """Write the list of Newsloom's files in a folder, creating both, and remove earlier files that are not on it."""
    before = read_own(folder) or set()
    write_own(folder, before | {*names})
    for name in before - {*names}:
        (folder / name).unlink(missing_ok=True)
    write_own(folder, names)


def write_own(folder: Path, names: Iterable[str]) -> None:
    """Write the list of Newsloom's files to a folder, which is created if it does not exist."""
    write_text(folder / MARKER, _HEADER + "".join(f"{name}\n" for name in sorted(names)))
