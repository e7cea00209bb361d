"""Projects as other tools write them: made from scratch, or an exported one with changes."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from lxml import etree

from scripts.projects.codes import Code
from scripts.projects.export import MarkedDocument, write_project
from scripts.projects.exported import CodedSpans
from scripts.projects.positions import PositionReading

NAMESPACE = "urn:QDA-XML:project:1.0"
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "data" / "refi-qda" / "Project.xsd"))
Q = f"{{{NAMESPACE}}}"
ElementTree.register_namespace("", NAMESPACE)
VALUES = {"outlet": "The Example", "date": "2024-05-01", "language": "en", "group": ""}


def statement(speaker: str, *spans: tuple[int, int], old: str = "", kind: str = "direct") -> CodedSpans:
    return CodedSpans(
        "statement", spans, (("Statements", kind), ("Speakers", speaker)), old or speaker, "rule: x; confidence: 0.90"
    )


def name(label: str, entity: str, start: int, end: int) -> CodedSpans:
    return CodedSpans("name", ((start, end),), (("Names", label, entity),), entity)


def frame(frame_name: str, start: int, end: int) -> CodedSpans:
    return CodedSpans("frame", ((start, end),), (("Frames", "generic", frame_name),), "", "term: x")


def exported(path: Path, texts: dict[str, tuple[str, list[CodedSpans]]]) -> bytes:
    """Return the project of documents: {doc_id: (text, marks)}."""
    documents = [MarkedDocument(doc_id, "Title", text, VALUES, marks) for doc_id, (text, marks) in texts.items()]
    write_project(path, documents, {}, {}, title="News")
    return path.read_bytes()


def members(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content)
    return out.getvalue()


def changed(data: bytes, change: Callable[[ElementTree.Element], None]) -> bytes:
    """Return a project after a change of its XML, as another tool would save it."""
    files = members(data)
    root = ElementTree.fromstring(files["project.qde"])
    change(root)
    return zipped({**files, "project.qde": ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)})


def position(text: str, offset: int, reading: PositionReading) -> int:
    """Return how a reading counts the place of a code point in a text with LF."""
    before = text[:offset]
    units = len(before.encode("utf-16-le")) // 2 if reading.utf16 else len(before)
    return units + (0 if reading.one_line_end else before.count("\n"))


def in_windows(data: bytes, reading: PositionReading) -> bytes:
    """Return an exported project as a tool saves it that writes CR LF and counts positions by a reading."""
    files = members(data)
    texts = {each: content.decode() for each, content in files.items() if each.startswith("sources/")}

    def count(root: ElementTree.Element) -> None:
        for source in root.iter(f"{Q}TextSource"):
            text = texts["sources/" + source.get("plainTextPath", "").removeprefix("internal://")]
            for selection in source.iter(f"{Q}PlainTextSelection"):
                for side in ("startPosition", "endPosition"):
                    selection.set(side, str(position(text, int(selection.get(side, "")), reading)))

    saved = members(changed(data, count))
    return zipped({**saved, **{each: re.sub("\n", "\r\n", text).encode() for each, text in texts.items()}})


def guid_of(root: ElementTree.Element, code: Code) -> str:
    """Return the GUID of a code; one that is not there is added, as by a person."""
    parent = root.find(f"{Q}CodeBook/{Q}Codes")
    for part in code:
        codes = [each for each in parent.findall(f"{Q}Code") if each.get("name") == part]
        if not codes:
            guid = f"00000000-0000-4000-8000-{len(list(root.iter())):012d}"
            codes = [ElementTree.SubElement(parent, f"{Q}Code", guid=guid, name=part, isCodable="true")]
        parent = codes[0]
    return parent.get("guid", "")


def put(root: ElementTree.Element, span: tuple[int, int], code: Code, *, source: int = 0) -> None:
    """Put a code on a passage as the user Ann, who is added."""
    user = "11111111-1111-4111-8111-111111111111"
    users = root.find(f"{Q}Users")
    if user not in [each.get("guid") for each in users]:
        ElementTree.SubElement(users, f"{Q}User", guid=user, name="Ann")
    number = len(list(root.iter()))
    element = ElementTree.Element(
        f"{Q}PlainTextSelection", guid=f"22222222-0000-4000-8000-{number:012d}",
        startPosition=str(span[0]), endPosition=str(span[1]),
    )  # fmt: skip
    ElementTree.SubElement(element, f"{Q}Description").text = "I think so"
    when = {"creatingUser": user, "creationDateTime": "2026-11-25T10:00:00Z"}
    coding = ElementTree.SubElement(element, f"{Q}Coding", guid=f"33333333-0000-4000-8000-{number:012d}", **when)
    ElementTree.SubElement(coding, f"{Q}CodeRef", targetGUID=guid_of(root, code))
    of_source = root.findall(f"{Q}Sources/{Q}TextSource")[source]
    first = next(at for at, each in enumerate([*of_source, None]) if each is None or each.tag != f"{Q}Description")
    of_source.insert(first, element)


def delete(root: ElementTree.Element, span: tuple[int, int], code: Code | None = None, *, source: int = 0) -> None:
    """Take a code off a passage; without a code the passage with all its codes."""
    of_source = root.findall(f"{Q}Sources/{Q}TextSource")[source]
    for selection in of_source.findall(f"{Q}PlainTextSelection"):
        if (int(selection.get("startPosition")), int(selection.get("endPosition"))) == span:
            for coding in selection.findall(f"{Q}Coding"):
                if code is None or coding.find(f"{Q}CodeRef").get("targetGUID") == guid_of(root, code):
                    selection.remove(coding)
