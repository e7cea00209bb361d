"""Web pages, Word documents and PDFs, each read in a process of its own."""

import io
import re
import sys
import zipfile

import pytest

from scripts.documents.problems import UnreadableError
from tests.documents.reading import SENTENCE, read, refused

_PAGE = f"""<!doctype html><html><head><meta charset="%s"><title>Lin rejects claim | Wire</title>
<meta property="og:site_name" content="The Wire"><meta property="article:published_time" content="2025-05-01T10:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Lin rejects claim</h1>
<p>{SENTENCE} It’s so.</p><p>“{SENTENCE}” <b>Lin</b> said.</p></article>
<footer>© 2020 The Wire. All rights reserved.</footer><script>alert("text")</script></body></html>"""


@pytest.mark.parametrize(("declared", "real"), [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("x-none", "utf-8")])
def test_main_text_of_a_web_page(declared, real):
    pytest.importorskip("trafilatura")
    texts, metadata, _ = read("a.html", (_PAGE % declared).encode(real))
    paragraphs = texts[""].split("\n\n")
    assert f"{SENTENCE} It’s so." in paragraphs
    assert f"“{SENTENCE}” Lin said." in paragraphs
    assert not any(word in texts[""] for word in ("Home", "alert", "rights reserved"))
    assert metadata[""] == {"title": "Lin rejects claim", "date": "2025-05-01", "outlet": "The Wire"}


def test_a_page_without_text():
    pytest.importorskip("trafilatura")
    assert refused("a.html", b"<html><body><script>x</script></body></html>") == "no-text"


def test_word_document():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title = "A briefing"
    document.core_properties.author = ""
    document.add_paragraph(SENTENCE)
    document.add_table(1, 2).cell(0, 0).text = "In a table"
    document.add_paragraph("“The end,” he said.")
    packed = io.BytesIO()
    document.save(packed)
    texts, metadata, _ = read("a.docx", packed.getvalue())
    assert texts[""] == f"{SENTENCE}\n\nIn a table | \n\n“The end,” he said."
    assert metadata[""] == {"title": "A briefing"}
    assert refused("a.docx", packed.getvalue()[:900]) == "broken"
    assert refused("a.docx", b"PK\x03\x04") == "broken"


def _pdf(lines):
    """Return a PDF of one page with a text layer, by hand."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        xref,
        len(data),
    )


def test_pdf_with_a_text_layer():
    pytest.importorskip("pypdf")
    lines = [
        "China maintains that enforcement alone cannot solve",
        "the crisis.",
        "A second paragraph begins here and goes on",
    ]
    texts, _, _ = read("a.pdf", _pdf(lines))
    assert texts[""] == "\n".join([*lines[:2], "", lines[2]])
    assert refused("a.pdf", _pdf([])) == "no-text"
    assert refused("a.pdf", b"%PDF-1.4\nnothing") == "broken"


def test_an_extra_that_is_not_installed_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(UnreadableError, match="optional formats") as refusal:
        read("a.html", b"<p>x</p>")
    assert refusal.value.problem.code == "extra"


@pytest.mark.parametrize("declared", ["hex", "rot13", "base64", "punycode", "undefined", "utf-16", "utf-7", "idna"])
def test_a_page_that_declares_what_no_browser_takes_is_read_by_its_bytes(declared):
    pytest.importorskip("trafilatura")
    texts, _, problems = read("a.html", (_PAGE % declared).encode())
    assert f"{SENTENCE} It’s so." in texts[""]
    assert problems == []


@pytest.mark.parametrize("depth", [240, 300, 1_000])
def test_a_page_nested_deeper_than_the_parser_goes_by_itself_keeps_its_article(depth):
    pytest.importorskip("trafilatura")
    page = f"<html><head><title>T</title></head><body>{'<div>' * depth}<article><p>{SENTENCE * 3}</p></article></body>"
    texts, metadata, _ = read("a.html", page.encode())
    assert SENTENCE in texts[""]
    assert metadata[""] == {"title": "T"}


def test_a_word_document_without_properties_has_no_title():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    packed, bare = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", content)
            if name != "docProps/core.xml":
                new.writestr(name, content)
    texts, metadata, _ = read("a.docx", bare.getvalue())
    assert texts[""] == SENTENCE
    assert metadata[""] == {}


def test_rtf():
    pytest.importorskip("striprtf")
    head = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title T}}"
    rtf = head + rb"\f0 \u8220?It\'92s so,\u8221? he said.\par\par Two.}"
    assert read("a.rtf", rtf) == ({"": "“It’s so,” he said.\n\nTwo."}, {"": {}}, [])
    assert refused("a.rtf", b"{\\rtf1\\ansi{\\pict 00}}") == "no-text"
    assert refused("a.rtf", b"plain text") == "broken"
    assert refused("a.txt", rtf) == "not-text"


@pytest.mark.parametrize("value", ["", "=1", "='1'", ' = "1" '])
def test_an_element_with_too_many_attributes_is_refused_before_it_is_parsed(value):
    for number, codes in ((10_000, []), (10_001, ["too-many"])):
        attributes = " ".join(f"a{n}{value}" for n in range(number))
        page = f"<html><body><article {attributes}>" + f"<p>{SENTENCE}</p>" * 5 + "</article></body></html>"
        if codes:
            assert refused("a.html", page.encode()) == codes[0]
        else:
            assert SENTENCE in read("a.html", page.encode())[0][""]


def test_a_long_attribute_is_no_number_of_attributes():
    data = " x=1 &quot;a&quot;" * 10_001
    page = f'<html><body data-state="{data}"><article>' + f"<p>{SENTENCE}</p>" * 5 + "</article></body></html>"
    assert SENTENCE in read("a.html", page.encode())[0][""]
