"""One name for one entity over all documents.

The names of documents are linked only where the evidence leaves one candidate: the same words but for case, accents and
legal form; a name with and without a middle initial; a short name (see short_forms). A body of the state with a common
name is its country's (see state_bodies). The user's own merges and separations come last and always hold.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from scripts.core.encoded import numbers
from scripts.entities.corpus_entities import CorpusEntity, Documents, Form, agreed, entity_of, normal
from scripts.entities.countries_told import Source, sources_of
from scripts.entities.knowledge import capitals
from scripts.entities.short_forms import short_form_links
from scripts.entities.state_bodies import body_of, country_of_body


def _kinds(forms: Counter[Form], documents_of: Mapping[Form, Documents]) -> dict[str, str]:
    """Return the kind of each name that is one entity under all its labels.

    A name of several words has the kind of most of its mentions. A single word can be the name of several entities
    (Ford, Paris), and is one only if nearly all documents agree.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    documents_by_kind: dict[str, dict[str, Documents]] = defaultdict(lambda: defaultdict(set))
    for form, times in forms.items():
        (kind, name, _), text = entity_of(form), normal(form.text)
        if " " in name:
            counts[name][kind] += times
        if " " not in text:
            documents_by_kind[text][kind] |= documents_of[form]
    kinds = {name: min(votes, key=lambda kind: (-votes[kind], kind)) for name, votes in counts.items()}
    for word, votes in documents_by_kind.items():
        best = max(votes, key=lambda kind: (len(votes[kind]), kind))
        if agreed(len(votes[best]), len(set().union(*votes.values()))):
            kinds[word] = best
    return kinds


def _middle_initials(documents: Mapping[CorpusEntity, Documents]) -> dict[CorpusEntity, CorpusEntity]:
    """Return the links of names with and without middle initials, the rarer to the commoner: Donald J. Trump.

    Two names with different initials leave the plain name to neither.
    """
    spelled: dict[CorpusEntity, list[CorpusEntity]] = defaultdict(list)
    for entity in documents:
        first, *middle, last = entity.name.split() if " " in entity.name else ("", "")
        if entity.kind == "PER" and middle and all(len(word) == 1 for word in middle):
            spelled[CorpusEntity("PER", f"{first} {last}")].append(entity)
    links = {}
    for plain, (full, *others) in spelled.items():
        if plain in documents and not others:
            rarer, commoner = sorted((plain, full), key=lambda entity: (len(documents[entity]), entity))
            links[rarer] = commoner
    return links


def _state_bodies(
    entities: Mapping[Form, CorpusEntity], documents_of: Mapping[Form, Documents], sources: Sequence[Source]
) -> dict[tuple[Form, int], CorpusEntity]:
    """Return the bodies of states by (form, document), each its country's, or its document's if none is told."""
    bodies = {}
    for form, entity in entities.items():
        body = body_of(entity.name)
        if entity.kind != "ORG" or not body:
            continue
        for number in documents_of[form]:
            of = country_of_body(body, sources[number]) or sources[number].doc_id
            bodies[form, number] = CorpusEntity(entity.kind, body.name, of)
    return bodies


def _preferred(names: Counter[str]) -> str:
    """Return the most frequent form of a name, in capitals only if there is no other; the first in order of equals."""
    return min(names, key=lambda name: (name.isupper() and len(name) > 5, -names[name], name))


def _corpus_names(written: Mapping[CorpusEntity, Counter[str]]) -> dict[CorpusEntity, str]:
    """Return the name over all documents of each entity, from its forms with their frequencies.

    Bodies of several states get different names: Supreme Court of India, Supreme Court (Kenya).
    """
    states = Counter((entity.kind, entity.name) for entity in written if entity.of)
    names = {}
    for entity, forms in written.items():
        full = Counter({form: n for form, n in forms.items() if normal(form) != entity.name})
        if states[entity.kind, entity.name] < 2:
            names[entity] = _preferred(forms)
        else:
            names[entity] = _preferred(full) if full else f"{_preferred(forms)} ({entity.of})"
    return names


