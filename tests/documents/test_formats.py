import gzip
import io
import json
import stat
import zipfile

import pytest

from scripts.documents.formats import read_file
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

_SENTENCE = "China maintains that enforcement alone cannot solve the crisis, a spokesperson said on Thursday."


def read(name, data, **settings):
    """{part: text}, {part: metadata} and [(part, severity, code)] of a file."""
    found = list(read_file(name, data, Settings(**settings)))
    raws = [item for item in found if isinstance(item, Raw)]
    problems = [(item.part, item.severity, item.code) for item in found if isinstance(item, Problem)]
    return {raw.part: raw.text for raw in raws}, {raw.part: raw.metadata for raw in raws}, problems


def refused(name, data, **settings):
    with pytest.raises(UnreadableError) as refusal:
        read(name, data, **settings)
    return refusal.value.problem.code


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.CSV.gz", ",")])
def test_rows_of_a_table(name, mark):
    table = 'Headline,Date,Text\nOne,2025-05-01,"A, ""b""\nc"\n\nTwo,,Second\n'.replace(",", mark).replace(
        f"A{mark}", "A,"
    )
    data = table.encode("utf-8-sig")
    texts, metadata, problems = read(name, gzip.compress(data) if name.endswith("gz") else data)
    assert texts == {"#2": 'A, "b"\nc', "#4": "Second"}
    assert metadata == {"#2": {"title": "One", "date": "2025-05-01"}, "#4": {"title": "Two"}}
    assert problems == []


def test_a_table_names_its_bad_rows_and_gives_the_others():
    assert read("a.csv", b"id,text\n1,a\n2,b,c\n3,d\n")[::2] == ({"#2": "a", "#4": "d"}, [("#3", "error", "row")])
    assert refused("a.csv", b"id,story\n1,a\n") == "no-text-column"
    assert refused("a.csv", b"") == "no-text-column"
    assert read("a.csv", b"id,story\n1,a\n", text_columns=["story"])[0] == {"#2": "a"}


def test_json_lines():
    lines = [
        '{"text": "a", "date": "2025", "tags": ["x", "y"]}',
        "",
        "{",
        "[1]",
        '{"body": 3}',
        '{"x": ""}',
        "[" * 99999,
    ]
    texts, metadata, problems = read("a.jsonl", "\n".join(lines).encode())
    assert texts == {"#1": "a"}
    assert metadata == {"#1": {"date": "2025", "tags": "x; y"}}
    assert problems == [
        ("#3", "error", "row"),
        ("#4", "error", "row"),
        ("#5", "error", "row"),
        ("#6", "error", "no-text-column"),
        ("#7", "error", "row"),
    ]
    assert read("a.jsonl", json.dumps({"content": "\ud800"}).encode())[0] == {"#1": "\ud800"}


_PAGE = f"""<!doctype html><html><head><meta charset="%s"><title>Lin rejects claim | Wire</title>
<meta property="og:site_name" content="The Wire"><meta property="article:published_time" content="2025-05-01T10:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Lin rejects claim</h1>
<p>{_SENTENCE} It’s so.</p><p>“{_SENTENCE}” <b>Lin</b> said.</p></article>
<footer>© 2020 The Wire. All rights reserved.</footer><script>alert("text")</script></body></html>"""


@pytest.mark.parametrize(("declared", "real"), [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("x-none", "utf-8")])
def test_main_text_of_a_web_page(declared, real):
    pytest.importorskip("trafilatura")
    texts, metadata, _ = read("a.html", (_PAGE % declared).encode(real))
    paragraphs = texts[""].split("\n\n")
    assert f"{_SENTENCE} It’s so." in paragraphs
    assert f"“{_SENTENCE}” Lin said." in paragraphs
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
    document.add_paragraph(_SENTENCE)
    document.add_table(1, 2).cell(0, 0).text = "In a table"
    document.add_paragraph("“The end,” he said.")
    packed = io.BytesIO()
    document.save(packed)
    texts, metadata, _ = read("a.docx", packed.getvalue())
    assert texts[""] == f"{_SENTENCE}\n\nIn a table | \n\n“The end,” he said."
    assert metadata[""] == {"title": "A briefing"}
    assert refused("a.docx", packed.getvalue()[:900]) == "broken"
    assert refused("a.docx", b"PK\x03\x04") == "broken"


def _pdf(lines):
    """A PDF of one page with a text layer, by hand."""
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
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(UnreadableError, match="optional formats") as refusal:
        read("a.html", b"<p>x</p>")
    assert refusal.value.problem.code == "extra"


def _zip(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def test_files_in_an_archive():
    data = _zip(
        ("a.txt", "A"), ("sub/t.csv", "text\nB\nC\n"), ("__MACOSX/._a.txt", "x"), (".hidden", "x"), ("e.txt", "")
    )
    texts, _, problems = read("old.zip", data)
    assert texts == {"/a.txt": "A", "/sub/t.csv#2": "B", "/sub/t.csv#3": "C", "/e.txt": ""}
    assert problems == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_wrong_in_an_archive_leaves_the_rest():
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = _zip(
        *[(name, "x") for name in ("../up.txt", "/etc/passwd", "C:\\a.txt", "a/../../b.txt", "..\\b.txt")],
        (link, "/etc/passwd"),
        ("a.txt", "A"),
        ("a.txt", "B"),
        ("in.zip", _zip(("b.txt", "B"))),
        ("pic.png", b"\x89PNG"),
        ("bin.txt", bytes(range(256))),
        ("z.txt", "Z"),
    )
    texts, _, problems = read("old.zip", data)
    assert texts == {"/a.txt": "A", "/z.txt": "Z"}
    assert [code for _, _, code in problems] == ["traversal"] * 5 + ["link", "twice", "nested", "format", "not-text"]


def test_bombs_are_bounded():
    million = b"\0" * 1_000_001
    assert refused("a.txt.gz", gzip.compress(million), largest_megabytes=1) == "too-large"
    texts, _, problems = read("a.zip", _zip(("a.txt", "A"), ("b.txt", million), ("c.txt", "C")), largest_megabytes=1)
    assert (texts, problems) == ({"/a.txt": "A"}, [("/b.txt", "error", "too-large")])
    assert refused("a.zip", _zip(*[(str(n), "") for n in range(10_001)])) == "too-many"
    pytest.importorskip("docx")
    assert refused("a.docx", _zip(("word/document.xml", million)), largest_megabytes=1) == "too-large"


@pytest.mark.parametrize("name", ["a.zip", "a.txt.gz", "a.zip.gz", "a.gz.zip", "a.doc", "a.tar.xz"])
def test_broken_and_unknown_files_are_refused(name):
    assert refused(name, b"PK\x03\x04 not really") in ("broken", "format", "nested")


def test_settings_that_cannot_work_say_so():
    with pytest.raises(ValueError, match=r"input\.name_pattern"):
        Settings(name_pattern="(?P<x>")
    with pytest.raises(ValueError, match=r"input\.encodings\.\*"):
        Settings(encodings={"*": "base64"})
