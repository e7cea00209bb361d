"""The canonical name of each mention: one name for one entity within a document.

Two names are merged only if the evidence leaves exactly one candidate: the same words, a country's other names, a
surname or given name that one person bears, an acronym that one organisation's name spells out, a short form of one
longer name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from scripts.core.annotation import Doc, Mention
from scripts.entities.bearers import Sight, meant
from scripts.entities.common_bodies import bodies_meant
from scripts.entities.kinds import NAMES, fold
from scripts.entities.knowledge import (
    countries,
    country_names,
    demonyms,
    entries,
    organisation_names,
    place_names,
)
from scripts.entities.mention_context import contexts_of
from scripts.entities.name_words import SMALL_WORDS, may_be_acronym, may_be_short_word
from scripts.entities.nicknames import also_called
from scripts.entities.person_names import (
    Words,
    generation,
    has_one_word_more,
    is_family_name,
    is_hyphenated,
    may_be_short_for,
    person_key,
    shortness,
    without_brackets,
)
from scripts.entities.person_variants import titles_of_namesakes, usual_keys, with_shared_family_names


def _key(words: Iterable[str]) -> Words:
    """Return the words of a name without case and full stops, with "and" for "&"."""
    return tuple("and" if word == "&" else word.casefold().rstrip(".") or word for word in words)


def bare_name(words: Words) -> Words:
    """Return a name without its legal form.

    >>> bare_name(("acme", "motors", ",", "inc"))
    ('acme', 'motors')
    """
    while len(words) > 1 and (words[-1] in entries("legal_forms.txt") or words[-1] == ","):
        words = words[:-1]
    return words


def acronyms(words: Sequence[str]) -> set[str]:
    """Return the acronyms of a name of several words, with and without its small words and its owner ("U.N.").

    >>> sorted(acronyms(["Bank", "of", "Ghana"]))
    ['BG', 'BOG']
    >>> {"FAO"} & acronyms("U.N. Food and Agriculture Organization of the United Nations".split())
    {'FAO'}
    """
    words = [part for word in words for part in word.split("-") if part]
    owner = words[0].replace(".", "").upper() if words else ""
    if owner not in _OWNERS:
        return _initials_before_of(words)
    rest = _initials_before_of(words[1:])
    return _initials(words) | rest | {owner + letters for letters in rest}


def _initials_before_of(words: Sequence[str]) -> set[str]:
    """Return the initials of a name and, if it is long, of the part before "of", which introduces its owner."""
    return _initials(words) | (_initials(words[: words.index("of")]) if "of" in words[3:] else set())


def _initials(words: Sequence[str]) -> set[str]:
    """Return the initials of words, with and without the small words; none if fewer than two are main words."""
    main = [word for word in words if word.casefold() not in SMALL_WORDS]
    if len(main) < 2:
        return set()
    return {"".join(word[0] for word in main).upper(), "".join(word[0] for word in words if word[0].isalpha()).upper()}


# Owners with which a body's name may begin; an acronym contains them whole (USAID, UNHCR).
_OWNERS = frozenset(("US", "UN", "UK", "EU"))
# Last words of names of newspapers to which texts shorten them: the Washington Post, then the Post.
_PAPERS = frozenset(
    ("times", "post", "journal", "herald", "tribune", "telegraph", "guardian", "gazette", "observer", "chronicle")
    + ("globe", "examiner", "inquirer", "independent", "star", "sun", "mail", "courier")
)
# A word in more names than this identifies none of them; comparing them all would take quadratic time.
_MOST_NAMES = 200


def _longer_names(short: Words, sharing: Sequence[Words]) -> list[Words]:
    """Return the names that a short one may stand for, among the names `sharing` its first word."""
    if short[0] in _common_words():
        return []
    longer = [name for name in sharing if len(name) > len(short) and name[: len(short)] == short]
    if short in _listed_bodies():  # Microsoft is not Microsoft Research; Boca is Boca Juniors
        longer = [name for name in longer if name[-1] in _FIRMS or name in _listed_bodies()]
    parts = entries("parts_of_bodies.txt") | {"and", "&", ","}
    return [name for name in longer if parts.isdisjoint(name[len(short) :])]


# Last words of names that mean the whole firm, not a part of it.
_FIRMS = frozenset(("motor", "motors", "group", "airlines", "airways", "stores", "industries", "international"))


@cache
def _listed_bodies() -> frozenset[Words]:
    """Return the listed names of organisations as words without case."""
    return frozenset(bare_name(_key(name.split())) for name in entries("organisations.txt"))


@cache
def _words_of_nations() -> frozenset[str]:
    """Return the words of countries' and peoples' names, without case."""
    return frozenset(word.casefold() for name in (*country_names(), *demonyms()) for word in name.split())


@cache
def _common_words() -> frozenset[str]:
    """Return the first words of organisations' names that are too common to stand for any one of them."""
    return entries("organisation_heads.txt") | entries("commons.txt") | _words_of_nations()


