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


@pytest.mark.parametrize(
    "text", ["---\nA rule above a text.\n---\nMore.", "No rule.", "---\ntitle: open", "----\na: b\n----\n"]
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
    assert [problem.code for problem in problems] == ["front-matter"]
    assert (at == 0) == (problems[0].severity == "warning")
    assert sum(map(len, values.values())) <= len(body)


@given(st.text("-:\n a[]{}&*!'\"#|>\t?,", max_size=60))
def test_front_matter_never_fails(body):
    front_matter(f"---\n{body}\n---\nText")


def test_the_last_of_two_values_of_a_key_counts_and_lists_are_joined():
    values, _, problems = front_matter("---\na: 1\na: 2\nb:\n- x\n- k: y\n  l: [z]\n---\n")
    assert values == {"a": "2", "b": "x; k: y; l: z"}
    assert problems == []


def test_a_key_that_is_a_list_is_no_front_matter():
    values, at, problems = front_matter("---\n? [a, b]\n: c\n---\n")
    assert (values, at, [problem.severity for problem in problems]) == ({}, 0, ["warning"])
