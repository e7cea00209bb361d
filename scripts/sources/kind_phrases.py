"""The kind of source that a phrase gives: by its head ("mayor of Derry"), or by the organisation in it.

If the head fits any organisation ("spokesman for Oxfam"), the organisation's name decides. The lists and the literature
behind the categories are in workflow/lexicons/source_kinds.yaml.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from scripts.entities.knowledge import country_names, demonyms
from scripts.sources.kind_lists import COMPLEMENT, Lists, kind_lists, singular

_PHRASE_ENDS = re.compile(
    r"\s(?:of|at|for|with|in|from|to|on|by|under|behind|during|since|who|that|which|whose|representing|based|living|made|led|held|known)\s"
    r"|[,;(]"
)
_POSSESSIVE = re.compile(r"(?:'s|’s|s'|s’)\s+")
# An acronym written with full stops: F.B.I.
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")
_POSSESSIVE_END = re.compile(r"['’]s?\Z")
_PART_OF = re.compile(
    r"\A(?:the |an? )?(?:\w+ )?"
    r"(?:groups?|teams?|panel|handful|pair|members?|dozens|hundreds|thousands|number|one|some|many|most|all|both|none|several|two|three)"
    r" of ",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_](?:[\w.&'’-]*[\w.])?")
_YEARS = re.compile(r"\A\d{1,3}-(?=years?-olds?\Z)")
_NUMBER = re.compile(r"\s\d{1,9}\Z")
_ARTICLES = frozenset(("The", "A", "An"))
_PARTY = re.compile(r"\b(?:Republican|Democrat|Democratic|Labou?r|Tory|Conservative)s? (?!Republic)", re.IGNORECASE)
# Words before the body that somebody heads or speaks for, with its name; and words before a workplace.
_COMPLEMENT = re.compile(r"\s(?:of|for)\s+(?:the\s+)?(.*)")
_FIELD = re.compile(r"s?\s(?:of|for)\s")
_WORKPLACE = re.compile(r"\s(?:at|with)\s")
# Words after a head that are not part of the role: honorifics of the name that follows, and adverbs.
_AFTER_HEAD = frozenset(("datuk", "dato", "seri", "sri", "tan", "tun", "haji", "dr", "mr", "mrs", "ms", "sir", "shri",
                         "smt", "sheikh", "dame", "he", "hh", "elsewhere", "alike", "there", "here", "today",
                         "themselves", "alone", "now", "all", "both", "also"))  # fmt: skip
# Words after which the name of a body no longer means the body: "government affairs".
_NOT_BODIES = [[word] for word in ("affairs", "relations", "policy", "studies", "law", "reform", "spending")]
_STATE = frozenset(
    ("republic", "state", "states", "country", "nation", "province", "region", "assembly", "house", "board")
)
# Heads that keep their own kind before "of" or "for" only if a country or the like follows.
_OF_STATES = frozenset(
    ("president", "vice president", "secretary", "speaker", "representative", "delegate", "chancellor", "governor")
    + ("founder", "co-founder", "secretary-general", "secretary general")
)
# Alone, as titles, these mean a lawyer; in "advocate for the poor" the first does not.
_LAWYER = frozenset(("advocate", "adv"))
_PRESIDENTS = frozenset(("president", "vice president", "chancellor"))
_FORMER = frozenset(("vice", "deputy", "former", "interim", "acting", "current", "then", "new", "the", "outgoing",
                     "ousted", "late", "state", "first", "mr", "mr."))  # fmt: skip


@cache
def _before_president() -> frozenset[str]:
    """Return the words, in lower case, that may precede "president" of a country: "south", "korean", "former"."""
    words = (word.lower() for name in (*country_names(), *demonyms()) for word in name.split())
    return _FORMER | frozenset(words)


@cache
def _states() -> frozenset[str]:
    """Return the names of countries in lower case."""
    return frozenset(name.lower() for name in country_names())


@lru_cache(maxsize=10_000)
def head_of_phrase(phrase: str) -> str:
    """Return the longest listed head at the end of the first part of a phrase; "" if there is none.

    A head with "of" or "for" in it, such as "chief of staff", may extend beyond that part.

    >>> head_of_phrase("former deputy mayors of Derry"), head_of_phrase("17-year-old")
    ('mayor', 'year-old')
    >>> head_of_phrase("chief of staff to the president"), head_of_phrase("traders travelling to Kigali")
    ('chief of staff', 'trader')
    """
    lists = kind_lists()
    words = _first_part(phrase)
    joint = words.index("and") if "and" in words else len(words)
    if head := _last_head(words[:joint]):
        words = words[:joint]
    else:
        head = _last_head(words)  # security and forensic [analyst]
    complement = COMPLEMENT.search(phrase)
    if words and complement:
        after = _WORD.findall(phrase[complement.start() :].lower())
        longer = " ".join([*words[:-1], singular(words[-1]), *after[:3]])
        compound = next((each for each in lists.compounds if f" {each} " in f" {longer} "), "")
        # Not "secretary of defense" in "deputy secretary of defense", since "deputy secretary" is the longer head.
        if compound and not head.endswith(f" {COMPLEMENT.split(compound)[0]}"):
            return compound
    return head


def _last_head(words: Sequence[str]) -> str:
    """Return the longest head at the end of the words, or else before a participle in "ing"; "" if there is none."""
    lists = kind_lists()
    participle = next((at for at, word in enumerate(words) if at and word.endswith("ing")), len(words))
    for end in dict.fromkeys((len(words), participle)):
        for first in range(max(0, end - 4), end):
            for last in (words[end - 1], singular(words[end - 1])):
                candidate = " ".join([*words[first : end - 1], last])
                if candidate in lists.heads or candidate in lists.neutral:
                    return candidate
    return ""


def _first_part(phrase: str) -> list[str]:
    """Return a phrase's words, in lower case, up to its first preposition or comma, without honorifics at the end.

    >>> _first_part("the Selangor police chief Datuk of Derry"), _first_part("students elsewhere")
    (['the', 'selangor', 'police', 'chief'], ['students'])
    """
    first_part = _POSSESSIVE.split(_PHRASE_ENDS.split(phrase, maxsplit=1)[0])[-1]
    words = [_YEARS.sub("", word) for word in _WORD.findall(first_part.lower())]
    while len(words) > 1 and words[-1].rstrip(".") in _AFTER_HEAD:
        words.pop()
    return words


def listed(text: str, *, with_bodies: bool = False) -> str:
    """Return the kind of the first organisation named in a text; "" if none is in the lists.

    The words of a name are read together and the last listed one decides ("Reuters Institute"). Words such as "Energy"
    count only at the end of a name. `with_bodies` also reads common nouns ("a charity").

    >>> [listed(name) for name in ("University of Lagos", "people who know", "Reuters Institute", "World Bank")]
    ['expert', '', 'expert', 'official']
    >>> listed("Centre for Energy Policy at the Patriot Energy in Leeds"), listed("Patriot Energy")
    ('expert', 'business')
    >>> listed("Fox"), listed("A Fox editor"), listed("Cy Fox")
    ('media', 'media', '')
    >>> listed("McDonald's"), listed("AT&T"), listed("the F.B.I.")
    ('business', 'business', 'official')
    >>> listed("aide to the campaign and fellow of Yale"), listed("head of a police union", with_bodies=True)
    ('expert', 'civil society')
    """
    lists = kind_lists()
    if kind := lists.acronyms.get(text) or lists.whole_names.get(text, ""):
        return kind
    words = [_POSSESSIVE_END.sub("", word) for word in _WORD.findall(text)]
    first = 0
    while first < len(words):
        length, of_name = _name_at(lists, words, first, with_bodies=with_bodies)
        if of_name:
            kind = of_name
        elif kind and words[first].islower():
            break
        first += length
    return kind


def _name_at(lists: Lists, words: list[str], first: int, *, with_bodies: bool) -> tuple[int, str]:
    """Return the number of words from `first` on that form a listed name, and its kind; (1, "") if they form none."""
    for last in range(min(len(words), first + 5), first, -1):
        name = " ".join(words[first:last])
        kind = lists.acronyms.get(name.replace(".", "") if _DOTTED.fullmatch(name) else name, "")
        if not kind and words[first][0].isupper():
            kind = lists.names.get(name.lower(), "")
            if not kind and (last == len(words) or not words[last][0].isupper()):
                kind = lists.endings.get(name.lower(), "")
                begins = first == 0 or not words[first - 1][0].isupper() or words[first - 1] in _ARTICLES
                kind = kind or (lists.whole_names.get(name, "") if begins else "")
        if not kind and with_bodies and name.islower() and words[last : last + 1] not in _NOT_BODIES:
            kind = lists.bodies.get(name, "") or lists.bodies.get(singular(name), "")
        if kind:
            return last - first, kind
    return 1, ""


def phrase_kind(phrase: str) -> str:
    """Return the kind given by a role or by the words for an unnamed source; "" if they give none.

    >>> phrase_kind("Oxfam spokeswoman"), phrase_kind("mayor of Derry"), phrase_kind("the bank's lawyer")
    ('civil society', 'politician', 'expert')
    >>> [phrase_kind(f"president of {of}") for of in ("Peru", "the AMPI", "a charity for refugees")]
    ['politician', '', 'civil society']
    """
    lists = kind_lists()
    phrase = _NUMBER.sub("", _PART_OF.sub("", phrase))
    head = head_of_phrase(phrase)
    if not head:
        workplace = _WORKPLACE.split(phrase, maxsplit=1)[1:]
        return next((kind for place in workplace if (kind := listed(place, with_bodies=True))), listed(phrase))
    if phrase.lower().rstrip(".") in _LAWYER:
        return "expert"
    if head not in lists.neutral:
        kind = _name_before(phrase, head) or lists.heads[head]
        return "politician" if kind == "official" and _PARTY.search(phrase) else kind
    return _organisation(phrase, head) or ("" if _is_of_a_body(phrase, head) else lists.heads.get(head, ""))


def _name_before(phrase: str, head: str) -> str:
    """Return the kind of a listed name of several words that a head with a capital ends; "" if there is none.

    >>> _name_before("with the Natural Resources Defense Council", "council"), _name_before("Union leader", "leader")
    ('civil society', '')
    """
    words = _WORD.findall(phrase[: phrase.lower().find(head) + len(head)])
    is_name = words[-1][0].isupper()
    names = (" ".join(words[-n:]).lower() for n in (5, 4, 3, 2)) if is_name else ()
    return next((kind for name in names if (kind := kind_lists().names.get(name, ""))), "")


def _organisation(phrase: str, head: str) -> str:
    """Return the kind of the organisation to which a neutral head belongs: the one before it, else the one after it.

    >>> _organisation("EPA employees' union president", "president")
    'civil society'
    >>> _organisation("government affairs director", "director")
    ''
    >>> _organisation("director of Information Systems at the Supreme Court", "director")
    'official'
    """
    at = phrase.lower().find(head)
    before, after = phrase[:at], phrase[at + len(head) :]
    words = [_POSSESSIVE_END.sub("", word) for word in _WORD.findall(before)]
    bodies = kind_lists().bodies
    of_body = next((bodies[name] for n in (2, 1) if (name := " ".join(words[-n:])) in bodies), "")
    places = _WORKPLACE.split(after, maxsplit=1)[1:] if _FIELD.match(after) else []
    return (
        of_body
        or listed(before)
        or next((kind for place in (*places, after) if (kind := listed(place, with_bodies=True))), "")
    )


def _is_of_a_body(phrase: str, head: str) -> bool:
    """Return True if a head belongs to something that is not a country: "president of the AMPI", "AMPI president"."""
    complement = _COMPLEMENT.search(phrase)
    before = _WORD.findall(_PHRASE_ENDS.split(phrase, maxsplit=1)[0])[: -len(head.split())]
    named = (word for word in before if word[0].isupper() or _POSSESSIVE_END.search(word))
    owners = {_POSSESSIVE_END.sub("", word).lower() for word in named}
    if head in _PRESIDENTS and owners - _before_president() - _STATE:
        return True
    if head not in _OF_STATES or complement is None:
        return False
    words = _WORD.findall(complement[1].lower())
    starts = {" ".join(words[:n]) for n in (1, 2, 3)}
    return not starts & (_states() | _STATE)


def is_neutral(phrase: str) -> bool:
    """Return True if the head of a phrase is neutral: like "aide" and "spokesman", it takes the organisation's kind."""
    return head_of_phrase(phrase) in kind_lists().neutral


def owner_words(phrase: str) -> list[str]:
    """Return the words of a phrase with a neutral head, to be searched for the surname of the person it serves.

    >>> owner_words("spokeswoman for Mrs. Stein"), owner_words("Ms. Stein")
    (['spokeswoman', 'for', 'Mrs.', 'Stein'], [])
    """
    return [_POSSESSIVE_END.sub("", word) for word in _WORD.findall(phrase)] if is_neutral(phrase) else []
