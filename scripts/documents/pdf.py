"""PDF: the text layer of each page, read strictly if possible, and the pages with little or no readable text."""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scripts.documents.isolated import isolated
from scripts.documents.metadata import Metadata, of_properties
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

if TYPE_CHECKING:
    from pypdf import PageObject

_PARAGRAPH_END = re.compile(r"[.!?:][\"'”’)]?\Z")
_FULL_LINE = 0.75
_FEW = 200  # characters: the stamp that a library puts on each page that it scans has fewer
_SCAN = 500_000  # pixels of an image: a sheet of paper at 72 dpi has as many, a scan four times as many
_DRAWN = 1_000  # bytes of drawing on a page without text: more may be text as outlines, a blank page has fewer
_MOST_OBJECTS = 10_000  # per page that are searched for images


class _Page(NamedTuple):
    """The text of a page; `fault` says what went wrong in reading it, `is_picture` that its text may be an image."""

    text: str
    fault: str
    is_picture: bool


class _Read(NamedTuple):
    """The pages of a PDF, the number of pages it declares (0 if none), its metadata, the number of attached files."""

    pages: list[_Page]
    declared: int
    metadata: Metadata
    attached: int


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Gather in a list the warnings that the parser logs; it raises few of them even when it reads strictly."""
    complaints: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: complaints.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("pypdf")
    logger.addHandler(handler)
    try:
        yield complaints
    finally:
        logger.removeHandler(handler)


def _largest_image(page: "PageObject") -> int:
    """Return the number of pixels of the largest image on a page, 0 if there is none, without decoding any."""
    from pypdf.generic import DictionaryObject

    largest, waiting = 0, [page.get("/Resources")]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            break
        resources = waiting.pop()
        resources = resources.get_object() if resources is not None else None
        objects = resources.get("/XObject") if isinstance(resources, DictionaryObject) else None
        objects = objects.get_object() if objects is not None else None
        for value in objects.values() if isinstance(objects, DictionaryObject) else ():
            drawn = value.get_object()
            if not isinstance(drawn, DictionaryObject):
                continue
            if drawn.get("/Subtype") == "/Image":
                largest = max(largest, int(drawn.get("/Width", 1)) * int(drawn.get("/Height", 1)))
            elif len(waiting) < _MOST_OBJECTS:
                waiting.append(drawn.get("/Resources"))
    return largest


def _read_page(page: "PageObject", *, strict: bool) -> _Page:
    """Return a page; a fault in it is raised if `strict`, and otherwise recorded in the page."""
    text, fault, is_picture = "", "", False
    with _complaints() as complaints:
        try:
            text = page.extract_text()
            letters = len("".join(text.split()))
            if letters < _FEW:
                drawing = page.get_contents()
                if drawing is None and page.get("/Contents") is not None:
                    raise ValueError("its content is not a stream")
                image = _largest_image(page)
                drawn = len(drawing.get_data()) if drawing is not None else 0
                is_picture = image >= _SCAN or (not letters and (image > 0 or drawn > _DRAWN))
        except MemoryError:
            raise
        except Exception as error:
            if strict:
                raise
            fault = f"{type(error).__name__}: {error}"
    if not fault and complaints:
        fault = complaints[0]
    if fault and strict:
        raise ValueError(fault)
    return _Page(text, fault, is_picture)


def _read(data: bytes, *, strict: bool) -> _Read:
    """Return the pages and metadata of a PDF; raise the parser's exceptions, with `strict` also on any other fault."""
    import pypdf
    from pypdf.generic import DictionaryObject

    reader = pypdf.PdfReader(io.BytesIO(data), strict=strict)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("encrypted", "The PDF is protected by a password. Save it without one.")
    pages = [_read_page(page, strict=strict) for page in reader.pages]
    metadata, attached = {}, 0
    try:
        if about := reader.metadata:
            metadata = of_properties(about.title, about.author)
        attached = len(reader.attachments)
    except Exception:
        if strict:  # else a row says so already, as strict reading failed here first
            raise
    tree = reader.root_object.get("/Pages")
    tree = tree.get_object() if tree is not None else None
    declared = tree.get("/Count") if isinstance(tree, DictionaryObject) else None
    return _Read(pages, int(declared) if isinstance(declared, int) else 0, metadata, attached)


def _numbers(pages: Sequence[int]) -> str:
    """Return page numbers as the index of a book lists them.

    >>> _numbers([1, 2, 3, 5])
    '1-3, 5'
    """
    starts = [0, *(n + 1 for n, (page, following) in enumerate(pairwise(pages)) if following != page + 1), len(pages)]
    runs = [(pages[start], pages[end - 1]) for start, end in pairwise(starts)]
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)[:200]


def _remarks(read: _Read, departure: str) -> Iterator[Problem]:
    """Yield the rows about broken, missing and scanned pages, attached files, and a `departure` from the format."""
    total = len(read.pages)
    faults = {number: page.fault for number, page in enumerate(read.pages, 1) if page.fault}
    if faults:
        message = (
            f"Text may be missing on {len(faults):,} of {total:,} pages ({_numbers(list(faults))}): "
            f"{next(iter(faults.values()))[:200]}. Get the PDF again, or save it again with another program."
        )
        yield Problem("warning", "damaged", message)
    elif departure:
        message = (
            f"The PDF breaks the rules of its format ({departure[:200]}) and was read leniently: compare the text with "
            "it, and save it again with another program if something is missing."
        )
        yield Problem("warning", "damaged", message)
    if read.declared > total:
        message = f"The PDF says that it has {read.declared:,} pages, {total:,} were found. Get it again."
        yield Problem("warning", "damaged", message)
    if pictures := [number for number, page in enumerate(read.pages, 1) if page.is_picture]:
        message = (
            f"{len(pictures):,} of {total:,} pages are pictures with little or no text ({_numbers(pictures)}); words "
            "in a picture are not read. Run text recognition (OCR) if there are any."
        )
        yield Problem("warning", "left-out", message)
    if read.attached:
        message = f"{read.attached:,} files are attached to the PDF and were not read. Save them separately."
        yield Problem("warning", "left-out", message)


def _reflowed(lines: list[str]) -> str:
    """Join printed lines into paragraphs, which end at lines that end a sentence and are shorter than the column."""
    width = max(map(len, lines), default=0)
    out: list[str] = []
    for line in lines:
        out.append(line)
        if len(line) < _FULL_LINE * width and _PARAGRAPH_END.search(line):
            out.append("")
    return "\n".join(out).strip()


@isolated("pypdf", "PDF")
def read_pdf(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the text layer of a PDF, with columns, captions and page headers in the order of the file."""
    departure = ""
    with parsing("PDF"):
        try:
            read = _read(data, strict=True)
        except (MemoryError, UnreadableError):
            raise
        except Exception as error:
            departure = f"{type(error).__name__}: {error}"
            read = _read(data, strict=False)
    lines = [line.strip() for page in read.pages for line in page.text.split("\n")]
    if not any(lines):
        fault = next((page.fault for page in read.pages if page.fault), departure)
        if fault:
            raise UnreadableError("broken", f"No text can be read from this PDF ({fault[:200]}). Save it again.")
        raise UnreadableError("no-text", "The PDF has no text, only images of it. Run text recognition (OCR) first.")
    return [Raw("", _reflowed(lines), read.metadata, "pdf", list(_remarks(read, departure)))]
