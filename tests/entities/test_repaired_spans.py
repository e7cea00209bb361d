"""Persons' names are cut at "and" and at the verbs of headlines, and nowhere else."""

import pytest

from scripts.entities.repaired_spans import persons_apart
from tests.entities.made import document


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("Pope Francis Calls for Prompt Response Today. There Francis spoke.",
         [("Francis Calls", "PERSON"), ("Francis", "PERSON")], ["Francis", "Francis"]),
        ("President Bolsonaro Urges Macron to Mind Own Business. There Bolsonaro spoke.",
         [("Bolsonaro Urges Macron", "PERSON"), ("Bolsonaro", "PERSON")], ["Bolsonaro", "Macron", "Bolsonaro"]),
        ("There Locke and Salazar sat.", [("Locke and Salazar", "PERSON")], ["Locke", "Salazar"]),
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
