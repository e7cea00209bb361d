"""Short names of bodies and places (acronyms) that a document does not spell out, linked to their meaning elsewhere.

A link needs one candidate and independent evidence for it: a document of the same outlet, or two about the same country
from different outlets or of about the same date. Short names of persons are weighed in another way (name_links).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from scripts.entities.corpus_entities import CorpusEntity, DocumentNumbers, Form, normal
from scripts.entities.document_countries import Sources
from scripts.entities.knowledge import country_names
from scripts.entities.name_words import may_be_acronym
from scripts.entities.names import acronyms
from scripts.entities.occurrences import ByForm
from scripts.maths.tuples import distinct

# Most days between two documents of about the same date.
_NEAR = 31


def is_acronym(text: str, name: str) -> bool:
    """Return True if the text consists of the initials of the name's words, in order and with capitals.

    >>> is_acronym("BoG", "bank of ghana"), is_acronym("bog", "bank of ghana"), is_acronym("GB", "bank of ghana")
    (True, False, False)
    """
    letters = text.replace(".", "")
    return may_be_acronym(letters) and letters.upper() in acronyms(name.split())


def _stands_for(form: Form, text: str, entity: CorpusEntity) -> bool:
    """Return True if the text of a form is short for its entity: the first words or acronym, or a country's alias."""
    words = entity.name.split()
    if len(text.split()) >= len(words):
        return False
    if entity.kind == "ORG":
        return is_acronym(form.text, entity.name) or entity.name.startswith(f"{text} ")
    return entity.kind == "LOC" and form.text in country_names()


def _union(parts: Iterable[DocumentNumbers]) -> DocumentNumbers:
    return distinct(np.concatenate([np.array([], np.int32), *parts]))


def _meaning(
    candidates: Mapping[CorpusEntity, DocumentNumbers], persons: Iterable[DocumentNumbers], unresolved: int
) -> tuple[CorpusEntity, DocumentNumbers] | None:
    """Return the entity that a short form stands for and the documents in which it does, None if this is unclear.

    `candidates` has the documents in which it stands for each longer name, `persons` the documents of each person who
    has it as first or last name. There must be only one candidate and no person, and at least as many documents that
    spell the short form out as `unresolved` ones that do not.
    """
    best = max(candidates, key=lambda target: (len(candidates[target]), target))
    support = candidates[best]
    rivals = [documents for entity, documents in candidates.items() if entity != best]
    if len(_union([*rivals, *persons])) or unresolved > len(support):
        return None
    return best, support


def _supported(documents: DocumentNumbers, support: DocumentNumbers, sources: Sources) -> DocumentNumbers:
    """Return the `documents` in which a short form is resolved by `support`, the documents that spell it out.

    One document of the same outlet is enough. Otherwise it takes two that are not about another country and come from
    different outlets (a document without an outlet counts as its own) or have about the document's date.
    """
    outlets = distinct(sources.outlet[support])
    days, day = np.sort(sources.day[support]), sources.day[documents]
    near = np.searchsorted(days, day + _NEAR, "right") - np.searchsorted(days, day - _NEAR, "left")
    is_independent = (len(outlets) > 1) | ((day > 0) & (near > 1))
    countries = distinct(sources.about[support])
    countries = countries[countries >= 0]
    about = sources.about[documents]
    shared = np.isin(about, countries) | (about < 0) | (len(countries) == 0)
    is_near = np.isin(sources.outlet[documents], outlets[outlets >= 0])
    return documents[is_near | ((len(support) > 1) & is_independent & shared)]


def short_form_links(
    forms: Sequence[Form], entities: Sequence[CorpusEntity], places: ByForm, sources: Sources
) -> Iterator[tuple[int, CorpusEntity, DocumentNumbers]]:
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
        meaning = _meaning(of_candidates, of_bearers.values(), len(places.documents(*numbers)))
        if not meaning:
            continue
        # A document that also names a person by this word in full has more than one candidate itself.
        full = _union(of_bearers.values())
        entity, support = meaning
        for number in numbers:
            text = forms[number].text
            # An acronym has capitals.
            if entity.kind != "ORG" or entity.name.startswith(normal(text)) or is_acronym(text, entity.name):
                documents = np.setdiff1d(places.documents(number), full, assume_unique=True)
                yield number, entity, _supported(documents, support, sources)
