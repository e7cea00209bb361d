"""The evidence for each person of the corpus that a short form of a name may mean if its own article leaves it open.

Each kind of evidence has a strength; weights are in workflow/lexicons/name_link_weights.csv (training/name_links.py).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scripts.core.arrays import Ints
from scripts.entities.bearers import gender_of, may_hold_too, other_gender, other_office, sole_offices
from scripts.entities.corpus_entities import CorpusEntity, DocumentNumbers
from scripts.entities.corpus_persons import Person, Short, key_of, persons_of, short_forms_of, shorts_of
from scripts.entities.document_countries import Sources
from scripts.entities.mention_context import LEADS
from scripts.entities.occurrences import ByForm, Occurrences
from scripts.entities.person_names import Words, common_family_names, ends, generation, person_key, same_given
from scripts.maths.tuples import distinct

# A name in more articles than this does not identify a story.
_COMMON = 50
# Most bearers of a short form that serves as evidence for the meaning of another one.
_FEW = 2
# Offices of those after whom an administration is called.
_LEADING = frozenset(("chancellor", "minister", "president"))
# Most candidates of a short form that are weighed, starting with those in most articles.
_MOST = 12


class Corpus:
    """The names in each article and the articles of each name, for comparing articles by their names."""

    def __init__(self, occurrences: Occurrences, entities: Sequence[CorpusEntity], n: int) -> None:
        numbers: dict[CorpusEntity, int] = {}
        of_form = np.array([numbers.setdefault(entity, len(numbers)) for entity in entities], int)
        document = occurrences.document.astype(np.int64)
        pairs = distinct(document * len(numbers) + of_form[occurrences.form])
        self.numbers, self.entities = numbers, list(numbers)
        # The last word of each person's name, "" for other entities.
        self.family = [generation(key_of(entity))[0][-1] if entity.kind == "PER" else "" for entity in numbers]
        self.document, self.name = (each.astype(np.int32) for each in np.divmod(pairs, len(numbers)))
        self.bounds = np.searchsorted(self.document, np.arange(n + 1))
        frequency = np.bincount(self.name, minlength=len(numbers))
        self._order = np.argsort(self.name, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(frequency)])
        self._is_rare = (frequency > 1) & (frequency <= _COMMON)
        # A name's weight depends on the number of its articles, not on their share: other articles change nothing.
        self.weight = np.log(1 + 100 / np.maximum(1, frequency)) ** 2
        self.length = np.sqrt(np.bincount(self.document, self.weight[self.name], n) + 1)

    def names(self, document: int) -> Ints:
        """Return the numbers of the names in an article."""
        return self.name[self.bounds[document] : self.bounds[document + 1]]

    def families(self, document: int) -> frozenset[str]:
        """Return the last words of the persons' names in an article."""
        return frozenset(self.family[name] for name in self.names(document).tolist()) - {""}

    def documents(self, name: int) -> Ints:
        """Return the articles that have a name."""
        return self.document[self._order[self._starts[name] : self._starts[name + 1]]]

    def shared(self, document: int, left_out: Ints) -> tuple[Ints, Ints]:
        """Return the articles that share rare names with an article, sorted, and the cosine similarity of each."""
        names = self.names(document)
        rare = names[self._is_rare[names] & ~_are_among(names, left_out)].tolist()
        if not rare:
            return np.array([], int), np.array([], float)
        postings = [self.documents(name) for name in rare]
        weights = np.repeat(self.weight[rare], [len(each) for each in postings])
        others, place = np.unique(np.concatenate(postings), return_inverse=True)
        return others, np.bincount(place, weights) / (self.length[document] * self.length[others])


class Weighed(NamedTuple):
    """The evidence for each candidate of a short form in an article.

    `holds_office` is True if the only candidate has this family name and holds the sole office that precedes it.
    """

    short: Short
    candidates: list[Person]
    strengths: list[dict[str, float]]
    holds_office: bool


class Bearers(NamedTuple):
    """The persons who bear a short form, those in most articles first, and their articles."""

    persons: list[Person]
    documents: DocumentNumbers


def _bearers_of(shorts: Sequence[Short], persons: Iterable[Person]) -> dict[Words, Bearers]:
    """Return the bearers of each short form that has any."""
    fitting: dict[Words, list[Person]] = defaultdict(list)
    for person in persons:
        for key in dict.fromkeys(short_forms_of(person.key)):
            fitting[key].append(person)
    bearers = {}
    for key in {short.key for short in shorts} & fitting.keys():
        most = sorted(fitting[key], key=lambda person: (-len(person.documents), person.entity))[:_MOST]
        bearers[key] = _with_documents(most)
    return bearers


def _with_documents(persons: list[Person]) -> Bearers:
    return Bearers(persons, distinct(np.concatenate([each.documents for each in persons])))


