"""Persons' names are cut at "and" and at the verbs of headlines, and nowhere else."""

import pytest

from scripts.entities.repaired_spans import opening_verbs, persons_apart, repaired, widened
from tests.entities.made import document


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("Pope Francis Calls for Prompt Response Today. There Francis spoke.",
         [("Francis Calls", "PERSON"), ("Francis", "PERSON")], ["Francis", "Francis"]),
        ("President Bolsonaro Urges Macron to Mind Own Business. There Bolsonaro spoke.",
         [("Bolsonaro Urges Macron", "PERSON"), ("Bolsonaro", "PERSON")], ["Bolsonaro", "Macron", "Bolsonaro"]),
        ("Watch live Minister Pope Francis Calls for Prompt Response Today. There Francis spoke.",
         [("Pope Francis Calls", "PERSON"), ("Francis", "PERSON")], ["Pope Francis", "Francis"]),
        ("then Pope Francis Calls for Prompt Response Today. There Francis spoke.",
         [("Francis Calls", "PERSON"), ("Francis", "PERSON")], ["Francis Calls", "Francis"]),
        ("There Locke and Salazar Inc. sat.", [("Locke and Salazar Inc.", "ORG")], ["Locke and Salazar Inc."]),
        ("Then Ann Stakes spoke of Lee. There Ann spoke.",
         [("Ann Stakes", "PERSON"), ("Ann", "PERSON")], ["Ann Stakes", "Ann"]),
        ("Minister Francis Roberts Plans Prompt Response Today. There Bo Lee spoke.",
         [("Francis Roberts", "PERSON"), ("Bo Lee", "PERSON")], ["Francis Roberts", "Bo Lee"]),
        ("Minister Francis Roberts Plans Prompt Response Today. There Francis sat. There Roberts spoke.",
         [("Francis Roberts", "PERSON"), ("Francis", "PERSON"), ("Roberts", "PERSON")],
         ["Francis Roberts", "Francis", "Roberts"]),
        ("Officials Praise Francis Homes for Prompt Response Today. There Francis spoke.",
         [("Francis Homes", "ORG"), ("Francis", "PERSON")], ["Francis Homes", "Francis"]),
    ],
)  # fmt: skip
def test_a_person_ends_before_the_verb_of_a_headline(text, named, expected):
    doc = document(text, *named)
    assert [doc.slice(each.first, each.last) for each in persons_apart(doc, doc.mentions)] == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [("Nawaf Al-Ahmad Al-Sabah", ["Nawaf Al-Ahmad Al-Sabah"]), ("Nawaf-Sabah", ["Nawaf", "Sabah"])],
)
def test_a_place_after_a_hyphen_is_apart_but_not_after_an_article(named, expected):
    doc = document(f"There {named} spoke.", (named, "PERSON"))
    known = {doc.word.index("Sabah"): doc.word.index("Sabah") + 1}
    assert [doc.slice(each.first, each.last) for each in repaired(doc, known, set())] == expected


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("There the Mayor of London Sadiq Khan spoke.", "London Sadiq Khan", "Sadiq Khan"),
        ("There the Mayor of London Khan spoke.", "London Khan", "London Khan"),
        ("There the President of the Philippines Rodrigo Duterte spoke.", "Philippines Rodrigo Duterte",
         "Rodrigo Duterte"),
        ("There the Secretary of Agriculture Ann Lee spoke.", "Agriculture Ann Lee", "Ann Lee"),
        ("There the Secretary of Health Services Kelly spoke.", "Health Services Kelly", "Health Services Kelly"),
        ("There the Minister for Public Works and Reform Ann Lee spoke.", "Reform Ann Lee", "Ann Lee"),
        ("There the Minister for Public Works and Reform Zyx Lee spoke.", "Reform Zyx Lee", "Zyx Lee"),
        ("There the Minister for Public Works and Zyx Lee spoke.", "Zyx Lee", "Zyx Lee"),
        ("There the port of London Sadiq Khan left.", "London Sadiq Khan", "London Sadiq Khan"),
        ("There the Ambassador to Bangladesh Li Jiming spoke.", "Bangladesh Li Jiming", "Li Jiming"),
    ],
)  # fmt: skip
def test_an_office_is_no_part_of_a_persons_name(text, named, expected):
    doc = document(text, (named, "PERSON"))
    assert [doc.slice(each.first, each.last) for each in repaired(doc, {}, set())] == [expected]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("“Send Smith home.”", ["Send"]),
        ("Asking Smith is hard. There Smith left.", ["Asking"]),
        ("Asking Smith\n\nThere Smith left.", ["Asking"]),
        ("Asking Smith is hard.", []),
        ("Ann Smith left. There Smith spoke.", []),
        ("It rained.\n\n”", []),
    ],
)
def test_a_verb_that_opens_a_sentence_before_a_name_is_none(text, verbs):
    doc = document(text, tags={"Send": "VB"})
    assert [doc.word[token] for token in sorted(opening_verbs(doc, {}))] == verbs


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("There Ursula von der Leyen spoke.", ["Ursula von", "Leyen"], ["Ursula von der Leyen"]),
        ("There Bill de Blasio spoke.", ["Bill", "Blasio"], ["Bill de Blasio"]),
        ("There Ursula von spoke to Leyen.", ["Ursula von", "Leyen"], ["Ursula von", "Leyen"]),
        ("There Bill and Blasio spoke.", ["Bill", "Blasio"], ["Bill", "Blasio"]),
        ("There spoke Bill de. Blasio left.", ["Bill de", "Blasio"], ["Bill de", "Blasio"]),
    ],
)
def test_a_persons_name_goes_on_after_particles(text, named, expected):
    doc = document(text, *((name, "PERSON") for name in named))
    assert [doc.slice(each.first, each.last) for each in widened(doc, doc.mentions, {}, set())] == expected


def test_a_listed_name_is_not_widened():
    doc = document("There the Jammu and Kashmir Lieutenant Governor spoke.", ("Jammu", "GPE"), ("Kashmir", "GPE"))
    mentions = [doc.slice(each.first, each.last) for each in widened(doc, doc.mentions, {2: 5}, set())]
    assert mentions == ["Jammu", "Kashmir"]


def test_a_hyphen_between_two_names_belongs_to_neither():
    names = ["Washington Post", "Kaiser Family Foundation"]
    doc = document("There a Washington Post-Kaiser Family Foundation poll fell.", *((name, "ORG") for name in names))
    assert [doc.slice(each.first, each.last) for each in widened(doc, doc.mentions, {}, set())] == names


@pytest.mark.parametrize(("text", "date"), [("00:00 - Bingaman", "00:00"), ("- Monday", "- Monday")])
def test_a_name_after_a_number_and_a_dash_is_no_part_of_a_date(text, date):
    doc = document(f"There {text} spoke.", (text, "DATE"))
    assert [doc.slice(each.first, each.last) for each in repaired(doc, {}, set())] == [date]


@pytest.mark.parametrize(("label", "expected"), [("PERSON", "Ann Lee"), ("ORG", "Ann Lee Statement")])
def test_a_persons_name_ends_before_the_word_statement_of_a_heading(label, expected):
    doc = document("Here: Ann Lee Statement on the Budget.", ("Ann Lee Statement", label))
    mentions = list(repaired(doc, {}, set()))
    assert [doc.slice(each.first, each.last) for each in widened(doc, mentions, {}, set())] == [expected]
