"""The common frame of figures: rows, notes, and which characters no font has."""

import matplotlib
import pytest
from matplotlib.figure import Figure

from scripts.report.figures.drawing import (
    _titled,
    difference_legend,
    figure_style,
    figure_without_groups,
    name_labels,
    note,
    row_figure,
)
from scripts.report.figures.style import NO_DATA, NO_GROUPS


@pytest.mark.parametrize(("rows", "inches"), [(0, 1.4), (1, 1.4), (2, 1.7), (10, 4.1)])
def test_a_figure_of_rows_is_as_high_as_they_need(rows, inches):
    figure, axes = row_figure(rows)
    assert figure.get_size_inches().tolist() == pytest.approx([7.2, inches])
    assert not axes.spines["left"].get_visible()
    assert [line.get_visible() for line in (*axes.get_xgridlines()[:1], *axes.get_ygridlines()[:1])] == [True, False]


def test_a_note_stands_in_the_middle_and_says_which_it_is():
    for figure, name in ((note("Nothing."), NO_DATA), (figure_without_groups(), NO_GROUPS)):
        (text,) = figure.texts
        assert (text.get_position(), text.get_ha(), text.get_va(), text.get_gid()) == (
            (0.5, 0.5), "center", "center", name,
        )  # fmt: skip
        assert text.get_wrap() and not figure.axes


def test_the_style_holds_within_the_block_and_not_after_it():
    before = matplotlib.rcParams["axes.spines.top"]
    with figure_style():
        axes = Figure().subplots()
        assert not axes.spines["top"].get_visible() and not axes.spines["right"].get_visible()
        assert axes.get_axisbelow() is True
        assert not axes.legend(handles=[]).get_frame_on()
        for name in ("text.parse_math", "axes.formatter.use_mathtext"):
            assert matplotlib.rcParams[name] is False
        assert axes.xaxis.get_major_formatter().format_data(-5) == "\N{MINUS SIGN}5"
    assert matplotlib.rcParams["axes.spines.top"] is before


def test_labels_are_named_as_far_as_there_are_names():
    axes = Figure().subplots()
    axes.set_yticks([0, 1, 2], ["a", "b", "c"])
    name_labels(axes.get_yticklabels(), [("x", "a"), ("x", "b\x00")])
    assert [text.get_gid() for text in axes.get_yticklabels()] == ["row:x · a", "row:x · b\ufffd", None]


def test_title_and_description_come_first_and_escaped():
    svg = '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg width="1">\n <g/>\n</svg>\n'
    assert _titled(svg, "a < b", "c & \x00") == (
        '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg width="1">\n'
        " <title>a &lt; b</title>\n <desc>c &amp; \ufffd</desc>\n <g/>\n</svg>\n"
    )


def entries(figure):
    """Return the labels and markers of a figure's only legend."""
    (legend,) = figure.legends
    texts = [text.get_text() for text in legend.get_texts()]
    return list(zip(texts, [handle.get_marker() for handle in legend.legend_handles], strict=True))


def test_groups_that_differ_have_a_filled_circle():
    figure = Figure()
    difference_legend(figure)
    assert entries(figure) == [
        ("all documents", "|"),
        ("differs from the others, adjusted p < 0.05", "o"),
        ("not shown to differ", "o"),
    ]
    filled, empty = (handle.get_markerfacecolor() for handle in figure.legends[0].legend_handles[1:])
    assert filled != empty
