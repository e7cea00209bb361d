"""Views of tables are read from tables.yaml as they stand there."""

import re

import pytest

from scripts.core.schemas import entries, reader_tables, steps, table_schemas, tables_of
from scripts.report.outlines import OUTLINES
from scripts.report.views import FALLING, Link, Order, make_view, section_views, views

KEYS = {"row", "made_by", "made", "order", "names", "corrected", "boilerplate", "grouped", "columns", "page"}


def test_a_column_has_its_heading_its_ends_and_where_its_numbers_lead():
    opens = {"rows_of": "quotes", "by": {"speaker": "name"}, "and": {"side": "total"}, "unit": "words"}
    columns = {"speaker": {}, "n_quotes": {"opens": opens}, "share": {"heading": "of all", "ends": ["lo", "hi"]}}
    speaker, quotes, share = make_view("speakers", {"columns": columns}).columns
    assert (speaker.heading, speaker.dtype, speaker.link) == ("speaker", "string", None)
    assert quotes.link == Link("quotes", ("name",), ("speaker", "side"), ("total",), "words")
    assert (quotes.heading, share.heading, share.ends) == ("quotes", "of all", ("lo", "hi"))
    assert share.meaning == table_schemas()["speakers"]["share"]["meaning"]


def test_by_a_list_of_columns_the_same_names_are_looked_for():
    opens = {"rows_of": "frame_codes", "by": ["scheme", "frame"]}
    (column,) = make_view("frame_prevalence", {"columns": {"n": {"opens": opens}}}).columns
    assert column.link == Link("frame_codes", ("scheme", "frame"), ("scheme", "frame"))


def test_rows_are_sorted_by_the_columns_that_are_named():
    view = make_view(
        "speakers", {"order": [{"column": "words", "by": "falling"}, {"column": "speaker"}], "columns": {}}
    )
    assert view.order == (Order("words", FALLING), Order("speaker", "rising"))


def test_a_column_that_the_table_lacks_needs_a_type_and_a_meaning():
    with pytest.raises(KeyError, match="dtype"):
        make_view("speakers", {"columns": {"made_up": {}}})


def test_an_option_that_there_is_none_of_is_refused():
    with pytest.raises(TypeError, match="colour"):
        make_view("speakers", {"columns": {}, "colour": "red"})
    with pytest.raises(ValueError, match="speaker: heding"):
        make_view("speakers", {"columns": {"speaker": {"heding": "who"}}})
    with pytest.raises(ValueError, match="speaker: opens: rows"):
        make_view("speakers", {"columns": {"speaker": {"opens": {"rows": "quotes"}}}})


def test_views_stand_in_the_order_of_their_places_and_in_sections_that_there_are():
    sections = {outline.anchor for outline in OUTLINES}
    assert {view.section for view in views()} == sections
    for section in sections:
        places = [view.place for view in section_views(section)]
        assert places == sorted(places) and len(set(places)) == len(places), section
        assert [view.folded for view in section_views(section) if not view.below_figure] == sorted(
            view.folded for view in section_views(section) if not view.below_figure
        ), section


def test_entries_hold_what_is_described_and_steps_make_their_tables():
    for name, entry in entries().items():
        assert set(entry) <= KEYS, name
        assert {*entry.get("order", []), *entry.get("names", {})} <= set(entry["columns"]), name
        texts = {column: about["meaning"] for column, about in entry["columns"].items() if about["dtype"] == "string"}
        over_all = {each for each in texts if re.search("over all documents|canonical name(?!, the same)", texts[each])}
        over_all -= {each for each in texts if "joined by '; '" in texts[each]}
        assert over_all <= {*entry.get("names", {})}, name
    of_steps = [name for step in steps() for name in tables_of(step)]
    assert len(of_steps) == len(set(of_steps))
    reasons = ["corrections", "reviews", "projects", "codes", "topics", "discovered", "asked"]
    assert set(reader_tables(reasons)) == set(of_steps)


def test_no_table_has_more_columns_than_fit_beside_each_other_on_a_desktop():
    for view in views():
        assert sum(1 + len(column.ends) // 2 for column in view.columns) <= 14, view.caption
