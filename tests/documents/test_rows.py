"""Tables and JSON lines whose rows are documents."""

import datetime
import gzip
import json

import openpyxl
import pytest

from scripts.documents.formats import read_file
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings
from scripts.documents.sheet import PATH_COLUMNS
from tests.core.test_sheets import workbook
from tests.core.test_workbooks import filled, packed
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
    for column in ("story", "Story"):
        assert read("a.csv", b"id,Story\n1,a\n", text_columns=[column])[0] == {"#2": "a"}


def test_a_list_of_addresses_as_media_cloud_and_gdelt_export_it_says_how_to_get_at_the_texts():
    with pytest.raises(UnreadableError, match=r"lists addresses.*WARC"):
        read("a.csv", b"id,publish_date,media_name,title,url\n1,2020-03-04,The Example,T,https://example.org/a\n")


@pytest.mark.parametrize("column", PATH_COLUMNS)
def test_a_sheet_of_metadata_under_another_name_says_how_to_name_it(column):
    for name, data in (("Metadata.csv", f"{column.title()};outlet\na;b\n".encode()),
                       ("metadata.xlsx", workbook([column, "outlet"], ["a", "b"]))):  # fmt: skip
        with pytest.raises(UnreadableError, match=r"save it as `metadata\.csv`"):
            read(name, data)


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


def test_rows_of_an_excel_workbook():
    rows = [["Headline", "Publish Date", "media_name", "Body"], ["One", datetime.date(2025, 5, 1), "The Wire", "A\nb"]]
    texts, metadata, problems = read("a.xlsx", workbook(*rows, [], ["Two", None, None, "Second"], [None, 3]))
    assert texts == {"#2": "A\nb", "#4": "Second", "#5": ""}
    assert metadata["#2"] == {"title": "One", "date": "2025-05-01", "outlet": "The Wire"}
    assert problems == []


def test_a_workbook_that_is_broken_or_has_no_text_is_named():
    assert refused("a.xlsx", workbook(["id", "story"], [1, "x"])) == "no-text-column"
    data = workbook(["text"], ["a"])
    for broken in (b"", b"PK\x03\x04", data[:900], b"text\na\n"):
        assert read("a.xlsx", broken) == ({}, {}, [("", "error", "row")])


def test_a_json_file_is_one_document_or_a_list_of_them():
    assert read("a.json", b'{"text": "a", "title": "T"}') == ({"": "a"}, {"": {"title": "T"}}, [])
    texts, metadata, problems = read(
        "a.json", b'[{"body": "a", "tags": ["x"]}, 1, {"body": 2}, {"x": 1}, {"text": "b"}]'
    )
    assert (texts, metadata) == ({"#1": "a", "#5": "b"}, {"#1": {"tags": "x"}, "#5": {}})
    assert problems == [("#2", "error", "row"), ("#3", "error", "row"), ("#4", "error", "no-text-column")]
    assert read("a.json", b'[{"text": "a", "text": "b"}]') == ({"#1": "b"}, {"#1": {}}, [("", "warning", "keys")])
    for broken in (b"", b"{", b"[" * 100_000, b"NaN, 1"):
        assert refused("a.json", broken) == "broken"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_records_beyond_the_limit_are_named_and_the_others_read(name, monkeypatch):
    monkeypatch.setattr("scripts.documents.rows.MOST_ROWS", 2)
    lines = [json.dumps({"text": letter}) for letter in "abcd"]
    data = f"[{','.join(lines)}]" if name.endswith("n") else "\n".join(lines)
    texts, _, problems = read(name, data.encode())
    assert texts == {"#1": "a", "#2": "b"}
    assert problems == [("#3", "error", "too-many")]


def test_json_of_nothing_but_brackets_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr("scripts.documents.json_text._MOST_CONTAINERS", 3)
    assert read("a.json", b'[{"text": "a"}, {"text": "b"}]')[0] == {"#1": "a", "#2": "b"}
    assert refused("a.json", b"[[],{},[]]") == "too-many"


def test_rows_of_a_table_beyond_the_limit_are_named_and_the_others_read(monkeypatch):
    monkeypatch.setattr("scripts.core.sheets.MOST_ROWS", 3)
    texts, _, problems = read("a.csv", b"text\na\nb\nc\n")
    assert texts == {"#2": "a", "#3": "b"}
    assert problems == [("", "error", "row")]


