"""Front matter: a YAML block at the head of a text, read as text and never built."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.front_matter import front_matter


def test_front_matter_is_text_as_written():
    block = "---\ntitle: 'Lin: not ours'\ndate: 2025-05-01\ncountry: NO\nTags: [china, u.s.]\nnote:\n---\nThe text.\n"
    values, at, problems = front_matter(block)
    assert values == {"title": "Lin: not ours", "date": "2025-05-01", "country": "NO", "tags": "china; u.s."}
    assert block[at:] == "The text.\n"
    assert not problems


def test_a_title_with_a_colon_is_no_yaml_and_still_read():
    values, at, problems = front_matter("---\r\ntitle: Lin: not ours\r\nOutlet: The Wire\r\n---\r\nText")
    assert values == {"title": "Lin: not ours", "outlet": "The Wire"}
    assert at == 50
    assert [problem.severity for problem in problems] == ["note"]
    assert "(line 2 is not YAML)" in problems[0].message


@pytest.mark.parametrize(
    "text",
    ["---\nA rule above a text.\n---\nMore.", "No rule.", "---\nA rule above a text, open", "----\na: b\n----\n"],
)
def test_a_text_with_rules_is_not_cut(text):
    assert front_matter(text) == ({}, 0, [])


@pytest.mark.parametrize(
    "body",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "a: " + "[" * 5000 + "]" * 5000,
        "a: " + "{x: " * 5000,
        "? [a, b]\n: c\n- d",
        "!!python/object/apply:os.system ['echo']: x",
        "a: b\n\ta: [",
    ],
)
def test_hostile_yaml_builds_nothing(body):
    values, at, problems = front_matter(f"---\n{body}\n---\nText")
    assert problems[0].code == "front-matter"
    assert (at == 0) == (problems[0].severity == "warning")
    assert sum(map(len, values.values())) <= len(body)


@pytest.mark.parametrize(("lists", "is_read"), [(7, True), (8, False)])
def test_front_matter_has_eight_levels_at_most(lists, is_read):
    values, at, problems = front_matter(f"---\na:\n  {'[' * lists}x{']' * lists}\n---\nText")
    assert (bool(at), bool(values)) == (is_read, is_read)
    assert ["nested too deeply" in problem.message for problem in problems] == [True] * (not is_read)


@given(st.text("-:\n a[]{}&*!'\"#|>\t?,", max_size=60))
def test_front_matter_never_fails(body):
    front_matter(f"---\n{body}\n---\nText")


def test_the_last_of_two_values_of_a_key_counts_and_lists_are_joined():
    values, _, problems = front_matter("---\na: 1\na: 2\nb:\n- x\n- k: y\n  l: [z]\n---\n")
    assert values == {"a": "2", "b": "x; k: y; l: z"}
    assert [(problem.severity, problem.code) for problem in problems] == [("warning", "keys")]
    assert "'a'" in problems[0].message


@pytest.mark.parametrize("block", ["title: One\nTitle: Two", "title: a: b\ntitle: c", "headline: One\ntitle: Two"])
def test_keys_that_count_as_one_are_told(block):
    problems = front_matter(f"---\n{block}\n---\nText")[2]
    assert problems[-1].severity == "warning" and problems[-1].code in ("keys", "metadata-twice")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: open\n\nThe text.", "has no closing"),
        ("---\ntitle: long\nx: " + "x" * 70_000 + "\n---\nThe text.", "more than 65,536 characters"),
    ],
)
def test_front_matter_without_an_end_within_the_bound_is_told(text, reason):
    values, at, problems = front_matter(text)
    assert (values, at) == ({}, 0)
    assert [(problem.severity, problem.code) for problem in problems] == [("warning", "front-matter")]
    assert reason in problems[0].message


@pytest.mark.parametrize(
    ("head", "is_told"),
    [
        ("Headline: Harbour to close\nDate: 2024-05-01\nDesk: city\n", True),
        ("\ufeffTitle: Open\r\nByline: Ann Lee\r\n\r\n", True),
        ("Title: Open\n", False),
        ("Q: Why?\nA: Because.\n", False),
        ("Date: 2024-05-01\nTitle: Open\nThe harbour will close.\n", False),
        ("\nDate: 2024-05-01\nTitle: Open\n", False),
    ],
)
def test_lines_of_metadata_that_nothing_marks_are_told(head, is_told):
    values, at, problems = front_matter(f"{head}\nThe harbour: all is quiet.")
    assert (values, at) == ({}, 0)
    assert [(problem.severity, problem.code) for problem in problems] == [("warning", "front-matter")] * is_told


def test_values_beyond_the_bounds_are_told():
    values, _, problems = front_matter("---\n" + "".join(f"k{n}: {n}\n" for n in range(250)) + "---\n")
    assert len(values) == 200
    assert [problem.code for problem in problems] == ["metadata-beyond"]
    assert "'k200', 'k201', 'k202', 'k203', 'k204' and 45 more" in problems[0].message
    values, _, problems = front_matter(f"---\nabstract: {'x' * 10_001}\n---\n")
    assert len(values["abstract"]) == 10_000
    assert [problem.code for problem in problems] == ["metadata-cut"] and "'abstract'" in problems[0].message


def test_a_key_that_is_a_list_is_no_front_matter():
    values, at, problems = front_matter("---\n? [a, b]\n: c\n---\n")
    assert (values, at, [problem.severity for problem in problems]) == ({}, 0, ["warning"])
