"""One name for one thing: which mentions of a document name the same entity, and what it is called.

Two names are merged only when the evidence leaves exactly one candidate: the same words, a country's other names, a
surname or given name that one person bears, an acronym that one organisation spells out, a short form of one longer
name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from scripts.core.annotation import Doc, Mention
from scripts.entities.evidence import fold
from scripts.entities.knowledge import countries, country_names, demonyms, entries, organisation_names
from scripts.entities.spans import NAMES, SMALL_WORDS

Words = tuple[str, ...]


def _key(words: Iterable[str]) -> Words:
    return tuple(word.casefold().rstrip(".") or word for word in words)


def bare_name(words: Words) -> Words:
    """A name without the marks of its legal form."""
    while len(words) > 1 and (words[-1] in entries("legal_forms.txt") or words[-1] == ","):
        words = words[:-1]
    return words


def acronyms(words: Sequence[str]) -> set[str]:
    """The acronyms of a name of several words, with and without its small words: World Health Organization, WHO."""
    words = [part for word in words for part in word.split("-") if part]
    main = [word for word in words if word.casefold() not in SMALL_WORDS]
    if len(main) < 2:
        return set()
    return {"".join(word[0] for word in main).upper(), "".join(word[0] for word in words if word[0].isalpha()).upper()}


# A word that more names hold than this tells nothing; comparing them all would take the square of their number.
_MANY = 200


def _holders(short: Words, sharing: Sequence[Words], label: str, rank: Mapping[Words, int]) -> list[Words]:
    """The longer names that a short one may stand for, of those `sharing` its first word; `rank` by first mention."""
    longer = [name for name in sharing if len(name) > len(short)]
    if label == "PER" and len(short) == 1:
        family = [name for name in longer if name[-1] == short[0]] or longer
        # Whoever is called by the surname alone was introduced before; a namesake comes in with the full name.
        return [name for name in family if rank[name] < rank[short]] or family
    if label == "PER":
        return [
            name for name in longer if name[0] == short[0] and (name[-1] == short[-1] or name[: len(short)] == short)
        ]
    if label == "ORG" and short[0] not in entries("organisation_heads.txt") | entries("commons.txt") | _nations():
        parts = entries("parts_of_bodies.txt") | {"and", "&", ","}
        return [name for name in longer if name[: len(short)] == short and not parts.intersection(name[len(short) :])]
    return []


@cache
def _nations() -> frozenset[str]:
    return frozenset(word.casefold() for name in (*country_names(), *demonyms()) for word in name.split())


def merge_short_forms(label: str, written: Mapping[Words, Words]) -> dict[Words, Words]:
    """For each name of one label the name that it is merged with, itself if there is none or more than one.

    `written` gives for each name (its key), in the order of first mention, its words as the text has them.
    """
    rank = {name: number for number, name in enumerate(written)}
    sharing: dict[str, list[Words]] = {}
    spelled: dict[str, list[Words]] = {}
    for name in written:
        for word in dict.fromkeys(name):
            sharing.setdefault(word, []).append(name)
        for letters in acronyms(written[name]) if label == "ORG" else ():
            spelled.setdefault(letters, []).append(name)
    target = {name: name for name in written}
    for short in sorted(written, key=lambda name: (-len(name), name)):
        if label == "ORG" and len(short) == 1 and written[short][0].isupper():
            fitting = spelled.get(written[short][0].replace(".", ""), [])
        elif len(sharing[short[0]]) > _MANY:
            fitting = []
        else:
            fitting = _holders(short, sharing[short[0]], label, rank)
        ends = {_end(target, name) for name in fitting if name != short}
        if len(ends) == 1:
            target[short] = ends.pop()
    return {name: _end(target, name) for name in written}


def _end(target: Mapping[Words, Words], name: Words) -> Words:
    while target[name] != name:
        name = target[name]
    return name


def _canonical(name: str, label: str) -> str:
    """The listed name of a country, a people or an organisation, else the name as it is."""
    if label == "LOC":
        return country_names().get(name, name)
    if label == "ORG":
        return organisation_names().get(name, name)
    return _peoples().get(name, name) if label == "NORP" else name


@cache
def _peoples() -> dict[str, str]:
    return {word: country.demonyms[0] for country in countries() for word in country.demonyms}


def _written(forms: Counter[Words]) -> Words:
    """The most frequent way to write a name, the shortest of equals; in capitals only if there is no other."""
    mixed = [form for form in forms if not "".join(form).isupper()]
    return min(mixed or forms, key=lambda form: (-forms[form], len(form)))


def named(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the canonical name that all mentions of the entity in the document share.

    A mention that is no name (a date, an amount) keeps its text.
    """
    forms: dict[str, dict[Words, Counter[Words]]] = {}
    keys: list[Words] = []
    for mention in mentions:
        label, words = fold(mention.label), tuple(doc.word[mention.first : mention.last])
        if label in ("LOC", "ORG"):
            words = tuple(_canonical(_text(words), label).split())
        key = bare_name(_key(words)) if label == "ORG" else _key(words)
        keys.append(key)
        forms.setdefault(label, {}).setdefault(key, Counter())[words] += 1
    canonical: dict[tuple[str, Words], str] = {}
    for label, names in forms.items():
        written = {key: _written(counter) for key, counter in names.items()}
        target = merge_short_forms(label, written)
        clusters: dict[Words, list[Words]] = {}
        for key, end in target.items():
            clusters.setdefault(end, []).append(key)
        for end, merged in clusters.items():
            # Of a person's full names the commonest; of an organisation's names the one that spells it out.
            full = [key for key in merged if len(key) > 1] if label == "PER" else []
            best = min(full or [end], key=lambda key: (-names[key].total(), len(key)))
            canonical |= {(label, key): _canonical(_text(written[best]), label) for key in merged}
    return [
        mention._replace(
            entity=canonical[fold(mention.label), key]
            if mention.label in NAMES
            else " ".join(doc.slice(mention.first, mention.last).split())
        )
        for mention, key in zip(mentions, keys, strict=True)
    ]


def _text(words: Iterable[str]) -> str:
    """Words as they are written: clitics, hyphens, marks and what stands between quotation marks without spaces."""
    text = re.sub(r" ([',:])", r"\1", " ".join(words).replace(" - ", "-"))
    return re.sub(r'" ([^"]+) "', r'"\1"', text)