def weighed(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, sources: Sources
) -> Iterator[Weighed]:
    """Yield the open short forms of persons with the candidates that nothing in the article excludes."""
    shorts = shorts_of(entities, occurrences, places)
    bearers = _bearers_of(shorts, persons_of(entities, occurrences, places, {short.key for short in shorts}))
    corpus = Corpus(occurrences, entities, len(sources.day))
    of_document: dict[int, list[Words]] = defaultdict(list)
    for short in shorts:
        if short.key in bearers:
            of_document[short.document].append(short.key)
    for short in shorts:
        fitting = bearers[short.key].persons if short.key in bearers else []
        candidates = [
            person
            for person in fitting
            if person.key != short.key and not _is_excluded(short, person, alone=len(fitting) == 1)
        ]
        if not candidates:
            continue
        rivals, owner = bearers[short.key], _owner(sources, short.document)
        if own := [person for person in candidates if _may_own(person, owner)]:
            # In a person's own publication, the family name is that person's.
            candidates, rivals = own, _with_documents(own)
        elif LEADS in short.context.role_words:
            # The Lee administration is that of a president, not of an athlete.
            candidates = [each for each in candidates if not _LEADING.isdisjoint(each.roles)] or candidates
        beside = [bearers[key].persons for key in of_document[short.document] if key != short.key]
        few = [person for persons in beside if len(persons) <= _FEW for person in persons]
        strengths = _strengths(short, candidates, rivals, owner, corpus, sources)
        for person, kinds in zip(candidates, strengths, strict=True):
            kinds["named with another's bearer"] = float(_are_together(person, few))
        is_given = candidates[0].key[: len(short.key)] == short.key
        holds = not sole_offices(short.context).isdisjoint(candidates[0].roles)
        yield Weighed(short, candidates, strengths, holds and len(candidates) == 1 and not is_given)


def _is_excluded(short: Short, person: Person, *, alone: bool) -> bool:
    """Return True if the gender or office that the article gives with a short form cannot be those of a person.

    A person who is `alone` in bearing the form and named in the article may hold another office: "President Lee to
    resign", then Ann Lee. A single pronoun of the other gender does not exclude the holder of a sole office: it may be
    somebody else's.
    """
    sole = sole_offices(short.context)
    if other_gender(short.context, person.gender) and (abs(person.gender) > 1 or sole.isdisjoint(person.roles)):
        return True
    if alone and may_hold_too(short.context, person.roles) and short.document in person.documents:
        return False
    return other_office(short.context, person.roles, len(person.documents)) or (
        bool(sole) and sole.isdisjoint(person.roles)
    )


def _owner(sources: Sources, document: int) -> Words:
    """Return the first and last word (`ends`) of the name of a document's outlet, be it a person's name or not."""
    outlet = int(sources.outlet[document])
    words = person_key(sources.outlets[outlet].split()) if outlet >= 0 else ()
    return ends(words) if words else ()


def _may_own(person: Person, owner: Words) -> bool:
    """Return True if a person's name (`ends`) is that of an outlet, possibly with a short form of the given name."""
    own = ends(person.key)
    return own[1:] == owner[1:] and same_given(own[0], owner[0])


def _are_among(documents: Ints, of: DocumentNumbers) -> Ints:
    """Return a mask of the `documents` that are in `of`; both are sorted."""
    return of[of[:-1].searchsorted(documents)] == documents


def _are_together(person: Person, others: Iterable[Person]) -> bool:
    """Return True if an article has the full names of a person and of one of the `others`."""
    return any(
        bool(_are_among(*sorted((person.documents, bearer.documents), key=len)).any())
        for bearer in others
        if bearer.entity != person.entity
    )


def _strengths(
    short: Short, candidates: Sequence[Person], bearers: Bearers, owner: Words, corpus: Corpus, sources: Sources
) -> list[dict[str, float]]:
    """Return the strength of each kind of evidence for each candidate; `owner` is the name from `_owner`."""
    known = np.array(sorted(corpus.numbers[person.entity] for person in bearers.persons), int)
    others, likeness = corpus.shared(short.document, known)
    named_here = len(bearers.persons) == 1 and short.document in bearers.documents
    here = corpus.names(short.document)
    of_bearers = _are_among(others, bearers.documents)
    country = int(sources.about[short.document])
    is_common = short.key[-1] in common_family_names()
    rows = []
    for person in candidates:
        n = len(person.documents)
        own = _are_among(others, person.documents)
        nearest, nearest_other = (math.sqrt(likeness[chosen].max(initial=0.0)) for chosen in (own, of_bearers & ~own))
        nearest = 1.0 if named_here else nearest
        is_first = short.key == person.key[:1]
        is_given = is_first and not person.family_first
        forename = -1 if person.family_first else corpus.numbers.get(CorpusEntity("PER", person.key[0]), -1)
        has_role = bool(short.context.role_words & person.roles.keys())
        is_of_many = is_common and not is_given and not has_role
        gender = gender_of(short.context) * person.gender
        strengths: dict[str, float] = {
            "candidate": 1.0,
            "share of bearers": n / len(bearers.documents),
            "articles": math.log(n),
            "only bearer of several articles": len(bearers.persons) == 1 and n > 1,
            "nearest story": nearest,
            "nearer than another's": nearest - nearest_other,
            "same country": country >= 0 and bool((sources.about[person.documents] == country).any()),
            "same role": has_role,
            "same gender": gender > 0,
            "other gender": gender < 0,
            "given name": is_given,
            "family name first": is_first and person.family_first,
            "common family name": is_of_many,
            "common and never called so": is_of_many and short.key not in person.called,
            "outlet of that name": _may_own(person, owner),
            "given name in the article": not is_given and forename in here,
            "family name in the article": is_first and person.key[-1] in corpus.families(short.document),
        }
        rows.append(strengths)
    return rows
