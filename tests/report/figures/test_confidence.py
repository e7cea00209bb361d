"""The figure of the reliability of confidence."""

import pandas as pd
import pytest

from scripts.report.figures.confidence import confidence_figure
from scripts.report.figures.drawing import NO_DATA

BANDS = {".50 to .70": (0.6, 0.4, 0.2, 0.7), ".70 to .85": (0.8, 0.9, 0.7, 0.95)}


def rows():
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
    table = pd.concat([rows(), rows().assign(step="names", estimate=0.1), rows().assign(by="outlet", estimate=0.1)])
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
    figure = confidence_figure(rows().iloc[:0])
    assert figure.texts[0].get_gid() == NO_DATA


def test_a_band_without_its_share_or_its_confidence_is_not_drawn() -> None:
    table = rows()
    for measure in ("mean confidence", "precision"):
        single = table[(table["value"] == ".50 to .70") | (table["measure"] == measure)]
        [axes] = confidence_figure(single).axes
        [points] = [line for line in axes.lines if line.get_marker() == "o"]
        assert list(points.get_xdata()) == pytest.approx([0.6])