def messages(name, data):
    """Return the messages of the problems of a file, by code."""
    entries = [*read_file(name, data, Settings())]
    return {entry.code: entry.message for entry in entries if isinstance(entry, Problem)}


def test_a_quotation_mark_that_is_not_closed_costs_no_other_row():
    table = 'title,text,outlet\nA,"text a,Globe\nB,text b,Post\nC,text c",Herald\n'
    texts, metadata, problems = read("a.csv", table.encode())
    assert texts == {"#2": '"text a', "#3": "text b", "#4": 'text c"'}
    assert [values["outlet"] for values in metadata.values()] == ["Globe", "Post", "Herald"]
    assert problems == [("#2", "warning", "quotes")]


def test_rows_with_fewer_cells_than_the_header_are_counted():
    texts, _, problems = read("a.csv", b"text,outlet\na,Globe\nb\nc,\nd")
    assert list(texts.values()) == ["a", "b", "c", "d"]
    assert problems == [("", "warning", "row")]
    assert "row 3, 5;" in messages("a.csv", b"text,outlet\na,Globe\nb\nc,\nd")["row"]


def test_cells_beyond_the_header_without_a_text_are_nothing():
    assert read("a.csv", b"text,outlet\na,Globe,,\n") == ({"#2": "a"}, {"#2": {"outlet": "Globe"}}, [])


def test_columns_that_count_as_one_are_told_where_they_differ():
    table = b"text,title,Headline,title\na,A,A,\nb,B,X,B\nc,,Y,\nd,D,D,Z\n"
    _, metadata, problems = read("a.csv", table)
    assert [values["title"] for values in metadata.values()] == ["A", "B", "Y", "D"]
    assert problems == [("", "warning", "metadata-twice")]
    assert "'Headline', 'title' in #3, #5." in messages("a.csv", table)["metadata-twice"]


def test_metadata_beyond_the_bounds_and_without_a_name_are_told():
    names = [*(f"k{n}" for n in range(201)), "text", ""]
    table = ",".join(names) + "\n" + ",".join(["1"] * 201 + ["a", "left"]) + "\n"
    _, metadata, problems = read("a.csv", table.encode())
    assert len(metadata["#2"]) == 200
    assert problems == [("", "warning", "metadata-beyond"), ("", "note", "metadata-nameless")]
    assert "'k200' in #2." in messages("a.csv", table.encode())["metadata-beyond"]
    line = json.dumps({"text": "a", "body": "x" * 10_001}) + "\n" + json.dumps({"text": "b", "Title": 1, "title": 2})
    assert read("a.jsonl", line.encode())[2] == [("", "warning", "metadata-cut"), ("", "warning", "metadata-twice")]


def test_a_workbook_says_which_sheets_were_not_read():
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append(["a draft"])
    book.active.sheet_state = "hidden"
    shown = filled(book, "Articles", ["text", "outlet"], ["a", "Globe"], ["b", "=B2"], ["c", "Post"], ["d", None])
    shown.merge_cells("B4:B5")
    shown.row_dimensions[2].hidden = True
    texts, metadata, problems = read("a.xlsx", packed(book))
    assert list(texts.values()) == ["a", "b", "c", "d"]
    assert metadata["#5"] == {}
    assert problems == [
        ("", "warning", "other-sheets"),
        ("#2", "note", "hidden-rows"),
        ("#3", "warning", "no-result"),
        ("#4", "warning", "merged-cells"),
    ]


def test_of_a_list_of_json_that_breaks_off_the_objects_before_that_are_read():
    texts, _, problems = read("a.json", b'[{"text": "a"}, {"text": "b"},\n {"text": "c')
    assert texts == {"#1": "a", "#2": "b"}
    assert problems == [("", "error", "broken")]
    assert messages("a.json", b'[{"text": "a"},\n {"text": "c')["broken"].startswith("From line 2, column ")
    assert read("a.json", b'[{"text": "a"},')[::2] == ({"#1": "a"}, [("", "error", "broken")])


def test_values_of_json_one_after_the_other_are_read_and_told():
    texts, _, problems = read("a.json", b'{"text": "a"}\n{"text": "b", "text": "c"}\n')
    assert texts == {"#1": "a", "#2": "c"}
    assert problems == [("", "warning", "json"), ("", "warning", "keys")]
    assert read("a.json", b'{"text": "a"} and more')[::2] == ({"#1": "a"}, [("", "error", "broken")])
