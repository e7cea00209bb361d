"""The files that the user put into seeds/: found, named and hashed when the DAG is built.

The Snakefile imports this module, so it needs nothing but the standard library, reads no more than it must, and
never fails on a strange name: a name is data, and whatever cannot be taken is returned with a reason.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scripts.documents.sheet import assign, read_sheet

SHEET = "metadata.csv"  # at the top of seeds/: metadata of the other files, not a document
_CHUNK = 1 << 20
_HIDDEN = {"thumbs.db", "desktop.ini", "__macosx"}

# What does not show, or shows as something else. By number, since Unicode's categories differ between Python versions.
# The last alternative keeps a file called "a.csv#12" apart from row 12 of a.csv.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\\\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]|\#(?=[0-9]+\Z)"
)


class Seed(NamedTuple):
    """A file to read: its printable name, its path below seeds/ (as Python has it) and the SHA-256 of its bytes.

    `metadata` is what the user's sheet says of it: {document: {column: value}}.
    """

    doc_id: str
    path: str
    sha256: str
    metadata: dict[str, dict[str, str]]


class Refused(NamedTuple):
    """An entry of seeds/ that is left out, and why: columns of the problems table."""

    seed: str
    code: str
    message: str
    severity: str = "error"


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as Python carries it in names
        code -= 0xDC00
        return f"\\x{code:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def seed_id(path: str) -> str:
    r"""The printable form of a path below seeds/, with its extension; two paths never share one.

    Backslashes, control and format characters, odd spaces and undecodable bytes become \xNN, \uNNNN or \UNNNNNNNN.
    """
    return _UNPRINTABLE.sub(_escape, path)


def is_hidden(name: str) -> bool:
    """Whether a name is that of a file nobody means as an article: hidden, a lock, or left by an operating system."""
    return name.startswith((".", "~$")) or name.lower() in _HIDDEN


def open_seed(path: Path | str) -> int:
    """Open a seed for reading; never follows a link, waits for a pipe or opens a device. Gives a file descriptor.

    Raises OSError if it cannot be read or is no regular file.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("not a regular file")
    return handle


def sha256(path: Path | str) -> str:
    """The SHA-256 of a file's bytes. Raises OSError as `open_seed` does."""
    handle = open_seed(path)
    try:
        digest = hashlib.sha256()
        while chunk := os.read(handle, _CHUNK):
            digest.update(chunk)
        return digest.hexdigest()
    finally:
        os.close(handle)


_KINDS = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFBLK: "a device", stat.S_IFCHR: "a device"}


def _unreadable(seed: str, error: OSError, what: str) -> Refused:
    reason = error.strerror or error
    return Refused(seed, "unreadable", f"The {what} cannot be read ({reason}). Check its permissions and the disk.")


def _with_sheet(root: str, seeds: Iterable[Seed]) -> tuple[list[Seed], list[Refused]]:
    """Give each seed what the sheet says of it; a line that fits no seed, or contradicts another, is refused."""
    seeds = list(seeds)
    try:
        with os.fdopen(open_seed(os.path.join(root, SHEET)), "rb") as handle:  # noqa: PTH118
            lines = read_sheet(handle.read())
    except FileNotFoundError:
        return seeds, []
    except (OSError, ValueError) as error:
        return seeds, [Refused(SHEET, "metadata", f"The sheet was not used. {error}")]
    found, wrong = assign(lines, (seed.doc_id for seed in seeds))
    refused = [Refused(SHEET, "metadata", message, "warning") for message in wrong]
    return [seed._replace(metadata=found.get(seed.doc_id, {})) for seed in seeds], refused


def find_seeds(folder: Path | str) -> tuple[list[Seed], list[Refused]]:
    """Every file below `folder`, hashed, and what was refused with a reason; both sorted by name.

    Left out without a word: hidden files, lock files of office programs, and what operating systems leave in folders.
    Refused: symbolic links (they may lead out of the folder), pipes, sockets, devices, and whatever cannot be read.
    `folder` itself may be a link.
    """
    root = os.fspath(folder)
    seeds: list[Seed] = []
    refused: list[Refused] = []
    below = [""]
    while below:
        prefix = below.pop()
        try:
            with os.scandir(os.path.join(root, prefix) if prefix else root) as listing:  # noqa: PTH118 - twice as fast
                entries = list(listing)
        except OSError as error:
            refused.append(_unreadable(seed_id(prefix or "."), error, "folder"))
            continue
        for entry in entries:
            path = prefix + entry.name
            if is_hidden(entry.name) or path == SHEET:
                continue
            name = seed_id(path)
            try:
                if entry.is_symlink():
                    refused.append(
                        Refused(name, "link", "A symbolic link is not followed. Put a copy of the file here instead.")
                    )
                elif entry.is_dir(follow_symlinks=False):
                    below.append(path + "/")
                elif entry.is_file(follow_symlinks=False):
                    seeds.append(Seed(name, path, sha256(entry.path), {}))
                else:
                    kind = _KINDS.get(stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode), "no regular file")
                    refused.append(Refused(name, "special", f"This is {kind}, not a file with text. Remove it."))
            except OSError as error:
                refused.append(_unreadable(name, error, "file"))
    seeds, unused = _with_sheet(root, sorted(seeds))
    return seeds, sorted(refused + unused)
