"""The figure of the kinds of source: shares, intervals, the unknown, and what differs, by what is drawn."""

from operator import itemgetter

import numpy as np
import pandas as pd
import pytest

from scripts.report.figures.kinds import attributes_figure, kinds_figure
from scripts.report.figures.style import BLUE, MUTED, NO_GROUPS, PAPER
from tests.report.figures.parts import legend, panel_titles, points, rows, segments

GROUPS = pd.DataFrame({"doc_id": list("abcde"), "group": ["Globe", "Globe", "Globe", "Post", "Post"]})
KINDS = ("politician", "citizen", "expert", "unknown")
SHARES = pd.DataFrame(
    [
        ("kind", value, group, origin, "words", 5, 10 * share, 10, share, share - 0.05, share + 0.05)
        for origin, moved in (("(all)", 0), ("own", 0.3))
        for group, values in (
            ("(all)", (0.5, 0.2, 0.0, 0.3)),
            ("Globe", (0.6, 0.1, 0.0, 0.3)),
            ("Post", (0.3, 0.4, 0.0, 0.3)),
        )
        for value, share in zip(KINDS, np.add(values, moved), strict=True)
    ],
    columns=["attribute", "value", "group", "origin", "measure", "n_documents", "n", "total", "estimate", "lo", "hi"],
)
CONTRASTS = pd.DataFrame(
    [
        ("kind", "citizen", "words", "Globe", "Post", 0.01),
        ("kind", "politician", "words", "Globe", "Post", 0.05),
        ("kind", "politician", "first", "Globe", "Post", 0.001),
    ],
    columns=["attribute", "value", "measure", "group", "other", "q"],
)


def test_a_panel_a_group_with_the_unknown_last():
    figure = kinds_figure(SHARES, CONTRASTS, GROUPS)
    globe, post = figure.axes[:2]
    assert panel_titles(figure)[:2] == ["Globe (3)", "Post (2)"]
    assert rows(globe) == ["politician", "citizen", "unknown"]
    assert points(globe, "o") == [(0.6, 0), (0.1, 1), (0.3, 2)]
    assert points(post, "o") == [(0.3, 0), (0.4, 1), (0.3, 2)]
    ticks, intervals = segments(globe)[:3], segments(globe)[3:]
    assert [line[0][0] for line in ticks] == [0.5, 0.2, 0.3]
    assert intervals == [[(0.55, 0), (0.65, 0)], [(0.05, 1), (0.15, 1)], [(0.25, 2), (0.35, 2)]]
    assert [line.get_color() for line in globe.lines] == [BLUE, BLUE, MUTED]
    assert [line[0][1] for line in ticks] == [-0.36, 0.64, 1.64] and [line[1][1] for line in ticks] == [
        0.36,
        1.36,
        2.36,
    ]
    assert globe.get_ylim() == (2.6, -0.6) and globe.get_xlim()[0] == 0
    assert globe.xaxis.get_major_formatter()(0.25) == "25%"
    assert [text.get_gid() for text in globe.get_yticklabels()] == [
        "row:politician", "row:citizen", "row:unknown"
    ]  # fmt: skip
    assert not any(line.get_clip_on() for line in globe.lines)
    assert figure.get_figheight() == pytest.approx(0.7 + 0.22 * 3 + 0.3)
    assert legend(figure) == ["all documents", "differs from the others, adjusted p < 0.05", "not shown to differ"]


def test_a_difference_in_words_after_correction_is_filled_on_both_sides():
    figure = kinds_figure(SHARES, CONTRASTS, GROUPS)
    for axes in figure.axes[:2]:
        assert [line.get_markerfacecolor() for line in axes.lines] == [PAPER, BLUE, PAPER]


@pytest.mark.parametrize("groups", [GROUPS.assign(group=""), GROUPS.assign(group="Globe")])
def test_without_groups_one_panel_has_all_documents(groups):
    figure = kinds_figure(SHARES, CONTRASTS, groups)
    (axes,) = figure.axes
    assert panel_titles(figure) == ["all documents (5)"]
    assert points(axes, "o") == [(0.5, 0), (0.2, 1), (0.3, 2)]
    assert segments(axes) == [[(0.45, 0), (0.55, 0)], [(0.15, 1), (0.25, 1)], [(0.25, 2), (0.35, 2)]]
    assert legend(figure) == []


def test_no_source_is_a_note():
    for shares in (SHARES.head(0), SHARES.assign(total=0)):
        assert kinds_figure(shares, CONTRASTS, GROUPS).texts[0].get_text() == "No source was found."


