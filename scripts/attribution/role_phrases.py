"""Roles in the words around a name, where the parse does not attach them to it.

Before the name: "Ambassador to Qatar Ann Lee" and "the director and founder of Lee's, Ann Lee, said"; after it: "Mr
Lee, the group's chief executive, said" and "Ann Lee, who is a member of the council, said".
"""

from collections.abc import Iterator

from scripts.attribution.role_nouns import body_nouns, role_head
from scripts.attribution.role_words import HONORIFICS, is_listed, mention_at, role_in
from scripts.attribution.tree import FINITE_OR_MODAL
from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries
from scripts.sources.kind_lists import kind_lists, singular

_NOUNS = frozenset(("NN", "NNP", "NNPS", "NNS"))
_IN_PHRASE = _NOUNS | {"CC", "DT", "HYPH", "JJ", "POS"}
# Tags after a name that only modifies a noun: the Lee campaign, Lee's staff.
_OF_NAME = _NOUNS | {"POS"}
_PREPOSITIONS = frozenset(("at", "for", "in", "of", "on", "to"))
# Prepositions between a name and the body that the person speaks for: Ann Lee, from the Fire Service.
_FOR_BODY = frozenset(("at", "from", "of", "with"))
# The most tokens of an abbreviation in brackets, brackets counted: the Fire Service (FS).
_BRACKETS = 3
# Forms of address: Mr and Mrs, Excellency (H.E.), Honourable, Doctor.
_ADDRESS = HONORIFICS | {"e", "h", "h.e", "h.e.", "hon", "hon.", "dr", "dr."}
# A longer phrase is no role.
_MOST = 16


def is_in_short(mention: Mention) -> bool:
    """Return True for a shortened name, which the text has in full elsewhere."""
    return mention.last - mention.first < len(mention.entity.split())


def is_in_tag(doc: Doc, name: Mention) -> bool:
    """Return True for the name in a tag between commas, inside what is said: the mayor, [Ann Lee] said, had left."""
    has_commas = doc.word[name.first - 1] == "," and doc.word[name.last + 1 : name.last + 2] == [","]
    return has_commas and doc.tag[name.last] in FINITE_OR_MODAL and doc.tag[name.last + 2 : name.last + 3] != ["``"]


def phrase_beside(doc: Doc, mention: Mention) -> str:
    """Return the role in the phrase before or after a person's name; "" if neither is one."""
    return _before(doc, mention) or _after(doc, mention.last) or _body_after(doc, mention.last)


def _goes_on(doc: Doc, token: int) -> bool:
    """Return True for a token that may be part of a phrase for a role."""
    return doc.tag[token] in _IN_PHRASE or doc.norm[token] in _PREPOSITIONS


def _is_preposition(doc: Doc, token: int) -> bool:
    """Return True for a preposition in a phrase for a role, unless it is part of a compound: editor-in-chief."""
    return doc.norm[token] in _PREPOSITIONS and doc.word[token - 1] != "-"


def _is_in(doc: Doc, token: int, *labels: str) -> bool:
    """Return True for a token in a mention with one of these labels."""
    mention = mention_at(doc, token)
    return mention is not None and mention.label in labels


def _names_office(doc: Doc, first: int, last: int) -> bool:
    """Return True if a noun of a phrase is an office or trade, and not in the name of a body."""
    nouns = (at for at in range(first, last) if doc.tag[at] in ("NN", "NNP") and not _is_in(doc, at, "ORG"))
    return any(_is_of_one(singular(doc.norm[at])) for at in nouns)


def _starts(doc: Doc, first: int, last: int) -> Iterator[int]:
    """Yield the tokens where a role may begin in the phrase before a name, those of longer roles first.

    The words before a preposition are somebody else's role if those after it name an office: "the mother of [director]
    Ann Lee". An "and" after a preposition joins what an office is for: "[director of trade and industry] Ann Lee".
    """
    prepositions = [at for at in range(first, last) if _is_preposition(doc, at)]
    at = prepositions[-1] + 1 if prepositions else first
    if at > first and not _names_office(doc, at, last):
        yield _after_others(doc, first, prepositions[0])
    yield _after_others(doc, at, last)


