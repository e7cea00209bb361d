"""Figures of entities, by the positions of what they draw."""

from itertools import combinations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import same_color

from scripts.entities.network import NamedPair, network
from scripts.report.figures import entities as module
from scripts.report.figures.drawing import figure_style
from scripts.report.figures.entities import drawn_links, entities_figure, network_figure
from scripts.report.figures.style import BLUE, ORANGE
from tests.report.figures.parts import legend, notes, points, rows, segments

NAMES = [f"Name of number {number}" for number in range(20)]
CORPUS = pd.DataFrame({"name": NAMES, "kind": ["person", "place"] * 10, "mentions": range(40, 20, -1)}).assign(
    estimate=1.0, lo=np.nan, hi=np.nan
)
PAIRS = pd.DataFrame([(a, b, 2 + (at % 7)) for at, (a, b) in enumerate(combinations(NAMES, 2)) if at % 5 == 0],
                     columns=["name1", "name2", "n"]).assign(unit="sentence", npmi=0.3)  # fmt: skip
NODES = network(
    pa.table(CORPUS[["name", "kind", "mentions"]].to_dict("list")),
    [NamedPair(*pair) for pair in PAIRS[[*NamedPair._fields]].itertuples(index=False, name=None)],
).to_pandas()


def test_labels_of_the_network_do_not_collide():
    with figure_style():
        figure = network_figure(*drawn_links(NODES, PAIRS))
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    assert len(boxes) > 15
    assert not [1 for a, b in combinations(boxes, 2) if a.overlaps(b)]


def test_no_interval_is_said():
    with figure_style():
        assert "not estimable: fewer than 5 documents" in entities_figure(CORPUS).axes[0].get_xlabel()
        assert "not estimable" not in entities_figure(CORPUS.assign(lo=0.5, hi=1.5)).axes[0].get_xlabel()


def test_nothing_to_draw_is_said():
    for figure in (
        entities_figure(CORPUS.head(0)),
        network_figure(*drawn_links(CORPUS.head(0), PAIRS)),
    ):
        assert len(figure.texts) == 1 and not figure.axes


def test_an_entity_has_its_rate_as_a_point_its_interval_as_a_line_and_its_mentions_at_the_end():
    corpus = pd.DataFrame(
        [
            ("Ann", "person", 1200, 4.0, 3.0, 6.0),
            ("Rome", "place", 7, 2.0, np.nan, np.nan),
            ("Bo", "person", 5, 1, 0.5, 0.8),
        ],
        columns=["name", "kind", "mentions", "estimate", "lo", "hi"],
    )
    with figure_style():
        figure = entities_figure(corpus)
    (axes,) = figure.axes
    assert rows(axes) == ["Ann", "Rome", "Bo"]
    assert points(axes, "o") == [(4, 0), (1, 2)] and points(axes, "s") == [(2, 1)]
    assert segments(axes) == [[(3, 0), (6, 0)], [(2, 1), (2, 1)], [(0.5, 2), (0.8, 2)]]
    assert [(text.get_text(), text.xy, text.xyann) for text in axes.texts] == [
        ("1,200", (6, 0), (8, 0)), ("7", (2, 1), (8, 0)), ("5", (1, 2), (8, 0)),
    ]  # fmt: skip
    assert axes.get_ylim() == (2.6, -0.6) and axes.get_xlim()[0] == 0
    assert axes.margins()[0] == 0.1
    assert legend(figure) == ["person", "place"]
    assert len(rows(entities_figure(pd.concat([corpus] * 9)).axes[0])) == 20


def three():
    nodes = pd.DataFrame(
        {"name": ["Ann", "Rome", "Bo"], "kind": ["person", "place", "person"], "mentions": [100, 25, 1],
         "x": [-1.0, 1.0, 0.0], "y": [0.0, 0.5, -1.0]}
    )  # fmt: skip
    pairs = pd.DataFrame({"name1": ["Ann", "Bo"], "name2": ["Rome", "Rome"], "n": [8, 2]})
    return nodes, pairs.assign(unit="sentence", npmi=0.3)


