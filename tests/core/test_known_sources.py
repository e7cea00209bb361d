"""The user's table of known sources: reading, matching by name, alias and date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.known_sources import (
    by_key,
    ids_by_name,
    match,
    names_from_json,
    names_in_json,
    parse_known,
    planned_sources,
    read_known,
)
from scripts.core.limits import Budget
from scripts.sources.quote_sources import attribute_rows

SHEET = """name;aliases;Party;gender;from;to;words;quote_1
Ann Smith;Mayor Smith | Annie Smith;Greens;woman;2020;2025-05;999;x
Ann Smith;;none;woman;2025-06;;;
Bo Lee;Lee;Labour;;;;;
Bo Lee Junior;Lee;;;;;;
Cy Ray;;Labour;;May 2020;;;
;;Labour;;;;;
;;;;;;;
"""


def known():
    return parse_known("sources.csv", SHEET.encode())


def test_columns_rows_and_problems():
    table = known()
    assert table.attributes == ["party", "gender"]
    assert [(row.row, row.name) for row in table.rows] == [
        (2, "Ann Smith"),
        (3, "Ann Smith"),
        (4, "Bo Lee"),
        (5, "Bo Lee Junior"),
    ]
    assert table.rows[0].attributes == {"party": "Greens", "gender": "woman"}
    assert [(problem.number, problem.code) for problem in table.problems] == [(6, "no-date"), (7, "no-name")]


def test_a_column_that_drawn_sheets_fill_is_told_where_it_is_the_user_s():
    (problem,) = parse_known("sources.csv", b"name,kind,role\nAnn Smith,expert,\n").problems
    assert (problem.number, problem.code) == (0, "shown-column") and ": kind. Rename" in problem.message
    for drawn in (
        b"name,kind,status\nAnn,expert,matched\n",
        b"name,kind,mentions\nAnn,person,3\n",
        b"name,kind\nAnn,\n",
    ):
        assert parse_known("sources.csv", drawn).problems == []


@pytest.mark.parametrize(
    "speaker, date, status, row",
    [
        ("Ann Smith", "2025-05-31", "matched", 2),
        ("ANN SMITH", "2025-06-01", "matched", 3),
        ("mayor Smith", "2024", "outside", None),  # not known whether before or after May
        ("Annie Smith", "2019-12-31", "outside", None),
        ("Ann Smith", "", "outside", None),
        ("Bo Lee", "", "matched", 4),
        ("Lee", "2020-01-01", "ambiguous", None),
        ("Nobody", "2020-01-01", "unmatched", None),
        ("", "2020-01-01", "unmatched", None),
    ],
)
def test_matches(speaker, date, status, row):
    result = match(by_key(known().rows), speaker, date)
    assert (result[0], result[1] and result[1].row) == (status, row)


@pytest.mark.parametrize(
    "data, code", [(b"who,party\nAnn,x\n", "no-name"), (b"PK\x03\x04junk", "unreadable"), (b"", "no-name")]
)
def test_a_file_that_cannot_be_used_is_a_problem(data, code):
    table = parse_known("sources.csv", data)
    assert (table.rows, [problem.code for problem in table.problems]) == ([], [code])


def test_a_row_of_no_time_is_a_problem_and_a_month_within_its_year_is_none():
    table = parse_known("sources.csv", b"name,from,to\nAnn,2030,2020\nBo,2020-03,2020\n")
    assert ([row.name for row in table.rows], [problem.number for problem in table.problems]) == (["Bo"], [2])


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: ("name,to\n" + text).encode("utf-8", "replace"))
)
def test_no_file_stops_a_run(data):
    table = parse_known("sources.csv", data)
    for row in table.rows:
        assert row.keys
        match(by_key(table.rows), row.name, "2020-01-01")


def test_manifest(tmp_path):
    file, manifest = tmp_path / "my sources.csv", tmp_path / "manifest.jsonl"
    assert planned_sources(file, Budget()) == ("", [])
    manifest.write_text("", encoding="utf-8")
    assert read_known(manifest).rows == []
    file.write_text("name\nAnn\n", encoding="utf-8")
    text, rows = planned_sources(file, Budget())
    manifest.write_text(text, encoding="utf-8")
    assert [row.name for row in rows] == ["Ann"] and rows == read_known(manifest).rows
    file.write_text("name,aliases,qid\nAnn,Annie,Q1\nBo,,\n", encoding="utf-8")
    assert ids_by_name(planned_sources(file, Budget())[1]) == {"ann": "qid: Q1", "annie": "qid: Q1"}
    with pytest.raises(SystemExit, match="changed while the pipeline ran"):
        read_known(manifest)


def test_names_are_the_same_whatever_the_attributes_and_the_order_of_rows():
    table = b"name,aliases,party,qid,from\nAnn,Annie,Greens,Q1,2024\nBo,,,,\n"
    changed = b"name,aliases,party,qid,from\n\nBo,,Reds,,\nAnn,Annie,,Q2,2024\n"
    rows = parse_known("s.csv", table).rows
    names = names_in_json(rows)
    assert names == names_in_json(parse_known("s.csv", changed).rows)
    assert names != names_in_json(parse_known("s.csv", table.replace(b"2024", b"2025")).rows)
    assert names_from_json(names) == [row._replace(row=0, attributes={}, ids="") for row in rows]


def test_attributes_are_listed_by_row_where_something_is_told():
    known = parse_known("s.csv", b"name,party,gender\nAnn Smith,Greens,\nBob Lee,,man\nEve Roe,,\n")
    assert [*attribute_rows(known)] == [
        {"row": 2, "attribute": "party", "value": "Greens"},
        {"row": 3, "attribute": "gender", "value": "man"},
    ]


def test_a_column_that_nobody_filled_in_is_no_attribute():
    table = parse_known("s.csv", b"name,party,expertise\nAnn Smith,Greens,\nBo Lee,,\n")
    assert table.attributes == ["party"] and len(table.rows) == 2


def test_columns_beyond_the_limit_are_named_and_the_others_count():
    columns = [f"c{number}" for number in range(101)]
    table = parse_known("s.csv", f"name,{','.join(columns)}\nAnn{',x' * 101}\n".encode())
    assert table.attributes == columns[:100]
    assert list(table.rows[0].attributes) == columns[:100]
    (problem,) = table.problems
    assert (problem.number, problem.code) == (0, "limit")
    assert parse_known("s.csv", f"name,{','.join(columns[:100])}\nAnn{',x' * 100}\n".encode()).problems == []
    assert "101 columns with attributes; the limit is 100: those after 'c99'" in problem.message


def test_rows_of_one_name_beyond_the_limit_do_not_count(monkeypatch):
    monkeypatch.setattr("scripts.core.known_sources._MOST_ROWS", 2)
    table = parse_known("s.csv", b"name,aliases\nAnn,\nBo,Ann\nCy,Ann\nBo,\n")
    assert [row.row for row in table.rows] == [2, 3, 5]
    assert [(problem.number, problem.code) for problem in table.problems] == [(4, "limit")]


def test_what_of_a_table_is_not_read_as_written_is_a_problem():
    table = parse_known("s.csv", b'name,Party,party,\nAnn Smith,Greens,Labour,\nBo "Bobby" Lee,"x,y,\nCy Ray,x,,left\n')
    assert [(row.name, row.attributes["party"]) for row in table.rows] == [
        ("Ann Smith", "Greens"),
        ('Bo "Bobby" Lee', '"x'),
        ("Cy Ray", "x"),
    ]
    assert [(problem.number, problem.code) for problem in table.problems] == [
        (2, "columns-twice"),
        (3, "quotes"),
        (4, "no-column"),
    ]


@pytest.mark.parametrize("date", ["1446-01-01", "1403", "2568-05", "\u06f1\u06f4\u06f0\u06f3", "0205"])
def test_a_date_of_another_calendar_is_none(date):
    table = parse_known("s.csv", f"name,from\nAnn Smith,{date}\n".encode())
    assert (table.rows, [problem.code for problem in table.problems]) == ([], ["no-date"])
