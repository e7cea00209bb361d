"""The strip of a reference text: what is filled for each outlet, and when nothing is drawn."""

import pandas as pd
import pytest

from scripts.report.figures.coverage import coverage_figure
from scripts.report.figures.style import NO_GROUPS
from tests.report.figures.parts import bars, notes, rows

COVERAGE = pd.DataFrame(
    [("b.txt", "Globe", 0, 9), ("b.txt", "Globe", 20, 30), ("b.txt", "Post", 2, 8), ("a.txt", "Post", 1, 7)],
    columns=["text", "outlet", "first", "last"],
)
OUTLETS = pd.DataFrame(
    [("a.txt", "Post", 6, 20, 0.3), ("b.txt", "Globe", 19, 40, 0.475), ("b.txt", "Post", 6, 40, 0.15)],
    columns=["text", "outlet", "words", "n_words", "share"],
)


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
