import pandas as pd
import pytest
from matplotlib.figure import Figure

from scripts.report.figures.drawing import figure_style, save_figure
from scripts.report.figures.framing import blame_figure, frame_prevalence_figure, frame_speakers_figure

PREVALENCE = pd.DataFrame(
    [("(all)", "generic", "conflict", 5, 0.5, 0.3, 0.7), ("(all)", "generic", "$a_b$", 0, 0.0, 0.0, 0.2)],
    columns=["group", "scheme", "frame", "n", "estimate", "lo", "hi"],
)
CORRECTED = pd.DataFrame(
    [("(all)", "generic", "conflict", 0.4, 0.35, 0.45), ("A", "generic", "conflict", 0.9, 0.8, 0.95)],
    columns=["group", "scheme", "frame", "estimate", "lo", "hi"],
)
SPEAKERS = pd.DataFrame(
    [("generic", "$x^2$ <b>", "voiced", "conflict", 4, 2), ("generic", "(narrator)", "voiced", "economic", 9, 3)],
    columns=["scheme", "name", "relation", "frame", "n_sentences", "n"],
)
BLAME = pd.DataFrame(
    [("A", "B", "accepted"), ("A", "B", "rejected"), ("C\x00", "=B()", "accepted")],
    columns=["speaker", "target", "stance"],
)


def texts(figure):
    return [
        text.get_text() for axes in figure.axes for text in (axes.xaxis.label, *axes.texts, *axes.get_yticklabels())
    ]


def test_unvalidated_shares_say_so_and_corrected_ones_do_not():
    assert any("not validated" in text for text in texts(frame_prevalence_figure(PREVALENCE, CORRECTED.head(0))))
    corrected = frame_prevalence_figure(PREVALENCE, CORRECTED)
    assert not any("not validated" in text for text in texts(corrected))
    assert corrected.legends


def test_heat_map_tells_shares_and_numbers():
    assert {"50% (2)", "33% (3)"} <= set(texts(frame_speakers_figure(SPEAKERS)))


def test_both_stances_of_a_pair_are_drawn():
    (axes,) = blame_figure(BLAME).axes
    assert [line.get_marker() for line in axes.lines] == ["o", "s", "o"]


def test_every_speaker_and_target_drawn_has_a_statement():
    rows = [("A", f"T{number:02}", "accepted") for number in range(10) for _ in range(2)]
    rows += [("talks much of nobody else", f"U{number:02}", "accepted") for number in range(30)]
    (axes,) = blame_figure(pd.DataFrame(rows, columns=BLAME.columns)).axes
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["A"]
    assert len(axes.get_xticklabels()) == len(axes.lines) == 10


@pytest.mark.parametrize(
    "figure",
    [
        lambda: frame_prevalence_figure(PREVALENCE.head(0), CORRECTED.head(0)),
        lambda: frame_speakers_figure(SPEAKERS.head(0)),
        lambda: blame_figure(BLAME.head(0)),
    ],
)
def test_no_rows_make_a_note(figure):
    assert isinstance(figure(), Figure)


def test_hostile_names_are_text_and_bytes_are_the_same_again(tmp_path):
    for name in ("one", "two"):
        with figure_style():
            figures = [
                frame_prevalence_figure(PREVALENCE, CORRECTED),
                frame_speakers_figure(SPEAKERS),
                blame_figure(BLAME),
            ]
            for number, figure in enumerate(figures):
                save_figure(figure, tmp_path / f"{name}{number}", title="t", description="d")
    for number in range(3):
        assert (tmp_path / f"one{number}.svg").read_bytes() == (tmp_path / f"two{number}.svg").read_bytes()
    assert "$x^2$ &lt;b&gt;" in (tmp_path / "one1.svg").read_text(encoding="utf-8")
