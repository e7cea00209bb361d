"""PDFs: the text layer page by page, and rows for pages that are broken, missing or pictures."""

import zlib

import pytest

from scripts.documents.pdf import _reflowed
from tests.documents.reading import SENTENCE, messages, read, refused

pytest.importorskip("pypdf")


def _shown(*lines):
    """Return the drawing of a page that shows lines of text."""
    text = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 12 Tf 14 TL 72 720 Td {text} ET".encode()


def _pdf(*pages, count=None, image=(0, 0)):
    """Return a PDF, by hand, of the drawings of its pages; on each stands an image where that has a size."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /Length 0 >>\nstream\n\nendstream" % image)
    drawn = b"/XObject << /I1 4 0 R >>" if all(image) else b""
    kids = []
    for drawing in pages:
        packed = zlib.compress(drawing)
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> %s >> >>" % (len(objects), drawn)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), count or len(pages))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        xref,
        len(objects) + 1,
        len(data),
    )


LINES = [
    "China maintains that enforcement alone cannot solve",
    "the crisis.",
    "A second paragraph begins here and goes on",
]
TEXT = _shown(SENTENCE, SENTENCE, SENTENCE)


def test_pdf_with_a_text_layer():
    texts, _, problems = read("a.pdf", _pdf(_shown(*LINES)))
    assert texts[""] == "\n".join([*LINES[:2], "", LINES[2]])
    assert problems == []
    assert refused("a.pdf", _pdf(b"")) == "no-text"
    assert refused("a.pdf", b"%PDF-1.4\nnothing") == "broken"


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("x" * 73 + ".", True),
        ("x" * 74 + ".", False),
        ("x" * 74, False),
        ("Yes.”", True),
        ("so: ", False),
        ("Why?", True),
    ],
)
def test_a_line_that_ends_a_sentence_ends_a_paragraph_if_it_is_shorter_than_three_quarters_of_the_column(line, ends):
    lines = ["y" * 100, line, "z"]
    assert _reflowed(lines) == "\n".join([*lines[:2], *[""] * ends, "z"])
    assert _reflowed([]) == ""


@pytest.mark.parametrize(
    ("data", "row", "words"),
    [
        (_pdf(TEXT, b""), None, ""),
        (_pdf(TEXT, b"", image=(10, 10)), "left-out", "1 of 2 pages are pictures with little or no text (2)"),
        (_pdf(TEXT, _shown("Reproduced with permission."), image=(1_000, 1_000)), "left-out", "(2)"),
        (_pdf(TEXT, _shown("A caption."), image=(100, 100)), None, ""),
        (_pdf(TEXT, TEXT, image=(1_000, 1_000)), None, ""),
        (_pdf(TEXT, _shown("A caption."), image=(1_000, 500)), "left-out", "(2)"),
        (_pdf(TEXT, _shown("A caption."), image=(999, 500)), None, ""),
        (_pdf(TEXT, _shown("x" * 90, "x" * 109), image=(1_000, 1_000)), "left-out", "(2)"),
        (_pdf(TEXT, _shown("x" * 90, "x" * 110), image=(1_000, 1_000)), None, ""),
        (_pdf(TEXT, b"0 0 m 9 9 l S " * 100), "left-out", "(2)"),
        (_pdf(TEXT, (b"0 0 m 9 9 l S " * 100)[:1_000]), None, ""),
        (_pdf(TEXT, (b"0 0 m 9 9 l S " * 100)[:1_002]), "left-out", "(2)"),
        (_pdf(TEXT, TEXT, count=5), "damaged", "has 5 pages, 2 were found"),
        (_pdf(TEXT, TEXT).replace(b"/Contents 7 0 R", b"/Contents 3 0 R"), "damaged", "on 1 of 2 pages (2)"),
        (_pdf(TEXT, TEXT).replace(b"[6 0 R 8 0 R]", b"[60 0 R8 0 R]"), "damaged", "has 2 pages, 1 were found"),
        (b"junk\n" + _pdf(TEXT, TEXT), "damaged", "read leniently"),
    ],
)
def test_a_page_that_is_not_read_costs_only_itself_and_is_told(data, row, words):
    texts, _, problems = read("a.pdf", data)
    assert SENTENCE in texts[""]
    assert {code for _, _, code in problems} == ({row} if row else set())
    assert any(words in message for message in messages("a.pdf", data)) or not words
    assert {severity for _, severity, _ in problems} <= {"warning"}


def test_a_stream_that_cannot_be_unpacked_is_told_with_its_page():
    first = zlib.compress(TEXT)
    data = _pdf(TEXT, _shown("Another.", *LINES)).replace(first, first[:20] + bytes(len(first) - 20))
    texts, _, problems = read("a.pdf", data)
    assert "Another." in texts[""] and SENTENCE not in texts[""]
    assert problems == [("", "warning", "damaged")]


def test_a_pdf_of_which_no_page_can_be_read_is_broken():
    assert refused("a.pdf", _pdf(TEXT).replace(b"/Contents 5 0 R", b"/Contents 3 0 R")) == "broken"
