"""reading.js cuts marks as scripts/report/reading.py does."""

import random

from scripts.report.reading import Mark, disjoint, frame_layer
from tests.report.js.node import needs_node, run

pytestmark = needs_node

CUT = """(lists) => lists.map((marks) => disjoint(marks).map(({ from, to, layer, label, hint }) =>
    [from, to, layer, label, hint]))"""


def drawn() -> list[list[Mark]]:
    draw = random.Random(4)
    lists = []
    for _ in range(400):
        starts = [draw.randrange(0, 12) for _ in range(draw.randrange(0, 6))]
        # As Python orders marks of one span by their texts, and the page by their rows.
        marks = [Mark(at, at + draw.randrange(1, 6), "quote", f"l{n}", f"h{n}") for n, at in enumerate(starts)]
        lists.append(marks)
    return lists


def test_marks_are_cut_alike():
    lists = drawn()
    as_json = [
        [{"from": m.start, "to": m.end, "layer": m.layer, "label": m.label, "hint": m.hint} for m in marks]
        for marks in lists
    ]
    assert run(CUT, as_json) == [[list(mark) for mark in disjoint(marks)] for marks in lists]


def test_schemes_share_the_last_layer_where_there_are_many():
    schemes = [f"s{n}" for n in range(9)]
    layers = run("(schemes) => schemes.map((scheme) => frameLayer(scheme, schemes))", schemes)
    assert layers == [frame_layer(scheme, schemes) for scheme in schemes]
    assert set(layers) <= set(run("() => LAYERS"))
