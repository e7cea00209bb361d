"""Figures of frames, by the positions of what they draw."""

import pandas as pd
import pytest
from matplotlib.colors import same_color
from matplotlib.figure import Figure

from scripts.report.figures.drawing import figure_style, save_figure
from scripts.report.figures.framing import blame_figure, commonest_blame, frame_prevalence_figure, frame_speakers_figure
from scripts.report.figures.style import BLUE, MUTED, ON_DARK, ON_LIGHT, PAPER, VERMILLION
from tests.report.figures.parts import columns, legend, notes, rows

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
    (axes,) = blame_figure(*commonest_blame(BLAME)).axes
    assert [line.get_marker() for line in axes.lines] == ["o", "s", "o"]


def test_every_speaker_and_target_drawn_has_a_statement():
    rows = [("A", f"T{number:02}", "accepted") for number in range(10) for _ in range(2)]
    rows += [("talks much of nobody else", f"U{number:02}", "accepted") for number in range(30)]
    (axes,) = blame_figure(*commonest_blame(pd.DataFrame(rows, columns=BLAME.columns))).axes
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["A"]
    assert len(axes.get_xticklabels()) == len(axes.lines) == 10


@pytest.mark.parametrize(
    "figure",
    [
        lambda: frame_prevalence_figure(PREVALENCE.head(0), CORRECTED.head(0)),
        lambda: frame_speakers_figure(SPEAKERS.head(0)),
        lambda: blame_figure(*commonest_blame(BLAME.head(0))),
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
                blame_figure(*commonest_blame(BLAME)),
            ]
            for number, figure in enumerate(figures):
                save_figure(figure, tmp_path / f"{name}{number}", title="t", description="d")
    for number in range(3):
        assert (tmp_path / f"one{number}.svg").read_bytes() == (tmp_path / f"two{number}.svg").read_bytes()
    assert "$x^2$ &lt;b&gt;" in (tmp_path / "one1.svg").read_text(encoding="utf-8")


def marks(axes):
    """Return (x, y, marker, edge, is filled) of each marker."""
    return [
        (*(round(float(value), 9) for value in line.get_xydata()[0]), line.get_marker(), line.get_markeredgecolor(),
         not same_color(line.get_markerfacecolor(), PAPER))
        for line in axes.lines if line.get_marker() != "None"
    ]  # fmt: skip


def test_a_corrected_share_stands_above_the_machines():
    figure = frame_prevalence_figure(PREVALENCE, CORRECTED)
    (axes,) = figure.axes
    assert rows(axes) == ["conflict", "$a b$"]
    assert marks(axes) == [
        (0.5, 0.14, "o", MUTED, False), (0.4, -0.14, "D", VERMILLION, True), (0.0, 1, "o", BLUE, False),
    ]  # fmt: skip
    lines = [line.get_xydata().tolist() for line in axes.lines if line.get_linestyle() == "-"]
    assert lines == [[[0.3, 0.14], [0.7, 0.14]], [[0.35, -0.14], [0.45, -0.14]], [[0, 1], [0.2, 1]]]
    assert axes.get_ylim() == (1.6, -0.6) and axes.get_xlim()[0] == 0
    assert not any(line.get_clip_on() for line in axes.lines if line.get_marker() != "None")
    assert axes.xaxis.get_major_formatter()(0.25) == "25%"
    assert legend(figure) == ["cues, by machine", "corrected by coders' codes"]
    assert figure.get_figheight() == pytest.approx(1 + 0.26 * 3.2)


def test_each_scheme_has_a_panel_with_its_twenty_commonest_frames():
    many = pd.DataFrame({"scheme": "long", "frame": [f"f{at:02}" for at in range(25)], "n": range(25)})
    many = many.assign(group="(all)", estimate=0.1, lo=0.0, hi=0.2)
    figure = frame_prevalence_figure(pd.concat([PREVALENCE, many]), CORRECTED.head(0))
    first, second = figure.axes
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["generic", "long"]
    assert rows(second) == [f"f{at:02}" for at in range(24, 4, -1)] and len(rows(first)) == 2
    assert second.get_yticklabels()[0].get_gid() == "row:long · f24"
    assert first.get_gridspec().get_height_ratios() == [3.2, 21.2]
    assert first.get_xlabel() == "" and "not validated" in second.get_xlabel()
    corrected = frame_prevalence_figure(pd.concat([PREVALENCE, many]), CORRECTED)
    assert [axes.get_xlabel() for axes in corrected.axes] == ["", "share of sentences (line: 95% interval)"]
    assert not first.spines["left"].get_visible() and first.get_xlim() == second.get_xlim()
    assert not figure.legends


def test_a_cell_has_the_share_and_number_of_a_speakers_sentences():
    table = pd.DataFrame(
        [("s", "A", "voiced", "war", 4, 3), ("s", "A", "voiced", "law", 4, 1), ("s", "B", "voiced", "law", 9, 6),
         ("s", "A", "about", "war", 99, 99), ("t", "A", "voiced", "tax", 99, 99)],
        columns=SPEAKERS.columns,
    )  # fmt: skip
    figure = frame_speakers_figure(table)
    (axes,) = figure.axes
    assert rows(axes) == ["B (9)", "A (4)"] and columns(axes) == ["law", "war"]
    assert [(text.get_text(), text.get_position(), text.get_gid()) for text in axes.texts] == [
        ("67% (6)", (0.5, 0.5), "row:s · B · law"), ("25% (1)", (0.5, 1.5), "row:s · A · law"),
        ("75% (3)", (1.5, 1.5), "row:s · A · war"),
    ]  # fmt: skip
    assert [same_color(text.get_color(), ON_DARK) for text in axes.texts] == [True, False, True]
    assert same_color(axes.texts[1].get_color(), ON_LIGHT)
    assert axes.get_yticks().tolist() == axes.get_xticks().tolist() == [0.5, 1.5]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert axes.collections[0].get_clim() == (0, 1)
    assert not any(text.get_in_layout() for text in axes.texts)
    assert [axes.spines[side].get_visible() for side in ("left", "bottom")] == [False, False]
    assert {
        tick.tick1line.get_markersize() for tick in (*axes.xaxis.get_major_ticks(), *axes.yaxis.get_major_ticks())
    } == {0}
    assert figure.get_figheight() == pytest.approx(1.6 + 0.32 * 2)


def test_ten_speakers_have_a_row():
    table = pd.DataFrame(
        [("s", f"n{at:02}", "voiced", "war", 50 - at, 1) for at in range(15)], columns=SPEAKERS.columns
    )
    assert rows(frame_speakers_figure(table).axes[0]) == [f"n{at:02} ({50 - at})" for at in range(10)]


def test_statements_of_one_stance_stand_in_the_middle_and_of_two_side_by_side():
    figure = blame_figure(*commonest_blame(pd.concat([BLAME, BLAME.head(1)])))
    (axes,) = figure.axes
    assert rows(axes) == ["A", "C‹U+0000›"]
    assert columns(axes) == ["B", "=B()"]
    assert [(x, y, marker) for x, y, marker, *_ in marks(axes)] == [(-0.17, 0, "o"), (0.17, 0, "s"), (1, 1, "o")]
    assert [line.get_markersize() for line in axes.lines] == [5 + 2.2 * 2**0.5, 7.2, 7.2]
    assert notes(axes) == ["2", "1", "1"]
    assert [text.xy for text in axes.texts] == [(-0.17, 0), (0.17, 0), (1, 1)]
    # A number stands above its mark, however large that is.
    sizes = [line.get_markersize() for line in axes.lines]
    assert [text.xyann for text in axes.texts] == [(0, size / 2 + 2.5) for size in sizes]
    assert axes.get_xlim() == (-0.6, 1.6) and axes.get_ylim() == (1.6, -0.7)
    assert legend(figure) == ["says so", "denies it"]
    assert figure.get_figheight() == pytest.approx(1.9 + 0.34 * 2)


def test_marks_grow_up_to_25_statements_and_the_twelve_who_make_most_have_a_row():
    table = pd.DataFrame(
        [(f"s{at:02}", "T", "accepted") for at in range(15) for _ in range(30 - at)], columns=BLAME.columns
    )
    (axes,) = blame_figure(*commonest_blame(table)).axes
    assert rows(axes) == [f"s{at:02}" for at in range(12)]
    assert [round(line.get_markersize(), 6) for line in axes.lines][:6] == [16.0] * 6
    assert axes.lines[6].get_markersize() == pytest.approx(5 + 2.2 * 24**0.5)


def test_of_equally_frequent_names_the_first_in_the_alphabet_comes_first():
    table = pd.DataFrame(
        [("B", "Y", "accepted"), ("A", "X", "accepted"), ("C", "X", "accepted")], columns=BLAME.columns
    )
    (axes,) = blame_figure(*commonest_blame(table)).axes
    assert rows(axes) == ["A", "B", "C"] and columns(axes) == ["X", "Y"]


def test_schemes_keep_the_order_of_the_table_and_their_names_are_cut():
    rows = [("(all)", scheme, "f" * 28, 1, 0.1, 0.0, 0.2) for scheme in ("zeta", "alpha")]
    rows.append(("(all)", "alpha", "g" * 29, 1, 0.1, 0.0, 0.2))
    figure = frame_prevalence_figure(pd.DataFrame(rows, columns=PREVALENCE.columns), CORRECTED.head(0))
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["zeta", "alpha"]
    assert [text.get_text() for text in figure.axes[1].get_yticklabels()] == ["f" * 28, "g" * 27 + "…"]


def test_an_estimate_of_no_coder_corrects_nothing():
    (axes,) = frame_prevalence_figure(PREVALENCE, CORRECTED.assign(estimate=float("nan"))).axes
    assert [mark[:3] for mark in marks(axes)] == [(0.5, 0, "o"), (0.0, 1, "o")]
    assert "not validated" in axes.get_xlabel()


def test_equals_stand_in_the_order_of_the_alphabet_and_dark_cells_have_light_ink():
    table = pd.DataFrame(
        [("s", "B", "voiced", "war", 20, 11), ("s", "A", "voiced", "law", 20, 11), ("s", "A", "voiced", "tax", 20, 12)],
        columns=SPEAKERS.columns,
    )
    (axes,) = frame_speakers_figure(table).axes
    assert rows(axes) == ["A (20)", "B (20)"] and columns(axes) == ["tax", "law", "war"]
    inks = {text.get_text(): same_color(text.get_color(), ON_DARK) for text in axes.texts}
    assert inks == {"60% (12)": True, "55% (11)": False}


def test_names_are_cut_by_the_room_that_they_have():
    table = pd.DataFrame(
        [("s", "a" * 30, "voiced", "f" * 20, 9, 2), ("s", "b" * 31, "voiced", "g" * 21, 8, 1)], columns=SPEAKERS.columns
    )
    (axes,) = frame_speakers_figure(table).axes
    assert rows(axes) == ["a" * 30 + " (9)", "b" * 29 + "… (8)"] and columns(axes) == ["f" * 20, "g" * 19 + "…"]
    table = pd.DataFrame([("a" * 32, "t" * 24, "accepted"), ("b" * 33, "u" * 25, "rejected")], columns=BLAME.columns)
    (axes,) = blame_figure(*commonest_blame(table)).axes
    assert rows(axes) == ["a" * 32, "b" * 31 + "…"] and columns(axes) == ["t" * 24, "u" * 23 + "…"]
    long = PREVALENCE.assign(scheme="s" * 45)
    assert frame_prevalence_figure(long, CORRECTED).axes[0].get_title(loc="left") == "s" * 43 + "…"


def test_of_two_stances_the_more_frequent_is_drawn_first():
    rejected = pd.DataFrame([("A", "B", "rejected")] * 2 + [("A", "B", "accepted")], columns=BLAME.columns)
    (axes,) = blame_figure(*commonest_blame(rejected)).axes
    assert [(line.get_marker(), text.get_text()) for line, text in zip(axes.lines, axes.texts, strict=True)] == [
        ("s", "2"), ("o", "1"),
    ]  # fmt: skip


def test_the_first_scheme_may_have_a_single_speaker():
    solo = SPEAKERS.head(1).assign(scheme="solo", name="A")
    (axes,) = frame_speakers_figure(pd.concat([solo, SPEAKERS])).axes
    assert rows(axes) == ["A (4)"]


def test_an_axis_in_steps_of_half_a_percent_says_so():
    rows = PREVALENCE.assign(n=5, estimate=[0.17, 0.16], lo=[0.15, 0.14], hi=[0.197, 0.18])
    axis = frame_prevalence_figure(rows, CORRECTED.head(0)).axes[-1].xaxis
    texts = [axis.get_major_formatter()(value, 0) for value in axis.get_ticklocs()]
    assert "2.5%" in texts
    assert [float(text.strip("%")) / 100 for text in texts] == pytest.approx(axis.get_ticklocs().tolist())
