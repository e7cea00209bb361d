"""Sheets of several reviewers: the same unit twice, a sheet saved under a second name, an edited size of a stratum."""

import pytest

from scripts.review.reviewers import SETTLED, read_answers
from tests.review.filled import drawn, saved


@pytest.fixture
def names(tmp_path):
    return drawn("names", size=14)


def answer(rows, *, until=None, **cells):
    """Return rows of which the first `until` are answered."""
    end = len(rows) if until is None else until
    return [row | cells if number < end else dict(row) for number, row in enumerate(rows)]


def codes(problems):
    return [(problem.code, problem.sheet) for problem in problems]


def test_the_reviewer_is_in_the_name_of_the_sheet(names) -> None:
    answers, _, sizes, problems = read_answers({"x/ann_names.csv": saved(answer(names, right="yes"))}, {})
    assert {reviewer: len(rows) for reviewer, rows in answers.items()} == {"ann": len(names)}
    assert problems == []
    assert sizes == {("names", row["stratum"]): int(row["stratum_size"]) for row in names}


def test_a_sheet_of_which_one_row_is_left_tells_how_many_are_gone(names) -> None:
    _, _, _, problems = read_answers({"ann_names.csv": saved(answer(names[:1], right="yes"))}, {})
    assert [problem.code for problem in problems] == ["rows-gone"]
    assert problems[0].message.startswith(f"{len(names) - 1} of {len(names)} rows of names are gone (number 2, 3, ")


def test_rows_that_were_passed_over_are_named_by_their_numbers(names) -> None:
    rows = [row | ({} if row["number"] in {"2", "5"} else {"right": "yes"}) for row in names[:9]] + names[9:]
    _, _, _, problems = read_answers({"ann_names.csv": saved(rows)}, {})
    assert codes(problems) == [("passed-over", "ann_names.csv")] and "number 2, 5. Fill" in problems[0].message


@pytest.mark.parametrize(("until", "left"), [(10, {"ann"}), (9, {"ann", "bob"})])
def test_ten_rows_alike_to_the_free_text_are_a_copy_nine_may_be_chance(names, until, left) -> None:
    rows = answer(names, until=until, right="no", label_should_be="GPE")
    commented = [*rows[:-1], rows[-1] | {"comment": "mine"}]
    answers, _, _, problems = read_answers({"ann_names.csv": saved(rows), "bob_names.csv": saved(commented)}, {})
    answering = {reviewer for reviewer, mine in answers.items() if any(row.answers for row in mine.values())}
    assert answering == left
    assert [code for code, _ in codes(problems) if code == "same-answers"] == ["same-answers"] * (2 - len(left))


def test_verdicts_alone_may_agree_and_the_same_bytes_may_not(names) -> None:
    rows = answer(names, right="yes")
    commented = [*rows[:-1], rows[-1] | {"comment": "mine"}]
    answers, _, _, problems = read_answers({"ann_names.csv": saved(rows), "bob_names.csv": saved(commented)}, {})
    assert set(answers) == {"ann", "bob"} and problems == []
    answers, _, _, problems = read_answers({"ann_names.csv": saved(rows), "bob_names.csv": saved(rows)}, {})
    assert set(answers) == {"ann"}
    assert codes(problems) == [("same-answers", "bob_names.csv")]
    settled = [row | {"settles": "yes"} for row in rows]
    answers, _, _, problems = read_answers({"ann_names.csv": saved(rows), "adjudicate_names.csv": saved(settled)}, {})
    assert set(answers) == {"ann", SETTLED}


def reviewers(*sheets):
    files = {f"{name}_names.csv": saved(rows) for name, rows in zip(("ann", "bob"), sheets, strict=True)}
    return [*read_answers(files, {})[0]]


def test_a_copy_in_another_spelling_or_with_a_column_less_is_a_copy(names) -> None:
    rows = answer(names, right="no", label_should_be="GPE")
    for row, label in zip(rows, ("ORG", "LOC", "PERSON"), strict=False):
        row["label_should_be"] = label
    assert reviewers(rows, [row | {"right": "FALSE", "comment": "so"} for row in rows]) == ["ann"]
    assert reviewers(rows, [{name: cell for name, cell in row.items() if name != "entity"} for row in rows]) == ["ann"]
    assert reviewers(rows, [rows[0] | {"label_should_be": "FAC"}, *rows[1:]]) == ["ann", "bob"]


def test_of_a_copy_and_a_sheet_that_was_filled_further_the_fuller_one_counts(tmp_path) -> None:
    names = drawn("names", size=40)
    fuller = answer(names, right="no", label_should_be="GPE")
    assert reviewers(answer(names, until=30, right="no", label_should_be="GPE"), fuller) == ["bob"]
    assert reviewers(answer(names, until=29, right="no", label_should_be="GPE"), fuller) == ["ann", "bob"]


def test_who_both_find_nothing_missing_have_not_copied(tmp_path) -> None:
    rows = answer(drawn("sentences", size=20), missed="no", missed_names="None")
    files = {"ann.csv": saved(rows), "bob.csv": saved([*reversed(rows)])}
    assert [*read_answers(files, {})[0]] == ["ann", "bob"]


