"""One name for one entity over all documents.

Names in different documents are linked only if the evidence leaves one candidate: the same words except for case,
accents and legal form; of bodies the same letters, with or without "the" (ExxonMobil); a person's name in another
spelling, with or without a middle initial, with the given name or its short form (see same_persons); a short name
(see short_forms for bodies, name_links for persons). A state body with a common name belongs to its country (see
state_bodies). Names and aliases of one row of the user's table of known sources are one entity; the user's own merges
and separations come last and always prevail.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.known_sources import Known
from scripts.entities.corpus_entities import (
    CorpusEntity,
    DocumentNumbers,
    Form,
    agreed,
    entity_of,
    normal,
    one_spelling_each,
)
from scripts.entities.document_countries import Sources, sources_of
from scripts.entities.knowledge import capitals
from scripts.entities.known_names import known_names
from scripts.entities.name_links import decided, is_open, open_entity, open_name
from scripts.entities.occurrences import ByForm, Occurrences, by_form
from scripts.entities.person_links import weighed
from scripts.entities.same_persons import one_name_each
from scripts.entities.short_forms import short_form_links
from scripts.entities.state_bodies import body_of, country_of_body, same_bodies
from scripts.maths.ranking import by_frequency
from scripts.maths.tuples import distinct


class Cells(NamedTuple):
    """Forms with their kind (PER, LOC, ...) and name over all documents; a form with different names is repeated.

    `times` is the number of mentions of each cell.
    """

    forms: list[Form]
    kinds: list[str]
    names: list[str]
    times: Ints


class NameLink(NamedTuple):
    """A short form in an article (by number) and a person of the corpus it may mean: a row of table name_links."""

    document: int
    name: str
    shown: str
    candidate: str
    probability: float
    evidence: str
    linked: bool


class Linked(NamedTuple):
    """Forms with kinds and names over all documents, the cell of each occurrence, and the links of persons' names."""

    cells: Cells
    of_occurrence: Ints
    name_links: list[NameLink]


def _kinds_of_names(entities: Sequence[CorpusEntity], times: Sequence[int]) -> dict[str, str]:
    """Return the most frequent kind of each name of several words that occurs with more than one kind."""
    first: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {
        entity.name: Counter()
        for entity in entities
        if " " in entity.name and first.setdefault(entity.name, entity.kind) != entity.kind
    }
    for entity, n in zip(entities, times, strict=True):
        if entity.name in counts:
            counts[entity.name][entity.kind] += n
    return {name: by_frequency(votes)[0] for name, votes in counts.items()}