def _decided(
    form: Form, name: str, own: Mapping[str, str], separate: set[frozenset[str]], countries: Mapping[str, str]
) -> str:
    """Return the name of a form after the user's settings: merged, kept apart, a capital as its country."""
    for alias in (form.text, form.entity):
        if frozenset((normal(alias), normal(name))) in separate and normal(alias) != normal(name):
            return own.get(normal(alias), alias)
    name = countries.get(name, name)
    return own.get(normal(form.text), own.get(normal(name), name))


def links(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    merge: Mapping[str, Sequence[str]] | None = None,
    apart: Sequence[Sequence[str]] = (),
    metonyms: bool = False,
) -> tuple["pd.Categorical[str]", "pd.Categorical[str]"]:
    """Return kind (PER, LOC, ...) and name over all documents of each mention: doc_id, text, label, entity.

    `documents` has the doc_id, outlet and date of every document. `merge` names entities with their other names, {name:
    [others]}; `apart` lists pairs of names that are never merged; `metonyms` counts capitals as their countries.
    """
    number = mentions.groupby([*Form._fields], sort=False, observed=True).ngroup().to_numpy()
    document = numbers(mentions["doc_id"], pd.Index(documents["doc_id"].astype(str)))
    distinct = mentions.loc[~mentions.duplicated([*Form._fields]), [*Form._fields]]
    forms = [Form(*values) for values in distinct.itertuples(index=False, name=None)]
    times = Counter(dict(zip(forms, np.bincount(number).tolist(), strict=True)))
    # The places of mentions: each form in each document, as one number.
    place = number * len(documents) + document
    of_form, in_document = np.divmod(np.unique(place), max(1, len(documents)))
    parts = np.split(in_document, np.searchsorted(of_form, np.arange(1, len(forms))))
    documents_of: dict[Form, Documents] = {form: set(part.tolist()) for form, part in zip(forms, parts, strict=False)}
    kinds = _kinds(times, documents_of)
    entities = {form: entity_of(form) for form in forms}
    entities = {form: entity._replace(kind=kinds.get(entity.name, entity.kind)) for form, entity in entities.items()}
    documents_of_entities: dict[CorpusEntity, Documents] = defaultdict(set)
    for form, entity in entities.items():
        documents_of_entities[entity] |= documents_of[form]
    same = _middle_initials(documents_of_entities)
    entities = {form: same.get(entity, entity) for form, entity in entities.items()}
    sources = sources_of(mentions, documents)
    special = _state_bodies(entities, documents_of, sources)
    special |= {
        place: entity
        for place, entity in short_form_links(entities, documents_of, sources).items()
        if place not in special and not body_of(entity.name)
    }
    # A cell is a form with its entity: first each form with its usual one, then those of single documents.
    cells = [(form, entities[form]) for form in forms]
    form_numbers = {form: at for at, form in enumerate(forms)}
    cells += [(form, entity) for (form, _), entity in special.items()]
    special_places = np.array([form_numbers[form] * len(documents) + at for form, at in special], int)
    order = np.argsort(special_places)
    nearest = np.searchsorted(special_places[order], place).clip(max=max(0, len(order) - 1))
    is_special = special_places[order][nearest] == place if len(order) else np.zeros(len(place), bool)
    cell = number.copy()
    cell[is_special] = len(forms) + order[nearest[is_special]]
    written: dict[CorpusEntity, Counter[str]] = defaultdict(Counter)
    for (form, entity), n in zip(cells, np.bincount(cell, minlength=len(cells)).tolist(), strict=True):
        if n and (entity.of or normal(form.entity) == entity.name):
            written[entity][form.entity] += n
    corpus_names = _corpus_names(written)
    own = {normal(alias): name for name, aliases in (merge or {}).items() for alias in (name, *aliases)}
    separate = {frozenset(map(normal, pair)) for pair in apart}
    metonymic = capitals() if metonyms else {}
    names = [
        _decided(form, corpus_names[entity], own, separate, metonymic if entity.kind == "LOC" else {})
        if entity in corpus_names
        else ""
        for form, entity in cells
    ]
    kinds_of_cells, names_of_cells = pd.Categorical([entity.kind for _, entity in cells]), pd.Categorical(names)
    return kinds_of_cells.take(cell), names_of_cells.take(cell)
