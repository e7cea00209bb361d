"""WACZ: web archives in a ZIP."""

from collections.abc import Iterator

from scripts.documents.archives import read_gzip, read_zip
from scripts.documents.parts import Raw, Reader
from scripts.documents.problems import Problem
from scripts.documents.settings import Settings
from scripts.documents.webarchives import read_warc


def read_wacz(name: str, data: bytes, settings: Settings, html: Reader) -> Iterator[Raw | Problem]:
    """Yield the pages of the WARC files in a WACZ file."""

    def read_member(member: str, content: bytes, settings: Settings) -> Iterator[Raw | Problem]:
        if member.lower().endswith(".warc.gz"):
            content, problems = read_gzip(content, settings)
            yield from problems
        elif not member.lower().endswith(".warc"):
            return
        yield from read_warc(member, content, settings, html)

    return read_zip(name, data, settings, read_member)
