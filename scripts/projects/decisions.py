"""Changes made to a project since its export, as decisions: corrections of statements, names and frames.

A coding in the record of the export that is no longer in the project was deleted. This rejects the statement, name or
cue, unless another speaker, type, label or name was put in its place: then it corrects that. A speaker on a passage
that had none adds a statement that was missed. Added codings of frames are a coder's codes, not corrections.
Like the review sheets, projects are read when the DAG is built.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scripts.core.planned import entry, manifest
from scripts.core.statements import content_of
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

# If more than half of a text's marks of one kind are gone, and at least this many, a tool must have lost them.
_FEWEST_LOST = 4


class Change(NamedTuple):
    """A change to a span: its type (`what`), the old and the new value, and the coding that shows it, if any."""

    start: int
    end: int
    what: str
    old: str
    new: str
    coding: Coding | None


class Codings:
    """The codings of a text; `added` are those not in the record of its export and not yet taken as a change."""

    def __init__(self, text: str, codings: Iterable[Coding], record: Exported) -> None:
        """Take a text, its codings and the record of its export."""
        self.text = text
        codings = list(codings)
        self.review = [coding for coding in codings if coding.code[0] == REVIEW]
        self.present = {(coding.start, coding.end, coding.code) for coding in codings}
        expected = {(*span, code) for mark in record.marks for span in mark.spans for code in mark.codes}
        self.added = [coding for coding in codings if (coding.start, coding.end, coding.code) not in expected]

    def has(self, mark: CodedSpans, code: Code) -> bool:
        """Return True if all spans of a mark still have a code."""
        return all((*span, code) in self.present for span in mark.spans)

    def take(self, spans: Iterable[Span], group: str) -> list[Coding]:
        """Return the added codings of a group on these spans, one per code, and remove them from `added`."""
        distinct = set(spans)
        taken = [each for each in self.added if each.code[0] == group and (each.start, each.end) in distinct]
        self.added = [each for each in self.added if each not in taken]
        return list({each.code: each for each in reversed(taken)}.values())[::-1]

    def take_alike(self, span: Span, code: Code) -> Coding | None:
        """Return the added coding of a code on nearly the same span and remove it from `added`; None without one."""
        if alike := _alike(self.added, span, code):
            self.added.remove(alike)
        return alike


def _alike(codings: Iterable[Coding], span: Span, code: Code) -> Coding | None:
    """Return the first coding of a code on nearly the same span, or None."""
    of_code = (each for each in codings if each.code == code)
    return next((each for each in of_code if jaccard(span, (each.start, each.end)) >= ALIKE), None)


def _hull(mark: CodedSpans) -> Span:
    return mark.spans[0][0], mark.spans[-1][1]


def _value(code: Code) -> str:
    return "" if code[-1] == NO_SPEAKER else code[-1]


def statement_changes(mark: CodedSpans, codings: Codings) -> Iterator[Change | str]:
    """Yield the changes to an exported statement, and faults as text."""
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
        content = content_of(codings.text, mark.spans)
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
    """Yield the changes to an exported name, and faults as text."""
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
    """Yield the rejection of an exported cue of a frame if its coding is gone."""
    (code,) = mark.codes
    if not codings.has(mark, code):
        yield Change(*mark.spans[0], "reject_frame", ".".join(code[1:]), "", None)


_CHANGES = {"statement": statement_changes, "name": name_changes, "frame": frame_changes}


def text_changes(text: str, record: Exported, codings: list[Coding]) -> tuple[list[Change], list[str]]:
    """Return the changes in a text since its export, and messages with advice on changes that cannot be used."""
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
    """Return the decisions in a project, their rows numbered from 1, and messages on changes that cannot be used.

    A source without a record, or whose text is not the exported one, is skipped; the step that makes the table
    project_codings reports what is wrong with it, since that step knows the corpus.
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
    """Return a change in a text as the cells of a correction sheet."""
    cells = {name: str(value) for name, value in change._asdict().items() if name != "coding"}
    cells["context"] = context_of(text, change.start, change.end)
    if change.coding is not None:
        cells |= {"who": change.coding.user, "date": change.coding.date[:10], "note": change.coding.note}
    return cells


def read_projects(files: Mapping[Path, bytes]) -> tuple[str, list[Decision], list[Fault]]:
    """Return the manifest of projects, the decisions in them, and their faults; `files` has the bytes by path.

    A manifest entry also has `coded`, which is True if a person coded frames in the project.
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
    """Return a manifest's entries for the projects in which a person coded frames, without the key `coded`."""
    return [each for each in map(json.loads, text.splitlines()) if each.pop("coded")]
