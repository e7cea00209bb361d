"""WARC and WACZ: saved pages are documents, the rest is counted, and hostile archives are refused with a reason."""

import gzip
import io
import zipfile

import pytest

from tests.documents.reading import SENTENCE, read, refused

pytest.importorskip("trafilatura")
warcio = pytest.importorskip("warcio")
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402
from warcio.warcwriter import WARCWriter  # noqa: E402

PAGE = f"<html><head><title>Lin</title></head><body><article><p>{SENTENCE} It’s so.</p></article></body></html>"


def warc(*pages, packed=False):
    """Return a WARC file of (address, status, type, bytes)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, status, kind, content in pages:
        headers = StatusAndHeaders(f"{status} X", [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(content), http_headers=headers, warc_headers_dict={"WARC-Date": DATE}
        )
        writer.write_record(record)
    return out.getvalue()


DATE = "2020-03-04T10:00:00Z"
PAGES = (
    ("https://example.org/a", 200, "text/html; charset=windows-1252", PAGE.encode("cp1252")),
    ("https://example.org/old", 301, "text/html", b""),
    ("https://example.org/a.png", 200, "image/png", b"\x89PNG"),
    ("https://example.org/b", 200, "text/html", PAGE.encode()),
    ("https://example.org/empty", 200, "text/html", b"<html></html>"),
)


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_the_pages_of_a_web_archive_are_documents(name, packed):
    texts, metadata, problems = read(name, warc(*PAGES, packed=packed))
    assert texts == dict.fromkeys(["#2", "#5"], f"{SENTENCE} It’s so.")
    assert metadata["#2"] == {"title": "Lin", "url": "https://example.org/a", "saved": DATE}
    assert problems == [("#6", "error", "no-text"), ("", "note", "no-page")]


def test_a_wacz_file_is_read_by_the_archives_in_it():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pages/pages.jsonl", "{}")
        archive.writestr("archive/data.warc.gz", warc(PAGES[0], packed=True))
        archive.writestr("archive/broken.warc.gz", b"\x1f\x8bno")
        archive.writestr("../archive/a\n.warc", warc(PAGES[0]))
    texts, _, problems = read("a.wacz", out.getvalue())
    assert texts == {"/archive/data.warc.gz#2": f"{SENTENCE} It’s so."}
    assert problems == [
        ("/archive/broken.warc.gz", "error", "broken"),
        ("/../archive/a\\x0a.warc", "error", "traversal"),
    ]


def test_what_is_no_web_archive_is_told():
    assert refused("a.wacz", b"PK") == "broken"
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    assert read("a.wacz", out.getvalue()) == ({}, {}, [])
    for data in (b"", b"text\n" * 9, gzip.compress(b"x"), warc()):
        texts, _, problems = read("a.warc", data)
        assert texts == {} and {severity for _, severity, _ in problems} == {"error"}


def test_pages_before_a_broken_place_are_read():
    data = warc(*PAGES[:1], *PAGES[3:4])
    texts, _, problems = read("a.warc", data[: len(data) - 300])
    assert "#2" in texts and len(texts) + len(problems) >= 1


def test_a_record_of_the_wrong_length_is_told():
    data = warc(*PAGES[:1]).replace(b"It\x92s so.</p>", b"It\x92s so.</p>" + b"<p>More than was said.</p>")
    texts, _, problems = read("a.warc", data)
    assert list(texts) == ["#2"] and ("", "warning", "damaged") in problems


def test_a_page_that_unpacks_to_more_than_the_bound_is_refused():
    bomb = gzip.compress(b"<html>" + b" " * 3_000_000)
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    writer.write_record(
        writer.create_warc_record("http://x/", "response", payload=io.BytesIO(bomb), http_headers=headers)
    )
    assert read("a.warc", out.getvalue(), largest_megabytes=1)[2][0] == ("", "error", "too-large")


def test_a_page_that_is_an_export_of_a_news_database_stays_one_document():
    text = "<p>Body</p><p>Length: 3 words</p><p>A text.</p><p>End of Document</p>" * 2
    texts, _, problems = read("a.warc", warc(("http://x/", 200, "text/html", f"<body>{text}</body>".encode())))
    assert list(texts) == ["#2"] and texts["#2"].count("A text.") == 2 and problems == []
