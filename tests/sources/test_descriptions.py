"""Descriptions of a person by the text around the name, wherever the name stands."""

import pytest

from scripts.sources.descriptions import description, descriptions, name_before_acronym
from scripts.sources.kind_lists import UNKNOWN
from tests.sources.evidence import settled

QUOTE = " “No,” Smith said."


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Sen. Ann Smith came.", "Sen."),
        ("Ann Smith (R-Texas) came.", "party"),
        ("Ann Smith, D-Conn., came.", "party"),
        ("Ann Smith, 34, a nurse from Leeds, came.", "a nurse from Leeds"),
        ("Ann Smith, who is the mayor of Derry, came.", "the mayor of Derry"),
        ("The minister of the environment, Ann Smith, came.", "The minister of the environment"),
        ("The harbour's managing director, Ann Smith, came.", "The harbour's managing director"),
        ("Secretary of State Ann Smith came.", "Secretary of State"),
        ("Ann Smith is a professor of law.", "a professor of law"),
        ("Ann Smith, who teaches history, came.", "expert"),
        ("Ann Smith of Greenpeace came.", "member of Greenpeace"),
        ("Ann Smith, 34, came.", "year-old"),
        ("Dr. Ann Smith came.", "Dr."),
        ("Dr. Ann Smith came. Ann Smith, director of a charity, left.", "director of a charity"),
    ],
)
def test_beside_the_name(text, expected):
    assert description(text + QUOTE, "Ann Smith") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ann Smith came.",
        "Ann Smith, the harbour said, came.",
        "The court praised the son of Bo Lee, Ann Smith left.",
        "The report Ann Smith wrote came.",
        "Mayor Bo Smith came.",
        "Blacksmith, a mayor, came.",
        "Ann Smithson, a mayor, came.",
        "Mayor Ann Smiths came.",
    ],
)
def test_not_said_of_her(text):
    assert description(text, "Ann Smith") == ""


def test_a_surname_that_two_persons_have_says_nothing_alone():
    text = "Mayor Smith came."
    assert description(text, "Ann Smith") == "Mayor"
    assert description(text, "Ann Smith", alone=False) == ""
    assert description("Mayor Ann Smith came.", "Ann Smith", alone=False) == "Mayor"


@pytest.mark.parametrize("name", ["Smith", "Ann Lee Smith"])
def test_a_description_stands_before_the_given_names_too(name):
    assert description("The harbour has Mayor Ann Lee Smith in it.", name) == "The harbour has Mayor"
    assert description("Ann Smith came. Mayor Jo Smith left.", "Smith") == "Mayor"


def test_acronyms_are_spelled_out():
    text = "The Shippers Federation (TSF) met. Ann Smith, chairman of the TSF, spoke."
    assert name_before_acronym(text, "TSF") == "The Shippers Federation"
    assert description(text, "Ann Smith") == "chairman of the TSF, The Shippers Federation"
    assert name_before_acronym(text, "TFS") == ""


def test_of_persons_and_of_bodies_with_an_acronym():
    text = "The Transport Authority (TGA) met Ann Smith, a pilot. Bo Smith, a tailor, came."
    speakers = [("Ann Smith", "person"), ("TGA", "organisation"), ("police", "government"), ("", "person")]
    assert descriptions(text, speakers) == {"Ann Smith": "a pilot", "TGA": "The Transport Authority"}
    assert descriptions("Smith.", [("Ann Smith", "person"), ("JR", "person")]) == {"Ann Smith": "", "JR": ""}


def test_who_shares_a_surname_is_not_described_by_it_alone():
    text = "Smith, a pilot, met Bo Smith."
    assert descriptions(text, [("Ann Smith", "person")]) == {"Ann Smith": "a pilot"}
    assert descriptions(text, [("Ann Smith", "person"), ("Bo Smith", "person")])["Ann Smith"] == ""


def test_kinds_of_descriptions():
    """A party makes no expert a politician; a doctor's title and an age count last."""
    rows = [
        ("a", "Ann Smith", "attorney general", "party"),
        ("b", "Bo Lee", "professor of law", "party"),
        ("c", "Cy Day", "", "Dr."),
        ("d", "Cy Day", "", "a farmer"),
        ("e", "Di Fox", "", "Dr."),
        ("f", "Ed Orr", "Gen.", "the prime minister"),
        ("g", "Flo Ray", "", "year-old"),
        ("h", "Gus Roe", "harbour master", "year-old"),
        ("i", "Ann Smith spokeswoman", "Ann Smith spokeswoman", ""),
    ]
    persons = [(doc_id, name, name, role, "person", description) for doc_id, name, role, description in rows]
    expected = ["politician", "expert", "citizen", "citizen", "expert", "politician", "citizen", UNKNOWN, "politician"]
    assert settled(persons) == expected
