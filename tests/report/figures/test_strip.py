"""The strip of a document, cell by cell, and that of a reference text by outlet."""

import pandas as pd
import pytest

from scripts.report.figures.strip import coverage_figure, strip_figure
from scripts.report.figures.style import HATCHES, NO_GROUPS
from tests.report.figures.parts import bars, columns, legend, notes, rows

DOCUMENTS = pd.DataFrame({"doc_id": ["b"], "title": [""], "n_sentences": [5]})
CODES = pd.DataFrame(
    [("b", "generic", "human_interest", 3), ("b", "generic", "conflict", 4), ("b", "generic", "conflict", 0),
     ("b", "generic", "conflict", 0)],
    columns=["doc_id", "scheme", "frame", "sentence"],
)  # fmt: skip
QUOTES = pd.DataFrame(
    [
        ("b", 0, "no comment"),
        ("b", 1, "direct"),
        ("b", 2, "indirect"),
        ("b", 3, "mixed"),
        ("b", 3, "indirect"),
    ],
    columns=["doc_id", "sentence", "type"],
)
COVERAGE = pd.DataFrame(
    [("b.txt", "Globe", 0, 9), ("b.txt", "Globe", 20, 30), ("b.txt", "Post", 2, 8), ("a.txt", "Post", 1, 7)],
    columns=["text", "outlet", "first", "last"],
)
OUTLETS = pd.DataFrame(
    [("a.txt", "Post", 6, 20, 0.3), ("b.txt", "Globe", 19, 40, 0.475), ("b.txt", "Post", 6, 40, 0.15)],
    columns=["text", "outlet", "words", "n_words", "share"],
)


def cells(axes, row):
    return [(round(left - 0.56), hatch) for left, width, y, hatch in bars(axes) if y == row]


def test_each_sentence_of_a_frame_or_quote_has_its_cell():
    figure = strip_figure(DOCUMENTS, QUOTES, CODES)
    (axes,) = figure.axes
    assert rows(axes) == ["conflict", "human interest", "quotes"]
    assert cells(axes, 0) == [(0, ""), (4, "")]
    assert cells(axes, 1) == [(3, HATCHES[1])]
    # A sentence with both kinds of quotes counts as one with quotation marks.
    assert cells(axes, 2) == [(1, ""), (3, ""), (2, HATCHES[1])]
    assert {width for _, width, _, _ in bars(axes)} == {0.88}
    assert all(round(left % 1, 9) == 0.56 for left, *_ in bars(axes))
    assert {round(bar.get_height(), 9) for bar in axes.patches} == {0.72}
    assert figure.get_figheight() == pytest.approx(1.2 + 0.3 * 3)
    assert axes.get_xlim() == (0.5, 5.5) and not axes.spines["left"].get_visible()
    assert axes.get_ylim() == (2.6, -0.6)
    assert axes.get_xlabel() == "sentence of “b”"
    assert legend(figure) == ["quote begins, with quotation marks", "reported"]
    assert [patch.get_hatch() for patch in figure.legends[0].get_patches()] == [None, HATCHES[1]]
    assert [text.get_gid() for text in axes.get_yticklabels()][:2] == [
        "row:generic · conflict",
        "row:generic · human_interest",
    ]


def test_without_quotes_there_is_no_legend_and_an_empty_row():
    figure = strip_figure(DOCUMENTS, QUOTES.head(0), CODES)
    assert legend(figure) == [] and cells(figure.axes[0], 2) == []


def test_twelve_frames_have_a_row():
    many = pd.DataFrame({"doc_id": "b", "scheme": "s", "frame": [f"f{at:02}" for at in range(15)], "sentence": 0})
    (axes,) = strip_figure(DOCUMENTS, QUOTES, many).axes
    assert len(rows(axes)) == 13
    assert columns(axes)


def test_names_of_frames_are_cut_at_24_characters():
    long = pd.DataFrame({"doc_id": "b", "scheme": "s", "frame": ["f" * 24, "g" * 25, "g" * 25], "sentence": [0, 1, 2]})
    assert rows(strip_figure(DOCUMENTS, QUOTES, long).axes[0])[:2] == ["g" * 23 + "…", "f" * 24]


