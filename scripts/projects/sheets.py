"""Coders' sheets, one per person, from the codes of frames in projects that come back from other tools.

A person codes frames on passages and puts the code "frames coded here" on each passage coded in full. Within it, a unit
(sentence or article) has the frames that overlap it and no others. A sheet holds the units of the sample drawn for the
coding sheet, since only they represent the corpus; units that were not coded have empty cells.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from scripts.core.csv_tables import csv_text
from scripts.core.options import path_options
from scripts.core.planned import planned_hashes, read_manifest
from scripts.core.storage import read_parquet, read_settings, write_text
from scripts.core.types import Row, Span
from scripts.framing.people_sheets import SheetProblem
from scripts.framing.sampling import draw_units
from scripts.framing.schemes import Scheme, coding_scheme
from scripts.framing.units import SENTENCE, Units, cell_text, read_units
from scripts.projects.codes import CODED, frame_code, shown

_COLUMNS = ("corpus_size", "stratum", "stratum_size", "text")


def unit_spans(folder: Path, units: Units) -> list[Span]:
    """Return the span of each unit in its text; an article's span excludes white space at its ends."""
    if units.kind != SENTENCE:
        return [(len(text) - len(text.lstrip()), len(text.rstrip())) for text in units.texts]
    rows = read_parquet(folder / "sentences.parquet", ["doc_id", "sentence", "start", "end"]).to_pylist()
    spans = {(row["doc_id"], row["sentence"]): (row["start"], row["end"]) for row in rows}
    return [spans[key] for key in units.keys]


def _of_coders(rows: Iterable[Row]) -> Iterator[tuple[str, str, dict[str, list[Row]]]]:
    """Yield file, person and rows by document: the person's own, and exported ones that were left in place."""
    by_file: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_file[row["file"]].append(row)
    for file, of_file in sorted(by_file.items()):
        for who in sorted({row["who"] for row in of_file if row["code"] == shown(CODED)}):
            by_document: dict[str, list[Row]] = defaultdict(list)
            for row in of_file:
                if row["who"] == who or row["status"] == "exported":
                    by_document[row["doc_id"]].append(row)
            yield file, who, by_document


def project_sheets(
    folder: Path, files: Collection[str], units: Units, scheme: Scheme, *, size: int, seed: int
) -> tuple[dict[str, str], list[SheetProblem]]:
    """Return a sheet for each person who coded frames in these projects, and problems with codes that are not used.

    `folder` has the table project_codings; `size` and `seed` are the coding sheet's.
    """
    rows = [row for row in read_parquet(folder / "project_codings.parquet").to_pylist() if row["file"] in files]
    spans = unit_spans(folder, units)
    drawn = draw_units(units, size=size, seed=seed).assign(corpus_size=len(units.keys)).set_index("unit")
    design = drawn.astype(str).to_dict("index")
    sentence = ["sentence"] if units.kind == SENTENCE else []
    codes = {frame.name: shown(frame_code(scheme.name, frame.name)) for frame in scheme.frames}
    sheets, problems = {}, []
    for file, who, by_document in _of_coders(rows):
        name = f"{who or 'coder'} ({file}).csv"
        lines, outside = [], 0
        for at, (doc_id, number) in enumerate(units.keys):
            of_document = by_document.get(doc_id, [])
            start, end = spans[at]
            passages = (row for row in of_document if row["code"] == shown(CODED))
            is_coded = any(row["start"] <= start and end <= row["end"] for row in passages)
            if at not in design:
                outside += is_coded
                continue
            present = {row["code"] for row in of_document if row["start"] < end and start < row["end"]}
            answers = {name: str(int(code in present)) for name, code in codes.items()} if is_coded else {}
            line: dict[Any, str] = {"doc_id": doc_id, "text": cell_text(units.texts[at]), **design[at], **answers}
            lines.append(line | {name: str(number) for name in sentence})
        if outside:
            message = (
                f"{outside} {units.kind}s that were coded are not in the sample, so their codes are not used. Code "
                "those with the code 'in the sample for coders'."
            )
            problems.append(SheetProblem(name, None, "not-drawn", message))
        sheets[name] = csv_text(["doc_id", *sentence, *_COLUMNS, *codes], lines)
    return sheets, problems


def main() -> None:
    """Write the sheets of the projects in a manifest of coding files, and their problems, as JSON."""
    options = path_options(main.__doc__, "settings", "folder", "files", "output")
    framing = read_settings(options.settings)["framing"]
    scheme, coding = coding_scheme(framing, planned_hashes(options.settings)), framing["coding"]
    units = read_units(options.folder, scheme, kind=coding["unit"])
    files = {Path(each["path"]).name for each in read_manifest(options.files) if each["role"] == "project"}
    sheets, problems = project_sheets(options.folder, files, units, scheme, size=coding["size"], seed=coding["seed"])
    write_text(options.output, json.dumps({"sheets": sheets, "problems": problems}))
