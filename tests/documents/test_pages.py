"""Web pages, read in a process of its own: their main text, and rows about pages that are cut or only read in part."""

import sys

import pytest

from scripts.documents.problems import UnreadableError
from tests.documents.reading import SENTENCE, messages, read, refused

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


def test_an_extra_that_is_not_installed_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(UnreadableError, match="optional formats") as refusal:
        read("a.html", b"<p>x</p>")
    assert refusal.value.problem.code == "extra"


@pytest.mark.parametrize("depth", [240, 300, 1_000])
def test_a_page_nested_deeper_than_the_parser_goes_by_itself_keeps_its_article(depth):
    pytest.importorskip("trafilatura")
    page = f"<html><head><title>T</title></head><body>{'<div>' * depth}<article><p>{SENTENCE * 3}</p></article></body>"
    texts, metadata, _ = read("a.html", page.encode())
    assert SENTENCE in texts[""]
    assert metadata[""] == {"title": "T"}


_ARTICLE = "".join(f"<p>Paragraph {n}. {SENTENCE}</p>" for n in range(20))


@pytest.mark.parametrize(
    ("page", "is_cut"),
    [
        (f"<p>{SENTENCE}<p>{SENTENCE}<p>{SENTENCE}", False),
        (f"<html><body><article>{_ARTICLE}"[:-300], True),
    ],
)
def test_a_page_that_is_cut_is_told(page, is_cut):
    pytest.importorskip("trafilatura")
    texts, _, problems = read("a.html", page.encode())
    assert SENTENCE in texts[""]
    assert problems == ([("", "warning", "damaged")] if is_cut else [])


def _page_with(outside):
    """Return a page with an article and paragraphs of a part that the extractor takes for no article."""
    column = "Beside the article a column of short news from the region has run for years without a name on it. "
    parts = "".join(f"<p>{column[n:]}{n}{column[:n]}.</p>" for n in range(9))
    return f"<html><body><article><p>{SENTENCE}</p><p>{SENTENCE * 2}</p></article>{outside.format(parts)}</body></html>"


@pytest.mark.parametrize(
    ("outside", "rows"),
    [
        ("<footer>{}</footer>", [("", "warning", "left-out")]),
        ("<footer><ol class='comments'>{}</ol></footer>", []),
        ("<footer>© 2020 The Wire. All rights reserved.</footer>", []),
    ],
)
def test_a_main_text_that_lacks_most_of_the_page_is_told(outside, rows):
    pytest.importorskip("trafilatura")
    texts, _, problems = read("a.html", _page_with(outside).encode())
    assert "short news" not in texts[""]
    assert problems == rows
    for message in messages("a.html", _page_with(outside).encode()):
        assert message.startswith("9 paragraphs with 899 characters")


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