def merge_short_forms(written: Mapping[Words, Words], bracketed: Mapping[Words, Words]) -> dict[Words, Words]:
    """Return the longer form of each name of an organisation: the name itself if there is none or more than one.

    `written` maps the key of each name, in the order of first mention, to its words in the text; `bracketed` maps an
    acronym in brackets to the name before it. Persons are merged mention by mention (see bearers).
    """
    sharing = _by_word(written)
    spelled: dict[str, list[Words]] = {}
    for name in written:
        for letters in acronyms(written[name]):
            spelled.setdefault(letters, []).append(name)
    target = {name: name for name in written}
    for short in sorted(written, key=lambda name: (-len(name), name)):
        letters = written[short][0].replace(".", "") if len(short) == 1 else ""
        is_short = may_be_acronym(letters) or may_be_short_word(letters)
        if short in bracketed:
            fitting = [bracketed[short]]
        elif is_short and (letters.isupper() or letters.upper() in spelled):
            fitting = spelled.get(letters.upper(), [])
        elif short[-1] in _PAPERS and len(short) == 1 + (short[0] == "the"):
            papers = (name for name in sharing[short[-1]] if name[-1] == short[-1])
            fitting = [name for name in papers if len(name) > 1 + (name[0] == "the")]
        elif len(sharing[short[0]]) > _MOST_NAMES:
            fitting = []
        else:
            fitting = _longer_names(short, sharing[short[0]])
        ends = {_end(target, name) for name in fitting if name != short}
        if len(ends) == 1:
            target[short] = ends.pop()
    return {name: _end(target, name) for name in written}


def _by_word(names: Iterable[Words]) -> dict[str, list[Words]]:
    """Return the names that contain each word, in their original order."""
    sharing: dict[str, list[Words]] = {}
    for name in names:
        for word in dict.fromkeys(name):
            sharing.setdefault(word, []).append(name)
    return sharing


_NOBODY: Mapping[Words, Words] = {}


def persons_and_short_forms(
    keys: Iterable[Words], hyphenated: Container[Words] = (), nicknames: Mapping[Words, Words] = _NOBODY
) -> tuple[dict[Words, Words], dict[Words, list[Words]]]:
    """Return persons' full names, each mapped to its longest variant, and the full names each short form may mean.

    Names that differ only in middle names or initials are one (Donald J. Trump), unless several longer ones fit; so are
    a full name and its variants in `nicknames`. A family name takes precedence over a given name: Bush is not Bush
    Smith if there is a Jeb Bush. Bar Lev is Omer Bar Lev if nobody is called Lev.

    >>> trumps = [("donald", "trump"), ("donald", "j", "trump"), ("donald", "trump", "jr"), ("trump",)]
    >>> full, short = persons_and_short_forms(trumps)
    >>> full[trumps[0]], short[trumps[3]]
    (('donald', 'j', 'trump'), [('donald', 'j', 'trump'), ('donald', 'trump', 'jr')])
    """
    keys = dict.fromkeys(keys)
    sharing = _by_word(keys)
    full: dict[Words, Words] = {}
    short: dict[Words, list[Words]] = {}
    for key in sorted(keys, key=lambda name: (-len(name), shortness(name[0]), name)):
        base, _ = generation(key)
        near = sharing[base[-1]] if len(sharing[base[-1]]) <= _MOST_NAMES else []
        longer = [name for name in near if name in full and may_be_short_for(key, name)]
        if len(base) == 1:
            fitting = [name for name in longer if generation(name)[0][-1] == base[0]] or longer
        else:
            fitting = [name for name in longer if is_family_name(key, name, hyphen=key in hyphenated)]
            if not fitting and base[-1:] not in keys:
                fitting = [name for name in longer if has_one_word_more(key, name)]
        ends = list(dict.fromkeys(full[name] for name in fitting))
        if ends:
            short[key] = ends
        elif len(base) > 1:
            variants = {full[name] for name in longer}
            full[key] = variants.pop() if len(variants) == 1 else key
    same = {full[nickname]: full[key] for nickname, key in nicknames.items() if nickname in full and key in full}
    full = {key: same.get(end, end) for key, end in full.items()}
    short = {key: [*dict.fromkeys(same.get(end, end) for end in ends)] for key, ends in short.items()}
    alone = nicknames.keys() & keys.keys() - full.keys() - short.keys()
    short |= {nickname: [full[nicknames[nickname]]] for nickname in sorted(alone) if nicknames[nickname] in full}
    return full, short


