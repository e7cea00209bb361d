"""Rows on which two reviewers differ, settled by a sheet that one fills: it wins, and both agreements are told."""

import csv
import io

import pytest

from scripts.core.csv_tables import write_csv
from scripts.review.accuracy import accuracy_tables
from scripts.review.adjudication import adjudication_sheets
from scripts.review.reviewed import read_reviewed
from tests.review.filled import drawn, saved, units, write_mentions


@pytest.fixture
def folder(tmp_path):
    return write_mentions(tmp_path)


def read(folder, files):
    return read_reviewed({f"{name}.csv": data for name, data in files.items()}, folder, units())


def sheet(folder, reviewed, kind):
    path = folder / f"adjudicate_{kind}.csv"
    write_csv(path, adjudication_sheets(reviewed)[kind])
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def measures(reviewed, step):
    rows = accuracy_tables(reviewed, units())["accuracy"]
    rows = rows[(rows["step"] == step) & (rows["by"] == "")]
    return dict(zip(rows["measure"], rows["estimate"], strict=True))


def test_rows_on_which_reviewers_differ_are_settled(folder) -> None:
    rows = drawn("attributions", size=30)
    ann = [row | {"right": "yes", "speaker_right": "yes"} for row in rows]
    bo = [{**row} for row in ann]
    bo[3] |= {"right": "no", "speaker_right": "", "comment": "a thought"}
    bo[7] |= {"speaker_right": "no", "whose": "experts"}
    files = {"ann": saved(ann[::-1]), "bo": saved(bo)}
    reviewed, problems = read(folder, files)
    assert problems == []
    assert measures(reviewed, "speakers")["precision"] == pytest.approx(1 - (0.5 + 0.5) / 30)
    settling = sheet(folder, reviewed, "attributions")
    assert [row["number"] for row in settling] == ["4", "8"]
    assert {row["settles"] for row in settling} == {"ann; bo"}
    assert [row["answers of bo"] for row in settling] == [
        "right = no; comment = a thought",
        "right = yes; speaker_right = no; whose = experts",
    ]
    assert settling[0]["answers of ann"] == "right = yes; speaker_right = yes"
    assert all(row["right"] == "" and row["text"] == "We pay" for row in settling)

    # Not filled it changes nothing, and is no fault.
    assert read(folder, files | {"adjudicate_attributions": saved(settling)})[1] == []
    settling[0] |= {"right": "no"}
    settling[1] |= {"right": "yes", "speaker_right": "yes"}
    reviewed, problems = read(folder, files | {"adjudicate_attributions": saved(settling)})
    assert problems == []
    after = measures(reviewed, "speakers")
    assert after["precision"] == pytest.approx(29 / 30)
    assert after["same answer, reviewers"] == pytest.approx(28 / 30)
    assert after["same answer, reviewers, adjudicated"] == 1
    assert after["alpha, reviewers"] < after["alpha, reviewers, adjudicated"] == 1
    assert sheet(folder, reviewed, "attributions") == []
    (settled,) = [each for each in reviewed["attributions"].judgements if each.row.number == 4]
    assert (settled.reviewer, settled.right) == ("(adjudicated)", 0)


def test_statements_and_names_missed_in_a_sentence_are_settled_apart(folder) -> None:
    rows = [row | {"missed": "no", "missed_names": "no"} for row in drawn("sentences", size=120)]
    at = next(number for number, row in enumerate(rows) if "experts" in row["text"])
    second = [{**row} for row in rows]
    second[at] |= {"missed": "The sea rose", "whose": "experts", "missed_names": "experts = NORP"}
    files = {"ann": saved(rows), "bo": saved(second)}
    reviewed, _ = read(folder, files)
    settling = sheet(folder, reviewed, "sentences")
    assert len(settling) == 1
    settling[0] |= {"missed": "The sea rose", "whose": "experts"}
    reviewed, problems = read(folder, files | {"cy": saved(settling)})
    assert problems == []
    missed = [(each.reviewer, len(each.missed)) for each in reviewed["sentences"].judgements if each.missed]
    assert missed == [("(adjudicated)", 1)]
    assert len(sheet(folder, reviewed, "sentences")) == 1  # the names are open still
    assert "alpha, reviewers, adjudicated" in measures(reviewed, "missed statements")
    assert "alpha, reviewers, adjudicated" not in measures(reviewed, "missed names")


