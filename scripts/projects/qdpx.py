"""Read the texts and codings of a REFI-QDA project (.qdpx, version 1.0) that another tool wrote.

A .qdpx is a ZIP file with project.qde (XML) and the texts. It is not trusted: XML with a document type or entities is
refused; only texts inside the file are read, by name, and never unpacked to disk; bytes, elements and depth are
limited.
Positions stay as the file has them; `scripts.projects.positions` works out what they count.
"""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from scripts.core.limits import LimitError, check_entries
from scripts.projects.codes import Code, unflattened

NEWSLOOM = "Newsloom"  # the user as whom projects are exported
_NAMESPACE = "{urn:QDA-XML:project:1.0}"
_INTERNAL = "internal://"
_FILE = re.compile(r"[^/\\:]+")
_NUMBER = re.compile("[0-9]{1,9}")
# Errors that zipfile raises on damaged or encrypted members, or unknown compression.
_DAMAGE = (BadZipFile, RuntimeError, OSError, NotImplementedError, EOFError, zlib.error)
_OTHER_SOURCES = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")
# Limits of a project; a text or note counts each time it is referred to.
_MOST_XML, _MOST_TEXTS = 250_000_000, 250_000_000  # bytes; the second covers all texts together
_MOST_ELEMENTS, _MOST_ATTRIBUTES, _DEEPEST, _MOST_CODES = 3_000_000, 10_000_000, 100, 100_000


class ProjectError(ValueError):
    """Error for a project that cannot be read; the message names the file and says what to do."""


class Coding(NamedTuple):
    """A code on a passage: positions as in the file, the path of the code, the coder, the date and a comment."""

    start: int
    end: int
    code: Code
    user: str
    date: str
    note: str


class TextSource(NamedTuple):
    """A text source: its name, the text as stored, its codings and the notes attached to it.

    `text` is None if it is missing; `fault` says why, or what else of the source could not be read.
    """

    name: str
    text: str | None
    codings: list[Coding]
    notes: list[str]
    fault: str


class Project(NamedTuple):
    """A project: the tool that wrote it (`origin`), its texts, and messages on anything that could not be read."""

    origin: str
    sources: list[TextSource]
    faults: list[str]


def _all(element: Element, path: str) -> list[Element]:
    return element.findall("/".join(_NAMESPACE + part for part in path.split("/")))


def _text(element: Element, name: str) -> str:
    return element.findtext(_NAMESPACE + name) or ""


def _guid(element: Element, attribute: str = "guid") -> str:
    """Return a GUID in lower case without braces, since tools write the same GUID in different ways."""
    return element.get(attribute, "").strip("{} \t\r\n").lower()


def _codes(name: str, root: Element) -> dict[str, Code]:
    """Return the path of each code by its GUID. Raises ProjectError if there are too many."""
    paths: dict[str, Code] = {}
    number = 0
    waiting: list[tuple[Code, Element]] = [((), code) for code in _all(root, "CodeBook/Codes/Code")]
    while waiting:
        above, code = waiting.pop()
        if (number := number + 1) > _MOST_CODES:
            raise _too_much(name, f"{_MOST_CODES:,} codes", "Merge codes")
        path = (*above, code.get("name", ""))
        paths[_guid(code)] = unflattened(path)
        waiting += [(path, child) for child in _all(code, "Code")]
    return paths


def _too_much(name: str, limit: str, advice: str) -> ProjectError:
    return ProjectError(f"{name}: it has more than {limit}, the limit of a project. {advice}, or split the project.")


class _Texts:
    """The members of a project's ZIP file by name in lower case, with a limit on the total bytes of texts."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive, self._left = archive, _MOST_TEXTS
        self._members = {member.filename.lower(): member for member in archive.infolist()}
        self.twice = frozenset(name for name, n in Counter(map(str.lower, archive.namelist())).items() if n > 1)
        self.qde = [name for name in self._members if name.endswith(".qde") and "/" not in name]

    def size(self, name: str) -> int:
        """Return the unpacked size of a member; never more is read from it. Raises KeyError if it does not exist."""
        return self._members[name].file_size

    def read(self, name: str) -> bytes:
        """Return the bytes of a member. Raises KeyError if it does not exist, or zipfile's errors if it is damaged."""
        return self._archive.read(self._members[name])

    def spend(self, size: int) -> None:
        """Count bytes of text against the limit before they are read. Raises LimitError if there are too many."""
        if size > self._left:
            raise LimitError(f"the texts of the project have more than {_MOST_TEXTS:,} bytes, the limit of a project")
        self._left -= size


