"""A REFI-QDA project (.qdpx, version 1.0) that another tool wrote: its texts and codings.

A .qdpx is a ZIP file with project.qde (XML) and the texts. It comes from anywhere: XML with a document type or entities
is refused, only texts within the file are read, by name and never unpacked to the disk, and its size is bounded.
Positions are kept as the file has them; `scripts.core.positions` finds out what they count.
"""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scripts.core.project_codes import Code, unflattened

_NAMESPACE = "{urn:QDA-XML:project:1.0}"
_LARGEST = 500_000_000  # bytes, of all texts together and of the XML
_INTERNAL = "internal://"
_FILE = re.compile(r"[^/\\:]+")
_NUMBER = re.compile("[0-9]{1,9}")
# Errors that zipfile raises on damaged, encrypted and unknown members.
_DAMAGE = (BadZipFile, RuntimeError, OSError, NotImplementedError, EOFError, zlib.error)
_OTHER_SOURCES = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")


class ProjectError(ValueError):
    """A project that cannot be read; the message names the file and says what to do."""


class Coding(NamedTuple):
    """A code on a passage: positions as the file has them, the path of the code, who coded it when, and a comment."""

    start: int
    end: int
    code: Code
    user: str
    date: str
    note: str


class Source(NamedTuple):
    """A text: its name, the text as stored, codings, and the notes that belong to it. `text` is None if it is missing.

    `fault` says why, or what else of it could not be read.
    """

    name: str
    text: str | None
    codings: list[Coding]
    notes: list[str]
    fault: str


class Project(NamedTuple):
    """A project: the tool that wrote it, its texts, and what of it could not be read."""

    origin: str
    sources: list[Source]
    faults: list[str]


def _all(element: Element, path: str) -> list[Element]:
    return element.findall("/".join(_NAMESPACE + part for part in path.split("/")))


def _text(element: Element, name: str) -> str:
    return element.findtext(_NAMESPACE + name) or ""


def _guid(element: Element, attribute: str = "guid") -> str:
    """Return a GUID without braces in lower case, as tools write the same one in several ways."""
    return element.get(attribute, "").strip("{} \t\r\n").lower()


def _codes(root: Element) -> dict[str, Code]:
    """Return the path of each code by its GUID."""
    paths: dict[str, Code] = {}
    waiting: list[tuple[Code, Element]] = [((), code) for code in _all(root, "CodeBook/Codes/Code")]
    while waiting:
        above, code = waiting.pop()
        path = (*above, code.get("name", ""))
        paths[_guid(code)] = unflattened(path)
        waiting += [(path, child) for child in _all(code, "Code")]
    return paths


def _members(name: str, archive: ZipFile) -> dict[str, str]:
    """Return the names of the members by their lower case. Raises ProjectError if they are too large together."""
    size = sum(member.file_size for member in archive.infolist())
    if size > _LARGEST:
        raise ProjectError(f"{name}: unpacked it has {size:,} bytes, {_LARGEST:,} are allowed. Split the project.")
    return {member.lower(): member for member in reversed(archive.namelist())}


def _read(archive: ZipFile, member: str) -> bytes:
    """Return the bytes of a member, as many as its head says: a head that lies raises BadZipFile."""
    with archive.open(member) as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise BadZipFile("it is larger than it says")
    return data


