"""A reader's decisions about the machine's results: the rows of correction sheets in review/, parsed and checked.

A decision gives its place by document, SHA-256 of the document's text and span of characters, and has the value that it
replaces. So the row alone shows whether the decision still applies.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from scripts.core.sheets import whole_number
from scripts.entities.kinds import ONTONOTES

EVERYWHERE = "*"  # as doc_id: in all documents
DECISION_COLUMNS = ("doc_id", "text_sha256", "start", "end", "what", "old", "new", "who", "date", "note", "context")
# Columns with character offsets.
OFFSETS = ("start", "end")
# Columns that define the decision; the others record who made it, when, why, and the sentence around its place.
DECIDED = DECISION_COLUMNS[:7]
ON_QUOTES = frozenset(["speaker", "role", "type", "cue", "content", "reject_quote", "add_quote"])
ON_NAMES = frozenset(["label", "entity", "reject_name"])
ON_FRAMES = frozenset(["reject_frame"])
ON_DOCUMENTS = frozenset(["merge", "apart", "reject_document"])
ON_CORPUS = frozenset(["merge", "apart"])
# Decisions on one of several values at a place; the old value identifies it.
PER_VALUE = frozenset(["merge", "reject_frame"])
DECISION_KINDS = ON_QUOTES | ON_NAMES | ON_FRAMES | ON_DOCUMENTS
TYPES = ("direct", "indirect", "mixed", "no comment")
_SHA256 = re.compile("[0-9a-f]{64}")


class Decision(NamedTuple):
    """A row of a correction sheet, at `row` of `file` (spreadsheet rows, from 1); `start` and `end` are -1 if empty.

    `context` may have the sentence around the place and its neighbours (scripts/review/found_again.py).
    """

    file: str
    row: int
    doc_id: str
    text_sha256: str
    start: int
    end: int
    what: str
    old: str
    new: str
    who: str
    date: str
    note: str
    context: str = ""

    @property
    def place(self) -> str:
        """Return the file and row as they appear in problems and tables."""
        return f"{self.file}, row {self.row}"


class Outcome(NamedTuple):
    """The fate of a decision: `status` is applied, agreed, stale, conflicting, unknown document or invalid."""

    decision: Decision
    status: str
    detail: str


def _offset(cell: str, side: str) -> int:
    """Return the offset in a cell, or -1 for an empty cell. Raises ValueError if it is not a whole number."""
    try:
        return whole_number(cell) if cell else -1
    except ValueError:
        raise ValueError(f"{side} = {cell[:40]!r} is not the number of a character. Copy it as it was.") from None


def parse_decision(file: str, row: int, cells: Mapping[str, str]) -> Decision:
    """Return the decision in a row of a sheet, given as cells by column.

    Raises ValueError, saying what to do, if the row is not a complete decision.
    """
    values = {name: cells.get(name, "").strip() for name in DECISION_COLUMNS}
    kind = values["what"].lower().replace(" ", "_")
    if kind not in DECISION_KINDS:
        raise ValueError(f"what = {values['what'][:40]!r} is none of {', '.join(sorted(DECISION_KINDS))}. Write one.")
    start, end = (_offset(values[side], side) for side in OFFSETS)
    texts = (values[name] for name in ("old", "new", "who", "date", "note", "context"))
    sha256 = values["text_sha256"].lower()
    decision = Decision(file, row, values["doc_id"], sha256, start, end, kind, *texts)
    fault = _fault(decision)
    if fault:
        raise ValueError(fault)
    return decision


def _fault(decision: Decision) -> str:
    """Return the fault of a decision with advice, or "" if the decision is complete."""
    kind, corpus = decision.what, decision.doc_id == EVERYWHERE
    if not decision.doc_id:
        return "doc_id is empty. Copy it from the report, or write * for all documents."
    if corpus and kind not in ON_CORPUS:
        return f"{kind} needs one document, not *."
    if not corpus and not _SHA256.fullmatch(decision.text_sha256):
        return "text_sha256 must be the 64 letters and digits that the report or the review sheet gives."
    if kind not in ON_DOCUMENTS and not 0 <= decision.start < decision.end:
        return "start and end must be the characters that the report or the review sheet gives, start before end."
    if kind in ON_CORPUS and not (decision.old and decision.new and decision.old != decision.new):
        return f"{kind} needs two different names, in old and in new."
    if kind == "reject_document" and not decision.note:
        return "a document is left out with a reason: write it into note."
    if kind in {"type", "label", "entity", "content", "cue"} and not decision.new:
        return f"new is empty. Write the right {kind}."
    if kind == "type" and decision.new not in TYPES:
        return f"new = {decision.new[:40]!r}: a type is one of {', '.join(TYPES)}."
    if kind == "label" and decision.new not in ONTONOTES:
        return f"new = {decision.new[:40]!r}: a label is one of {', '.join(ONTONOTES)}."
    return ""