def _source_text(element: Element, texts: _Texts) -> tuple[str | None, str]:
    """Return the plain text of a source and "", or None and the reason that it cannot be read."""
    inline = element.find(f"{_NAMESPACE}PlainTextContent")
    if inline is not None:
        return inline.text or "", ""
    path = element.get("plainTextPath", "")
    file = path.removeprefix(_INTERNAL)
    if not path.startswith(_INTERNAL) or not _FILE.fullmatch(file) or file in (".", ".."):
        return None, f"its text is {path[:120]!r}, and only texts within the .qdpx are read"
    member = f"sources/{file}".lower()
    if member in texts.twice:
        return None, f"there are two files {file[:120]!r} in the .qdpx, which may be its text"
    try:
        texts.spend(texts.size(member))
        return texts.read(member).decode("utf-8-sig"), ""
    except KeyError:
        return None, f"its text {file[:120]!r} is not in the .qdpx"
    except LimitError as error:
        return None, f"its text {file[:120]!r} is not read: {error}"
    except UnicodeDecodeError:
        return None, f"its text {file[:120]!r} is not UTF-8"
    except _DAMAGE as error:
        return None, f"its text {file[:120]!r} cannot be read ({error})"


def _position(text: str | None) -> int:
    return int(text) if text and _NUMBER.fullmatch(text.strip()) else -1


def _notes_of(elements: Iterable[Element], notes: Mapping[str, str], texts: _Texts) -> str:
    """Return the notes that a coding or its selection refers to, as one text. Raises LimitError as `_Texts` does."""
    guids = (_guid(note, "targetGUID") for each in elements for note in each.findall(f"{_NAMESPACE}NoteRef"))
    of_elements = [notes[guid] for guid in dict.fromkeys(guids) if notes.get(guid)]
    texts.spend(sum(map(len, of_elements)))
    return " | ".join(of_elements)


def _codings(
    element: Element,
    codes: Mapping[str, Code],
    users: Mapping[str, str],
    notes: Mapping[str, str],
    texts: _Texts,
    length: int,
) -> Iterator[Coding | None]:
    """Yield the codings of a source, None for one whose code or positions cannot be read.

    `notes` has the texts of people's notes by GUID. The note of a coding is the description of its selection or, if it
    has none, the notes attached to either.
    """
    selected = _all(element, "PlainTextSelection")
    places = [(each, each.get("startPosition"), each.get("endPosition")) for each in selected]
    for selection, start, end in [*places, (element, "0", str(length))]:
        for coding in _all(selection, "Coding"):
            reference = coding.find(f"{_NAMESPACE}CodeRef")
            code = codes.get(_guid(reference, "targetGUID") if reference is not None else "", ())
            user = _guid(coding, "creatingUser") or _guid(selection, "creatingUser")
            date = coding.get("creationDateTime") or selection.get("creationDateTime") or ""
            is_selection = selection is not element
            note = (_text(selection, "Description") if is_selection else "") or _notes_of(
                [selection, coding] if is_selection else [coding], notes, texts
            )
            first, last = _position(start), _position(end)
            is_readable = code and 0 <= first < last
            yield Coding(first, last, code, users.get(user, ""), date, note) if is_readable else None


