"""Write project.qdpx: texts and marks as a REFI-QDA project (version 1.0) for NVivo, MAXQDA, ATLAS.ti and QualCoder.

Documents become text sources; types of statement, speakers, names and frames become codes; speakers and outlets become
cases with variables. Positions count code points of `documents.text` from 0, the end exclusive. GUIDs are derived from
what they name, and dates are fixed. A note on each source records what is coded in it (`scripts.projects.exported`);
when the project comes back, the import uses it to tell what a person changed.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl
from zipfile import ZipFile

from scripts.core.archive import DATE, member
from scripts.core.options import path_options
from scripts.core.planned import planned_hashes
from scripts.core.storage import read_by_document, read_parquet, read_settings, replacing
from scripts.core.types import Span
from scripts.core.visible import shortened, visible
from scripts.framing.sampling import draw_units
from scripts.framing.schemes import chosen_schemes, coding_scheme
from scripts.framing.units import read_units
from scripts.projects.codes import CODED, FRAMES, GROUPS, IN_SAMPLE, NOT_A_NAME, NOT_A_STATEMENT, Code
from scripts.projects.exported import CodedSpans, written
from scripts.projects.marks import document_marks
from scripts.projects.qdpx import NEWSLOOM
from scripts.projects.sheets import unit_spans

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:QDA-XML:project:1.0 newsloom")
_USER = str(uuid.uuid5(_SPACE, "user"))
_BY = {"creatingUser": _USER, "creationDateTime": DATE}
_COLOURS = dict(zip(GROUPS, ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00"), strict=True))
_MEANINGS: dict[Code, str] = {
    NOT_A_STATEMENT: "Put it on a passage that is not a statement: it is rejected when the project comes back.",
    NOT_A_NAME: "Put it on words that are not a name: they are rejected when the project comes back.",
    CODED: "Put it on each passage in which you coded all frames: its sentences without a frame then count as 0.",
    IN_SAMPLE: "Drawn for coders by Newsloom: code all frames in these.",
}
_NAME_LENGTH = 100
_SOURCE_VARIABLES = {"outlet": "Text", "date": "Date", "language": "Text", "group": "Text"}
_SPEAKER_VARIABLES = {"speaker_type": "Text", "role": "Text", "kind": "Text"}


class MarkedDocument(NamedTuple):
    """A document: its ID, title, text, values by the names of its variables, and marks."""

    doc_id: str
    title: str
    text: str
    values: dict[str, str]
    marks: list[CodedSpans]


def guid(*parts: object) -> str:
    """Return the GUID of the object named by these parts."""
    return str(uuid.uuid5(_SPACE, json.dumps(parts)))


class _Writer:
    """Writer of the project's XML elements; makes all text valid in XML."""

    def __init__(self, out: TextIOWrapper) -> None:
        self._xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def inside(self, name: str, /, **attributes: str) -> Iterator[None]:
        """Write an element around everything written inside the `with` block."""
        self._xml.startElement(name, AttributesImpl({key: visible(value) for key, value in attributes.items()}))
        yield
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def leaf(self, name: str, text: str = "", /, **attributes: str) -> None:
        """Write an element that has only text, or nothing, in it."""
        with self.inside(name, **attributes):
            self._xml.characters(visible(text))


def code_tree(codes: Iterable[Code]) -> dict[Code, list[Code]]:
    """Return the sorted children of each group and code; the groups are the children of ().

    >>> code_tree([("Frames", "generic", "conflict")])[("Frames",)]
    [('Frames', 'generic')]
    """
    children: dict[Code, set[Code]] = defaultdict(set)
    for code in codes:
        for length in range(len(code)):
            children[code[:length]].add(code[: length + 1])
    return {parent: sorted(group) for parent, group in children.items()}


def _write_codes(
    xml: _Writer, tree: Mapping[Code, Sequence[Code]], meanings: Mapping[Code, str], parent: Code = ()
) -> None:
    """Write the codes below a parent; the tree has three levels."""
    for code in tree[parent]:
        codable = "false" if code in tree else "true"
        with xml.inside("Code", guid=guid("code", *code), name=code[-1], isCodable=codable, color=_COLOURS[code[0]]):
            if code in meanings:
                xml.leaf("Description", meanings[code])
            if code in tree:
                _write_codes(xml, tree, meanings, code)


