"""Word documents: every character of the text is read once, and what is not read has a row."""

import io
import re
import zipfile
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.reading import SENTENCE, messages, read, refused, zipped

docx = pytest.importorskip("docx")
from docx.oxml.parser import parse_xml  # noqa: E402

from scripts.documents.word import _accept_changes, _blocks  # noqa: E402

_NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def _saved(document):
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _members(document):
    """Return the members of a document's file: {name: bytes}."""
    with zipfile.ZipFile(io.BytesIO(_saved(document))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _document(body, *, head="", parts=()):
    """Return a Word file with a body of XML, and other parts: (kind, XML)."""
    relations = "".join(
        f'<Relationship Id="n{n}" Type="{_TYPES}{kind}" Target="{kind}{n}.xml"/>' for n, (kind, _) in enumerate(parts)
    )
    types = "".join(
        f'<Override PartName="/word/{kind}{n}.xml" ContentType="{_WORD}{kind}+xml"/>'
        for n, (kind, _) in enumerate(parts)
    )
    files = _members(docx.Document())
    files["word/document.xml"] = f"{head}<w:document {_NAMES}><w:body>{body}</w:body></w:document>".encode()
    for name, end, more in (
        ("[Content_Types].xml", b"</Types>", types),
        ("word/_rels/document.xml.rels", b"</Relationships>", relations),
    ):
        files[name] = files[name].replace(end, more.encode() + end)
    return zipped(*files.items(), *((f"word/{kind}{n}.xml", content) for n, (kind, content) in enumerate(parts)))


def _run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def _box(text):
    return f"<w:txbxContent>{_paragraph(_run(text))}</w:txbxContent>"


def test_word_document():
    document = docx.Document()
    document.core_properties.title = "A briefing"
    document.core_properties.author = ""
    document.add_paragraph(SENTENCE)
    document.add_table(1, 2).cell(0, 0).text = "In a table"
    document.add_paragraph("“The end,” he said.")
    packed = _saved(document)
    texts, metadata, _ = read("a.docx", packed)
    assert texts[""] == f"{SENTENCE}\n\nIn a table | \n\n“The end,” he said."
    assert metadata[""] == {"title": "A briefing"}
    assert refused("a.docx", packed[:900]) == "broken"
    assert refused("a.docx", b"PK\x03\x04") == "broken"


def test_a_word_document_without_properties_has_no_title():
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    files = _members(document)
    del files["docProps/core.xml"]
    files["_rels/.rels"] = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", files["_rels/.rels"])
    texts, metadata, _ = read("a.docx", zipped(*files.items()))
    assert texts[""] == SENTENCE
    assert metadata[""] == {}


_FIELD = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate"))
_ALTERNATIVES = (
    f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{_box('Boxed.')}</w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{_box('Boxed.')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_OLD_FORM = _ALTERNATIVES.replace(_box("Boxed."), "", 1)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (_paragraph(_run("A "), f"<w:sdt><w:sdtContent>{_run('control')}</w:sdtContent></w:sdt>", _run("."))
            , "A control."),
        (f"<w:sdt><w:sdtContent>{_paragraph(_run('All in one.'))}</w:sdtContent></w:sdt>", "All in one."),
        (_paragraph(_run("Mr "), f'<w:smartTag w:element="n">{_run("Lin")}</w:smartTag>'), "Mr Lin"),
        (_paragraph(_run("On "), f'<w:fldSimple w:instr="DATE">{_run("4 May")}</w:fldSimple>'), "On 4 May"),
        (_paragraph(_run("Page "), _FIELD, "<w:r><w:instrText>PAGE</w:instrText></w:r>", _run("4")), "Page 4"),
        (_paragraph(f"<w:hyperlink>{_run('a link')}</w:hyperlink>"), "a link"),
        (_paragraph(_run("Before "), _ALTERNATIVES, _run("after.")), "Before after.\n\nBoxed."),
        (_paragraph(_run("Before "), _OLD_FORM, _run("after.")), "Before after.\n\nBoxed."),
        (_paragraph("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>", "<w:r><w:tab/><w:t>T</w:t><w:br/></w:r>")
            , "\tT\n"),
        (_paragraph("<m:oMath><m:r><m:t>E=mc²</m:t></m:r></m:oMath>"), "E=mc²"),
        ("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + _paragraph(_run("Once")) + "</w:tc></w:tr>"
            "<w:tr><w:tc>" + _paragraph(_run("A")) * 2 + "</w:tc><w:sdt><w:sdtContent><w:tc>" + _paragraph(_run("B"))
            + "</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>", "Once\n\nA\nA | B"),
    ],
)  # fmt: skip
def test_text_is_read_once_wherever_it_stands(body, text):
    assert read("a.docx", _document(body))[::2] == ({"": text}, [])


def test_tracked_changes_are_taken_as_accepted_and_told():
    moved = f"<w:moveFrom>{_run('moved')}</w:moveFrom>"
    changes = (
        f"<w:ins>{_run('added ')}</w:ins><w:del><w:r><w:delText>taken out </w:delText></w:r></w:del>{moved}"
        f"<w:moveTo>{_run('moved')}</w:moveTo>"
    )
    note = f"<w:ins>{_run('Two')}</w:ins><w:del><w:r><w:delText>One</w:delText></w:r></w:del>"
    notes = f"<w:endnotes {_NAMES}><w:endnote>{_paragraph(note)}</w:endnote></w:endnotes>"
    data = _document(_paragraph(_run("He "), changes, _run(".")), parts=[("endnotes", notes)])
    texts, _, problems = read("a.docx", data)
    assert texts[""] == "He added moved.\n\nTwo"
    assert problems == [("", "note", "tracked")]
    assert "9 inserted characters were read, 13 deleted" in messages("a.docx", data)[0]


def test_an_entity_is_named_and_the_text_after_it_is_read():
    head = '<!DOCTYPE w:document [<!ENTITY x "entity">]>'
    data = _document(_paragraph(_run("A &amp; &x; B")), head=head)
    texts, _, problems = read("a.docx", data)
    assert texts[""] == "A & &x; B"
    assert problems == [("", "warning", "damaged")]
    assert messages("a.docx", data)[0].startswith("1 names of entities")


def test_notes_are_read_after_the_body():
    notes = f"<w:footnotes {_NAMES}><w:footnote>{_paragraph(_run('A note.'))}</w:footnote></w:footnotes>"
    data = _document(_paragraph(_run("Text.")), parts=[("footnotes", notes)])
    assert read("a.docx", data)[::2] == ({"": "Text.\n\nA note."}, [])


def _part(tag, text):
    return f"<{tag} {_NAMES}>{_paragraph(_run(text))}</{tag}>"


_NOTE, _WARNING, _DAMAGED = ("note", "left-out"), ("warning", "left-out"), ("warning", "damaged")


@pytest.mark.parametrize(
    ("body", "parts", "row", "message"),
    [
        ("", [("header", _part("w:hdr", "Page"))], _NOTE, "headers and footers (4 characters)"),
        ("", [("comments", _part("w:comments", "Really?"))], _NOTE, "comments (7 characters)"),
        ("", [("diagramData", f"<x {_NAMES}><a:t>Shape</a:t></x>")], _NOTE, "diagrams (5 characters)"),
        ("", [("aFChunk", "<html>Another</html>")], _WARNING, "inserted documents (1)."),
        ("", [("footnotes", "<w:footnotes>")], _DAMAGED, "not read: footnotes"),
        ("<w:r><w:drawing><a:t>Drawn</a:t></w:drawing></w:r>", [], _WARNING, "drawings (5 characters)"),
        ("<w:r><w:sym w:font='Symbol' w:char='F061'/></w:r>", [], _NOTE, "symbol fonts (1)."),
    ],
)
def test_parts_that_are_not_read_are_told(body, parts, row, message):
    data = _document(_paragraph(_run("Text."), body), parts=parts)
    texts, _, problems = read("a.docx", data)
    assert texts[""] == "Text."
    assert problems == [("", *row)]
    assert message in messages("a.docx", data)[0]


_WRAPPERS = ("w:ins", "w:hyperlink", "w:smartTag", "w:fldSimple", "w:sdt><w:sdtContent", "w:customXml", "w:bdo")
_WITHIN = st.recursive(
    st.just("{}"),
    lambda inner: st.builds(
        lambda tag, before, after: f"<{tag}>{before}{after}</{'></'.join(reversed(tag.split('><')))}>",
        st.sampled_from(_WRAPPERS), inner, inner,
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(_WITHIN, min_size=1, max_size=5), st.booleans())
def test_every_word_is_read_once_however_it_is_wrapped(shapes, is_boxed):
    count = sum(shape.count("{}") for shape in shapes)
    words = iter(range(count))
    body = "".join(_paragraph(re.sub("{}", lambda _: _run(f"w{next(words)} "), shape)) for shape in shapes)
    if is_boxed:
        body = _paragraph(f"<w:r><w:pict><w:txbxContent>{body}</w:txbxContent></w:pict></w:r>")
    tree = parse_xml(f"<w:body {_NAMES}>{body}</w:body>")
    _accept_changes(tree)
    left = Counter()
    assert " ".join(_blocks(tree, left)).split() == [f"w{n}" for n in range(count)]
    assert not +left