def _source(
    element: Element,
    texts: _Texts,
    codes: Mapping[str, Code],
    users: Mapping[str, str],
    notes: Mapping[str, str],
    of_people: Mapping[str, str],
) -> TextSource:
    text, fault = _source_text(element, texts)
    codings = list(_codings(element, codes, users, of_people, texts, len(text or "")))
    if (bad := codings.count(None)) and not fault:
        fault = f"{bad} codings in it have no code of the codebook, or no first and last character"
    guids = dict.fromkeys(_guid(note, "targetGUID") for note in _all(element, "NoteRef"))
    of_source = [notes.get(guid, "") for guid in guids]
    try:
        texts.spend(sum(map(len, of_source)))
    except LimitError as error:
        of_source, fault = [], fault or f"its notes are not read: {error}"
    return TextSource(element.get("name", ""), text, [each for each in codings if each], of_source, fault)


def _tree(name: str, xml: bytes) -> Element:
    """Return the root of XML. Raises ProjectError if it exceeds the limits, or the parser's errors."""
    if xml.count(b"<") > 2 * _MOST_ELEMENTS or xml.count(b"=") > _MOST_ATTRIBUTES:
        raise _too_much(name, f"{_MOST_ELEMENTS:,} elements or {_MOST_ATTRIBUTES:,} attributes", "Leave codings out")
    root, depth = Element(""), 0
    for event, element in iterparse(io.BytesIO(xml), events=("start", "end"), forbid_dtd=True):
        if event == "end":
            depth -= 1
            continue
        root = element if depth == 0 else root
        depth += 1
        if depth > _DEEPEST:
            raise _too_much(name, f"{_DEEPEST} elements nested in one another", "Put codes on fewer levels")
    return root


def _parse(name: str, texts: _Texts) -> Element:
    """Return the root of the project's XML. Raises ProjectError if it is missing, unsafe or broken."""
    if not texts.qde:
        raise ProjectError(f"{name}: there is no project.qde in it. Export it as a REFI-QDA project once more.")
    qde = texts.qde[0]
    if qde in texts.twice:
        raise ProjectError(f"{name}: there are two files {qde} in it. Export the project once more.")
    if texts.size(qde) > _MOST_XML:
        raise _too_much(name, f"{_MOST_XML:,} bytes of XML", "Leave codings out")
    try:
        root = _tree(name, texts.read(qde))
    except ProjectError:
        raise
    except DefusedXmlException:
        raise ProjectError(
            f"{name}: its XML has a document type or entities, which no tool for projects writes. Export it as "
            "a REFI-QDA project once more."
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise ProjectError(f"{name}: its XML is broken ({error}). Export the project once more.") from None
    if root.tag != f"{_NAMESPACE}Project":
        raise ProjectError(f"{name}: its XML is not a REFI-QDA project of version 1.0. Export it as .qdpx once more.")
    return root


def read_project(name: str, data: bytes) -> Project:
    """Return the texts and codings of a .qdpx file; `name` is used in messages. Raises ProjectError if unreadable."""
    try:
        check_entries(data)
        with ZipFile(io.BytesIO(data)) as archive:
            texts = _Texts(archive)
            root = _parse(name, texts)
            codes = _codes(name, root)
            notes = {_guid(note): _source_text(note, texts)[0] or "" for note in _all(root, "Notes/Note")}
            users = {_guid(user): user.get("name", "") for user in _all(root, "Users/User")}
            by_newsloom = {
                _guid(note)
                for note in _all(root, "Notes/Note")
                if users.get(_guid(note, "creatingUser")) == NEWSLOOM and not note.get("modifyingUser")
            }
            of_people = {guid: text for guid, text in notes.items() if guid not in by_newsloom}
            elements = _all(root, "Sources/TextSource")
            sources = [_source(element, texts, codes, users, notes, of_people) for element in elements]
    except LimitError as error:
        raise ProjectError(f"{name}: {error}") from None
    except _DAMAGE as error:
        raise ProjectError(
            f"{name}: it is not a .qdpx file, or it is damaged ({error}). Export the project once more."
        ) from None
    others = Counter(kind for kind in _OTHER_SOURCES for _ in _all(root, f"Sources/{kind}"))
    faults = [
        f"{number} sources are not texts ({kind}): their codings are not read, and there is nothing to do"
        for kind, number in others.items()
    ]
    return Project(root.get("origin", ""), sources, faults)
