"""Figures of words, by the positions of what they draw."""

import numpy as np
import pandas as pd
import pytest

from scripts.report.figures.catalogue import DRAWINGS
from scripts.report.figures.selection import largest_contrast
from scripts.report.figures.words import (
    dispersion_figure,
    drawn_rates,
    rates_figure,
    word_contrast_figure,
    words_figure,
)
from tests.report.figures.parts import columns, legend, notes, points, rows, segments

FREQUENCIES = pd.DataFrame(
    [
        ("the", True, 900, 9000.0, 8000.0, 9900.0, 0.01),
        ("tax", False, 30, 300.0, 200.0, 420.0, 0.2),
        ("law", False, 1, 10.0, 2.0, 50.0, 0.9),
    ],
    columns=["word", "is_stop", "count", "estimate", "lo", "hi", "dp_norm"],
)
GROUPS = pd.DataFrame({"group": ["Globe", "Post", "Sun"]})


def rates(groups, words, *, column="outlet"):
    cells = [
        (column, group, word, n, 100.0 * at, 99.0 * at, 101.0 * at, 90.0 * at, 120.0 * at)
        for group, n in groups.items()
        for at, word in enumerate(words, 1)
    ]
    names = ["column", "group", "word", "n", "estimate", "lo", "hi", "boot_lo", "boot_hi"]
    return pd.DataFrame(cells, columns=names)


def test_a_word_has_its_rate_as_a_point_and_its_interval_as_a_line():
    (axes,) = words_figure(FREQUENCIES).axes
    assert rows(axes) == ["tax (30)", "law (1)"]
    assert points(axes, "o") == [(300, 0), (10, 1)]
    assert segments(axes) == [[(200, 0), (420, 0)], [(2, 1), (50, 1)]]
    assert axes.get_xlim()[0] == 0
    assert axes.get_ylim() == (1.6, -0.6)  # the most frequent word above
    assert axes.xaxis.get_major_formatter()(12_345.0) == "12,345"
    assert not any(line.get_clip_on() for line in axes.lines)


def test_fifteen_words_are_drawn():
    many = pd.concat([FREQUENCIES.tail(1).assign(word=f"w{at}") for at in range(20)])
    assert len(rows(words_figure(many).axes[0])) == 15


def test_dispersion_stands_above_frequency():
    (axes,) = dispersion_figure(FREQUENCIES).axes
    assert points(axes, "o") == [(30, 0.2), (1, 0.9)]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "linear")
    assert notes(axes) == ["tax", "law"]
    assert axes.get_ylim() == (-0.03, 1.08) and axes.margins()[0] == 0.1


def test_dispersion_needs_documents():
    nothing = dispersion_figure(FREQUENCIES.assign(dp_norm=float("nan")))
    assert not nothing.axes and "fewer than two documents" in nothing.texts[0].get_text()


def test_dispersion_draws_two_hundred_words_and_names_sixteen():
    many = pd.DataFrame({"word": [f"w{at}" for at in range(300)], "is_stop": False, "count": range(1, 301),
                         "dp_norm": [at % 20 / 20 for at in range(300)]})  # fmt: skip
    (axes,) = dispersion_figure(many).axes
    assert len(points(axes, "o")) == 200
    assert len(notes(axes)) == 16


def test_stop_words_are_not_drawn():
    only = FREQUENCIES.head(1)
    figure = words_figure(only)
    assert not figure.axes and "stop words" in figure.texts[0].get_text()


def test_rates_have_a_panel_for_each_word_with_its_intervals_over_documents():
    figure = rates_figure(rates({"Globe": 10, "Post": 20}, ["tax", "law", "war"]))
    drawn = [axes for axes in figure.axes if axes.axison]
    assert [axes.get_title(loc="left") for axes in drawn] == ["tax", "law", "war"]
    assert len(figure.axes) == 4
    for at, axes in enumerate(drawn, 1):
        assert points(axes, "o") == [(0, 100 * at), (1, 100 * at)]
        assert segments(axes) == [[(0, 90 * at), (0, 120 * at)], [(1, 90 * at), (1, 120 * at)]]
        assert axes.get_ylim()[0] == 0 and axes.get_xlim() == (-0.5, 1.5)
        assert axes.lines[0].get_linestyle() == "None"  # groups are no sequence
    assert columns(drawn[-1]) == ["Globe", "Post"] and columns(drawn[0]) == []
    assert figure.get_supxlabel() == "line: 95% interval"


