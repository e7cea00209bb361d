"""Countries of documents: the country that a document, its outlet or the whole corpus is about."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.entities.kinds import fold
from scripts.entities.knowledge import capitals, country_names, demonyms

# A country is told by so many mentions, and by more than half of all mentions of countries.
_MENTIONS, _HALF = 2, 0.5
# An outlet of so many documents or more is at home in the country with this share of its documents' votes, at least
# twice that of any other. A corpus without outlets is at home where nearly all votes go.
_DOCUMENTS, _OUTLET_SHARE, _CORPUS_SHARE = 3, 0.4, 0.8


class Source(NamedTuple):
    """Facts of a document that tell whose its names may be; empty where unknown.

    `countries` counts the mentions of each country, `home` is the country of the outlet or of the corpus.
    """

    doc_id: str
    outlet: str
    date: str
    countries: Counter[str]
    home: str

    def country(self, among: frozenset[str] = frozenset()) -> str:
        """Return the country that most mentions of countries (of those `among`, if any) name, or "" for none."""
        counts = Counter({name: n for name, n in self.countries.items() if not among or name in among})
        if not counts:
            return ""
        name, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
        return name if n >= _MENTIONS and n > _HALF * counts.total() else ""


def country_of(label: str, entity: str) -> str:
    """Return the country of a country's, capital's or people's name, or "" for any other name.

    >>> country_of("NORP", "Kenyan"), country_of("GPE", "Nairobi"), country_of("ORG", "Kenya")
    ('Kenya', 'Kenya', '')
    """
    kind = fold(label)
    if kind == "LOC":
        return country_names().get(entity, capitals().get(entity, ""))
    return demonyms().get(entity, "") if kind == "NORP" else ""


def _home(documents: Iterable[Counter[str]], *, share: float) -> str:
    """Return the country with most votes, "" where none has the share: each document splits a vote by its mentions."""
    telling = [counts for counts in documents if counts]
    votes: Counter[str] = Counter()
    for counts in telling:
        votes.update({country: n / counts.total() for country, n in counts.items()})
    if len(telling) < _DOCUMENTS:
        return ""
    (n, country), (second, _) = sorted([*((n, name) for name, n in votes.items()), (0.0, "")], reverse=True)[:2]
    return country if n >= share * len(telling) and n >= 2 * second else ""


def sources_of(mentions: pd.DataFrame, documents: pd.DataFrame) -> list[Source]:
    """Return the facts of each document, in the order of `documents` (doc_id, outlet, date).

    `mentions` has doc_id, label and entity.
    """
    number = mentions.groupby(["label", "entity"], sort=False, observed=True).ngroup().to_numpy()
    distinct = mentions[["label", "entity"]].drop_duplicates().astype(str)
    country = [country_of(*key) for key in distinct.itertuples(index=False, name=None)]
    counts: dict[str, Counter[str]] = {doc_id: Counter() for doc_id in documents["doc_id"]}
    telling = np.flatnonzero(np.array([bool(name) for name in country], bool)[number])
    for doc_id, pair in zip(mentions["doc_id"].iloc[telling], number[telling].tolist(), strict=True):
        counts[doc_id][country[pair]] += 1
    rows = list(
        documents[["doc_id", "outlet", "date"]].astype(object).fillna("").astype(str).itertuples(index=False, name=None)
    )
    outlets: dict[str, list[Counter[str]]] = {}
    for doc_id, outlet, _ in rows:
        outlets.setdefault(outlet, []).append(counts[doc_id])
    corpus = _home(counts.values(), share=_CORPUS_SHARE)
    homes = {outlet: _home(group, share=_OUTLET_SHARE) for outlet, group in outlets.items() if outlet}
    return [
        Source(doc_id, outlet, date, counts[doc_id], homes.get(outlet, "") or corpus) for doc_id, outlet, date in rows
    ]
