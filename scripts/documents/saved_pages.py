"""The bytes of a page in a web archive, held against the lengths that the archive and the server state."""

import io
import re
from typing import TYPE_CHECKING

from scripts.documents.problems import UnreadableError

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_CHUNK = re.compile(rb"[0-9a-f]{1,8}[ \t]{0,9}(?:;[^\r\n]{0,200})?\r\n", re.IGNORECASE)
_LAST_CHUNK = re.compile(rb"(?:\A|\r\n)0{1,8}[ \t]{0,9}(?:;[^\r\n]{0,200})?\r\n")
_TRAILER = 1_000  # bytes at the end of a page among which its last chunk is sought
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|div|p)\b", re.IGNORECASE)


def _http_faults(record: "ArcWarcRecord", raw: bytes) -> list[str]:
    """Return the faults that the head of the server's answer shows in a page; `raw` is the page as it was sent."""
    if not record.http_headers:
        return []
    if (record.http_headers.get_header("transfer-encoding") or "").lower() == "chunked":
        # Some archives keep this header on pages that they have put together.
        is_cut = bool(_CHUNK.match(raw)) and not _LAST_CHUNK.search(raw[-_TRAILER:])
        return ["it ends before its last part"] if is_cut else []
    announced = record.http_headers.get_header("content-length") or ""
    if announced.isdecimal() and len(announced) < 16 and int(announced) > len(raw):
        return [f"the server announced {int(announced):,} bytes, {len(raw):,} were saved"]
    return []


def saved_page(record: "ArcWarcRecord", most: int) -> tuple[bytes, list[str]]:
    """Return the bytes of a page, unpacked, up to one more than `most`, and what says that they are not all of it.

    Raises UnreadableError for a page that is packed in a way that is not read here.
    """
    from warcio.bufferedreaders import BufferedReader

    raw = record.raw_stream.read(most + 1)
    if len(raw) > most:
        return raw, []
    missing = getattr(record.raw_stream, "limit", 0)
    faults = []
    if record.length is None:
        faults.append("the archive does not state its length")
    if missing:
        faults.append(f"{missing:,} bytes of its record are missing")
    if reason := record.rec_headers.get_header("WARC-Truncated"):
        faults.append(f"the program that saved it cut it ({reason[:40]})")
    if not missing:
        faults += _http_faults(record, raw)
    packing = (record.http_headers.get_header("content-encoding") or "").lower() if record.http_headers else ""
    is_read = packing in ("", "identity", *BufferedReader.get_supported_decompressors())
    if not is_read and not _MARKUP.search(raw):
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        message = f"{url[:200]}: the page is packed ({packing[:40]}), which is not read. Save it again as HTML."
        raise UnreadableError("packed", message)
    record.raw_stream = io.BytesIO(raw)
    reader = record.content_stream()
    content = reader.read(most + 1)
    unpacker = getattr(reader, "decompressor", None)
    if unpacker is not None and not getattr(unpacker, "eof", True) and len(content) <= most and not faults:
        faults.append("its packed content ends before its end mark")
    return content, faults
