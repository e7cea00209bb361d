"""Groups side by side: a panel a group on a common scale, by the positions of what is drawn."""

import numpy as np
import pandas as pd
import pytest

from scripts.report.figures.drawing import figure_style
from scripts.report.figures.groups import (
    frame_trends_figure,
    frames_by_group_figure,
    group_label,
    group_panels,
    keyness_by_group_figure,
    narrow_label,
    speakers_by_group_figure,
    trends_of_largest,
)
from scripts.report.figures.selection import compared_words, largest_groups
from scripts.report.figures.style import BLUE, PAPER
from tests.report.figures.parts import bars, columns, legend, panel_titles, points, rows, segments

GROUPS = pd.DataFrame({"doc_id": list("abcdef"), "group": ["Post", "Globe", "Globe", "Globe", "Post", ""]})
PREVALENCE = pd.DataFrame(
    [
        (group, scheme, frame, n, share, share - 0.05, share + 0.1)
        for group, shift in (("(all)", 0.0), ("Globe", 0.1), ("Post", 0.2))
        for scheme, frame, n, share in (
            ("generic", "conflict", 3, 0.3),
            ("generic", "human_interest", 5, 0.5),
            ("generic", "morality", 0, 0.05),
            ("policy", "economic", 9, 0.6),
        )
        for share in [share + shift]
    ],
    columns=["group", "scheme", "frame", "n", "estimate", "lo", "hi"],
)
CONTRASTS = pd.DataFrame(
    [("generic", "conflict", "Globe", "Post", 0.01), ("generic", "human_interest", "Globe", "Post", 0.05)],
    columns=["scheme", "frame", "group", "other", "q"],
)
SPEAKERS = pd.DataFrame(
    [("Globe", "Ann", 0.6, 0.4, 0.7), ("Globe", "Bo", 0.4, np.nan, np.nan), ("Post", "Bo", 0.9, 0.8, 1.0)],
    columns=["group", "speaker", "share", "lo", "hi"],
)
KEYNESS = pd.DataFrame(
    [
        ("outlet", "Globe", "tax", 2.0, 1.0, 3.0, 0.5, 3.5, 30.0, 0.001),
        ("outlet", "Globe", "law", 1.0, 0.5, 1.5, None, None, 40.0, 0.2),
        ("outlet", "Globe", "war", -3.0, -4.0, -2.0, None, None, -50.0, 0.001),
        ("outlet", "Post", "war", 3.0, 2.0, 4.0, 2.5, 3.5, 50.0, 0.001),
        ("doc_id", "Post", "sea", 9.0, 8.0, 10.0, None, None, 90.0, 0.001),
    ],
    columns=["column", "target", "word", "estimate", "lo", "hi", "boot_lo", "boot_hi", "g2", "q"],
).astype({"boot_lo": float, "boot_hi": float})
TRENDS = pd.DataFrame(
    [
        (group, month, "generic", frame, 10, n, n / 10, *((n / 10 - 0.1, n / 10 + 0.1) if n > 1 else (np.nan, np.nan)))
        for group in ("Globe", "Post")
        for month, frames in (("2025-01", (5, 2, 0)), ("2025-03", (3, 1, 0)))
        for frame, n in zip(("conflict", "economic", "morality"), frames, strict=True)
    ],
    columns=["group", "month", "scheme", "frame", "n_sentences", "n", "estimate", "lo", "hi"],
)
CODED = pd.DataFrame({"scheme": ["policy"], "estimate": [0.5]})
DRAWN = {
    "frames": lambda groups: frames_by_group_figure(PREVALENCE, CONTRASTS, CODED, groups),
    "speakers": lambda groups: speakers_by_group_figure(SPEAKERS, groups),
    "key words": lambda groups: keyness_by_group_figure(KEYNESS, groups),
    "trends": lambda groups: frame_trends_figure(TRENDS, groups),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_a_panel_a_group_the_largest_first_with_its_documents_on_one_scale(draw):
    figure = draw(pd.concat([GROUPS, GROUPS.head(1).assign(group="a group without rows")]))
    assert panel_titles(figure) == ["Globe (3)", "Post (2)"]
    drawn = [axes for axes in figure.axes if axes.axison]
    assert len({axes.get_xlim() for axes in drawn}) == 1
    assert not any(axes.spines["left"].get_visible() for axes in drawn)
    assert "in brackets: documents" in figure.get_supxlabel()


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
@pytest.mark.parametrize(
    "groups",
    [
        GROUPS[GROUPS["group"] != "Post"],
        GROUPS.head(0),
        GROUPS.assign(group=""),
        GROUPS.replace({"group": {"Post": "a group without rows"}}),
    ],
)
def test_nothing_is_compared_without_two_groups(draw, groups):
    figure = draw(groups)
    assert not figure.axes and figure.texts[0].get_gid() == "no-groups"


def test_the_largest_nine_groups_are_drawn():
    groups = pd.DataFrame({"group": [f"g{at:02}" for at in range(12) for _ in range(at + 1)]})
    assert largest_groups(groups) == {f"g{at:02}": at + 1 for at in range(11, 2, -1)}
    assert largest_groups(pd.DataFrame({"group": ["b", "a", ""]})) == {"a": 1, "b": 1}


def test_frames_have_share_interval_and_the_share_over_all_documents():
    figure = frames_by_group_figure(PREVALENCE, CONTRASTS, CODED, GROUPS)
    globe, post = figure.axes[:2]
    assert rows(globe) == ["human interest", "conflict"]  # of the first scheme those that occur, the commonest first
    assert segments(globe) == [
        [(0.5, -0.36), (0.5, 0.36)], [(0.3, 0.64), (0.3, 1.36)],
        [(0.55, 0), (0.7, 0)], [(0.35, 1), (0.5, 1)],
    ]  # fmt: skip
    assert np.allclose(points(globe, "o"), [(0.6, 0), (0.4, 1)])
    assert np.allclose(points(post, "o"), [(0.7, 0), (0.5, 1)])
    assert rows(post) == []  # they share their names
    assert globe.get_xlim()[0] == 0 and globe.get_ylim() == (1.6, -0.6)
    assert globe.xaxis.get_major_formatter()(0.25) == "25%"
    assert [text.get_gid() for text in globe.get_yticklabels()] == [
        "row:generic · human_interest",
        "row:generic · conflict",
    ]
    assert not any(line.get_clip_on() for line in globe.lines)
    assert legend(figure) == ["all documents", "differs from the others, adjusted p < 0.05", "not shown to differ"]
    assert figure.get_figheight() == pytest.approx(0.7 + 0.22 * 2 + 0.3)


def test_frames_are_not_validated_until_their_scheme_is_coded():
    alone, coded = (
        frames_by_group_figure(PREVALENCE, CONTRASTS, each, GROUPS).get_supxlabel()
        for each in (CODED, CODED.assign(scheme="generic"))
    )
    assert "not validated" in alone and "by machine" in coded and "not validated" not in coded


def test_without_any_interval_the_axis_says_why():
    figure = frames_by_group_figure(PREVALENCE.assign(lo=np.nan, hi=np.nan), CONTRASTS, CODED, GROUPS)
    assert "not estimable: fewer than 5 documents" in figure.get_supxlabel()


def test_a_frame_is_filled_in_both_groups_that_differ_in_it():
    for axes in frames_by_group_figure(PREVALENCE, CONTRASTS, CODED, GROUPS).axes[:2]:
        assert [line.get_markerfacecolor() for line in axes.lines] == [PAPER, BLUE]


def test_speakers_have_a_bar_of_their_share_and_a_line_where_it_has_an_interval():
    globe, post = speakers_by_group_figure(SPEAKERS, GROUPS).axes[:2]
    assert rows(globe) == ["Ann", "Bo"] and rows(post) == ["Bo"]
    assert bars(globe) == [(0, 0.6, 0, ""), (0, 0.4, 1, "")] and bars(post) == [(0, 0.9, 0, "")]
    assert segments(globe)[0] == [(0.4, 0), (0.7, 0)] and segments(post) == [[(0.8, 0), (1.0, 0)]]
    assert globe.get_ylim() == post.get_ylim() == (5.6, -0.6)
    assert globe.get_xlim()[0] == 0 and globe.xaxis.get_major_formatter()(0.25) == "25%"
    assert {round(bar.get_height(), 9) for bar in globe.patches} == {0.62}
    assert globe.figure.get_figheight() == pytest.approx(0.7 + 0.22 * 6 + 0.3)
    assert [text.get_gid() for text in globe.get_yticklabels()] == ["row:Globe · Ann", "row:Globe · Bo"]


def test_speakers_without_intervals_have_a_caption_that_says_so():
    with_lines, without = (
        speakers_by_group_figure(each, GROUPS).get_supxlabel()
        for each in (SPEAKERS, SPEAKERS.assign(lo=np.nan, hi=np.nan))
    )
    assert "(line: 95% interval)" in with_lines and "(interval not estimable" in without


def test_six_speakers_of_a_group_are_drawn():
    many = pd.concat([SPEAKERS.tail(1).assign(speaker=f"s{at}") for at in range(9)] + [SPEAKERS.head(2)])
    assert rows(speakers_by_group_figure(many, GROUPS).axes[1]) == [f"s{at}" for at in range(6)]


def test_key_words_are_those_that_a_group_has_more_often_in_the_order_of_the_table():
    figure = keyness_by_group_figure(KEYNESS, GROUPS)
    globe, post = figure.axes[:2]
    assert rows(globe) == ["tax", "law"] and rows(post) == ["war"]
    assert points(globe, "o") == [(1.0, 1)] and points(globe, "D") == [(2.0, 0)]
    # By drawing documents, as in the table; a word for which that is not estimable has no line.
    assert segments(globe) == [[(0.5, 0), (3.5, 0)]]
    assert legend(figure) == ["adjusted p < 0.05", "does not survive correction"]
    assert [text.get_gid() for text in globe.get_yticklabels()] == ["row:Globe · tax", "row:Globe · law"]
    (zero,) = [line for line in globe.lines if line.get_marker() == "None"]
    assert list(zero.get_xdata()) == [0, 0]
    assert figure.get_figheight() == pytest.approx(0.7 + 0.22 * 6 + 0.3)


def test_key_words_without_intervals_have_a_caption_that_says_so():
    with_lines, without = (
        keyness_by_group_figure(keyness, GROUPS).get_supxlabel()
        for keyness in (KEYNESS, KEYNESS.assign(boot_lo=np.nan, boot_hi=np.nan))
    )
    assert "(line: 95% interval)" in with_lines and "(interval not estimable)" in without


def test_words_are_compared_by_the_first_column_whose_values_are_the_groups():
    assert compared_words(KEYNESS, ["Post"])["word"].tolist() == ["war"]
    assert compared_words(KEYNESS, ["Other"]).empty


def test_six_key_words_of_a_group_are_drawn():
    many = pd.concat([KEYNESS.iloc[[3]].assign(word=f"w{at}", g2=at) for at in range(11)] + [KEYNESS.head(2)])
    words = rows(keyness_by_group_figure(many, GROUPS).axes[1])
    assert words == [f"w{at}" for at in range(6)]


def test_trends_have_a_line_a_frame_and_a_band_where_there_is_an_interval():
    figure = frame_trends_figure(TRENDS, GROUPS)
    globe = figure.axes[0]
    assert columns(figure.axes[1]) == ["2025-01", "2025-02", "2025-03"]
    assert [line.get_ydata().tolist() for line in globe.lines if line.get_linestyle() == "-"] == [
        pytest.approx([0.5, np.nan, 0.3], nan_ok=True), pytest.approx([0.2, np.nan, np.nan], nan_ok=True),
    ]  # fmt: skip
    filled, hollow = ([line for line in globe.lines if (line.get_markerfacecolor() == PAPER) == is_hollow
                       and line.get_linestyle() == "None"] for is_hollow in (False, True))  # fmt: skip
    assert [line.get_xdata().tolist() for line in filled] == [[0, 2], [0]]
    assert [line.get_xdata().tolist() for line in hollow] == [[1], [1, 2]]
    lines = [segment for segment in segments(globe) if segment]
    assert np.allclose(lines, [[(0, 0.4), (0, 0.6)], [(2, 0.2), (2, 0.4)], [(0, 0.1), (0, 0.3)]])
    assert legend(figure) == ["conflict", "economic", "under five documents: no interval"]
    assert globe.get_ylim() == pytest.approx((0, 1.05 * 0.6)) and globe.get_xlim() == (-0.5, 2.5)
    assert globe.yaxis.get_major_formatter()(0.25) == "25%"
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()
    assert figure.get_figheight() == pytest.approx(0.7 + 1.0 + 0.3)
    assert figure.get_supxlabel() == "month of publication; in brackets: documents"
    assert [line.get_visible() for line in (globe.get_xgridlines()[0], globe.get_ygridlines()[0])] == [False, True]


def test_a_group_of_one_month_has_no_trend():
    single = TRENDS[(TRENDS["group"] == "Globe") | (TRENDS["month"] == "2025-01")]
    assert not frame_trends_figure(single, GROUPS).axes


@pytest.mark.parametrize("name", ["Anne-Marie van der Straaten-Oppenheimer", "王" * 60, "$x_{$ \\frac </svg><script>"])
def test_long_and_hostile_names_leave_room_for_the_data(name, recwarn):
    groups = pd.DataFrame({"group": [f"{at} {name}" for at in range(7) for _ in range(3)]})
    names = list(dict.fromkeys(groups["group"]))
    tables = [
        pd.concat([rows.assign(**{column: group}) for group in names])
        for rows, column in (
            (PREVALENCE[PREVALENCE["group"] == "Globe"], "group"),
            (SPEAKERS.assign(speaker=name), "group"),
            (KEYNESS.iloc[[0, 1]].assign(word=name), "target"),
            (TRENDS[TRENDS["group"] == "Globe"], "group"),
        )
    ]
    prevalence = pd.concat([PREVALENCE[PREVALENCE["group"] == "(all)"], tables[0]])
    with figure_style():
        for figure in (
            frames_by_group_figure(prevalence, CONTRASTS, CODED, groups),
            speakers_by_group_figure(tables[1], groups),
            keyness_by_group_figure(tables[2], groups),
            frame_trends_figure(tables[3], groups),
        ):
            figure.draw_without_rendering()
            assert min(axes.get_position().width for axes in figure.axes) > 0.07
    assert not [warning for warning in recwarn if "constrained_layout" in str(warning.message)]


def test_frames_have_three_panels_side_by_side_and_the_others_two():
    groups = pd.DataFrame({"group": [name for name in ("Globe", "Post", "Sun", "Mail") for _ in range(2)]})

    def added(table, column):
        return pd.concat(
            [table, *(table[table[column] == "Post"].assign(**{column: name}) for name in ("Sun", "Mail"))]
        )

    for figure, shape in (
        (frames_by_group_figure(added(PREVALENCE, "group"), CONTRASTS, CODED, groups), (2, 3)),
        (speakers_by_group_figure(added(SPEAKERS, "group"), groups), (2, 2)),
        (keyness_by_group_figure(added(KEYNESS, "target"), groups), (2, 2)),
        (frame_trends_figure(added(TRENDS, "group"), groups), (2, 2)),
    ):
        grid = figure.axes[0].get_gridspec()
        assert (grid.nrows, grid.ncols) == shape
        assert len(panel_titles(figure)) == 4
        # The last panel of each column has the numbers of the common axis.
        bottom = [axes.xaxis.get_tick_params()["labelbottom"] for axes in figure.axes if axes.axison]
        assert bottom[-shape[1] :] == [True] * shape[1]


def test_at_most_four_months_are_named():
    months = [f"2025-{month:02}" for month in range(1, 10)]
    rows = [
        (group, month, "generic", "conflict", 10, 5, 0.5, 0.4, 0.6) for group in ("Globe", "Post") for month in months
    ]
    figure = frame_trends_figure(pd.DataFrame(rows, columns=TRENDS.columns), GROUPS)
    assert columns(figure.axes[0]) == ["2025-01", "2025-04", "2025-07"]
    assert figure.axes[0].get_xticks().tolist() == [0, 3, 6]


def test_east_asian_names_of_groups_take_half_as_many_characters():
    groups = pd.DataFrame({"group": ["王" * 30] * 2 + ["a" * 30]})
    table = pd.concat([SPEAKERS.head(1).assign(group=name) for name in ("王" * 30, "a" * 30)])
    assert panel_titles(speakers_by_group_figure(table, groups)) == ["王" * 9 + "… (2)", "a" * 19 + "… (1)"]


def test_a_panel_above_an_empty_place_has_the_numbers_of_the_axis():
    groups = pd.DataFrame({"group": ["Globe", "Post", "Sun"]})
    table = pd.concat([SPEAKERS, SPEAKERS[SPEAKERS["group"] == "Post"].assign(group="Sun")])
    panels = speakers_by_group_figure(table, groups).axes
    assert [axes.axison for axes in panels] == [True, True, True, False]
    assert [axes.xaxis.get_tick_params()["labelbottom"] for axes in panels[:3]] == [False, True, True]


def test_frames_without_a_cue_anywhere_are_not_compared():
    figure = frames_by_group_figure(PREVALENCE.assign(n=0), CONTRASTS, CODED, GROUPS)
    assert not figure.axes and figure.texts[0].get_gid() == "no-groups"


def test_names_are_cut_at_twenty_characters_and_rows_have_room_for_six():
    names = {20: "n" * 20, 21: "m" * 19 + "…"}
    for size, shown in names.items():
        name = shown[0] * size
        speakers = pd.concat([SPEAKERS.tail(1).assign(group=group, speaker=name) for group in ("Globe", "Post")])
        words = pd.concat([KEYNESS.iloc[[0]].assign(target=group, word=name) for group in ("Globe", "Post")])
        for figure in (speakers_by_group_figure(speakers, GROUPS), keyness_by_group_figure(words, GROUPS)):
            assert rows(figure.axes[0]) == [shown]
            assert figure.axes[0].get_ylim() == (5.6, -0.6)


@pytest.mark.parametrize(("n", "step"), [(2, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_every_month_is_named_up_to_four(n, step):
    months = [f"2025-{month:02}" for month in range(1, n + 1)]
    rows = [
        (group, month, "generic", "conflict", 10, 5, 0.5, 0.4, 0.6) for group in ("Globe", "Post") for month in months
    ]
    axes = frame_trends_figure(pd.DataFrame(rows, columns=TRENDS.columns), GROUPS).axes[0]
    assert columns(axes) == months[::step] and axes.get_xlim() == (-0.5, n - 0.5)


def test_trends_are_of_the_first_scheme_and_of_groups_with_two_months():
    others = pd.concat([TRENDS.assign(scheme="own", n=99), TRENDS.head(3).assign(group="Sun", n=[0, 0, 99])])
    groups = pd.concat([GROUPS, GROUPS.head(1).assign(group="Sun")])
    figure = frame_trends_figure(*trends_of_largest(pd.concat([TRENDS, others]), groups))
    assert panel_titles(figure) == ["Globe (3)", "Post (2)"]
    assert legend(figure)[:2] == ["conflict", "economic"]
    tied = frame_trends_figure(TRENDS.assign(n=1), GROUPS)
    assert legend(tied)[:2] == ["conflict", "economic"]
    odd = pd.concat([TRENDS, TRENDS.head(3).assign(month="0205-01")])
    assert frame_trends_figure(odd, GROUPS).get_supxlabel() == (
        "Not shown, too far from the others: 0205-01; in brackets: documents"
    )
    cut = TRENDS.replace({"frame": {"conflict": "c" * 25, "economic": "e" * 24}})
    assert legend(frame_trends_figure(cut, GROUPS))[:2] == ["c" * 23 + "…", "e" * 24]


def test_eight_frames_of_the_first_scheme_are_drawn_and_equals_stand_by_name():
    names = [f"f{at}_{'x' * 17}" for at in range(9)][::-1]
    many = pd.DataFrame(
        [(group, "generic", name, 5, 0.5, 0.4, 0.6) for group in ("(all)", "Globe", "Post") for name in names],
        columns=PREVALENCE.columns,
    )
    other_scheme = CONTRASTS.assign(scheme="own", q=0.001, frame=names[-1])
    figure = frames_by_group_figure(pd.concat([many, many.assign(scheme="own", n=99)]), other_scheme, CODED, GROUPS)
    assert rows(figure.axes[0]) == [f"f{at} {'x' * 17}" for at in range(8)]
    assert {line.get_markerfacecolor() for line in figure.axes[0].lines} == {PAPER}
    long = many.replace({"frame": {names[0]: "y" * 21}})
    assert len(rows(frames_by_group_figure(long, other_scheme, CODED, GROUPS).axes[0])) == 8
    only = many[many["frame"] == names[0]].assign(frame="y" * 21)
    assert rows(frames_by_group_figure(only, other_scheme, CODED, GROUPS).axes[0]) == ["y" * 19 + "…"]


def test_a_frame_that_differs_from_another_group_is_filled_in_that_group_too():
    contrasts = CONTRASTS.head(1).assign(group="Globe", other="the others")
    globe, post = frames_by_group_figure(PREVALENCE, contrasts, CODED, GROUPS).axes[:2]
    assert [line.get_markerfacecolor() for line in globe.lines] == [PAPER, BLUE]
    assert [line.get_markerfacecolor() for line in post.lines] == [PAPER]


def test_a_word_at_the_bounds_is_not_key():
    table = pd.concat([KEYNESS, KEYNESS.iloc[[0]].assign(word=["even"], estimate=0.0, g2=99.0),
                       KEYNESS.iloc[[0]].assign(word=["weak"], q=0.05, g2=99.0)])  # fmt: skip
    globe = keyness_by_group_figure(table, GROUPS).axes[0]
    assert sorted(rows(globe)) == ["law", "tax", "weak"]
    assert sorted(x for x, _ in points(globe, "o")) == [1.0, 2.0] and len(points(globe, "D")) == 1


def test_many_documents_of_a_group_have_a_comma():
    groups = pd.DataFrame({"group": ["Globe"] * 1_234 + ["Post"]})
    assert panel_titles(speakers_by_group_figure(SPEAKERS, groups)) == ["Globe (1,234)", "Post (1)"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a" * 20, "a" * 20), ("王" * 13, "王" * 9 + "…"), ("王" + "a" * 19, "王" + "a" * 17 + "…"),
     ("Ａ" * 10, "Ａ" * 10), ("a" * 21, "a" * 19 + "…"), ("", ""),
     ("a" * 19 + "王", "a" * 18 + "…"), ("Ａ" * 11, "Ａ" * 9 + "…"), ("a\u202eb", "a‹U+202E›b")],
)  # fmt: skip
def test_a_wide_character_takes_the_room_of_two(name, shown):
    assert narrow_label(name, 20) == shown


def test_panels_of_pairs_are_told_apart():
    pairs = ["The Harbour Post | 2023-02", "The Harbour Post | 2023-03", "王" * 20 + " | elections and votes", "A | b"]
    assert [group_label(pair, 20) for pair in pairs] == [
        "The Harbo… | 2023-02", "The Harbo… | 2023-03", "王王王… | election…", "A | b",
    ]  # fmt: skip
    table = pd.concat([SPEAKERS.head(1).assign(group=name) for name in pairs[:2]])
    figure = speakers_by_group_figure(table, pd.DataFrame({"group": pairs[:2]}))
    assert panel_titles(figure) == ["The Harbo… | 2023-02 (1)", "The Harbo… | 2023-03 (1)"]


def test_the_first_scheme_may_have_a_single_frame_of_a_single_sentence():
    solo = PREVALENCE[PREVALENCE["frame"] == "conflict"].assign(scheme="solo", n=1)
    figure = frames_by_group_figure(pd.concat([solo.head(1), PREVALENCE, solo.tail(2)]), CONTRASTS, CODED, GROUPS)
    assert [text.get_gid() for text in figure.axes[0].get_yticklabels()] == ["row:solo · conflict"]
    trend = TRENDS[TRENDS["frame"] == "conflict"].assign(scheme="solo", n=1)
    trends = pd.concat([trend, TRENDS])
    figure = frame_trends_figure(*trends_of_largest(trends, GROUPS))
    assert legend(figure) == ["conflict", "under five documents: no interval"]


def test_panels_have_their_groups_as_identifiers_and_axes_in_common_others():
    sizes = {"Globe": 3, "x" * 99: 2}
    for shared in (True, False):
        _, panels = group_panels(sizes, columns=2, height=1, shared=shared)
        assert [axes.get_gid() for axes in panels] == ["group:Globe", f"group:{'x' * 79}…"]
        assert [axes.xaxis.get_gid() for axes in panels] == ["common-x0", "common-x1"]
        assert [axes.yaxis.get_gid() for axes in panels] == (["common-y0", "common-y1"] if shared else [None, None])
