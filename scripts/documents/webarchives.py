"""Web archives, WARC and WACZ: each page that was saved is a document, read as a web page is. Nothing is fetched."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.documents.archives import read_gzip, read_zip
from scripts.documents.charset import browser_encoding
from scripts.documents.isolated import require
from scripts.documents.metadata import clean
from scripts.documents.parts import Raw, Reader, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_MOST_PAGES = 100_000


def _page(
    part: str, url: str, about: tuple[str, str], content: bytes, settings: Settings, html: Reader
) -> Raw | Problem:
    """Return a saved page as a document; `about` is the type that the server stated and the moment of saving."""
    stated, moment = about
    encoding = browser_encoding(stated.partition("charset=")[2].split(";")[0].strip(" \"'"))
    if encoding and not settings.encodings:
        settings = replace(settings, encodings={"*": encoding})
    try:
        texts = [entry for entry in html(url, content, settings) if isinstance(entry, Raw)]
    except UnreadableError as error:
        message = f"{url[:200]}: {error.problem.message}"
        return error.problem._replace(message=message, part=part)
    text = "\n\n".join(entry.text for entry in texts)  # more than one if the page is an export of a news database
    return texts[0]._replace(part=part, text=text, metadata=texts[0].metadata | clean({"url": url, "saved": moment}))


def _stated_type(record: "ArcWarcRecord") -> str:
    """Return the media type of a record as the server stated it, in lower case."""
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").lower()


def _other_kind(record: "ArcWarcRecord") -> str:
    """Return the kind of a record that is no page, as the note counts it; "" for a page."""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return f"status {status[:3]}"
    stated = _stated_type(record)
    return "" if stated.startswith(_PAGES) else stated.split(";")[0].strip()[:40] or "no type"


def read_warc(name: str, data: bytes, settings: Settings, html: Reader) -> Iterator[Raw | Problem]:
    """Yield the pages of a WARC file that is not packed, `#n` for the n-th record, each read by `html`.

    Redirects, errors of servers, images, scripts and the like are counted in a note.
    """
    require("warcio", "web archive")
    from warcio.archiveiterator import ArchiveIterator

    passed: Counter[str] = Counter()
    left = settings.largest  # bytes
    pages = 0
    records = ArchiveIterator(io.BytesIO(data), arc2warc=True)
    try:
        for number in range(1, len(data) + 2):
            with parsing("web archive"):
                record = next(records, None)
                if record is None:
                    break
                if record.rec_type not in ("response", "resource"):
                    continue
                if kind := _other_kind(record):
                    passed[kind] += 1
                    continue
                url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                about = _stated_type(record), record.rec_headers.get_header("WARC-Date") or ""
                content = record.content_stream().read(left + 1)
                left -= len(content)
                pages += 1
                if left < 0 or pages > _MOST_PAGES:
                    raise UnreadableError(
                        "too-large",
                        f"Its pages have more than {settings.largest_megabytes} MB. Split it, or raise "
                        "`largest_megabytes`.",
                    )
            yield _page(f"#{number}", url, about, content, settings, html)
    except UnreadableError as error:
        yield error.problem
    yield from _remarks(records.err_count, passed, pages)


def _remarks(damaged: int, passed: Counter[str], pages: int) -> Iterator[Problem]:
    """Yield the problems of a web archive as a whole: damaged records, records that are no pages, no page at all."""
    if damaged:
        message = (
            f"{damaged:,} records have a length that is wrong: what is left of them was read. Get the archive again."
        )
        yield Problem("warning", "damaged", message)
    if passed:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in passed.most_common(8))
        message = (
            f"{passed.total():,} records are no pages and were passed over: {kinds}. If no article is among them, "
            "there is nothing to do; else save its page again."
        )
        yield Problem("note", "no-page", message)
    if not pages:
        yield Problem("error", "no-text", "No web page is in this archive. Save the pages themselves.")


def read_wacz(name: str, data: bytes, settings: Settings, html: Reader) -> Iterator[Raw | Problem]:
    """Yield the pages of the WARC files in a WACZ file, which is a ZIP; nothing else in it is read."""

    def read_member(member: str, content: bytes, settings: Settings) -> Iterator[Raw | Problem]:
        if not member.lower().endswith((".warc", ".warc.gz")):
            return iter(())
        unpacked = read_gzip(content, settings) if member.lower().endswith(".gz") else content
        return read_warc(member, unpacked, settings, html)

    return read_zip(name, data, settings, read_member)