def _write_values(xml: _Writer, values: Mapping[str, str], types: Mapping[str, str]) -> None:
    for name, value in values.items():
        if value:
            with xml.inside("VariableValue"):
                xml.leaf("VariableRef", targetGUID=guid("variable", name))
                xml.leaf(f"{types[name]}Value", value)


def _write_source(xml: _Writer, document: MarkedDocument) -> None:
    """Write a document as a source; each marked span is one selection with all its codings."""
    doc_id = document.doc_id
    coded: dict[Span, list[tuple[int, CodedSpans]]] = defaultdict(list)
    for number, mark in enumerate(document.marks):
        for span in mark.spans:
            coded[span].append((number, mark))
    own = guid("source", doc_id)
    with xml.inside("TextSource", guid=own, name=doc_id, plainTextPath=f"internal://{own}.txt", **_BY):
        if document.title:
            xml.leaf("Description", document.title)
        for (start, end), marks in sorted(coded.items()):
            place = {"startPosition": str(start), "endPosition": str(end)}
            name = shortened(document.text[start:end], _NAME_LENGTH)
            selection = guid("selection", doc_id, start, end)
            with xml.inside("PlainTextSelection", guid=selection, name=name, **place, **_BY):
                notes = dict.fromkeys(mark.note for _, mark in marks if mark.note and mark.kind != "statement")
                if notes:
                    xml.leaf("Description", " | ".join(notes))
                first_marks: dict[Code, tuple[int, CodedSpans]] = {}
                for number, mark in marks:
                    for code in mark.codes:
                        first_marks.setdefault(code, (number, mark))
                for code, (number, mark) in first_marks.items():
                    with xml.inside("Coding", guid=guid("coding", doc_id, start, end, *code), **_BY):
                        xml.leaf("CodeRef", targetGUID=guid("code", *code))
                        if mark.kind == "statement":
                            xml.leaf("NoteRef", targetGUID=guid("note", doc_id, number))
        xml.leaf("NoteRef", targetGUID=guid("record", doc_id))
        _write_values(xml, document.values, _SOURCE_VARIABLES)


def _write_notes(xml: _Writer, documents: Sequence[MarkedDocument]) -> None:
    """Write the record of each document, and the note of each statement, such as its rule and confidence."""
    for document in documents:
        doc_id = document.doc_id
        with xml.inside("Note", guid=guid("record", doc_id), name=f"Newsloom's record of {doc_id}: do not edit", **_BY):
            xml.leaf("PlainTextContent", written(doc_id, document.text, document.marks))
        for number, mark in enumerate(document.marks):
            if mark.kind == "statement":
                name = shortened(mark.note, _NAME_LENGTH)
                with xml.inside("Note", guid=guid("note", doc_id, number), name=name, **_BY):
                    xml.leaf("PlainTextContent", mark.note)


def _write_cases(xml: _Writer, documents: Sequence[MarkedDocument], speakers: Mapping[str, Mapping[str, str]]) -> None:
    """Write a case for each speaker, with the selections of the statements, and for each outlet, with its sources."""
    by_speaker: dict[Code, list[tuple[str, Span]]] = defaultdict(list)
    published: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.values["outlet"]:
            published[document.values["outlet"]].append(document.doc_id)
        for mark in document.marks:
            if mark.kind == "statement":
                by_speaker[mark.codes[1]] += [(document.doc_id, span) for span in mark.spans]
    for code, places in sorted(by_speaker.items()):
        with xml.inside("Case", guid=guid("case", *code), name=code[1]):
            xml.leaf("CodeRef", targetGUID=guid("code", *code))
            _write_values(xml, speakers.get(code[1], {}), _SPEAKER_VARIABLES)
            for doc_id, span in dict.fromkeys(places):
                xml.leaf("SelectionRef", targetGUID=guid("selection", doc_id, *span))
    for outlet, doc_ids in sorted(published.items()):
        with xml.inside("Case", guid=guid("outlet", outlet), name=outlet):
            for doc_id in doc_ids:
                xml.leaf("SourceRef", targetGUID=guid("source", doc_id))


