"""Word documents: the text with all tracked changes accepted, and problems on the parts that are not in it.

Text is read in the order of the file: paragraphs, table rows, content controls, fields, links and smart tags; text
boxes follow the paragraph that contains them, and footnotes and endnotes come at the end.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from scripts.documents.exports import export_entries
from scripts.documents.isolated import isolated
from scripts.documents.metadata import of_properties
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_TEXT = frozenset((_W + "t", _MATHS + "t"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HOLDERS = frozenset((_W + "p", _W + "tc", _W + "tr"))
# Kinds of relations to parts of the file that are not read, with their names in the row about them.
_COUNTED = {
    **dict.fromkeys(("header", "footer"), "headers and footers"),
    "comments": "comments", "diagramData": "diagrams", "chart": "charts",
}  # fmt: skip
_INSERTED = "inserted documents"
_WITHIN = {
    **dict.fromkeys(("oleObject", "package"), "embedded objects"),
    **dict.fromkeys(("aFChunk", "subDocument"), _INSERTED),
}
_NOTES = ("footnotes", "endnotes")  # read after the body


class _Holder(NamedTuple):
    """An open paragraph, cell or row: its own text, and the blocks within it (text boxes, cells)."""

    pieces: list[str]
    blocks: list[str]

    def items(self) -> list[str]:
        text = "".join(self.pieces)
        return [text, *self.blocks] if text else self.blocks


def _content(element: "_Element") -> str:
    """Return the characters in a text element; an entity, which is never resolved, stays as &name;."""
    return (element.text or "") + "".join((child.text or "") + (child.tail or "") for child in element)


def _characters(tree: "_Element", name: str) -> int:
    return sum(len(_content(element)) for element in tree.iter(name))


def _blocks(tree: "_Element", left: Counter[str]) -> list[str]:
    """Return a part of the document as blocks of text; count text in drawings and symbol fonts in `left`."""
    from lxml.etree import QName, iterwalk

    open_holders = [_Holder([], [])]
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if tag in _HOLDERS:
            if event == "start":
                open_holders.append(_Holder([], []))
                continue
            items = open_holders.pop().items()
            if tag != _W + "p":
                items = [("\n" if tag == _W + "tc" else " | ").join(items)]
            open_holders[-1].blocks.extend(items)
        elif event == "end" or not isinstance(tag, str):
            continue
        elif tag in _TEXT:
            open_holders[-1].pieces.append(_content(element))
        elif QName(element).localname == "t":
            left["drawings"] += len(_content(element))
        elif (parent := element.getparent()) is not None and parent.tag == _W + "r":
            name, is_break_of_page = tag.removeprefix(_W), element.get(_W + "type") in ("page", "column")
            open_holders[-1].pieces.append("" if is_break_of_page else _SIGNS.get(name, ""))
            left["signs of symbol fonts"] += name == "sym"
    return open_holders[0].items()


def _accept_changes(tree: "_Element") -> tuple[int, int]:
    """Remove deleted and moved text from a tree, and return the numbers of inserted and deleted characters.

    Of alternatives for old and new programs, only the first with text is kept.
    """
    from lxml.etree import strip_elements

    for alternatives in list(tree.iter(_ALTERNATIVES)):
        branches = list(alternatives)
        chosen = next((branch for branch in branches if next(branch.iter(*_TEXT), None) is not None), None)
        for branch in branches:
            if branch is not (branches[0] if chosen is None else chosen):
                alternatives.remove(branch)
    deleted = _characters(tree, _W + "delText")
    deleted += sum(_characters(element, _W + "t") for element in tree.iter(_W + "del"))
    strip_elements(tree, _W + "del", _W + "moveFrom", with_tail=False)
    return sum(_characters(element, _W + "t") for element in tree.iter(_W + "ins")), deleted


def _parts(document: "Document", kinds: Collection[str], broken: list[str]) -> Iterator[tuple[str, "_Element"]]:
    """Yield (kind, tree) for the parts of the given kinds; add the kind of a part that is not XML to `broken`."""
    from docx.oxml.parser import parse_xml
    from lxml.etree import XMLSyntaxError

    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in kinds and not relation.is_external:
            try:
                yield kind, parse_xml(relation.target_part.blob)
            except XMLSyntaxError:
                broken.append(kind)


def _remarks(inserted: int, deleted: int, entities: int, broken: list[str], left: Counter[str]) -> Iterator[Problem]:
    """Yield the rows about tracked changes, unresolved entities, broken parts, and text that was left out."""
    if inserted or deleted:
        message = (
            f"Tracked changes: {inserted:,} inserted characters were read, {deleted:,} deleted ones were left out, as "
            "if all changes were accepted. If that is wrong, accept or reject them in Word."
        )
        yield Problem("note", "tracked", message)
    if entities:
        message = (
            f"{entities:,} names of entities (&name;) appear in the text instead of what they mean: definitions inside "
            "a Word file are never followed. Open it in Word, and save it again."
        )
        yield Problem("warning", "damaged", message)
    if broken:
        message = f"Parts of the file are broken and were not read: {', '.join(sorted(broken))}. Save it again in Word."
        yield Problem("warning", "damaged", message)
    if left := +left:
        parts = (
            f"{name} ({count:,}{' characters' if name in (*_COUNTED.values(), 'drawings') else ''})"
            for name, count in sorted(left.items())
        )
        message = f"Left out: {', '.join(parts)}. If you need them, copy their text into the document itself."
        missing = left.keys() & {"drawings", _INSERTED}
        yield Problem("warning" if missing else "note", "left-out", message)


def _read(document: "Document") -> tuple[list[str], list[Problem]]:
    """Return the blocks of a document's text, and the problems with it."""
    from lxml.etree import Entity

    blocks: list[str] = []
    broken: list[str] = []
    left: Counter[str] = Counter()
    inserted = deleted = entities = 0
    notes = [tree for kind in _NOTES for _, tree in _parts(document, (kind,), broken)]
    for tree in (document.element.body, *notes):
        changes = _accept_changes(tree)
        inserted, deleted = inserted + changes[0], deleted + changes[1]
        entities += sum(1 for _ in tree.iter(Entity))
        blocks += _blocks(tree, left)
    for kind, tree in _parts(document, _COUNTED, broken):
        left[_COUNTED[kind]] += _characters(tree, "{*}t")
    for relation in document.part.rels.values():
        left[_WITHIN.get(relation.reltype.rpartition("/")[2], "")] += 1
    del left[""]
    problems = list(_remarks(inserted, deleted, entities, broken, left))
    return [block for block in blocks if block.strip()], problems


@isolated("docx", "Word document")
def read_docx(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the text of a Word document, its title and author."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE

    with parsing("Word document"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(member.file_size for member in package.infolist())
        if size > settings.largest:
            raise UnreadableError("too-large", f"Unpacked it has {size / 1e6:,.0f} MB. Save it without its images.")
        document = docx.Document(io.BytesIO(data))
        blocks, problems = _read(document)
        relations = document.part.package.rels.values()
        # The library invents properties if a file has none: the title would be "Word Document".
        if any(relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for relation in relations):
            metadata = of_properties(document.core_properties.title, document.core_properties.author)
        else:
            metadata = {}
    return export_entries(Raw("", "\n\n".join(blocks), metadata, "docx", problems))
