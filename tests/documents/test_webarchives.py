"""WARC and WACZ: saved pages are documents, the rest is counted, and hostile archives are refused with a reason."""

import base64
import gzip
import hashlib
import io
import json
import re

import pytest

from tests.documents.reading import SENTENCE, read, refused, zipped

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


def test_an_archive_of_the_format_before_warc_has_the_address_and_the_day_of_its_pages():
    def record(url: str, kind: str, content: str) -> str:
        return f"{url} 192.0.2.1 20200304100000 {kind} {len(content.encode())}\n{content}\n"

    head = "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n\n"
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
    records = record("filedesc://a.arc", "text/plain", head), record("https://example.org/a", "text/html", page)
    texts, metadata, problems = read("a.warc", "".join(records).encode())
    assert (texts, problems) == ({"#2": f"{SENTENCE} It’s so."}, [])
    assert metadata["#2"] == {"title": "Lin", "url": "https://example.org/a", "saved": DATE}


def test_a_wacz_file_is_read_by_the_archives_in_it():
    members = {
        "pages/pages.jsonl": "{}",
        "archive/data.warc.gz": warc(PAGES[0], packed=True),
        "archive/broken.warc.gz": b"\x1f\x8bno",
        "../archive/a\n.warc": warc(PAGES[0]),
    }
    texts, _, problems = read("a.wacz", zipped(*members.items()))
    assert texts == {"/archive/data.warc.gz#2": f"{SENTENCE} It’s so."}
    assert problems == [
        ("/archive/broken.warc.gz", "error", "broken"),
        ("/../archive/a\\x0a.warc", "error", "traversal"),
    ]


def test_what_is_no_web_archive_is_told():
    assert refused("a.wacz", b"PK") == "broken"
    assert read("a.wacz", zipped()) == ({}, {}, [])
    for data in (b"", b"text\n" * 9, gzip.compress(b"x"), warc()):
        texts, _, problems = read("a.warc", data)
        assert texts == {} and {severity for _, severity, _ in problems} == {"error"}


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("warcio.archiveiterator.ArchiveIterator._next_record", ["a.warc"]),
        ("warcio.bufferedreaders.BufferedReader.read", ["a.warc", "a.wacz"]),
    ],
)
def test_a_parser_that_fails_on_the_sample_too_is_at_fault_not_the_archive(monkeypatch, place, names):
    monkeypatch.setattr(place, lambda *_: {}["gone"])
    for name in names:
        data = warc(*PAGES) if name.endswith(".warc") else wacz({"archive/data.warc": warc(*PAGES)}, "{}")
        with pytest.raises(ImportError, match="warcio cannot read a file of this project either"):
            read(name, data)


LONG = f"<html><body><article>{''.join(f'<p>{n}. {SENTENCE}</p>' for n in range(30))}</article></body></html>".encode()
FIRST, LONGER = PAGES[0], ("https://example.org/c", 200, "text/html", LONG)


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_is_cut_at_any_place_says_so(packed):
    data = warc(FIRST, LONGER, packed=packed)
    name = "a.warc.gz" if packed else "a.warc"
    texts, _, problems = read(name, data[:-300] if not packed else data[:-100])
    assert list(texts) == ["#2", "#3"] and ("#3", "warning", "damaged") in problems
    for size in range(len(warc(FIRST, packed=packed)) + 60, len(data) - 30, 50):  # within the last record
        assert read(name, data[:size])[2], size


def test_an_archive_cut_within_what_is_no_page_says_so():
    image = ("https://example.org/a.png", 200, "image/png", b"\x89PNG" * 1_000)
    texts, _, problems = read("a.warc", warc(FIRST, image)[:-300])
    assert list(texts) == ["#2"] and ("", "warning", "damaged") in problems


def test_digests_are_compared():
    data = warc(FIRST, LONGER)
    assert read("a.warc", data)[2] == []
    assert read("a.warc", data.replace(b"7. China", b"7. Chile"))[2] == [("#3", "warning", "damaged")]
    for unknown in (b"none:", b"sha9:"):  # of an algorithm that is not known
        assert read("a.warc", data.replace(b"sha1:", unknown))[2] == []
    texts, _, problems = read("a.warc", data.replace(b"sha1:", b"sha1:!"))
    assert list(texts) == ["#2", "#3"] and problems == [(part, "warning", "damaged") for part in texts]


@pytest.mark.parametrize("form", [lambda digest: digest.hex(), lambda digest: base64.b64encode(digest).decode()])
def test_digests_are_known_in_other_alphabets(form):
    data = warc(LONGER)
    old = re.findall(rb"WARC-Block-Digest: sha1:(\S+)", data)[-1]
    rewritten = form(base64.b32decode(old)).encode()
    assert read("a.warc", data.replace(old, rewritten))[2] == []
    assert read("a.warc", data.replace(old, rewritten[::-1]))[2] == [("#2", "warning", "damaged")]