def test_other_attributes_and_measures_are_not_drawn_and_three_panels_stand_side_by_side():
    others = [SHARES.assign(attribute="party", n=99), SHARES.assign(measure="first", n=99)]
    contrasts = pd.concat([CONTRASTS.assign(attribute="party", q=0.001), CONTRASTS])
    figure = kinds_figure(pd.concat([*others, SHARES]), contrasts, GROUPS)
    assert rows(figure.axes[0]) == ["politician", "citizen", "unknown"]
    for axes in figure.axes[:2]:
        assert [line.get_markerfacecolor() for line in axes.lines] == [PAPER, BLUE, PAPER]
    grid = figure.axes[0].get_gridspec()
    assert (grid.nrows, grid.ncols) == (1, 2)
    four = pd.concat([SHARES, *(SHARES[SHARES["group"] == "Post"].assign(group=name) for name in ("Sun", "Mail"))])
    groups = pd.DataFrame({"group": ["Globe", "Post", "Sun", "Mail"]})
    grid = kinds_figure(four, contrasts, groups).axes[0].get_gridspec()
    assert (grid.nrows, grid.ncols) == (2, 3)


def test_names_of_kinds_are_cut_at_twenty_characters():
    for name, shown in (("k" * 20, "k" * 20), ("k" * 21, "k" * 19 + "…")):
        figure = kinds_figure(SHARES.replace({"value": {"citizen": name}}), CONTRASTS, GROUPS)
        assert rows(figure.axes[0])[1] == shown


def test_a_single_statement_is_enough_and_a_group_without_any_has_no_panel():
    few = SHARES.assign(total=1, n=SHARES["n"].clip(upper=1))
    groups = pd.concat([GROUPS, GROUPS.head(1).assign(group="a group without rows")])
    figure = kinds_figure(few, CONTRASTS, groups)
    assert panel_titles(figure) == ["Globe (3)", "Post (2)"]
    assert rows(figure.axes[0]) == ["politician", "citizen", "unknown"] and rows(figure.axes[1]) == []
    alone = kinds_figure(few, CONTRASTS, GROUPS.replace({"group": {"Post": "a group without rows"}}))
    assert panel_titles(alone) == ["all documents (5)"]


def attribute(name, unknown, value="woman"):
    """Return the rows of an attribute with one value, of whose words so many are unknown."""
    rows = SHARES[(SHARES["origin"] == "(all)") & SHARES["value"].isin(["citizen", "unknown"])]
    estimates = rows["value"].map({"citizen": 1 - unknown, "unknown": unknown})
    return rows.assign(attribute=name, estimate=estimates).replace({"value": {"citizen": value}})


def test_attributes_stand_below_each_other_with_the_values_that_have_most_words():
    party = attribute("party", 0.4, "Greens")
    many = [party.assign(value=f"p{at}")[party["value"] == "Greens"] for at in range(9)]
    shares = pd.concat([SHARES, attribute("gender", 0.2), party, *many])
    contrasts = CONTRASTS.assign(attribute=["gender", "gender", "party"], value=["woman", "unknown", "Greens"])
    figure = attributes_figure(shares, contrasts, GROUPS)
    globe = figure.axes[0]
    # "unknown" is a row of each attribute.
    assert {"row:gender · (all) · unknown", "row:party · (all) · unknown"} <= {
        text.get_gid() for text in globe.get_yticklabels()
    }
    assert rows(globe) == ["gender:", "woman", "unknown", "party:", "Greens", *(f"p{at}" for at in range(7)), "unknown"]
    assert sorted(points(globe, "o"), key=itemgetter(1))[:4] == [(0.8, 1), (0.2, 2), (0.6, 4), (0.6, 5)]
    (filled,) = (line for line in globe.lines if line.get_markerfacecolor() != PAPER)
    assert (*filled.get_xdata(), *filled.get_ydata()) == (0.8, 1) and filled.get_markerfacecolor() == BLUE
    assert "known" not in figure.get_supxlabel()
    assert rows(attributes_figure(shares, contrasts, GROUPS.assign(group="")).axes[0]) == rows(globe)


def test_an_attribute_of_which_too_little_is_known_is_named_with_what_to_do():
    few = attribute("gender", 0.8)
    alone = attributes_figure(pd.concat([SHARES, few]), CONTRASTS, GROUPS)
    assert (
        not alone.axes
        and "gender (of 20% of the words)" in alone.texts[0].get_text()
        and "`sources_known: 0`" in alone.texts[0].get_text()
    )
    both = attributes_figure(pd.concat([few, attribute("party", 0.6)]), CONTRASTS, GROUPS)
    assert rows(both.axes[0]) == ["party:", "woman", "unknown"]
    assert "gender (of 20% of the words)" in both.get_supxlabel().replace("\n", " ")
    asked = attributes_figure(few, CONTRASTS, GROUPS, sources_known=0.19)
    assert rows(asked.axes[0]) == ["gender:", "woman", "unknown"]
    assert not attributes_figure(few, CONTRASTS, GROUPS, sources_known=0.21).axes


def test_without_attributes_there_is_no_figure():
    assert attributes_figure(SHARES, CONTRASTS, GROUPS).texts[0].get_gid() == NO_GROUPS
