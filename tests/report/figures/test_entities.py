from itertools import combinations

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

from scripts.entities.network import network
from scripts.report.figures.drawing import figure_style
from scripts.report.figures.entities import documents_figure, entities_figure, network_figure

NAMES = [f"Name of number {number}" for number in range(20)]
CORPUS = pd.DataFrame({"name": NAMES, "kind": ["person", "place"] * 10, "mentions": range(40, 20, -1)}).assign(
    estimate=1.0, lo=np.nan, hi=np.nan
)
PAIRS = pd.DataFrame([(a, b, 2 + (at % 7)) for at, (a, b) in enumerate(combinations(NAMES, 2)) if at % 5 == 0],
                     columns=["name1", "name2", "n"]).assign(unit="sentence", npmi=0.3)  # fmt: skip


def test_labels_of_the_network_do_not_collide():
    with figure_style():
        figure = network_figure(network(CORPUS, PAIRS), PAIRS)
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    assert len(boxes) > 15
    assert not [1 for a, b in combinations(boxes, 2) if a.overlaps(b)]


def test_no_interval_is_said():
    with figure_style():
        assert "not estimable" in entities_figure(CORPUS).axes[0].get_xlabel()
        assert "not estimable" not in entities_figure(CORPUS.assign(lo=0.5, hi=1.5)).axes[0].get_xlabel()


def test_heat_map_shows_its_numbers():
    counts = pd.DataFrame({"doc_id": ["a", "b"], "kind": "person", "name": NAMES[0], "mentions": [7, 3]})
    with figure_style():
        figure = documents_figure(CORPUS, counts)
    assert [text.get_text() for text in figure.axes[0].texts] == ["7", "3"]


def test_nothing_to_draw_is_said():
    for figure in (
        entities_figure(CORPUS.head(0)),
        network_figure(CORPUS.head(0), PAIRS),
        documents_figure(CORPUS.head(0), CORPUS),
    ):
        assert len(figure.texts) == 1 and not figure.axes
