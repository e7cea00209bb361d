"""The figure of speakers: a bar for each, of words in quotation marks and then of reported words."""

import pandas as pd
import pytest

from scripts.report.figures.speakers import confidence_figure, shown_speakers, speakers_figure
from scripts.report.figures.style import HATCHES, NO_DATA
from tests.report.figures.parts import bars, legend, notes, rows

SPEAKERS = pd.DataFrame(
    [("Ann Lee", 30, 20, 10, 0.75), ("Bo", 10, 0, 10, 0.25)],
    columns=["speaker", "words", "words_direct", "words_indirect", "share"],
)
BANDS = {".50 to .70": (0.6, 0.4, 0.2, 0.7), ".70 to .85": (0.8, 0.9, 0.7, 0.95)}


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


def accuracy_rows():
    mean, right = (
        {"step": "speakers", "by": "confidence", "measure": measure, "n": 9, "method": ""}
        for measure in ("mean confidence", "precision")
    )
    none = {"lo": None, "hi": None}
    return pd.DataFrame(
        [
            each
            for band, (confidence, share, lo, hi) in BANDS.items()
            for each in (
                {**mean, **none, "value": band, "estimate": confidence},
                {**right, "value": band, "estimate": share, "lo": lo, "hi": hi},
            )
        ]
    )


def test_each_band_stands_at_its_mean_confidence_and_its_share_right() -> None:
    # Rows of other steps and of other groupings are not drawn.
    table = pd.concat(
        [
            accuracy_rows(),
            accuracy_rows().assign(step="names", estimate=0.1),
            accuracy_rows().assign(by="outlet", estimate=0.1),
        ]
    )
    [axes] = confidence_figure(table).axes
    assert axes.get_xlim() == axes.get_ylim() == (0, 1.02)
    assert axes.xaxis.get_major_formatter()(0.5) == axes.yaxis.get_major_formatter()(0.5) == "50%"
    [diagonal] = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert diagonal.get_xydata().tolist() == [[0, 0], [1, 1]]
    [points] = [line for line in axes.lines if line.get_marker() == "o"]
    assert list(points.get_xdata()) == pytest.approx([0.6, 0.8])
    assert list(points.get_ydata()) == pytest.approx([0.4, 0.9])
    [bars] = [each for each in axes.collections if len(each.get_segments()) == 2]
    assert [segment[:, 1].tolist() for segment in bars.get_segments()] == [
        pytest.approx([0.2, 0.7]),
        pytest.approx([0.7, 0.95]),
    ]


def test_without_a_checked_sample_it_says_so() -> None:
    figure = confidence_figure(accuracy_rows().iloc[:0])
    assert figure.texts[0].get_gid() == NO_DATA


def test_a_band_without_its_share_or_its_confidence_is_not_drawn() -> None:
    table = accuracy_rows()
    for measure in ("mean confidence", "precision"):
        single = table[(table["value"] == ".50 to .70") | (table["measure"] == measure)]
        [axes] = confidence_figure(single).axes
        [points] = [line for line in axes.lines if line.get_marker() == "o"]
        assert list(points.get_xdata()) == pytest.approx([0.6])
