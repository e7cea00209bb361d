"""Rows of sheets as decisions: what is taken, what is refused with advice, what contradicts what."""

import pytest

from scripts.review.conflicts import conflicts
from scripts.review.decisions import DECISION_COLUMNS, Decision, parse_decision

SHA = "a" * 64


def decision(**cells: str) -> Decision:
    cells = {"doc_id": "a.txt", "text_sha256": SHA, "start": "0", "end": "9", **cells}
    return parse_decision("corrections.csv", int(cells.pop("row", "2")), cells)


def test_a_row_of_a_sheet_is_a_decision() -> None:
    made = decision(what="Speaker", start="12.0", end="30", old=" Ann Smith ", new="Bo Lee", who="cm")
    assert made == Decision("corrections.csv", 2, "a.txt", SHA, 12, 30, "speaker", "Ann Smith", "Bo Lee", "cm", "", "")
    assert made.place == "corrections.csv, row 2"


@pytest.mark.parametrize(
    ("cells", "advice"),
    [
        ({"what": "colour"}, "is none of"),
        ({"what": "speaker", "doc_id": ""}, "doc_id is empty"),
        ({"what": "speaker", "doc_id": "*"}, "needs one document"),
        ({"what": "speaker", "text_sha256": "=A2"}, "text_sha256"),
        ({"what": "speaker", "start": "12,5"}, "not the number"),
        ({"what": "speaker", "start": "9", "end": "9"}, "start before end"),
        ({"what": "speaker", "start": ""}, "start before end"),
        ({"what": "type", "new": "loud"}, "direct, indirect, mixed"),
        ({"what": "label"}, "new is empty"),
        *(({"what": "label", "new": new}, "PERSON, ORG") for new in ("person", "organisation", "CITY")),
        ({"what": "merge", "doc_id": "*", "old": "A", "new": "A"}, "two different names"),
        ({"what": "apart", "old": "A", "new": ""}, "two different names"),
        ({"what": "apart", "old": "A", "new": "B", "text_sha256": ""}, "text_sha256"),
        ({"what": "reject_document"}, "with a reason"),
    ],
)
def test_a_row_that_cannot_be_one_says_what_to_do(cells, advice) -> None:
    with pytest.raises(ValueError, match=advice):
        decision(**cells)


@pytest.mark.parametrize(
    "cells",
    [
        {"what": "merge", "doc_id": "*", "old": "A", "new": "B", "text_sha256": ""},
        {"what": "apart", "old": "A", "new": "B"},
        {"what": "reject_document", "note": "an advertisement"},
        {"what": "reject frame", "old": "generic.moral", "start": "0", "end": "1"},
        {"what": "speaker", "old": "A", "start": "0", "end": "1"},
    ],
)
def test_a_row_has_what_its_kind_of_decision_needs_and_no_more(cells) -> None:
    made = decision(**{"start": "", "end": "", **cells})
    assert (made.what, made.start) == (cells["what"].replace(" ", "_"), int(cells.get("start", -1)))


def test_a_row_of_any_cells_is_a_decision_or_a_plain_error() -> None:
    for cells in (dict.fromkeys(DECISION_COLUMNS, value) for value in ("", "*", "1", "\x00", "=1+1", "speaker", "٣")):
        with pytest.raises(ValueError, match=r"\w"):
            parse_decision("x.csv", 2, cells)


def test_two_values_for_one_place_contradict_and_equal_ones_do_not() -> None:
    first, same, contrary = (
        decision(what="speaker", old="A", new=new, row=row) for new, row in (("B", "2"), ("B", "3"), ("C", "4"))
    )
    assert conflicts([first, same]) == {}
    assert conflicts([first, same, contrary]) == {
        first: "corrections.csv, row 4",
        same: "corrections.csv, row 4",
        contrary: "corrections.csv, row 2; corrections.csv, row 3",
    }


def test_rejecting_contradicts_changing_in_the_same_table_only() -> None:
    reject, change = decision(what="reject_quote", row="2"), decision(what="type", old="direct", new="mixed", row="3")
    name = decision(what="label", old="ORG", new="PERSON", row="4")
    assert set(conflicts([reject, change, name])) == {reject, change}


def test_two_corrections_of_different_values_of_one_quote_go_together() -> None:
    assert conflicts([decision(what="speaker", old="A", new="B"), decision(what="role", old="x", new="y")]) == {}


def test_two_names_are_not_merged_and_kept_apart_in_one_document() -> None:
    merge = decision(what="merge", old="A", new="B", start="", end="", row="2")
    apart = decision(what="apart", old="B", new="A", start="", end="", row="3")
    elsewhere = decision(what="apart", doc_id="b.txt", old="A", new="B", start="", end="", row="4")
    others = decision(what="apart", old="C", new="B", start="", end="", row="5")
    assert conflicts([merge, apart, elsewhere, others]) == {
        merge: "corrections.csv, row 3", apart: "corrections.csv, row 2"
    }  # fmt: skip


def test_of_many_contradictions_the_first_are_listed():
    many = [decision(row=str(number), what="speaker", old="A", new=f"name {number % 500}") for number in range(1_000)]
    against = conflicts(many)
    assert set(against) == set(many)
    assert all(places.count("; ") == 20 and places.endswith("; and others") for places in against.values())
    assert all(each.place not in against[each].split("; ") for each in many)


@pytest.mark.parametrize(("rivals", "are_all_shown"), [(20, True), (21, False)])
@pytest.mark.parametrize("are_alike", [True, False])
def test_twenty_places_that_contradict_a_decision_are_listed_and_of_more_that_there_are(
    rivals, are_all_shown, are_alike
):
    first = decision(what="speaker", old="A", new="B")
    names = ["C" if are_alike else f"name {number}" for number in range(rivals)]
    others = [decision(row=str(9 + at), what="speaker", old="A", new=name) for at, name in enumerate(names)]
    places = conflicts([first, *others])[first].split("; ")
    assert len(places) == 20 + (not are_all_shown)
    assert (places[-1] != "and others") is are_all_shown
