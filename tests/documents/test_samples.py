"""The project's own file of each format is read, and a parser that fails on it is at fault, not the user's file."""

import pytest

from scripts.core.sample import SENTENCE
from scripts.documents import pages, worker
from scripts.documents.feeds import read_feed
from scripts.documents.pdf import read_pdf
from scripts.documents.problems import UnreadableError
from scripts.documents.rtf import read_rtf
from scripts.documents.samples import sample_file
from scripts.documents.settings import Settings
from scripts.documents.word import read_docx

READERS = {
    "trafilatura": pages.read_html,
    "feedparser": read_feed,
    "striprtf": read_rtf,
    "pypdf": read_pdf,
    "docx": read_docx,
}


@pytest.mark.parametrize("package", READERS)
def test_a_sample_is_read_and_a_broken_file_is_at_fault(package):
    (text,) = READERS[package]("sample", sample_file(package), Settings())
    assert SENTENCE in text.text
    with pytest.raises(UnreadableError):
        list(READERS[package]("a", b"\x00broken", Settings()))


def test_a_parser_without_a_sample_is_taken_at_its_word():
    assert sample_file("json") is None
    assert worker._sample_fault("json", read_pdf.__wrapped__) == ""


def test_a_parser_that_fails_on_the_sample_is_at_fault(monkeypatch):
    monkeypatch.setattr("pypdf.PdfReader", lambda _: {}["gone"])
    assert "pypdf cannot read a file of this project either" in worker._sample_fault(
        "pypdf", lambda *arguments: read_pdf.__wrapped__(*arguments)
    )
