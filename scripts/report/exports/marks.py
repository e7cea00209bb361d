"""Marks in the texts, by document: attributions, names and cues of frames, each with its codes.

A code is a path in the codebook: ("Speakers", "Ann Smith"), ("Statements", "direct"), ("Names", "PERSON", "Ann Smith"),
("Frames", "generic", "conflict").
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from scripts.core.project_codes import NO_SPEAKER, frame_code, name_code, speaker_code, statement_code
from scripts.core.storage import read_parquet

Span = tuple[int, int]
Code = tuple[str, ...]
_QUOTES = ["doc_id", "quote", "type", "content_spans", "cue", "cue_start", "cue_end", "speaker", "speaker_type"]
_QUOTES += ["role", "rule", "confidence", "corrected_by"]


class Mark(NamedTuple):
    """Spans of a text (code points, end exclusive), the codes on them, and a note on how they were found.

    `kind` is statement, name or frame; `number` tells marks of a kind apart in their document.
    """

    kind: str
    number: int
    spans: tuple[Span, ...]
    codes: tuple[Code, ...]
    note: str


def _facts(**facts: object) -> str:
    return "; ".join(f"{name}: {value}" for name, value in facts.items() if value not in ("", None))


def _statement(row: dict[str, Any]) -> Mark:
    spans = tuple((start, end) for start, end in row["content_spans"])
    refusal = () if spans else ((row["cue_start"], row["cue_end"]),)
    note = _facts(
        rule=row["rule"],
        confidence=f"{row['confidence']:.2f}",
        cue=row["cue"],
        role=row["role"],
        corrected_by=row["corrected_by"],
    )
    codes = (statement_code(row["type"]), speaker_code(row["speaker"] or NO_SPEAKER))
    return Mark("statement", row["quote"], spans or refusal, codes, note)


def _name(row: dict[str, Any]) -> Mark:
    code = name_code(row["label"], row["entity"])
    return Mark(
        "name", row["mention"], ((row["start"], row["end"]),), (code,), _facts(corrected_by=row["corrected_by"])
    )


def _frame(number: int, row: dict[str, Any]) -> Mark:
    note = _facts(term=row["term"], negated="yes" if row["negated"] else "", voice=row["speaker"])
    return Mark("frame", number, ((row["start"], row["end"]),), (frame_code(row["scheme"], row["frame"]),), note)


def _placed(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield the attributions that have a place: words, or the cue of a refusal."""
    return (row for row in rows if row["content_spans"] or row["cue_start"] is not None)


def document_marks(folder: Path) -> dict[str, list[Mark]]:
    """Return the marks of each document from the tables quotes, entities and frame_codes in a folder."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for row in _placed(read_parquet(folder / "quotes.parquet", _QUOTES).to_pylist()):
        marks[row["doc_id"]].append(_statement(row))
    columns = ["doc_id", "mention", "start", "end", "label", "entity", "corrected_by"]
    for row in read_parquet(folder / "entities.parquet", columns).to_pylist():
        marks[row["doc_id"]].append(_name(row))
    for number, row in enumerate(read_parquet(folder / "frame_codes.parquet").to_pylist()):
        marks[row["doc_id"]].append(_frame(number, row))
    return marks