def _end(target: Mapping[Words, Words], name: Words) -> Words:
    """Return the last name of the chain of merges that begins with `name`."""
    while target[name] != name:
        name = target[name]
    return name


# The state that owns a body, before its name: the U.S. Environmental Protection Agency.
_OF_STATE = re.compile(r"^(?:US|U\.S\.|United States) ")


def _canonical(name: str, label: str) -> str:
    """Return the listed name of a place, a people or an organisation; any other name as it is."""
    if label == "LOC":
        return country_names().get(name) or place_names().get(name, name)
    if label == "ORG":
        listed = organisation_names()
        return listed.get(name) or listed.get(_OF_STATE.sub("", name), name)
    return _peoples().get(name, name) if label == "NORP" else name


@cache
def _peoples() -> dict[str, str]:
    """Return the usual word for a people for every word for it: {"Americans": "American", ...}."""
    return {word: country.demonyms[0] for country in countries() for word in country.demonyms}


def _usual_form(written: Sequence[Words]) -> Words:
    """Return the most frequent form of a name, the shortest on a tie; one in capitals only if there is no other."""
    forms = Counter(written)
    mixed = [form for form in forms if not "".join(form).isupper()]
    return min(mixed or forms, key=lambda form: (-forms[form], len(form)))


@lru_cache(maxsize=1 << 16)
def _as_listed(words: Words, label: str) -> tuple[Words, Words, Mapping[Words, Words]]:
    """Return the words of a name as listed, its key, and its variants with a nickname mapped to the full name."""
    if label == "PER":
        words = without_brackets(words)
        return words, person_key(words), also_called(" ".join(words))
    if label in ("LOC", "ORG"):
        words = tuple(_canonical(_text(words), label).split())
    return words, bare_name(_key(words)) if label == "ORG" else _key(words), _NOBODY


