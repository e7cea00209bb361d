"""Lists of countries, places, organisations, titles and heads of names, from workflow/lexicons, reviewed by hand.

Case matters in the names of countries, peoples and organisations: US is a country, us is not.
"""

from functools import cache
from typing import NamedTuple

from scripts.core.lexicons import comma_rows, word_list


class Country(NamedTuple):
    """A country or territory: its name, its other names, the words for its people, its capital."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str


@cache
def countries() -> tuple[Country, ...]:
    """Return the rows of workflow/lexicons/countries.csv."""

    def several(cell: str) -> tuple[str, ...]:
        return tuple(cell.split(";")) if cell else ()

    _, *rows = comma_rows("countries.csv")
    return tuple(Country(name, several(aliases), several(words), capital) for name, aliases, words, capital in rows)


@cache
def country_names() -> dict[str, str]:
    """Return the country that each name of a country refers to: {"U.S.": "United States", ...}."""
    return {name: country.name for country in countries() for name in (country.name, *country.aliases)}


@cache
def demonyms() -> dict[str, str]:
    """Return the country of each word for a people: {"Chinese": "China", ...}."""
    return {word: country.name for country in countries() for word in country.demonyms}


@cache
def country_adjectives() -> dict[str, str]:
    """Return the adjective of each country that has one: {"China": "Chinese", ...}; "the New Zealand government"."""
    adjectives = {country.name: country.demonyms[0] for country in countries() if country.demonyms}
    return {name: word for name, word in adjectives.items() if not word.endswith("er") and name != "United States"}


@cache
def capitals() -> dict[str, str]:
    """Return the country of each capital: {"Washington": "United States", ...}."""
    return {country.capital: country.name for country in countries() if country.capital}


@cache
def regions() -> dict[str, str]:
    """Return the country of each listed region and large city: {"Queensland": "Australia", ...}."""
    _, *rows = comma_rows("regions.csv")
    return {region: country for country, listed in rows for region in listed.split(";")}


@cache
def _usual_names(lexicon: str) -> dict[str, str]:
    _, *rows = comma_rows(lexicon)
    return {alias: name for name, aliases in rows for alias in (name, *aliases.split(";"))}


def organisation_names() -> dict[str, str]:
    """Return the usual name for every name of well-known organisations: {"U.N.": "United Nations", ...}."""
    return _usual_names("organisation_names.csv")


def place_names() -> dict[str, str]:
    """Return the usual name for every name of places that have several: {"Washington, D.C.": "Washington", ...}."""
    return _usual_names("place_names.csv")


@cache
def entries(name: str) -> frozenset[str]:
    """Return the entries of a word list as a set."""
    return frozenset(word_list(name))


@cache
def given_names() -> frozenset[str]:
    """Return the listed given names without case."""
    return frozenset(name.casefold() for name in entries("given_names.txt"))


@cache
def languages() -> frozenset[str]:
    """Return the names of languages in lower case, except those of up to three letters, which may be names (Ben)."""
    return frozenset(name for row in comma_rows("languages.csv") for name in row if len(name) > 3)


@cache
def known_phrases() -> dict[str, dict[int, set[tuple[str, ...]]]]:
    """Return the listed names of places and organisations by first word and length, longest first: tuples of tokens."""
    listed = {*country_names(), *capitals(), *demonyms(), *entries("places.txt"), *entries("organisations.txt")}
    phrases: dict[str, dict[int, set[tuple[str, ...]]]] = {}
    for name in sorted((tuple(tokens_of(name)) for name in listed), key=len, reverse=True):
        phrases.setdefault(name[0], {}).setdefault(len(name), set()).add(name)
    return phrases


def tokens_of(name: str) -> list[str]:
    """Return the tokens into which the tokenizer splits a listed name.

    >>> tokens_of("Guinea-Bissau"), tokens_of("Washington, D.C.")
    (['Guinea', '-', 'Bissau'], ['Washington', ',', 'D.C.'])
    """
    return name.replace("-", " - ").replace("'s", " 's").replace(",", " ,").split()
