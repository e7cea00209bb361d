"""Roles told by the words around a name, where the parse joins them to nothing.

Before it, "Ambassador to Qatar Ann Lee" and "the director and founder of Lee's, Ann Lee, said"; after it, "Mr Lee, the
group's chief executive, said" and "Ann Lee, who is a member of the council, said".
"""

from collections.abc import Iterator

from scripts.attribution.role_nouns import body_nouns, role_head
from scripts.attribution.role_words import HONORIFICS, is_listed, mention_at, role_in
from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries
from scripts.sources.kind_lists import kind_lists, singular

_NOUNS = frozenset(("NN", "NNP", "NNPS", "NNS"))
_IN_PHRASE = _NOUNS | {"CC", "DT", "HYPH", "JJ", "POS"}
# Tags after a name that describes another: the Lee campaign, Lee's staff.
_OF_NAME = _NOUNS | {"POS"}
_PREPOSITIONS = frozenset(("at", "for", "of", "to"))
# Excellency (H.E.) and Honourable, besides Mr and Mrs.
_ADDRESS = HONORIFICS | {"e", "h", "h.e", "h.e.", "hon", "hon.", "dr", "dr."}
# A longer phrase is no role.
_MOST = 16


def is_in_short(mention: Mention) -> bool:
    """Return True for a name in short, which the text has in full elsewhere."""
    return mention.last - mention.first < len(mention.entity.split())


def phrase_beside(doc: Doc, mention: Mention) -> str:
    """Return the role in the phrase before or after a person's name; "" if neither is one."""
    return _before(doc, mention) or _after(doc, mention.last)


def _goes_on(doc: Doc, token: int) -> bool:
    """Return True for a token that may stand in a phrase of role."""
    return doc.tag[token] in _IN_PHRASE or doc.norm[token] in _PREPOSITIONS


def _is_of_person(doc: Doc, token: int) -> bool:
    """Return True for a token in the name of a person."""
    mention = mention_at(doc, token)
    return mention is not None and mention.label == "PERSON"


def _names_office(doc: Doc, first: int, last: int) -> bool:
    """Return True if a noun of a phrase is an office or trade."""
    return any(_is_of_one(singular(doc.norm[at])) for at in range(first, last) if doc.tag[at] in _NOUNS)


def _starts(doc: Doc, first: int, last: int) -> Iterator[int]:
    """Yield where a role may begin in the phrase before a name, the longest first.

    After "of" somebody else is told, the mother of director Ann Lee; so is what an office is for before "and".
    """
    at = max((at for at in range(first, last) if doc.norm[at] in _PREPOSITIONS), default=first - 1) + 1
    if at > first and not _names_office(doc, at, last):
        yield first
    joint = max((at for at in range(at, last) if doc.tag[at] == "CC"), default=at)
    yield at if _names_office(doc, at, joint) else joint + (joint > at)


def _before(doc: Doc, name: Mention) -> str:
    """Return the role in the words before a name."""
    start, last = doc.sentences[doc.sentence[name.first]].first, name.first
    while last > start and doc.norm[last - 1] in _ADDRESS:
        last -= 1
    is_apart = last > start and doc.word[last - 1] == ","
    last -= is_apart
    first = last
    while first > max(start, last - _MOST) and _goes_on(doc, first - 1) and not _is_of_person(doc, first - 1):
        first -= 1
    while first < last and (doc.norm[first] in _PREPOSITIONS or doc.tag[first] in ("CC", "POS", "HYPH")):
        first += 1
    # Neither voters and [Lee], nor legislator and [Lee] supporter.
    if first == last or doc.tag[last - 1] not in _NOUNS or _OF_NAME & {*doc.tag[name.last : name.last + 1]}:
        return ""
    if is_apart and doc.word[name.last : name.last + 1] != [","]:
        return ""
    if (
        is_in_short(name)
        and not is_apart
        and (doc.tag[first] == "DT" or (first > start and doc.tag[first - 1] == "RBS"))
    ):
        return ""  # the judge Lee referred to, the most able judge Lee knew
    for begin in _starts(doc, first, last):
        role = role_in(doc, begin, last)
        head = next((at for at in range(begin, last) if doc.norm[at] in _PREPOSITIONS), last) - 1
        if role and not role.isupper() and doc.tag[head] in ("NN", "NNP") and _is_of_one(role_head(role)):
            return role
    return ""


def _after(doc: Doc, last: int) -> str:
    """Return the role in the phrase between commas after a name that ends before token `last`."""
    end = doc.sentences[doc.sentence[last - 1]].last
    if doc.word[last : last + 1] != [","] or last + 1 >= end:
        return ""
    first = last + 1
    if doc.norm[first : first + 2] in (["who", "is"], ["who", "was"]):
        first += 2
    until = first
    while until < min(end, first + _MOST) and (_goes_on(doc, until) or doc.tag[until] == "PRP$"):
        until += 1
    if until >= end or doc.word[until] not in (",", ".") or doc.tag[first] not in ("DT", "PRP$", "NNP", "NN", "JJ"):
        return ""
    role = role_in(doc, first, until)
    return role if role and _is_of_one(role_head(role)) else ""


def _is_of_one(noun: str) -> bool:
    """Return True for a listed noun of one person, not of a body: mayor, survivor; not network."""
    is_body = noun in body_nouns() or noun in kind_lists().bodies or noun in entries("organisation_heads.txt")
    return singular(noun) == noun and is_listed(noun) and not is_body
