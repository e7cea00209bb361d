"""One name for one thing across documents.

A document's name is linked to another document's only where the evidence leaves one candidate: the same words but for
case, accents and legal form; a short name (a surname, an acronym) that the documents which spell it out all resolve to
the same name (four in five of them, if it is that of somebody who is named in many); a name with and without a middle
initial. The user's own merges and separations come last and always hold.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.entities.kinds import fold
from scripts.entities.knowledge import capitals
from scripts.entities.names import acronyms, bare_name

Thing = tuple[str, str]  # kind (PER, LOC, ...) and normal form of a name


class Form(NamedTuple):
    """What the mentions of a thing share in a document, or in several: they are looked at together."""

    label: str
    text: str
    entity: str


@cache
def normal(name: str) -> str:
    """A name without case, accents, full stops, commas and legal form: the same for all ways in which it is written."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in ".,")
    return " ".join(bare_name(tuple(plain.replace("-", " ").split())))


def _thing(form: Form) -> Thing:
    return fold(form.label), normal(form.entity)


def _kinds(forms: Counter[Form], places: Mapping[Form, set[int]]) -> dict[str, str]:
    """The kind of the names that are one thing under all their labels.

    A name of several words is what most of its mentions say. A single word can be the name of several things (Ford,
    Paris), and is one only if nearly all documents agree: then it is the label of the others that is wrong.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    said: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for form, times in forms.items():
        (kind, name), text = _thing(form), normal(form.text)
        if " " in name:
            counts[name][kind] += times
        if " " not in text:
            said[text][kind] |= places[form]
    found = {name: min(kinds, key=lambda kind: (-kinds[kind], kind)) for name, kinds in counts.items()}
    for word, documents in said.items():
        best = max(documents, key=lambda kind: (len(documents[kind]), kind))
        if _agreed(len(documents[best]), len(set().union(*documents.values()))):
            found[word] = best
    return found


# In how many documents at least, and in what share of those that tell, a word has to mean one thing.
_SEVERAL, _MOST = 5, 0.8


def _agreed(held: int, told: int) -> bool:
    """Whether `held` documents of the `told` are enough to decide for the others."""
    return held >= max(_SEVERAL, _MOST * told)


def _middle_names(documents: Mapping[Thing, set[int]]) -> dict[Thing, Thing]:
    """Donald J. Trump and Donald Trump: the rarer leads to the commoner, if no other middle name goes with the two.

    A middle name that is no initial may be another person's: the documents that have it must be no fewer.
    """
    spelled: dict[Thing, list[Thing]] = defaultdict(list)
    for kind, name in documents:
        words = name.split()
        if kind == "PER" and len(words) > 2:
            spelled[kind, f"{words[0]} {words[-1]}"].append((kind, name))
    found = {}
    for plain, (full, *others) in spelled.items():
        rarer, commoner = sorted((plain, full), key=lambda thing: (len(documents.get(thing, ())), thing))
        initials = all(len(word) == 1 for word in full[1].split()[1:-1])
        if plain in documents and not others and (initials or rarer == plain):
            found[rarer] = commoner
    return found


def _short_forms(things: Mapping[Form, Thing], places: Mapping[Form, set[int]]) -> dict[Thing, Thing]:
    """What a short name stands for that its own document does not spell out, where the others leave one answer.

    The documents that spell it out must be no fewer than those that do not: an agency's initials are not those of the
    one body that a single article writes in full. A person whom several documents introduce is too well known for the
    others to do so, and keeps the surname if a fifth of the documents at most give it to somebody else. `places` are
    the documents that have each form.
    """
    documents: dict[Thing, set[int]] = defaultdict(set)
    for form, thing in things.items():
        documents[thing] |= places[form]
    same = _middle_names(documents)
    meant: dict[Thing, dict[Thing, set[int]]] = defaultdict(lambda: defaultdict(set))
    for form, (kind, name) in things.items():
        text, target = normal(form.text), same.get((kind, name), (kind, name))
        if text != name and len(text.split()) < len(name.split()):
            meant[kind, text][target] |= places[form]
        if kind == "ORG":
            for letters in acronyms(name.split()):
                meant[kind, letters.casefold()][target] |= places[form]
    short = {}
    for thing, targets in meant.items():
        best = max(targets, key=lambda target: (len(targets[target]), target))
        held, all_of_them = len(targets[best]), sum(map(len, targets.values()))
        single = len(targets) == 1 and len(documents[thing]) <= len(documents[best])
        known = thing[0] == "PER" and _agreed(held, all_of_them)
        if thing != best and (single or known):
            short[thing] = best
    return short | same


def _end(short: Mapping[Thing, Thing], thing: Thing) -> Thing:
    """What a name stands for in the end; a step leads to more words, or to the commoner of two full names."""
    while thing in short:
        thing = short[thing]
    return thing


def _preferred(names: Counter[str]) -> str:
    """The most frequent way to write a name, in capitals only if there is no other; the first in order of equals."""
    return min(names, key=lambda name: (name.isupper() and len(name) > 5, -names[name], name))


def links(
    mentions: pd.DataFrame,
    *,
    merge: Mapping[str, Sequence[str]] | None = None,
    apart: Sequence[Sequence[str]] = (),
    metonyms: bool = False,
) -> tuple["pd.Categorical[str]", "pd.Categorical[str]"]:
    """Kind (PER, LOC, ...) and name over all documents of each mention, a row with doc_id, text, label and entity.

    `merge` names things with their other names, {name: [others]}; `apart` lists pairs of names that are never merged;
    `metonyms` counts capitals as their countries.
    """
    number = mentions.groupby([*Form._fields], sort=False, observed=True).ngroup().to_numpy()
    distinct = mentions.loc[~mentions.duplicated([*Form._fields]), [*Form._fields]]
    forms = [Form(*values) for values in distinct.itertuples(index=False, name=None)]
    times = Counter(dict(zip(forms, np.bincount(number).tolist(), strict=True)))
    places: dict[Form, set[int]] = {form: set() for form in forms}
    of_number = list(places.values())
    for at, document in zip(number.tolist(), pd.factorize(mentions["doc_id"])[0].tolist(), strict=True):
        of_number[at].add(document)
    kinds = _kinds(times, places)
    things = {form: (kinds.get(name, kind), name) for form in times for kind, name in [_thing(form)]}
    short = _short_forms(things, places)
    things = {form: _end(short, thing) for form, thing in things.items()}
    written: dict[Thing, Counter[str]] = defaultdict(Counter)
    for form, thing in things.items():
        if normal(form.entity) == thing[1]:
            written[thing][form.entity] += times[form]
    preferred = {thing: _preferred(names) for thing, names in written.items()}
    own = {normal(other): name for name, others in (merge or {}).items() for other in (name, *others)}
    separate = {frozenset(map(normal, pair)) for pair in apart}
    names = {
        form: _decided(form, preferred[thing], own, separate, capitals() if metonyms and thing[0] == "LOC" else {})
        for form, thing in things.items()
    }
    kind, name = pd.Categorical([things[form][0] for form in forms]), pd.Categorical([names[form] for form in forms])
    return kind.take(number), name.take(number)


def _decided(
    form: Form, name: str, own: Mapping[str, str], separate: set[frozenset[str]], countries: Mapping[str, str]
) -> str:
    for other in (form.text, form.entity):
        if frozenset((normal(other), normal(name))) in separate and normal(other) != normal(name):
            return own.get(normal(other), other)
    name = countries.get(name, name)
    return own.get(normal(form.text), own.get(normal(name), name))
