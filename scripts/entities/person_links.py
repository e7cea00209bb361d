"""Short forms of names that an article leaves open, and the evidence for each person of the corpus they may mean.

Evidence is a kind with a strength; the weights are in workflow/lexicons/name_link_weights.csv (training/name_links.py).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from scripts.core.arrays import Ints
from scripts.entities.bearers import gender_of, lacks_office, offices, other_gender
from scripts.entities.corpus_entities import CorpusEntity, Documents
from scripts.entities.document_countries import Sources
from scripts.entities.knowledge import given_names
from scripts.entities.mention_context import NO_CONTEXT, Context
from scripts.entities.occurrences import ByForm, Occurrences
from scripts.entities.person_names import Words, common_family_names, ends, generation, is_family_name, person_key
from scripts.maths.tuples import distinct

# Days between two articles of about the same date.
_NEAR = 31
# A name that more articles have tells no story.
_COMMON = 50
# Bearers of a short form that is evidence for whom another one means.
_FEW = 2
# Candidates of a short form that are weighed: those whom most articles name.
_MOST = 12


class Person(NamedTuple):
    """A person of the corpus: words of the name, the articles that have it in full, roles by articles, gender told.

    `called` counts the articles that also call the person by each short form.
    """

    key: Words
    entity: CorpusEntity
    documents: Documents
    roles: Counter[str]
    gender: int
    called: Mapping[Words, int]


class Short(NamedTuple):
    """A short form in an article: number of its form, document, words, what the text tells beside all its mentions."""

    form: int
    document: int
    key: Words
    context: Context


def key_of(entity: CorpusEntity) -> Words:
    """Return the words of a person's name over all documents, as `person_key`."""
    return person_key(entity.name.split())


class Corpus:
    """The names of each article, and the articles of each name, for what articles have in common."""

    def __init__(self, occurrences: Occurrences, entities: Sequence[CorpusEntity], n: int) -> None:
        numbers: dict[CorpusEntity, int] = {}
        of_form = np.array([numbers.setdefault(entity, len(numbers)) for entity in entities], int)
        document = occurrences.document.astype(np.int64)
        pairs = distinct(document * max(1, len(numbers)) + of_form[occurrences.form])
        self.numbers = numbers
        self.document, self.name = np.divmod(pairs, max(1, len(numbers)))
        self.bounds = np.searchsorted(self.document, np.arange(n + 1))
        self.frequency = np.bincount(self.name, minlength=len(numbers))
        self._order = np.argsort(self.name, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(self.frequency)])
        # A name's weight depends on the articles that have it, not on their share, so that others change nothing.
        self.weight = np.log(1 + 100 / np.maximum(1, self.frequency)) ** 2
        self.length = np.sqrt(np.bincount(self.document, self.weight[self.name], n) + 1)

    def names(self, document: int) -> Ints:
        """Return the names of an article."""
        return self.name[self.bounds[document] : self.bounds[document + 1]]

    def documents(self, name: int) -> Ints:
        """Return the articles of a name."""
        return self.document[self._order[self._starts[name] : self._starts[name + 1]]]

    def shared(self, document: int, left_out: Ints) -> tuple[Ints, Ints]:
        """Return the articles that share rare names with an article, sorted, and how alike each is (a cosine)."""
        names = np.setdiff1d(self.names(document), left_out, assume_unique=True)
        rare = names[(self.frequency[names] > 1) & (self.frequency[names] <= _COMMON)].tolist()
        if not rare:
            return np.array([], int), np.array([], float)
        postings = [self.documents(name) for name in rare]
        weights = np.repeat(self.weight[rare], [len(each) for each in postings])
        others, place = np.unique(np.concatenate(postings), return_inverse=True)
        return others, np.bincount(place, weights) / (self.length[document] * self.length[others])


def together(contexts: Sequence[Context]) -> Context:
    """Return the context of several mentions of one person: all roles, the gender of most pronouns.

    >>> together([Context("senator", "", "she"), Context("", "she", "he"), Context("", "", "she")])
    Context(roles='senator', title_gender='she', pronoun='she')
    """
    roles = sorted({word for context in contexts for word in context.role_words})
    titles = sorted({context.title_gender for context in contexts} - {""})
    pronouns = Counter(context.pronoun for context in contexts if context.pronoun)
    usual = "she" if pronouns["she"] > pronouns["he"] else "he" if pronouns["he"] > pronouns["she"] else ""
    return Context(" ".join(roles), titles[0] if titles else "", usual)


