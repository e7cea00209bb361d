"""Roles among the words beside a name: a title, or somebody's office or trade, in the words of the text.

A month, somebody else's name, a possession or a feeling is no role.
"""

from bisect import bisect_right
from functools import cache

from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.role_nouns import BODIES_TOO, role_head
from scripts.core.annotation import Doc, Mention
from scripts.core.lexicons import tab_rows, word_list
from scripts.core.types import Span
from scripts.entities.knowledge import entries
from scripts.entities.name_words import before_ticker
from scripts.sources.kind_lists import kind_lists, singular

SOURCE_HEADS = "source_heads.tsv"
# Endings of nouns for people who do something.
AGENTIVE = ("er", "or", "ist", "ian", "eer", "ress", "man", "men", "woman", "women", "person", "boss")
HONORIFICS = frozenset(("mr.", "mrs.", "ms.", "mr", "mrs", "ms", "miss"))
_RANKS = frozenset(("justice", "professor", "prof.", "prof"))
_DOCTORS = frozenset(("dr", "dr.", "datuk", "dato", "seri", "sri"))
# Words that open an apposition or address: "also an undergraduate", "perhaps the best-known graduate", "Dear Senator".
_OPENING = frozenset(
    ("also", "dear", "perhaps", "arguably", "now", "even", "only", "just", "formerly", "today", "currently", "still")
)
_CLAUSES = frozenset(("WDT", "WP", "WP$", "WRB"))
# A noun is a thing if a smaller share of its occurrences are sources: the charges of "very charges".
_SHARE = 0.02
# An office of at most this many letters is always written in capitals: CEO.
_LETTERS = 3
_CLOSING = {")": "(", "]": "["}
_POSSESSIVE = frozenset(("'s", "'"))
_FORMS_OF_ADDRESS = frozenset(("sir", "madam", "madame"))
# No roles: a rank (number one), an age, and a source that speaks about the person named: Mr Lee, a party source said.
_NO_ROLES = frozenset(("number", "year-old", "source", "sources"))


@cache
def source_heads() -> dict[str, tuple[int, int]]:
    """Return {noun: (times it is the head of a source of speech, times it occurs)} in the training articles."""
    return {lemma: (int(sources), int(total)) for lemma, sources, total in tab_rows(SOURCE_HEADS)[1:]}


def may_be_somebody(lemma: str) -> bool:
    """Return True for a noun for a person, a title or a body: a listed one, or one with an agentive ending."""
    return is_listed(lemma) or _is_agentive(lemma)


def _is_agentive(lemma: str) -> bool:
    return len(lemma) > 2 and lemma.endswith(AGENTIVE)  # the conjunction "or" is nobody


def is_listed(lemma: str) -> bool:
    """Return True for a noun in lower case that is listed as a person, a title or a body."""
    lists = kind_lists()
    listed = lists.heads.get(lemma, "document") != "document" or lemma in lists.neutral or lemma in lists.bodies
    return listed or any(lemma.rstrip(".") in entries(name) for name in ("titles.txt", "organisation_heads.txt"))


def mention_at(doc: Doc, token: int) -> Mention | None:
    """Return the mention that a token is in, or None."""
    place = bisect_right(doc.mentions, token, key=lambda mention: mention.first) - 1
    return doc.mentions[place] if place >= 0 and token < doc.mentions[place].last else None


def _opened(doc: Doc, first: int, last: int) -> Span:
    """Return a token range without opening words: marks, articles, "that", "two", "his", "also", honorifics."""
    while first < last and (
        doc.pos[first] in ("DET", "PUNCT")
        or "\ufffd" in doc.word[first]
        or doc.norm[first] in ("one", "both", "that")
        or (
            doc.tag[first] == "CD"
            and doc.norm[first].isalpha()
            and doc.tag[first + 1 : first + 2] not in (["CD"], ["HYPH"])
        )
        or doc.tag[first] in ("PRP$", "POS")
        or doc.norm[first] in HONORIFICS
        or (doc.norm[first] in _OPENING and first + 1 < last)
        or (doc.norm[first] == "then" and first + 1 < last and doc.pos[first + 1] == "DET")
    ):
        first += 1
    return first, last


def _closed(doc: Doc, first: int, last: int) -> Span:
    """Return a token range without a clause or somebody else at its end, an open bracket, marks and "and"."""
    last = next((at for at in range(first + 1, last) if doc.tag[at] in _CLAUSES or _ends_role(doc, at, last)), last)
    for at in range(last - 1, first, -1):
        if doc.word[at] in ("(", "[") and not any(doc.word[after] in _CLOSING for after in range(at, last)):
            last = at
    while last > first and (_is_apart(doc, first, last - 1) or doc.pos[last - 1] in ("PUNCT", "CCONJ")):
        if _CLOSING.get(doc.word[last - 1]) in doc.word[first : last - 1]:
            break
        last -= 1
    return first, last


def _is_apart(doc: Doc, first: int, at: int) -> bool:
    """Return True for a part of the name after a role: an initial, or an academic title or Mr after a comma."""
    is_initial = len(doc.word[at]) == 1 and doc.word[at].isupper()
    is_title = doc.norm[at] in _RANKS | _DOCTORS | HONORIFICS and doc.word[at - 1] == ","
    return at > first and (is_initial or is_title)


def _ends_role(doc: Doc, at: int, last: int) -> bool:
    """Return True where somebody else follows (", or Karl Kamp"), or the description of a body after ", a"."""
    if doc.word[at] == "," and doc.norm[at + 1 : at + 2] in (["a"], ["an"]):
        return True
    if doc.pos[at] == "CCONJ" and doc.word[at - 1] == "," and at + 1 < last:
        mention = mention_at(doc, at + 1)
        return mention is not None and mention.label == "PERSON" and mention.first == at + 1
    return False


