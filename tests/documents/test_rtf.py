"""RTF: the text with all changes accepted, with notes and boxes, and rows for the rest."""

import pytest

from tests.documents.reading import messages, read, refused

pytest.importorskip("striprtf")


def test_rtf():
    head = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title T}}"
    rtf = head + rb"\f0 \u8220?It\'92s so,\u8221? he said.\par\par Two.}"
    assert read("a.rtf", rtf) == ({"": "“It’s so,” he said.\n\nTwo."}, {"": {}}, [])
    assert refused("a.rtf", b"{\\rtf1\\ansi{\\pict 00}}") == "no-text"
    assert refused("a.rtf", b"plain text") == "broken"
    assert refused("a.txt", rtf) == "not-text"


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        (rb"{\deleted\revauth1 gone}", 4),
        (rb"\deleted gone\deleted0 ", 4),
        (rb"{\deleted g\u246?n\'e9\par\emdash\{e}", 6),
        (rb"\deleted gone\plain ", 4),
    ],
)
def test_deleted_text_is_left_out_and_told(changed, count):
    data = rb"{\rtf1\ansi Kept " + changed + rb"text.}"
    texts, _, problems = read("a.rtf", data)
    assert texts == {"": "Kept text."}
    assert problems == [("", "note", "tracked")]
    assert f"{count} deleted characters" in messages("a.rtf", data)[0]


def test_notes_and_text_boxes_are_read_once_after_the_text():
    box = rb"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Boxed.\par}}{\shprslt{\*\do{\dptxbxtext Boxed.}}}}"
    old_box = rb"{\*\do\dobxcolumn{\dptxbxtext Old box.}}"
    texts, _, problems = read("a.rtf", rb"{\rtf1 One{\footnote A note.}" + box + old_box + rb" two.\par}")
    assert texts[""].split("\n")[0] == "One two."
    assert [texts[""].count(words) for words in ("A note.", "Boxed.", "Old box.")] == [1, 1, 1]
    assert problems == []


@pytest.mark.parametrize(
    ("data", "text", "row", "message"),
    [
        (rb"{\rtf1 Kept {\b text", "Kept text", ("warning", "damaged"), "within 2 of its groups"),
        (rb"{\rtf1 Kept.}{\rtf1 Another.}", "Kept.", ("warning", "left-out"), "16 characters after the end"),
        (rb"{\rtf1 Kept.}}" + b"\r\n\0", "Kept.", ("warning", "left-out"), "1 characters after the end"),
        (
            rb"{\rtf1{\header Page\'a01}Kept.{\*\annotation Really?}}",
            "Kept.",
            ("note", "left-out"),
            "comments (7 characters), headers and footers (6 characters)",
        ),
    ],
)
def test_a_cut_file_and_text_that_is_not_read_are_told(data, text, row, message):
    texts, _, problems = read("a.rtf", data)
    assert texts == {"": text}
    assert problems == [("", *row)]
    assert message in messages("a.rtf", data)[0]


def test_bytes_of_a_picture_are_no_braces():
    assert read("a.rtf", rb"{\rtf1 One{\pict\bin4 }}}}} two.}" + b"\r\n\0")[::2] == ({"": "One two."}, [])
