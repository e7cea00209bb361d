"""Figures of entities, by the positions of what they draw."""

from itertools import combinations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from matplotlib import colormaps
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import same_color, to_rgb
from matplotlib.patches import Rectangle

from scripts.entities.network import NamedPair, network
from scripts.report.figures import entities as module
from scripts.report.figures.drawing import figure_style
from scripts.report.figures.entities import DOCUMENTS, documents_figure, drawn_links, entities_figure, network_figure
from scripts.report.figures.style import BLUE, ON_DARK, ON_LIGHT, ORANGE
from tests.report.figures.parts import columns, legend, notes, points, rows, segments

NAMES = [f"Name of number {number}" for number in range(20)]
CORPUS = pd.DataFrame({"name": NAMES, "kind": ["person", "place"] * 10, "mentions": range(40, 20, -1)}).assign(
    estimate=1.0, lo=np.nan, hi=np.nan
)
TITLES = pd.DataFrame({"doc_id": ["a", "b"], "title": ["On tariffs", None]})
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


def test_heat_map_shows_its_numbers():
    counts = pd.DataFrame({"doc_id": ["a", "b"], "kind": "person", "name": NAMES[0], "mentions": [7, 3]})
    with figure_style():
        figure = documents_figure(CORPUS, counts, TITLES)
    assert [text.get_text() for text in figure.axes[0].texts] == ["7", "3"]
    assert [text.get_text() for text in figure.axes[0].get_xticklabels()] == ["On tariffs", "b"]


