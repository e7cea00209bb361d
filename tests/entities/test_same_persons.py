"""Given names and their short forms: when two full names are one person's over all documents."""

import pytest

from scripts.core.lexicons import word_list
from tests.entities.made import links_of
from tests.entities.test_linking import row, story


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


def test_a_generation_that_only_some_articles_have():
    rows = [roles("a", "Joe Marsh", "president"), roles("b", "Joseph R. Marsh Jr.", "president"), row("c", "Joe Marsh")]
    assert links_of(rows)[1] == ["Joe Marsh"] * 3


def test_a_generation_of_a_name_that_stands_in_two_forms_without_it():
    rows = [roles(doc_id, name, "president") for doc_id, name in zip("ab", ("Joe Lee", "Joseph R. Lee"), strict=True)]
    assert links_of([*rows, roles("c", "Joseph R. Lee Jr.", "president")])[1] == ["Joe Lee"] * 3


def test_a_son_with_the_role_of_his_name_without_the_generation_in_one_story():
    rows = [roles("a", "Robert Lee", "professor"), roles("b", "Robert Lee Jr.", "professor")]
    assert links_of(rows)[1] == ["Robert Lee", "Robert Lee Jr."]
    assert links_of([*rows, *story("ab")])[1][:2] == ["Robert Lee"] * 2
    without_role = [row("a", "Robert Lee"), row("b", "Robert Lee Jr."), *story("ab")]
    assert links_of(without_role)[1][:2] == ["Robert Lee", "Robert Lee Jr."]


@pytest.mark.parametrize(
    ("family", "titles", "is_one"),
    [
        ("Marsh", ("adviser", "pollster"), True),
        ("Marsh", ("senator", "chairman"), True),
        ("Marsh", ("senator", "coach"), False),
        ("Lee", ("adviser", "pollster"), False),
    ],
    ids=["trades", "post beside an office", "offices", "common family name"],
)
def test_a_rare_family_name_and_a_name_in_common(family, titles, is_one):
    names = [f"Robert {family}", f"Bob {family}"]
    rows = [roles(doc_id, *each) for doc_id, each in zip("ab", zip(names, titles, strict=True), strict=True)]
    others = [row(doc_id, f"Ann {family}") for doc_id in "cde"]
    field = [row(doc_id, "Rye Bank", "ORG") for doc_id in ["a", "b", *(f"x{at}" for at in range(38))]]
    assert links_of([*rows, *others])[1][:2] == names
    assert (len({*links_of([*rows, *others, *field])[1][:2]}) == 1) is is_one


@pytest.mark.parametrize(
    "rows",
    [
        [roles("a", "Robert Lee Sr.", "president"), roles("b", "Robert Lee", "president")],
        [roles("a", "Robert Lee Jr.", "senator"), roles("b", "Robert Lee", "senator")],
        [roles("a", "Robert Lee Jr.", "son"), roles("b", "Robert Lee", "president")],
        [row("a", "Patrick Lee"), row("b", "Patricia Lee"), row("c", "Pat Lee")],
        [row("a", "Robert Lee Jr."), row("b", "Bob Lee")],
        [row("a", "Robert J. Lee"), row("b", "Bob L. Lee")],
        [row("a", "Robert Lee"), row("a", "Bob Lee")],
        [row("a", "Robert Lee"), row("b", "Bob Leigh")],
        [roles("a", "Robert Lee", "senator"), roles("b", "Bob Lee", "coach")],
        [roles("a", "Robert Lee", "professor"), roles("b", "Bob Lee", "carrier")],
        [roles("a", "Christine Lee", "", "she"), roles("b", "Chris Lee", "", "he")],
    ],
    ids=[
        "father",
        "seat of a father",
        "son",
        "two fit",
        "generation",
        "initials",
        "one article",
        "family name",
        "office",
        "trade",
        "gender",
    ],
)
def test_nobody_else_is_meant(rows):
    assert links_of(rows)[1] == [each["text"] for each in rows]


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("Vincent Del Giudice", "Vincent DelGiudice"),
        ("Dale Hall", "H. Dale Hall"),
        ("Carrie Lam", "Harbour Carrie Lam"),
        ("Carrie James", "Harbour Carrie James"),
    ],
    ids=["spaces", "first initial", "words before the name", "words before two given names"],
)
def test_the_same_name_written_otherwise(name, variant):
    assert links_of([row("a", name), row("b", name), row("c", variant)])[1] == [name] * 3


@pytest.mark.parametrize("variant", ["Ann Carrie Lam", "J. Carrie Lam", "von Carrie Lam"])
def test_given_names_initials_and_particles_are_part_of_a_name(variant):
    rows = [row(doc_id, "Carrie Lam") for doc_id in "ab"]
    assert (links_of([*rows, row("c", variant)])[1][-1] == variant) == (variant != "J. Carrie Lam")
    assert links_of([row("a", "Carrie Lam"), row("c", "Harbour Carrie Lam")])[1][-1] == "Harbour Carrie Lam"


MISTYPED = [row("a", "Hugh Hefner"), row("b", "Hugh Hefner"), row("c", "Hugh Heffner")]


def test_a_letter_apart_in_one_story():
    assert links_of(MISTYPED)[1][-1] == "Hugh Heffner"
    assert links_of(MISTYPED, dict.fromkeys("abc", "Herald"))[1][-1] == "Hugh Heffner"
    assert links_of([*MISTYPED, *story("ac")])[1][2] == "Hugh Hefner"
    founders = [roles("a", "Hugh Hefner", "founder"), *MISTYPED[1:2], roles("c", "Hugh Heffner", "founder")]
    assert links_of(founders)[1][-1] == "Hugh Hefner"


@pytest.mark.parametrize(
    "rows",
    [
        [row("a", "Marco Hefner"), row("c", "Mario Hefner")],
        [roles("a", "Hugh Hefner", "", "he"), roles("c", "Hugh Heffner", "", "she")],
        [row("a", "Hugh Hefner"), row("a", "Hugh Heffner")],
        [row("a", "Hefner Jr."), row("c", "Heffner Jr.")],
    ],
    ids=["given names", "gender", "one article", "no full name"],
)
def test_a_letter_apart_and_another_person(rows):
    assert links_of([*rows, *story("ac")])[1][:2] == [each["text"] for each in rows]


def test_lines_of_the_list_are_distinct_and_of_small_letters():
    lines = [line.split() for line in word_list("short_given_names.txt")]
    names = [name for name, *_ in lines]
    assert len(names) == len(set(names)) and names == sorted(names)
    assert all(len(line) == len(set(line)) > 1 and "".join(line).islower() for line in lines)
