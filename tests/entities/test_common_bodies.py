"""Mentions of bodies by a common noun alone, and the names that they get."""

import pytest

from scripts.entities.names import name_mentions
from tests.entities.made import document

INTERIOR, ENERGY = "Department of the Interior", "Energy Department"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"There the {INTERIOR} sat. Then the Department left.", [INTERIOR, INTERIOR]),
        (f"There the Department sat. Then the {INTERIOR} left.", [INTERIOR, INTERIOR]),
        (
            f"The {INTERIOR} sat. The Department left. The {ENERGY} sat. The Department left.",
            [INTERIOR, INTERIOR, ENERGY, ENERGY],
        ),
        (f"There the Department left. The {INTERIOR} sat. The {ENERGY} sat.", [INTERIOR, ENERGY]),
        (f"There the Department left. The {ENERGY} sat. The {ENERGY} rose.", [ENERGY, ENERGY, ENERGY]),
        ("There the Department left. The Finance Committee sat.", ["Finance Committee"]),
        ("There the Senate left. The Department sat.", ["Senate"]),
    ],
)
def test_a_body_by_a_common_noun(text, expected):
    names = [INTERIOR, ENERGY, "Finance Committee", "Senate", "Department"]
    spans, at = [], 0
    while places := [(text.find(name, at), -len(name), name) for name in names if name in text[at:]]:
        start, _, name = min(places)
        spans.append((name, "ORG"))
        at = start + len(name)
    doc = document(text, *spans)
    assert [mention.entity for mention in name_mentions(doc, doc.mentions)] == expected


def test_a_person_or_place_called_so_stays():
    doc = document("There Bo Church met Church in College.", *[("Bo Church", "PERSON"), ("Church", "PERSON")])
    assert [mention.entity for mention in name_mentions(doc, doc.mentions)] == ["Bo Church", "Bo Church"]
