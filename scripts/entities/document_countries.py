"""Countries of documents: the country that a document, its outlet or the whole corpus is about."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.entities.kinds import fold
from scripts.entities.knowledge import capitals, country_names, demonyms, regions
from scripts.entities.occurrences import Occurrences, encoded, numbered
from scripts.maths.association import ratio
from scripts.maths.ranking import by_frequency

# A country needs this many mentions, and more than half of all mentions of countries.
_MENTIONS, _HALF = 2, 0.5
# An outlet with this many documents or more is at home in the country that gets this share of its documents' votes and
# at least twice the votes of any other country. A corpus without outlets is at home where nearly all votes go.
_DOCUMENTS, _OUTLET_SHARE, _CORPUS_SHARE = 3, 0.4, 0.8
# If country names settle nothing, votes for regions and cities may, at this share: news names them only at home.
_REGION_DOCUMENTS, _REGION_SHARE = 10, 0.75


class DocumentFacts(NamedTuple):
    """Facts of a document that help to decide which country its names belong to; empty if unknown.

    `countries` counts the mentions of each country; `local` is the country of most mentions of countries, regions and
    large cities; `home` is the country of the outlet or else of the corpus; `has_outlet` is True if there is an outlet.
    """

    countries: Mapping[str, int]
    home: str
    local: str = ""
    has_outlet: bool = True

    def country(self, among: frozenset[str] = frozenset()) -> str:
        """Return the country that most mentions of countries (limited to `among`, if any) name, or "" for none.

        If they settle none, regions and large cities may (`local`).
        """
        counts = {name: n for name, n in self.countries.items() if not among or name in among}
        name = by_frequency(counts)[0] if counts else ""
        if name and counts[name] >= _MENTIONS and counts[name] > _HALF * sum(counts.values()):
            return name
        return self.local if not among or self.local in among else ""


class Sources(NamedTuple):
    """Facts of all documents as numbers, one row per document.

    `outlet` is a position in `outlets`, or a distinct negative number for each document without an outlet. `day` is the
    day of publication, 0 if unknown. `home` is the country of the outlet or of the corpus, `local` the country of most
    mentions of countries, regions and large cities, `about` that of the document itself or else its home; all are -1 if
    unknown. Row n mentions each country in `country[bounds[n] : bounds[n + 1]]` as often as `times` has there.
    """

    outlet: Ints
    day: Ints
    home: Ints
    local: Ints
    about: Ints
    bounds: Ints
    country: Ints
    times: Ints
    countries: list[str]
    outlets: list[str]

    def of(self, document: int) -> DocumentFacts:
        """Return the facts of one document."""
        cells = slice(self.bounds[document], self.bounds[document + 1])
        counts = zip(self.country[cells].tolist(), self.times[cells].tolist(), strict=True)
        home, local = ("" if at < 0 else self.countries[at] for at in (self.home[document], self.local[document]))
        named = {self.countries[country]: n for country, n in counts}
        return DocumentFacts(named, home, local, has_outlet=bool(self.outlet[document] >= 0))


def country_of(label: str, entity: str) -> str:
    """Return the country that the name of a country, capital or people refers to, or "" for any other name.

    >>> country_of("NORP", "Kenyan"), country_of("GPE", "Nairobi"), country_of("ORG", "Kenya")
    ('Kenya', 'Kenya', '')
    """
    kind = fold(label)
    if kind == "LOC":
        return country_names().get(entity, capitals().get(entity, ""))
    return demonyms().get(entity, "") if kind == "NORP" else ""


def _home(votes: Ints, telling: int, *, share: float) -> int:
    """Return the country with most votes, -1 if it lacks the share of all (`telling`) or twice the next one's votes."""
    best = int(np.argmax(votes))
    second = np.delete(votes, best).max(initial=0.0)
    return best if votes[best] >= share * telling and votes[best] >= 2 * second else -1


class _Cells(NamedTuple):
    """The number of mentions (`times`) of each country in each document that names it, sorted by document."""

    document: Ints
    country: Ints
    times: Ints


