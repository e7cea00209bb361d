"""Names beside points: where they stand, and which are left out or moved so that none covers another."""

import pytest
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from scripts.report.figures.drawing import figure_style
from scripts.report.figures.placement import label_clear_points, spread_labels
from tests.report.figures.parts import notes


@pytest.fixture(autouse=True)
def _style():
    with figure_style():
        yield


def scatter(points):
    figure = Figure(figsize=(5, 5), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 500), ylim=(0, 500))  # a unit is a pixel
    if points:
        axes.plot(*zip(*points, strict=True), "o")
    return figure


def offsets(figure):
    return [text.xyann for text in figure.axes[0].texts]


def test_names_stand_right_above_their_points_until_there_are_enough():
    figure = scatter([(100, 100), (300, 300), (200, 400)])
    label_clear_points(figure, [("a", 100, 100), ("b", 300, 300), ("c", 200, 400)], most=2)
    assert notes(figure.axes[0]) == ["a", "b"]
    assert [text.xy for text in figure.axes[0].texts] == [(100, 100), (300, 300)]
    assert offsets(figure) == [(4, 3), (4, 3)]


def test_names_beside_each_other_have_a_gap_between_them():
    figure = scatter([(100, 100), (300, 300)])
    label_clear_points(figure, [("first", 100, 100), ("second", 100, 100)], most=9)
    first, second = (text.get_window_extent() for text in figure.axes[0].texts)
    assert first.y0 - second.y1 >= 2


@pytest.mark.parametrize(
    ("others", "offset"),
    [
        ([], (4, 3)),
        ([(113, 113)], (4, -3)),
        ([(113, 113), (113, 87)], (-4, 3)),
        ([(113, 113), (113, 87), (87, 113)], (-4, -3)),
        ([(113, 113), (113, 87), (87, 113), (87, 87)], None),
    ],
)
def test_a_name_takes_the_first_side_without_a_point(others, offset):
    figure = scatter([(100, 100), *others])
    label_clear_points(figure, [("name", 100, 100)], most=9)
    assert offsets(figure) == ([offset] if offset else [])


def test_a_name_stays_between_the_left_and_the_right_edge():
    figure = scatter([(495, 100), (5, 100)])
    label_clear_points(figure, [("at the right", 495, 100), ("at the left", 5, 100)], most=9)
    assert offsets(figure) == [(-4, 3), (4, 3)]


def test_clear_names_cover_no_other_name_and_end_with_the_most():
    figure = scatter([(100, 100), (300, 300), (200, 400)])
    label_clear_points(figure, [("first", 100, 100), ("second", 100, 100), ("third", 300, 300)], most=2)
    assert notes(figure.axes[0]) == ["first", "second"] and offsets(figure) == [(4, 3), (4, -3)]


def labels(figure, *places):
    return [figure.axes[0].text(x, y, "name", ha="center", va="center") for x, y in places]


def boxes(figure, texts):
    figure.draw_without_rendering()
    return [text.get_window_extent() for text in texts]


def test_a_text_without_obstacles_stays():
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    spread_labels(figure, [text], [])
    assert text.get_position() == pytest.approx((250, 250))


def test_a_text_moves_off_an_obstacle_by_the_shortest_way():
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    height = boxes(figure, [text])[0].padded(1).height
    spread_labels(figure, [text], [Bbox.from_extents(200, 245, 300, 255)])
    x, y = text.get_position()
    assert x == pytest.approx(250) and abs(y - 250) == pytest.approx(height)


def test_the_first_text_stays_and_the_others_leave_it_free():
    figure = scatter([])
    texts = labels(figure, (250, 250), (252, 251), (248, 249))
    spread_labels(figure, texts, [])
    first, second, third = boxes(figure, texts)
    assert texts[0].get_position() == pytest.approx((250, 250))
    assert not first.overlaps(second) and not first.overlaps(third) and not second.overlaps(third)


def test_a_text_at_the_side_moves_in():
    figure = scatter([])
    texts = labels(figure, (2, 250), (498, 100))
    spread_labels(figure, texts, [])
    left, right = boxes(figure, texts)
    assert left.x0 >= 0 and right.x1 <= 500
    assert (texts[0].get_position()[1], texts[1].get_position()[1]) == pytest.approx((250, 100))


