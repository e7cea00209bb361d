"""Pages with layout: HTML, Word, RTF and PDF, each read by a kept library that is an optional extra, in isolation."""

import io
import re
import zipfile
from typing import TYPE_CHECKING

from scripts.documents.blocks import block_text
from scripts.documents.charset import declared_encoding
from scripts.documents.exports import export_entries
from scripts.documents.isolated import isolated
from scripts.documents.metadata import clean
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.reading import decode
from scripts.documents.settings import Settings

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The extractor's default looks no further than today, so that its answer would depend on the day; and with a search of
# the whole text it takes the year of a copyright notice for the date.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_DEEPEST = 250  # below the depth, 256, at which libxml2 stops reading if it is not told to go on
# A page that may hold the articles of a news database.
_EXPORT = re.compile(
    r"of [0-9]{1,6} DOCUMENT|End of Document|class=[\"'](?:en)?Article|Document [A-Z]{1,12}0", re.IGNORECASE
)
# The parser compares each attribute of an element with all others of it: 10,000 take a tenth of a second.
_MOST_ATTRIBUTES = 10_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"[^\s=/]+(?:\s*=\s*[^\s=/]+)?")
_PARAGRAPH_END = re.compile(r"[.!?:][\"'”’)]?\Z")
_FULL_LINE = 0.75


def _depth(tree: "HtmlElement") -> int:
    """Return how many elements the deepest one of a tree stands in."""
    from lxml.etree import iterwalk

    depth = deepest = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _most_attributes(html: str) -> int:
    """Return about how many attributes the element has that has most; 0 for few."""
    tags = (_QUOTED.sub("Q ", tag) for tag in _LONG_TAG.findall(html))
    return max((sum(1 for _ in _ATTRIBUTE.finditer(tag)) - 1 for tag in tags), default=0)


@isolated("trafilatura", "web page")
def read_html(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the main text of a web page, without menus and comments, and its metadata as the page states them."""
    import lxml.html
    import trafilatura
    from trafilatura.utils import load_html

    decoded = decode(data, encoding=settings.encoding(name) or declared_encoding(data))
    if (attributes := _most_attributes(decoded.text)) > _MOST_ATTRIBUTES:
        raise UnreadableError(
            "too-many",
            f"An element of this page has {attributes:,} attributes, the limit is {_MOST_ATTRIBUTES:,}. Save the "
            "article as plain text (.txt).",
        )
    with parsing("web page"):
        tree = load_html(decoded.text)
        if tree is not None and _depth(tree) > _DEEPEST:
            parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
            tree = lxml.html.fromstring(decoded.text.encode(errors="replace"), parser=parser)
        if tree is not None and _EXPORT.search(decoded.text):
            listed = export_entries(Raw("", block_text(tree), [], {}, decoded.encoding, decoded.problems))
            if len(listed) > 1 or listed[0].part:
                return listed
        page = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    about = page if page is None or isinstance(page, dict) else page.as_dict()
    if not about or not about["text"]:
        raise UnreadableError("no-text", "No main text was found in this page. Save the article as plain text (.txt).")
    keys = {"title": "title", "date": "date", "outlet": "sitename", "author": "author", "url": "url"}
    metadata = clean({key: about[name] for key, name in keys.items()})
    return [Raw("", "\n\n".join(about["text"].split("\n")), [], metadata, decoded.encoding, decoded.problems)]


@isolated("docx", "Word document")
def read_docx(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the paragraphs of a Word document, with those of its tables in their place, its title and author."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.table import Table

    with parsing("Word document"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(member.file_size for member in package.infolist())
        if size > settings.largest:
            raise UnreadableError("too-large", f"Unpacked it has {size / 1e6:,.0f} MB. Save it without its images.")
        document = docx.Document(io.BytesIO(data))
        blocks: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                blocks += (" | ".join(cell.text for cell in row.cells) for row in block.rows)
            else:
                blocks.append(block.text)
        relations = document.part.package.rels.values()
        # The library makes properties up where a file has none: the title would be "Word Document".
        if any(relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for relation in relations):
            metadata = clean({"title": document.core_properties.title, "author": document.core_properties.author})
        else:
            metadata = {}
    return export_entries(Raw("", "\n\n".join(filter(None, blocks)), [], metadata, "docx", []))


@isolated("striprtf", "RTF file")
def read_rtf(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the text of an RTF file, as word processors and news databases write it."""
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("broken", "This is no RTF: it does not begin with {\\rtf. Save it again, or as .txt.", 0)
    with parsing("RTF file"):
        text = rtf_to_text(data.decode("cp1252", errors="replace"), errors="replace")
    if not text.strip():
        raise UnreadableError("no-text", "There is no text in this RTF file. Save the article as plain text (.txt).")
    return export_entries(Raw("", text, [], {}, "rtf", []))


def _reflowed(lines: list[str]) -> str:
    """Join lines of print to paragraphs: one ends with a line that ends a sentence and is shorter than the column."""
    width = max(map(len, lines), default=0)
    out: list[str] = []
    for line in lines:
        out.append(line)
        if len(line) < _FULL_LINE * width and _PARAGRAPH_END.search(line):
            out.append("")
    return "\n".join(out).strip()


@isolated("pypdf", "PDF")
def read_pdf(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the text layer of a PDF. Columns, captions and page headers come as the file has them."""
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
    return [Raw("", _reflowed(lines), [], metadata, "pdf", [])]
