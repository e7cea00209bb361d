"""Given names and their short forms: when two full names are one person's over all documents."""

import pytest

from scripts.core.lexicons import word_list
from tests.entities.made import links_of
from tests.entities.test_linking import row


def roles(doc_id, text, words, gender=""):
    return {**row(doc_id, text), "roles": words, "title_gender": gender}


def test_a_short_given_name_of_whom_alone_bears_the_family_name():
    rows = [row("a", "Charles E. Schumer"), row("b", "Chuck Schumer"), row("c", "Chuck Schumer")]
    assert links_of(rows)[1] == ["Chuck Schumer"] * 3


def test_a_common_family_name_takes_an_outlet_or_a_role_in_common():
    rows = [row("a", "Robert Marsh"), row("b", "Bob Marsh"), row("c", "Ann Marsh")]
    apart = ["Robert Marsh", "Bob Marsh"]
    assert links_of(rows)[1][:2] == apart
    assert links_of(rows, {"a": "Herald", "b": "Times"})[1][:2] == apart
    assert links_of(rows, {"a": "Herald", "b": "Herald"})[1][:2] == ["Bob Marsh"] * 2
    mayors = [roles("a", "Robert Marsh", "mayor"), roles("b", "Bob Marsh", "mayor"), row("c", "Ann Marsh")]
    assert links_of(mayors)[1][:2] == ["Bob Marsh"] * 2


@pytest.mark.parametrize(
    "rows",
    [
        [row("a", "Patrick Lee"), row("b", "Patricia Lee"), row("c", "Pat Lee")],
        [row("a", "Robert Lee Jr."), row("b", "Bob Lee")],
        [row("a", "Robert J. Lee"), row("b", "Bob K. Lee")],
        [row("a", "Robert Lee"), row("a", "Bob Lee")],
        [row("a", "Robert Lee"), row("b", "Bob Leigh")],
        [roles("a", "Robert Lee", "senator"), roles("b", "Bob Lee", "coach")],
        [roles("a", "Christine Lee", "", "she"), roles("b", "Chris Lee", "", "he")],
    ],
    ids=["two fit", "generation", "initials", "one article", "family name", "office", "gender"],
)
def test_nobody_else_is_meant(rows):
    assert links_of(rows)[1] == [each["text"] for each in rows]


def test_lines_of_the_list_are_distinct_and_of_small_letters():
    lines = [line.split() for line in word_list("short_given_names.txt")]
    names = [name for name, *_ in lines]
    assert len(names) == len(set(names)) and names == sorted(names)
    assert all(len(line) == len(set(line)) > 1 and "".join(line).islower() for line in lines)
