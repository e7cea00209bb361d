"""What the project knows about names before it reads a text: countries, places, organisations, titles, heads of names.

All of it stands in workflow/lexicons, reviewed by hand; a name is a tuple of words, compared without case unless the
list says that case counts (US is a country, us is not).
"""

import csv
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from scripts.core.lexicons import LEXICONS, word_list


class Country(NamedTuple):
    """A country or territory: its name, its other names, the words for its people, its capital."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str


@cache
def countries() -> tuple[Country, ...]:
    """The rows of workflow/lexicons/countries.csv."""

    def several(cell: str) -> tuple[str, ...]:
        return tuple(cell.split(";")) if cell else ()

    with (LEXICONS / "countries.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return tuple(Country(r["name"], several(r["aliases"]), several(r["demonyms"]), r["capital"]) for r in rows)


@cache
def country_names() -> dict[str, str]:
    """The country that a name stands for: {"U.S.": "United States", ...}. Case counts."""
    return {name: country.name for country in countries() for name in (country.name, *country.aliases)}


@cache
def demonyms() -> dict[str, str]:
    """The country of a word for its people: {"Chinese": "China", ...}. Case counts."""
    return {word: country.name for country in countries() for word in country.demonyms}


@cache
def capitals() -> dict[str, str]:
    """The country whose government a capital's name may stand for: {"Washington": "United States", ...}."""
    return {country.capital: country.name for country in countries() if country.capital}


@cache
def organisation_names() -> dict[str, str]:
    """The usual name of a well-known organisation: {"U.N.": "United Nations", ...}. Case counts."""
    with (LEXICONS / "organisation_names.csv").open(encoding="utf-8", newline="") as handle:
        return {
            other: row["name"] for row in csv.DictReader(handle) for other in (row["name"], *row["aliases"].split(";"))
        }


@cache
def entries(name: str) -> frozenset[str]:
    """The entries of a word list as a set."""
    return frozenset(word_list(name))


@cache
def known_phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Known names of places and organisations by their first word, the longest first, each as a tuple of tokens."""
    known = {*country_names(), *capitals(), *demonyms(), *entries("places.txt"), *entries("organisations.txt")}
    return _by_first_word(tuple(tokens_of(name)) for name in sorted(known))


def _by_first_word(names: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        found.setdefault(name[0], []).append(name)
    return {first: tuple(sorted(rest, key=lambda name: (-len(name), name))) for first, rest in found.items()}


def tokens_of(name: str) -> list[str]:
    """A listed name in the pieces that the tokenizer makes of it."""
    return name.replace("-", " - ").replace("'s", " 's").split() if "-" in name or "'" in name else name.split()