def _without_names(doc: Doc, first: int, last: int) -> Span:
    """Return a token range without a name or an academic title at its end, unless a preposition is in the range.

    The name is a person's mention, or a capitalised word after a common noun: "the businessman Chandhok".
    """
    if any(doc.pos[at] == "ADP" for at in range(first, last)):
        return first, last
    while last - first > 1:
        at, mention = last - 1, mention_at(doc, last - 1)
        word, common = doc.norm[at], doc.tag[at - 1] in ("NN", "NNS") and doc.word[at - 1].islower()
        is_capital = doc.word[at][0].isupper()
        of_person = mention is not None and mention.label == "PERSON" and mention.first >= first
        is_name = mention is None and is_capital and not is_listed(word) and common
        is_after_title = common or doc.norm[at - 1] in HONORIFICS  # the court's president, Mr [Justice] Lee
        is_rank = word in _DOCTORS | HONORIFICS or (is_after_title and is_capital and word in _RANKS)
        if not (of_person or is_name or is_rank):
            break
        last -= 1
    return first, last


def body_before(doc: Doc, token: int) -> str:
    """Return the body whose possessive stands before a token: CNN for the name after "CNN's"; "" if there is none."""
    mention = mention_at(doc, token - 2) if token > 1 and doc.word[token - 1] in _POSSESSIVE else None
    is_body = mention is not None and mention.label == "ORG"
    return " ".join(doc.slice(mention.first, mention.last).split()) if mention is not None and is_body else ""


def _is_role(doc: Doc, first: int, last: int, role: str) -> bool:
    """Return True if the tokens `first` to before `last`, which spell `role`, say what somebody is."""
    head = role_head(role)
    at = next((at for at in range(first, last) if doc.norm[at].endswith(head.split("-")[-1])), first)
    mention = mention_at(doc, at)
    if mention is not None and mention.label == "GPE":
        return False
    lemma = singular(head)
    if mention is not None and mention.label not in ("ORG", "NORP", "PERSON", "FAC", "GPE", "LOC"):
        return is_listed(lemma)
    if is_listed(head) or is_listed(lemma) or is_listed(lemma.rpartition("-")[2]):
        return True
    if mention is not None:
        return mention.label in ("ORG", "NORP")
    is_document = lemma in speaker_nouns()["document"] or kind_lists().heads.get(lemma) == "document"
    if (is_document and lemma not in BODIES_TOO) or lemma in word_list("things.txt"):
        return False
    listed = any(lemma in speaker_nouns()[kind] for kind in ("female", "male", "group", "organisation"))
    sources, total = source_heads().get(lemma, (0, 0))
    if listed or lemma in BODIES_TOO or sources > _SHARE * total:
        return True
    return doc.tag[at] not in ("NNP", "NNPS") and _is_agentive(lemma.split("-")[-1])


def role_in(doc: Doc, first: int, last: int) -> str:
    """Return the role in the tokens `first` to before `last`, which are beside a name; "" if they have none."""
    if last > first and doc.norm[last - 1] in HONORIFICS and doc.word[last - 2] != ",":
        return ""
    last -= last > first and doc.norm[last - 1] in _FORMS_OF_ADDRESS
    last -= last > first + 1 and doc.norm[last - 1] in _DOCTORS  # Ambassador of Iraq Dr. Abdul Sattar
    body = mention_at(doc, last - 1)
    if body is not None and body.label == "ORG" and first < body.first:
        last = body.last  # chairman of the Subcommittee on Marketing, Inspection and Product Promotion
    first -= 2 * (first > 1 and doc.word[first - 1] == "-")  # [first-]time backer
    is_joined = doc.word[last : last + 1] == ["-"] and doc.end[last - 1] == doc.start[last]
    if is_joined and doc.pos[last + 1 : last + 2] in (["NOUN"], ["PROPN"]):
        last += 2  # co-founder
    # A dash between spaces ends a dateline: WASHINGTON - [Senator] Smith.
    dashes = [at for at in range(first, last) if doc.word[at] == "-" and doc.start[at] > doc.end[at - 1]]
    first = max([first, *(at + 1 for at in dashes if doc.start[at + 1] > doc.end[at])])
    opened = first
    last = before_ticker(doc, first, last)
    first, last = _without_names(doc, *_closed(doc, *_opened(doc, first, last)))
    if first >= last or doc.pos[first] == "ADP":
        return ""
    if doc.word[last - 1] in _POSSESSIVE:
        return ""  # Colorado's
    role = " ".join(doc.slice(first, last).split())
    is_hour = doc.word[last - 1] == "pm"  # a prime minister is the PM
    if is_hour or role_head(role) in _NO_ROLES or not _is_role(doc, first, last, role):
        return ""
    in_capitals = role.isupper() and len(role) > _LETTERS
    if in_capitals and {role.lower().rstrip("."), role.lower().rstrip("s.")} & entries("titles.txt"):
        role = role.capitalize()  # SEN. and SENS.
    if role.endswith("s.") and role_head(role)[:-2] in entries("titles.txt"):
        return f"{role[:-2]}."  # Sens. Smith and Lee
    head = role_head(role)
    is_plural = doc.tag[last - 1] in ("NNS", "NNPS", "NNP") and doc.norm[last - 1] == head
    if first > opened and doc.tag[first - 1] == "CD" and head in role:
        return role.replace(head, singular(head), 1)  # two representatives of the group
    if is_plural and doc.tag[last - 1] == "NNS" and not may_be_somebody(singular(head)):
        return ""  # superdelegates
    return singular(role) if is_plural and is_listed(singular(head)) else role
