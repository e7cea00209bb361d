"""The step writes tables and a paragraph for each view, and problems with names that the corpus does not have."""

import json
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from scripts.core.limits import Budget
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet
from scripts.report.choices import views
from scripts.report.choices.corpus import read_choice_corpus
from scripts.report.choices.figures import view_figure
from scripts.report.choices.paragraph import view_paragraph
from scripts.report.choices.results import sides_of
from scripts.report.choices.view_files import Choice, SavedView, views_manifest
from scripts.report.figures.style import COLOURS
from scripts.report.markup import points_interval
from tests.report.blocks import STATISTICS, WORDS
from tests.report.choices.made import write_made

FILES = {
    "gone": 'choose: {groups: ["Whig"], speaker: zz, words: qqq, topics: [sport], stories: [x.txt]}\n'
    "against: {kind: king, outlets: [None Such]}",
    "globe": "choose: {groups: [Globe]}\nagainst: others\ncurves: [{words: tax*}, {frame: conflict}]",
    "bad": "choose: 3",
    "early": "choose: {groups: [Globe]}\nagainst: {groups: [Post], to: 1999}",
    "ann": "choose: {speaker: ann, take: statements}\nagainst: others",
    "curve": "choose: {groups: [Globe]}\ncurves: [{frame: generic.conflict}, {name: Paris}, {speaker: Zed}]",
    "post": "choose: {groups: [Post]}\nagainst: others\ncurves: [{words: tax*}]\ngroups_shown:\n"
    "  hidden: [Globe, Tory]\n  names: {Post: The <b>Post}\n  colours: {Post: green}\n  order: [Post, Labour]",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder of the results of the views."""
    tmp_path = tmp_path_factory.mktemp("made")
    tables, folder = write_made(tmp_path / "tables"), tmp_path / "views"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "views.jsonl").write_text(views_manifest(folder, Budget()), encoding="utf-8")
    settings = {"words": WORDS, **STATISTICS, "tables": {"csv_max_rows": 1000}}
    (tmp_path / "stage.json").write_text(json.dumps({"settings": settings, "user_files": {}}), encoding="utf-8")
    places = {"views": "views.jsonl", "settings": "stage.json", "folder": "tables", "output": "results",
              "problems": "problems.parquet"}  # fmt: skip
    assert tables == tmp_path / "tables"
    arguments = [text for name, place in places.items() for text in (f"--{name}", str(tmp_path / place))]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["views", *arguments])
        views.main()
    return tmp_path


def test_each_view_has_its_tables_and_a_paragraph(made):
    names = sorted(path.name for path in (made / "results" / "globe").iterdir())
    assert names == sorted([*(f"{name}.{form}" for name in views.VIEW_TABLES for form in ("csv", "parquet")),
                            *(f"view.{form}" for form in ("md", "svg"))])  # fmt: skip
    shares = read_parquet(made / "results" / "globe" / "view_shares.parquet")
    assert set(shares["side"].to_pylist()) == {"A", "B"}
    text = (made / "results" / "globe" / "view.md").read_text(encoding="utf-8")
    assert "**A**: Documents of Globe: 12 of 24 documents" in text
    assert "**B**: All others (not documents of Globe): 12 of 24 documents" in text
    assert "10,000 times, or only 1,000 times where these give 0.1 or more" in text and "were tested" not in text


def test_what_was_not_tested_is_not_said_to_be_no_difference(made):
    for name, sentence in (
        ("ann", "No share was tested for a difference between A and B: the sides have parts of the same documents."),
        ("early", "Note: B is empty, so nothing is compared with it."),
    ):
        text = (made / "results" / name / "view.md").read_text(encoding="utf-8")
        assert sentence in text
        assert "shares tested differs" not in text and ("dealing" in text) == (name == "ann")


def test_a_side_without_documents_is_a_problem(made):
    (row,) = (row for row in read_parquet(made / "problems.parquet").to_pylist() if "early.yaml" in row["seed"])
    assert (row["code"], row["message"].partition(".")[0]) == (
        "view-gone", "No document meets all conditions of `against`"
    )  # fmt: skip
    text = (made / "results" / "early" / "view.md").read_text(encoding="utf-8")
    assert "**B.**\nNothing is counted." in text


def test_differences_are_in_percentage_points_and_none_is_told_of_one_side(tmp_path):
    row = {"measure": "kind_statements", "name": "citizen", "share": 0.4, "share_other": 0.1, "lo": 0.05, "hi": 0.5,
           "p": 0.001, "q": 0.01, "method": ""}  # fmt: skip
    made_corpus = read_choice_corpus(write_made(tmp_path), WORDS)
    (chosen,) = sides_of(made_corpus, SavedView("v", Choice(), None))
    tables = {"view_shares": pa.table({"side": []}), "view_contrasts": pa.Table.from_pylist([row])}
    view = SavedView("v", Choice(), "others")
    few = tables | {"view_contrasts": pa.Table.from_pylist([row | {"p": None, "q": None}])}
    untested = "No share was tested for a difference between A and B: the sides have too few documents with a case."
    assert untested in view_paragraph(made_corpus, view, [chosen] * 2, few, [])
    many = tables | {"view_contrasts": pa.Table.from_pylist([row] * 12)}
    text = view_paragraph(made_corpus, view, [chosen] * 2, many, [])
    assert text.count("A and B differ") == 10 and "These are the 10 clearest of 12 differences." in text
    text = view_paragraph(made_corpus, view, [chosen] * 2, tables, [])
    assert (
        "A and B differ in shares of statements of sources, by kind: citizen 40% against 10% (95% interval of the "
        "difference "
        f"{points_interval(0.05, 0.5)}; p = 0.001, adjusted 0.010)."
    ) in text
    tables["view_contrasts"] = pa.Table.from_pylist([row | {"p": 0.0001, "q": 0.0002}])
    text = view_paragraph(made_corpus, SavedView("v", Choice(), "others"), [chosen] * 2, tables, [])
    assert "; p < 0.001, adjusted < 0.001)." in text
    alone = view_paragraph(made_corpus, SavedView("v", Choice(), None), [chosen], tables, [])
    assert "two-sided" not in alone and "All counts are the machine's." in alone


def test_a_view_is_drawn_with_its_curves(made):
    drawing = (made / "results" / "globe" / "view.svg").read_text(encoding="utf-8")
    for text in ("Who speaks", "Ann Lee", "conflict", "“tax*”, A", "“tax*”, B", "2024-02", "share of sentences"):
        assert text in drawing
    curves = read_parquet(made / "results" / "globe" / "view_curves.parquet").to_pandas()
    assert curves.groupby(["side", "what"]).size().tolist() == [3, 3, 3, 3]
    for name in ("gone", "bad"):
        assert "Nothing is chosen" in (made / "results" / name / "view.svg").read_text(encoding="utf-8")


def test_what_a_view_names_and_the_corpus_has_not_is_a_problem(made):
    problems = read_parquet(made / "problems.parquet").to_pylist()
    by_view = {name: [each for each in problems if f"{name}.yaml" in each["seed"]] for name in FILES}
    assert [(each["severity"], each["code"]) for each in by_view["bad"]] == [("error", "view")]
    assert by_view["globe"] == []
    messages = " ".join(each["message"] for each in by_view["gone"])
    for text in (
        "group 'Whig'",
        "outlet 'None Such'",
        "words 'qqq'",
        "'zz' in the name",
        "kind 'king'",
        "topic 'sport'",
        "called 'x.txt'",
    ):
        assert text in messages
    assert {each["severity"] for each in by_view["gone"]} == {"warning"}
    assert "choose has no conditions" in (made / "results" / "bad" / "view.md").read_text(encoding="utf-8")
    assert len(read_parquet(made / "results" / "bad" / "view_shares.parquet")) == 0
    assert "Note: no document is of the group 'Whig'." in (made / "results" / "gone" / "view.md").read_text()


def test_a_curve_of_nothing_is_a_problem(made):
    rows = [row for row in read_parquet(made / "problems.parquet").to_pylist() if "curve.yaml" in row["seed"]]
    assert [row["message"].partition(". ")[0] for row in rows] == [
        "Nothing chosen has the frame 'generic.conflict' of a curve", "Nothing chosen has the speaker 'Zed' of a curve"
    ]  # fmt: skip
    text = (made / "results" / "curve" / "view.md").read_text(encoding="utf-8")
    assert "Note: nothing chosen has the speaker 'Zed' of a curve." in text


def test_a_curve_says_what_its_scale_leaves_out():
    point = {"side": "A", "what": "frame", "value": "conflict", "lo": 0.1, "hi": 0.3, "estimate": 0.2}
    shares = arrow_schema("view_shares").empty_table().to_pandas()
    contrasts = arrow_schema("view_contrasts").empty_table().to_pandas()
    rare = point | {"period": "2024-02", "estimate": 0.9, "lo": np.nan, "hi": np.nan}
    for points, says in (([], False), ([rare], True)):
        curves = pd.DataFrame([point | {"period": "2024-01"}, *points])
        title = view_figure(shares, contrasts, curves).axes[0].get_title(loc="left")
        assert ("hollow: no interval, may lie beyond the scale" in title) == says


def test_a_curve_without_intervals_beside_one_with_them_lies_within_the_scale():
    point = {"side": "A", "what": "frame", "period": "2024-01", "lo": 0.1, "hi": 0.3, "estimate": 0.2}
    rare = {"value": "moral", "lo": np.nan, "hi": np.nan, "estimate": 0.9}
    curves = pd.DataFrame([point | {"value": "conflict"}, point | rare])
    shares = arrow_schema("view_shares").empty_table().to_pandas()
    contrasts = arrow_schema("view_contrasts").empty_table().to_pandas()
    assert view_figure(shares, contrasts, curves).axes[0].get_ylim()[1] > 0.9


def test_a_name_that_one_side_has_not_is_drawn_at_zero():
    row = {"measure": "frames", "name": "conflict", "estimate": 0.3, "lo": 0.2, "hi": 0.4}
    shares = pd.DataFrame([{"side": "A"} | row, {"side": "B"} | row | {"name": "economic"}])
    contrasts = (
        pd.DataFrame(
            [
                {"measure": "frames", "name": "conflict", "share": 0.3, "share_other": 0.0, "share_other_hi": 0.05},
                {
                    "measure": "frames",
                    "name": "economic",
                    "share": 0.1,
                    "share_other": 0.3,
                    "share_lo": 0.08,
                    "share_hi": 0.2,
                },
            ]
        )
        .reindex(columns=arrow_schema("view_contrasts").names)
        .fillna({"share_other_lo": 0})
    )
    (axes,) = view_figure(shares, contrasts, pd.DataFrame({"what": [], "value": []})).axes
    assert [line.get_xdata().tolist() for line in axes.lines] == [[0.3, 0.1], [0.0, 0.3]]
    intervals = [[path.vertices[:, 0].tolist() for path in lines.get_paths()] for lines in axes.collections]
    assert intervals == [[[0.2, 0.4], [0.08, 0.2]], [[0.0, 0.05], [0.2, 0.4]]]


def test_a_side_has_its_colour_although_the_other_has_nothing_to_draw():
    row = {"side": "B", "measure": "frames", "name": "conflict", "estimate": 0.3, "lo": 0.2, "hi": 0.4}
    contrasts = arrow_schema("view_contrasts").empty_table().to_pandas()
    curves = pd.DataFrame([row | {"what": "frame", "value": "conflict", "period": "2024-01"}])
    figure = view_figure(pd.DataFrame([row]), contrasts, curves, ("#111111", "#222222"))
    assert {line.get_color() for axes in figure.axes for line in axes.lines} == {"#222222"}


def test_curves_have_colours_by_what_they_show_and_then_by_side_as_on_the_page():
    point = {"what": "frame", "period": "2024-01", "lo": 0.1, "hi": 0.3, "estimate": 0.2}
    shares = pd.DataFrame([
        {"side": side, "measure": "frames", "name": "conflict", "estimate": 0.3, "lo": 0.2, "hi": 0.4} for side in "AB"
    ])  # fmt: skip
    contrasts = arrow_schema("view_contrasts").empty_table().to_pandas()
    curves = pd.DataFrame([point | {"side": side, "value": value} for side in "AB" for value in ("conflict", "moral")])
    lines = view_figure(shares, contrasts, curves).axes[1].get_lines()
    drawn = {line.get_label(): line.get_color() for line in lines if not line.get_label().startswith("_")}
    named = zip(("conflict, A", "conflict, B", "moral, A", "moral, B"), COLOURS.values(), strict=False)
    assert drawn == dict(named)


def test_groups_of_a_view_have_their_names_and_colours(made):
    folder = made / "results" / "post"
    text = (folder / "view.md").read_text(encoding="utf-8")
    assert "**A**: Documents of The \\<b\\>Post: 12 of 24 documents" in text
    assert "Note: 1 group hidden, but still in all totals." in text
    drawing = (folder / "view.svg").read_text(encoding="utf-8")
    # The side of the group in its colour, the other in the first of all; no third one.
    assert [colour in drawing for colour in COLOURS.values()] == [True, False, True, False, False, False]
    shares = read_parquet(folder / "view_shares.parquet").to_pandas()
    others = read_parquet(made / "results" / "globe" / "view_shares.parquet").to_pandas()
    mine, theirs = (each[each["measure"] == "speakers"].drop(columns="side") for each in (shares, others))
    assert sorted(map(str, mine.to_numpy().tolist())) == sorted(map(str, theirs.to_numpy().tolist()))
    problems = read_parquet(made / "problems.parquet").to_pylist()
    messages = [each["message"] for each in problems if "post.yaml" in each["seed"]]
    assert len(messages) == 2 and "'Tory'" in messages[0] and "'Labour'" in messages[1]
