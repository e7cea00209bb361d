"""Metadata of a document: keys and values made uniform, and merged from several places."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.metadata import (
    Loss,
    clean,
    flatten,
    loss_problems,
    merged_metadata,
    name_reader,
    of_properties,
    tidy,
)


def test_the_sheet_wins_over_the_file_and_that_over_its_name():
    values, problems = merged_metadata(
        [
            ("metadata.csv", {"outlet": "A"}),
            ("the file", {"outlet": "B", "title": "T"}),
            ("its name", {"title": "T", "date": "2025-05-01"}),
        ]
    )
    assert values == {"outlet": "A", "title": "T", "date": "2025-05-01"}
    reason = "outlet: 'A' (metadata.csv) is used, 'B' (the file) is not."
    assert [problem.message.split(" If ")[0] for problem in problems] == [reason]


def test_an_uncertain_date_is_kept_aside():
    values, problems = merged_metadata([("the file", {"date": "03/04/2025"}), ("its name", {"date": "2025-04-03"})])
    assert values == {"date_as_given": "03/04/2025", "date": "2025-04-03"}
    assert [(problem.severity, problem.code) for problem in problems] == [("warning", "date")]


def test_metadata_of_a_name():
    pattern = r"(?P<date>\d{4}-\d\d-\d\d)_(?P<outlet>[^_/]+)_"
    read = name_reader(pattern)
    assert read("wire/2025-05-01_Wire Agency_x.txt") == {"date": "2025-05-01", "outlet": "Wire Agency"}
    assert read("x.txt") == name_reader("")("x.txt") == {}


@pytest.mark.parametrize(
    ("title", "is_kept"),
    [("p.html", False), ("Microsoft Word - Ferry closes.doc", False), ("front_page_12.indd", False),
     ("Untitled-1", False), ("Document2", False), ("Ferry closes", True), ("Untitled no more", True),
     ("The Pentagon document", True), ("Council to leave example.org", True)],
)  # fmt: skip
def test_a_name_of_a_file_in_the_properties_of_a_document_is_no_title(title, is_kept):
    assert of_properties(title, "Ann Lee") == {"author": "Ann Lee"} | ({"title": title} if is_kept else {})


def test_values_are_made_harmless():
    assert clean({"Head Line\x00": "a\r\n\u202eb\ud800", "x": None, 3: 4}) == {"head_line": "a b\ufffd", "3": "4"}
    assert clean({"=cmd|' /C calc'!A0": "=1", "<b>": "x"}) == {"cmd_c_calc_a0": "=1", "b": "x"}
    assert len(clean({str(n): n for n in range(1000)})) == 200


@pytest.mark.parametrize(
    ("pairs", "values", "losses"),
    [
        ([("k" * 100, "x")], {"k" * 100: "x"}, []),
        ([("k" * 101, "x")], {"k" * 100: "x"}, ["cut"]),
        ([("k", "x" * 10_000)], {"k": "x" * 10_000}, []),
        ([("k", "x" * 10_001)], {"k": "x" * 10_000}, ["cut"]),
        ([("k", "~"), ("l", " "), ("m", [])], {}, []),
        ([("", "x"), ("--", "y")], {}, ["nameless", "nameless"]),
        ([("Byline", "Ann"), ("authors", "Ann")], {"author": "Ann"}, []),
        ([("Byline", "Ann"), ("authors", "Bo"), ("author", "Cy")], {"author": "Ann"}, ["twice", "twice"]),
        ([(str(n), n) for n in range(201)], {str(n): str(n) for n in range(200)}, ["beyond"]),
    ],
)
def test_what_is_lost_of_metadata_is_told(pairs, values, losses):
    tidied, lost = tidy(pairs)
    assert (tidied, [loss.kind for loss in lost]) == (values, losses)


def test_the_losses_of_a_file_are_a_problem_of_each_kind_with_their_keys_and_places():
    cut = [Loss("cut", "x" * 90, "#1"), Loss("cut", "y"), Loss("cut", "y", "#3")]
    problems = loss_problems([Loss("nameless", "", "#2"), *cut])
    assert [(problem.severity, problem.code) for problem in problems] == [
        ("warning", "metadata-cut"), ("note", "metadata-nameless"),
    ]  # fmt: skip
    assert f"are cut short: '{'x' * 80}', 'y' in #1, #3. Shorten them" in problems[0].message


def test_values_within_values_are_one_text():
    assert flatten({"a": [1, [], {"b": {"c": "d"}}], "e": {}, "f": None}) == "a: 1; ; b: c: d; e: ; f: "


_NESTED = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


def by_recursion(value):
    """Return the text of a nested value by the definition."""
    if isinstance(value, list):
        return "; ".join(map(by_recursion, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {by_recursion(inner)}" for key, inner in value.items())
    return "" if value is None else str(value)


@given(_NESTED)
def test_a_nested_value_is_flattened_as_by_recursion(value):
    assert flatten(value) == by_recursion(value)
    assert flatten(value, longest=5) == by_recursion(value)[:5]


def test_no_depth_of_nesting_is_too_much():
    nested = json.loads("[" * 600 + "1" + "]" * 600)
    for _ in range(100_000):
        nested = {"k": nested}
    assert clean({"x": nested})["x"].startswith("k: k: k: ")
    while isinstance(nested, dict):
        nested = nested["k"]  # Python would take it apart by recursion
