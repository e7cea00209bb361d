"""Every count of statements on the page is a step of the table statement_totals."""

import re

import pytest

from scripts.core.statements import speech
from scripts.core.storage import read_parquet
from scripts.report.derived import ROWS
from scripts.report.store import Store
from scripts.report.summary import summarise
from scripts.report.tables import sheet
from scripts.report.views import views
from scripts.review.units import attribution_units
from tests.browser.corpora import PASSAGE, Spoken, Text, write_tables

SPOKEN = [
    Spoken(PASSAGE, "Jo Gray", "direct"),
    Spoken(["tax", "cut"], "Bo Lee", "indirect"),
    Spoken(["rain"], "", "direct", sourced=False),
    Spoken(["rain", "fell"], "", "indirect"),
    Spoken(["the", "tax"], "Al Roe", "no comment"),
    Spoken(["the", "tax"], "", "no comment"),
    Spoken(["the", "rain"]),
]
CORPUS = [
    Text(SPOKEN),
    Text(SPOKEN[1:]),
    Text(SPOKEN, "repeat"),
    Text(SPOKEN[:5], "wire"),
    Text(SPOKEN[:3]),
    Text(SPOKEN[3:]),
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Return the tables of a corpus with statements of nobody, refusals, wire copy and a repeat."""
    folder = tmp_path_factory.mktemp("counts")
    with pytest.MonkeyPatch.context() as patch:
        write_tables(folder, CORPUS, ("form", None), patch)
    return folder


@pytest.fixture(scope="module")
def steps(tables):
    rows = read_parquet(tables / "statement_totals.parquet").to_pylist()
    return {row["step"]: row["statements"] for row in rows}


def test_the_corpus_tells_all_steps_apart(steps):
    assert {step for step, n in steps.items() if not n} == {"boilerplate"}  # the made corpus repeats no paragraph
    counted = [
        "rows",
        "statements",
        "with a speaker",
        "with a source",
        "of kinds",
        "own reporting",
        "without a speaker",
    ]
    assert len({steps[step] for step in counted}) == len(counted)


def test_the_first_screen_counts_statements_with_a_speaker(tables, steps):
    summary = summarise(Store(tables))
    (fact,) = (fact.value for fact in summary.facts if fact.name == "statements")
    assert int(fact) == steps["with a speaker"]


def test_the_line_below_the_first_screen_leads_from_all_rows_to_what_is_counted(tables, steps):
    line = summarise(Store(tables)).totals
    shown = [int(n) for n in re.findall(r"\d+", re.sub("<[^>]*>", "", line))]
    names = ["rows", "with a speaker", "without a speaker", "refusals", "of kinds", "with a source"]
    assert shown == [steps[name] for name in [*names, "repeated"]]
    assert '<a href="#table-statement_totals">' in line


@pytest.mark.parametrize(
    "rows, step",
    [("statements", "with a speaker"), ("unattributed", "without a speaker")],
)
def test_lists_of_statements_have_the_rows_of_a_step(tables, steps, rows, step):
    shown, total = ROWS[rows](Store(tables), 1000)
    assert len(shown) == total == steps[step]


def test_tables_of_sources_count_the_rows_of_a_step(tables, steps):
    folder = tables
    assert len(read_parquet(folder / "quote_sources.parquet")) == steps["with a source"]
    shares = read_parquet(folder / "source_shares.parquet").to_pandas()
    counted = shares[
        (shares["measure"] == "statements") & (shares["attribute"] == "kind") & (shares["group"] == "(all)")
    ]
    names = {"(all)": "of kinds", "own": "own reporting", "wire": "wire copy"}
    for origin, step in names.items():
        mine = counted[counted["origin"] == origin]
        assert set(mine["total"]) == {steps[step]} and mine["n"].sum() == steps[step]
    refusals = read_parquet(folder / "refusals.parquet").to_pandas()
    assert refusals["n"][refusals["group"] == "(all)"].sum() == steps["refusals listed"]


def test_review_sheets_are_drawn_from_a_step(tables, steps):
    quotes = speech(read_parquet(tables / "quotes.parquet")).to_pandas()
    assert len(attribution_units(quotes, {})) == steps["statements"]


def test_the_page_shows_every_step(tables, steps):
    (view,) = (view for view in views() if view.table == "statement_totals")
    rows = sheet(view, Store(tables)).rows
    assert dict(zip(rows["step"], rows["statements"], strict=True)) == steps


def test_profiles_have_the_statements_and_words_of_their_speakers(tables, steps):
    folder = tables
    speakers = read_parquet(folder / "speakers.parquet").to_pandas().set_index("speaker")
    periods = read_parquet(folder / "speaker_periods.parquet").to_pandas()
    of_groups = periods[periods["by"] == "group"]
    sums = of_groups.groupby("speaker")[["statements", "words", "words_direct"]].sum()
    assert len(sums) > 1
    expected = speakers.loc[sums.index, ["n_quotes", "words", "words_direct"]]
    assert sums.to_numpy().tolist() == expected.to_numpy().tolist()
    totals = of_groups.drop_duplicates("value")["total"].sum()
    assert totals == speakers["words"].sum()
