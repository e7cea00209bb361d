"""Figures of words, by the positions of what they draw."""

import pandas as pd
import pytest

from scripts.report.figures.words import (
    rates_figure,
    words_figure,
)
from tests.report.figures.parts import columns, points, rows, segments

FREQUENCIES = pd.DataFrame(
    [
        ("the", True, 900, 9000.0, 8000.0, 9900.0, 0.01),
        ("tax", False, 30, 300.0, 200.0, 420.0, 0.2),
        ("law", False, 1, 10.0, 2.0, 50.0, 0.9),
    ],
    columns=["word", "is_stop", "count", "estimate", "lo", "hi", "dp_norm"],
)


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
    assert axes.xaxis.get_major_formatter()(12_345.4) == "12,345"
    assert not any(line.get_clip_on() for line in axes.lines)


def test_fifteen_words_are_drawn():
    many = pd.concat([FREQUENCIES.tail(1).assign(word=f"w{at}") for at in range(20)])
    assert len(rows(words_figure(many).axes[0])) == 15


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
    assert figure.get_supxlabel() == ""


def test_months_are_joined_by_a_line_and_at_most_four_are_named():
    months = {f"2024-{month:02}": 10 for month in range(1, 13)}
    axes = rates_figure(rates(months, ["tax"], column="month")).axes[0]
    assert axes.lines[0].get_linestyle() == "-"
    assert columns(axes) == ["2024-01", "2024-04", "2024-07", "2024-10"]
    assert axes.get_xticklabels()[0].get_rotation() == 0


def test_of_many_groups_the_twelve_largest_are_drawn_and_of_many_words_six():
    groups = {f"group {at:02}": at for at in range(20)}
    figure = rates_figure(rates(groups, [f"w{at}" for at in range(9)]))
    assert columns(figure.axes[-1]) == [f"group {at:02}" for at in range(8, 20)]
    assert sum(axes.axison for axes in figure.axes) == 6


@pytest.mark.parametrize(("n", "rotation"), [(4, 0), (5, 35)])
def test_names_of_more_than_four_groups_are_turned(n, rotation):
    axes = rates_figure(rates({f"g{at}": 1 for at in range(n)}, ["tax"])).axes[0]
    assert axes.get_xticklabels()[0].get_rotation() == rotation


def test_one_group_has_no_rates_to_compare():
    assert not rates_figure(rates({"Globe": 10}, ["tax"])).axes


def test_words_are_cut_at_24_characters_and_names_of_groups_at_18():
    words, shown = ["a" * 24, "b" * 25], ["a" * 24, "b" * 23 + "…"]
    table = FREQUENCIES.tail(2).assign(word=words)
    assert rows(words_figure(table).axes[0]) == [f"{shown[0]} (30)", f"{shown[1]} (1)"]
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
    assert axes.yaxis.get_major_formatter()(1234.4) == "1,234"


def test_panels_stand_two_by_two():
    for n, shape in ((1, (1, 2)), (2, (1, 2)), (3, (2, 2)), (6, (3, 2)), (7, (3, 2))):
        figure = rates_figure(rates({"Globe": 1, "Post": 2}, [f"w{at}" for at in range(n)]))
        grid = figure.axes[0].get_gridspec()
        assert (grid.nrows, grid.ncols) == shape
        assert [axes.axison for axes in figure.axes] == [at < min(n, 6) for at in range(len(figure.axes))]
        assert figure.get_supylabel() == "per million words (95% interval)"
