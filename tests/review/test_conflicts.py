"""Merges and separations of names resolved together: what contradicts, and what each name becomes."""

import pyarrow as pa
import pytest

from scripts.review.applied import left_behind, remaining_outcomes
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


def table(columns: str, *rows: tuple) -> pa.Table:
    return pa.table(
        {
            name: pa.array(cells, pa.string())
            for name, cells in zip(columns.split(), zip(*rows, strict=True), strict=True)
        }
    )


MENTIONS = table(
    "doc_id entity name", ("a", "A", "B"), ("b", "A", "A"), ("c", "B", "B"), ("d", "the father", "the father")
)


@pytest.mark.parametrize(
    ("speakers", "status", "detail"),
    [
        ([("a", "B", "A", "")], "applied", ""),
        ([("b", "A", "A", "")], "applied in part", "1 statement of 'A' stay: 1 as the names are kept apart"),
        (
            [("e", "A", "A", ""), ("f", "A", "A", "")],
            "applied in part",
            "2 statements of 'A' stay: 2 as the name is no",
        ),
        ([("a", "A", "A", "c.csv, row 9")], "applied in part", "1 by another correction"),
    ],
)
def test_a_merge_says_how_many_statements_it_left_and_why(speakers, status, detail) -> None:
    quotes = table("doc_id speaker speaker_in_document corrected_by", *speakers)
    left = left_behind(["A"], quotes, MENTIONS)
    (outcome,) = remaining_outcomes(decisions("A>B"), [], {}, {"A", "B"}, {"A"}, left)
    assert outcome.status == status
    assert detail in outcome.detail and bool(outcome.detail) == bool(detail)


def test_a_merge_that_moves_nothing_is_stale() -> None:
    quotes = table("doc_id speaker speaker_in_document corrected_by", ("d", "experts", "experts", ""))
    left = left_behind(["experts"], quotes, MENTIONS)
    (outcome,) = remaining_outcomes(decisions("experts>B"), [], {}, {"B"}, {"experts"}, left)
    assert (outcome.status, outcome.detail[:20]) == ("stale", "1 statement of 'expe")


def test_contradictions_on_all_documents_are_told() -> None:
    outcomes = remaining_outcomes(decisions("A>B A>C D>E"), [], {}, {*"ABCDE"}, {*"ABCDE"})
    assert [outcome.status for outcome in outcomes] == ["conflicting", "conflicting", "applied"]
    assert outcomes[0].detail == "it contradicts c.csv, row 3"
