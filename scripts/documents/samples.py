"""A small sample file for each parser from a package: a parser that fails on its sample too is itself at fault."""

import io

from scripts.core.sample import SENTENCE

_HTML = f"<html><head><title>Harbour</title></head><body><article>{f'<p>{SENTENCE}</p>' * 5}</article></body></html>"
_RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><item><title>Harbour</title>'
    f"<description>{SENTENCE}</description></item></channel></rss>"
)
_PDF_STREAM = f"BT /F1 12 Tf 72 720 Td ({SENTENCE}) Tj ET"
# Without a cross-reference table, which the parser rebuilds.
_PDF = f"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj
4 0 obj << /Length {len(_PDF_STREAM)} >>
stream
{_PDF_STREAM}
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
trailer << /Root 1 0 R >>
startxref
0
%%EOF
"""
_PAGE = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_HTML)}\r\n\r\n{_HTML}"
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/\r\n"
    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(_PAGE)}\r\n\r\n{_PAGE}\r\n\r\n"
)
_TEXTS = {
    "trafilatura": _HTML,
    "feedparser": _RSS,
    "striprtf": f"{{\\rtf1 {SENTENCE}}}",
    "pypdf": _PDF,
    "warcio": _WARC,
}


def _word_document() -> bytes:
    """Return a Word document of one paragraph."""
    import docx

    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(SENTENCE)
    document.save(out)
    return out.getvalue()


def sample_file(package: str) -> bytes | None:
    """Return a file that the parser of a package should read; None if there is no sample for it."""
    if package == "docx":
        return _word_document()
    return _TEXTS[package].encode() if package in _TEXTS else None
