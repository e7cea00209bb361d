"""Names of bodies that list their fields."""

import pytest

from scripts.entities.listed_fields import with_fields_before, with_listed_fields
from tests.entities.made import document


def wholes(text, *named):
    doc = document(f"They met the {text} today.", *named)
    return [doc.slice(*span) for span in with_listed_fields(doc, {each.first: each for each in doc.mentions})]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Committee on Banking, Housing, and Urban Affairs", ["Committee on Banking"]),
        ("Committee on Health, Labor and Pensions", ["Committee on Health", "Labor", "Pensions"]),
        ("Ministry of Labour and Employment", ["Ministry of Labour"]),
        ("Institute for Health Metrics & Evaluation", ["Institute for Health Metrics"]),
    ],
)
def test_a_name_has_all_fields_of_its_list(name, known):
    assert wholes(name, *((each, "PERSON" if each == "Pensions" else "ORG") for each in known)) == [name]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Department of Labor and Labor Secretary Elaine Chao", {"Elaine Chao": "PERSON"}),
        ("Department of Labor and Elaine Chao", {"Elaine Chao": "PERSON"}),
        ("Department of Labor and VA", {"VA": "ORG"}),
        ("Department of Labor and Department of State", {"Department of State": "ORG"}),
        ("Department of Labor, Mexico and Canada", {}),
        ("Department of Labor, Nairobi and Paris", {"Nairobi": "GPE", "Paris": "GPE"}),
        ("Department of Labor, Trade Unions met and left", {}),
        ("Institute of Labor, Amnesty and Relief", {}),
        ("Friends of Labor and Trade", {}),
    ],
)
def test_what_follows_a_name_may_be_somebody_else(text, others):
    first = text.split(",")[0].split(" and ")[0]
    assert wholes(text, (first, "ORG"), *others.items()) == []


@pytest.mark.parametrize(
    ("text", "named", "name"),
    [
        (
            "the Senate Commerce, Science, and Transportation Committee",
            {"Senate Commerce": "ORG", "Transportation Committee": "ORG"},
            "Senate Commerce, Science, and Transportation Committee",
        ),
        ("the Labor and Pensions Subcommittee", {"Labor": "ORG"}, "Labor and Pensions Subcommittee"),
        ("Ann Marsh, Bo Reed and the Budget Committee", {}, None),
        ("Marsh and Budget Committee members", {"Marsh": "PERSON"}, None),
        ("Ann Marsh, Reed and Budget Committee members", {"Ann Marsh": "PERSON", "Reed": "PERSON"}, None),
        ("the Budget Committee", {"Budget Committee": "ORG"}, None),
        ("the Trade Committee and Budget Committee", {}, None),
        ("the VA and Budget Committee", {}, None),
    ],
)
def test_a_committee_has_all_fields_before_it(text, named, name):
    doc = document(f"They met {text}.", *named.items())
    spans = {each.first: each for each in doc.mentions}
    assert [doc.slice(*span) for span in with_fields_before(doc, spans)] == ([name] if name else [])