def test_a_cell_of_a_long_document_stands_for_several_sentences():
    long = pd.DataFrame({"doc_id": ["b"], "title": [""], "n_sentences": [10_000]})
    codes = pd.DataFrame({"doc_id": "b", "scheme": "s", "frame": "f", "sentence": [0, 24, 25, 9_999]})
    (axes,) = strip_figure(long, QUOTES.head(0), codes).axes
    assert [(round((left - 0.5) / 25, 9), width / 25) for left, width, *_ in bars(axes)] == [
        (0.06, 0.88),
        (1.06, 0.88),
        (399.06, 0.88),
    ]
    assert axes.get_xlabel() == "sentence of “b”, 25 a cell"
    every = pd.DataFrame({"doc_id": "b", "scheme": "s", "frame": "f", "sentence": range(10_000)})
    assert len(bars(strip_figure(long, QUOTES.head(0), every).axes[0])) == 400


def test_no_cue_is_a_note():
    assert "No sentence" in strip_figure(DOCUMENTS, QUOTES, CODES.head(0)).texts[0].get_text()


def test_a_document_of_one_sentence_is_one_cell_wide():
    codes = pd.DataFrame({"doc_id": ["c"], "scheme": "s", "frame": "f", "sentence": [0]})
    (axes,) = strip_figure(
        pd.DataFrame({"doc_id": ["c"], "title": ["On tax"], "n_sentences": [1]}), QUOTES.head(0), codes
    ).axes
    assert axes.get_xlabel() == "sentence of “On tax”"
    assert axes.get_xlim() == (0.5, 1.5) and [width for _, width, *_ in bars(axes)] == [0.88]


@pytest.mark.parametrize(("n", "step"), [(400, 1), (401, 2), (800, 2), (801, 3)])
def test_four_hundred_cells_can_be_seen_apart(n, step):
    documents = pd.DataFrame({"doc_id": ["b"], "title": [""], "n_sentences": [n]})
    (axes,) = strip_figure(documents, QUOTES.head(0), CODES.head(1)).axes
    assert [width for _, width, *_ in bars(axes)] == [pytest.approx(0.88 * step)]
    assert axes.get_xlim() == (0.5, n + 0.5)
    assert axes.get_xlabel() == "sentence of “b”" + (f", {step} a cell" if step > 1 else "")


def test_the_text_that_is_quoted_most_has_a_row_an_outlet():
    (axes,) = coverage_figure(COVERAGE, OUTLETS).axes
    assert rows(axes) == ["Globe", "Post"]
    assert [(left, width, y) for left, width, y, _ in bars(axes)] == [
        (0, 40, 0),
        (0, 9, 0),
        (20, 10, 0),
        (0, 40, 1),
        (2, 6, 1),
    ]
    assert notes(axes) == ["48%", "15%"]
    assert [(text.xy, text.xyann, text.get_va()) for text in axes.texts] == [
        ((40, 0), (4, 0), "center"), ((40, 1), (4, 0), "center"),
    ]  # fmt: skip
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 40), (1.6, -0.6))
    (middle,) = axes.lines
    assert list(middle.get_xdata()) == [20, 20]
    assert {round(bar.get_height(), 9) for bar in axes.patches} == {0.6}
    assert not axes.spines["left"].get_visible()
    assert [text.get_gid() for text in axes.get_yticklabels()] == ["row:b.txt · Globe", "row:b.txt · Post"]
    assert axes.get_xlabel() == "word of b.txt (label: share of all words; dotted: the middle)"


def test_twelve_outlets_have_a_row_and_of_equally_quoted_texts_the_first_is_drawn():
    names = ["", "o" * 25, "p" * 24, *(f"outlet {at:02}" for at in range(12))]
    rows_of = [(text, name, 5, 20, 0.25) for text in ("t" * 41, "a" * 41) for name in names]
    figure = coverage_figure(COVERAGE, pd.DataFrame(rows_of, columns=OUTLETS.columns))
    (axes,) = figure.axes
    assert rows(axes) == ["(no outlet)", "o" * 23 + "…", "p" * 24, *(f"outlet {at:02}" for at in range(9))]
    assert axes.get_xlabel().startswith("word of " + "a" * 39 + "… (")
    assert figure.get_figheight() == pytest.approx(1.1 + 0.3 * 12)


def test_nothing_is_drawn_without_a_quoted_text():
    assert coverage_figure(COVERAGE.head(0), OUTLETS.head(0)).texts[0].get_gid() == NO_GROUPS


def test_a_single_outlet_has_a_row():
    (axes,) = coverage_figure(COVERAGE, OUTLETS.tail(1)).axes
    assert rows(axes) == ["Post"] and axes.get_xlim() == (0, 40)
