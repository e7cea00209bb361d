"""Accuracy on this corpus: numbers by hand from filled sheets of a made corpus, errors, agreement."""

from collections import Counter

import pytest

from scripts.maths.agreement import alpha
from scripts.maths.survey import Estimate
from scripts.review.accuracy import FOUND_ONLY, NONE_FOUND, accuracy_tables, estimate_row
from scripts.review.reviewed import read_reviewed
from tests.review.filled import TEXTS, drawn, saved, units, write_mentions


@pytest.fixture
def folder(tmp_path):
    return write_mentions(tmp_path)


def tables(folder, files):
    corpus = units()
    reviewed, problems = read_reviewed(files, folder, corpus)
    return accuracy_tables(reviewed, corpus), problems


def estimates(accuracy):
    return accuracy.set_index(["step", "measure", "value"])["estimate"]


def attributions(folder, *, wrong=0, nobody=0, size=30):
    """Return the sheet of attributions: the first `wrong` rows have another speaker, the next `nobody` are none."""
    rows = drawn("attributions", size=size)
    for number, row in enumerate(rows):
        row["right"] = "no" if wrong <= number < wrong + nobody else "yes"
        row["speaker_right"] = "" if row["right"] == "no" else "0" if number < wrong else "1"
        row["whose"] = "Ray" if number < wrong else ""
    return rows


def test_of_a_corpus_that_is_checked_from_end_to_end_the_shares_are_exact(folder) -> None:
    sentences = drawn("sentences", size=120)
    for row in sentences:
        row["missed"] = "the sea rose" if "experts" in row["text"] and row["doc_id"] < "15" else "no"
        row["whose"] = "experts" if row["missed"] != "no" else ""
    missed = sum(row["missed"] != "no" for row in sentences)
    files = {
        "review/ann_attributions.csv": saved(attributions(folder, wrong=3, nobody=2)),
        "review/ann_sentences.csv": saved(sentences),
    }
    made, problems = tables(folder, files)
    assert problems == []
    values = estimates(made["accuracy"])
    assert values["attributions", "precision", "(all)"] == pytest.approx(28 / 30)
    assert values["attributions", "recall", "(all)"] == pytest.approx(28 / (28 + missed))
    assert values["speakers", "precision", "(all)"] == pytest.approx(25 / 30)
    assert values["speakers", "recall", "(all)"] == pytest.approx(25 / (28 + missed))
    assert values["speakers", "F1", "(all)"] == pytest.approx(2 * 25 / (30 + 28 + missed))
    rows = made["accuracy"].set_index(["step", "measure", "value"])
    assert rows.loc[("speakers", "precision", "(all)"), ["lo", "hi"]].tolist() == pytest.approx([25 / 30, 25 / 30])
    assert rows.loc[("speakers", "precision", "(all)"), "method"] == "every unit was reviewed"
    assert values["attributions", "share of errors", "missed, reported"] == pytest.approx(missed / (missed + 5))
    assert values["speakers", "mean confidence", ".85 to .95"] == pytest.approx(0.9)
    errors = made["review_errors"]
    assert errors.groupby("kind").size().to_dict() == {
        "missed, reported": missed, "no attribution, rule verb": 2, "wrong speaker, rule verb": 3,
    }  # fmt: skip
    # A surname is enough where one in the document bears it.
    assert set(errors.loc[errors["kind"] == "wrong speaker, rule verb", "should_be"]) == {"Bo Ray"}


def test_precision_is_exact_if_all_attributions_are_checked_though_only_some_sentences_are(folder) -> None:
    sentences = [row | {"missed": "no"} for row in drawn("sentences", size=40)]
    files = {"ann_attributions.csv": saved(attributions(folder, wrong=3)), "ann_sentences.csv": saved(sentences)}
    rows = tables(folder, files)[0]["accuracy"].set_index(["step", "measure", "value"])
    of_all = rows.loc[("speakers", "precision", "(all)")]
    assert of_all[["lo", "hi"]].tolist() == pytest.approx([27 / 30, 27 / 30])
    assert of_all["method"] == rows.loc[("speakers", "precision", "South"), "method"] == "every unit was reviewed"
    assert rows.loc[("speakers", "F1", "(all)"), "method"].endswith("since the sample does not vary")


