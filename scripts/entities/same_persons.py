"""Full names of persons that are one over all documents: other spellings, middle initials, short given names."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from scripts.entities.bearers import offices
from scripts.entities.corpus_entities import CorpusEntity
from scripts.entities.corpus_persons import Person, full_names_of, key_of, persons_of
from scripts.entities.document_countries import Sources
from scripts.entities.occurrences import ByForm, Occurrences
from scripts.entities.person_names import Words, full_given_names, generation, same_given

Same = dict[CorpusEntity, CorpusEntity]


def same_spellings(entities: Sequence[CorpusEntity], places: ByForm) -> Same:
    """Return the full names of persons that are other forms of a commoner one, with this: Donald J. Trump, Mohammad.

    They differ in spellings (`person_key`) or in middle initials; two names with different initials leave the plain
    name to neither.
    """
    forms = full_names_of(entities)
    spelled: dict[Words, list[CorpusEntity]] = defaultdict(list)
    for entity in forms:
        spelled[key_of(entity)].append(entity)
    initials: dict[Words, list[Words]] = defaultdict(list)
    for key in spelled:
        (first, *middle, last), born = generation(key) if len(generation(key)[0]) > 1 else (("", ""), "")
        if middle and all(len(word) == 1 for word in middle):
            initials[(first, last, born) if born else (first, last)].append(key)
    for plain, keys in initials.items():
        if plain in spelled and len(keys) == 1:
            spelled[plain] += spelled.pop(keys[0])
    same: Same = {}
    for group in spelled.values():
        if len(group) > 1:
            usual = min(group, key=lambda entity: (-len(places.documents(*forms[entity])), entity))
            same |= {entity: usual for entity in group if entity != usual}
    return same


def one_name_each(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, sources: Sources
) -> list[CorpusEntity]:
    """Return the entities with one for each person whose full name is written in several ways."""
    same = same_spellings(entities, places)
    entities = [same.get(entity, entity) for entity in entities]
    called = same_given_names(entities, occurrences, places, sources)
    return [called.get(entity, entity) for entity in entities]


def _may_be_one(short: Words, full: Words) -> bool:
    """Return True if a person's given name may be short for the other's, and generation and middle names go together.

    >>> full = ("charles", "e", "schumer")
    >>> _may_be_one(("chuck", "schumer"), full), _may_be_one(full, ("chuck", "schumer"))
    (True, False)
    """
    (short, born), (full, of) = generation(short), generation(full)
    inner, middle = short[1:-1], full[1:-1]
    return (
        (short[-1], born) == (full[-1], of)
        and full[0] in full_given_names().get(short[0], ())
        and (not inner or not middle or all(any(same_given(word, name) for name in middle) for word in inner))
    )


def _agree(short: Person, full: Person, sources: Sources, *, alone: bool) -> bool:
    """Return True if nothing told of two persons differs, and they share a role, an outlet or are `alone` of the name.

    An article that has both names leaves them apart.
    """
    if short.gender * full.gender < 0 or set(short.documents.tolist()) & set(full.documents.tolist()):
        return False
    known = offices(frozenset(short.roles)), offices(frozenset(full.roles))
    if all(known) and not known[0] & known[1]:
        return False
    outlets = np.intersect1d(sources.outlet[short.documents], sources.outlet[full.documents])
    return alone or bool(short.roles.keys() & full.roles.keys()) or bool((outlets >= 0).any())


def _called_names(family: Sequence[Person], sources: Sources) -> Iterator[tuple[Person, Person]]:
    """Yield the persons of one family name with a short given name, each with the full name that it is another of."""
    by_given: dict[str, list[Person]] = defaultdict(list)
    for person in family:
        by_given[person.key[0]].append(person)
    for short in family:
        names = full_given_names().get(short.key[0], frozenset())
        fitting = [full for name in sorted(names) for full in by_given[name] if _may_be_one(short.key, full.key)]
        if len(fitting) != 1:
            continue
        (full,) = fitting
        alone = all(person in (short, full) or _may_be_one(person.key, full.key) for person in family)
        if _agree(short, full, sources, alone=alone):
            yield short, full


def same_given_names(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, sources: Sources
) -> Same:
    """Return the names of persons with a short given name, or the full one, with the commoner: Robert and Bob Dole.

    A short name that two full names of the corpus fit (Pat: Patrick, Patricia) is neither's.
    """
    keys = {key_of(entity) for entity in full_names_of(entities)}
    families: dict[str, set[str]] = defaultdict(set)
    for base in (generation(key)[0] for key in keys):
        families[base[-1]].add(base[0])
    surnames: set[Words] = {
        (family,)
        for family, firsts in families.items()
        if any(not firsts.isdisjoint(full_given_names().get(name, ())) for name in firsts)
    }
    groups: dict[Words, list[Person]] = defaultdict(list)
    for person in persons_of(entities, occurrences, places, surnames) if surnames else ():
        if len(generation(person.key)[0]) > 1:
            groups[generation(person.key)[0][-1:]].append(person)
    same: Same = {}
    for family in sorted(surnames):
        merged: dict[CorpusEntity, list[Person]] = {}
        for short, full in _called_names(groups[family], sources):
            merged.setdefault(full.entity, [full]).append(short)
        for persons in merged.values():
            usual = min(persons, key=lambda person: (-len(person.documents), person.entity)).entity
            same |= {person.entity: usual for person in persons if person.entity != usual}
    return same
