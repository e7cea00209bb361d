"""Marks in each document's text: statements, names and cues of frames, with their codes."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from scripts.core.corpus_names import read_changed_names
from scripts.core.storage import read_parquet
from scripts.entities.kinds import READER_KINDS, fold
from scripts.projects.codes import STATEMENTS, frame_code, name_code, speaker_code
from scripts.projects.exported import CodedSpans

_QUOTES = ["doc_id", "type", "content_spans", "cue", "cue_start", "cue_end", "speaker", "speaker_in_document"]
_QUOTES += ["role", "rule", "confidence", "corrected_by"]


def _facts(**facts: object) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in facts.items() if value not in ("", None))


def _statement(row: dict[str, Any]) -> CodedSpans:
    """Return the mark of an attribution; a refusal, which has no words, is marked at its cue."""
    spans = tuple((start, end) for start, end in row["content_spans"]) or ((row["cue_start"], row["cue_end"]),)
    facts = {name: row[name] for name in ("cue", "role", "corrected_by")}
    codes = ((STATEMENTS, row["type"]), speaker_code(row["speaker"]))
    note = _facts(rule=row["rule"], confidence=f"{row['confidence']:.2f}", **facts)
    return CodedSpans("statement", spans, codes, row["speaker_in_document"], note)


def document_marks(folder: Path) -> dict[str, list[CodedSpans]]:
    """Return the marks of each document from the tables quotes, entities and frame_codes in a folder.

    Only names of people, places, organisations and groups are marked. Names and speakers are coded by their name over
    all documents.
    """
    marks: dict[str, list[CodedSpans]] = defaultdict(list)
    names = read_changed_names(folder / "entity_mentions.parquet")
    for row in read_parquet(folder / "quotes.parquet", _QUOTES).to_pylist():
        if row["content_spans"] or row["cue_start"] is not None:  # a refusal has no words, so it is placed at its cue
            marks[row["doc_id"]].append(_statement(row))
    columns = ["doc_id", "start", "end", "label", "entity", "corrected_by"]
    for row in read_parquet(folder / "entities.parquet", columns).to_pylist():
        if fold(row["label"]) in READER_KINDS:
            span, note = (row["start"], row["end"]), _facts(corrected_by=row["corrected_by"])
            code = name_code(row["label"], names.get((row["doc_id"], row["entity"]), row["entity"]))
            marks[row["doc_id"]].append(CodedSpans("name", (span,), (code,), row["entity"], note))
    for row in read_parquet(folder / "frame_codes.parquet").to_pylist():
        span, code = (row["start"], row["end"]), frame_code(row["scheme"], row["frame"])
        note = _facts(term=row["term"], negated="yes" if row["negated"] else "", voice=row["speaker"])
        marks[row["doc_id"]].append(CodedSpans("frame", (span,), (code,), "", note))
    return marks