def write_project(
    path: Path,
    documents: Sequence[MarkedDocument],
    speakers: Mapping[str, Mapping[str, str]],
    frames: Mapping[Code, str],
    *,
    title: str,
) -> None:
    """Write a project; `speakers` has the variables of each speaker by name, `frames` the definition of each code."""
    meanings = {**_MEANINGS, **frames}
    codes = {code for document in documents for mark in document.marks for code in mark.codes}
    tree = code_tree(codes | meanings.keys())
    about = {"name": title, "origin": NEWSLOOM, "creatingUserGUID": _USER, "creationDateTime": DATE}
    with replacing(path) as part, ZipFile(part, "w") as archive:
        with (
            archive.open(member("project.qde"), "w", force_zip64=True) as file,
            TextIOWrapper(file, encoding="utf-8", newline="\n") as out,
        ):
            xml = _Writer(out)
            with xml.inside("Project", xmlns="urn:QDA-XML:project:1.0", **about):
                with xml.inside("Users"):
                    xml.leaf("User", guid=_USER, name=NEWSLOOM)
                with xml.inside("CodeBook"), xml.inside("Codes"):
                    _write_codes(xml, tree, meanings)
                with xml.inside("Variables"):
                    for name, kind in {**_SOURCE_VARIABLES, **_SPEAKER_VARIABLES}.items():
                        xml.leaf("Variable", guid=guid("variable", name), name=name, typeOfVariable=kind)
                if any(document.values["outlet"] or document.marks for document in documents):
                    with xml.inside("Cases"):
                        _write_cases(xml, documents, speakers)
                if documents:
                    with xml.inside("Sources"):
                        for document in documents:
                            _write_source(xml, document)
                    with xml.inside("Notes"):
                        _write_notes(xml, documents)
        for document in sorted(documents, key=lambda each: guid("source", each.doc_id)):
            archive.writestr(member(f"sources/{guid('source', document.doc_id)}.txt"), document.text.encode())


def _is_date(value: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(value).isoformat() == value
    return False


def read_marked_documents(folder: Path, samples: Mapping[str, Sequence[Span]]) -> list[MarkedDocument]:
    """Return the documents in a folder's tables with their marks; `samples` has the spans drawn for coders."""
    marks = document_marks(folder)
    groups = read_by_document(folder / "document_groups.parquet", "group")
    columns = ["doc_id", "title", "outlet", "date", "language", "text"]
    documents = []
    for row in read_parquet(folder / "documents.parquet", columns).to_pylist():
        doc_id, day = row["doc_id"], row["date"] or ""
        values = {
            "outlet": row["outlet"] or "",
            "date": day if _is_date(day) else "",
            "language": row["language"] or "",
            "group": groups.get(doc_id) or "",
        }
        drawn = [CodedSpans("sample", (span,), (IN_SAMPLE,), "") for span in samples.get(doc_id, ())]
        of_document = [*marks.get(doc_id, []), *drawn]
        documents.append(MarkedDocument(doc_id, row["title"] or "", row["text"], values, of_document))
    return documents


def _samples(folder: Path, framing: dict[str, Any], planned: Mapping[str, str]) -> dict[str, list[Span]]:
    """Return the spans of the sentences or articles in the coding sheet, by document."""
    coding = framing["coding"]
    units = read_units(folder, coding_scheme(framing, planned), kind=coding["unit"])
    spans, by_document = unit_spans(folder, units), defaultdict(list)
    for unit in draw_units(units, size=coding["size"], seed=coding["seed"])["unit"].tolist():
        by_document[units.keys[unit][0]].append(spans[unit])
    return by_document


def main() -> None:
    """Write project.qdpx from the tables of the corpus."""
    options = path_options(main.__doc__, "folder", "settings", "output")
    settings, planned = read_settings(options.settings), planned_hashes(options.settings)
    frames: dict[Code, str] = {
        (FRAMES, scheme.name, frame.name): frame.definition
        for scheme in chosen_schemes(settings["framing"], planned)
        for frame in scheme.frames
    }
    rows = read_parquet(options.folder / "sources.parquet", ["speaker", *_SPEAKER_VARIABLES]).to_pylist()
    speakers = {row.pop("speaker"): row for row in rows}
    documents = read_marked_documents(options.folder, _samples(options.folder, settings["framing"], planned))
    write_project(options.output, documents, speakers, frames, title=settings["report"]["title"])
