"""The files that the user put into seeds/: listed, named and hashed when the DAG is built.

The Snakefile imports this module, so it needs only the standard library, reads no more than it must, and never fails
on a strange name: a name is data, and an entry that cannot be used is returned with a reason.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scripts.core.faults import is_used_up
from scripts.documents.csl import read_csl
from scripts.documents.sheet import assign, read_path_sheet

# At the top of seeds/: metadata of the other files, not documents.
SHEET, REFERENCES = "metadata.csv", "metadata.json"
_LISTS = {SHEET: "sheet", REFERENCES: "reference list"}
_LARGEST_SHEET = 100  # MB
# Windows lacks most of these flags, and the links, pipes and devices in folders that make them necessary.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
_HIDDEN = {"thumbs.db", "desktop.ini", "__macosx"}

# Characters that are invisible or look like others. By number, as Unicode's categories differ between Python versions.
# The last alternative keeps a file called "a.csv#12" apart from row 12 of a.csv.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\\\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]|\#(?=[0-9]+\Z)"
)


class Seed(NamedTuple):
    """A file to read: its printable name, its path below seeds/ (as Python has it) and the SHA-256 of its bytes.

    `metadata` comes from the user's sheet: {document: {column: value}}.
    """

    doc_id: str
    path: str
    sha256: str
    metadata: dict[str, dict[str, str]]


class Refused(NamedTuple):
    """An entry of seeds/ that is left out: columns of the table `problems`."""

    seed: str
    code: str
    message: str
    severity: str = "error"


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x80 or 0xDC80 <= code <= 0xDCFF:  # the latter are undecodable bytes, as Python represents them
        return f"\\x{code % 0x100:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def seed_id(path: str) -> str:
    r"""Return the printable form of a path below seeds/, with its extension; two paths never share one.

    Backslashes, control and format characters, odd spaces and undecodable bytes become \xNN, \uNNNN or \UNNNNNNNN.

    >>> print(seed_id("May/a\nb.txt"))
    May/a\x0ab.txt
    """
    return _UNPRINTABLE.sub(_escape, path)


def is_hidden(name: str) -> bool:
    """Return True for names of files that are not articles: hidden, lock files, leftovers of operating systems."""
    return name.startswith((".", "~$")) or name.lower() in _HIDDEN


def open_seed(path: Path | str) -> int:
    """Open a seed for reading and return a file descriptor; never follows a link, waits for a pipe or opens a device.

    Raises OSError if it cannot be read or is no regular file.
    """
    handle = os.open(path, os.O_RDONLY | _FLAGS)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("not a regular file")
    return handle


def sha256(path: Path | str) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal. Raises OSError as `open_seed` does.

    If the file grows meanwhile, only its original length is read; its batch will notice that it changed.
    """
    with os.fdopen(open_seed(path), "rb") as file:
        return hashlib.sha256(file.read(os.fstat(file.fileno()).st_size)).hexdigest()


_KINDS = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFBLK: "a device", stat.S_IFCHR: "a device"}


def too_large(size: int, largest: int) -> str:
    """Return the message about a file of `size` bytes where at most `largest` megabytes are allowed."""
    return f"It has {size / 1e6:,.0f} MB; the limit is {largest}. Split it, or raise `largest_megabytes`."


def _unreadable(seed: str, error: OSError, entry: str) -> Refused:
    """Return the refusal of an unreadable entry; raise the error if no other entry could be read either."""
    if is_used_up(error):
        raise error
    reason = error.strerror or error
    return Refused(seed, "unreadable", f"The {entry} cannot be read ({reason}). Check its permissions and the disk.")


def _listed(root: str, name: str) -> bytes | None:
    """Return the bytes of a list of metadata, None without one; raise OSError, or ValueError if it is too large."""
    try:
        with os.fdopen(open_seed(os.path.join(root, name)), "rb") as handle:  # noqa: PTH118
            if (size := os.fstat(handle.fileno()).st_size) > _LARGEST_SHEET * 1_000_000:
                bound = f"It has {size / 1e6:,.0f} MB; the limit is {_LARGEST_SHEET}."
                raise ValueError(f"{bound} Leave out what is not needed.")
            return handle.read()
    except FileNotFoundError:
        return None


def _with_metadata(root: str, seeds: Iterable[Seed]) -> tuple[list[Seed], list[Refused]]:
    """Return the seeds with their metadata from the sheet and the reference list, and the lines that fit no seed.

    The sheet takes precedence over the reference list, and an earlier line over a later one.
    """
    seeds = list(seeds)
    doc_ids = [seed.doc_id for seed in seeds]
    metadata: dict[str, dict[str, dict[str, str]]] = {}
    refused: list[Refused] = []
    for name in (SHEET, REFERENCES):
        try:
            if (data := _listed(root, name)) is None:
                continue
            lines, messages = read_path_sheet(name, data) if name == SHEET else read_csl(data, doc_ids)
        except OSError as error:
            refused.append(_unreadable(name, error, _LISTS[name]))
            continue
        except ValueError as error:
            refused.append(Refused(name, "metadata", f"The {_LISTS[name]} was not used. {error}"))
            continue
        assigned, unfit = assign(lines, doc_ids)
        refused += [Refused(name, "metadata", message, "warning") for message in [*messages, *unfit]]
        for seed, documents in assigned.items():
            for document, values in documents.items():
                stated = metadata.setdefault(seed, {}).setdefault(document, {})
                stated.update({key: value for key, value in values.items() if key not in stated})
    return [seed._replace(metadata=metadata.get(seed.doc_id, {})) for seed in seeds], refused


def find_seeds(folder: Path | str, *, largest: int) -> tuple[list[Seed], list[Refused]]:
    """Return every file below `folder`, hashed, and the entries that are refused with a reason, both sorted by name.

    Skips hidden files, lock files of office programs and leftovers of operating systems silently. Refuses symbolic
    links (they may lead out of the folder), pipes, sockets, devices, files of more than `largest` megabytes, which are
    not even hashed, and unreadable entries. `folder` itself may be a link. Raises OSError if memory or the number of
    open files is used up.
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
            if is_hidden(entry.name) or path in _LISTS:
                continue
            name = seed_id(path)
            try:
                if entry.is_symlink():
                    message = "A symbolic link is not followed. Put a copy of the file here instead."
                    refused.append(Refused(name, "link", message))
                elif entry.is_dir(follow_symlinks=False):
                    below.append(path + "/")
                elif entry.is_file(follow_symlinks=False):
                    size = entry.stat(follow_symlinks=False).st_size
                    if size > largest * 1_000_000:
                        refused.append(Refused(name, "too-large", too_large(size, largest)))
                        continue
                    seeds.append(Seed(name, path, sha256(entry.path), {}))
                else:
                    kind = _KINDS.get(stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode), "no regular file")
                    refused.append(Refused(name, "special", f"This is {kind}, not a file with text. Remove it."))
            except OSError as error:
                refused.append(_unreadable(name, error, "file"))
    seeds, unused = _with_metadata(root, sorted(seeds))
    return seeds, sorted(refused + unused)
