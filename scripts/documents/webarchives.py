"""WARC web archives: each saved page is a document and is read like a web page. Nothing is fetched."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.core.limits import MEGABYTE
from scripts.core.sample import SENTENCE
from scripts.documents.charset import browser_encoding
from scripts.documents.isolated import require
from scripts.documents.metadata import clean
from scripts.documents.parts import Raw, Reader, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.samples import sample_file
from scripts.documents.saved_pages import saved_page, stated_digest
from scripts.documents.settings import Settings

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_MOST_PAGES = 100_000
_WITH_PAGES = ("response", "resource")
# Kinds of records that may refer to a page but do not contain it whole; then all kinds that the format knows.
_WITHOUT = ("revisit", "conversion", "continuation")
_KNOWN = (*_WITH_PAGES, *_WITHOUT, "warcinfo", "arc_header", "request", "metadata")
_TOO_LARGE = "It has more than {:,} pages, or pages of more than {} MB. Split it, or raise `largest_megabytes`."


def _url(record: "ArcWarcRecord") -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")


def _page(record: "ArcWarcRecord", part: str, content: bytes, settings: Settings, html: Reader) -> Raw | Problem:
    """Return the page in a record as a document; `part` is its place in the archive."""
    encoding = browser_encoding(_stated_type(record).partition("charset=")[2].split(";")[0].strip(" \"'"))
    if encoding and not settings.encodings:
        settings = replace(settings, encodings={"*": encoding})
    try:
        entries = list(html(_url(record), content, settings))
    except UnreadableError as error:
        return error.problem._replace(message=f"{_url(record)[:200]}: {error.problem.message}", part=part)
    # An export of a news database gives several texts, with problems of the page among them.
    texts = [entry for entry in entries if isinstance(entry, Raw)]
    problems = [*texts[0].problems, *(entry for entry in entries if isinstance(entry, Problem))]
    text = "\n\n".join(entry.text for entry in texts)
    about = clean({"url": _url(record), "saved": record.rec_headers.get_header("WARC-Date")})
    return texts[0]._replace(part=part, text=text, metadata=texts[0].metadata | about, problems=problems)


def _stated_type(record: "ArcWarcRecord") -> str:
    """Return the media type of a record as the server stated it, in lower case."""
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").lower()


def _other_kind(record: "ArcWarcRecord") -> str:
    """Return the kind under which the note counts a record that is not a page; "" for a page."""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return f"status {status[:3]}"
    stated = _stated_type(record)
    return "" if stated.startswith(_PAGES) else stated.split(";")[0].strip()[:40] or "no type"


def _check_parser(error: UnreadableError) -> Problem:
    """Return the problem of an unreadable record or archive; raise ImportError if warcio is at fault."""
    from warcio.archiveiterator import ArchiveIterator

    if error.problem.code == "broken":
        try:
            record = next(ArchiveIterator(io.BytesIO(sample_file("warcio") or b""), arc2warc=True, check_digests=True))
            content, _ = saved_page(record, stated_digest(record), MEGABYTE)
            if SENTENCE.encode() not in content:
                raise ValueError("it reads nothing")
        except Exception as fault:
            message = f"warcio cannot read a file of this project either ({type(fault).__name__}: {fault})"
            raise ImportError(f"{message}. Reinstall the optional formats (`make formats`).") from fault
    return error.problem


def read_warc(name: str, data: bytes, settings: Settings, html: Reader) -> Iterator[Raw | Problem]:
    """Yield the pages of an unpacked WARC file, `#n` for the n-th record, each read by `html`.

    Redirects, server errors, images, scripts and the like are counted in a note.
    """
    require("warcio", "web archive")
    from warcio.archiveiterator import ArchiveIterator

    passed: Counter[str] = Counter()
    unknown = pages = 0
    left = settings.largest  # bytes
    records = ArchiveIterator(io.BytesIO(data), arc2warc=True, check_digests=True)
    record = None
    try:
        for number in range(1, len(data) + 2):
            with parsing("web archive"):
                before, record = record, next(records, None)
                if record is None:
                    yield from _cut_archive(before, number - 1, len(data) - records.offset)
                    break
                stated = stated_digest(record)
                unknown += record.rec_type not in _KNOWN
                passed[str(record.rec_type)] += record.rec_type in _WITHOUT
                if record.rec_type not in _WITH_PAGES:
                    continue
                if kind := _other_kind(record):
                    passed[kind] += 1
                    continue
            pages += 1
            part = f"#{number}"
            try:
                with parsing("web page"):
                    content, faults = saved_page(record, stated, left)
            except UnreadableError as error:
                yield _check_parser(error)._replace(part=part)
                continue
            left -= len(content)
            if left < 0 or pages > _MOST_PAGES:
                raise UnreadableError("too-large", _TOO_LARGE.format(_MOST_PAGES, settings.largest_megabytes))
            yield _page(record, part, content, settings, html)
            if faults:
                message = f"{_url(record)[:200]}: the saved page is incomplete: {'; '.join(faults)}. Save it again."
                yield Problem("warning", "damaged", message, part=part)
            record = None  # its missing bytes have been reported
    except UnreadableError as error:
        yield _check_parser(error)
    yield from _remarks(records.err_count, unknown, +passed, pages)


def _cut_archive(record: "ArcWarcRecord | None", number: int, rest: int) -> Iterator[Problem]:
    """Yield a warning if an archive ends within its last record, or `rest` bytes into the head of another one."""
    missing = getattr(record.raw_stream, "limit", 0) if record else 0
    if missing or rest > 0:
        within = f"record {number}, of which {missing:,} bytes are missing"
        if not missing:
            within = f"the head of record {number + 1}, after {rest:,} bytes of it"
        yield Problem("warning", "damaged", f"The archive ends within {within}. Get it again.")


def _remarks(damaged: int, unknown: int, passed: Counter[str], pages: int) -> Iterator[Problem]:
    """Yield the problems of a web archive as a whole: damaged records, records that are not pages, no page at all."""
    for number, fault in (
        (damaged, "have a length that is wrong: what is left of them was read"),
        (unknown, "do not say what they are, and were not read"),
    ):
        if number:
            yield Problem("warning", "damaged", f"{number:,} records {fault}. Get the archive again.")
    if passed:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in passed.most_common(8))
        message = (
            f"{passed.total():,} records are not pages and were skipped: {kinds}. If no article is among them, there "
            "is nothing to do; otherwise save its page again."
        )
        yield Problem("note", "no-page", message)
    if not pages:
        yield Problem("error", "no-text", "No web page is in this archive. Save the pages themselves.")