def _homes(group: Ints, cells: _Cells, *, share: float, least: int, groups: int, countries: int) -> Ints:
    """Return the home country of each group of documents, -1 if unknown; `group` has each document's group, or -1.

    Each document splits one vote by its mentions; at least `least` documents of the group must have a vote.
    """
    document, country, times = cells
    vote = ratio(times, np.bincount(document, times)[document])
    telling = np.bincount(1 + group[np.unique(document)])[1:]
    large = np.flatnonzero(telling >= least)
    row = np.full(1 + groups, -1)  # the last is for documents in no group
    row[large] = np.arange(len(large))
    of_cell = row[group[document]]
    chosen = of_cell >= 0
    # Votes are always summed in the order of documents, as sums of floats depend on the order.
    votes = np.bincount(
        of_cell[chosen] * countries + country[chosen], vote[chosen], minlength=len(large) * countries
    ).reshape(-1, countries)
    homes = np.full(groups, -1)
    homes[large] = [_home(*each, share=share) for each in zip(votes, telling[large].tolist(), strict=True)]
    return homes


def _ordinal(iso: str) -> int:
    """Return the ordinal number of the day of an ISO date, 0 if the date lacks a day."""
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError:
        return 0


def _country_cells(occurrences: Occurrences, countries: list[str], of_form: list[str]) -> _Cells:
    """Return the mentions of countries in documents; `of_form` has the country that each form names, or ""."""
    number = {name: at for at, name in enumerate(countries)}
    of_forms = np.array([number[name] if name else -1 for name in of_form], np.int16)
    country = of_forms[occurrences.form]
    rows = np.flatnonzero(country >= 0)
    cell, distinct = numbered(occurrences.document[rows].astype(np.int64) * len(countries) + country[rows])
    times = np.bincount(cell, occurrences.times[rows], minlength=len(distinct)).astype(int)
    order = np.argsort(distinct)
    return _Cells(*np.divmod(distinct[order], max(1, len(countries))), times[order])


def _clear(otherwise: Ints, cells: _Cells) -> Ints:
    """Return the country that clearly most mentions in each document name, or else its value in `otherwise`."""
    document, country, times = cells
    total = np.bincount(document, times, minlength=len(otherwise))
    clear = (times >= _MENTIONS) & (times > _HALF * total[document])
    countries = otherwise.copy()
    countries[document[clear]] = country[clear]
    return countries


def sources_of(occurrences: Occurrences, documents: pa.Table) -> Sources:
    """Return the facts of all documents, from the occurrences and the documents' outlet and date."""
    of_form = [country_of(form.label, form.entity) for form in occurrences.forms]
    of_region = [regions().get(form.entity, "") if fold(form.label) == "LOC" else "" for form in occurrences.forms]
    around = [country or near for country, near in zip(of_form, of_region, strict=True)]
    countries = sorted({*around} - {""})
    national, regional, both = (_country_cells(occurrences, countries, each) for each in (of_form, of_region, around))

    def homes(group: Ints, groups: int, share: float) -> Ints:
        size = {"groups": groups, "countries": max(1, len(countries))}
        by_country = _homes(group, national, share=share, least=_DOCUMENTS, **size)
        by_region = _homes(group, regional, share=_REGION_SHARE, least=_REGION_DOCUMENTS, **size)
        return np.where(by_country >= 0, by_country, by_region)

    (number, outlets), (dated, dates) = (encoded(documents[name].fill_null("")) for name in ("outlet", "date"))
    named = np.array([bool(name) for name in outlets], bool)[number]
    (home,) = homes(np.zeros(len(documents), int), 1, _CORPUS_SHARE)
    of_outlet = homes(np.where(named, number, -1), len(outlets), _OUTLET_SHARE)[number]
    home = np.where(named & (of_outlet >= 0), of_outlet, home)
    local = _clear(np.full(len(documents), -1), both)
    about = _clear(np.where(local >= 0, local, home), national)
    outlet = np.where(named, number, -1 - np.arange(len(number)))
    day = np.array([_ordinal(text) for text in dates], int)[dated]
    bounds = np.searchsorted(national.document, np.arange(len(documents) + 1))
    return Sources(outlet, day, home, local, about, bounds, national.country, national.times, countries, outlets)
