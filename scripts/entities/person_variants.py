"""Persons' names that were cut wrongly, mistyped once or share a family name, and the names that they stand for.

"Top Clinton" in a headline is not a person of its own beside Hillary Clinton, nor is a single "Vigurie" beside Richard
Viguerie; Charles is Charles Koch in "Charles and David Koch". Spouses without full names are told apart by title.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Mapping, Sequence
from functools import cache
from itertools import pairwise

from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import demonyms, entries, given_names
from scripts.entities.name_words import tokens_of_words
from scripts.entities.person_names import Words, common_family_names

# A mistyped name occurs once, the right one at least this often; shorter words are often names in their own right.
_OFTEN, _LONG = 3, 5
_WOMEN = frozenset(("miss", "mrs", "ms"))
_TITLES = _WOMEN | {"mr"}
_PARTIES = frozenset(("republican", "republicans", "democrat", "democrats", "democratic", "gop"))


def one_edit(word: str, second: str) -> bool:
    """Return True if two words have the same first letter and differ by one letter added, left out or changed.

    >>> one_edit("vigurie", "viguerie"), one_edit("marco", "mario"), one_edit("jung", "jong")
    (True, True, False)
    """
    if word == second or min(len(word), len(second)) < _LONG or word[0] != second[0]:
        return False
    while word and second and word[0] == second[0]:
        word, second = word[1:], second[1:]
    while word and second and word[-1] == second[-1]:
        word, second = word[:-1], second[:-1]
    return max(len(word), len(second)) <= 1


def _without_ordinary_words(key: Words, keys: Collection[Words], ordinary: Container[str]) -> Words:
    """Return the longest part of a name that is also a name of the document, if the other words are all ordinary.

    Otherwise the name is returned. A part of one word must end another full name: Rich Lowry remains Rich Lowry beside
    Lowry, but Top Clinton is just Clinton beside Hillary Clinton.
    """
    for size in range(len(key) - 1, 0, -1):
        for first in range(len(key) - size + 1):
            part, others = key[first : first + size], key[:first] + key[first + size :]
            is_name = part in keys and all(word in ordinary for word in others)
            if is_name and (size > 1 or any(full[-1:] == part for full in keys if full != key and len(full) > 1)):
                return part
    return key


def _typed_right(key: Words, often: Collection[Words]) -> Words:
    """Return the only frequent full name that differs from a name by one letter in one word; else the name itself."""
    fitting = {
        full
        for full in often
        if (
            one_edit(key[0], full[-1])
            if len(key) == 1
            else len(full) == len(key) and sum(map(str.__ne__, key, full)) == 1 and any(map(one_edit, key, full))
        )
    }
    return fitting.pop() if len(fitting) == 1 else key


@cache
def _ordinary_words() -> frozenset[str]:
    """Return the words before a name that are ordinary words in any document: titles, parties, peoples."""
    return entries("titles.txt") | _PARTIES | {word.casefold() for word in demonyms()}


def usual_keys(doc: Doc, keys: Sequence[Words]) -> list[Words]:
    """Return the usual key of each person's name: that of the right name for one that was cut wrongly or mistyped."""
    times = Counter(keys)
    words = {word for key in times if len(key) > 1 for word in key}
    # "hyun" in Kim Ki-hyun does not count as a word.
    lower = {doc.word[at] for at in tokens_of_words(doc, words) if not at or doc.word[at - 1] != "-"}
    ordinary = ({word for word in lower if word.islower()} | words & _ordinary_words()) - given_names()
    usual = {key: _without_ordinary_words(key, times, ordinary) for key in times}
    meant: Counter[Words] = Counter()
    for key, n in times.items():
        meant[usual[key]] += n
    names: Counter[Words] = Counter()  # how often a full name is meant, in full or by its last word alone
    for key, n in meant.items():
        names[key] += n + (meant[key[-1:]] if len(key) > 1 else 0)
    often = [key for key, n in names.items() if n >= _OFTEN and len(key) > 1]
    for key in sorted(times, key=lambda name: name[0] in given_names()):
        if times[key] == 1 and usual[key] == key:
            # Donand Trump becomes Donald Trump, not the other way round, even if both occur once.
            usual[key] = _typed_right(key, [full for full in often if usual[full] == full])
    return [usual[key] for key in keys]


