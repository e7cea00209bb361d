"""The figure of speakers: a bar for each, of words in quotation marks and then of reported words."""

import pandas as pd

from scripts.report.figures.speakers import shown_speakers, speakers_figure
from scripts.report.figures.style import HATCHES
from tests.report.figures.parts import bars, legend, notes, rows

SPEAKERS = pd.DataFrame(
    [("Ann Lee", 30, 20, 10, 0.75), ("Bo", 10, 0, 10, 0.25)],
    columns=["speaker", "words", "words_direct", "words_indirect", "share"],
)


def test_reported_words_follow_quoted_ones_and_the_share_stands_at_the_end():
    figure = speakers_figure(*shown_speakers(SPEAKERS))
    (axes,) = figure.axes
    assert rows(axes) == ["Ann Lee", "Bo"]
    assert bars(axes) == [(0, 20, 0, ""), (0, 0, 1, ""), (20, 10, 0, HATCHES[1]), (0, 10, 1, HATCHES[1])]
    assert notes(axes) == ["75%", "25%"]
    assert [text.xy for text in axes.texts] == [(30, 0), (10, 1)]
    assert {text.xyann for text in axes.texts} == {(4, 0)}
    assert {round(bar.get_height(), 9) for bar in axes.patches} == {0.66}
    assert axes.get_ylim() == (1.6, -0.6) and axes.margins()[0] == 0.08
    assert axes.xaxis.get_major_formatter()(1234.0) == "1,234"
    assert legend(figure) == ["in quotation marks", "reported"]


def test_fifteen_speakers_have_a_row_each():
    many = pd.concat([SPEAKERS.tail(1)] * 20)
    figure = speakers_figure(*shown_speakers(many))
    assert len(rows(figure.axes[0])) == 15
    assert figure.get_figheight() == 1.1 + 0.3 * 15


def test_no_speaker_is_a_note():
    assert speakers_figure(*shown_speakers(SPEAKERS.head(0))).texts[0].get_text() == "No attributed quotes were found."
