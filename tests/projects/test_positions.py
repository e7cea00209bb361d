"""Positions of projects: whatever a tool counts, the passage comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from scripts.projects.positions import READINGS, choose_reading, offsets, uniform
from tests.made_projects import position

# Line ends, a character of two UTF-16 units, combining marks, and letters.
TEXTS = st.text(st.sampled_from("\n\nab \U0001d4b3\U0001f600e\u0301\u0327\u200d"), min_size=2, max_size=60)


@given(TEXTS, st.data())
def test_each_reading_is_undone(text: str, data: st.DataObject) -> None:
    stored = text.replace("\n", "\r\n")
    for reading in READINGS:
        places = offsets(stored, reading)
        offset = data.draw(st.integers(0, len(text)))
        assert places[position(text, offset, reading)] == offset


@given(TEXTS, st.sampled_from(READINGS), st.data())
def test_the_exported_spans_tell_what_positions_count(text: str, reading, data: st.DataObject) -> None:
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda span: span[0] < span[1])
    spans = set(data.draw(st.lists(bounds, min_size=1, max_size=5)))
    counted = [(position(text, start, reading), position(text, end, reading)) for start, end in spans]
    places = choose_reading(text.replace("\n", "\r\n"), counted, spans, origin="")
    assert {(places[start], places[end]) for start, end in counted} == spans


def test_without_an_export_the_origin_tells_how_line_ends_count() -> None:
    text = "é\r\nb"
    assert choose_reading(text, [], set(), origin="NVivo")[4] == 3
    assert choose_reading(text, [], set(), origin="ATLAS.ti 8.4.0")[3] == 3


@given(st.text(st.sampled_from("\r\nab")))
def test_a_uniform_text_has_one_kind_of_line_end(text: str) -> None:
    assert uniform(text) == "\n".join(text.replace("\r\n", "\r").replace("\r", "\n").split("\n"))
