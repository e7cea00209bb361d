"""Every number of every table leads to its rows, or a reason is given why it does not."""

from benchmarks.number_links import BESIDE, LINKED, REASONS, ROWS, numbers
from scripts.report.views import views

VIEWS = {view.key: view for view in views()}


def columns(view):
    return {column.name for column in view.columns}


def linked(view):
    return {column.name for column in view.columns if column.link}


def test_tables_of_the_page_have_names_of_their_own():
    # Tables of statements, mentions and cues too, whose rows the page makes of the marks.
    assert len(VIEWS) == len(views())


def test_every_column_of_numbers_leads_to_its_rows_or_says_why_not():
    silent = [(each.table, each.column) for view in views() for each in numbers(view) if not each.fate]
    assert silent == [], "say in tables.yaml what the column opens, or a reason in benchmarks/number_links.py"


def test_links_and_reasons_are_of_columns_that_the_table_shows():
    for name, reasons in REASONS.items():
        assert set(reasons) <= columns(VIEWS[name]), name
        assert not set(reasons) & linked(VIEWS[name]), name
    assert all("doc_id" in columns(VIEWS[name]) for name in ROWS)


def test_a_count_needs_a_link_of_its_own_and_an_estimate_one_beside_it():
    view = VIEWS["frame_prevalence"]
    fates = {each.column: each.fate for each in numbers(view)}
    assert fates == {"n": LINKED, "estimate": BESIDE, "documents": LINKED, "per_100_words": BESIDE}
    unlinked = tuple(each if each.name == "n" else each._replace(link=None) for each in view.columns)
    without = {each.column: each.fate for each in numbers(view._replace(columns=unlinked))}
    assert (without["documents"], without["estimate"]) == ("", BESIDE)
    none = tuple(each._replace(link=None) for each in view.columns)
    assert {each.fate for each in numbers(view._replace(columns=none))} == {""}
