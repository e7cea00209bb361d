"""RSS and Atom files: an entry is a document, and no address in them is fetched."""

import pytest

from scripts.documents.problems import UnreadableError
from tests.documents.reading import read, refused

pytest.importorskip("feedparser")

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Example</title><link>https://example.org/</link><language>en-gb</language>
<item><title>Harbour to close</title><link>https://example.org/a</link><dc:creator>Ann Smith</dc:creator>
<pubDate>Wed, 04 Mar 2020 10:00:00 GMT</pubDate><category>Ports</category><description>In May.</description>
<content:encoded><![CDATA[<p>The harbour will close.</p><script>alert(1)</script>
<p>She said <b>so</b>.</p>]]></content:encoded>
</item>
<item><title>Council</title><description>Council &lt;i&gt;voted&lt;/i&gt;.</description></item>
<item><title>Nothing</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Die Zeitung</title><entry><title>Tür</title>
<updated>2020-03-04T10:00:00Z</updated><link href="https://example.org/b"/><author><name>Bo Lee</name></author>
<content type="html">&lt;p&gt;“One”&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</content></entry></feed>""".encode()


def test_the_entries_of_rss_are_documents():
    texts, metadata, problems = read("a.rss", RSS)
    assert texts == {"#1": "The harbour will close.\n\nShe said so.", "#2": "Council voted.", "#3": ""}
    assert metadata["#1"] == {
        "title": "Harbour to close",
        "date": "Wed, 04 Mar 2020 10:00:00 GMT",
        "author": "Ann Smith",
        "url": "https://example.org/a",
        "outlet": "The Example",
        "tags": "Ports",
        "language": "en-gb",
    }
    assert problems == [("#2", "note", "teaser")]


@pytest.mark.parametrize("name", ["a.atom", "a.xml"])
def test_the_entries_of_atom_are_documents(name):
    texts, metadata, problems = read(name, ATOM)
    assert (texts, problems) == ({"#1": "“One”\n\nTwo"}, [])
    assert metadata["#1"]["outlet"] == "Die Zeitung" and metadata["#1"]["author"] == "Bo Lee"


def test_what_is_no_feed_is_refused_and_a_damaged_one_is_told():
    for data in (b"", b"text", b"<a>x</a>", b"https://example.org/feed", b"/etc/passwd"):
        assert refused("a.xml", data) == "no-text"
    texts, _, problems = read("a.rss", RSS[:-200])
    assert "#1" in texts and ("", "warning", "broken") in problems


def test_a_feed_in_another_encoding_than_it_declares_is_read():
    texts, _, problems = read(
        "a.rss", RSS.replace(b"In May.", b"").replace(b"She said", "Ch\u00e2teau".encode("cp1252"))
    )
    assert texts["#1"] == "The harbour will close.\n\nChâteau so."
    assert ("", "note", "encoding") in problems


def test_entities_are_neither_fetched_nor_blown_up():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 60}">' for n in range(8)
    )
    outside = '<!ENTITY z SYSTEM "file:///etc/passwd">]>'
    for entity in ("&i;", "&z;"):
        item = f"<item><title>T</title><description>x{entity}</description></item>"
        feed = f"{bomb}{outside}<rss version='2.0'><channel>{item}</channel></rss>"
        try:
            texts = read("a.rss", feed.encode())[0]
        except UnreadableError:
            continue
        assert all("root:" not in text and len(text) < 10_000 for text in texts.values())


def test_entries_that_are_lost_are_counted():
    assert read("a.rss", RSS)[2] == [("#2", "note", "teaser")]
    commented = RSS.replace(b"<channel>", b"<channel><!-- <item> --><description><![CDATA[<item> ]]></description>")
    assert read("a.rss", commented)[2] == [("#2", "note", "teaser")]
    swallowed = RSS.replace(b"<item><title>Council", b"<?<item><title>Council")
    texts, _, problems = read("a.rss", swallowed)
    assert list(texts) == ["#1", "#2"]
    assert problems == [("", "warning", "damaged"), ("", "warning", "broken")]
