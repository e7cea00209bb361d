"""Tables and JSON lines whose rows are documents."""

import gzip
import json

import pytest

from tests.documents.reading import read, refused


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.CSV.gz", ",")])
def test_rows_of_a_table(name, mark):
    table = 'Headline,Date,Text\nOne,2025-05-01,"A, ""b""\nc"\n\nTwo,,Second\n'.replace(",", mark).replace(
        f"A{mark}", "A,"
    )
    data = table.encode("utf-8-sig")
    texts, metadata, problems = read(name, gzip.compress(data) if name.endswith("gz") else data)
    assert texts == {"#2": 'A, "b"\nc', "#4": "Second"}
    assert metadata == {"#2": {"title": "One", "date": "2025-05-01"}, "#4": {"title": "Two"}}
    assert problems == []


def test_a_table_names_its_bad_rows_and_gives_the_others():
    assert read("a.csv", b"id,text\n1,a\n2,b,c\n3,d\n")[::2] == ({"#2": "a", "#4": "d"}, [("#3", "error", "row")])
    assert refused("a.csv", b"id,story\n1,a\n") == "no-text-column"
    assert refused("a.csv", b"") == "no-text-column"
    assert read("a.csv", b"id,story\n1,a\n", text_columns=["story"])[0] == {"#2": "a"}


def test_json_lines():
    lines = [
        '{"text": "a", "date": "2025", "tags": ["x", "y"]}',
        "",
        "{",
        "[1]",
        '{"body": 3}',
        '{"x": ""}',
        "[" * 99999,
    ]
    texts, metadata, problems = read("a.jsonl", "\n".join(lines).encode())
    assert texts == {"#1": "a"}
    assert metadata == {"#1": {"date": "2025", "tags": "x; y"}}
    assert problems == [
        ("#3", "error", "row"),
        ("#4", "error", "row"),
        ("#5", "error", "row"),
        ("#6", "error", "no-text-column"),
        ("#7", "error", "row"),
    ]
    assert read("a.jsonl", json.dumps({"content": "\ud800"}).encode())[0] == {"#1": "\ud800"}


def test_a_quotation_mark_that_is_not_closed_is_a_problem_and_the_rows_before_it_are_read():
    texts, _, problems = read("a.csv", b'text\na\n"' + b"x" * 1_000_100, largest_megabytes=1)
    assert texts == {"#2": "a"}
    assert problems == [("", "error", "row")]


def test_a_json_object_nested_600_deep_is_one_value():
    line = '{"text": "a", "x": ' + "[" * 600 + "7" + "]" * 600 + "}"
    assert read("a.jsonl", line.encode()) == ({"#1": "a"}, {"#1": {"x": "7"}}, [])


def test_keys_that_stand_twice_are_told_and_the_last_counts():
    lines = '{"text": "a", "text": "b", "x": {"y": 1, "y": 2}}\n{"text": "c", "x": [{"y": 1}, {"y": 2}]}'
    texts, metadata, problems = read("a.jsonl", lines.encode())
    assert texts == {"#1": "b", "#2": "c"}
    assert metadata["#1"] == {"x": "y: 2"}
    assert problems == [("#1", "warning", "keys")]
