"""Countries of documents: the country that a document, its outlet or the whole corpus is about."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.entities.kinds import fold
from scripts.entities.knowledge import capitals, country_names, demonyms
from scripts.entities.occurrences import Occurrences, encoded, numbered
from scripts.maths.association import ratio
from scripts.maths.ranking import by_frequency

# A country is told by so many mentions, and by more than half of all mentions of countries.
_MENTIONS, _HALF = 2, 0.5
# An outlet of so many documents or more is at home in the country with this share of its documents' votes, at least
# twice that of any other. A corpus without outlets is at home where nearly all votes go.
_DOCUMENTS, _OUTLET_SHARE, _CORPUS_SHARE = 3, 0.4, 0.8


class DocumentFacts(NamedTuple):
    """Facts of a document that tell whose its names may be; empty where unknown.

    `countries` counts the mentions of each country, `home` is the country of the outlet or of the corpus.
    """

    countries: Mapping[str, int]
    home: str

    def country(self, among: frozenset[str] = frozenset()) -> str:
        """Return the country that most mentions of countries (of those `among`, if any) name, or "" for none."""
        counts = {name: n for name, n in self.countries.items() if not among or name in among}
        if not counts:
            return ""
        name = by_frequency(counts)[0]
        return name if counts[name] >= _MENTIONS and counts[name] > _HALF * sum(counts.values()) else ""


class Sources(NamedTuple):
    """Facts of all documents, a row each, in numbers.

    `outlet` is the place of its name in `outlets`, negative for a document without one, and another for each. `day` is
    that of publication, 0 where it is not told. `home` is the country of the outlet or of the corpus, `about` that of
    the document itself or else its home, -1 for none. Row n mentions the countries `country` from `bounds[n]` to
    `bounds[n + 1]`, `times` as often.
    """

    outlet: Ints
    day: Ints
    home: Ints
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
        home = self.home[document]
        return DocumentFacts(
            {self.countries[country]: n for country, n in counts}, self.countries[home] if home >= 0 else ""
        )


def country_of(label: str, entity: str) -> str:
    """Return the country of a country's, capital's or people's name, or "" for any other name.

    >>> country_of("NORP", "Kenyan"), country_of("GPE", "Nairobi"), country_of("ORG", "Kenya")
    ('Kenya', 'Kenya', '')
    """
    kind = fold(label)
    if kind == "LOC":
        return country_names().get(entity, capitals().get(entity, ""))
    return demonyms().get(entity, "") if kind == "NORP" else ""


def _home(votes: Ints, telling: int, *, share: float) -> int:
    """Return the country with most votes, -1 where none has the share of the documents that tell any."""
    best = int(np.argmax(votes))
    second = np.delete(votes, best).max(initial=0.0)
    return best if votes[best] >= share * telling and votes[best] >= 2 * second else -1


def _homes(group: Ints, cells: tuple[Ints, Ints, Ints], *, share: float, groups: int, countries: int) -> Ints:
    """Return the home of each group of documents, -1 where it is not told; `group` is that of each document, or -1.

    Cells are document, country and vote, by document: each document splits a vote by its mentions.
    """
    document, country, vote = cells
    telling = np.bincount(1 + group[np.unique(document)])[1:]
    large = np.flatnonzero(telling >= _DOCUMENTS)
    row = np.full(1 + groups, -1)  # the last is that of documents in no group
    row[large] = np.arange(len(large))
    of_cell = row[group[document]]
    chosen = of_cell >= 0
    # Votes are always summed in the order of documents.
    votes = np.bincount(
        of_cell[chosen] * countries + country[chosen], vote[chosen], minlength=len(large) * countries
    ).reshape(-1, countries)
    homes = np.full(groups, -1)
    homes[large] = [_home(*each, share=share) for each in zip(votes, telling[large].tolist(), strict=True)]
    return homes


def _ordinal(iso: str) -> int:
    """Return the number of the day of an ISO date, 0 where the day is not told."""
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError:
        return 0


def _country_cells(occurrences: Occurrences, countries: list[str], of_form: list[str]) -> list[Ints]:
    """Return document, country and number of mentions of each country in each document that names it, by document.

    `of_form` has the country that each form names, or "".
    """
    number = {name: at for at, name in enumerate(countries)}
    of_forms = np.array([number[name] if name else -1 for name in of_form], np.int16)
    country = of_forms[occurrences.form]
    rows = np.flatnonzero(country >= 0)
    cell, distinct = numbered(occurrences.document[rows].astype(np.int64) * len(countries) + country[rows])
    times = np.bincount(cell, occurrences.times[rows], minlength=len(distinct)).astype(int)
    order = np.argsort(distinct)
    return [*np.divmod(distinct[order], len(countries)), times[order]]


def sources_of(occurrences: Occurrences, documents: pa.Table) -> Sources:
    """Return the facts of the documents of occurrences, from their table: doc_id, outlet, date."""
    of_form = [country_of(form.label, form.entity) for form in occurrences.forms]
    countries = sorted({*of_form} - {""})
    document, country, times = _country_cells(occurrences, countries, of_form)
    bounds = np.searchsorted(document, np.arange(len(documents) + 1))
    total = np.bincount(document, times, minlength=len(documents))
    cells, n = (document, country, ratio(times, total[document])), max(1, len(countries))
    (number, outlets), (dated, dates) = (encoded(documents[name].fill_null("")) for name in ("outlet", "date"))
    named = np.array([bool(name) for name in outlets], bool)[number]
    (home,) = _homes(np.zeros(len(documents), int), cells, share=_CORPUS_SHARE, groups=1, countries=n)
    homes = _homes(np.where(named, number, -1), cells, share=_OUTLET_SHARE, groups=len(outlets), countries=n)
    home = np.where(named & (homes[number] >= 0), homes[number], home)
    about = home.copy()
    clear = (times >= _MENTIONS) & (times > _HALF * total[document])
    about[document[clear]] = country[clear]
    outlet = np.where(named, number, -1 - np.arange(len(number)))
    day = np.array([_ordinal(text) for text in dates], int)[dated]
    return Sources(outlet, day, home, about, bounds, country, times, countries, outlets)
