"""The table `project_codings`: every coding in the projects that other tools wrote, with its document; and problems.

Users' own codes, which Newsloom does not know, are thus kept with their document and characters.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import Any

from scripts.core.annotation import documents_by_text, text_sha256
from scripts.core.options import path_options
from scripts.core.planned import read_files
from scripts.core.problem_rows import problem_row
from scripts.core.storage import read_by_document, read_settings, rows_to_table, write_parquet
from scripts.core.tables import write_table
from scripts.projects.codes import CODED, FRAMES, GROUPS, Code, shown
from scripts.projects.places import PlacedSource, place
from scripts.projects.qdpx import Coding, Project, read_project

_SHOWN = 120  # characters of a name in a message
_MOST_CODED = 500_000_000  # total characters of a project's coded passages, which the table repeats


def _status(placed: PlacedSource, coding: Coding, exported: set[tuple[int, int, Code]]) -> str:
    if (coding.start, coding.end, coding.code) in exported:
        return "exported"
    if coding.code[0] not in GROUPS:
        return "foreign"
    return "added" if placed.record else "unclear"


def _source_rows(
    file: str, placed: PlacedSource, doc_ids: Mapping[str, str], *, with_texts: bool
) -> list[dict[str, Any]]:
    """Return the rows of project_codings for a source, with or without the texts of its passages.

    `doc_ids` maps the SHA-256 of each text of the corpus to its document.
    """
    record, text = placed.record, placed.text
    sha256 = record.sha256 if record else text_sha256(text) if text is not None else ""
    marks = record.marks if record else []
    exported = {(*span, code) for mark in marks for span in mark.spans for code in mark.codes}
    return [
        {
            "file": file, "source": placed.source.name, "doc_id": doc_ids.get(sha256, ""), "text_sha256": sha256,
            "start": coding.start, "end": coding.end, "code": shown(coding.code), "who": coding.user,
            "text": text[coding.start : coding.end] if text is not None and with_texts else "",
            "date": coding.date, "note": coding.note, "status": _status(placed, coding, exported),
        }
        for coding in placed.codings
    ]  # fmt: skip


def _source_faults(placed: PlacedSource, *, known: bool) -> list[tuple[str, str]]:
    """Return the code and message of each fault in a source; `known` is True if its text is in the corpus."""
    name = f"source {placed.source.name[:_SHOWN]!r}"
    codings = len(placed.source.codings)
    faults = []
    if placed.text is not None and placed.is_exported and placed.record is None:
        message = (
            f"{name}: its text is not the one that was exported, so nothing was corrected by it. Code the text as "
            "it was exported: the tool must not edit it."
        )
        faults.append(("project-text", message))
    elif placed.text is not None and not known:
        message = (
            f"{name}: its text is not in the corpus. Its {codings} codings are in the table project_codings only. Put "
            "the article into the folder of seeds to use them."
        )
        faults.append(("project-other-text", message))
    elif placed.text is not None and not placed.is_exported and codings:
        message = (
            f"{name}: it has no record of the export (a note by Newsloom, which the tool lost or somebody edited), so "
            f"nothing was corrected by it. Its {codings} codings are in the table project_codings only. "
            "Code the text in the project as it was exported."
        )
        faults.append(("project-record", message))
    if placed.source.fault:
        message = f"{name}: {placed.source.fault}. Export the project with its texts once more."
        faults.append(("project-source", message))
    if placed.misplaced:
        message = (
            f"{name}: {placed.misplaced} codings have positions that are not in its text; they are left out. "
            "Export the project with its texts once more."
        )
        faults.append(("project-positions", message))
    return faults


def _outside(rows: Iterable[Mapping[str, Any]]) -> int:
    """Return how many codings of frames were added outside the passages that the same person coded in full."""
    passages = defaultdict(list)
    frames = []
    for row in rows:
        key = (row["source"], row["text_sha256"], row["who"])
        if row["code"] == shown(CODED):
            passages[key].append((row["start"], row["end"]))
        elif row["status"] == "added" and row["code"].startswith(f"{FRAMES} "):
            frames.append((key, row["start"], row["end"]))
    starts = {key: sorted(spans) for key, spans in passages.items()}
    # For each passage in order, the furthest end of the passages up to it; -1 before the first.
    ends = {key: [*accumulate((last for _, last in spans), max, initial=-1)] for key, spans in starts.items()}
    return sum(
        ends[key][bisect_right(starts[key], start, key=itemgetter(0))] < end if key in starts else True
        for key, start, end in frames
    )


def project_rows(
    file: str, project: Project, doc_ids: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the rows of project_codings for a project, and the code and message of each fault in it."""
    rows: list[dict[str, Any]] = []
    faults = [("project-source", f"{fault}.") for fault in project.faults]
    codings = ((coding, len(source.text or "")) for source in project.sources for coding in source.codings)
    coded = sum(max(0, min(coding.end, length) - coding.start) for coding, length in codings)
    if coded > _MOST_CODED:
        message = (
            f"its coded passages have {coded:,} characters together, the limit of a project is {_MOST_CODED:,}: they "
            "are in project_codings without their text. Leave out codes on whole texts, or split the project."
        )
        faults.append(("project-limit", message))
    for source in project.sources:
        placed = place(source, origin=project.origin)
        rows += _source_rows(file, placed, doc_ids, with_texts=coded <= _MOST_CODED)
        sha256 = text_sha256(placed.text) if placed.text is not None else ""
        known = sha256 in doc_ids or (placed.record is not None and placed.record.sha256 in doc_ids)
        faults += _source_faults(placed, known=known)
    if number := _outside(rows):
        message = (
            f"{number} codings of frames were added outside of passages with the code {shown(CODED)!r}, so they do not "
            "count as a coder's codes. Put that code on the passages in which all frames were coded."
        )
        faults.append(("project-frames", message))
    for code, number in sorted(Counter(row["code"] for row in rows if row["status"] == "foreign").items()):
        message = (
            f"code {code[:_SHOWN]!r} is not one of Newsloom's: nothing is corrected by it. Its {number} codings are in "
            "the table project_codings. If it is a code of your own, there is nothing to do."
        )
        faults.append(("project-foreign-code", message))
    return rows, faults


def main() -> None:
    """Write the codings of all projects in the manifest."""
    options = path_options(main.__doc__, "files", "folder", "settings", "problems")
    texts = read_by_document(options.folder / "documents.parquet", "text")
    doc_ids = documents_by_text(texts)
    rows, problems = [], []
    for path, data in sorted(read_files(options.files).items()):
        file = Path(path).name
        of_project, faults = project_rows(file, read_project(file, data), doc_ids)
        rows += of_project
        for code, message in faults:
            # Users may add codes of their own on purpose.
            severity = "note" if code == "project-foreign-code" else "warning"
            problems.append(problem_row(f"review/{file}", "project_codings", code, message, severity=severity))
    rows.sort(key=itemgetter("file", "source", "start", "end", "code", "who", "date"))
    settings = read_settings(options.settings)
    write_table(options.folder, "project_codings", rows_to_table("project_codings", rows), **settings["tables"])
    write_parquet(options.problems, rows_to_table("problems", problems))
