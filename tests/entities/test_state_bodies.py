"""Whose parliament, court or ministry a document means."""

from collections import Counter

import pytest

from scripts.entities.document_countries import DocumentFacts
from scripts.entities.state_bodies import body_of, country_of_body, same_bodies


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
        ("ministry", None),
        ("indian ministry", None),
        ("senate", ("senate", "")),
        ("new zealand", None),
        ("new zealand police", ("police", "New Zealand")),
        ("police of new zealand", ("police", "New Zealand")),
        ("parliament of saint kitts and nevis", ("parliament", "Saint Kitts and Nevis")),
        ("parliament of saint vincent and the grenadines", ("parliament", "Saint Vincent and the Grenadines")),
        ("parliament of the united kingdom", ("parliament", "United Kingdom")),
        ("police in new zealand", None),
        ("ministry for health", ("health ministry", "")),
        ("kenyan ministry of health", ("health ministry", "Kenya")),
        ("ministry of health of kenya", ("health ministry", "Kenya")),
        ("department of state", ("state department", "")),
        ("ministry of", ("ministry of", "")),
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


@pytest.mark.parametrize(
    ("name", "countries", "home", "country"),
    [
        ("house of lords", {}, "", "United Kingdom"),  # of one country alone
        ("house of lords", {"Kenya": 5}, "Kenya", "United Kingdom"),
        ("house of commons", {}, "Canada", "Canada"),
        ("house of commons", {"Canada": 2, "Kenya": 9}, "", "Canada"),  # of those that have one
        ("house of commons", {"Canada": 2}, "United Kingdom", ""),
        ("house of commons", {"Canada": 2}, "Kenya", "Canada"),  # the outlet's country has none
        ("house of commons", {"Canada": 2, "Kenya": 2}, "Kenya", ""),
        ("house of commons", {"Kenya": 5}, "Kenya", ""),
        ("house of commons", {}, "Kenya", ""),
    ],
)
def test_of_a_body_of_some_countries_one_of_these_is_meant(name, countries, home, country):
    assert country_of_body(body_of(name), DocumentFacts(Counter(countries), home)) == country


@pytest.mark.parametrize("name", ["high court", "foreign ministry", "parliament"])
def test_a_country_without_such_a_body_is_never_meant(name):
    for countries, country in (({}, ""), ({"United States": 3}, ""), ({"Kenya": 2, "United States": 1}, "Kenya")):
        assert country_of_body(body_of(name), DocumentFacts(Counter(countries), "United States")) == country


@pytest.mark.parametrize(
    ("countries", "local", "has_outlet", "country"),
    [
        ({}, "", False, "Ghana"),
        ({"Kenya": 1}, "", False, ""),
        ({"Kenya": 2}, "", False, "Kenya"),
        ({"Kenya": 1}, "", True, "Ghana"),
        ({"Kenya": 1, "Ghana": 1}, "", False, "Ghana"),
        ({"Kenya": 1}, "Ghana", False, "Ghana"),
    ],
)
def test_the_country_of_the_corpus_is_not_that_of_who_names_others_alone(countries, local, has_outlet, country):
    facts = DocumentFacts(Counter(countries), "Ghana", local, has_outlet)
    assert country_of_body(body_of("supreme court"), facts) == country


def test_the_name_tells_before_the_document():
    assert country_of_body(body_of("indian supreme court"), DocumentFacts(Counter({"Kenya": 5}), "Kenya")) == "India"


@pytest.mark.parametrize(
    ("names", "usual"),
    [
        (("us forest service", "forest service"), "forest service"),  # as often: the first in the alphabet
        (("united states forest service", "us forest service", "forest service"), "forest service"),
        (("us forest service", "us forest service", "forest service"), "us forest service"),
        (("south africa forest service", "forest service"), "forest service"),
        (("us forest service", "kenya forest service", "forest service"), None),
        (("us forest service", "rye forest service", "forest service"), None),
        (("kenyan forest service", "forest service"), None),
        (("us forest service", "service"), None),
        (("us forest service", "kenya"), None),
        (("us congress", "congress"), None),
        (("us supreme court", "supreme court"), None),  # told by its country
    ],
)
def test_a_body_is_one_with_its_country_and_without(names, usual):
    assert same_bodies(Counter(names)) == ({} if usual is None else dict.fromkeys(set(names), usual))
