"""The record of the codes that a text had when it was exported: a note on it in the project, as lines of JSON.

The first line identifies the document and its text. Each further line is a mark: kind, spans, codes, and for a
statement or name the speaker or name as the machine has it within the document. The record tells a coding that
somebody deleted in another tool from one that was never there.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from scripts.core.annotation import text_sha256
from scripts.core.types import Span
from scripts.projects.codes import MARK, Code
from scripts.projects.positions import uniform

# The lengths of the codes of a mark, by its kind.
_SHAPES = {"statement": (2, 2), "name": (3,), "frame": (3,), "sample": (2,)}
_LINE_ENDS_LOST = 3  # the most line ends that a tool may cut from the end of a text


class CodedSpans(NamedTuple):
    """Spans of a text (code points, end exclusive), and the codes on them.

    `kind` is statement, name, frame, or sample (drawn for coders); `old` is the name within the document, which a
    correction must repeat; `note` has details such as rule and confidence, and is not part of the record.
    """

    kind: str
    spans: tuple[Span, ...]
    codes: tuple[Code, ...]
    old: str
    note: str = ""


class Exported(NamedTuple):
    """The record of an exported text."""

    doc_id: str
    sha256: str
    length: int
    marks: list[CodedSpans]


def written(doc_id: str, text: str, marks: Sequence[CodedSpans]) -> str:
    """Return the record of a document as ASCII text, which no tool changes."""
    head = {MARK: 1, "doc_id": doc_id, "sha256": text_sha256(text), "length": len(text)}
    return "\n".join(json.dumps(line) for line in [head, *([*mark[:4]] for mark in marks)])


def _mark(line: Sequence[Any], length: int) -> CodedSpans:
    """Return a mark from its line. Raises ValueError, TypeError or KeyError if it is invalid for the text's length."""
    kind, spans, codes, old = line
    mark = CodedSpans(kind, tuple((int(start), int(end)) for start, end in spans), tuple(map(tuple, codes)), old)
    shape = tuple(len(code) for code in mark.codes)
    texts = [old, *(part for code in mark.codes for part in code)]
    if shape != _SHAPES[kind] or not mark.spans or not all(isinstance(text, str) for text in texts):
        raise ValueError(line)
    if not all(0 <= start < end <= length for start, end in mark.spans):
        raise ValueError(line)
    return mark


def read_exported(notes: Iterable[str]) -> Exported | None:
    """Return the record among the notes of a source, or None if it is missing or cannot be read after an edit."""
    for note in notes:
        if MARK not in note[:100]:
            continue
        try:
            head, *lines = map(json.loads, filter(None, map(str.strip, note.splitlines())))
            length = int(head["length"])
            return Exported(str(head["doc_id"]), str(head["sha256"]), length, [_mark(line, length) for line in lines])
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    return None


def is_text(stored: str, record: Exported) -> bool:
    """Return True if a stored text is the exported one, ignoring line ends and white space at the end."""
    text = uniform(stored)
    missing = record.length - len(text)
    if 0 < missing <= _LINE_ENDS_LOST:
        text += "\n" * missing
    return not text[record.length :].strip() and text_sha256(text[: record.length]) == record.sha256
