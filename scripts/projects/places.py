"""The codings of a project's source as spans of its text, with the record of what was coded when it was exported."""

from typing import NamedTuple

from scripts.core.types import Span
from scripts.projects.exported import Exported, is_text, read_exported
from scripts.projects.positions import choose_reading, uniform
from scripts.projects.qdpx import Coding, TextSource


class PlacedSource(NamedTuple):
    """A source with its codings and the record of its export; the record is None if the text is not the exported one.

    `text` has line ends as in the corpus, and is None if the text is missing. `is_exported` is True for a source with
    a record, whatever its text. `misplaced` counts codings whose positions do not exist in the text.
    """

    source: TextSource
    text: str | None
    record: Exported | None
    is_exported: bool
    codings: list[Coding]
    misplaced: int


def place(source: TextSource, *, origin: str) -> PlacedSource:
    """Return a source with its codings in code points of the text; without a text, positions stay as in the file."""
    record = read_exported(source.notes)
    if source.text is None:
        return PlacedSource(source, None, None, record is not None, source.codings, 0)
    same = record is not None and is_text(source.text, record)
    expected: set[Span] = {span for mark in record.marks for span in mark.spans} if record and same else set()
    spans = [(coding.start, coding.end) for coding in source.codings]
    offset = choose_reading(source.text, spans, expected, origin=origin)
    text = uniform(source.text)
    codings = [
        coding._replace(start=offset[coding.start], end=offset[coding.end])
        for coding in source.codings
        if coding.start in offset and coding.end in offset and offset[coding.start] < offset[coding.end]
    ]
    misplaced = len(source.codings) - len(codings)
    return PlacedSource(source, text, record if same else None, record is not None, codings, misplaced)
