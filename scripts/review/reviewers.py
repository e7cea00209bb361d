"""The rows of all filled review sheets by reviewer, checked for double answers, copies and edited stratum sizes."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import PurePath

from scripts.core.sheets import NO, YES
from scripts.framing.people_sheets import SheetProblem, by_person, person_of, two_answers, usual_sizes, without_copies
from scripts.review.filled import Checked, read_filled, reviewer_of
from scripts.review.people import folded
from scripts.review.shown_cells import FILLED

# Two sheets are copies if they have the same answers, including free text, in at least this many rows; the second
# number applies if one of them was filled further after it was copied.
_FEWEST_ALIKE, _FEWEST_ALIKE_IN_PART = 10, 30
_FREE_TEXT = ("whose", "missed", "missed_names", "label_should_be", "content_should_be")
_NO_TEXT = frozenset(["", "no", "none", "nothing"])  # answers, after `_plain`, that are not free text
SETTLED = "(adjudicated)"  # in place of a reviewer: whoever settled the rows on which reviewers differ

Unit = tuple[str, str, int, int, str]
Answers = dict[str, dict[Unit, Checked]]


def _same_unit_twice(rows: list[Checked], problems: list[SheetProblem]) -> Checked | None:
    """Return one of a reviewer's rows on the same unit, or None, adding a problem, if their answers differ."""
    answered = [row for row in rows if row.answers]
    if differing := [name for name in FILLED[rows[0].kind] if len({row.answers.get(name) for row in answered}) > 1]:
        problems.append(two_answers(answered, differing))
        return None
    return (answered or rows)[0]


def _without_copies(answers: Answers, contents: Mapping[str, str], problems: list[SheetProblem]) -> Answers:
    """Return the answers by reviewer, without the rows of sheets that are copies of another reviewer's.

    `contents` has the SHA-256 of each file. Each kind is compared separately: who copied one may have filled another.
    """
    copied: set[tuple[str, str]] = set()
    for kind in FILLED:
        answered = {
            name: {unit: row for unit, row in rows.items() if row.kind == kind and row.answers}
            for name, rows in answers.items()
            if name != SETTLED
        }
        originals = without_copies(answered, partial(_is_copy, contents), f"answers on {kind}", problems)
        copied |= {(name, kind) for name in answered.keys() - originals.keys()}
    distinct = {
        name: {unit: row for unit, row in rows.items() if (name, row.kind) not in copied}
        for name, rows in sorted(answers.items())
    }
    return {reviewer: rows for reviewer, rows in distinct.items() if rows}


def _plain(row: Checked) -> dict[str, str]:
    """Return the answers of a row in a uniform spelling: yes, 1 and TRUE all become "yes"."""
    cells = {column: folded(cell) for column, cell in row.answers.items()}
    return {column: "yes" if cell in YES else "no" if cell in NO else cell for column, cell in cells.items()}


def _is_copy(contents: Mapping[str, str], mine: Mapping[Unit, Checked], others: Mapping[Unit, Checked]) -> bool:
    """Return True if all answers are in the other sheet too: in identical files, or in many rows with some free text.

    The other sheet may have been filled further after it was copied; then more rows must agree.
    """
    # A sheet may lack the column with the speaker, which is the last part of a unit's key.
    own, theirs = ({unit[:-1]: row for unit, row in each.items()} for each in (mine, others))
    if not own or not own.keys() <= theirs.keys():
        return False
    answers = [_plain(row) for row in own.values()]
    if answers != [_plain(theirs[unit]) for unit in own]:
        return False
    if {contents[row.file] for row in mine.values()} == {contents[row.file] for row in others.values()}:
        return True
    remarks, twins = ([each[unit].cells.get("comment", "").strip() for unit in own] for each in (own, theirs))
    fewest = _FEWEST_ALIKE if len(own) == len(theirs) else _FEWEST_ALIKE_IN_PART
    # Two reviewers would not choose the same free text in every row.
    has_text = any(each.get(column, "") not in _NO_TEXT for each in answers for column in _FREE_TEXT)
    return len(own) >= fewest and (has_text or (any(remarks) and remarks == twins))


def _of_one_draw(rows: Iterable[Checked], corpus: Mapping[str, int], problems: list[SheetProblem]) -> list[Checked]:
    """Return the rows without sheets of outdated draws, if a filled sheet has the strata of the corpus as it is now.

    `corpus` is the corpus's number of units by kind of sheet. If several draws fit it, the one filled furthest counts.
    """
    sheets: dict[tuple[str, str], list[Checked]] = defaultdict(list)
    for row in rows:
        sheets[row.kind, row.file].append(row)
    current: dict[str, tuple[int, str, dict[str, int]]] = {}
    for (kind, file), of_sheet in sheets.items():
        sizes = {row.stratum: row.stratum_size for row in of_sheet}
        filled = sum(bool(row.answers) for row in of_sheet)
        if sum(sizes.values()) == corpus.get(kind) and filled > current.get(kind, (0,))[0]:
            current[kind] = filled, file, sizes
    counted = []
    for (kind, file), of_sheet in sheets.items():
        _, fullest, sizes = current.get(kind, (0, file, {}))
        if fullest == file or 2 * sum(sizes.get(row.stratum) == row.stratum_size for row in of_sheet) >= len(of_sheet):
            counted += of_sheet
        elif any(row.answers for row in of_sheet):
            message = (
                f"It was drawn from other {kind} than {fullest}, which was drawn from those that there are now, or its "
                "stratum_size was edited: the two do not match, and none of its rows counts. Remove it from the "
                "folder, or put the sizes back."
            )
            problems.append(SheetProblem(file, None, "other-draw", message))
    return counted


def read_answers(
    files: Mapping[str, bytes], corpus: Mapping[str, int]
) -> tuple[Answers, list[Checked], dict[tuple[str, str], int], list[SheetProblem]]:
    """Return the rows that count by reviewer and unit, all rows, the sizes of strata, and the problems.

    `files` has the bytes of each sheet by path. A reviewer is named after the file, without the name of the sheet.
    `corpus` is the corpus's number of units by kind of sheet.
    """
    problems: list[SheetProblem] = []
    stems = {PurePath(path).name: PurePath(path).stem for path in sorted(files)}
    reviewers = {name: reviewer_of(person_of(stem, stems.values())) for name, stem in stems.items()}
    contents = {PurePath(path).name: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    every_row: list[Checked] = []
    for path, data in sorted(files.items()):
        rows, of_sheet = read_filled(PurePath(path).name, data)
        every_row += rows
        problems += of_sheet
    every_row = _of_one_draw(every_row, corpus, problems)
    persons = ((person_of(reviewers[row.file], reviewers.values()), row) for row in every_row)
    of_persons = (
        (SETTLED, "", row.unit, row) if row.settles else (who, row.kind, row.unit, row) for who, row in persons
    )
    answers: Answers = {}
    for reviewer, units in by_person(of_persons, problems).items():
        judged = {unit: _same_unit_twice(rows, problems) for unit, rows in units.items()}
        answers[reviewer] = {unit: row for unit, row in judged.items() if row is not None}
    counted = [row for of_reviewer in answers.values() for row in of_reviewer.values()]
    strata = usual_sizes([(row, (row.kind, row.stratum), row.stratum_size) for row in counted], problems)
    return _without_copies(answers, contents, problems), every_row, strata, problems
