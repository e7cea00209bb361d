"""Exports of news databases: one file, many articles, whatever format the file has."""

import html
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.exports import articles
from scripts.documents.formats import read_file
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem
from scripts.documents.settings import Settings
from tests import reference
from tests.documents.reading import read

DATA = Path(__file__).parent / "data"
FIRST = {
    "nexis": {
        "title": "Harbour to close in May after forty years",
        "date": "2010-01-11",
        "outlet": "The Example (London)",
        "author": "Ann Smith",
        "section": "NEWS; Pg. 3",
        "length": "18 words",
        "language": "ENGLISH",
    },
    "nexis_uni": {
        "title": "Harbour to close",
        "date": "2020-03-04",
        "outlet": "The Example",
        "author": "Ann Smith",
        "section": "Section A; Column 0; Pg. 1",
        "length": "17 words",
        "dateline": "LISBON",
        "language": "ENGLISH",
    },
    "factiva": {
        "title": "Harbour to close",
        "date": "2020-03-04",
        "outlet": "The Example",
        "author": "Ann Smith",
        "length": "17 words",
        "language": "English",
    },
}
SECOND = {"nexis": "2015-07-01", "nexis_uni": "2020-03-05", "factiva": "2020-03-05"}


def text_of(kind):
    return (DATA / f"{kind}.txt").read_text(encoding="utf-8")


def as_rtf(text):
    signs = "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in text)
    return ("{\\rtf1\\ansi\\ansicpg1252 " + signs.replace("\n", "\\par\n") + "}").encode("ascii")


def as_docx(text, *, between="\n\n"):
    """Return the export as a Word file: text between blank lines is a paragraph."""
    docx = pytest.importorskip("docx")
    document, packed = docx.Document(), io.BytesIO()
    for paragraph in text.split(between):
        document.add_paragraph(paragraph)
    document.save(packed)
    return packed.getvalue()


def as_html(text):
    """Return the export as a page: a field of Factiva is a row of a table, a line ends with <br>."""
    coded = re.sub(
        r"^([A-Z]{2}) {8}(.*(?:\n\w.*)*?)(?=\n[A-Z]{2} |\n\n)",
        r"<table><tr><td><b>\1</b></td><td>\2</td></tr></table>",
        html.escape(text),
        flags=re.MULTILINE,
    )
    paragraphs = "".join(f"<p>{block}</p>" for block in coded.replace("\n<table", "\n\n<table").split("\n\n"))
    return f"<html><head><title>Export</title></head><body>{paragraphs}</body></html>".replace("\n", "<br>").encode()


@pytest.mark.parametrize("kind", FIRST)
@pytest.mark.parametrize(
    ("ending", "package", "make"),
    [
        ("txt", "json", str.encode),
        ("rtf", "striprtf", as_rtf),
        ("html", "trafilatura", as_html),
        ("docx", "docx", as_docx),
    ],
)
def test_each_article_of_an_export_is_a_document(kind, ending, package, make):
    pytest.importorskip(package)
    texts, metadata, problems = read(f"bundle.{ending}", make(text_of(kind)))
    assert list(texts) == ["#1", "#2"] and problems == []
    assert " ".join(texts["#1"].split()).startswith("The harbour will close in May, Mayor Ann Smith said on Monday.")
    assert "We have no money" in texts["#1"] and "Page 2" not in texts["#1"] and "Language" not in texts["#1"]
    assert texts["#2"].split() == ["Council", "voted", "on", "Tuesday.", *(["It", "was", "late."] * (kind == "nexis"))]
    assert metadata["#1"] == FIRST[kind]
    assert (metadata["#2"]["date"], metadata["#2"]["outlet"]) == (SECOND[kind], "The Other Post")
    assert metadata["#2"]["title"] == "Council votes on the port"