def test_a_row_stands_for_its_stratum_and_groups_and_types_have_rows_of_their_own(folder) -> None:
    rows = attributions(folder, size=12)
    wrong = [row for row in rows if row["group"] == "South"]
    for row in wrong:
        row["right"] = "no"
    values = estimates(tables(folder, {"ann.csv": saved(rows)})[0]["accuracy"])
    # All ten of the South, whatever number of them was drawn: the strata have one group each.
    assert values["attributions", "precision", "(all)"] == pytest.approx(20 / 30)
    assert values["attributions", "precision", "South"] == 0
    assert values["attributions", "precision", "indirect"] == 0
    assert values["attributions", "precision", "direct"] == 1
    assert ("attributions", "recall", "(all)") not in values.index  # nobody looked for what was missed


def test_names_and_labels(folder) -> None:
    rows = drawn("names", size=60)
    for row in rows:
        is_org = row["label"] == "ORG"
        row["right"] = "no" if is_org else "yes"
        row["label_should_be"] = "person" if is_org and row["doc_id"] < "2" else ""
    persons = sum(bool(row["label_should_be"]) for row in rows)
    values = estimates(tables(folder, {"ann.csv": saved(rows)})[0]["accuracy"])
    assert values["names", "precision", "(all)"] == pytest.approx((30 + persons) / 60)
    assert values["labels", "precision", "(all)"] == pytest.approx(30 / 60)
    assert values["labels", "precision", "ORG"] == 0
    assert values["labels", "recall", "PERSON"] == pytest.approx(30 / (30 + persons))
    assert values["names", "share of errors", "ORG for PERSON"] == pytest.approx(persons / 30)


def looked_through(*, size=120):
    """Return the sheet of sentences: in some the machine missed a place and a group."""
    rows = drawn("sentences", size=size)
    for row in rows:
        is_missed = "experts" in row["text"] and row["doc_id"] < "2"
        row["missed_names"] = "The Sea = loc | experts=NORP" if is_missed else "no"
    return rows


def test_names_that_the_machine_missed_are_looked_for_in_sentences(folder) -> None:
    names = [row | {"right": "yes"} for row in drawn("names", size=60)]
    sentences = looked_through()
    missed = sum(row["missed_names"] != "no" for row in sentences)
    made, problems = tables(folder, {"ann_names.csv": saved(names), "ann_sentences.csv": saved(sentences)})
    assert problems == [] and missed == 12
    values = estimates(made["accuracy"])
    assert values["names", "precision", "(all)"] == 1
    assert values["names", "recall", "(all)"] == pytest.approx(60 / (60 + 24))
    assert values["labels", "F1", "(all)"] == pytest.approx(2 * 60 / (2 * 60 + 24))
    assert values["labels", "recall", "PERSON"] == 1
    assert values["labels", "recall", "LOC"] == values["labels", "recall", "NORP"] == 0
    assert values["names", "share of errors", "missed, LOC"] == pytest.approx(1 / 2)
    # Nobody looked for statements in these sentences.
    assert ("attributions", "recall", "(all)") not in values.index
    assert not made["accuracy"]["method"].str.endswith(FOUND_ONLY).any()
    errors = made["review_errors"].set_index("kind").loc["missed, LOC"]
    assert set(errors["sheet"]) == {"sentences"} and set(errors["should_be"]) == {"LOC"}
    text = TEXTS[errors["doc_id"].iloc[0]]
    assert text[errors["start"].iloc[0] : errors["end"].iloc[0]] == "The sea"


def test_one_sentence_that_was_looked_through_tells_what_was_missed(folder) -> None:
    names = [row | {"right": "yes"} for row in drawn("names", size=60)]
    (sentence,) = looked_through()[:1]
    sheets = {"ann_names.csv": saved(names), "ann_sentences.csv": saved([sentence])}
    assert ("names", "recall", "(all)") in estimates(tables(folder, sheets)[0]["accuracy"]).index
    del sheets["ann_sentences.csv"]
    assert ("names", "recall", "(all)") not in estimates(tables(folder, sheets)[0]["accuracy"]).index