def name_mentions(doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with the canonical name that all mentions of an entity in the document share.

    A mention that is not a name (a date, an amount) keeps its text. A mention of a body by a common noun alone gets the
    name of the body that it means, and is left out if the document names none (see common_bodies).
    """
    forms: dict[str, dict[Words, list[Words]]] = defaultdict(dict)
    keys: list[Words] = []
    nicknames: dict[Words, Words] = {}
    bodies, shared = bodies_meant(doc, mentions), with_shared_family_names(doc, mentions)
    if bodies:
        mentions = [mention for mention in mentions if bodies.get(mention, mention) is not None]
    for mention in mentions:
        label, words = fold(mention.label), shared.get(mention) or tuple(doc.word[mention.first : mention.last])
        words, key, called = _as_listed(words, label)
        nicknames |= called
        keys.append(key)
        if mention not in bodies:
            forms[label].setdefault(key, []).append(words)
    if bodies:
        own = dict(zip(mentions, keys, strict=True))
        keys = [own[bodies.get(mention) or mention] for mention in mentions]
    persons = [at for at, mention in enumerate(mentions) if mention.label == "PERSON"]
    meant_by = dict(zip(persons, _persons_meant(doc, mentions, keys, persons, nicknames), strict=True))
    canonical: dict[tuple[str, Words], str] = {}
    for label, names in forms.items():
        written = {key: _usual_form(of_key) for key, of_key in names.items()}
        merged = merge_short_forms(written, _bracketed(doc, mentions, keys)) if label == "ORG" else {}
        canonical |= {(label, key): _canonical(_text(written[merged.get(key, key)]), label) for key in written}
    named, titles = [], titles_of_namesakes(doc, mentions, meant_by)
    for at, ((first, last, label, _), key) in enumerate(zip(mentions, keys, strict=True)):
        is_name = label in NAMES
        entity = canonical[fold(label), meant_by.get(at, key)] if is_name else " ".join(doc.slice(first, last).split())
        named.append(Mention(first, last, label, f"{titles[at]} {entity}" if at in titles else entity))
    return named


def _bracketed(doc: Doc, mentions: Sequence[Mention], keys: Sequence[Words]) -> dict[Words, Words]:
    """Return the name before each acronym of an organisation in brackets, by acronym.

    The acronym's first letter must be an initial of the name; the rest may come from its name in another language: the
    Federal Security Service (FSB). An acronym of two different names is left out.
    """
    names: dict[Words, set[Words]] = {}
    for (mention, key), (short, letters) in pairwise(zip(mentions, keys, strict=True)):
        last = short.last
        is_pair = mention.label == short.label == "ORG" and last - short.first == 1 < len(key)
        opens = doc.word[mention.last : short.first] in (["("], ["'s", "("])
        is_bracketed = opens and doc.word[last : last + 1] == [")"] and may_be_acronym(doc.word[short.first])
        if is_pair and is_bracketed and letters[0][0] in {word[0] for word in key}:
            names.setdefault(letters, set()).add(key)
    return {letters: min(full) for letters, full in names.items() if len(full) == 1}


def _persons_meant(
    doc: Doc,
    mentions: Sequence[Mention],
    keys: Sequence[Words],
    persons: Sequence[int],
    nicknames: Mapping[Words, Words],
) -> list[Words]:
    """Return the key of the person that each mention of a person means; `persons` are the numbers of these mentions.

    `nicknames` maps variants with a nickname to full names. A person's key is the most frequent full name.
    """
    keys = [*keys]
    for at, key in zip(persons, usual_keys(doc, [keys[at] for at in persons]), strict=True):
        keys[at] = key
    hyphenated = {keys[at] for at in persons if is_hyphenated(doc.word[mentions[at].first : mentions[at].last])}
    full, short = persons_and_short_forms(dict.fromkeys(keys[at] for at in persons), hyphenated, nicknames)
    times = Counter(keys[at] for at in persons)
    clusters: dict[Words, list[Words]] = {}
    for key, end in full.items():
        clusters.setdefault(end, []).append(key)
    usual = {end: min(merged, key=lambda key: (-times[key], len(key), key)) for end, merged in clusters.items()}
    context = contexts_of(doc, mentions)
    sights = [Sight(keys[at], doc.sentence[mentions[at].first], context[at]) for at in persons]
    ends = {key: usual[end] for key, end in full.items()}
    return meant(sights, ends, {key: [usual[end] for end in fitting] for key, fitting in short.items()})


_MARKS = frozenset("&\"'(),:")


def _text(words: Iterable[str]) -> str:
    """Return words as printed text: no space before clitics, commas and colons, or inside quotes and brackets."""
    text = " ".join(words).replace(" - ", "-")
    if _MARKS.isdisjoint(text):
        return text
    text = re.sub(r"\b([A-Z]{1,3}) & (?=[A-Z]{1,3}\b)", r"\1&", text)
    text = re.sub(r'" ([^"]+) "', r'"\1"', text)
    text = re.sub(r"(?<= )(['(]) ([A-Z][^'()]*) ([')])(?= |$)", r"\1\2\3", text)
    text = re.sub(r"\b([A-Z]+) \(([A-Z]{1,3})\)", r"\1(\2)", text)
    return re.sub(r" (?!'[A-Z][^']*'(?: |$))([',:])", r"\1", text)
