"""The reader of each format, chosen by the ending of a file's name."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import PurePosixPath

from scripts.documents.archives import read_gzip, read_zip
from scripts.documents.feeds import read_feed
from scripts.documents.pages import read_html
from scripts.documents.parts import Raw, Reader
from scripts.documents.pdf import read_pdf
from scripts.documents.plain import read_markdown, read_plain
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.rows import read_csv, read_json, read_jsonl, read_xlsx
from scripts.documents.rtf import read_rtf
from scripts.documents.settings import Settings
from scripts.documents.wacz import read_wacz
from scripts.documents.webarchives import read_warc
from scripts.documents.word import read_docx

_READERS: dict[str, Reader] = {
    **dict.fromkeys(("", ".txt", ".text"), read_plain),
    **dict.fromkeys((".md", ".markdown"), read_markdown),
    **dict.fromkeys((".csv", ".tsv"), read_csv),
    **dict.fromkeys((".jsonl", ".ndjson"), read_jsonl),
    ".json": read_json,
    ".xlsx": read_xlsx,
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    ".docx": read_docx,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    **dict.fromkeys((".rss", ".atom", ".xml"), read_feed),
    ".warc": partial(read_warc, html=read_html),
    ".wacz": partial(read_wacz, html=read_html),
}
_ARCHIVES = (".gz", ".zip")


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _read_plain_file(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    ending = _suffix(name)
    if ending in _ARCHIVES:
        raise UnreadableError("nested", "An archive within an archive is not opened. Unpack the outer one.")
    if ending not in _READERS:
        known = " ".join(sorted(filter(None, (*_READERS, *_ARCHIVES))))
        message = f"Files that end in {ending} are not read; these are: {known}. Save it as one of these, or remove it."
        raise UnreadableError("format", message)
    return _READERS[ending](name, data, settings)


def read_file(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Return the texts and problems of a file; raise UnreadableError if it has no text that can be read."""
    ending = _suffix(name)
    if ending == ".zip":
        return read_zip(name, data, settings, _read_plain_file)
    if ending == ".gz":
        unpacked, problems = read_gzip(data, settings)
        return chain(problems, _read_plain_file(name[: -len(ending)], unpacked, settings))
    return _read_plain_file(name, data, settings)
