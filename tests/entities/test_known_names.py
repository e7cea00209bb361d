"""Names and aliases of the user's table of known sources are one, for its dates where it gives any."""

import pytest

from scripts.core.known_sources import parse_known
from tests.entities.made import links_of


def row(doc_id, text, entity=""):
    return {"doc_id": doc_id, "text": text, "label": "PERSON", "entity": entity or text}


ROWS = [row("a", "Hillary Rodham Clinton"), row("a", "Clinton", "Hillary Rodham Clinton"), row("b", "Hillary Clinton")]


def names(rows, table, dates=None):
    return links_of(rows, None, dates, known=parse_known("sources.csv", table.encode()).rows)[1]


def test_an_alias_is_the_name_as_the_table_writes_it():
    table = "name,aliases\nHillary CLINTON,Hillary Rodham Clinton; POTUS\n"
    assert names([*ROWS, row("c", "Potus")], table) == ["Hillary CLINTON"] * 4
    assert names([*ROWS, row("c", "Potus")], "name\nAnn Lee\n") == ["Hillary Clinton"] * 3 + ["Potus"]


@pytest.mark.parametrize(
    ("date", "name"),
    [("2016-03-01", "Ann Lee"), ("2021-03-01", "Bo Ray"), ("2019-03-01", "The Mayor"), (None, "The Mayor")],
)
def test_a_row_with_dates_holds_for_the_documents_of_its_time(date, name):
    table = "name,aliases,from,to\nAnn Lee,The Mayor,,2016\nBo Ray,The Mayor,2020,\n"
    meant = names([row("a", "The Mayor"), row("b", "Ann Lee")], table, {"a": date, "b": "2015-01-01"})
    assert meant == [name, "Ann Lee"]


def test_an_alias_of_two_is_nobodys():
    table = "name,aliases\nAnn Lee,The Mayor\nBo Ray,The Mayor\n"
    assert names([row("a", "The Mayor")], table) == ["The Mayor"]


def test_a_person_of_the_table_may_be_meant_by_the_family_name():
    rows = [row(doc_id, text) for doc_id, text in (("a", "The Mayor"), ("b", "The Mayor"), ("c", "Moss"))]
    assert names(rows, "name,aliases\nLena Moss,The Mayor\n")[2] == "Moss (Lena or another)"


def test_a_name_that_the_table_settles_is_not_open():
    bearers = [row("a", "Ann Clinton"), row("b", "Bea Clinton"), row("c", "Clinton")]
    assert names(bearers, "name,aliases\nAnn Clinton,Clinton\n")[2] == "Ann Clinton"
    dated = names(bearers, "name,aliases,from\nBea Clinton,Clinton,2020\n", {"c": "2020-02-02"})
    assert dated == ["Ann Clinton", "Bea Clinton", "Bea Clinton"]


@pytest.mark.parametrize(
    ("date", "name"), [("2009-03-01", "Christopher Dodd"), ("2012-03-01", "Chris J. Dodd"), (None, "Chris J. Dodd")]
)
def test_another_spelling_of_an_alias_is_the_name_too_and_no_mention_loses_its_name(date, name):
    rows = [row("a", "Chris Dodd"), row("b", "Chris Dodd"), row("c", "Chris J. Dodd"), row("d", "Dodd")]
    table = "name,aliases,to\nChristopher Dodd,Chris Dodd,2010\n"
    dates = {"a": "2009-01-01", "b": "2009-01-01", "c": date, "d": "2009-01-01"}
    assert names(rows, table, dates)[:3] == ["Christopher Dodd", "Christopher Dodd", name]
    assert names(rows, "name,aliases\nChristopher Dodd,Chris Dodd\n")[:3] == ["Christopher Dodd"] * 3
    # The table leaves no mention to the name that an open short form may mean.
    both = "name,aliases,from,to\nAnn Dodd,Chris Dodd,,2010\nBea Dodd,Chris Dodd,2011,\n"
    of_both = names([*rows, row("c", "Dodd", "Chris J. Dodd"), row("e", "Dodd")], both, dates)
    assert of_both[:2] == ["Ann Dodd"] * 2
    assert all(of_both)
