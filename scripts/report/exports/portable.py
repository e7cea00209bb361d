"""Removal of traces of the machine from results: absolute paths, and the names of the user and the machine."""

import getpass
import os
import re
import socket
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

# Shorter names of users and machines, such as "a" or "pc", would occur in any text.
_SHORTEST_NAME = 3
_ALLOWED_NAMES = frozenset(["root", "user", "runner", "localhost", "newsloom"])


def portable(value: Any) -> Any:  # noqa: ANN401
    """Return a JSON value with each string that is an absolute path replaced by the last part of that path.

    A string that merely begins with a slash is no path: its first part does not exist on this machine.

    >>> portable({"seeds": "/home/ann/news", "groups": ["outlet", "C:\\\\news\\\\a.csv"]})
    {'seeds': 'news', 'groups': ['outlet', 'a.csv']}
    >>> portable("/r/politics in the news")
    '/r/politics in the news'
    """
    if isinstance(value, dict):
        return {key: portable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [portable(each) for each in value]
    return PureWindowsPath(value).name if isinstance(value, str) and _is_path(value) else value


def _is_path(text: str) -> bool:
    """Return whether a text is an absolute path: of Windows with a drive, or else with a first part that exists."""
    path = PurePosixPath(text)
    return PureWindowsPath(text).is_absolute() or (path.is_absolute() and Path(*path.parts[:2]).exists())


def own_paths(folders: Iterable[Path]) -> list[str]:
    """Return the absolute paths that results must not contain, the longest first.

    These are `folders`, the working directory and the user's home, but not paths of one part such as /app, which may
    occur in a text.
    """
    paths = {str(path.absolute()) for path in (*folders, Path.cwd(), Path.home())}
    paths |= {str(Path(path).resolve()) for path in paths}
    return sorted((path for path in paths if len(Path(path).parts) > 2), key=lambda path: (-len(path), path))


def own_names() -> list[str]:
    """Return the names of the user and the machine, except common ones."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        user = ""
    host = socket.gethostname()
    names = {user, host, host.split(".")[0], os.environ.get("COMPUTERNAME", "")}
    return sorted(name for name in names if len(name) >= _SHORTEST_NAME and name.lower() not in _ALLOWED_NAMES)


def traces(content: str, *, paths: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return the paths that occur in a text, and the names that occur in it as whole words.

    >>> traces("made in /home/ann/news by annie", paths=["/home/ann"], names=["ann"])
    ['/home/ann', 'ann']
    >>> traces("made by annie", paths=["/home/ann"], names=["ann"])
    []
    """
    escaped = content.replace("\\\\", "\\").replace("\\/", "/")  # as JSON writes them
    named = [path for path in paths if path in content or path in escaped]
    words = {name: rf"(?<!\w){re.escape(name)}(?!\w)" for name in names}
    return named + [name for name, word in words.items() if re.search(word, content)]