def missed_alone():
    """Return the sheet of sentences in which the statements of experts are missed, and names in some."""
    rows = looked_through()
    for row in rows:
        row["missed"] = "the sea rose" if "experts" in row["text"] else "no"
        row["whose"] = "experts" if row["missed"] != "no" else ""
    return rows


@pytest.mark.parametrize("half_filled", [False, True])
def test_recall_is_not_estimable_where_no_row_counts_of_what_the_machine_found(folder, half_filled) -> None:
    sheets = {"ann_sentences.csv": saved(missed_alone())}
    if half_filled:
        names = [row | {"right": "yes" if at % 2 else "perhaps"} for at, row in enumerate(drawn("names", size=60))]
        halves = [row | {"speaker_right": ""} for row in attributions(folder)[::2]]
        sheets |= {"ann_names.csv": saved(names), "ann.csv": saved(attributions(folder)[1::2] + halves)}
    made, problems = tables(folder, sheets)
    assert sum("Accuracy is not estimated" in problem.message for problem in problems) == 2 * half_filled
    rows = made["accuracy"][made["accuracy"]["measure"].isin(["precision", "recall", "F1", "share of errors"])]
    shown = rows.set_index(["step", "measure", "value"])
    for step in ("attributions", "speakers", "names", "labels"):
        for measure in ("recall", "F1"):
            assert shown.loc[(step, measure, "(all)"), "method"] == NONE_FOUND
    # The machine has no places and groups of people, and so it finds none of them.
    zero = (rows["step"] == "labels") & rows["value"].isin(["LOC", "NORP"])
    assert (rows.loc[zero, "estimate"] == 0).all()
    assert rows.loc[~zero, ["estimate", "lo", "hi"]].isna().all(axis=None)
    assert ("names", "share of errors", "missed, LOC") in shown.index


@pytest.mark.parametrize("unreviewed", ["attributions", "sentences"])
def test_a_group_has_no_recall_unless_both_its_sheets_were_reviewed(folder, unreviewed) -> None:
    corpus, sheets = units(), {"ann.csv": attributions(folder), "ann_sentences.csv": missed_alone()}
    reviewed, _ = read_reviewed({file: saved(rows) for file, rows in sheets.items()}, folder, corpus)
    reviewed[unreviewed].rows["group"] = "North"
    values = accuracy_tables(reviewed, corpus)["accuracy"].set_index(["step", "measure", "value"])
    assert values.loc[("attributions", "recall", "North"), "estimate"] < 1
    if unreviewed == "attributions":
        assert values.loc[("attributions", "recall", "South"), "method"] == NONE_FOUND
        assert ("attributions", "precision", "South") not in values.index
        # Where the machine names nobody, all speakers are missed, whatever is reviewed.
        machine = corpus.by_sheet["attributions"]
        machine = machine.assign(speaker=machine["speaker"].where(machine["group"] == "North", ""))
        corpus = corpus._replace(by_sheet={**corpus.by_sheet, "attributions": machine})
        values = accuracy_tables(reviewed, corpus)["accuracy"].set_index(["step", "measure", "value"])
        assert values.loc[("speakers", "recall", "South"), "estimate"] == 0
    else:
        assert ("attributions", "recall", "South") not in values.index
        assert values.loc[("attributions", "precision", "South"), "estimate"] == 1


def test_errors_of_one_sheet_are_said_to_be_of_what_the_machine_found(folder) -> None:
    made = tables(folder, {"ann.csv": saved(attributions(folder, wrong=3))})[0]["accuracy"]
    (method,) = made.loc[made["measure"] == "share of errors", "method"]
    assert method.endswith(FOUND_ONLY)


def test_sentences_looked_through_for_names_stand_for_their_strata(folder) -> None:
    names = [row | {"right": "yes"} for row in drawn("names", size=60)]
    sentences = looked_through(size=60)
    values = tables(folder, {"ann_names.csv": saved(names), "ann_sentences.csv": saved(sentences)})[0]["accuracy"]
    recall = values.set_index(["step", "measure", "value"]).loc[("names", "recall", "(all)")]
    drawn_rows = Counter(row["stratum"] for row in sentences)
    with_missed = [row for row in sentences if row["missed_names"] != "no"]
    missed = sum(2 * int(row["stratum_size"]) / drawn_rows[row["stratum"]] for row in with_missed)
    assert recall["estimate"] == pytest.approx(60 / (60 + missed))
    assert recall["lo"] < recall["estimate"] < recall["hi"] < 1


