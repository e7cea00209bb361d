"""Different full names that mean one person across all documents.

They differ in spelling, in initials or a middle name, in words before the name that are not part of it, in one mistyped
letter, or in a short form of the given name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from scripts.entities.bearers import SOLE, offices
from scripts.entities.corpus_entities import CorpusEntity, DocumentNumbers
from scripts.entities.corpus_persons import Person, full_names_of, key_of, persons_of
from scripts.entities.document_countries import Sources
from scripts.entities.knowledge import entries, given_names
from scripts.entities.nicknames import also_called
from scripts.entities.occurrences import ByForm, Occurrences
from scripts.entities.person_links import Corpus
from scripts.entities.person_names import (
    Words,
    common_family_names,
    ends,
    full_given_names,
    generation,
    may_be_short_for,
    same_given,
)
from scripts.entities.person_variants import one_edit

Same = dict[CorpusEntity, CorpusEntity]
# Letters at one end of a word that a changed letter leaves alone; lowest weight of the names that articles of one story
# share (about that of a name in four articles), and that articles of one field share (a name in sixty).
_PART, _ONE_STORY, _FIELD = 3, 10.0, 1.0
# Posts that are compatible with an office: the senator is chairman of a committee.
_POSTS = frozenset(("author", "candidate", "chair", "chairman", "chairwoman", "friend", "leader", "whip"))


def same_spellings(entities: Sequence[CorpusEntity], texts: Sequence[str], places: ByForm) -> Same:
    """Return the persons' full names that are variants of a more frequent one, mapped to it: Donald J. Trump, Mohammad.

    They differ in spelling (`person_key`), spaces, initials, a nickname that one of the `texts` of the entities has
    inside the full name, or swallowed words. If two names with different initials share a plain name, it joins neither.
    """
    forms = full_names_of(entities)
    letters: dict[str, Words] = {}
    spelled: dict[Words, list[CorpusEntity]] = defaultdict(list)
    for entity in forms:
        key = key_of(entity)
        spelled[letters.setdefault("".join(key), key)].append(entity)
    for nickname, full in _nicknames(forms, texts):
        if {nickname, full} <= spelled.keys():
            spelled[full] += spelled.pop(nickname)
    initials: dict[Words, list[Words]] = defaultdict(list)
    for key in spelled:
        plain = tuple(word for word in key if len(word) > 1)
        if 1 < len(generation(plain)[0]) < len(generation(key)[0]):
            initials[plain].append(key)
    for plain, keys in initials.items():
        if plain in spelled and len(keys) == 1:
            spelled[plain] += spelled.pop(keys[0])
    articles = {key: len(_documents(group, forms, places)) for key, group in spelled.items()}
    for key in sorted(spelled):
        if name := _without_swallowed_words(key, articles):
            spelled[name] += spelled.pop(key)
    same: Same = {}
    for group in spelled.values():
        if len(group) > 1:
            usual = min(group, key=lambda entity: (-len(places.documents(*forms[entity])), entity))
            same |= {entity: usual for entity in group if entity != usual}
    return same


def _nicknames(forms: Mapping[CorpusEntity, Sequence[int]], texts: Sequence[str]) -> Iterator[tuple[Words, Words]]:
    """Yield variants of a name with a nickname, each with the full name that has the nickname inside: Jay Rockefeller.

    Full names with and without the generation belong to one person if the nickname is the same.
    """
    full: dict[Words, set[Words]] = defaultdict(set)
    for text in {texts[number] for numbers in forms.values() for number in numbers}:
        for name, key in also_called(text).items():
            full[name].add(key)
    for name, keys in sorted(full.items()):
        given_and_family, generations = {ends(key)[:2] for key in keys}, {generation(key)[1] for key in keys} - {""}
        if len(name) > 1 and len(given_and_family) == 1 and len(generations) < 2:
            longest = max(keys, key=lambda key: (len(key), key))
            yield from ((shorter, longest) for shorter in (name, *sorted(keys - {longest})))


def _documents(
    entities: Iterable[CorpusEntity], forms: Mapping[CorpusEntity, Sequence[int]], places: ByForm
) -> DocumentNumbers:
    """Return the articles that have one of the entities."""
    return places.documents(*(number for entity in entities for number in forms[entity]))


def _without_swallowed_words(key: Words, articles: Mapping[Words, int]) -> Words | None:
    """Return a name without its first words if they are not given names and several articles omit them; else None.

    >>> _without_swallowed_words(("interior", "dirk", "kemp"), {("dirk", "kemp"): 2, ("interior", "dirk", "kemp"): 1})
    ('dirk', 'kemp')
    """
    for first in range(1, len(key) - 1):
        if len(key[first - 1]) == 1 or key[first - 1] in given_names() or key[first - 1] in entries("particles.txt"):
            return None
        if articles.get(key[first:], 0) >= max(2, articles[key]):
            return key[first:]
    return None


def one_name_each(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, sources: Sources
) -> list[CorpusEntity]:
    """Return the entities, with just one for each person whose full name is written in several ways."""
    same = same_spellings(entities, [form.text for form in occurrences.forms], places)
    entities = [same.get(entity, entity) for entity in entities]
    near = nearly_same_names(entities, occurrences, places, sources)
    return [near.get(entity, entity) for entity in entities]


class _Pair(NamedTuple):
    """Two full names that may be one person's; `alone` is True if nobody else is likely to have either.

    `typed` is True for names that differ by one letter, `born` if one of them has a generation (Jr.).
    """

    first: Words
    second: Words
    alone: bool
    typed: bool = False
    born: bool = False


def _is_typed_for(word: str, second: str) -> bool:
    return one_edit(word, second) and not {word, second} <= given_names() | common_family_names()


def one_letter_apart(keys: Iterable[Words]) -> list[_Pair]:
    """Return the pairs of names that differ in one letter of one word, unless both words are common names.

    >>> [pair[:2] for pair in one_letter_apart([("hugh", "hefner"), ("hugh", "heffner"), ("marco", "lee")])]
    [(('hugh', 'heffner'), ('hugh', 'hefner'))]
    >>> one_letter_apart([("marco", "lee"), ("mario", "lee")])
    []
    """
    alike: dict[tuple[Words, Words, str, str], list[Words]] = defaultdict(list)
    for key in sorted(keys):
        for at, word in enumerate(key):
            # A changed letter leaves the beginning or the end of a word alone.
            for part in {(word[:_PART], ""), ("", word[-_PART:])} if len(word) > _PART else ():
                alike[key[:at], key[at + 1 :], *part].append(key)
    pairs = {pair for group in alike.values() for pair in combinations(group, 2)}
    return [_Pair(*pair, alone=False, typed=True) for pair in sorted(pairs) if any(map(_is_typed_for, *pair))]


def _with_middle_name(keys: Iterable[Words]) -> Iterator[_Pair]:
    """Yield each name with the only other form that has a middle name: Hillary Clinton, Hillary Rodham Clinton."""
    alike: dict[Words, list[Words]] = defaultdict(list)
    for key in sorted(keys, key=len):
        alike[ends(key)].append(key)
    for (_, family, _), group in alike.items():
        if len(group) == 2 and len(generation(group[0])[0]) == 2:
            yield _Pair(group[0], group[1], alone=family not in common_family_names())


def _families(keys: Iterable[Words]) -> Iterable[list[Words]]:
    """Return the names in groups that share a family name."""
    families: dict[str, list[Words]] = defaultdict(list)
    for key in keys:
        families[ends(key)[1]].append(key)
    return families.values()


def _with_short_given_name(keys: Iterable[Words]) -> Iterator[_Pair]:
    """Yield each name with a short given name and the only full name that fits it: Bob Dole, Robert Dole.

    A short name that fits two full names of the corpus (Pat: Patrick, Patricia) is paired with neither.
    """
    for family in _families(keys):
        for short in family:
            fitting = [full for full in family if _may_be_one(short, full)] if short[0] in full_given_names() else []
            if len(fitting) == 1:
                (full,) = fitting
                alone = all(key in (short, full) or _may_be_one(key, full) for key in family)
                yield _Pair(short, full, alone=alone)


def _with_generation(keys: Iterable[Words]) -> Iterator[_Pair]:
    """Yield each name with the form of it that has a generation: Joe Biden, Joseph R. Biden Jr.

    Names with Sr. are left out: they belong to another person, the father.
    """
    for family in _families(keys):
        for key in family:
            base, born = generation(key)
            plain = [name for name in family if name == base or may_be_short_for(name, base)]
            longest = [name for name in plain if not any(may_be_short_for(name, longer) for longer in plain)]
            if born not in ("", "sr") and len(longest) == 1:
                yield _Pair(longest[0], key, alone=False, born=True)


def _may_be_one(short: Words, full: Words) -> bool:
    """Return True if the first given name may be short for the second, and generation and middle names agree.

    >>> full = ("charles", "e", "schumer")
    >>> _may_be_one(("chuck", "schumer"), full), _may_be_one(full, ("chuck", "schumer"))
    (True, False)
    """
    (short, born), (full, of) = generation(short), generation(full)
    inner, middle = short[1:-1], full[1:-1]
    return (
        full[0] in full_given_names().get(short[0], ())
        and (short[-1], born) == (full[-1], of)
        and (not inner or not middle or all(any(same_given(word, name) for name in middle) for word in inner))
    )


def _in_common(first: Person, second: Person, corpus: Corpus) -> float:
    """Return the weight of the persons and bodies that are named in articles of both of two persons."""
    own, others = (np.concatenate([corpus.names(at) for at in each.documents.tolist()]) for each in (first, second))
    both = [name for name in np.intersect1d(own, others).tolist() if corpus.entities[name].kind in ("PER", "ORG")]
    return float(corpus.weight[both].sum())


def _are_one(first: Person, second: Person, pair: _Pair, corpus: Corpus, sources: Sources) -> bool:
    """Return True if no fact about two persons conflicts and they share a role, a story, an outlet, or are `alone`.

    Two names in one article stay apart, and so do different offices unless the story is the same. If the family name is
    not common, sharing names of one field is enough. Names that differ by a letter need a role or a story in common. A
    name with a generation is merged only on a shared sole office, or on both a shared role and a shared story.
    """
    if first.gender * second.gender < 0 or np.intersect1d(first.documents, second.documents).size:
        return False
    same, story = first.roles.keys() & second.roles.keys(), _in_common(first, second, corpus)
    if pair.born:
        return not SOLE.isdisjoint(same) or (bool(same) and story >= _ONE_STORY)
    if same or story >= _ONE_STORY:
        return True
    if all(offices(frozenset(each.roles)) - _POSTS for each in (first, second)):
        return False
    alone = pair.alone and not (first.roles and second.roles)  # a professor and a carrier are two persons
    outlets = np.intersect1d(sources.outlet[first.documents], sources.outlet[second.documents])
    of_field = story >= _FIELD and ends(pair.first)[1] not in common_family_names()
    return alone or (not pair.typed and (of_field or bool(outlets.size)))


def nearly_same_names(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, sources: Sources
) -> Same:
    """Return the persons' full names that are variants of a more frequent one, mapped to it, by what articles say.

    They differ in a letter, a middle name, a generation or a short form of the given name (see `_are_one`).
    """
    keys = [key for key in map(key_of, full_names_of(entities)) if len(generation(key)[0]) > 1]
    pairs = [*one_letter_apart(keys), *_with_middle_name(keys), *_with_short_given_name(keys), *_with_generation(keys)]
    if not pairs:
        return {}
    families: set[Words] = {(ends(key)[1],) for pair in pairs for key in pair[:2]}
    persons = {person.key: person for person in persons_of(entities, occurrences, places, families)}
    corpus = Corpus(occurrences, entities, len(sources.day))
    groups = {person.entity: [person] for person in persons.values()}
    for pair in pairs:
        first, second = persons[pair.first], persons[pair.second]
        if groups[first.entity] is not groups[second.entity] and _are_one(first, second, pair, corpus, sources):
            group = groups[first.entity] + groups[second.entity]
            groups |= {person.entity: group for person in group}
    return {
        entity: min(group, key=lambda each: (-len(each.documents), each.entity)).entity
        for entity, group in groups.items()
        if len(group) > 1
    }
