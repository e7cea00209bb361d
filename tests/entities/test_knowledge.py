from collections import Counter

import pytest

from scripts.core.lexicons import LEXICONS
from scripts.entities.knowledge import (
    capitals,
    countries,
    country_names,
    demonyms,
    languages,
    organisation_names,
    place_names,
)


def test_every_name_means_one_country():
    names = Counter(name for country in countries() for name in (country.name, *country.aliases))
    assert [name for name, n in names.items() if n > 1] == []
    assert len({country.name for country in countries()}) == len(countries())


@pytest.mark.parametrize(
    ("names", "word", "meant"),
    [
        (country_names, "U.S.", "United States"),
        (country_names, "America", "United States"),
        (country_names, "Burma", "Myanmar"),
        (demonyms, "Chinese", "China"),
        (demonyms, "Dutch", "Netherlands"),
        (capitals, "Washington", "United States"),
        (capitals, "Beijing", "China"),
        (organisation_names, "WHO", "World Health Organization"),
        (place_names, "Washington, D.C.", "Washington"),
        (place_names, "Kiev", "Kyiv"),
    ],
)
def test_names(names, word, meant):
    assert names()[word] == meant


def test_languages_without_those_that_are_written_as_given_names_are():
    assert {"hindi", "bangla", "thai"} <= languages() and "ben" not in languages()


def test_case_counts():
    assert "us" not in country_names() and "who" not in organisation_names()


def test_lists_are_written_as_the_tokens_are():
    for path in LEXICONS.glob("*.*"):
        assert not set(path.read_text(encoding="utf-8")) & set("‘’“”–—\u00a0"), path.name
