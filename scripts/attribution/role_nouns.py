"""Nouns of roles as texts write them: their heads, words that describe the bearer, wider nouns, and bodies."""

import re
from functools import cache

from scripts.attribution.lexicon import speaker_nouns
from scripts.entities.knowledge import entries
from scripts.sources.kind_lists import kind_lists, singular

_FIRST_PART = re.compile(r"\s(?:of|for|at|in|from|to|on|with|by|under|behind|on|since|responsible|based)\s|[,;(]")
# Words that compare somebody with others: the most hawkish candidate.
_COMPARING = frozenset(("best", "most", "more", "real", "better", "worst", "greatest", "biggest"))
# Listed titles that say whose relative or friend somebody is, not what their trade is.
_RELATIVES = frozenset(
    ("aunt", "brother", "cousin", "daughter", "father", "friend", "grandfather", "grandmother", "husband", "mother")
    + ("sister", "son", "uncle", "wife")
)
BODIES_TOO = frozenset(("site", "wing", "website"))
# Titles in other words, as `bare` nouns: Rep. Ann Lee is "the congresswoman", the prime minister "the premier".
_IN_FULL = {
    "adm": ["admiral"], "capt": ["captain"], "cllr": ["councillor"], "cmdr": ["commander"], "col": ["colonel"],
    "det": ["detective"], "dr": ["doctor"], "gen": ["general"], "gov": ["governor"], "insp": ["inspector"],
    "lt": ["lieutenant"], "maj": ["major"], "pm": ["prime", "minister", "premier"], "pope": ["pontiff"],
    "prime": ["pm", "premier"], "prof": ["professor"], "rep": ["representative", "congress"], "rev": ["reverend"],
    "sen": ["senator"], "sgt": ["sergeant"], "supt": ["superintendent"],
}  # fmt: skip
# Wider nouns for the bearers of titles: a senator is "the lawmaker".
_WIDER = {
    "academic": "lecturer professor", "lawyer": "attorney barrister solicitor",
    "legislator": "assembly congress mp representative senator",
    "lawmaker": "assembly congress legislator member mep mp representative senator",
    "mp": "member", "teacher": "lecturer professor",
    "minister": "secretary", "player": "batsman bowler defender forward goalkeeper midfielder striker winger",
    "official": "administrator ambassador commissioner coordinator director envoy inspector officer secretary supt"
    " superintendent",
}  # fmt: skip


def role_head(role: str) -> str:
    """Return the noun in lower case that says what somebody is.

    >>> role_head("former Mayor of Derry"), role_head("conservative legal group")
    ('mayor', 'group')
    """
    words = _FIRST_PART.split(role, maxsplit=1)[0].split()
    return words[-1].lower() if words else ""


@cache
def body_nouns() -> frozenset[str]:
    """Return the nouns in lower case for bodies, groups and documents, which are no single person: ministry, report."""
    return frozenset().union(*(speaker_nouns()[kind] for kind in ("organisation", "government", "group", "document")))


def bare(word: str) -> str:
    """Return a noun for a role without its gender: spokeswoman and spokesman become the same.

    >>> bare("spokeswoman"), bare("woman")
    ('spokes', 'woman')
    """
    for ending in ("woman", "person", "man"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def describing_words(role: str) -> list[str]:
    """Return the words of a role in lower case by which the text may refer to its bearer; none for a body.

    >>> describing_words("former President of the Farmers Union"), describing_words("conservative legal group")
    (['former', 'president'], [])
    >>> describing_words("Capt."), describing_words("Vice-President")
    (['capt.', 'captain'], ['vice', 'president'])
    """
    words = _FIRST_PART.split(role, maxsplit=1)[0].lower().replace("-", " ").split()
    own = [] if is_of_body(role) else [word for word in words if word not in body_nouns()]
    return own + [noun for word in own for noun in _IN_FULL.get(word.rstrip("."), ())]


def is_wider(noun: str, role: str) -> bool:
    """Return True for a noun that covers the bearers of a role and others.

    >>> is_wider("lawmaker", "Texas Sen."), is_wider("lawmaker", "mayor")
    (True, False)
    """
    return any(bare(word) in _WIDER.get(noun, "").split() for word in describing_words(role))


def role_weight(role: str, *, is_quoted: bool) -> tuple[int, ...]:
    """Return a sort key for how much a role says about somebody: offices and trades say most.

    Of equal roles the longer says more. A role inside a quotation (`is_quoted`) says least. A role that compares
    somebody with others, or belongs to a body, does not count as an office.

    >>> role_weight("mayor", is_quoted=False) > role_weight("best friend of all", is_quoted=False)
    True
    """
    head, words = singular(role_head(role)), role.lower().split()
    is_plain = _COMPARING.isdisjoint(words) and head not in body_nouns()
    return not is_quoted, is_office(role) and is_plain, len(role)


def is_office(role: str) -> bool:
    """Return True for a role that is an office or a trade, not only a citizen's.

    >>> [is_office(role) for role in ("mayor of Derry", "vice-president", "younger sister", "MSNBC")]
    [True, True, False, False]
    """
    lists, head = kind_lists(), singular(role_head(role))
    return any(
        lists.heads.get(noun, "citizen") != "citizen"
        or noun in lists.neutral
        or noun.rstrip(".") in entries("titles.txt") - _RELATIVES
        for noun in (head, head.rpartition("-")[2])
    )


def is_of_body(role: str) -> bool:
    """Return True for a role that describes a body and not a person: "conservative legal group".

    >>> is_of_body("conservative legal group"), is_of_body("president of the group"), is_of_body("Labour Party")
    (True, False, False)
    """
    head = role_head(role)
    listed = head in speaker_nouns()["organisation"] or head in BODIES_TOO
    return listed and f" {role} ".count(f" {head} ") > 0