def _kinds_of_words(entities: Sequence[CorpusEntity], occurrences: Occurrences) -> dict[str, str]:
    """Return the kind that nearly all documents mean by a one-word text (in normal form) that has several kinds."""
    texts = [normal(form.text) for form in occurrences.forms]
    first: dict[str, str] = {}
    several = [
        word
        for text, entity in zip(texts, entities, strict=True)
        for word in (text, entity.name)
        if " " not in word and first.setdefault(word, entity.kind) != entity.kind
    ]
    words = {word: at for at, word in enumerate(dict.fromkeys(several))}
    kinds = sorted({entity.kind for entity in entities}, reverse=True)
    words_of_forms = np.array([words.get(text, -1) for text in texts], int)
    kinds_of_forms = np.array([kinds.index(entity.kind) for entity in entities], int)
    chosen = (words_of_forms >= 0)[occurrences.form]
    form, document = occurrences.form[chosen], occurrences.document[chosen]
    word, kind, n = words_of_forms[form], kinds_of_forms[form], 1 + int(occurrences.document.max(initial=0))
    total = np.bincount(distinct(word * n + document) // n, minlength=len(words))
    by_kind = distinct((word * len(kinds) + kind) * n + document) // n
    counts = np.bincount(by_kind, minlength=len(words) * len(kinds)).reshape(len(words), len(kinds))
    if not words:
        return {}
    # On a tie the last kind in the alphabet wins: it comes first here.
    best = zip(words, counts.argmax(axis=1).tolist(), counts.max(axis=1).tolist(), total.tolist(), strict=True)
    return {name: kinds[at] for name, at, most, documents in best if agreed(most, documents)}


def _state_bodies(
    entities: Sequence[CorpusEntity], places: ByForm, sources: Sources, doc_ids: pa.ChunkedArray
) -> Iterator[tuple[int, CorpusEntity, DocumentNumbers]]:
    """Yield (form, entity, documents) of state bodies, one entity per country, or per document if no country is known.

    In a document that points to no country at all, a body belongs to the only country that has such a body in the
    corpus, if there is just one.
    """
    bodies: list[tuple[int, CorpusEntity, str, int]] = []
    countries: dict[str, set[str]] = defaultdict(set)
    for number, entity in enumerate(entities):
        body = body_of(entity.name) if entity.kind == "ORG" else None
        if body is None:
            continue
        for document in places.documents(number).tolist():
            source = sources.of(document)
            country = country_of_body(body, source)
            is_silent = not country and not source.home and not source.country()
            bodies.append((number, CorpusEntity(entity.kind, body.name), country or "?" * is_silent, document))
            countries[body.name] |= {country} - {""}
    of: dict[tuple[int, CorpusEntity], list[int]] = defaultdict(list)
    for number, entity, country, document in bodies:
        if country == "?":
            country = min(countries[entity.name]) if len(countries[entity.name]) == 1 else ""
        of[number, entity._replace(of=country or doc_ids[document].as_py())].append(document)
    for (number, entity), documents in of.items():
        yield number, entity, np.array(documents)


def _preferred(names: Counter[str]) -> str:
    """Return the most frequent form of a name, the first alphabetically on a tie; one in capitals is a last resort."""
    return min(names, key=lambda name: (name.isupper() and len(name) > 5, -names[name], name))


def _corpus_names(
    forms: Sequence[Form], entities: Sequence[CorpusEntity], times: Sequence[int]
) -> dict[CorpusEntity, str]:
    """Return the name over all documents of each entity that is not open, as mentions by its own name write it.

    `times` is the number of mentions of each form and its entity. Bodies of several states get different names:
    Supreme Court of India, Supreme Court (Kenya). An entity that is never mentioned by its own name is called by its
    other forms: the user's table may map Chris Dodd to Christopher Dodd until 2010, which leaves a later Chris J. Dodd.
    """
    numbers: dict[CorpusEntity, int] = {}
    of_entity, rows = [], []
    for row, (form, entity, n) in enumerate(zip(forms, entities, times, strict=True)):
        if n and not is_open(entity) and (entity.of or normal(form.entity) == entity.name):
            of_entity.append(numbers.setdefault(entity, len(numbers)))
            rows.append(row)
    order = np.argsort(np.array(of_entity, int), kind="stable")
    ends = np.cumsum(np.bincount(np.array(of_entity, int), minlength=len(numbers))).tolist()
    rows = np.array(rows, int)[order].tolist()
    states = Counter((entity.kind, entity.name) for entity in numbers if entity.of)
    names = {}
    for entity, start, end in zip(numbers, [0, *ends], ends, strict=False):
        written: Counter[str] = Counter()
        for row in rows[start:end]:
            written[forms[row].entity] += times[row]
        if states[entity.kind, entity.name] < 2:
            names[entity] = _preferred(written)
        else:
            bodies = {form: body_of(normal(form)) for form in written}
            full = Counter({form: written[form] for form, body in bodies.items() if body and body.country})
            names[entity] = _preferred(full) if full else f"{_preferred(written)} ({entity.of})"
    others: dict[CorpusEntity, Counter[str]] = defaultdict(Counter)
    for form, entity, n in zip(forms, entities, times, strict=True):
        if entity not in names and not is_open(entity):
            others[entity][form.entity] += n
    return names | {entity: _preferred(written) for entity, written in others.items()}


def _decided(
    form: Form, name: str, own: Mapping[str, str], separate: set[frozenset[str]], countries: Mapping[str, str]
) -> str:
    """Return the name of a form under the user's settings: merged, kept apart, or a capital as its country."""
    for alias in (form.text, form.entity):
        if normal(alias) != normal(name) and frozenset((normal(alias), normal(name))) in separate:
            return own.get(normal(alias), alias)
    name = countries.get(name, name)
    return own.get(normal(form.text), own.get(normal(name), name))


def links(
    occurrences: Occurrences,
    documents: pa.Table,
    *,
    known: Sequence[Known] = (),
    merge: Mapping[str, Sequence[str]] | None = None,
    apart: Sequence[Sequence[str]] = (),
    metonyms: bool = False,
) -> Linked:
    """Return the names over all documents of the forms in each document, and the persons that short forms may mean.

    `documents` has the doc_id, outlet and date of every document. `known` are the rows of the user's table of known
    sources, whose aliases stand for the name; `merge` maps the name of an entity to its other names; `apart` lists
    pairs of names that are never merged; `metonyms` is True if capitals count as their countries.
    """
    places = by_form(occurrences)
    times = occurrences.times[places.order]
    entities = [entity_of(form) for form in occurrences.forms]
    n_of_forms = np.bincount(occurrences.form, occurrences.times, len(entities)).astype(int)
    kinds = _kinds_of_names(entities, n_of_forms.tolist())
    kinds |= _kinds_of_words(entities, occurrences)
    entities = [entity._replace(kind=kinds[entity.name]) if entity.name in kinds else entity for entity in entities]
    for same in (one_spelling_each, same_bodies):
        bodies: Counter[str] = Counter()
        for entity, n in zip(entities, n_of_forms.tolist(), strict=True):
            if entity.kind == "ORG":
                bodies[entity.name] += n
        usual = {CorpusEntity("ORG", name): CorpusEntity("ORG", each) for name, each in same(bodies).items()}
        entities = [usual.get(entity, entity) for entity in entities]
    sources = sources_of(occurrences, documents)
    entities = one_name_each(entities, occurrences, places, sources)
    dates = documents["date"].fill_null("").to_pylist()
    by_user = known_names(occurrences.forms, entities, places, dates, known)
    entities = [by_user.always.get(number, entity) for number, entity in enumerate(entities)]
    # First the cells of forms with their usual entity, then those of forms that mean another entity in some documents.
    of_form, forms = list(range(len(entities))), occurrences.forms
    cell = occurrences.form[places.order]
    special = [*_state_bodies(entities, places, sources, documents["doc_id"])]
    n_bodies = len(special)
    special += [each for each in short_form_links(forms, entities, places, sources) if not body_of(each[1].name)]
    special += by_user.at_times
    for number, (form, entity, where) in enumerate(special):
        at = places.places(form, where)
        cell[at[(number < n_bodies) | (cell[at] == form)]] = len(entities)
        of_form.append(form)
        entities.append(entity)
    decisions = [
        (decision, candidates, row)
        for decision, candidates in decided(weighed(entities[: len(forms)], occurrences, places, sources))
        for row in places.places(decision.short.form, np.array([decision.short.document])).tolist()
        if cell[row] == decision.short.form
    ]
    cells_of_persons: dict[tuple[int, CorpusEntity], int] = {}
    for decision, _, row in decisions:
        form = decision.short.form
        entity = decision.persons[0].entity if decision.linked else open_entity(entities[form], decision.persons)
        place = cells_of_persons.setdefault((form, entity), len(entities))
        if place == len(entities):
            of_form.append(form)
            entities.append(entity)
        cell[row] = place
    cells = [forms[form] for form in of_form]
    n = np.bincount(cell, times, len(cells)).astype(int)
    names = _corpus_names(cells, entities, n.tolist()) | by_user.written
    for decision, _, _ in decisions:
        if not decision.linked:
            short = decision.short.form
            persons = [names[person.entity] for person in decision.persons]
            names[open_entity(entities[short], decision.persons)] = open_name(forms[short].entity, persons)
    own = {normal(alias): name for name, aliases in (merge or {}).items() for alias in (name, *aliases)}
    separate = {frozenset(map(normal, pair)) for pair in apart}
    metonymic = capitals() if metonyms else {}
    called = [
        _decided(form, names[entity], own, separate, metonymic if entity.kind == "LOC" else {})
        for form, entity in zip(cells, entities, strict=True)
    ]
    rows = [
        NameLink(
            link.short.document,
            forms[link.short.form].entity,
            called[cell[row]],
            names[link.person.entity],
            link.probability,
            link.evidence,
            called[cell[row]] == names[link.person.entity],
        )
        for _, candidates, row in decisions
        for link in candidates
    ]
    of_occurrence = np.empty(len(cell), np.int32)
    of_occurrence[places.order] = cell
    linked_cells = Cells(cells, [entity.kind for entity in entities], called, n)
    rows.sort(key=lambda row: (row.document, row.name, -row.probability, row.candidate))
    return Linked(linked_cells, of_occurrence, rows)