def test_rates_of_few_documents_say_that_they_have_no_interval():
    few = rates({"Globe": 1, "Post": 2}, ["tax"]).assign(boot_lo=np.nan, boot_hi=np.nan)
    assert rates_figure(few).get_supxlabel() == "interval not estimable: fewer than 5 documents"


def test_months_are_joined_by_a_line_and_at_most_four_are_named():
    months = {f"2024-{month:02}": 10 for month in range(1, 13)}
    axes = rates_figure(rates(months, ["tax"], column="month")).axes[0]
    assert axes.lines[0].get_linestyle() == "-"
    assert columns(axes) == ["2024-01", "2024-04", "2024-07", "2024-10"]
    assert axes.get_xticklabels()[0].get_rotation() == 0


def test_of_many_groups_the_twelve_largest_are_drawn_and_of_many_words_six():
    groups = {f"group {at:02}": at for at in range(20)}
    figure = rates_figure(*drawn_rates(rates(groups, [f"w{at}" for at in range(9)])))
    assert columns(figure.axes[-1]) == [f"group {at:02}" for at in range(8, 20)]
    assert sum(axes.axison for axes in figure.axes) == 6


@pytest.mark.parametrize(("n", "rotation"), [(4, 0), (5, 35)])
def test_names_of_more_than_four_groups_are_turned(n, rotation):
    axes = rates_figure(rates({f"g{at}": 1 for at in range(n)}, ["tax"])).axes[0]
    assert axes.get_xticklabels()[0].get_rotation() == rotation


def test_one_group_has_no_rates_to_compare():
    assert not rates_figure(*drawn_rates(rates({"Globe": 10}, ["tax"]))).axes


def test_words_are_cut_at_24_characters_and_names_of_groups_at_18():
    words, shown = ["a" * 24, "b" * 25], ["a" * 24, "b" * 23 + "…"]
    table = FREQUENCIES.tail(2).assign(word=words)
    assert rows(words_figure(table).axes[0]) == [f"{shown[0]} (30)", f"{shown[1]} (1)"]
    assert notes(dispersion_figure(table).axes[0]) == shown
    groups = ["g" * 18, "h" * 19]
    figure = rates_figure(rates(dict.fromkeys(groups, 1), words))
    assert [axes.get_title(loc="left") for axes in figure.axes] == shown
    assert columns(figure.axes[0]) == ["g" * 18, "h" * 17 + "…"]


def test_twelve_groups_are_all_drawn_and_of_more_equals_the_first():
    names = [f"group {at:02}" for at in range(13)]
    figure = rates_figure(rates(dict.fromkeys(names[:12], 5), ["tax"]))
    assert columns(figure.axes[0]) == names[:12]
    figure = rates_figure(rates(dict.fromkeys(names[::-1], 5), ["tax"]))
    assert columns(figure.axes[0]) == names[:12]


@pytest.mark.parametrize(("n", "step"), [(2, 1), (4, 1), (5, 2), (9, 3)])
def test_four_months_are_named(n, step):
    months = [f"2024-{month:02}" for month in range(1, n + 1)]
    axes = rates_figure(rates(dict.fromkeys(months, 10), ["tax"], column="month")).axes[0]
    assert columns(axes) == months[::step]
    assert axes.yaxis.get_major_formatter()(1234.5) == "1,234.5"


def test_panels_stand_two_by_two():
    for n, shape in ((1, (1, 2)), (2, (1, 2)), (3, (2, 2)), (6, (3, 2)), (7, (3, 2))):
        figure = rates_figure(*drawn_rates(rates({"Globe": 1, "Post": 2}, [f"w{at}" for at in range(n)])))
        grid = figure.axes[0].get_gridspec()
        assert (grid.nrows, grid.ncols) == shape
        assert [axes.axison for axes in figure.axes] == [at < min(n, 6) for at in range(len(figure.axes))]
        assert figure.get_supylabel() == "per million words"


