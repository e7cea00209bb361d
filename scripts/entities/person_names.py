"""Words of persons' names: spellings, generations (Jr., III), and names that may be short for others."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from scripts.entities.knowledge import entries, given_names

Words = tuple[str, ...]
# Endings of family names with several spellings (Zelenskiy); an article written as part of the name (ElBaradei).
_SLAVIC, _JOINED = re.compile("sk(?:y|i|yy|iy|ij|ii|yi)$"), re.compile("(?<=^[AE]l)(?=[A-Z][a-z])")
# A family name before a given name of two syllables.
_FAMILY_FIRST = re.compile(r"(?<!\w)[^\W\d_]+ [^\W\d_]+-[a-z]\w*")
# A nickname inside a name: John D. (Jay) Rockefeller, Edward "Ted" Kennedy.
_NICKNAME = re.compile(
    r"""(?<=\S)\ ?(?:\(\ ?([^()]+?)\ ?\) | ["“]\ ?([^"“”]+?)\ ?["”] | (?<=\ )['‘]\ ?([^'‘’]+?)\ ?['’](?=\ ))
    \ ?(?=\S)""",
    re.VERBOSE,
)
# Words that an editor added to a name: [Hillary] Clinton, Ben [Stephenson], (Richard) Lugar.
_ADDED = re.compile(r"^\( ?([^()]+?) ?\)(?= )|[][]")
# Letters that Unicode does not decompose into a plain letter and an accent.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}


@cache
def _spellings() -> dict[str, str]:
    """Return the first listed spelling of a word for each of its spellings."""
    return {word: line.split()[0] for line in entries("name_spellings.txt") for word in line.split()}


@cache
def spelled(word: str) -> str:
    """Return a word of a person's name without case, accents and full stop, in its first listed spelling.

    >>> [spelled(word) for word in ("Mohammad", "El", "Chávez", "Wałęsa", "J.", "Zelenskyy")]
    ['mohammed', 'al', 'chavez', 'walesa', 'j', 'zelensky']
    """
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in ".,")
    return _spellings().get(plain, _SLAVIC.sub("sky", plain)) or word


@lru_cache(maxsize=1 << 14)
def parted(name: str) -> tuple[str, str]:
    """Return a person's name without the nickname inside it, and the nickname, "" if there is none.

    >>> parted("John D. (Jay) Rockefeller IV"), parted('Edward " Ted " Kennedy'), parted("Rosie O'Hara")
    (('John D. Rockefeller IV', 'Jay'), ('Edward Kennedy', 'Ted'), ("Rosie O'Hara", ''))
    """
    inside = _NICKNAME.search(name)
    if not inside:
        return name, ""
    return f"{name[: inside.start()]} {name[inside.end() :]}", next(filter(None, inside.groups()))


def without_brackets(words: Iterable[str]) -> Words:
    """Return the words of a person's name without the brackets around words that an editor added.

    >>> without_brackets(["[", "Hillary", "]", "Clinton"]), without_brackets(["(Richard)", "Lugar"])
    (('Hillary', 'Clinton'), ('Richard', 'Lugar'))
    """
    return tuple(_ADDED.sub(r"\1", " ".join(words)).split())


def person_key(words: Iterable[str]) -> Words:
    """Return the words by which persons' names are compared: in one spelling, without hyphens, commas or nickname.

    >>> person_key(["Mohammad", "El", "-", "Baradei"]), person_key(["ElBaradei"]), person_key(["Trump", ",", "Jr."])
    (('mohammed', 'al', 'baradei'), ('al', 'baradei'), ('trump', 'jr'))
    """
    return _key(" ".join(words))


@lru_cache(maxsize=1 << 16)
def _key(name: str) -> Words:
    words = parted(" ".join(without_brackets([name])))[0].split()
    parts = (part for word in words if word not in "-," for part in _JOINED.split(word))
    return tuple(map(spelled, parts)) or tuple(words)


def generation(name: Words) -> tuple[Words, str]:
    """Return a name without its generation, and the generation: "jr", "iii" or "" for none.

    >>> generation(("donald", "trump", "jr"))
    (('donald', 'trump'), 'jr')
    """
    if len(name) > 1 and name[-1] in _GENERATIONS:
        return name[:-1], _GENERATIONS[name[-1]]
    return name, ""


def ends(name: Words) -> Words:
    """Return the given name, the family name and the generation of a person's full name.

    >>> ends(("donald", "j", "trump", "jr"))
    ('donald', 'trump', 'jr')
    """
    base, born = generation(name)
    return (base[0], base[-1], born)


def is_family_first(name: str) -> bool:
    """Return True for a full name that has the family name first, as many names in East Asia do.

    >>> is_family_first("Yoon Suk-yeol"), is_family_first("Jean-Claude Juncker"), is_family_first("Nana Akufo-Addo")
    (True, False, False)
    """
    return bool(_FAMILY_FIRST.fullmatch(name))


@cache
def common_family_names() -> frozenset[str]:
    """Return the listed family names that a great many people bear."""
    return frozenset(spelled(word) for line in entries("common_family_names.txt") for word in line.split())


@cache
def full_given_names() -> dict[str, frozenset[str]]:
    """Return the given names that each listed short form may stand for: {"bob": {"robert"}, ...}."""
    full: dict[str, set[str]] = {}
    for line in entries("short_given_names.txt"):
        name, *shorts = map(spelled, line.split())
        for short in shorts:
            full.setdefault(short, set()).add(name)
    return {short: frozenset(names) for short, names in full.items()}


def same_given(name: str, second: str) -> bool:
    """Return True if two given names are compatible: equal, or one is the initial or short form of the other.

    >>> same_given("chuck", "charles"), same_given("c", "charles"), same_given("chuck", "carl")
    (True, True, False)
    """
    return (
        name == second
        or (min(len(name), len(second)) == 1 and name[:1] == second[:1])
        or second in full_given_names().get(name, ())
        or name in full_given_names().get(second, ())
    )


def shortness(name: str) -> int:
    """Return 0 for a given name in full, 1 for one that may be another's short form, 2 for an initial."""
    return 2 if len(name) == 1 else int(name in full_given_names())


def may_be_short_for(short: Words, full: Words) -> bool:
    """Return True if a person's name may be a shorter form of a full name.

    A shorter form is the family name, of one or more words; the given name; or both without some words between them,
    with the given name possibly as an initial or short form. A son's name (Jr.) is not a longer form of his father's.

    >>> full = ("nana", "akufo", "addo")
    >>> [may_be_short_for(short, full) for short in (("akufo", "addo"), ("nana",), ("n", "addo"), ("kofi", "addo"))]
    [True, True, True, False]
    >>> may_be_short_for(("donald", "trump"), ("donald", "j", "trump", "jr"))
    False
    """
    (short, born), (full, of) = generation(short), generation(full)
    if (born and born != of) or len(full) < 2:
        return False
    if len(short) == 1:
        return short != full and short[0] in full
    if len(short) < len(full) and full[-len(short) :] == short:
        return True
    if born != of or short == full or len(short) > len(full):
        return False
    ends = same_given(short[0], full[0]) and short[-1] == full[-1]
    inner = all(any(same_given(word, middle) for middle in full[1:-1]) for word in short[1:-1])
    is_shorter = len(short) < len(full) or (short[0] != full[0] and shortness(short[0]) > 0)
    return (ends and inner and is_shorter) or full[: len(short)] == short


def is_family_name(short: Words, full: Words, *, hyphen: bool) -> bool:
    """Return True if two or more last words of a full name are a family name that can be used alone.

    They begin with a particle, or hyphens join them all (`hyphen`), or the full name begins with a given name and they
    do not. "Carrie Lam" is not the family name of "Hong Kong Carrie Lam".

    >>> is_family_name(("bin", "salman"), ("mohammed", "bin", "salman"), hyphen=False)
    True
    >>> is_family_name(("carrie", "lam"), ("hong", "kong", "carrie", "lam"), hyphen=False)
    False
    """
    (short, _), (full, _) = generation(short), generation(full)
    if len(short) < 2 or len(short) >= len(full) or full[-len(short) :] != short:
        return False
    if hyphen or short[0] in entries("particles.txt"):
        return True
    return short[0] not in given_names() and full[0] in given_names()


def has_one_word_more(short: Words, full: Words) -> bool:
    """Return True if a full name has one more word before the short name and neither begins with a given name.

    >>> has_one_word_more(("bar", "lev"), ("omer", "bar", "lev"))
    True
    """
    return len(short) > 1 and full[1:] == short and given_names().isdisjoint((short[0], full[0]))


def is_hyphenated(words: Sequence[str]) -> bool:
    """Return True if hyphens join all words of a name.

    >>> is_hyphenated(["Akufo", "-", "Addo"]), is_hyphenated(["Jean", "-", "Claude", "Juncker"])
    (True, False)
    """
    return len(words) > 2 and all(word == "-" for word in words[1::2])