def test_statements_and_names_of_a_sentence_are_answered_apart(folder) -> None:
    rows = attributions(folder)
    sentences = looked_through()
    for row in sentences[:40]:
        row["missed"] = "no"
    values = estimates(tables(folder, {"a.csv": saved(rows), "a_sentences.csv": saved(sentences)})[0]["accuracy"])
    assert values["attributions", "recall", "(all)"] == 1


def test_two_reviewers_share_a_row_and_their_agreement_is_told(folder) -> None:
    first, second = attributions(folder), attributions(folder, nobody=6)
    made, problems = tables(folder, {"ann.csv": saved(first), "Bo_attributions.csv": saved(second)})
    assert problems == []
    values = estimates(made["accuracy"])
    assert values["attributions", "precision", "(all)"] == pytest.approx((30 - 6 / 2) / 30)
    codes = [[1, 0]] * 6 + [[1, 1]] * 24
    assert values["attributions", "alpha, reviewers", "(all)"] == pytest.approx(alpha(codes))
    assert values["attributions", "same answer, reviewers", "(all)"] == pytest.approx(24 / 30)
    assert set(made["review_errors"]["reviewer"]) == {"bo"}


def test_the_agreement_of_reviewers_is_told_even_if_their_gaps_leave_no_accuracy(folder) -> None:
    empty = {"right": "", "speaker_right": "", "whose": ""}
    sheets = {"ann.csv": attributions(folder), "bo.csv": attributions(folder, wrong=1, nobody=1)}
    halves = {
        name: saved([row | empty if at % 2 else row for at, row in enumerate(rows)]) for name, rows in sheets.items()
    }
    values = estimates(tables(folder, halves)[0]["accuracy"])
    assert values["speakers", "same answer, reviewers", "(all)"] == pytest.approx(14 / 15)
    assert ("attributions", "precision", "(all)") not in values.index


def test_accuracy_of_speakers_is_of_the_statements_to_which_the_machine_gives_one(folder) -> None:
    """A statement for which it names nobody is not wrong, as no share counts it; the speaker is missed all the same."""
    corpus = units()
    reviewed, _ = read_reviewed({"ann.csv": saved(attributions(folder, wrong=3))}, folder, corpus)
    before = estimates(accuracy_tables(reviewed, corpus)["accuracy"])
    rows = reviewed["attributions"].rows
    is_wrong = [each.exact == 0 for each in sorted(reviewed["attributions"].judgements, key=lambda each: each.unit)]
    assert sum(is_wrong) == 3 and before["speakers", "precision", "(all)"] == pytest.approx(27 / 30)
    rows.loc[is_wrong, "speaker"] = ""
    values = estimates(accuracy_tables(reviewed, corpus)["accuracy"])
    assert values["speakers", "precision", "(all)"] == 1
    assert values["attributions", "precision", "(all)"] == before["attributions", "precision", "(all)"] == 1


def test_mean_confidence_is_of_statements_with_a_speaker(folder) -> None:
    corpus = units()
    machine = corpus.by_sheet["attributions"].copy()
    machine["confidence"] = machine["confidence"].where(machine.index > 0, 0.0)
    machine.loc[0, "speaker"] = ""
    corpus = corpus._replace(by_sheet={**corpus.by_sheet, "attributions": machine})
    reviewed, _ = read_reviewed({"ann.csv": saved(attributions(folder))}, folder, corpus)
    values = estimates(accuracy_tables(reviewed, corpus)["accuracy"])
    assert values["speakers", "mean confidence", "(all)"] == pytest.approx(machine["confidence"][1:].mean())


def test_the_method_says_by_which_interval_an_estimate_is_bounded() -> None:
    methods = {
        degrees: estimate_row("names", "recall", "", "", Estimate(value, variance, degrees, 20))["method"]
        for value, variance, degrees in ((0.5, 0.01, 9.0), (1.0, 0.0, 0.0))
    }
    assert "logit" in methods[9.0] and "Wilson" in methods[0.0]