def test_a_word_file_of_nexis_uni_with_a_paragraph_for_each_line():
    texts, metadata, problems = read("bundle.docx", as_docx(text_of("nexis_uni"), between="\n"))
    assert list(texts) == ["#1", "#2"] and problems == []
    assert metadata["#1"] == FIRST["nexis_uni"]


def test_articles_stand_in_the_file_as_they_are():
    text = text_of("nexis")
    for entry in read_file("nexis.txt", text.encode(), Settings()):
        assert isinstance(entry, Raw) and entry.text in text


def values_read(text):
    """Return all that is read of an export, by the number of the article and the name of the value."""
    listed, problems = articles(text)
    values = {"problems": "; ".join(f"{each.severity}: {each.message}" for each in problems)}
    for number, (article, about) in enumerate(listed, 1):
        values |= {f"{number} {name}": value for name, value in {**about, "text": article.replace("\n", " / ")}.items()}
    return values


@pytest.mark.parametrize("kind", FIRST)
def test_what_an_export_without_a_line_or_with_one_twice_is_read_as_is_that_of_the_file(kind):
    """The rules are told by what each line of a known layout does."""
    lines, expected, rows = text_of(kind).splitlines(), values_read(text_of(kind)), []
    for at, line in enumerate(lines):
        for change, left in {"without": [], "twice": [line, line], "blank": [""]}.items():
            if line.strip() or change == "without":
                values = values_read("\n".join([*lines[:at], *left, *lines[at + 1 :]]))
                differing = [name for name in {**expected, **values} if expected.get(name) != values.get(name)]
                difference = "; ".join(f"{name} = {values.get(name, '(none)')}" for name in differing)
                rows.append({"line": at + 1, "change": change, "difference": difference})
    reference.hold(DATA / "reference" / f"{kind}.tsv", rows)


def test_a_notice_of_copyright_without_an_end_has_four_lines():
    text = text_of("nexis")
    second = text.rindex("                            Other Post Digital")
    notice = "".join(f"          Line {at}\n" for at in (2, 3, 4))
    made = text[:second] + notice + text[second:].partition("All Rights Reserved\n")[2]
    assert read("nexis.txt", made.encode())[1]["#2"]["outlet"] == "The Other Post"


def test_the_headline_and_the_author_of_factiva_stand_above_the_number_of_words():
    text = text_of("factiva").replace("News\nCouncil votes", "News\nFront page\nNational\nCouncil votes")
    about = read("factiva.txt", text.encode())[1]["#2"]
    assert (about["title"], about["author"]) == ("Council votes on the port", "Bo Lee")


def test_one_blank_after_the_codes_of_factiva_is_enough_and_words_of_the_text_are_no_codes():
    lines = [
        "SE News",
        "HD Port to close",
        "BY Bo Lee",
        "WC 9 words",
        "PD 4 March 2020",
        "SN The Post",
        "LP The port closes.",
    ]
    lines += ["TD", "IN all, 9 jobs go.", "", "Document WSJ0000020200304eg3400036", ""]
    text, about = articles("\n".join(lines))[0][0]
    assert text == "The port closes.\n\nIN all, 9 jobs go."
    assert (about["title"], about["author"], about["outlet"]) == ("Port to close", "Bo Lee", "The Post")


def test_an_export_of_which_articles_are_missing_is_told():
    text = text_of("nexis").replace("of 2 DOCUMENTS", "of 9 DOCUMENTS")
    assert read("nexis.txt", text.encode())[2] == [("", "note", "export")]


def test_documents_that_are_missing_within_an_export_are_named():
    text = (
        text_of("nexis").replace("1 of 2 DOCUMENTS", "2 of 7 DOCUMENTS").replace("2 of 2 DOCUMENTS", "6 of 7 DOCUMENTS")
    )
    texts, _, problems = read("nexis.txt", text.encode())
    assert len(texts) == 2 and problems == [("", "warning", "export")]
    [problem] = [entry for entry in read_file("a.txt", text.encode(), Settings()) if isinstance(entry, Problem)]
    assert "7 documents, 2 are in this file, from 2 to 6 without 3 to 5." in problem.message