def persons_of(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, keys: set[Words]
) -> list[Person]:
    """Return the persons with a full name that may be meant by one of the short forms `keys`, in order of name."""
    forms: dict[CorpusEntity, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        if entity.kind == "PER" and " " in entity.name:
            forms[entity].append(number)
    persons = []
    for entity in sorted(forms):
        key = key_of(entity)
        if keys.isdisjoint(short_forms_of(key)) or key in keys:
            continue
        roles: dict[str, set[int]] = defaultdict(set)
        called: dict[Words, list[int]] = defaultdict(list)
        gender = 0
        for number in forms[entity]:
            text = person_key(occurrences.forms[number].text.replace("-", " ").split())
            if text != key:
                called[text].append(number)
            if len(text) == 1:
                continue  # what is told beside a surname may be told of somebody else
            for at in range(places.bounds[number], places.bounds[number + 1]):
                for context in occurrences.contexts_of(int(places.order[at])):
                    gender += gender_of(context)
                    for word in context.role_words:
                        roles[word].add(int(places.document[at]))
        counts = Counter({word: len(documents) for word, documents in roles.items()})
        persons.append(
            Person(
                key,
                entity,
                places.documents(*forms[entity]),
                counts,
                gender,
                {text: len(places.documents(*numbers)) for text, numbers in called.items()},
            )
        )
    return persons


def short_forms_of(key: Words) -> Iterator[Words]:
    """Yield the short forms of a full name: its last words, without and with the generation, and its first.

    >>> list(short_forms_of(("donald", "trump", "jr")))
    [('trump',), ('trump', 'jr'), ('donald',)]
    """
    base, born = generation(key)
    for size in range(1, len(base)):
        yield base[-size:]
        if born:
            yield (*base[-size:], key[-1])
    yield base[:1]


def shorts_of(entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm) -> list[Short]:
    """Return the names of persons, in each document, that may be short for others; gender and roles as told there.

    One of two persons in a document (Mr. and Mrs. Clinton) is left out, and so is a name of several words that is no
    family name by itself (`is_family_name`).
    """
    longer: dict[Words, list[Words]] = defaultdict(list)
    for key in {key_of(entity) for entity in set(entities) if entity.kind == "PER" and " " in entity.name}:
        for short in short_forms_of(key):
            longer[short].append(key)
    shorts = []
    for number, entity in enumerate(entities):
        key = key_of(entity) if entity.kind == "PER" else ()
        hyphen = " " not in occurrences.forms[number].entity
        if key not in longer or (
            len(generation(key)[0]) > 1 and not any(is_family_name(key, name, hyphen=hyphen) for name in longer[key])
        ):
            continue
        for at in range(places.bounds[number], places.bounds[number + 1]):
            contexts = occurrences.contexts_of(int(places.order[at]))
            if not {"he", "she"} <= {each.title_gender for each in contexts}:
                shorts.append(
                    Short(number, int(places.document[at]), key, together(contexts) if contexts else NO_CONTEXT)
                )
    return shorts


class Weighed(NamedTuple):
    """The evidence for each candidate of a short form in an article."""

    short: Short
    candidates: list[Person]
    strengths: list[dict[str, float]]


class Bearers(NamedTuple):
    """The persons who bear a short form, whom most articles name first; their articles; how often it is open."""

    persons: list[Person]
    documents: Documents
    open: int


def weighed(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, sources: Sources
) -> Iterator[Weighed]:
    """Yield the open short forms of persons with the candidates that nothing in the article excludes."""
    shorts = shorts_of(entities, occurrences, places)
    fitting: dict[Words, list[Person]] = defaultdict(list)
    for person in persons_of(entities, occurrences, places, {short.key for short in shorts}):
        for key in dict.fromkeys(short_forms_of(person.key)):
            fitting[key].append(person)
    times = Counter(short.key for short in shorts)
    bearers = {}
    for key in times.keys() & fitting.keys():
        persons = sorted(fitting[key], key=lambda person: (-len(person.documents), person.entity))[:_MOST]
        bearers[key] = Bearers(persons, distinct(np.concatenate([each.documents for each in persons])), times[key])
    corpus = Corpus(occurrences, entities, len(sources.day))
    facts: dict[CorpusEntity, Facts] = {}
    of_document: dict[int, list[Words]] = defaultdict(list)
    for short in shorts:
        if short.key in bearers:
            of_document[short.document].append(short.key)
    for short in shorts:
        candidates = [
            person
            for person in (bearers[short.key].persons if short.key in bearers else ())
            if person.key != short.key
            and not other_gender(short.context, person.gender)
            and not lacks_office(short.context, frozenset(person.roles))
        ]
        for person in candidates:
            if person.entity not in facts:
                facts[person.entity] = facts_of(person, sources)
        if candidates:
            beside = [bearers[key] for key in of_document[short.document] if key != short.key]
            strengths = _strengths(short, candidates, bearers[short.key], corpus, sources, facts)
            for person, kinds in zip(candidates, strengths, strict=True):
                kinds["named with another's bearer"] = float(_are_together(person, beside))
            yield Weighed(short, candidates, strengths)


class Facts(NamedTuple):
    """Facts of the articles that name a person: outlets, days in their order, countries that they are about."""

    outlets: frozenset[int]
    days: Ints
    countries: frozenset[int]


def facts_of(person: Person, sources: Sources) -> Facts:
    """Return the facts of the articles that name a person."""
    outlets, days, about = (column[person.documents] for column in (sources.outlet, sources.day, sources.about))
    return Facts(frozenset(outlets.tolist()), np.sort(days[days > 0]), frozenset(about[about >= 0].tolist()))


def _are_among(documents: Ints, of: Documents) -> Ints:
    """Return which of a few documents are among many, both sorted."""
    at = np.searchsorted(of, documents).clip(max=len(of) - 1)
    return of[at] == documents


def _are_together(person: Person, beside: Sequence[Bearers]) -> bool:
    """Return True if an article names a person and a bearer of another open short form, of whom there are few."""
    near = [each for bearers in beside if len(bearers.persons) <= _FEW for each in bearers.persons]
    return any(
        bool(_are_among(*sorted((person.documents, each.documents), key=len)).any())
        for each in near
        if each.entity != person.entity
    )


def _strengths(
    short: Short,
    candidates: Sequence[Person],
    bearers: Bearers,
    corpus: Corpus,
    sources: Sources,
    facts: Mapping[CorpusEntity, Facts],
) -> list[dict[str, float]]:
    """Return the strength of each kind of evidence for each candidate."""
    known = np.array(sorted(corpus.numbers[person.entity] for person in bearers.persons), int)
    others, likeness = corpus.shared(short.document, known)
    here = set(corpus.names(short.document).tolist())
    of_bearers = _are_among(others, bearers.documents)
    day, country = sources.day[short.document], int(sources.about[short.document])
    roles = short.context.role_words
    outlet = int(sources.outlet[short.document])
    owner = ends(person_key(sources.outlets[outlet].split())) if outlet >= 0 else ()
    rows = []
    for person in candidates:
        n, about = len(person.documents), facts[person.entity]
        own = _are_among(others, person.documents)
        nearest, nearest_other = (math.sqrt(likeness[chosen].max(initial=0.0)) for chosen in (own, of_bearers & ~own))
        near = np.searchsorted(about.days, [day - _NEAR, day + _NEAR + 1]) if day > 0 else (0, 0)
        first = corpus.numbers.get(CorpusEntity("PER", person.key[0]))
        is_given = generation(person.key)[0][: len(short.key)] == short.key
        shared_roles = roles & person.roles.keys()
        elsewhere = any(offices(roles & rival.roles.keys()) for rival in bearers.persons if rival != person)
        gender = gender_of(short.context) * person.gender
        strengths = {
            "candidate": 1.0,
            "share of bearers": n / len(bearers.documents),
            "articles": math.log(n),
            "only bearer": len(bearers.persons) == 1,
            "unresolved": math.log((1 + bearers.open) / (1 + n)),
            "nearest story": nearest,
            "nearer than another's": nearest - nearest_other,
            "story and several": nearest * (n > 1),
            "same outlet": outlet in about.outlets,
            "about the same date": near[1] > near[0],
            "same country": country in about.countries,
            "other country": country >= 0 and bool(about.countries) and country not in about.countries,
            "same role": bool(shared_roles),
            "other office": bool(offices(roles)) and not offices(shared_roles),
            "office of another": elsewhere and not offices(shared_roles),
            "same gender": gender > 0,
            "other gender": gender < 0,
            "given name": is_given,
            "called so elsewhere": short.key in person.called,
            "given name and never called so": is_given and short.key not in person.called,
            "first word but no given name": is_given and short.key[0] not in given_names(),
            "common family name": not is_given and short.key[-1] in common_family_names(),
            "outlet of that name": owner == ends(person.key),
            "also a given name": not is_given and short.key[0] in given_names(),
            "given name in the article": not is_given and first in here,
            "words": len(short.key) > 1,
        }
        rows.append({kind: float(strength) for kind, strength in strengths.items()})
    return rows
