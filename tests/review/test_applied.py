"""The fate of decisions on names over all documents, and of decisions that no batch could tell of."""

import pyarrow as pa

from scripts.core.annotation import text_sha256
from scripts.review.applied import Left, fate_problems, left_behind, one_for_each, remaining_outcomes
from scripts.review.decisions import Decision, Outcome
from scripts.review.reading import Fault

DOCUMENTS = {"a.txt", "b.txt"}
NAMES = {"Ann Lee", "Bo Ray"}


def decide(task, doc_id="*", old="Lee", new="Ann Lee", *, row=2, text="He said no."):
    sha = "" if doc_id == "*" else text_sha256(text)
    return Decision("c.csv", row, doc_id, sha, 0, 2, task, old, new, "cm", "2025-01-01", "")


def fates(*decisions, **left):
    outcomes = remaining_outcomes(decisions, [], DOCUMENTS, NAMES, {*NAMES, "Lee"}, left.get("left", {}))
    return [(outcome.status, outcome.detail) for outcome in outcomes]


def quotes(*rows):
    names = ("doc_id", "speaker", "speaker_in_document", "corrected_by")
    return pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)})


def mentions(*rows):
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(("doc_id", "entity", "name"))})


def test_statements_that_a_merge_leaves_are_told_with_the_reasons() -> None:
    statements = quotes(
        ("a", "Lee", "Lee", "c.csv, row 3"), ("b", "Lee", "Lee", ""), ("c", "Lee", "Lee", ""), ("c", "Lee", "Lee", ""),
        ("d", "Ann Lee", "Lee", ""), ("e", "Ray", "Ray", ""),
    )  # fmt: skip
    named = mentions(("a", "Lee", "Lee"), ("c", "Lee", "Lee"), ("d", "Lee", "Ann Lee"), ("e", "Ray", "Ray"))
    left = left_behind(["Lee", "Ray", "Cy"], statements, named)
    why = (
        "1 because the name is not a mention in the table entities of its document, "
        "2 because the names are kept apart, or the document uses it for another, 1 by another correction"
    )
    assert left["Lee"] == Left(4, why, is_merged=True)
    assert (left["Ray"].statements, left["Ray"].is_merged) == (1, False)
    assert set(left) == {"Lee", "Ray"}


def test_a_merge_is_applied_in_part_or_not_at_all_where_statements_stay() -> None:
    merge = decide("merge")
    assert fates(merge) == [("applied", "")]
    assert fates(merge, left={"Lee": Left(1, "why", is_merged=True)}) == [
        ("applied in part", "1 statement of 'Lee' unchanged: why")
    ]
    assert fates(merge, left={"Lee": Left(2, "why", is_merged=False)}) == [
        ("stale", "2 statements of 'Lee' unchanged: why")
    ]
    assert fates(decide("merge", new="Cy Dunn")) == [("stale", "no such name is in the corpus")]
    assert fates(decide("merge", old="Leee")) == [("stale", "no such name is in the corpus")]
    assert fates(decide("merge", old="LEE")) == [("applied", "")]


def test_names_kept_apart_are_both_in_the_corpus() -> None:
    assert fates(decide("apart", old="Bo Ray")) == [("applied", "")]
    assert fates(decide("apart", old="Cy Dunn"))[0][0] == "stale"
    assert fates(decide("apart", old="Bo Ray", new="Cy Dunn"))[0][0] == "stale"


def test_a_chain_of_merges_ends_at_its_last_name() -> None:
    assert fates(decide("merge", new="Lea"), decide("merge", old="Lea", row=3)) == [("applied", "")] * 2
    contrary = decide("merge", new="Bo Ray", row=3)
    assert fates(decide("merge"), contrary) == [("conflicting", f"it contradicts c.csv, row {row}") for row in (3, 2)]


def test_decisions_on_documents_that_no_batch_has() -> None:
    assert fates(decide("reject_document", "gone.txt")) == [("applied", "")]
    assert fates(decide("speaker", "gone.txt"))[0][0] == "unknown document"
    assert fates(decide("speaker", "a.txt", text="Another."))[0] == ("stale", "the text of the document has changed")
    assert fates(decide("reject_document", "a.txt", text="Another."))[0][0] == "stale"
    known = Outcome(decide("speaker", "a.txt"), "applied", "")
    assert remaining_outcomes([known.decision], [known], DOCUMENTS, NAMES, NAMES, {}) == []


def test_a_decision_on_copies_in_several_batches_has_one_fate() -> None:
    on_copies, on_one = decide("speaker", "gone.txt"), decide("speaker", "b.txt", row=3)
    fates_of_batches = [
        Outcome(on_copies, "applied", ""),
        Outcome(on_copies, "stale", "no"),
        Outcome(on_one, "stale", "no"),
    ]
    for outcomes in (fates_of_batches, fates_of_batches[::-1]):
        assert {*one_for_each(outcomes)} == {Outcome(on_copies, "applied", ""), Outcome(on_one, "stale", "no")}


def test_each_decision_that_is_not_applied_is_a_problem_with_advice() -> None:
    outcomes = [Outcome(decide("merge", row=row), status, "why") for row, status in
                ((4, "stale"), (3, "applied"), (2, "agreed"), (5, "conflicting"))]  # fmt: skip
    rows = fate_problems(outcomes, [Fault("x.csv", 0, "No sheet."), Fault("c.csv", 9, "No number.")])
    assert [(row["seed"], row["code"]) for row in rows] == [
        ("review/c.csv", "correction-stale"), ("review/c.csv", "correction-conflicting"),
        ("review/c.csv", "correction-invalid"), ("review/x.csv", "correction-invalid"),
    ]  # fmt: skip
    assert rows[0]["message"] == (
        "Row 4: merge 'Lee' -> 'Ann Lee' in '*': why. Look at the place again: correct the row, or delete it."
    )
    assert rows[3]["message"] == "No sheet."
    assert rows[2]["message"] == "Row 9: No number. Correct the row, or delete it."
