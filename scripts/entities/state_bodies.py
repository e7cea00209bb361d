"""State bodies that have the same name in many countries: parliaments, courts, ministries, police."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from scripts.core.lexicons import comma_rows
from scripts.entities.document_countries import DocumentFacts
from scripts.entities.knowledge import countries, country_names, demonyms

# Number of words of the longest name of a country: Democratic Republic of the Congo.
_LONGEST = 5


class Body(NamedTuple):
    """A body's common name and the country in the name itself, or "": Indian Supreme Court."""

    name: str
    country: str


@cache
def _states_with_body() -> dict[str, frozenset[str]]:
    """Return the common names of bodies (`*` for any words) with the countries that have them; none means any."""
    _, *rows = comma_rows("bodies_of_states.csv")
    every = frozenset(country.name for country in countries())
    return {
        name: every - {listed[4:]} if listed.startswith("not ") else frozenset(filter(None, listed.split(";")))
        for name, listed in rows
    }


@cache
def _countries() -> dict[tuple[str, ...], str]:
    """Return the country of each name of a country; the names are words without case, stops and hyphens."""
    return _by_words(country_names())


@cache
def _country_of_words() -> dict[tuple[str, ...], str]:
    """Return the country of each name of a country or people, as `_countries` does."""
    return _by_words(country_names() | demonyms())


def _by_words(names: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(name.casefold().replace(".", "").replace("-", " ").split()): names[name] for name in names}


def same_bodies(times: Mapping[str, int]) -> dict[str, str]:
    """Return the usual name of each body that is named with its country and without: US Forest Service, Forest Service.

    `times` is the number of mentions of each name, in normal form. Left out are names of one word and of state bodies,
    and any that the name of a third body ends with: Chamber of Commerce beside Linden Chamber of Commerce.

    >>> same_bodies({"forest service": 2, "us forest service": 3})
    {'forest service': 'us forest service', 'us forest service': 'us forest service'}
    """
    full: dict[str, dict[str, str]] = defaultdict(dict)
    endings: Counter[str] = Counter()
    for name in times:
        words = tuple(name.split())
        for size in range(1, len(words) - 1):
            short = " ".join(words[size:])
            if short in times:
                endings[short] += 1
                if words[:size] in _countries() and body_of(name) is None:
                    full[short][name] = _countries()[words[:size]]
    usual: dict[str, str] = {}
    for short, names in full.items():
        if len(names) == endings[short] and len(set(names.values())) == 1:
            best = min((short, *names), key=lambda name: (-times[name], name))
            usual |= dict.fromkeys((short, *names), best)
    return usual


def _pattern(words: tuple[str, ...]) -> str:
    """Return the entry of the list that matches a name, or "" if there is none."""
    name = " ".join(words)
    if name in _states_with_body():
        return name
    first, last = f"{' '.join(words[:2])} *", f"* {words[-1]}"
    return next((entry for entry in (first, last) if len(words) > 1 and entry in _states_with_body()), "")


@cache
def body_of(name: str) -> Body | None:
    """Return the state body that a name in normal form means, or None for any other name.

    >>> body_of("supreme court"), body_of("us supreme court"), body_of("supreme court of india")
    (Body(name='supreme court', country=''), Body(name='supreme court', country='United States'), \
Body(name='supreme court', country='India'))
    >>> body_of("labour exchange")
    """
    words = tuple(name.split())
    country = ""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if words[:size] in _country_of_words():
            country, words = _country_of_words()[words[:size]], words[size:]
            break
        joint = len(words) - size - 1
        joint -= words[joint] == "the"
        if joint > 0 and words[joint] == "of" and words[-size:] in _country_of_words():
            country, words = _country_of_words()[words[-size:]], words[:joint]
            break
    return Body(" ".join(_usual(words)), country) if _pattern(words) else None


def _usual(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a ministry or department in one order: State Department for Department of State.

    >>> _usual(("ministry", "of", "foreign", "affairs")), _usual(("department", "of", "state"))
    (('foreign', 'ministry'), ('state', 'department'))
    """
    if len(words) > 2 and words[0] in ("department", "ministry") and words[1] in ("of", "for"):
        words = (*words[2:], words[0])
    field = tuple("defence" if word == "defense" else word for word in words[:-1] if word != "the")
    return ("foreign" if field == ("foreign", "affairs") else " ".join(field), words[-1]) if len(words) > 1 else words


def country_of_body(body: Body, source: DocumentFacts) -> str:
    """Return the country whose body is meant in a document, or "" if neither the document nor its outlet decides.

    The country stays open if the document and its outlet point to different ones, or if a document without an outlet
    names countries but not that of the corpus.
    """
    among = _states_with_body()[_pattern(tuple(body.name.split()))]
    if body.country or len(among) == 1:
        return body.country or min(among)
    if not among:
        is_abroad = source.countries and source.home not in source.countries and source.local != source.home
        home, country = "" if is_abroad and not source.has_outlet else source.home, source.country()
    elif not source.home or source.home in among:
        home, country = source.home, source.country(among)
    else:  # the outlet's country has no such body: the document must be about a country that has one
        home, country = "", source.country() if source.country() in among else ""
    return home or country if not home or not country or home == country else ""