def test_a_text_leaves_a_high_obstacle_to_the_side():
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    width = boxes(figure, [text])[0].padded(1).width
    spread_labels(figure, [text], [Bbox.from_extents(245, 0, 255, 500)])
    assert text.get_position() == pytest.approx((250 - width / 2 - 9, 250))


def test_a_text_moves_by_half_lines_up_to_two():
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    height = boxes(figure, [text])[0].padded(1).height
    for lines, offset in ((0.5, 1.0), (0.9, 1.5), (1.4, 2.0)):
        text.set_position((250, 250))
        spread_labels(figure, [text], [Bbox.from_extents(0, 250 - lines * height, 500, 250 + lines * height)])
        x, y = text.get_position()
        assert (x, abs(y - 250)) == pytest.approx((250, offset * height))


def test_an_obstacle_above_or_beside_a_text_moves_it_nowhere():
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    spread_labels(figure, [text], [Bbox.from_extents(200, 300, 300, 320), Bbox.from_extents(400, 240, 450, 260)])
    assert text.get_position() == pytest.approx((250, 250))


def test_a_text_takes_the_place_where_it_covers_least():
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    box = boxes(figure, [text])[0].padded(1)
    everywhere = Bbox.from_extents(0, 0, 500, 500)
    spread_labels(figure, [text], [everywhere, Bbox.from_extents(box.x0, 0, box.x1, box.y0 + 1)])
    # Half a line up the text is just clear of the second obstacle; the first is everywhere.
    x, y = text.get_position()
    assert x == pytest.approx(250) and y - 250 == pytest.approx(box.height / 2)


def test_a_text_is_moved_past_its_own_margin():
    figure = scatter([])
    first, second = labels(figure, (250, 250), (250, 250))
    spread_labels(figure, [first, second], [])
    height = boxes(figure, [first])[0].padded(1).height
    assert abs(second.get_position()[1] - 250) == pytest.approx(height)


@pytest.mark.parametrize("side", [1, -1])
def test_a_text_moves_up_or_down_to_where_it_is_free(side):
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    box = boxes(figure, [text])[0].padded(1)
    # All that is not on this side is taken.
    low, high = (0, box.y0 + 1) if side > 0 else (box.y1 - 1, 500)
    spread_labels(figure, [text], [Bbox.from_extents(0, low, 500, high)])
    assert text.get_position() == pytest.approx((250, 250 + side * box.height / 2))


@pytest.mark.parametrize("side", [1, -1])
def test_a_text_moves_to_the_side_that_is_free(side):
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    width = boxes(figure, [text])[0].padded(1).width
    left, right = (0, 255) if side > 0 else (245, 500)
    spread_labels(figure, [text], [Bbox.from_extents(left, 0, right, 500)])
    assert text.get_position() == pytest.approx((250 + side * (width / 2 + 9), 250))


@pytest.mark.parametrize("within", [0.5, -0.5])
def test_a_text_leaves_the_axes_by_no_half_pixel(within):
    """All places in the axes are taken twice; one beside an edge has half a pixel in them, or is out of them."""
    everywhere = [Bbox.from_extents(0, 0, 500, 500)] * 2
    figure = scatter([])
    (text,) = labels(figure, (250, 250))
    box = boxes(figure, [text])[0].padded(1)
    # Moved up by one and a half lines, its lower edge is `within` pixels below the upper edge of the axes.
    y = 250 + 500 - within - (box.y0 + 1.5 * box.height)
    text.set_position((250, y))
    spread_labels(figure, [text], everywhere)
    assert (text.get_position()[1] == pytest.approx(y + 1.5 * box.height)) == (within > 0)
    # To the right its left edge is nine pixels from its middle.
    middle = 250 + 500 - within - 9 - (box.x0 + box.x1) / 2
    text.set_position((middle, 250))
    spread_labels(figure, [text], everywhere)
    assert (text.get_position()[0] == pytest.approx(middle + box.width / 2 + 9)) == (within > 0)