def test_the_network_draws_links_by_sentences_and_entities_by_mentions():
    with figure_style():
        figure = network_figure(*drawn_links(*three()))
        (axes,) = figure.axes
        links = [line for line in axes.lines if line.get_linestyle() == "-"]
        nodes = [line for line in axes.lines if line.get_linestyle() == "None"]
        texts = [text.get_window_extent(FigureCanvasAgg(figure).get_renderer()) for text in axes.texts]
    assert [line.get_xydata().tolist() for line in links] == [[[-1, 0], [1, 0.5]], [[0, -1], [1, 0.5]]]
    assert [line.get_linewidth() for line in links] == [4.0, 0.5 + 3.5 / 4]
    assert [(line.get_xydata().tolist(), line.get_markersize()) for line in nodes] == [
        ([[-1, 0]], 16), ([[1, 0.5]], 10.5), ([[0, -1]], pytest.approx(6.1)),
    ]  # fmt: skip
    assert [line.get_marker() for line in nodes] == ["o", "s", "o"]
    assert same_color(nodes[0].get_color(), BLUE) and same_color(nodes[1].get_color(), ORANGE)
    # No name covers a mark, whose size is in points.
    for (x, y), line in zip(axes.transData.transform([line.get_xydata()[0] for line in nodes]), nodes, strict=True):
        reach = line.get_markersize() * figure.dpi / 72 / 2
        mark = (x - reach, y - reach, x + reach, y + reach)
        assert not [
            box for box in texts if box.x0 < mark[2] and box.x1 > mark[0] and box.y0 < mark[3] and box.y1 > mark[1]
        ]
    assert axes.get_xlim() == (-1.25, 1.25) and axes.get_ylim() == (-1.2, 1.12)
    below = 0.35 / (7.2 * 0.45)
    assert axes.get_position().bounds == pytest.approx((0.01, below, 0.98, 0.99 - below))
    assert axes.get_legend().get_window_extent().y0 >= 0  # it is on the paper
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["person", "place"]
    corner = axes.get_legend().get_bbox_to_anchor().transformed(axes.transAxes.inverted())
    assert corner.bounds == pytest.approx((0, 0, 0, 0))
    assert figure.get_figheight() == pytest.approx(7.2 * 0.45)
    with figure_style():
        assert network_figure(*drawn_links(NODES, PAIRS)).get_figheight() == pytest.approx(7.2 * 0.8)


def test_a_small_network_is_one_of_at_most_eight():
    nodes = pd.DataFrame({"name": NAMES[:9], "kind": "person", "mentions": 2, "x": range(9), "y": 0.0}).astype(
        {"x": float}
    )
    pairs = pd.DataFrame({"name1": NAMES[:8], "name2": NAMES[1:9], "n": 2}).assign(unit="sentence", npmi=0.3)
    with figure_style():
        assert network_figure(*drawn_links(nodes, pairs)).get_figheight() == pytest.approx(7.2 * 0.8)
        assert network_figure(*drawn_links(nodes.head(8), pairs.head(7))).get_figheight() == pytest.approx(7.2 * 0.45)


def test_names_are_cut_by_the_room_that_they_have():
    corpus = pd.DataFrame({"name": ["a" * 44, "b" * 45], "kind": "person", "mentions": 2, "estimate": 1.0}).assign(
        lo=np.nan, hi=np.nan
    )
    nodes, pairs = three()
    names = {"Ann": "a" * 28, "Bo": "b" * 29, "Rome": "c"}
    nodes, pairs = nodes.replace({"name": names}), pairs.replace({"name1": names, "name2": names})
    with figure_style():
        assert rows(entities_figure(corpus).axes[0]) == ["a" * 44, "b" * 43 + "…"]
        assert notes(network_figure(*drawn_links(nodes, pairs)).axes[0]) == ["a" * 28, "c", "b" * 27 + "…"]


def test_one_interval_is_enough_to_speak_of_intervals():
    corpus = CORPUS.head(2).assign(lo=[0.5, np.nan], hi=[1.5, np.nan])
    with figure_style():
        assert "line: 95% interval" in entities_figure(corpus).axes[0].get_xlabel()


def test_names_keep_a_pixel_from_the_marks(monkeypatch):
    obstacles = []
    monkeypatch.setattr(module, "spread_labels", lambda figure, texts, boxes: obstacles.extend(boxes))
    with figure_style():
        figure = network_figure(*drawn_links(*three()))
    centres = figure.axes[0].transData.transform([(-1, 0), (1, 0.5), (0, -1)])
    for box, (x, y), size in zip(obstacles, centres, (16, 10.5, 6.1), strict=True):
        reach = size * figure.dpi / 72 / 2 + 1
        assert box.extents.tolist() == pytest.approx([x - reach, y - reach, x + reach, y + reach])
