"""The strip of a reference text: what is filled for each outlet, and when nothing is drawn."""

import pandas as pd

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
    assert notes(axes) == ["48%", "15%"] or notes(axes) == ["47%", "15%"]
    assert axes.get_xlim() == (0, 40)


def test_nothing_is_drawn_without_a_quoted_text():
    assert coverage_figure(COVERAGE.head(0), OUTLETS.head(0)).texts[0].get_gid() == NO_GROUPS