def test_one_reviewer_who_answers_a_row_in_two_ways_has_no_answer_on_it(names) -> None:
    twice = [*answer(names, right="yes"), names[0] | {"right": "no"}]
    answers, _, _, problems = read_answers({"ann_names.csv": saved(twice)}, {})
    assert len(answers["ann"]) == len(names) - 1
    assert [(problem.code, problem.sheet, problem.row) for problem in problems] == [("two-answers", "ann_names.csv", 2)]


def test_of_a_unit_that_stands_in_several_rows_the_first_answered_one_counts(names) -> None:
    answered = answer(names, right="yes")
    answers, *_ = read_answers({"ann_names.csv": saved([names[0], *answered, answered[0]])}, {})
    assert [row.row for row in answers["ann"].values()] == [*range(3, len(names) + 3)]


def test_several_sheets_of_one_reviewer_are_named_at_the_last(names) -> None:
    data = saved(answer(names, right="yes"))
    _, _, _, problems = read_answers({f"{name}.csv": data for name in ("ann", "ann (1)", "ann (2)")}, {})
    assert codes(problems) == [("several-sheets", "ann.csv")]


@pytest.mark.parametrize("name", ["ann_names - Copy", "ann_names copy", "Ann-names (2)", "ann_names - Kopie"])
def test_the_second_copy_of_a_sheet_is_no_second_reviewer(names, name) -> None:
    rows = answer(names, right="yes")
    files = {"ann_names.csv": saved(rows), f"{name}.csv": saved([rows[0] | {"right": "no"}, *rows[1:]])}
    answers, _, _, problems = read_answers(files, {})
    assert [(reviewer, len(rows)) for reviewer, rows in answers.items()] == [("ann", len(names) - 1)]
    assert {code for code, _ in codes(problems)} == {"several-sheets", "two-answers"}
    unnamed = {"names.csv": saved(rows), f"{name[4:]}.csv": saved(rows)}
    assert [*read_answers(unnamed, {})[0]] == ["reviewer"]


def test_two_reviewers_whose_names_are_alike_to_the_first_dot_are_two(names) -> None:
    rows = answer(names, right="yes")
    files = {"A.Lee_names.csv": saved(rows), "A.Ray_names.csv": saved([rows[0] | {"right": "no"}, *rows[1:]])}
    assert [*read_answers(files, {})[0]] == ["a.lee", "a.ray"]


def test_sheets_of_another_draw_do_not_count_beside_a_filled_one_of_the_corpus_as_it_is(names) -> None:
    grown = answer([row | {"stratum_size": str(2 * int(row["stratum_size"]))} for row in names], right="yes", until=3)
    old, units = (
        saved(answer(names, right="yes")),
        {"names": 2 * sum({r["stratum"]: int(r["stratum_size"]) for r in names}.values())},
    )
    answers, rows, sizes, problems = read_answers({"ann_names.csv": old, "bob_names.csv": saved(grown)}, units)
    assert (
        [*answers] == ["bob"]
        and sum(sizes.values()) == units["names"]
        and {row.file for row in rows} == {"bob_names.csv"}
    )
    assert codes(problems) == [("other-draw", "ann_names.csv")] and "than bob_names.csv" in problems[0].message
    blank = saved(answer(grown, right=""))
    answers, _, _, problems = read_answers({"ann_names.csv": old, "bob_names.csv": blank}, units)
    assert "ann" in answers and "other-draw" not in {code for code, _ in codes(problems)}


def test_a_settling_sheet_and_one_of_another_seed_are_of_the_same_corpus(names) -> None:
    files = {"ann_names.csv": saved(answer(names, right="yes"))}
    files["bob_names.csv"] = saved(answer(drawn("names", size=14, seed=2), right="yes"))
    files["adjudicate_names.csv"] = saved([names[0] | {"right": "no", "settles": "ann; bob"}])
    answers, _, _, problems = read_answers(files, {"names": 60})
    assert {*answers} == {"ann", "bob", SETTLED} and problems == []


@pytest.mark.parametrize(("remark", "is_copy"), [("a thought", True), ("", False)])
def test_verdicts_and_a_remark_alike_are_a_copy(names, remark, is_copy) -> None:
    rows = answer(names, right="yes")
    rows[4]["comment"] = remark
    assert reviewers(rows, rows[::-1]) == (["ann"] if is_copy else ["ann", "bob"])


def test_the_size_of_a_stratum_is_that_of_most_rows(names) -> None:
    rows = answer(names, right="yes")
    stratum = rows[0]["stratum"]
    rows[0]["stratum_size"] = "99"
    _, _, sizes, problems = read_answers({"ann_names.csv": saved(rows)}, {})
    assert sizes["names", stratum] == int(rows[1]["stratum_size"] if rows[1]["stratum"] == stratum else 30)
    assert [(problem.code, problem.row) for problem in problems if problem.code == "stratum-size"] == [
        ("stratum-size", 2)
    ]
