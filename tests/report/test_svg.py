"""Figures in the page: what of matplotlib's SVG stays, in which form, and which row a label stands for."""

import pytest

from scripts.report.figures.style import GRID, INK, MUTED, NO_DATA, NO_GROUPS, PAPER
from scripts.report.svg import read_graphic

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 20">'
    "<title>Bars &amp; lines</title><desc>What they show.</desc><metadata>when</metadata>"
    '<defs><style type="text/css">*{stroke-linejoin: round}</style></defs>'
)


@pytest.fixture
def inline(tmp_path):
    def of(body):
        path = tmp_path / "bars.svg"
        path.write_text(f"{HEAD}{body}</svg>", encoding="utf-8")
        return read_graphic(path)

    return of


def body(figure):
    """Return the markup after title and description."""
    return figure.svg.split("</desc>")[1].removesuffix("</svg>").removeprefix("<defs/>")


def test_the_frame_has_title_description_and_a_role(inline):
    figure = inline("<text>a</text>")
    assert (figure.title, figure.description) == ("Bars & lines", "What they show.")
    assert figure.svg.startswith(
        '<svg viewBox="0 0 10 20" role="img" aria-labelledby="g8556-title g8556-desc" stroke-linejoin="round" '
        'stroke-linecap="butt"><title id="g8556-title">Bars &amp; lines</title><desc id="g8556-desc">What they show.'
    )
    assert "when" not in figure.svg and "<style" not in figure.svg


@pytest.mark.parametrize(
    ("color", "variable"), [(INK, "ink"), (MUTED, "muted"), (GRID, "line"), (PAPER, "paper"), ("#e69f00", "")]
)
def test_style_becomes_attributes_in_colours_of_the_theme(inline, color, variable):
    shown = f"var(--{variable},{color})" if variable else color
    markup = body(inline(f'<rect style="fill: {color}; stroke-width: 0.8; font-family: x" font-family="y"/>'))
    assert markup == f'<rect fill="{shown}" stroke-width="0.8"/>'


def test_coordinates_lose_the_digits_that_nobody_sees(inline):
    assert body(inline('<path d="M 1.234 10.04 L  20.96 300 z " style="fill: red"/>')) == (
        '<path fill="red" d="M1.2 10L21 300z"/>'
    )
    assert body(inline('<rect x="1.26" width="2.04" opacity="0.123"/>')) == '<rect x="1.3" width="2" opacity="0.123"/>'
    # A shape that is used at many places keeps two digits.
    used = '<path id="m" d="M 1.234 5.678"/><use xlink:href="#m" x="1.26" y="3"/>'
    assert body(inline(used)) == '<path id="g8556-0" d="M1.23 5.68"/><use href="#g8556-0" x="1.3" y="3"/>'


def test_turns_of_nothing_go_and_others_are_shortened(inline):
    assert body(inline('<rect transform="rotate(-0 1.5 2) translate(1.23456 2)"/>')) == (
        '<rect transform="translate(1.23 2)"/>'
    )
    assert body(inline('<rect transform="rotate(-90 1.5 2)"/>')) == '<rect transform="rotate(-90 1.50 2)"/>'


def test_identifiers_are_kept_where_they_are_referred_to_and_are_the_figures_own(inline):
    markup = body(inline(
        '<g id="axes_1" clip-path="url(#c)"><rect id="r"/></g><clipPath id="c"><rect width="3"/></clipPath>'
    ))  # fmt: skip
    assert markup == '<g clip-path="url(#g8556-0)"><rect/></g><clipPath id="g8556-0"><rect width="3"/></clipPath>'


def test_points_that_coincide_are_drawn_once_unless_they_are_translucent(inline):
    points = '<path id="m" d="M 1 1"/>' + '<use xlink:href="#m" x="1.01" y="3" fill="red"/>' * 2
    assert body(inline(points)).count("<use ") == 1
    assert body(inline(points.replace("red", 'red" opacity="0.5'))).count("<use ") == 2


def test_groups_without_attributes_or_content_dissolve(inline):
    assert body(inline('<g><g fill="red"/><g><rect x="1"/></g></g>')) == '<rect x="1"/>'


def test_neighbours_that_look_alike_are_drawn_together(inline):
    paths = '<path d="M 1 2" fill="red"/><path d="M 3 4" fill="red"/><path d="M 5 6" fill="blue"/><path fill="red"/>'
    assert body(inline(paths)) == '<path fill="red" d="M1 2M3 4"/><path fill="blue" d="M5 6"/>'
    texts = '<text x="1" fill="red">a</text><text x="2" fill="red">b</text><text x="3">c</text><text x="4">d</text>'
    assert body(inline(texts)) == (
        '<g fill="red"><text x="1">a</text><text x="2">b</text></g><text x="3">c</text><text x="4">d</text>'
    )


def test_an_element_without_a_neighbour_of_its_look_has_the_look_itself(inline):
    assert body(inline('<text x="1" fill="red">a</text><text x="2" fill="blue">b</text>')) == (
        '<text fill="red" x="1">a</text><text fill="blue" x="2">b</text>'
    )


def test_a_label_says_which_row_of_the_table_it_stands_for(inline):
    texts = '<g id="row:generic · &lt;b&gt;"><text x="1">conflict &lt;</text></g><g id="text_1"><text>other</text></g>'
    assert body(inline(texts)) == ('<text x="1" data-row="generic · &lt;b&gt;">conflict &lt;</text><text>other</text>')


def test_a_text_in_a_legend_stands_for_no_row(inline):
    legend = '<g id="legend_1"><g id="text_9"><text>place</text></g></g><g id="text_1"><text>other</text></g>'
    assert body(inline(legend)) == '<text data-key="">place</text><text>other</text>'


def test_a_figure_without_data_says_why_and_one_without_groups_is_left_out(inline):
    empty = inline(f'<g><g id="{NO_DATA}"><text> Nothing <tspan>here.</tspan> </text></g></g>')
    assert empty.nothing == "Nothing here."
    assert inline(f'<g id="{NO_GROUPS}"><text>a</text></g>') is None
    full = inline("<text>a</text>")
    assert full.nothing == ""


def test_a_panel_of_a_group_is_marked_apart_from_axes_in_common(inline):
    panel = (
        '<g id="group:A &lt; B"><g id="matplotlib.axis_1"><text>Ann</text></g>'
        '<g id="common-x0"><text>0%</text></g><text>A (3)</text></g>'
    )
    assert body(inline(panel)) == '<text>0%</text><g data-group="A &lt; B"><text>Ann</text><text>A (3)</text></g>'


def test_a_marker_has_the_colours_of_its_uses(inline):
    marker = '<defs><path id="m" d="M 1 1" style="stroke: #0072b2; stroke-width: 2"/></defs>'
    used = f'{marker}<g><use xlink:href="#m" x="1" style="fill: red; stroke: #0072b2; stroke-width: 2"/></g>'
    markup = body(inline(used))
    assert markup.count("stroke=") == 1 and '<use fill="red" stroke="#0072b2" stroke-width="2" href=' in markup
