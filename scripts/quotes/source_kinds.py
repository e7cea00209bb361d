"""The kind of a source (politician, official, business, ...) by the words that the text uses for it.

The head of a role decides ("mayor of Derry"); for a head that fits any organisation ("spokesman for Oxfam") the name of
the organisation does. Lists and the literature behind the categories are in workflow/lexicons/source_kinds.yaml.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml

UNKNOWN = "unknown"
_PHRASE_ENDS = re.compile(r"\s(?:of|at|for|with|in|from|to|on|who|that|which|whose|and|representing)\s|[,;(]")
_POSSESSIVE = re.compile(r"(?:'s|’s|s'|s’)\s+")
_POSSESSIVE_END = re.compile(r"['’]s?\Z")
_PART_OF = re.compile(
    r"\A(?:the |an? )?(?:\w+ )?"
    r"(?:groups?|members?|dozens|hundreds|thousands|number|one|some|many|most|several|two|three) of ",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"anonym|not (?:to )?be (?:named|identified)|not authori[sz]ed to (?:speak|discuss)|"
    r"declined to be (?:named|identified)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_](?:[\w.&'’-]*[\w.])?")
_BY_TYPE = {"document": "document", "government": "official"}


class Lists(NamedTuple):
    """Kinds by head, name in lower case and acronym; heads for which the organisation decides; heads with "of"."""

    heads: dict[str, str]
    names: dict[str, str]
    acronyms: dict[str, str]
    neutral: frozenset[str]
    compounds: tuple[str, ...]


@cache
def kind_lists() -> Lists:
    """Return the word lists of source_kinds.yaml; where a word is in two kinds, the first has it."""
    heads: dict[str, str] = {}
    names: dict[str, str] = {}
    acronyms: dict[str, str] = {}
    content = read_yaml(LEXICONS / "source_kinds.yaml")
    neutral = frozenset(content.pop("neutral"))
    for kind, lists in content.items():
        for head in lists["heads"]:
            heads.setdefault(head, kind)
        for name in lists["names"]:
            (acronyms if name.isupper() else names).setdefault(name, kind)
    compounds = tuple(head for head in sorted(heads, key=len, reverse=True) if " of " in head)
    return Lists(heads, names, acronyms, neutral, compounds)


def kinds() -> tuple[str, ...]:
    """Return all kinds in the order of the lists, `unknown` last."""
    return (*(kind for kind in read_yaml(LEXICONS / "source_kinds.yaml") if kind != "neutral"), UNKNOWN)


def _singular(word: str) -> str:
    """Return a word without a plural's ending; "ies" becomes "y".

    >>> [_singular(word) for word in ("mayors", "authorities", "analysts", "boss")]
    ['mayor', 'authority', 'analyst', 'boss']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _head(phrase: str) -> str:
    """Return the longest head of the lists at the end of the first part of a phrase; "" if there is none.

    A head with "of" in it, such as "chief of staff", is looked for at the beginning.

    >>> _head("former deputy mayors of Derry"), _head("chief of staff to the president")
    ('mayor', 'chief of staff')
    """
    lists = kind_lists()
    first_part = _POSSESSIVE.split(_PHRASE_ENDS.split(phrase, maxsplit=1)[0])[-1]
    words = _WORD.findall(first_part.lower())
    if words and " of " in phrase:
        longer = " ".join([*words, *_WORD.findall(phrase[phrase.index(" of ") :].lower())[:2]])
        if compound := next((head for head in lists.compounds if f" {head} " in f" {longer} "), ""):
            return compound
    for first in range(max(0, len(words) - 4), len(words)):
        for last in (words[-1], _singular(words[-1])):
            candidate = " ".join([*words[first:-1], last])
            if candidate in lists.heads or candidate in lists.neutral:
                return candidate
    return ""


def listed(text: str) -> str:
    """Return the kind of the organisation that is named in a text, the last of several; "" if none is known.

    >>> listed("University of Lagos"), listed("people who know")
    ('expert', '')
    """
    lists = kind_lists()
    words = [_POSSESSIVE_END.sub("", word) for word in _WORD.findall(text)]
    kind = ""
    for first in range(len(words)):
        for last in range(min(len(words), first + 4), first, -1):
            name = " ".join(words[first:last])
            listed = lists.acronyms.get(name) or (lists.names.get(name.lower()) if words[first][0].isupper() else None)
            if listed:
                kind = listed
                break
    return kind


def _phrase_kind(phrase: str) -> str:
    """Return the kind that a role or the name of an unnamed source says; "" if it says none.

    >>> _phrase_kind("Oxfam spokeswoman"), _phrase_kind("mayor of Derry"), _phrase_kind("the bank's lawyer")
    ('civil society', 'politician', 'expert')
    """
    lists = kind_lists()
    phrase = _PART_OF.sub("", phrase)
    head = _head(phrase)
    if head and head not in lists.neutral:
        return lists.heads[head]
    return listed(phrase) or lists.heads.get(head, "")


def owner_kind(phrase: str, surnames: Mapping[str, str]) -> str:
    """Return the kind of the person whose spokesman, aide or team a phrase names, by surname; `unknown` if of none.

    >>> kinds = {"Stein": "politician"}
    >>> owner_kind("spokeswoman for Mrs. Stein", kinds), owner_kind("Ms. Stein", kinds)
    ('politician', 'unknown')
    """
    if _head(phrase) not in kind_lists().neutral:
        return UNKNOWN
    words = (_POSSESSIVE_END.sub("", word) for word in _WORD.findall(phrase))
    return next((surnames[word] for word in words if word in surnames), UNKNOWN)


def source_kind(*, speaker: str, source: str, role: str, speaker_type: str) -> str:
    """Return the kind of a source, or `unknown`.

    `speaker` is its name over all documents, `source` the words of the text, `role` what the text calls it,
    `speaker_type` as in table quotes. A gender, a party or an origin is never taken from a name.
    """
    if _WITHHELD.search(source):
        return "anonymous"
    if speaker_type in _BY_TYPE:
        return _BY_TYPE[speaker_type]
    if role and (kind := _phrase_kind(role)):
        return kind
    if speaker_type == "person":
        return UNKNOWN
    ways = (listed, _phrase_kind) if speaker_type == "organisation" else (_phrase_kind,)
    return next((kind for way in ways for text in (source, speaker) if (kind := way(text))), UNKNOWN)
