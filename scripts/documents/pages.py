"""Pages with layout: HTML, Word and PDF, each read by a kept library that is an optional extra, in isolation."""

import codecs
import io
import re
import zipfile

from scripts.documents.isolated import isolated
from scripts.documents.metadata import clean
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import UnreadableError
from scripts.documents.reading import decode
from scripts.documents.settings import Settings

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w-]{2,30})", re.IGNORECASE)
# The extractor's default looks no further than today, so that its answer would depend on the day; and with a search of
# the whole text it takes the year of a copyright notice for the date.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_PARAGRAPH_END = re.compile(r"[.!?:][\"'”’)]?\Z")
_FULL_LINE = 0.75


def _declared(data: bytes) -> str:
    """The encoding that a page declares, if Python knows it; ISO 8859-1 means Windows-1252, as in browsers."""
    found = _CHARSET.search(data, 0, 2048)
    try:
        encoding = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    return "cp1252" if encoding in ("iso8859-1", "ascii") else encoding


@isolated("trafilatura", "web page")
def read_html(name: str, data: bytes, settings: Settings) -> Raw:
    """The main text of a web page, without menus and comments, and what the page says of itself."""
    import trafilatura

    decoded = decode(data, encoding=settings.encoding(name) or _declared(data))
    with parsing("web page"):
        page = trafilatura.bare_extraction(
            decoded.text, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    if page is None or not page.text:
        raise UnreadableError("no-text", "No main text was found in this page. Save the article as plain text (.txt).")
    found = {"title": page.title, "date": page.date, "outlet": page.sitename, "author": page.author, "url": page.url}
    text = "\n\n".join(page.text.split("\n"))
    return Raw("", text, [], clean(found), decoded.encoding, decoded.problems)


@isolated("docx", "Word document")
def read_docx(name: str, data: bytes, settings: Settings) -> Raw:
    """The paragraphs of a Word document, those of its tables among them, and its title and author."""
    import docx

    with parsing("Word document"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(member.file_size for member in package.infolist())
        if size > settings.largest:
            raise UnreadableError("too-large", f"Unpacked it has {size / 1e6:,.0f} MB. Save it without its images.")
        document = docx.Document(io.BytesIO(data))
        blocks: list[str] = []
        for block in document.iter_inner_content():
            if hasattr(block, "rows"):
                blocks += (" | ".join(cell.text for cell in row.cells) for row in block.rows)
            else:
                blocks.append(block.text)
        metadata = clean({"title": document.core_properties.title, "author": document.core_properties.author})
    return Raw("", "\n\n".join(filter(None, blocks)), [], metadata, "docx", [])


def _reflowed(lines: list[str]) -> str:
    """Lines of print as paragraphs: one ends where a line ends a sentence and stops short of the column's width."""
    width = max(map(len, lines), default=0)
    out: list[str] = []
    for line in lines:
        out.append(line)
        if len(line) < _FULL_LINE * width and _PARAGRAPH_END.search(line):
            out.append("")
    return "\n".join(out).strip()


@isolated("pypdf", "PDF")
def read_pdf(name: str, data: bytes, settings: Settings) -> Raw:
    """The text layer of a PDF. Columns, captions and page headers come as the file has them."""
    import pypdf

    with parsing("PDF"):
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("encrypted", "The PDF is protected by a password. Save it without.")
        lines = [line.strip() for page in reader.pages for line in page.extract_text().split("\n")]
        about = reader.metadata
        metadata = clean({"title": about.title, "author": about.author}) if about else {}
    if not any(lines):
        raise UnreadableError("no-text", "The PDF has no text, only images of it. Run a text recognition (OCR) first.")
    return Raw("", _reflowed(lines), [], metadata, "pdf", [])
