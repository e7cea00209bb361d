"""Short names (surnames, acronyms) that a document does not spell out, linked to what other documents mean by them.

A link needs one candidate and independent evidence for it: a document of the same outlet, or two about the same country
that are of different outlets or of about the same date. A person whom nearly all documents mean needs no more evidence.
A given name alone is never linked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from scripts.entities.corpus_entities import CorpusEntity, Documents, Form, agreed, normal
from scripts.entities.countries_told import Source
from scripts.entities.knowledge import country_names, entries
from scripts.entities.name_words import may_be_acronym
from scripts.entities.names import acronyms

# Days between two documents of about the same date.
_NEAR = 31


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name.casefold() for name in entries("given_names.txt"))


@cache
def _day(iso: str) -> int | None:
    """Return the number of the day of an ISO date, None where the day is not told."""
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError:
        return None


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


def _independent(source: Source, support: list[Source]) -> bool:
    """Return True if documents are of different outlets, or of about the same date as the one with the short form.

    A document without an outlet counts as one of its own.
    """
    if len({witness.outlet or witness.doc_id for witness in support}) > 1:
        return True
    days = [_day(witness.date) for witness in support]
    day = _day(source.date)
    return sum(day is not None and near is not None and abs(near - day) <= _NEAR for near in days) > 1


def _same_country(source: Source, witnesses: list[Source], *, mentioned: bool) -> bool:
    """Return True unless a document and those with the full name are about different countries.

    With `mentioned` it is enough that the document mentions one of theirs.
    """
    country = source.country() or source.home
    countries = {country_told for witness in witnesses if (country_told := witness.country() or witness.home)}
    shared = country in countries or (mentioned and not countries.isdisjoint(source.countries))
    return not country or not countries or shared


class _Meaning(NamedTuple):
    """The entity that a short form stands for, the documents where it does, and if these decide for all others."""

    entity: CorpusEntity
    support: Documents
    known: bool


def _meaning(
    short: CorpusEntity,
    candidates: Mapping[CorpusEntity, Documents],
    bearers: Mapping[CorpusEntity, Documents],
    unresolved: Documents,
) -> _Meaning | None:
    """Return what a short form stands for where one candidate is left, None where there are several or too few.

    `candidates` are the documents in which it stands for each longer name, `bearers` the documents of all persons who
    have it as first or last name, `unresolved` the documents that do not spell it out: they must be no more than those
    that name the candidate, unless nearly all documents that name a bearer name the same person.
    """
    best = max(candidates, key=lambda target: (len(candidates[target]), target))
    if _is_given_name(short.name, best):
        return None
    support, of_best = candidates[best], candidates[best] | bearers.get(best, set())
    rivals = set().union(*({**candidates, **bearers}[entity] for entity in {*candidates, *bearers} - {best}))
    if short.kind == "PER" and len(support) > 1 and agreed(len(of_best), len(of_best) + len(rivals)):
        return _Meaning(best, support, True)
    surname = short.kind != "PER" or (best.name.endswith(short.name) and short.name not in _given_names())
    if rivals or not surname or len(unresolved) > len(of_best):
        return None
    return _Meaning(best, support, False)


def _supported(source: Source, witnesses: list[Source], *, person: bool) -> bool:
    """Return True if documents that spell out a short form are enough for one that does not."""
    if source.outlet and any(source.outlet == witness.outlet for witness in witnesses):
        return True
    return len(witnesses) > 1 and _independent(source, witnesses) and _same_country(source, witnesses, mentioned=person)


def _written_as(form: Form, entity: CorpusEntity) -> bool:
    """Return True unless the entity's acronym is written without capitals."""
    return entity.kind != "ORG" or entity.name.startswith(normal(form.text)) or is_acronym(form.text, entity.name)


def short_form_links(
    entities: Mapping[Form, CorpusEntity], documents_of: Mapping[Form, Documents], sources: Sequence[Source]
) -> dict[tuple[Form, int], CorpusEntity]:
    """Return what the short forms that their documents do not spell out stand for: {(form, document): entity}.

    Documents are numbers in `sources`. Short forms without enough evidence are left out.
    """
    candidates: dict[CorpusEntity, dict[CorpusEntity, Documents]] = defaultdict(lambda: defaultdict(set))
    bearers: dict[str, dict[CorpusEntity, Documents]] = defaultdict(lambda: defaultdict(set))
    documents: dict[CorpusEntity, Documents] = defaultdict(set)
    for form, entity in entities.items():
        documents[entity] |= documents_of[form]
        text = normal(form.text)
        if _stands_for(form, text, entity):
            candidates[CorpusEntity(entity.kind, text)][entity] |= documents_of[form]
        if entity.kind == "PER" and " " in entity.name:
            for word in {entity.name.split()[0], entity.name.split()[-1]}:
                bearers[word][entity] |= documents_of[form]
    meanings = {
        entity: meaning
        for entity in candidates.keys() & documents.keys()
        if (meaning := _meaning(entity, candidates[entity], bearers[entity.name], documents[entity]))
    }
    links = {}
    for form, entity in entities.items():
        meaning = meanings.get(entity)
        if not meaning or not _written_as(form, meaning.entity):
            continue
        witnesses = [sources[number] for number in sorted(meaning.support)]
        # A document that names a bearer in full and leaves the short form alone has more than one candidate itself.
        for number in documents_of[form].difference(*bearers[entity.name].values()):
            if meaning.known or _supported(sources[number], witnesses, person=entity.kind == "PER"):
                links[form, number] = meaning.entity
    return links