def test_two_exports_in_one_file_are_each_complete():
    texts, _, problems = read("nexis.txt", (text_of("nexis") * 2).encode())
    assert len(texts) == 4 and problems == []


def test_the_number_of_documents_of_nexis_uni_is_compared():
    text = text_of("nexis_uni").replace("Documents (2)", "Documents (3)")
    assert read("a.txt", text.encode())[2] == [("", "note", "export")]


@pytest.mark.parametrize("kind", ["nexis_uni", "factiva"])
def test_an_article_that_is_cut_off_at_the_end_of_an_export_is_told(kind):
    text = text_of(kind) + "Third article\n\n" + "The harbour is to close. " * 20
    texts, _, problems = read("a.txt", text.encode())
    assert len(texts) == 2 and problems == [("", "warning", "export")]


def test_the_summary_below_an_export_of_factiva_is_no_article():
    text = text_of("factiva") + "Search Summary\n" + "Text harbour or port\nDate Last week\n" * 20
    assert read("a.txt", text.encode())[2] == []


@pytest.mark.parametrize("kind", FIRST)
def test_an_article_with_another_number_of_words_than_it_states_is_told(kind):
    text = text_of(kind).replace(f"{FIRST[kind]['length']}", "1,812 words")
    texts, _, problems = read("a.txt", text.encode())
    assert len(texts) == 2 and problems == [("#1", "warning", "length")]
    text = text_of(kind).replace(f"{FIRST[kind]['length']}", "40 words")
    assert read("a.txt", text.encode())[2] == []


@pytest.mark.parametrize(
    ("stated", "counted", "is_told"),
    [(200, 150, False), (200, 149, True), (200, 250, False), (200, 251, True), (60, 35, False), (60, 34, True)],
)
def test_a_quarter_of_the_words_that_an_article_states_may_be_counted_otherwise_or_twenty_five(
    stated, counted, is_told
):
    (raw,) = read_file("a.txt", numbered(stated, counted).encode(), Settings())
    assert [problem.code for problem in raw.problems] == ["length"] * is_told


def numbered(stated, counted):
    """Return an export of one article that states a number of words and has another."""
    return (
        f"1 of 1 DOCUMENTS\n\nThe Example\n\nMay 1, 2020\n\nHarbour\n\nLENGTH: {stated} words\n\n{'word ' * counted}\n"
    )


@pytest.mark.parametrize(("words", "is_told"), [(50, False), (51, True)])
def test_fifty_words_below_the_last_article_are_a_foot_line(words, is_told):
    text = text_of("factiva") + "word " * words
    assert read("a.txt", text.encode())[2] == [("", "warning", "export")] * is_told


def test_an_article_without_text_is_told_and_the_others_are_read():
    text = text_of("nexis_uni").replace("Council voted on Tuesday.\n\nLoad-Date: March 5, 2020\n\n", "")
    assert list(read("bundle.txt", text.encode())[0].values())[1] == ""


@pytest.mark.parametrize(
    "text", ["He read 1 of 2 documents.", "End of Document\n", "Document things.\nBody\n", "Copyright 2020 X\n\nText."]
)
def test_a_text_that_is_no_export_is_one_document(text):
    assert articles(text) == ([], [])
    assert read("a.txt", text.encode())[0] == {"": text}


_LINES = st.sampled_from(
    ["1 of 2 DOCUMENTS", "End of Document", "Body", "BODY: x", "LENGTH: 3 words", "3 words", "LP", "TD  text", "HD\tA",
     "Document WSJ000020200101ab", "May 1, 2020", "Copyright 2020 A", "LOAD-DATE: x", "", "words", "By A"]
)  # fmt: skip


@given(st.lists(_LINES, max_size=30).map("\n".join))
def test_any_order_of_marks_gives_articles_that_stand_in_the_text(text):
    for article, _ in articles(text)[0]:
        assert article.split("\n")[0] in text