def with_shared_family_names(doc: Doc, mentions: Sequence[Mention]) -> dict[Mention, Words]:
    """Return the full names of forenames that share the family name of a later name: "Hilda, Rona and Ann Lee".

    A forename that is part of another name of the document, or stands alone in it, is left out. It must be a listed
    given name, and not a common family name unless the later forename is listed too; or else the text must mention a
    family: "the Lees", or both "Mr. Lee" and "Ms. Lee".
    """
    persons = [mention for mention in mentions if mention.label == "PERSON"]
    short = {mention for mention in persons if mention.last == mention.first + 1}
    others = {doc.norm[at] for first, last, *_ in persons if last > first + 1 for at in (first, last - 1)}
    full: dict[Mention, Words] = {}
    for mention, after in reversed([*pairwise(persons)]):
        forename, joint = doc.norm[mention.first], doc.norm[mention.last : after.first]
        joined = joint in (["and"], ["&"]) and after.last > after.first + 1
        if mention not in short or forename in others or not (joined or (joint == [","] and after in full)):
            continue
        family = after.first + 1
        while family < after.last - 1 and (doc.norm[family] in given_names() or len(doc.word[family].rstrip(".")) == 1):
            family += 1
        words = full[after][1:] if after in full else tuple(doc.word[family : after.last])
        is_given = forename in given_names() and (
            doc.norm[after.first] in given_names() or forename not in common_family_names()
        )
        if is_given or _is_of_a_family(doc, words[-1]):
            full[mention] = (doc.word[mention.first], *words)
    alone = {doc.norm[mention.first] for mention in short - full.keys()}
    return {mention: words for mention, words in full.items() if doc.norm[mention.first] not in alone}


def _is_of_a_family(doc: Doc, name: str) -> bool:
    """Return True if a text mentions "the Lees", or both a man and a woman by title and this family name."""
    titles = {_without_stop(before) for before, word in pairwise(doc.norm) if word == name.lower()}
    plural = f"{name}es" if name.endswith(("s", "x", "z", "ch", "sh")) else f"{name}s"
    return plural in doc.vocabulary or ("mr" in titles and not titles.isdisjoint(_WOMEN))


def titles_of_namesakes(doc: Doc, mentions: Sequence[Mention], keys: Mapping[int, Words]) -> dict[int, str]:
    """Return the titles, by mention, of a family name that means both a man and a woman: Mr. Lee, Ms. Lee.

    `keys` has the key of the person meant, by the number of the mention; a full name needs no title.
    """
    titled: dict[Words, dict[int, str]] = defaultdict(dict)
    for at, key in keys.items():
        before = doc.word[mentions[at].first - 1] if mentions[at].first else ""
        if len(key) == 1 and _without_stop(before) in _TITLES:
            titled[key][at] = before
    titles: dict[int, str] = {}
    for of_name in titled.values():
        women = Counter(title for title in of_name.values() if _without_stop(title) in _WOMEN)
        if 0 < women.total() < len(of_name):
            usual = max(women, key=women.__getitem__)
            titles |= {at: usual if title in women else title for at, title in of_name.items()}
    return titles


def without_title(name: str) -> str:
    """Return a name without the title that `titles_of_namesakes` adds.

    >>> without_title("Ms. Lee"), without_title("Ann Lee")
    ('Lee', 'Ann Lee')
    """
    title, _, rest = name.partition(" ")
    return rest if _without_stop(title) in _TITLES else name


def _without_stop(title: str) -> str:
    return title.rstrip(".").lower()
