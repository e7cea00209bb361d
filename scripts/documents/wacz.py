"""WACZ: web archives in a ZIP file with a list of contents, which states the length and digest of each."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator

from scripts.documents.archives import read_gzip, read_zip
from scripts.documents.parts import Raw, Reader, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings
from scripts.documents.webarchives import read_warc

_LIST = "datapackage.json"
_ARCHIVES = (".warc", ".warc.gz")
_ALGORITHMS = ("md5", "sha256")  # those of the format
_GET_AGAIN = "Get the WACZ file again."


def _stated(data: bytes, settings: Settings) -> dict[str, tuple[int | None, str]]:
    """Return {web archive: (length, digest)} from the list of contents, {} without one; raise UnreadableError."""
    with parsing("list of contents"), zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _LIST not in archive.namelist():
            return {}
        with archive.open(_LIST) as handle:
            listed = json.loads(handle.read(settings.largest))
        return {
            entry["path"]: (entry.get("bytes"), str(entry.get("hash") or "").lower())
            for entry in listed["resources"]
            if entry["path"].lower().endswith(_ARCHIVES)
        }


def _differences(content: bytes, size: int | None, digest: str) -> Iterator[Problem]:
    """Yield a warning if a web archive is not as the list of contents describes it."""
    algorithm, _, value = digest.partition(":")
    is_other = isinstance(size, int) and size != len(content)
    if algorithm in _ALGORITHMS:
        is_other |= hashlib.new(algorithm, content, usedforsecurity=False).hexdigest() != value
    if is_other:
        message = (
            f"It has {len(content):,} bytes and is not the file that the list of contents describes ({size} "
            f"bytes): pages may be missing or changed. {_GET_AGAIN}"
        )
        yield Problem("warning", "damaged", message)


def read_wacz(name: str, data: bytes, settings: Settings, html: Reader) -> Iterator[Raw | Problem]:
    """Yield the pages of the WARC files in a WACZ file, and rows about WARC files that are missing or changed."""
    stated: dict[str, tuple[int | None, str]] = {}
    paths: set[str] = set()

    def read_member(member: str, content: bytes, settings: Settings) -> Iterator[Raw | Problem]:
        path = member.removeprefix(f"{name}/")
        if not path.lower().endswith(_ARCHIVES):
            return
        paths.add(path)
        if path in stated:
            yield from _differences(content, *stated[path])
        if path.lower().endswith(".gz"):
            content, problems = read_gzip(content, settings)
            yield from problems
        yield from read_warc(member, content, settings, html)

    try:
        stated = _stated(data, settings)
    except UnreadableError as error:
        if not zipfile.is_zipfile(io.BytesIO(data)):
            raise
        message = f"No length or digest was compared. {error.problem.message} {_GET_AGAIN}"
        yield Problem("warning", "damaged", message)
    yield from read_zip(name, data, settings, read_member)
    if missing := sorted(stated.keys() - paths):
        message = f"Its list of contents names web archives that are not read or not there: {', '.join(missing)[:200]}."
        yield Problem("warning", "damaged", f"{message} {_GET_AGAIN}")
