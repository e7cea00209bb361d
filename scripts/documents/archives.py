"""Read ZIP and gzip archives in memory, never unpacking to disk: a name in an archive is data, not a path."""

import gzip
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.core.limits import LimitError, check_entries
from scripts.documents.parts import Raw, Reader, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.seeds import is_hidden, seed_id
from scripts.documents.settings import Settings

_MOST_MEMBERS = 10_000
_PIECE = 65_536  # bytes unpacked at a time
_OUTSIDE = re.compile(r"\A(?:[/\\]|[A-Za-z]:)|(?:\A|[/\\])\.\.(?:[/\\]|\Z)")


def _too_large(settings: Settings) -> UnreadableError:
    return UnreadableError(
        "too-large", f"It unpacks to more than {settings.largest_megabytes} MB. Split it, or raise `largest_megabytes`."
    )


def read_gzip(data: bytes, settings: Settings) -> tuple[bytes, list[Problem]]:
    """Return the unpacked bytes of a gzip file (those before any damage), and a warning if it is damaged.

    Raises UnreadableError if nothing can be unpacked, or too much.
    """
    unpacked = bytearray()
    fault = ""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        try:
            while len(unpacked) <= settings.largest and (piece := packed.read1(_PIECE)):
                unpacked += piece
        except (OSError, EOFError, zlib.error) as error:
            fault = str(error)
    if len(unpacked) > settings.largest:
        raise _too_large(settings)
    if fault and not unpacked:
        raise UnreadableError("broken", f"The gzip file is damaged ({fault}). Get it again.")
    if not fault:
        return bytes(unpacked), []
    message = (
        f"The gzip file is damaged ({fault}): the {len(unpacked):,} bytes that could be unpacked were read; what "
        "follows them is missing, or they are wrong. Get it again."
    )
    return bytes(unpacked), [Problem("warning", "damaged", message)]


def _refusal(member: zipfile.ZipInfo, names: set[str]) -> tuple[str, str] | None:
    """Return (code, message) for a member that must not be read, else None; `names` are the members already read."""
    if _OUTSIDE.search(member.filename):
        message = "Its name leads out of the archive, so it is left out. Pack the files again without such names."
        return "traversal", message
    if stat.S_ISLNK(member.external_attr >> 16):
        return "link", "A symbolic link in an archive is not followed. Pack the file that it leads to."
    if member.flag_bits & 1:
        return "encrypted", "It is protected by a password. Pack it without one."
    if member.filename in names:
        return "twice", "The archive holds two files of this name; the first was read. Rename one, and pack them again."
    return None


def read_zip(name: str, data: bytes, settings: Settings, reader: Reader) -> Iterator[Raw | Problem]:
    """Yield the texts of the files in a ZIP archive, each read by `reader`; "/name" is prefixed to their `part`.

    Raises UnreadableError for a broken archive, one with too many members, or one that unpacks to too much.
    """
    try:
        check_entries(data)
    except LimitError as error:
        raise UnreadableError("too-many", str(error)) from None
    with parsing("ZIP archive"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > _MOST_MEMBERS:
        raise UnreadableError("too-many", f"It holds {len(members):,} files; the limit is {_MOST_MEMBERS:,}. Split it.")
    left = settings.largest  # bytes
    names: set[str] = set()
    for member in members:
        refusal = _refusal(member, names)
        if any(map(is_hidden, PurePosixPath(member.filename).parts)) and not refusal:
            continue
        part = "/" + seed_id(member.filename)
        if refusal:
            yield Problem("error", *refusal, part=part)
            continue
        names.add(member.filename)
        try:
            with parsing("file in the archive"), archive.open(member) as handle:
                content = handle.read(left + 1)
            left -= len(content)
            if left < 0:
                raise _too_large(settings)
            for entry in reader(f"{name}/{member.filename}", content, settings):
                yield entry._replace(part=part + entry.part)
        except UnreadableError as error:
            yield error.problem._replace(part=part)
            if left < 0:
                return
