"""The list, in a folder, of the files that Newsloom wrote there: what is not in it is somebody else's.

It is also the folder's mark, as CACHEDIR.TAG is of a cache. It has a name of its own, since programs for backups leave
out a folder with that tag.
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
# A list that came with a folder from elsewhere must not lead out of it; a comment begins with #.
_INSIDE = re.compile(r"(?![/#])(?:(?!\.\.)[^\\:])+")


def read_own(folder: Path) -> set[str] | None:
    """Return the names of the files of ours in a folder, relative to it; None if it has no list of them."""
    try:
        text = (folder / MARKER).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    head, *lines = text.split("\n")
    if head != _HEADER.split("\n", maxsplit=1)[0]:
        return None
    return {line for line in lines if _INSIDE.fullmatch(line)}


def begin_own(folder: Path, names: Collection[str]) -> None:
    """List the files of ours that a folder, which is made, will have, and remove the others of ours."""
    before = read_own(folder) or set()
    write_own(folder, before | {*names})
    for name in before - {*names}:
        (folder / name).unlink(missing_ok=True)
    write_own(folder, names)


def write_own(folder: Path, names: Iterable[str]) -> None:
    """Write the list of the files of ours in a folder, which is made if there is none."""
    write_text(folder / MARKER, _HEADER + "".join(f"{name}\n" for name in sorted(names)))
