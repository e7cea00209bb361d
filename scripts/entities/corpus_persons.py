"""Persons of the corpus with a full name, the facts that articles give of them, and the short forms left open."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from scripts.entities.bearers import gender_of
from scripts.entities.corpus_entities import CorpusEntity, DocumentNumbers
from scripts.entities.knowledge import given_names
from scripts.entities.mention_context import NO_CONTEXT, Context
from scripts.entities.occurrences import ByForm, Occurrences
from scripts.entities.person_names import Words, generation, is_family_first, is_family_name, person_key
from scripts.entities.person_variants import without_title


class Person(NamedTuple):
    """A person of the corpus: words of the name, articles that have it in full, evidence of gender (as in `Bearer`).

    `roles` counts the articles that give each role, `called` the articles that also use each short form of the name;
    `family_first` is True if the name begins with the family name.
    """

    key: Words
    entity: CorpusEntity
    documents: DocumentNumbers
    roles: Counter[str]
    gender: int
    called: Mapping[Words, int]
    family_first: bool


class Short(NamedTuple):
    """A short form in an article: number of its form, document, words, and the joint context of its mentions there."""

    form: int
    document: int
    key: Words
    context: Context


def key_of(entity: CorpusEntity) -> Words:
    """Return the words of a person's name over all documents (see `person_key`)."""
    return person_key(without_title(entity.name).split())


def _joint_context(contexts: Sequence[Context]) -> Context:
    """Return the joint context of several mentions of one person: all roles, the title's gender, the usual pronoun.

    >>> _joint_context([Context("senator", "", "she"), Context("", "she", "he"), Context("", "", "she")])
    Context(roles='senator', title_gender='she', pronoun='she')
    """
    roles = sorted({word for context in contexts for word in context.role_words})
    title = max(context.title_gender for context in contexts)
    pronouns = Counter(context.pronoun for context in contexts if context.pronoun)
    usual = "she" if pronouns["she"] > pronouns["he"] else "he" if pronouns["he"] > pronouns["she"] else ""
    return Context(" ".join(roles), title, usual)


def full_names_of(entities: Sequence[CorpusEntity]) -> dict[CorpusEntity, list[int]]:
    """Return the numbers of the forms of each person with a full name, sorted by name."""
    forms: dict[CorpusEntity, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        if entity.kind == "PER" and " " in without_title(entity.name):
            forms[entity].append(number)
    return {entity: forms[entity] for entity in sorted(forms)}


def _begins_with_family(key: Words, names: Iterable[str], called: Iterable[Words]) -> bool:
    """Return True if a person's name is written in the East Asian order, or articles use its first word alone."""
    return any(map(is_family_first, names)) or (
        key[:1] in called and key[-1:] not in called and key[0] not in given_names()
    )


def persons_of(
    entities: Sequence[CorpusEntity], occurrences: Occurrences, places: ByForm, keys: set[Words]
) -> list[Person]:
    """Return the persons with a full name that one of the short forms `keys` may mean, sorted by name."""
    persons = []
    for entity, numbers in full_names_of(entities).items():
        key = key_of(entity)
        if keys.isdisjoint(short_forms_of(key)) or key in keys:
            continue
        roles: dict[str, set[int]] = defaultdict(set)
        called: dict[Words, list[int]] = defaultdict(list)
        gender = 0
        for number in numbers:
            text = person_key(occurrences.forms[number].text.replace("-", " ").split())
            if text != key:
                called[text].append(number)
            if len(text) == 1:
                continue  # the context of a bare surname may describe somebody else
            for at in range(places.bounds[number], places.bounds[number + 1]):
                for context in occurrences.contexts_of(int(places.order[at])):
                    gender += gender_of(context)
                    for word in context.role_words:
                        roles[word].add(int(places.document[at]))
        times = {text: len(places.documents(*of_text)) for text, of_text in called.items()}
        first = _begins_with_family(key, (occurrences.forms[number].entity for number in numbers), times)
        counts = Counter({word: len(documents) for word, documents in roles.items()})
        persons.append(Person(key, entity, places.documents(*numbers), counts, gender, times, first))
    families = {person.key[0] for person in persons if person.family_first} - given_names()
    return [person._replace(family_first=person.family_first or person.key[0] in families) for person in persons]


def short_forms_of(key: Words) -> Iterator[Words]:
    """Yield the short forms of a full name: its last words, without and with the generation, and its first word.

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
    """Return the persons' names in each document that may be short for others, with the gender and roles given there.

    A name that two persons share in a document (Mr. and Mrs. Clinton) is left out, and so is a name of several words
    that is not a family name by itself (`is_family_name`).
    """
    longer: dict[Words, list[Words]] = defaultdict(list)
    for key in {key_of(entity) for entity in full_names_of(entities)}:
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
                    Short(number, int(places.document[at]), key, _joint_context(contexts) if contexts else NO_CONTEXT)
                )
    return shorts
