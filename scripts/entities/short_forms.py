"""Short names (surnames, acronyms) that a document does not spell out, linked to what other documents mean by them.

A link needs one candidate and independent evidence for it: a document of the same outlet, or two about the same country
that are of different outlets or of about the same date. A person whom nearly all documents mean needs no more evidence.
A given name alone is never linked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from scripts.entities.corpus_entities import CorpusEntity, Documents, Form, agreed, normal
from scripts.entities.document_countries import Sources
from scripts.entities.knowledge import country_names, entries
from scripts.entities.name_words import may_be_acronym
from scripts.entities.names import acronyms
from scripts.entities.occurrences import ByForm
from scripts.maths.tuples import distinct, ranges

# Days between two documents of about the same date.
_NEAR = 31


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name.casefold() for name in entries("given_names.txt"))


def is_acronym(text: str, name: str) -> bool:
    """Return True if the text has the first letters of the name's words, in their order, as capitals.

    >>> is_acronym("BoG", "bank of ghana"), is_acronym("bog", "bank of ghana"), is_acronym("GB", "bank of ghana")
    (True, False, False)
    """
    letters = text.replace(".", "")
    return may_be_acronym(letters) and letters.upper() in acronyms(name.split())


def _stands_for(form: Form, text: str, entity: CorpusEntity) -> bool:
    """Return True if the text of a form is a short form of its entity: fewer words of it, or its acronym."""
    words = entity.name.split()
    if len(text.split()) >= len(words):
        return False
    if entity.kind == "ORG":
        return is_acronym(form.text, entity.name) or entity.name.startswith(f"{text} ")
    if entity.kind == "PER":
        return set(text.split()) <= set(words)
    return form.text in country_names()


def _is_given_name(text: str, entity: CorpusEntity) -> bool:
    """Return True if a short name is the given name of a person."""
    return entity.kind == "PER" and text in _given_names() and entity.name.startswith(f"{text} ")


class _Meaning(NamedTuple):
    """The entity that a short form stands for, the documents where it does, and if these decide for all others."""

    entity: CorpusEntity
    support: Documents
    known: bool


def _union(parts: Iterable[Documents]) -> Documents:
    return distinct(np.concatenate([np.array([], np.int32), *parts]))


def _meaning(
    short: CorpusEntity,
    candidates: Mapping[CorpusEntity, Documents],
    bearers: Mapping[CorpusEntity, Documents],
    unresolved: int,
) -> _Meaning | None:
    """Return the meaning of a short form where one candidate is left, None where there are several or too few.

    `candidates` are the documents in which it stands for each longer name, `bearers` the documents of all persons who
    have it as first or last name. The `unresolved` documents that do not spell it out must be no more than those that
    name the candidate, unless nearly all documents that name a bearer name the same person.
    """
    best = max(candidates, key=lambda target: (len(candidates[target]), target))
    if _is_given_name(short.name, best):
        return None
    support = candidates[best]
    of_best = len(_union([support, bearers.get(best, support)]))
    rivals = len(_union(documents for entity, documents in {**candidates, **bearers}.items() if entity != best))
    if short.kind == "PER" and len(support) > 1 and agreed(of_best, of_best + rivals):
        return _Meaning(best, support, True)
    surname = short.kind != "PER" or (best.name.endswith(short.name) and short.name not in _given_names())
    if rivals or not surname or unresolved > of_best:
        return None
    return _Meaning(best, support, False)


def _supported(documents: Documents, support: Documents, sources: Sources, *, person: bool) -> Documents:
    """Return the `documents` in which a short form is resolved by the documents that spell it out, `support`.

    One document of the same outlet is enough. Otherwise it takes two, of different outlets or of about the document's
    date (a document without an outlet counts as one of its own), that are not about another country; of a person it is
    enough that the document mentions their country.
    """
    outlets, days = distinct(sources.outlet[support]), np.sort(sources.day[support])
    days, day = days[days > 0], sources.day[documents]
    near = np.searchsorted(days, day + _NEAR, "right") - np.searchsorted(days, day - _NEAR, "left")
    is_independent = (len(outlets) > 1) | ((day > 0) & (near > 1))
    countries = distinct(sources.about[support])
    countries = countries[countries >= 0]
    about = sources.about[documents]
    shared = np.isin(about, countries) | (about < 0) | (len(countries) == 0)
    if person:
        first, end = sources.bounds[documents], sources.bounds[documents + 1]
        mentions = np.isin(sources.country[ranges(first, end - first)], countries)
        shared[np.repeat(np.arange(len(documents)), end - first)[mentions]] = True
    is_near = np.isin(sources.outlet[documents], outlets[outlets >= 0])
    return documents[is_near | ((len(support) > 1) & is_independent & shared)]


def _written_as(form: Form, entity: CorpusEntity) -> bool:
    """Return True unless the entity's acronym is written without capitals."""
    return entity.kind != "ORG" or entity.name.startswith(normal(form.text)) or is_acronym(form.text, entity.name)


def short_form_links(
    forms: Sequence[Form], entities: Sequence[CorpusEntity], places: ByForm, sources: Sources
) -> Iterator[tuple[int, CorpusEntity, Documents]]:
    """Yield the links of short forms that their documents do not spell out: form, entity, documents.

    Short forms without enough evidence are left out.
    """
    known = set(entities)
    candidates: dict[CorpusEntity, dict[CorpusEntity, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (form, entity) in enumerate(zip(forms, entities, strict=True)):
        text = normal(form.text)
        short = CorpusEntity(entity.kind, text)
        if short in known and _stands_for(form, text, entity):
            candidates[short][entity].append(number)
    bearers: dict[str, dict[CorpusEntity, list[int]]] = {short.name: defaultdict(list) for short in candidates}
    spelled: dict[CorpusEntity, list[int]] = {short: [] for short in candidates}
    for number, entity in enumerate(entities):
        if entity in spelled:
            spelled[entity].append(number)
        if entity.kind == "PER" and " " in entity.name:
            first, *_, last = entity.name.split()
            for word in {first, last} & bearers.keys():
                bearers[word][entity].append(number)
    for short, numbers in spelled.items():
        of_bearers = {entity: places.documents(*each) for entity, each in bearers[short.name].items()}
        of_candidates = {entity: places.documents(*each) for entity, each in candidates[short].items()}
        meaning = _meaning(short, of_candidates, of_bearers, len(places.documents(*numbers)))
        if not meaning:
            continue
        # A document that names a bearer in full and leaves the short form alone has more than one candidate itself.
        full = _union(of_bearers.values())
        for number in numbers:
            if _written_as(forms[number], meaning.entity):
                documents = np.setdiff1d(places.documents(number), full, assume_unique=True)
                if not meaning.known:
                    documents = _supported(documents, meaning.support, sources, person=short.kind == "PER")
                yield number, meaning.entity, documents
