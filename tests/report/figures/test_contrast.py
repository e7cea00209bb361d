"""The words of two groups: each word's rate in one against its rate in the other."""

import pandas as pd
import pytest

from scripts.report.figures.catalogue import DRAWINGS
from scripts.report.figures.contrast import word_contrast_figure
from scripts.report.figures.selection import largest_contrast
from tests.report.figures.parts import legend, notes, points

GROUPS = pd.DataFrame({"group": ["Globe", "Post", "Sun"]})


def keyness(rows, target="Globe", n=20_000):
    table = pd.DataFrame(rows, columns=["word", "count_target", "count_reference", "estimate", "g2", "q"])
    return table.assign(column="outlet", target=target, reference="the others", n_target=n, n_reference=40_000)


WORDS = keyness(
    [("tax", 40, 20, 2.0, 30.0, 0.001), ("law", 2, 80, -4.0, -60.0, 0.001), ("sea", 4, 8, 0.0, 0.0, 0.9),
     ("war", 6, 0, 3.0, 9.0, 0.01)]
)  # fmt: skip


def test_points_are_rates_per_10_000_words_and_marked_by_the_side_that_has_more():
    figure = word_contrast_figure(WORDS, GROUPS)
    (axes,) = figure.axes
    assert points(axes, "D") == [(5, 20), (0.5, 3)]  # none of 40,000 words is drawn at half the least rate
    assert points(axes, "s") == [(20, 1)]
    assert points(axes, "o") == [(2, 2)]
    assert notes(axes) == ["law", "tax", "war"]  # the most key first; what does not survive correction has no name
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert axes.get_xlim() == axes.get_ylim() == (0.4, 32)
    assert axes.get_xlabel() == "per 10,000 words in the others"
    assert axes.get_ylabel() == "per 10,000 words in Globe"
    assert legend(figure) == ["key for Globe", "key for the others", "does not survive correction"]
    assert axes.xaxis.get_major_formatter()(0.1) == "0.1"


def test_of_two_groups_the_second_has_its_name():
    figure = word_contrast_figure(WORDS, GROUPS.head(2))
    assert figure.axes[0].get_xlabel() == "per 10,000 words in Post"
    assert legend(figure)[1] == "key for Post"


def test_the_group_with_most_words_is_compared():
    both = pd.concat([WORDS, keyness([("sun", 1, 1, 1.0, 1.0, 1.0)], target="Sun", n=90_000)])
    assert largest_contrast(both, GROUPS)["word"].tolist() == ["sun"]
    (caption,) = (each.description for each in DRAWINGS if each.name == "word_contrast")
    assert "that with most words" in caption
    assert largest_contrast(WORDS, GROUPS)["word"].tolist() == ["law", "tax", "war", "sea"]


def test_four_hundred_words_are_drawn_and_names_cover_neither_each_other_nor_points():
    many = keyness([(f"word{at}", 1 + at % 37, 1 + at % 41, 1.0, at, 0.001 if at > 459 else 1) for at in range(500)])
    figure = word_contrast_figure(many, GROUPS)
    (axes,) = figure.axes
    assert len(points(axes, "D")) == 40 and len(points(axes, "o")) == 360
    boxes = [text.get_window_extent() for text in axes.texts]
    assert 5 < len(boxes) <= 40
    assert not [1 for at, box in enumerate(boxes) for earlier in boxes[:at] if box.overlaps(earlier)]
    places = axes.transData.transform(points(axes, "D") + points(axes, "o"))
    assert not [1 for box in boxes for x, y in places if box.x0 < x < box.x1 and box.y0 < y < box.y1]


@pytest.mark.parametrize(("words", "groups"), [(WORDS.head(0), GROUPS), (WORDS, GROUPS.head(1))])
def test_nothing_is_compared_without_two_groups(words, groups):
    assert word_contrast_figure(words, groups).texts[0].get_gid() == "no-groups"


def test_names_and_groups_are_cut():
    words = WORDS.assign(word=["w" * 20, "v" * 21, "sea", "war"], target="t" * 31, reference="r" * 31)
    figure = word_contrast_figure(words, pd.DataFrame({"group": ["t" * 31, "a", "b"]}))
    (axes,) = figure.axes
    assert {"w" * 20, "v" * 19 + "…"} <= set(notes(axes))
    assert axes.get_ylabel().endswith("t" * 29 + "…") and axes.get_xlabel().endswith("r" * 29 + "…")
    assert legend(figure)[:2] == [f"key for {letter * 21}…" for letter in "tr"]


def test_forty_eight_words_have_a_name():
    grid = [(f"w{at}", 2 ** (at % 9), 2 ** (at // 9), 1.0, at, 0.001) for at in range(81)]
    (axes,) = word_contrast_figure(keyness(grid), GROUPS).axes
    assert notes(axes) == [f"w{at}" for at in range(80, 32, -1)]


def test_a_word_at_the_bounds_does_not_survive_and_belongs_to_the_others():
    words = keyness([("tax", 40, 20, 0.0, 30.0, 0.001), ("law", 8, 8, 1.0, 20.0, 0.05)])
    (axes,) = word_contrast_figure(words, GROUPS).axes
    assert (points(axes, "D"), points(axes, "s"), points(axes, "o")) == ([], [(5, 20)], [(2, 4)])
    assert axes.yaxis.get_major_formatter()(1234.5) == "1,234.5"
    assert axes.get_xlim() == (0.4, 32)


def test_the_diagonal_runs_from_the_edge():
    (axes,) = word_contrast_figure(WORDS, GROUPS).axes
    (line,) = [line for line in axes.lines if line.get_marker() == "None"]
    assert line.get_xy1() == (0.5, 0.5) and line.get_xy2() == (32, 32)


def test_a_single_rare_word_stands_at_its_rates():
    words = keyness([("tax", 1, 1, 0.5, 9.0, 0.001)], n=10_000)
    (axes,) = word_contrast_figure(words, GROUPS).axes
    assert points(axes, "D") == [(0.25, 1)] and axes.get_xlim() == (0.1, 1.6)
    (axes,) = word_contrast_figure(words.assign(estimate=-0.5), GROUPS).axes
    assert points(axes, "s") == [(0.25, 1)] and points(axes, "D") == []
