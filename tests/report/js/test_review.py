"""review.js reads sheets that the pipeline draws, asks what their rows need, and writes them back with the answers."""

import csv
import io

import pytest

from scripts.core.csv_tables import escape_cell
from scripts.framing.coder_sheets import read_coder_sheet
from scripts.framing.sampling import SHEET_COLUMNS as CODING_COLUMNS
from scripts.framing.units import SENTENCE, Units
from scripts.review.filled import read_filled
from scripts.review.shown_cells import FILLED, changed_columns
from tests.report.corpus import HOSTILE
from tests.report.js.node import needs_node, run
from tests.review.filled import drawn, drawn_text

pytestmark = needs_node

# The text of a sheet after answers to its rows.
FILL = """([text, answers]) => {
    const sheet = reviewSheetOf(text);
    for (const [row, name, value] of answers) answer(sheet, row, name, value);
    return linesOfSheet(sheet).map((line) => `${line.join(",")}\\n`).join("");
}"""
# The column that the first row asks for after answers, whether it needs none, and its cells.
ASKED = """([text, answers]) => {
    const sheet = reviewSheetOf(text);
    for (const [row, name, value] of answers) answer(sheet, row, name, value);
    return [openField(sheet, 0) ?? "", isAnswered(sheet, 0), sheet.columns.map((name) => sheetCell(sheet, 0, name))];
}"""


def coding_sheet(texts: list[str], frames: list[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*CODING_COLUMNS[SENTENCE], *frames])
    writer.writerows(
        [*map(escape_cell, ["a.txt", str(at), "9", "0", "9", "", text, ""]), *[""] * len(frames)]
        for at, text in enumerate(texts)
    )
    return out.getvalue()


@pytest.mark.parametrize("kind", FILLED)
def test_a_sheet_without_answers_comes_back_as_it_is(kind):
    text = drawn_text(kind)
    assert run(FILL, [text, []]) == text
    asked = run("(text) => reviewFields(reviewSheetOf(text), 0).map(([name]) => name)", text)
    assert asked == list(FILLED[kind])


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("attributions", {"right": "1", "speaker_right": "0", "whose": "=Bo Ray", "comment": "-1, “odd”"}),
        ("sentences", {"missed": "Bo Ray left.", "whose": "Bo Ray", "missed_names": "no"}),
        ("names", {"right": "0", "label_should_be": "ORG"}),
    ],
)
def test_answers_are_read_by_the_pipeline_and_shown_cells_are_as_drawn(kind, answers):
    rows = drawn(kind)
    text = drawn_text(kind)
    everything = [(row, name, value) for row in range(len(rows)) for name, value in answers.items()]
    filled = run(FILL, [text, everything])
    read, problems = read_filled(f"anna_{kind}.csv", filled.encode())
    assert problems == []
    assert [{name: row.cells[name] for name in answers} for row in read] == [answers] * len(rows)
    assert all(changed_columns(kind, row.cells) == [] for row in read)
    heads, *cells = csv.reader(io.StringIO(filled, newline=""))
    answered = [heads.index(name) for name in FILLED[kind]]
    shown = [[cell for at, cell in enumerate(row) if at not in answered] for row in cells]
    before = csv.reader(io.StringIO(text, newline=""))
    assert shown == [[cell for at, cell in enumerate(row) if at not in answered] for row in [*before][1:]]


def test_what_is_asked_follows_the_answers_and_what_is_asked_no_more_is_emptied():
    text = drawn_text("attributions")
    heads = text.split("\n", 1)[0].split(",")

    def after(*answers: tuple[str, str]) -> tuple[str, bool, dict[str, str]]:
        asked, done, cells = run(ASKED, [text, [(0, *each) for each in answers]])
        return asked, done, {name: cell for name, cell in zip(heads, cells, strict=True) if name in dict(answers)}

    assert after()[:2] == ("right", False)
    assert after(("right", "1"))[:2] == ("speaker_right", False)
    assert after(("right", "no"))[:2] == ("", True)
    assert after(("right", "1"), ("speaker_right", "0"))[:2] == ("whose", False)
    assert after(("right", "1"), ("speaker_right", "1"))[:2] == ("", True)
    named = [("right", "1"), ("speaker_right", "0"), ("whose", "Bo Ray")]
    assert after(*named)[:2] == ("", True)
    assert after(*named, ("speaker_right", "1"))[2] == {"right": "1", "speaker_right": "1", "whose": ""}
    assert after(*named, ("right", "0"))[2] == {"right": "0", "speaker_right": "", "whose": ""}


def test_a_short_form_is_asked_after_with_the_names_that_it_may_be():
    text = drawn_text("attributions")
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    rows[0][heads.index("may_be")] = "Ann Lee | Al Lee"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([heads, *rows])
    answers = [(0, "right", "1"), (0, "speaker_right", "1")]
    assert run(ASKED, [out.getvalue(), answers])[:2] == ["same_as", False]
    choices = run(
        """(text) => {
            const sheet = reviewSheetOf(text);
            return REVIEW_FIELDS.attributions.same_as.choices((name) => sheetCell(sheet, 0, name));
        }""",
        out.getvalue(),
    )
    assert [(key, value) for key, _, value in choices] == [("1", "Ann Lee"), ("2", "Al Lee"), ("0", "no")]


def test_a_coding_sheet_is_coded_and_read_by_the_pipeline():
    frames, texts = ["conflict", "economic"], [*HOSTILE, "a\nb", 'say "x"']
    text = coding_sheet(texts, frames)
    assert run(FILL, [text, []]) == text
    answers = [(row, frame, str((row + at) % 2)) for row in range(len(texts)) for at, frame in enumerate(frames)]
    units = Units(SENTENCE, [("a.txt", at) for at in range(len(texts))], texts, [], None, None)  # type: ignore[arg-type]
    filled, problems = read_coder_sheet("anna.csv", run(FILL, [text, answers]).encode(), frames, units, units.places())
    assert problems == []
    assert [line.codes for line in filled] == [[row % 2, (row + 1) % 2] for row in range(len(texts))]


def test_corrections_and_strange_files_are_no_sheets_to_fill():
    texts = ["what,sheet,text_sha256\nspeaker,a,b\n", "a,b\n1,2\n", "", "sheet,number\n"]
    assert run("(texts) => texts.map((text) => reviewSheetOf(text) === undefined)", texts) == [True] * 4
    assert run("(text) => reviewFields(reviewSheetOf(text), 0)", "sheet\n__proto__\n") == []


def test_a_reviewer_stands_in_the_name_of_the_file():
    script = "(each) => each.map(([isCoding, ...names]) => filledName({ isCoding }, ...names))"
    assert run(
        script,
        [
            [False, "attributions.csv", "Anna"], [False, "Anna_attributions.csv", "anna"],
            [False, "names.csv", ""], [True, "coding_sheet.csv", "Bo Lee"], [False, "names.csv", "../x"],
        ],
    ) == ["Anna_attributions", "Anna_attributions", "names", "Bo-Lee", "..-x_names"]  # fmt: skip