def _source_text(element: Element, archive: ZipFile, members: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the plain text of a source, or None and why there is none."""
    inline = element.find(f"{_NAMESPACE}PlainTextContent")
    if inline is not None:
        return inline.text or "", ""
    path = element.get("plainTextPath", "")
    file = path.removeprefix(_INTERNAL)
    if not path.startswith(_INTERNAL) or not _FILE.fullmatch(file) or file in (".", ".."):
        return None, f"its text is {path[:120]!r}, and only texts within the .qdpx are read"
    member = members.get(f"sources/{file}".lower())
    if member is None:
        return None, f"its text {file[:120]!r} is not in the .qdpx"
    try:
        return _read(archive, member).decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return None, f"its text {file[:120]!r} is no UTF-8"
    except _DAMAGE as error:
        return None, f"its text {file[:120]!r} cannot be read ({error})"


def _position(text: str | None) -> int:
    return int(text) if text and _NUMBER.fullmatch(text.strip()) else -1


def _codings(
    element: Element, codes: Mapping[str, Code], users: Mapping[str, str], length: int
) -> Iterator[tuple[Coding, bool]]:
    """Yield the codings of a source, each with True if its code and positions can be read."""
    selections = [
        (each, each.get("startPosition"), each.get("endPosition")) for each in _all(element, "PlainTextSelection")
    ]
    for selection, start, end in [*selections, (element, "0", str(length))]:
        for coding in _all(selection, "Coding"):
            reference = coding.find(f"{_NAMESPACE}CodeRef")
            code = codes.get(_guid(reference, "targetGUID") if reference is not None else "", ())
            user = _guid(coding, "creatingUser") or _guid(selection, "creatingUser")
            date = coding.get("creationDateTime") or selection.get("creationDateTime") or ""
            note = _text(selection, "Description") if selection is not element else ""
            first, last = _position(start), _position(end)
            yield Coding(first, last, code, users.get(user, ""), date, note), bool(code) and 0 <= first < last


def _source(
    element: Element,
    archive: ZipFile,
    members: Mapping[str, str],
    codes: Mapping[str, Code],
    users: Mapping[str, str],
    notes: Mapping[str, str],
) -> Source:
    text, fault = _source_text(element, archive, members)
    codings = list(_codings(element, codes, users, len(text or "")))
    bad = sum(not readable for _, readable in codings)
    if bad and not fault:
        fault = f"{bad} codings in it have no code of the codebook, or no first and last character"
    of_source = [notes.get(_guid(note, "targetGUID"), "") for note in _all(element, "NoteRef")]
    usable = [coding for coding, readable in codings if readable]
    return Source(element.get("name", ""), text, usable, of_source, fault)


def _notes(root: Element, archive: ZipFile, members: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of the notes by GUID."""
    return {_guid(note): _source_text(note, archive, members)[0] or "" for note in _all(root, "Notes/Note")}


def _parse(name: str, archive: ZipFile, members: Mapping[str, str]) -> Element:
    """Return the root of the project's XML. Raises ProjectError."""
    qde = [member for lower, member in members.items() if lower.endswith(".qde") and "/" not in lower]
    if not qde:
        raise ProjectError(f"{name}: there is no project.qde in it. Export it as a REFI-QDA project once more.")
    try:
        root: Element = fromstring(_read(archive, qde[0]), forbid_dtd=True)
    except DefusedXmlException:
        raise ProjectError(
            f"{name}: its XML has a document type or entities, which no tool for projects writes. Export it as "
            "a REFI-QDA project once more."
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise ProjectError(f"{name}: its XML is broken ({error}). Export the project once more.") from None
    if root.tag != f"{_NAMESPACE}Project":
        raise ProjectError(f"{name}: its XML is no REFI-QDA project of version 1.0. Export it as .qdpx once more.")
    return root


def read_project(name: str, data: bytes) -> Project:
    """Return the texts and codings of a .qdpx file; `name` is the file's, for messages. Raises ProjectError."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = _members(name, archive)
            root = _parse(name, archive, members)
            codes, notes = _codes(root), _notes(root, archive, members)
            users = {_guid(user): user.get("name", "") for user in _all(root, "Users/User")}
            texts = _all(root, "Sources/TextSource")
            sources = [_source(element, archive, members, codes, users, notes) for element in texts]
    except _DAMAGE as error:
        raise ProjectError(f"{name}: it is no .qdpx, or damaged ({error}). Export the project once more.") from None
    others = Counter(kind for kind in _OTHER_SOURCES for _ in _all(root, f"Sources/{kind}"))
    faults = [
        f"{number} sources are no texts ({kind}): their codings are not read, and there is nothing to do"
        for kind, number in others.items()
    ]
    return Project(root.get("origin", ""), sources, faults)
