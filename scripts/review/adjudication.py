"""Sheets of the rows on which reviewers differ, with each reviewer's answers and empty columns for the final answers.

Such a sheet, once filled and saved among the reviews, overrides the reviewers named in its column `settles`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from scripts.core.csv_tables import write_csv
from scripts.core.options import path_options
from scripts.core.planned import read_files
from scripts.review.filled import ANSWERS_OF, SETTLES, Checked
from scripts.review.judgements import MISSED_NAMES, Judgement
from scripts.review.reviewed import Reviewed, read_reviewed
from scripts.review.reviewers import SETTLED
from scripts.review.shown_cells import CHECK, DESIGN, FILLED, SHOWN, UNCHECKED
from scripts.review.units import read_review_units


def _content(judgement: Judgement) -> tuple[object, ...]:
    """Return the parts of a judgement that are compared between reviewers; words are compared by their spans."""
    missed = tuple(sorted((each.start, each.end, each.speaker) for each in judgement.missed))
    spans = judgement.content.spans if judgement.content else ()
    return judgement.right, judgement.exact, judgement.truth, spans, missed, tuple(sorted(judgement.missed_names))


def differing(judgements: Iterable[Judgement]) -> dict[int, list[Judgement]]:
    """Return, by unit, the judgements of units on which reviewers differ and that nobody has settled."""
    by_unit: dict[int, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_unit[judgement.unit].append(judgement)
    return {
        unit: each
        for unit, each in by_unit.items()
        if len({_content(judgement) for judgement in each}) > 1
        and all(judgement.reviewer != SETTLED for judgement in each)
    }


def _answers(row: Checked) -> str:
    cells = row.answers | {"comment": row.cells.get("comment", "").strip()}
    return "; ".join(f"{column} = {value}" for column, value in cells.items() if value)


def adjudication_sheet(kind: str, units: Sequence[Sequence[Judgement]]) -> pa.Table:
    """Return a sheet with a row for each unit (its judgements): cells as drawn, answers, and empty cells to fill."""
    rows = [(each[0].row.cells, {judgement.reviewer: _answers(judgement.row) for judgement in each}) for each in units]
    reviewers = sorted({name for _, answers in rows for name in answers})
    # A column that a reviewer deleted, or that a shared copy does not have, is left out.
    columns_drawn = (*DESIGN, *SHOWN[kind], *UNCHECKED[kind], "link", CHECK)
    drawn = [name for name in columns_drawn if all(name in cells for cells, _ in rows)]
    columns = {name: [cells[name] for cells, _ in rows] for name in drawn}
    columns[SETTLES] = ["; ".join(sorted(answers)) for _, answers in rows]
    columns |= {ANSWERS_OF + name: [answers.get(name, "") for _, answers in rows] for name in reviewers}
    columns |= {name: [""] * len(rows) for name in FILLED[kind]}
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def adjudication_sheets(reviewed: Mapping[str, Reviewed]) -> dict[str, pa.Table]:
    """Return the adjudication sheet of each kind; the one for sentences covers missed statements and missed names."""
    sheets = {}
    for kind in FILLED:
        units: dict[int, list[Judgement]] = {}
        for about in (MISSED_NAMES, kind) if kind == "sentences" else (kind,):
            units |= differing(reviewed[about].before)
        ordered = sorted(units.values(), key=lambda each: (each[0].row.drawn, each[0].row.number))
        sheets[kind] = adjudication_sheet(kind, ordered)
    return sheets


def main() -> None:
    """Write, for each kind of review sheet, a sheet of the rows on which the reviewers differ."""
    options = path_options(main.__doc__, "folder", "batches", "decisions", "files", "sheets")
    units = read_review_units(options.folder, options.batches, options.decisions)
    reviewed, _ = read_reviewed(read_files(options.files), options.folder, units)
    for kind, sheet in adjudication_sheets(reviewed).items():
        write_csv(options.sheets / f"adjudicate_{kind}.csv", sheet)