def answer(*headers, content=LONG, **about):
    """Return a WARC file of one page, with headers of the server's and of the record (`about`)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        "http://x/", "response", payload=io.BytesIO(content), http_headers=head, warc_headers_dict=about
    )
    writer.write_record(record)
    return out.getvalue()


_CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(LONG), LONG)


@pytest.mark.parametrize(
    ("data", "is_cut"),
    [
        (answer(("Content-Length", str(len(LONG)))), False),
        (answer(("Content-Length", str(len(LONG) + 9))), True),
        (answer(("Transfer-Encoding", "chunked"), content=_CHUNKS), False),
        (answer(("Transfer-Encoding", "chunked"), content=_CHUNKS[:-7]), True),
        (answer(("Transfer-Encoding", "chunked")), False),  # put together by the program that saved it
        (answer(("Content-Encoding", "gzip"), content=gzip.compress(LONG)), False),
        (answer(("Content-Encoding", "gzip"), content=gzip.compress(LONG)[:-9]), True),
        (answer(("Content-Encoding", "br")), False),  # unpacked by the program that saved it
        (answer(**{"WARC-Truncated": "length"}), True),
    ],
)
def test_a_page_that_the_server_did_not_send_whole_is_told(data, is_cut):
    texts, _, problems = read("a.warc", data)
    assert SENTENCE in texts["#1"]
    assert problems == ([("#1", "warning", "damaged")] if is_cut else [])


def test_a_page_in_a_packing_that_is_not_read_costs_only_itself():
    data = answer(("Content-Encoding", "br"), content=bytes(range(200))) + warc(FIRST)
    texts, _, problems = read("a.warc", data)
    assert list(texts) == ["#3"] and problems == [("#1", "error", "packed")]


def test_pages_that_are_only_referred_to_are_counted():
    data = warc(FIRST, LONGER).replace(
        b"WARC-Type: response\r\nWARC-Record-ID", b"WARC-Type: revisit\r\nWARC-Record-ID", 1
    )
    assert read("a.warc", data)[2] == [("", "note", "no-page")]
    assert ("", "warning", "damaged") in read("a.warc", data.replace(b"revisit", b"unheard"))[2]


def wacz(members, listed):
    """Return a WACZ file of members, {path: bytes}, and a list of contents."""
    return zipped(*members.items(), ("datapackage.json", listed))


def test_a_wacz_file_is_held_against_its_list_of_contents():
    data = warc(FIRST, packed=True)
    path = "archive/a.warc.gz"
    entry = {"path": path, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
    index = {"path": "indexes/index.cdx", "hash": "sha256:0"}
    for change, rows in (
        ({}, []),
        ({"hash": "sha256:0"}, [(f"/{path}", "warning", "damaged")]),
        ({"bytes": 9}, [(f"/{path}", "warning", "damaged")]),
        ({"path": "archive/b.warc"}, [("", "warning", "damaged")]),
    ):
        listed = json.dumps({"resources": [entry | change, index]})
        texts, _, problems = read("a.wacz", wacz({path: data}, listed))
        assert list(texts) == [f"/{path}#2"] and problems == rows
    for listed in ("{", "[]", '{"resources": [1]}', "[" * 100_000):
        texts, _, problems = read("a.wacz", wacz({path: data}, listed))
        assert list(texts) == [f"/{path}#2"] and problems == [("", "warning", "damaged")]


def test_a_record_of_the_wrong_length_is_told():
    data = warc(*PAGES[:1]).replace(b"It\x92s so.</p>", b"It\x92s so.</p>" + b"<p>More than was said.</p>")
    texts, _, problems = read("a.warc", data)
    assert list(texts) == ["#2"] and ("", "warning", "damaged") in problems


def test_a_page_that_unpacks_to_more_than_the_bound_is_refused():
    bomb = answer(("Content-Encoding", "gzip"), content=gzip.compress(b"<html>" + b" " * 3_000_000))
    assert read("a.warc", bomb, largest_megabytes=1)[2][0] == ("", "error", "too-large")


def test_a_page_that_is_an_export_of_a_news_database_stays_one_document():
    text = "<p>Body</p><p>Length: 3 words</p><p>A text.</p><p>End of Document</p>" * 2
    texts, _, problems = read("a.warc", warc(("http://x/", 200, "text/html", f"<body>{text}</body>".encode())))
    assert list(texts) == ["#2"] and texts["#2"].count("A text.") == 2 and problems == []
