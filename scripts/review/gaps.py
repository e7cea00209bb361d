"""Gaps in review sheets: rows without a usable answer. With too many of them, the rest is not a random sample."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from scripts.review.filled import Checked
from scripts.review.judgements import Judgement, answered_subjects

MOST_GAPS = 0.05  # largest share of rows without a usable answer with which the rest still counts as a random sample
_Sheet = tuple[int, int]
_Place = tuple[str, int, int]


def _place(row: Checked) -> _Place:
    return row.text_sha256, row.start, row.end


def drawn_sheets(rows: Iterable[Checked]) -> dict[tuple[str, int], _Sheet]:
    """Return the drawn sheet, as (`drawn`, running number), of each pair of a file and a number of rows `drawn`.

    Two files come from the same sheet if the same number of rows was drawn, and most of the row numbers that they have
    in common refer to the same places.
    """
    of_files: dict[tuple[str, int], dict[int, _Place]] = {}
    for row in rows:
        of_files.setdefault((row.file, row.drawn), {})[row.number] = _place(row)
    known: dict[_Sheet, dict[int, _Place]] = {}
    sheet_of: dict[tuple[str, int], _Sheet] = {}
    for (file, drawn), places in sorted(of_files.items()):
        for sheet, numbered in known.items():
            shared = places.keys() & numbered.keys()
            if sheet[0] == drawn and 2 * sum(places[at] == numbered[at] for at in shared) >= len(shared):
                break
        else:
            sheet = drawn, len(known)
        known[sheet] = places | known.get(sheet, {})
        sheet_of[file, drawn] = sheet
    return sheet_of


def gaps(about: str, rows: Sequence[Checked], judgements: Iterable[Judgement], *, gone: Sequence[Checked] = ()) -> str:
    """Return a message if more than MOST_GAPS of the rows up to the last answered one have no judgement, else "".

    `rows` are those of all files of one kind. Stopping early leaves no gap, and one reviewer may fill another's gaps in
    the same sheet. Rows whose unit is `gone` from the corpus do not count, since nobody can answer them any more.
    """
    sheet_of = drawn_sheets([*rows, *gone])
    last: dict[_Sheet, int] = defaultdict(int)
    for row in rows:
        if about in answered_subjects(row) and not row.settles:
            sheet = sheet_of[row.file, row.drawn]
            last[sheet] = max(row.number, last[sheet])
    places = {_place(each.row) for each in judgements}
    judged = {(sheet_of[row.file, row.drawn], row.number) for row in rows if _place(row) in places}
    unanswerable = {(sheet_of[row.file, row.drawn], row.number) for row in gone} - judged
    expected = sum(last.values()) - sum(number <= last[sheet] for sheet, number in unanswerable)
    lost = expected - sum(number <= last[sheet] for sheet, number in judged)
    if lost <= MOST_GAPS * expected:
        return ""
    return (
        f"{lost} of {expected} rows of {about} are skipped, half filled in or unusable, more than {MOST_GAPS:.0%}: "
        f"what is left is not a random sample"
    )
