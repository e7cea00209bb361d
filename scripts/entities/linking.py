"""One name for one thing across documents.

A document's name is linked to another document's only where the evidence leaves one candidate: the same words but for
case, accents and legal form; a short name (a surname, an acronym) that the documents which spell it out all resolve to
the same name (four in five of them, if it is that of somebody who is named in many); a name with and without a middle
initial. The user's own merges and separations come last and always hold.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from scripts.entities.evidence import fold
from scripts.entities.knowledge import capitals
from scripts.entities.names import acronyms, bare_name

Row = Mapping[str, str]
Thing = tuple[str, str]  # kind (PER, LOC, ...) and normal form of a name


@cache
def normal(name: str) -> str:
    """A name without case, accents, full stops, commas and legal form: the same for all ways in which it is written."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in ".,")
    return " ".join(bare_name(tuple(plain.replace("-", " ").split())))


def _thing(row: Row) -> Thing:
    return fold(row["label"]), normal(row["entity"])


def _kinds(rows: Iterable[Row]) -> dict[str, str]:
    """The kind that most mentions of a name of several words have: such a name is one thing under all its labels."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        kind, name = _thing(row)
        if " " in name:
            counts[name][kind] += 1
    return {name: min(kinds, key=lambda kind: (-kinds[kind], kind)) for name, kinds in counts.items()}


def _middle_names(documents: Mapping[Thing, set[str]]) -> dict[Thing, Thing]:
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


def _short_forms(things: Sequence[Thing], rows: Sequence[Row]) -> dict[Thing, Thing]:
    """What a short name stands for that its own document does not spell out, where the others leave one answer.

    The documents that spell it out must be no fewer than those that do not: an agency's initials are not those of the
    one body that a single article writes in full. A person whom several documents introduce is too well known for the
    others to do so, and keeps the surname if a fifth of the documents at most give it to somebody else.
    """
    documents: dict[Thing, set[str]] = defaultdict(set)
    for thing, row in zip(things, rows, strict=True):
        documents[thing].add(row["doc_id"])
    same = _middle_names(documents)
    meant: dict[Thing, dict[Thing, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (kind, name), row in zip(things, rows, strict=True):
        text, target = normal(row["text"]), same.get((kind, name), (kind, name))
        if text != name and len(text.split()) < len(name.split()):
            meant[kind, text][target].add(row["doc_id"])
        if kind == "ORG":
            for letters in acronyms(name.split()):
                meant[kind, letters.casefold()][target].add(row["doc_id"])
    short = {}
    for thing, targets in meant.items():
        best = max(targets, key=lambda target: (len(targets[target]), target))
        held, all_of_them = len(targets[best]), sum(map(len, targets.values()))
        single = len(targets) == 1 and len(documents[thing]) <= len(documents[best])
        known = thing[0] == "PER" and held >= max(_SEVERAL, _MOST * all_of_them)
        if thing != best and (single or known):
            short[thing] = best
    return short | same


# In how many documents a person has to bear a surname, and in what share of those that resolve it.
_SEVERAL, _MOST = 5, 0.8


def _end(short: Mapping[Thing, Thing], thing: Thing) -> Thing:
    """What a name stands for in the end; a step leads to more words, or to the commoner of two full names."""
    while thing in short:
        thing = short[thing]
    return thing


def _preferred(names: Counter[str]) -> str:
    """The most frequent way to write a name, in capitals only if there is no other; the first in order of equals."""
    return min(names, key=lambda name: (name.isupper() and len(name) > 5, -names[name], name))


def links(
    rows: Sequence[Row],
    *,
    merge: Mapping[str, Sequence[str]] | None = None,
    apart: Sequence[Sequence[str]] = (),
    metonyms: bool = False,
) -> tuple[list[str], list[str]]:
    """Kind (PER, LOC, ...) and name over all documents of each mention; `rows` have doc_id, text, label and entity.

    `merge` names things with their other names, {name: [others]}; `apart` lists pairs of names that are never merged;
    `metonyms` counts capitals as their countries.
    """
    kinds = _kinds(rows)
    things = [(kinds.get(name, kind), name) for kind, name in map(_thing, rows)]
    short = _short_forms(things, rows)
    things = [_end(short, thing) for thing in things]
    written: dict[Thing, Counter[str]] = defaultdict(Counter)
    for thing, row in zip(things, rows, strict=True):
        if normal(row["entity"]) == thing[1]:
            written[thing][row["entity"]] += 1
    preferred = {thing: _preferred(names) for thing, names in written.items()}
    own = {normal(other): name for name, others in (merge or {}).items() for other in (name, *others)}
    separate = {frozenset(map(normal, pair)) for pair in apart}
    names = [
        _decided(row, preferred[thing], own, separate, capitals() if metonyms and thing[0] == "LOC" else {})
        for thing, row in zip(things, rows, strict=True)
    ]
    return [kind for kind, _ in things], names


def _decided(
    row: Row, name: str, own: Mapping[str, str], separate: set[frozenset[str]], countries: Mapping[str, str]
) -> str:
    for other in (row["text"], row["entity"]):
        if frozenset((normal(other), normal(name))) in separate and normal(other) != normal(name):
            return own.get(normal(other), other)
    name = countries.get(name, name)
    return own.get(normal(row["text"]), own.get(normal(name), name))