def contrast_keyness(rows, target="Globe", n=20_000):
    table = pd.DataFrame(rows, columns=["word", "count_target", "count_reference", "estimate", "g2", "q"])
    return table.assign(column="outlet", target=target, reference="the others", n_target=n, n_reference=40_000)


WORDS = contrast_keyness(
    [("tax", 40, 20, 2.0, 30.0, 0.001), ("law", 2, 80, -4.0, -60.0, 0.001), ("sea", 4, 8, 0.0, 0.0, 0.9),
     ("war", 6, 0, 3.0, 9.0, 0.01)]
)  # fmt: skip


def test_points_are_rates_per_10_000_words_and_marked_by_the_side_that_has_more():
    figure = word_contrast_figure(WORDS, GROUPS)
    (axes,) = figure.axes
    assert points(axes, "D") == [(5, 20), (0.5, 3)]  # none of 40,000 words is drawn at half the least rate
    assert points(axes, "s") == [(20, 1)]
    assert points(axes, "o") == [(2, 2)]
    assert notes(axes) == ["tax", "law", "war"]  # what does not survive correction has no name
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
    both = pd.concat([WORDS, contrast_keyness([("sun", 1, 1, 1.0, 1.0, 1.0)], target="Sun", n=90_000)])
    assert largest_contrast(both, GROUPS)["word"].tolist() == ["sun"]
    (caption,) = (each.description for each in DRAWINGS if each.name == "word_contrast")
    assert "the one with most words" in caption
    assert largest_contrast(WORDS, GROUPS)["word"].tolist() == ["tax", "law", "sea", "war"]


def test_four_hundred_words_are_drawn_and_names_cover_neither_each_other_nor_points():
    many = contrast_keyness(
        [(f"word{at}", 1 + at % 37, 1 + at % 41, 1.0, at, 0.001 if at > 459 else 1) for at in range(499, -1, -1)]
    )
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
    assert axes.get_ylabel().endswith("t" * 21 + "…") and axes.get_xlabel().endswith("r" * 21 + "…")
    assert legend(figure)[:2] == [f"key for {letter * 21}…" for letter in "tr"]


def test_forty_eight_words_have_a_name():
    grid = [(f"w{at}", 2 ** (at % 9), 2 ** (at // 9), 1.0, at, 0.001) for at in range(81)]
    (axes,) = word_contrast_figure(contrast_keyness(grid), GROUPS).axes
    assert notes(axes) == [f"w{at}" for at in range(48)]


def test_a_word_at_the_bounds_does_not_survive_and_belongs_to_the_others():
    words = contrast_keyness([("tax", 40, 20, 0.0, 30.0, 0.001), ("law", 8, 8, 1.0, 20.0, 0.05)])
    (axes,) = word_contrast_figure(words, GROUPS).axes
    assert (points(axes, "D"), points(axes, "s"), points(axes, "o")) == ([], [(5, 20)], [(2, 4)])
    assert axes.yaxis.get_major_formatter()(1234.5) == "1,234.5"
    assert axes.get_xlim() == (0.4, 32)


def test_the_diagonal_runs_from_the_edge():
    (axes,) = word_contrast_figure(WORDS, GROUPS).axes
    (line,) = [line for line in axes.lines if line.get_marker() == "None"]
    assert line.get_xy1() == (0.5, 0.5) and line.get_xy2() == (32, 32)


def test_a_single_rare_word_stands_at_its_rates():
    words = contrast_keyness([("tax", 1, 1, 0.5, 9.0, 0.001)], n=10_000)
    (axes,) = word_contrast_figure(words, GROUPS).axes
    assert points(axes, "D") == [(0.25, 1)] and axes.get_xlim() == (0.1, 1.6)
    (axes,) = word_contrast_figure(words.assign(estimate=-0.5), GROUPS).axes
    assert points(axes, "s") == [(0.25, 1)] and points(axes, "D") == []
