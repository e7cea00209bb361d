"""The strip of a document, cell by cell."""

import pandas as pd
import pytest

from scripts.report.figures.strip import strip_figure
from scripts.report.figures.style import HATCHES
from tests.report.figures.parts import bars, columns, legend, rows

DOCUMENTS = pd.DataFrame({"doc_id": ["a", "b"], "title": ["", ""], "n_sentences": [9, 5]})
CODES = pd.DataFrame(
    [("b", "generic", "human_interest", 3), ("b", "generic", "conflict", 4), ("b", "generic", "conflict", 0),
     ("b", "generic", "conflict", 0)],
    columns=["doc_id", "scheme", "frame", "sentence"],
)  # fmt: skip
QUOTES = pd.DataFrame(
    [
        ("b", 0, "no comment"),
        ("b", 1, "direct"),
        ("b", 2, "indirect"),
        ("b", 3, "mixed"),
        ("b", 3, "indirect"),
        ("a", 4, "direct"),
    ],
    columns=["doc_id", "sentence", "type"],
)


def cells(axes, row):
    return [(round(left - 0.06), hatch) for left, width, y, hatch in bars(axes) if y == row]


def test_each_sentence_of_a_frame_or_quote_has_its_cell():
    figure = strip_figure(DOCUMENTS, QUOTES, CODES)
    (axes,) = figure.axes
    assert rows(axes) == ["conflict", "human interest", "quotes"]
    assert cells(axes, 0) == [(0, ""), (4, "")]
    assert cells(axes, 1) == [(3, HATCHES[1])]
    # A sentence with both kinds of quotes counts as one with quotation marks.
    assert cells(axes, 2) == [(1, ""), (3, ""), (2, HATCHES[1])]
    assert {width for _, width, _, _ in bars(axes)} == {0.88}
    assert all(round(left % 1, 9) == 0.06 for left, *_ in bars(axes))
    assert {round(bar.get_height(), 9) for bar in axes.patches} == {0.72}
    assert figure.get_figheight() == pytest.approx(1.2 + 0.3 * 3)
    assert axes.get_xlim() == (0, 5) and not axes.spines["left"].get_visible()
    assert axes.get_ylim() == (2.6, -0.6)
    assert axes.get_xlabel() == "sentence of “b”"
    assert legend(figure) == ["quote begins, with quotation marks", "reported"]
    assert [patch.get_hatch() for patch in figure.legends[0].get_patches()] == [None, HATCHES[1]]
    assert [text.get_gid() for text in axes.get_yticklabels()][:2] == [
        "row:generic · conflict",
        "row:generic · human_interest",
    ]


def test_without_quotes_there_is_no_legend_and_an_empty_row():
    figure = strip_figure(DOCUMENTS, QUOTES.head(0), CODES)
    assert legend(figure) == [] and cells(figure.axes[0], 2) == []


def test_twelve_frames_have_a_row():
    many = pd.DataFrame({"doc_id": "b", "scheme": "s", "frame": [f"f{at:02}" for at in range(15)], "sentence": 0})
    (axes,) = strip_figure(DOCUMENTS, QUOTES, many).axes
    assert len(rows(axes)) == 13
    assert columns(axes)


def test_names_of_frames_are_cut_at_24_characters():
    long = pd.DataFrame({"doc_id": "b", "scheme": "s", "frame": ["f" * 24, "g" * 25, "g" * 25], "sentence": [0, 1, 2]})
    assert rows(strip_figure(DOCUMENTS, QUOTES, long).axes[0])[:2] == ["g" * 23 + "…", "f" * 24]


def test_a_cell_of_a_long_document_stands_for_several_sentences():
    long = pd.DataFrame({"doc_id": ["b"], "title": [""], "n_sentences": [10_000]})
    codes = pd.DataFrame({"doc_id": "b", "scheme": "s", "frame": "f", "sentence": [0, 24, 25, 9_999]})
    (axes,) = strip_figure(long, QUOTES.head(0), codes).axes
    assert [(left / 25, width / 25) for left, width, *_ in bars(axes)] == [(0.06, 0.88), (1.06, 0.88), (399.06, 0.88)]
    assert axes.get_xlabel() == "sentence of “b”, 25 a cell"
    every = pd.DataFrame({"doc_id": "b", "scheme": "s", "frame": "f", "sentence": range(10_000)})
    assert len(bars(strip_figure(long, QUOTES.head(0), every).axes[0])) == 400


def test_no_cue_is_a_note():
    assert "No sentence" in strip_figure(DOCUMENTS, QUOTES, CODES.head(0)).texts[0].get_text()


def test_a_document_of_one_sentence_is_one_cell_wide():
    codes = pd.DataFrame({"doc_id": ["c"], "scheme": "s", "frame": "f", "sentence": [0]})
    (axes,) = strip_figure(
        pd.DataFrame({"doc_id": ["c"], "title": [""], "n_sentences": [1]}), QUOTES.head(0), codes
    ).axes
    assert axes.get_xlim() == (0, 1) and [width for _, width, *_ in bars(axes)] == [0.88]


@pytest.mark.parametrize(("n", "step"), [(400, 1), (401, 2), (800, 2), (801, 3)])
def test_four_hundred_cells_can_be_seen_apart(n, step):
    documents = pd.DataFrame({"doc_id": ["b"], "title": [""], "n_sentences": [n]})
    (axes,) = strip_figure(documents, QUOTES.head(0), CODES.head(1)).axes
    assert [width for _, width, *_ in bars(axes)] == [pytest.approx(0.88 * step)]
    assert axes.get_xlim() == (0, n)
    assert axes.get_xlabel() == "sentence of “b”" + (f", {step} a cell" if step > 1 else "")
