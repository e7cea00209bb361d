"""Changes of a project since it was exported, as decisions: corrections of statements, names and frames.

A coding that is in the record of the export and no longer in the project was deleted: the statement, name or cue is
rejected, or has another speaker, type, label or name where one of these was put in its place. A speaker on a passage
that had none is a statement that was missed. Codings of frames that were added are no corrections, but a coder's codes.
Projects are read when the DAG is built, as the sheets are.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scripts.core.planned import entry, manifest
from scripts.core.types import Span
from scripts.projects.codes import (
    CODED,
    NAMES,
    NO_SPEAKER,
    NOT_A_NAME,
    NOT_A_STATEMENT,
    REVIEW,
    SPEAKERS,
    STATEMENTS,
    Code,
)
from scripts.projects.exported import CodedSpans, Exported
from scripts.projects.places import place
from scripts.projects.qdpx import Coding, Project, ProjectError, read_project
from scripts.review.corrections import ALIKE, jaccard
from scripts.review.decisions import TYPES, Decision, parse_decision
from scripts.review.found_again import context_of
from scripts.review.reading import Fault

# A tool lost marks if more than half of those of a kind are gone from a text, and at least this many.
_FEWEST_LOST = 4


class Change(NamedTuple):
    """A change at a place: what, the old value and the new one, and the coding that says so, if there is one."""

    start: int
    end: int
    what: str
    old: str
    new: str
    coding: Coding | None


class Codings:
    """The codings of a text by span that no change of the text explains yet."""

    def __init__(self, text: str, codings: Iterable[Coding], record: Exported) -> None:
        """Take a text, its codings and the record of its export."""
        self.text = text
        codings = list(codings)
        self.review = [coding for coding in codings if coding.code[0] == REVIEW]
        self.present = {(coding.start, coding.end, coding.code) for coding in codings}
        expected = {(*span, code) for mark in record.marks for span in mark.spans for code in mark.codes}
        self.added = [coding for coding in codings if (coding.start, coding.end, coding.code) not in expected]

    def has(self, mark: CodedSpans, code: Code) -> bool:
        """Return True if a code of a mark is on all its spans still."""
        return all((*span, code) in self.present for span in mark.spans)

    def take(self, spans: Iterable[Span], group: str) -> list[Coding]:
        """Return the added codings of a group on these spans, one a code, and take them out."""
        distinct = set(spans)
        taken = [each for each in self.added if each.code[0] == group and (each.start, each.end) in distinct]
        self.added = [each for each in self.added if each not in taken]
        return list({each.code: each for each in reversed(taken)}.values())[::-1]

    def take_alike(self, span: Span, code: Code) -> Coding | None:
        """Return the added coding of a code on nearly the same span, and take it out; None if there is none."""
        if alike := _alike(self.added, span, code):
            self.added.remove(alike)
        return alike


def _alike(codings: Iterable[Coding], span: Span, code: Code) -> Coding | None:
    """Return the first coding of a code on nearly the same span, None if there is none."""
    of_code = (each for each in codings if each.code == code)
    return next((each for each in of_code if jaccard(span, (each.start, each.end)) >= ALIKE), None)


def _hull(mark: CodedSpans) -> Span:
    return mark.spans[0][0], mark.spans[-1][1]


def _value(code: Code) -> str:
    return "" if code[-1] == NO_SPEAKER else code[-1]


def statement_changes(mark: CodedSpans, codings: Codings) -> Iterator[Change | str]:
    """Yield the changes of an exported statement, and faults as text."""
    hull = _hull(mark)
    kind, speaker = mark.codes
    if rejecting := _alike(codings.review, hull, NOT_A_STATEMENT):
        yield Change(*hull, "reject_quote", mark.old, "", rejecting)
        return
    speakers, types = codings.take(mark.spans, SPEAKERS), codings.take(mark.spans, STATEMENTS)
    gone = not codings.has(mark, speaker) and not codings.has(mark, kind)
    if gone and not speakers and not types:
        spans = [span for span in mark.spans if (*span, speaker) in codings.present]
        moved = None if spans else codings.take_alike(hull, speaker)
        if moved is not None:
            spans = [(moved.start, moved.end)]
            codings.take(spans, STATEMENTS)
        if not spans:
            yield Change(*hull, "reject_quote", mark.old, "", None)
            return
        content = " ... ".join(codings.text[start:end] for start, end in mark.spans)
        yield Change(*hull, "content", content, " ".join(f"{start}-{end}" for start, end in spans), moved)
        return
    if len(speakers) > 1:
        yield f"two speakers were put on characters {hull[0]} to {hull[1]}: neither counts"
    elif speakers:
        yield Change(*hull, "speaker", mark.old, _value(speakers[0].code), speakers[0])
    elif not codings.has(mark, speaker) and _value(speaker):
        yield Change(*hull, "speaker", mark.old, "", None)
    if len(types) == 1 and types[0].code[-1] in TYPES:
        yield Change(*hull, "type", kind[1], types[0].code[-1], types[0])
    elif types:
        yield f"{', '.join(each.code[-1] for each in types)} on characters {hull[0]} to {hull[1]} is not one type"


def name_changes(mark: CodedSpans, codings: Codings) -> Iterator[Change | str]:
    """Yield the changes of an exported name, and faults as text."""
    span, (code,) = mark.spans[0], mark.codes
    rejecting = _alike(codings.review, span, NOT_A_NAME)
    others = codings.take(mark.spans, NAMES)
    if rejecting is not None or (not others and not codings.has(mark, code)):
        yield Change(*span, "reject_name", mark.old, "", rejecting)
    elif len(others) > 1 or (others and len(others[0].code) != len(code)):
        yield f"the codes on the name at characters {span[0]} to {span[1]} are not one label and name"
    elif others:
        _, label, name = others[0].code
        if label != code[1]:
            yield Change(*span, "label", code[1], label, others[0])
        if name != code[2]:
            yield Change(*span, "entity", mark.old, name, others[0])


def frame_changes(mark: CodedSpans, codings: Codings) -> Iterator[Change | str]:
    """Yield the rejection of an exported cue of a frame, if it is gone."""
    (code,) = mark.codes
    if not codings.has(mark, code):
        yield Change(*mark.spans[0], "reject_frame", ".".join(code[1:]), "", None)


_CHANGES = {"statement": statement_changes, "name": name_changes, "frame": frame_changes}


def text_changes(text: str, record: Exported, codings: list[Coding]) -> tuple[list[Change], list[str]]:
    """Return the changes in a text since its export, and what of them cannot be taken, with advice."""
    left = Codings(text, codings, record)
    changes: dict[str, list[Change]] = defaultdict(list)
    faults = []
    for mark in record.marks:
        for change in _CHANGES[mark.kind](mark, left) if mark.kind in _CHANGES else ():
            if isinstance(change, str):
                faults.append(f"{change}. Leave one, and export the project once more.")
            else:
                changes[mark.kind].append(change)
    exported = Counter(mark.kind for mark in record.marks)
    for kind, of_kind in changes.items():
        gone = [change for change in of_kind if change.what.startswith("reject") and change.coding is None]
        if len(gone) >= _FEWEST_LOST and 2 * len(gone) > exported[kind]:
            changes[kind] = [change for change in of_kind if change not in gone]
            faults.append(
                f"{len(gone)} of {exported[kind]} codings of the kind {kind} are gone from the text, as when a tool "
                "loses them: none is taken as rejected. Reject single ones with the codes in the group Review."
            )
    added = [change for of_kind in changes.values() for change in of_kind]
    for coding in left.added:
        if coding.code[0] == SPEAKERS:
            added.append(Change(coding.start, coding.end, "add_quote", "", _value(coding.code), coding))
        elif coding.code[0] == NAMES:
            faults.append(
                f"a name was added at characters {coding.start} to {coding.end}: names can be corrected, not added. It "
                "is in the table project_codings; there is nothing to do."
            )
    return added, faults


def project_decisions(file: str, project: Project) -> tuple[list[Decision], list[str]]:
    """Return the decisions in a project, numbered from 1 as their rows, and what of it cannot be taken, with advice.

    Nothing is taken from a source without a record or with another text than the exported one; the step that makes the
    table project_codings says what is wrong with it, since it knows the corpus.
    """
    decisions: list[Decision] = []
    faults = []
    for source in project.sources:
        placed = place(source, origin=project.origin)
        if placed.record is None or placed.text is None:
            continue
        changes, of_text = text_changes(placed.text, placed.record, placed.codings)
        faults += [f"{source.name}: {fault}" for fault in of_text]
        for change in sorted(changes, key=lambda each: (each.start, each.end, each.what, each.new)):
            cells = {"doc_id": placed.record.doc_id, "text_sha256": placed.record.sha256, **_cells(change, placed.text)}
            try:
                decisions.append(parse_decision(file, len(decisions) + 1, cells))
            except ValueError as error:
                faults.append(f"{source.name}, characters {change.start} to {change.end}: {error}")
    return decisions, faults


def _cells(change: Change, text: str) -> dict[str, str]:
    """Return a change in a text as the cells of a sheet of corrections."""
    cells = {name: str(value) for name, value in change._asdict().items() if name != "coding"}
    cells["context"] = context_of(text, change.start, change.end)
    if change.coding is not None:
        cells |= {"who": change.coding.user, "date": change.coding.date[:10], "note": change.coding.note}
    return cells


def read_projects(files: Mapping[Path, bytes]) -> tuple[str, list[Decision], list[Fault]]:
    """Return the manifest of projects, given with their bytes, the decisions in them, and what is wrong with them.

    An entry of the manifest also has `coded`, True if a person coded frames in the project.
    """
    entries, decisions, faults = [], [], []
    for path, data in files.items():
        try:
            project = read_project(path.name, data)
        except ProjectError as error:
            faults.append(Fault(path.name, 0, str(error)))
            continue
        of_project, messages = project_decisions(path.name, project)
        decisions += of_project
        faults += [Fault(path.name, 0, message) for message in messages]
        coded = any(coding.code == CODED for source in project.sources for coding in source.codings)
        entries.append(entry(path, data, coded=coded))
    return manifest(entries), decisions, faults


def with_coded_frames(text: str) -> list[dict[str, Any]]:
    """Return the entries of the projects in which a person coded frames, from a manifest's text."""
    return [each for each in map(json.loads, text.splitlines()) if each.pop("coded")]