def test_nothing_to_draw_is_said():
    for figure in (
        entities_figure(CORPUS.head(0)),
        network_figure(*drawn_links(CORPUS.head(0), PAIRS)),
        documents_figure(CORPUS.head(0), CORPUS, TITLES),
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
    assert axes.get_position().bounds == pytest.approx((0.01, 0.06, 0.98, 0.93))
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


def test_the_documents_with_most_mentions_are_drawn_in_the_order_of_their_names():
    names = [f"d{at:02}" for at in range(DOCUMENTS + 3)]
    counts = pd.DataFrame({"doc_id": names, "kind": "person", "name": NAMES[0], "mentions": range(1, len(names) + 1)})
    with figure_style():
        (axes,) = documents_figure(CORPUS, counts, TITLES).axes
    assert columns(axes) == names[3:]
    assert notes(axes) == [str(number) for number in range(len(names), 3, -1)]
    assert axes.get_xlabel() == "document (3 with fewer mentions are not shown)"
    with figure_style():
        assert (
            columns(documents_figure(CORPUS, counts.assign(mentions=1), TITLES).axes[0]) == names[:DOCUMENTS]
        )  # of equals


def test_a_cell_is_shaded_by_the_root_of_its_mentions_and_leads_to_its_row():
    counts = pd.DataFrame(
        [("a", "person", NAMES[0], 100), ("b", "person", NAMES[0], 4), ("b" * 30, "place", NAMES[1], 1)],
        columns=["doc_id", "kind", "name", "mentions"],
    )
    with figure_style():
        figure = documents_figure(CORPUS.head(2), counts, TITLES)
    (axes,) = figure.axes
    cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert [(*cell.get_xy(), cell.get_width(), cell.get_height()) for cell in cells] == [
        (0, 0, 1, 1), (1, 0, 1, 1), (2, 1, 1, 1),
    ]  # fmt: skip
    expected = [colormaps["Blues"](0.15 + 0.85 * share) for share in (1.0, 0.2, 0.1)]
    assert [to_rgb(cell.get_facecolor()) for cell in cells] == [pytest.approx(color[:3]) for color in expected]
    assert [(text.get_position(), text.get_gid()) for text in axes.texts] == [
        ((0.5, 0.5), f"row:{NAMES[0]} · person · a"), ((1.5, 0.5), f"row:{NAMES[0]} · person · b"),
        ((2.5, 1.5), f"row:{NAMES[1]} · place · {'b' * 30}"),
    ]  # fmt: skip
    assert [same_color(text.get_color(), ON_DARK) for text in axes.texts] == [True, False, False]
    assert same_color(axes.texts[1].get_color(), ON_LIGHT)
    assert columns(axes) == ["On tariffs", "b", "b" * 23 + "…"]
    assert axes.get_xlim() == (0, 3) and axes.get_ylim() == (2, 0)
    assert axes.get_xlabel() == "document"
    assert segments(axes) == [[(0, 1), (3, 1)]]
    assert axes.get_yticks().tolist() == [0.5, 1.5] and axes.get_xticks().tolist() == [0.5, 1.5, 2.5]
    assert figure.get_figheight() == pytest.approx(2 + 0.26 * 2)


def test_one_document_has_no_heat_map():
    counts = pd.DataFrame({"doc_id": ["a"], "kind": "person", "name": NAMES[0], "mentions": [7]})
    assert documents_figure(CORPUS, counts, TITLES).texts[0].get_text() == "Names by document need two documents."


def test_names_are_cut_by_the_room_that_they_have():
    corpus = pd.DataFrame({"name": ["a" * 44, "b" * 45], "kind": "person", "mentions": 2, "estimate": 1.0}).assign(
        lo=np.nan, hi=np.nan
    )
    nodes, pairs = three()
    names = {"Ann": "a" * 28, "Bo": "b" * 29, "Rome": "c"}
    nodes, pairs = nodes.replace({"name": names}), pairs.replace({"name1": names, "name2": names})
    counts = pd.DataFrame(
        {"doc_id": ["x" * 24, "y" * 25], "kind": "person", "name": ["d" * 32, "e" * 33], "mentions": 1}
    )
    with figure_style():
        assert rows(entities_figure(corpus).axes[0]) == ["a" * 44, "b" * 43 + "…"]
        assert notes(network_figure(*drawn_links(nodes, pairs)).axes[0]) == ["a" * 28, "c", "b" * 27 + "…"]
        (axes,) = documents_figure(counts, counts, TITLES).axes
    assert (rows(axes), columns(axes)) == (["d" * 32, "e" * 31 + "…"], ["x" * 24, "y" * 23 + "…"])
    assert not any(text.get_in_layout() for text in axes.texts)
    assert not any(spine.get_visible() for spine in axes.spines.values())


def test_mentions_of_the_twenty_most_mentioned_are_counted_by_kind_and_name():
    corpus = pd.DataFrame({"name": [f"n{at:02}" for at in range(21)], "kind": "person"})
    counts = pd.DataFrame(
        [("a", "person", "n00", 1), ("b", "place", "n00", 9), ("b", "person", "n20", 9), ("c", "person", "n19", 2)],
        columns=["doc_id", "kind", "name", "mentions"],
    )
    with figure_style():
        (axes,) = documents_figure(corpus, counts, TITLES).axes
    assert len(rows(axes)) == 20 and columns(axes) == ["On tariffs", "c"]
    assert sorted((text.get_text(), text.get_position()) for text in axes.texts) == [
        ("1", (0.5, 0.5)),
        ("2", (1.5, 19.5)),
    ]


def test_one_interval_is_enough_to_speak_of_intervals():
    corpus = CORPUS.head(2).assign(lo=[0.5, np.nan], hi=[1.5, np.nan])
    with figure_style():
        assert "line: 95% interval over documents" in entities_figure(corpus).axes[0].get_xlabel()


def test_names_keep_a_pixel_from_the_marks(monkeypatch):
    obstacles = []
    monkeypatch.setattr(module, "spread_labels", lambda figure, texts, boxes: obstacles.extend(boxes))
    with figure_style():
        figure = network_figure(*drawn_links(*three()))
    centres = figure.axes[0].transData.transform([(-1, 0), (1, 0.5), (0, -1)])
    for box, (x, y), size in zip(obstacles, centres, (16, 10.5, 6.1), strict=True):
        reach = size * figure.dpi / 72 / 2 + 1
        assert box.extents.tolist() == pytest.approx([x - reach, y - reach, x + reach, y + reach])


def test_numbers_are_written_in_light_ink_on_dark_cells():
    names = [f"d{at:02}" for at in range(DOCUMENTS)]
    counts = pd.DataFrame({"doc_id": names, "kind": "person", "name": NAMES[0], "mentions": range(1, len(names) + 1)})
    with figure_style():
        (axes,) = documents_figure(CORPUS, counts, TITLES).axes
    cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    dark = [sum(to_rgb(cell.get_facecolor())) / 3 < 0.55 for cell in cells]
    assert [same_color(text.get_color(), ON_DARK) for text in axes.texts] == dark and len(set(dark)) == 2
    assert not any(cell.get_clip_on() for cell in cells)
