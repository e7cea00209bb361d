"""Merges and separations of names resolved together: what contradicts, and what each name becomes."""

import pytest

from scripts.review.conflicts import conflicts, final_names
from scripts.review.decisions import Decision


def decisions(text: str) -> list[Decision]:
    """Return decisions on all documents from "A>B A|B": merge A into B, keep A and B apart; rows from 2."""
    made = []
    for row, each in enumerate(text.split(), 2):
        kind = "merge" if ">" in each else "apart"
        old, new = each.replace("|", ">").split(">")
        made.append(Decision("c.csv", row, "*", "", -1, -1, kind, old, new, "", "", ""))
    return made


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("A>B B>C", ""),
        ("A>B A>C", "2 3"),
        ("A>B A>C D>B", "2 3"),
        ("A>B A>C B>C", ""),
        ("A>B B>A", "2 3"),
        ("A>B B>C C>A D>A", "2 3 4"),
        ("A>B A|B", "2 3"),
        ("A>B B|A", "2 3"),
        ("A>B B>C A|C", "2 3 4"),
        ("A>C B>C A|B", "2 3 4"),
        ("A>C B>C C>D A|B", "2 3 5"),
        ("A>B C|D", ""),
        ("A>B C|B", ""),
        ("A>B C|A", ""),
        ("A>B A>C B>X B>Y", "2 3 4 5"),
        ("A>B A>X B>X B>Y", "4 5"),
    ],
)
def test_names_that_hang_together_have_one_end_and_none_that_is_kept_apart(text, rows) -> None:
    made = decisions(text)
    against = conflicts(made)
    assert sorted(each.row for each in against) == [int(row) for row in rows.split()]
    assert all(each.place not in places.split("; ") for each, places in against.items())


def test_what_a_name_becomes_does_not_depend_on_the_order_of_rows() -> None:
    made = decisions("A>B B>C D>B E>F")
    assert final_names(made) == {"A": "C", "B": "C", "D": "C", "E": "F"}
    assert final_names(reversed(made)) == final_names(made)
    # Where a contradiction further on is taken out, the name has two ends: the first in the alphabet.
    assert final_names(decisions("A>X A>B")) == {"A": "B"}
