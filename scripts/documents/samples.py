"""A small file of each format whose parser is a package: a parser that fails on it, too, is not as it should be."""

from collections.abc import Callable
from functools import partial

from scripts.core.sample import OFFICE_PACKAGE, RELATIONS, SENTENCE, office_file

_HTML = f"<html><head><title>Harbour</title></head><body><article>{f'<p>{SENTENCE}</p>' * 5}</article></body></html>"
_RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><item><title>Harbour</title>'
    f"<description>{SENTENCE}</description></item></channel></rss>"
)
_PDF_STREAM = f"BT /F1 12 Tf 72 720 Td ({SENTENCE}) Tj ET"
_PDF_OBJECTS = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    f"<< /Length {len(_PDF_STREAM)} >>\nstream\n{_PDF_STREAM}\nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
)
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD = {
    "[Content_Types].xml": (
        f'<Types xmlns="{OFFICE_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_DOCUMENT_TYPE}"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{OFFICE_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/document.xml": (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p></w:body></w:document>"
    ),
}


def _pdf() -> bytes:
    """Return a PDF of one page."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(_PDF_OBJECTS, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return out + f"{table}startxref\n{len(out)}\n%%EOF\n".encode()


def _warc() -> bytes:
    """Return a web archive of one page."""
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_HTML)}\r\n\r\n{_HTML}"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n"
    )
    return f"{head}\r\n{page}\r\n\r\n".encode()


def sample_file(package: str) -> bytes | None:
    """Return a file that the parser of a package reads; None of a package without a sample."""
    makers: dict[str, Callable[[], bytes]] = {
        "trafilatura": _HTML.encode,
        "feedparser": _RSS.encode,
        "striprtf": f"{{\\rtf1 {SENTENCE}}}".encode,
        "pypdf": _pdf,
        "docx": partial(office_file, _WORD),
        "warcio": _warc,
    }
    return makers[package]() if package in makers else None
