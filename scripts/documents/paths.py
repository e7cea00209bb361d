"""Paths of documents: the seed's, followed by "#12" for a row of a table or "/name" for a member of an archive."""

import re
from collections.abc import Collection

_ROW = re.compile(r"\#[0-9]{1,10}\Z")


def folder_depth(seeds: Collection[str]) -> int:
    """Return the number of folders around the deepest of the seeds."""
    return max((path.count("/") for path in seeds), default=0)


def owning_seed(path: str, seeds: Collection[str], *, depth: int) -> str | None:
    """Return the seed that contains the document at a path, or None; `depth` is the `folder_depth` of the seeds.

    >>> [owning_seed(path, {"t.csv", "a/z.zip"}, depth=1) for path in ("t.csv", "t.csv#12", "a/z.zip/in/x.txt#3", "x")]
    ['t.csv', 't.csv', 'a/z.zip', None]
    """
    bare = _ROW.sub("", path)
    folders = bare.split("/", depth + 1)[: depth + 1]
    prefixes = ("/".join(folders[:n]) for n in range(len(folders), 0, -1))
    return next((seed for seed in (path, bare, *prefixes) if seed and seed in seeds), None)
