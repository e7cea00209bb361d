"""Rows without an answer that counts: whose sheet they are of, and how many are too many."""

import pytest

from scripts.review.filled import Checked
from scripts.review.gaps import drawn_sheets, gaps
from scripts.review.judgements import Judgement


def row(number: int, at: int, *, file: str = "ann.csv", drawn: int = 4, **cells: str) -> Checked:
    return Checked(
        file, number + 1, "names", "a.txt", "ab", at, at + 1, "x", 9, number, drawn, {"right": "yes"} | cells
    )


def sheet(*places: int, file: str, drawn: int = 4, right: str = "yes") -> list[Checked]:
    """Return the rows of a sheet that judge these places, in the order drawn; 0 for a row that is gone."""
    return [row(number, at, file=file, drawn=drawn, right=right) for number, at in enumerate(places, 1) if at]


@pytest.mark.parametrize(
    ("second", "drawn", "is_same"),
    [
        ((11, 12, 13, 14), 4, True),
        ((11, 12, 0, 94), 4, True),
        ((11, 12, 93, 94), 4, True),  # half of the places
        ((11, 92, 93, 94), 4, False),
        ((11, 92, 0, 0), 4, True),
        ((91, 92, 93, 94), 4, False),
        ((11, 12, 13, 14), 5, False),
    ],
)
def test_files_with_as_many_rows_drawn_and_half_of_their_places_alike_are_filled_from_one_sheet(
    second, drawn, is_same
) -> None:
    first = sheet(11, 12, 13, 14, file="ann.csv")
    of_files = drawn_sheets([*first, *sheet(*second, file="bo.csv", drawn=drawn)])
    assert (of_files["ann.csv", 4] == of_files["bo.csv", drawn]) is is_same


def test_a_further_file_is_compared_with_all_rows_of_a_sheet() -> None:
    files = (sheet(11, 12, 0, 0, file="a"), sheet(0, 12, 13, 14, file="b"), sheet(0, 0, 13, 94, file="c"))
    assert len({*drawn_sheets([each for rows in files for each in rows]).values()}) == 1


def judged(*rows: Checked) -> list[Judgement]:
    return [Judgement("names", "ann", each, 0) for each in rows]


@pytest.mark.parametrize(("rows", "lost", "is_too_many"), [(20, 1, False), (20, 2, True), (19, 1, True)])
def test_a_twentieth_of_the_rows_may_have_no_answer_that_counts(rows, lost, is_too_many) -> None:
    every = sheet(*range(1, rows + 1), file="ann.csv", drawn=rows)
    message = gaps("names", every, judged(*every[lost:]))
    assert message.startswith(f"{lost} of {rows} rows of names are skipped") is is_too_many
    assert bool(message) is is_too_many


def test_rows_after_the_last_answer_are_no_gap_nor_do_their_judgements_elsewhere_fill_one() -> None:
    first = [row(1, 11), row(2, 12, right=""), row(3, 13), row(4, 14, right="")]
    assert gaps("names", first, judged(first[0], first[2])).startswith("1 of 3 rows")
    assert gaps("names", first, judged(first[0], first[1], first[2])) == ""
    # A sheet that settles answers has no last one, and one without an answer fills no gap of another.
    settling = row(4, 14, settles="ann; bo")
    assert gaps("names", [*first[:2], settling], judged(first[0])) == ""
    unanswered = sheet(12, 13, file="bo.csv", drawn=2, right="")
    assert gaps("names", [*first, *unanswered], judged(first[0], first[2])).startswith("1 of 3 rows")


def test_rows_whose_places_the_corpus_has_no_more_are_no_gaps() -> None:
    rows = sheet(*range(11, 21), file="ann.csv", drawn=10)
    left, gone = rows[2:], rows[:2]
    assert gaps("names", left, judged(*left)).startswith("2 of 10")
    assert gaps("names", left, judged(*left), gone=gone) == ""
    assert gaps("names", left, judged(*left[1:]), gone=gone).startswith("1 of 8")
    # Unless somebody else judged it; and rows after the last answer do not count anyhow.
    another = sheet(11, file="bo.csv", drawn=10)
    assert gaps("names", [*left, *another], judged(*left[1:], *another), gone=gone).startswith("1 of 9")
    rows = sheet(*range(11, 21), file="ann.csv", drawn=11)
    assert gaps("names", rows, judged(*rows[1:]), gone=[row(11, 21, drawn=11)]).startswith("1 of 10")