def _after_others(doc: Doc, first: int, last: int) -> int:
    """Return where a phrase begins when others before "and" are left out: its members and [the special envoy]."""
    joint = max((at for at in range(first, last) if doc.tag[at] == "CC"), default=first)
    is_place = _is_in(doc, joint - 1, "GPE", "LOC") and doc.tag[joint + 1] == "NNP"  # the Jersey and Guernsey governor
    return first if is_place or _names_office(doc, first, joint) else joint + (joint > first)


def _before(doc: Doc, name: Mention) -> str:
    """Return the role in the words before a name."""
    start, last = doc.sentences[doc.sentence[name.first]].first, name.first
    while last > start and doc.norm[last - 1] in _ADDRESS:
        last -= 1
    is_apart = last > start and doc.word[last - 1] == ","
    last -= is_apart
    first = last
    while first > max(start, last - _MOST) and not _is_in(doc, first - 1, "PERSON"):
        step = _bracketed(doc, first) or _goes_on(doc, first - 1)
        if not step:
            break
        first -= step
    while first < last and (doc.norm[first] in _PREPOSITIONS or doc.tag[first] in ("CC", "POS", "HYPH")):
        first += 1
    # Neither voters and [Lee], nor legislator and [Lee] supporter.
    end = last - _bracketed(doc, last)
    if first >= end or doc.tag[end - 1] not in _NOUNS or _OF_NAME & {*doc.tag[name.last : name.last + 1]}:
        return ""
    if is_apart and doc.word[name.last : name.last + 1] != [","] and not _opens_clause(doc, first, name):
        return ""
    if (
        is_in_short(name)
        and not is_apart
        and (doc.tag[first] == "DT" or (first > start and doc.tag[first - 1] == "RBS"))
    ):
        return ""  # the judge Lee referred to, the most able judge Lee knew
    for begin in _starts(doc, first, last):
        role = role_in(doc, begin, last)
        head = next((at for at in range(begin, end) if _is_preposition(doc, at)), end) - 1
        if role and not role.isupper() and doc.tag[head] in ("NN", "NNP") and _is_of_one(role_head(role)):
            return role
    return ""


def _bracketed(doc: Doc, last: int) -> int:
    """Return the number of tokens of an abbreviation in brackets that end before token `last`, 0 if there is none."""
    if last < 1 or doc.word[last - 1] != ")":
        return 0
    size = next((size for size in range(2, _BRACKETS + 1) if doc.word[last - size] == "("), 0)
    return size if size and doc.word[last - size + 1].isupper() else 0


def _opens_clause(doc: Doc, first: int, name: Mention) -> bool:
    """Return True for a phrase that with the name after it is the subject: [the head of security], Ann Lee said he ...

    It follows no verb or preposition (he met the mayor, Ann Lee said) and precedes no tag: the mayor, Ann Lee said, ...
    """
    begins = doc.sentences[doc.sentence[first]].first
    before = first - 1 - (first > begins and doc.tag[first - 1] == "DT")
    is_subject = before < begins or doc.word[before] == "," or doc.tag[before] in ("CC", "RB")
    is_subject = is_subject or (doc.tag[first] == "NNP" and doc.norm[first] in entries("titles.txt"))
    return is_subject and not is_in_short(name) and name.last - name.first > 1 and not is_in_tag(doc, name)


def _body_after(doc: Doc, last: int) -> str:
    """Return the body after a name that ends before token `last`: Ann Lee, from [the Fire Service], said."""
    has_comma = doc.word[last : last + 1] == [","]
    at = last + has_comma
    if not _FOR_BODY.intersection(doc.norm[at : at + 1]) or (not has_comma and doc.norm[at] not in ("from", "of")):
        return ""
    at += 1 + (doc.norm[at + 1 : at + 2] == ["the"])
    body = mention_at(doc, at) if at < len(doc.word) else None
    if body is None or body.label != "ORG" or body.first != at or _OF_NAME & {*doc.tag[body.last : body.last + 1]}:
        return ""
    is_closed = not has_comma or doc.word[body.last : body.last + 1] == [","]
    return " ".join(doc.slice(at, body.last).split()) if is_closed else ""


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
    """Return True for a listed noun for one person, not for a body: mayor and survivor, but not network."""
    is_body = noun in body_nouns() or noun in kind_lists().bodies or noun in entries("organisation_heads.txt")
    return singular(noun) == noun and is_listed(noun) and not is_body
