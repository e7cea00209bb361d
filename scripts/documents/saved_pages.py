"""The bytes of a page in a web archive, checked against the lengths and digests that archive and server state."""

import base64
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from scripts.documents.problems import UnreadableError

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord
    from warcio.utils import Digester

_CHUNK = re.compile(rb"[0-9a-f]{1,8}[ \t]{0,9}(?:;[^\r\n]{0,200})?\r\n", re.IGNORECASE)
_LAST_CHUNK = re.compile(rb"(?:\A|\r\n)0{1,8}[ \t]{0,9}(?:;[^\r\n]{0,200})?\r\n")
_TRAILER = 1_000  # bytes at the end of a page that are searched for its last chunk
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|div|p)\b", re.IGNORECASE)
_ALGORITHMS = frozenset(("md5", "sha1", "sha224", "sha256", "sha384", "sha512"))


class Stated(NamedTuple):
    """The digest of a record that the archive states, and the one computed from the bytes read."""

    digest: str
    computed: "Digester"


def stated_digest(record: "ArcWarcRecord") -> Stated | None:
    """Return the digest to check a record against, None if there is none, and stop the parser from checking any.

    It is the digest of the whole record, or else that of the page if no encoding leaves open which bytes it covers.
    """
    from warcio.digestverifyingreader import DigestVerifyingReader

    stream = record.raw_stream
    if not isinstance(stream, DigestVerifyingReader):
        return None
    stated = [(stream.block_digest, stream.block_digester)]
    headers = record.http_headers
    if not headers or not (headers.get_header("transfer-encoding") or headers.get_header("content-encoding")):
        stated.append((stream.payload_digest, stream.payload_digester))
    stream.block_digest = stream.payload_digest = None
    known = (Stated(*pair) for pair in stated if all(pair) and pair[0].partition(":")[0].lower() in _ALGORITHMS)
    return next(known, None)


def _differs(stated: Stated) -> bool:
    """Return whether a digest differs from the stated one in all of the alphabets that archives write digests in."""
    value = stated.digest.partition(":")[2].strip().rstrip("=")
    computed = stated.computed.digester.digest()
    plain = {encode(computed).decode("ascii").rstrip("=") for encode in (base64.b64encode, base64.urlsafe_b64encode)}
    folded = {computed.hex(), base64.b32encode(computed).decode("ascii").rstrip("=").lower()}
    return value not in plain and value.lower() not in folded


def _http_faults(record: "ArcWarcRecord", raw: bytes) -> list[str]:
    """Return the faults of a page that its HTTP headers reveal; `raw` is the page as it was sent."""
    if not record.http_headers:
        return []
    if (record.http_headers.get_header("transfer-encoding") or "").lower() == "chunked":
        # Some archives keep this header on pages whose chunks they have joined.
        is_cut = bool(_CHUNK.match(raw)) and not _LAST_CHUNK.search(raw[-_TRAILER:])
        return ["it ends before its last part"] if is_cut else []
    announced = record.http_headers.get_header("content-length") or ""
    if announced.isdecimal() and len(announced) < 16 and int(announced) > len(raw):
        return [f"the server announced {int(announced):,} bytes; {len(raw):,} were saved"]
    return []


def saved_page(record: "ArcWarcRecord", stated: Stated | None, most: int) -> tuple[bytes, list[str]]:
    """Return the unpacked bytes of a page, at most `most` + 1, and the signs that some of the page is missing.

    Raises UnreadableError if the page has a content encoding that is not supported.
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
    elif stated and _differs(stated):
        faults.append("its bytes do not have the digest that the archive states")
    if reason := record.rec_headers.get_header("WARC-Truncated"):
        faults.append(f"the program that saved it cut it ({reason[:40]})")
    if not missing:
        faults += _http_faults(record, raw)
    packing = (record.http_headers.get_header("content-encoding") or "").lower() if record.http_headers else ""
    is_read = packing in ("", "identity", *BufferedReader.get_supported_decompressors())
    if not is_read and not _MARKUP.search(raw):
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        message = f"{url[:200]}: the page is packed ({packing[:40]}), which cannot be read. Save it again as HTML."
        raise UnreadableError("packed", message)
    record.raw_stream = io.BytesIO(raw)
    reader = record.content_stream()
    content = reader.read(most + 1)
    unpacker = getattr(reader, "decompressor", None)
    if unpacker is not None and not getattr(unpacker, "eof", True) and len(content) <= most and not faults:
        faults.append("its packed content ends before its end mark")
    return content, faults