def test_the_same_statements_in_another_order_are_no_difference(folder) -> None:
    rows = [row | {"missed": "no", "missed_names": "no"} for row in drawn("sentences", size=120)]
    at = next(number for number, row in enumerate(rows) if "experts" in row["text"])
    sheets = {}
    for name, pieces in (("ann", ["The sea rose", "experts say"]), ("bo", ["experts say", "The sea rose"])):
        rows[at] |= {"missed": " | ".join(pieces), "whose": "experts"}
        sheets[name] = saved(rows)
    reviewed, problems = read(folder, sheets)
    assert (problems, sheet(folder, reviewed, "sentences")) == ([], [])


def test_what_nobody_has_judged_is_not_settled(folder) -> None:
    rows = drawn("attributions", size=30)
    ann = [row | {"right": "yes", "speaker_right": "yes"} for row in rows]
    bo = [row | {"right": "no"} if at in {3, 7} else row for at, row in enumerate(ann)]
    reviewed, _ = read(folder, {"ann": saved(ann), "bo": saved(bo)})
    settling = [row | {"right": "no"} for row in sheet(folder, reviewed, "attributions")]
    reviewed, problems = read(folder, {"adjudicate_attributions": saved(settling)})
    assert [(problem.row, problem.code) for problem in problems if problem.row] == [
        (2, "settles-nothing"), (3, "settles-nothing"),
    ]  # fmt: skip
    assert len(reviewed["attributions"].rows) == 0
    reviewed, problems = read(folder, {"ann": saved(ann), "adjudicate_attributions": saved(settling)})
    assert problems == [] and measures(reviewed, "attributions")["precision"] == pytest.approx(28 / 30)


def test_a_settling_sheet_without_its_column_is_no_further_reviewer(folder) -> None:
    rows = drawn("attributions", size=30)
    ann = [row | {"right": "yes", "speaker_right": "yes"} for row in rows]
    bo = [row | {"right": "no"} if at in {3, 7} else row for at, row in enumerate(ann)]
    files = {"ann": saved(ann), "bo": saved(bo)}
    settling = [row | {"right": "no"} for row in sheet(folder, read(folder, files)[0], "attributions")]
    for row in settling:
        del row["settles"]
    reviewed, problems = read(folder, files | {"cy": saved(settling)})
    assert [(problem.sheet, problem.code) for problem in problems] == [("cy.csv", "columns")]
    assert {each.reviewer for each in reviewed["attributions"].judgements} == {"ann", "bo"}


def without_link(rows):
    return [{name: cell for name, cell in row.items() if name != "link"} for row in rows]


def test_a_column_that_a_sheet_of_an_older_version_lacks_is_left_out(folder) -> None:
    rows = [row | {"right": "yes", "speaker_right": "yes"} for row in drawn("attributions", size=30)]
    differing = [row | {"right": "no"} if at in {3, 7} else row for at, row in enumerate(rows)]

    def columns(**sheets):
        return adjudication_sheets(read(folder, {name: saved(rows) for name, rows in sheets.items()})[0])[
            "attributions"
        ].column_names

    assert "link" in columns(ann=rows) and "link" in columns(ann=rows, bo=differing)
    assert "link" in columns(ann=rows, bo=without_link(differing))  # the cells are those of the first
    # Of the first row, which two others judged, there is a link.
    assert "link" not in columns(ann=without_link(rows[5:]), bo=differing, cy=rows[:5])
