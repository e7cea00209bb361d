"""Placement of names in a figure: beside points, and without covering each other or other marks."""

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from scripts.report.figures.style import INK

_Array = NDArray[np.float64]
Offset = tuple[float, float]


def _overlap(boxes: _Array, others: _Array) -> _Array:
    """Return the width and height of the overlap of boxes (x0, y0, x1, y1); negative if they are apart."""
    return np.minimum(boxes[..., 2:], others[..., 2:]) - np.maximum(boxes[..., :2], others[..., :2])


def _clear_offset(box: Bbox, taken: list[Bbox], offsets: list[Offset], inside: Bbox) -> Offset:
    """Return the offset (pixels) where a text covers the least area of the boxes in `taken`, the nearest in a tie."""
    boxes = np.array(box.extents) + np.tile(offsets, 2)
    taken_boxes = np.array([bounds.extents for bounds in taken]).reshape(-1, 4)
    covered = _overlap(boxes[:, None], taken_boxes).clip(0).prod(axis=2).sum(axis=1)
    width, height = _overlap(boxes, np.array(inside.extents)).T
    outside = np.where((width < 0) | (height < 0), np.inf, (box.width - width) * box.height)
    crowding = (covered + outside).tolist()
    ranked = ((round(area, 3), dx**2 + dy**2, (dx, dy)) for area, (dx, dy) in zip(crowding, offsets, strict=True))
    return min(ranked)[2]


def spread_labels(figure: Figure, texts: list[Text], obstacles: list[Bbox]) -> None:
    """Move texts so that they cover neither each other nor the obstacles, as far as there is room.

    Texts are placed in order, so the important ones should come first. `obstacles` are in pixels.
    """
    renderer = FigureCanvasAgg(figure).get_renderer()
    inside = figure.axes[0].get_window_extent(renderer)
    taken = list(obstacles)
    for text in texts:
        box = text.get_window_extent(renderer).padded(1)
        rows = [side * step * box.height for step, side in product((0.0, 0.5, 1.0, 1.5, 2.0), (1, -1))]
        columns = [0.0, box.width / 2 + 9, -box.width / 2 - 9]
        dx, dy = _clear_offset(box, taken, list(product(columns, rows)), inside)
        x, y = text.get_transform().transform(text.get_position())
        x, y = text.get_transform().inverted().transform((x + dx, y + dy))
        text.set_position((x, y))
        taken.append(box.translated(dx, dy))


# Pixels between a name and its surroundings.
_GAP = 2
# Offsets of a name from its point, in typographic points, with its alignment; the preferred one first.
_SIDES = ((4, 3, "left", "bottom"), (4, -3, "left", "top"), (-4, 3, "right", "bottom"), (-4, -3, "right", "top"))


def label_clear_points(figure: Figure, points: Iterable[tuple[str, float, float]], *, most: int) -> None:
    """Write names beside points (name, x, y) of a figure's only axes, where they cover no other name and no point.

    Points are taken in order until `most` names are written; a point without a free side gets no name.
    """
    (axes,) = figure.axes
    figure.draw_without_rendering()
    renderer = FigureCanvasAgg(figure).get_renderer()  # one for all texts: a new one would measure words again
    inside = axes.get_window_extent()
    marks = np.concatenate([axes.transData.transform(line.get_xydata()) for line in axes.lines if line.get_marker()])
    taken: list[Bbox] = []
    for name, x, y in points:
        if len(taken) == most:
            break
        for dx, dy, ha, va in _SIDES:
            place: dict[str, Any] = {"textcoords": "offset points", "ha": ha, "va": va, "fontsize": 8, "color": INK}
            text = axes.annotate(name, (x, y), (dx, dy), **place)
            box = text.get_window_extent(renderer).padded(_GAP)
            covered = ((marks > (box.x0, box.y0)) & (marks < (box.x1, box.y1))).all(axis=1).any()
            if not covered and box.x0 >= inside.x0 and box.x1 <= inside.x1 and not any(map(box.overlaps, taken)):
                taken.append(box)
                break
            text.remove()
