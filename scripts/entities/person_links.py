"""Short forms of persons' names that an article leaves open, and the evidence for each person of the corpus they may mean.

Evidence is a kind with a strength; the weights are in workflow/lexicons/name_link_weights.csv (training/name_links.py).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from scripts.entities.bearers import gender_told, lacks_office, offices, other_gender
from scripts.entities.corpus_entities import CorpusEntity, Documents
from scripts.entities.countries_told import Sources
from scripts.entities.knowledge import given_names
from scripts.entities.occurrences import ByForm, Ints, Occurrences
from scripts.entities.person_names import Words, generation, is_family_name, person_key
from scripts.entities.told import NOTHING, Told
from scripts.maths.tuples import distinct

# Days between two articles of about the same date.
_NEAR = 31
# A name that more articles have tells no story.
_COMMON = 50
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
    told: Told


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
        """Return the articles that share rare names with an article, sorted, and the rarity of those that each shares."""
        names = np.setdiff1d(self.names(document), left_out, assume_unique=True)
        rare = names[(self.frequency[names] > 1) & (self.frequency[names] <= _COMMON)].tolist()
        if not rare:
            return np.array([], int), np.array([], float)
        postings = [self.documents(name) for name in rare]
        weights = np.repeat(self.weight[rare], [len(each) for each in postings])
        others, place = np.unique(np.concatenate(postings), return_inverse=True)
        return others, np.bincount(place, weights) / (self.length[document] * self.length[others])


def together(tellings: Sequence[Told]) -> Told:
    """Return what is told beside several mentions of one person: all roles, the gender of most pronouns.

    >>> together([Told("senator", "", "she"), Told("", "she", "he"), Told("", "", "she")])
    Told(roles='senator', title_gender='she', pronoun='she')
    """
    roles = sorted({word for told in tellings for word in told.role_words})
    titles = sorted({told.title_gender for told in tellings} - {""})
    pronouns = Counter(told.pronoun for told in tellings if told.pronoun)
    usual = "she" if pronouns["she"] > pronouns["he"] else "he" if pronouns["he"] > pronouns["she"] else ""
    return Told(" ".join(roles), titles[0] if titles else "", usual)


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
                for told in occurrences.told_of(int(places.order[at])):
                    gender += gender_told(told)
                    for word in told.role_words:
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
            told = occurrences.told_of(int(places.order[at]))
            if not {"he", "she"} <= {each.title_gender for each in told}:
                shorts.append(Short(number, int(places.document[at]), key, together(told) if told else NOTHING))
    return shorts


class Weighed(NamedTuple):
    """The evidence for each candidate of a short form in an article."""

    short: Short
    candidates: list[Person]
    strengths: list[dict[str, float]]


def weighed(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, sources: Sources
) -> Iterator[Weighed]:
    """Yield the open short forms of persons with the candidates that nothing in the article excludes."""
    shorts = shorts_of(entities, occurrences, places)
    persons = persons_of(entities, occurrences, places, {short.key for short in shorts})
    fitting: dict[Words, list[Person]] = defaultdict(list)
    for person in persons:
        for key in dict.fromkeys(short_forms_of(person.key)):
            fitting[key].append(person)
    for key, candidates in fitting.items():
        candidates.sort(key=lambda person: (-len(person.documents), person.entity))
        del candidates[_MOST:]
    corpus = Corpus(occurrences, entities, len(sources.day))
    times = Counter(short.key for short in shorts)
    for short in shorts:
        candidates = [
            person
            for person in fitting[short.key]
            if person.key != short.key
            and not other_gender(short.told, person.gender)
            and not lacks_office(short.told, frozenset(person.roles))
        ]
        if not candidates:
            continue
        yield Weighed(short, candidates, _strengths(short, candidates, fitting[short.key], corpus, sources, times))


def _strengths(
    short: Short,
    candidates: Sequence[Person],
    bearers: Sequence[Person],
    corpus: Corpus,
    sources: Sources,
    times: Mapping[Words, int],
) -> list[dict[str, float]]:
    """Return the strength of each kind of evidence for each candidate; `bearers` are all who bear the name."""
    document = short.document
    all_documents = distinct(np.concatenate([person.documents for person in bearers]))
    known = {corpus.numbers[person.entity] for person in bearers}
    others, common = corpus.shared(document, np.array(sorted(known), int))
    here = set(corpus.names(document).tolist())
    rows = []
    for person in candidates:
        n = len(person.documents)
        stories = common[np.isin(others, person.documents)] if len(others) else common
        rivals = np.setdiff1d(all_documents, person.documents)
        other_stories = common[np.isin(others, rivals)] if len(others) else common
        days = sources.day[person.documents]
        day = sources.day[document]
        is_near = bool(day > 0 and (np.abs(days[days > 0] - day) <= _NEAR).any())
        about = sources.about[person.documents]
        about = about[about >= 0]
        first = CorpusEntity("PER", person.key[0])
        given = generation(person.key)[0][: len(short.key)] == short.key
        role_words = short.told.role_words
        shared_roles = role_words & person.roles.keys()
        gender = gender_told(short.told) * person.gender
        rows.append(
            {
                "candidate": 1.0,
                "share of bearers": n / len(all_documents),
                "articles": math.log(n),
                "only bearer": float(len(bearers) == 1),
                "unresolved": math.log((1 + times[short.key]) / (1 + n)),
                "nearest story": float(np.sqrt(stories.max(initial=0.0))),
                "nearer than another's": float(
                    np.sqrt(stories.max(initial=0.0)) - np.sqrt(other_stories.max(initial=0.0))
                ),
                "story and several": float(np.sqrt(stories.max(initial=0.0))) * (n > 1),
                "same outlet": float(np.isin(sources.outlet[document], sources.outlet[person.documents])),
                "about the same date": float(is_near),
                "same country": float(sources.about[document] >= 0 and (about == sources.about[document]).any()),
                "other country": float(
                    sources.about[document] >= 0 and len(about) > 0 and not (about == sources.about[document]).any()
                ),
                "same role": float(bool(shared_roles)),
                "other office": float(bool(offices(role_words)) and not offices(shared_roles)),
                "office of another": float(
                    any(offices(role_words & other.roles.keys()) for other in bearers if other != person)
                    and not offices(shared_roles)
                ),
                "same gender": float(gender > 0),
                "other gender": float(gender < 0),
                "given name": float(given),
                "called so elsewhere": float(short.key in person.called),
                "given name and never called so": float(given and short.key not in person.called),
                "also a given name": float(short.key[0] in given_names() and not given),
                "given name in the article": float(not given and corpus.numbers.get(first) in here),
                "words": float(len(short.key) > 1),
            }
        )
    return rows
