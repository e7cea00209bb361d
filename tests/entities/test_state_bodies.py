"""Whose parliament, court or ministry a document means."""

from collections import Counter

import pytest

from scripts.entities.document_countries import DocumentFacts
from scripts.entities.state_bodies import body_of, country_of_body


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("supreme court", ("supreme court", "")),
        ("indian supreme court", ("supreme court", "India")),
        ("supreme court of india", ("supreme court", "India")),
        ("us supreme court", ("supreme court", "United States")),
        ("south korean foreign ministry", ("foreign ministry", "South Korea")),
        ("ministry of foreign affairs", ("foreign ministry", "")),
        ("foreign ministry of south korea", ("foreign ministry", "South Korea")),
        ("department of defense", ("defence department", "")),
        ("department of the interior", ("interior department", "")),
        ("labour exchange", None),
        ("india", None),
    ],
)
def test_a_body_and_the_country_in_its_name(name, body):
    made = body_of(name)
    assert (made and tuple(made)) == body


@pytest.mark.parametrize(
    ("countries", "home", "country"),
    [
        ({}, "", ""),
        ({"Kenya": 2}, "", "Kenya"),
        ({"Kenya": 1}, "", ""),
        ({}, "Ghana", "Ghana"),
        ({"Kenya": 2}, "Ghana", ""),
        ({"Ghana": 2}, "Ghana", "Ghana"),
    ],
)
def test_a_document_and_its_outlet_tell_whose_it_is_unless_they_differ(countries, home, country):
    assert country_of_body(body_of("supreme court"), DocumentFacts(Counter(countries), home)) == country


def test_the_name_tells_before_the_document():
    assert country_of_body(body_of("indian supreme court"), DocumentFacts(Counter({"Kenya": 5}), "Kenya")) == "India"
