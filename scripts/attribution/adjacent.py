"""Find the phrase beside a verb of saying from the words alone, for verbs to which the parse gives no subject."""

import calendar

from scripts.attribution.tree import FINITE
from scripts.core.annotation import Doc

Phrase = tuple[int, int, int]

_RUN = frozenset(("PROPN", "NOUN", "ADJ", "NUM", "PART"))
_IN_PHRASE = _RUN | {"DET", "PRON", "ADP", "CCONJ"}
# Interruptions before a verb ("Lee, who won, said"): the marks that set them off, how many tokens before the verb the
# phrase may begin, and the tags of relative pronouns.
_APART = frozenset((",", "(", ")", "-", "--"))
INTERRUPTION = 60
_RELATIVE = frozenset(("WP", "WDT", "WP$"))
_NOMINATIVE = frozenset(("i", "we", "you", "he", "she", "it", "they"))
_DAYS = frozenset(map(str.lower, (*calendar.day_name, *calendar.month_name)))


def adjacent(doc: Doc, quotation_at: list[int], verb: int) -> Phrase | None:
    """Return (first, last, head) of the phrase right before a verb, before its interruption, or right after it."""
    return (
        _before_verb(doc, quotation_at, verb)
        or _before_interruption(doc, quotation_at, verb)
        or _after_verb(doc, quotation_at, verb)
    )


def _before_verb(doc: Doc, quotation_at: list[int], verb: int) -> Phrase | None:
    """Return the phrase that ends right before a verb and its auxiliaries: "in Salem, Trump accused"."""
    begin = doc.sentences[doc.sentence[verb]].first
    head = before_group(doc, verb)
    if head < begin or quotation_at[head] >= 0:
        return None
    if doc.norm[head] in _NOMINATIVE:
        return head, head + 1, head
    is_noun = doc.pos[head] == "NOUN" and doc.dep[head] != "npadvmod" and doc.tag[verb] in FINITE
    if doc.norm[head] in _DAYS or not (is_noun or doc.pos[head] == "PROPN"):
        return None
    run = {"PROPN"} if doc.pos[head] == "PROPN" else _RUN | {"DET"}
    first = head
    while first > begin and doc.pos[first - 1] in run and quotation_at[first - 1] < 0:
        first -= 1
    return first, head + 1, head


def before_group(doc: Doc, verb: int) -> int:
    """Return the token before a verb with its auxiliaries and adverbs."""
    before = verb - 1
    while before >= 0 and (doc.pos[before] in ("ADV", "AUX") or doc.dep[before] == "neg"):
        before -= 1
    return before


def _before_interruption(doc: Doc, quotation_at: list[int], verb: int) -> Phrase | None:
    """Return the phrase that an interruption separates from a verb: Lee in "Lee, who won, said"."""
    begin = max(doc.sentences[doc.sentence[verb]].first, verb - INTERRUPTION)
    before = before_group(doc, verb)
    if before <= begin or doc.word[before] not in _APART or doc.tag[verb] not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    for first in (begin, *(at + 1 for at in range(begin, before) if doc.word[at] in (",", "-", "--"))):
        while first < before and doc.pos[first] in ("CCONJ", "ADV"):
            first += 1
        last = first
        while (
            last < before and doc.pos[last] in _IN_PHRASE and doc.tag[last] not in _RELATIVE and quotation_at[last] < 0
        ):
            last += 1
        opens = first < last and doc.pos[first] != "ADP"
        if opens and doc.word[last] in _APART:
            prepositions = (at for at in range(first, last) if doc.pos[at] == "ADP")
            head = next(prepositions, last) - 1
            if doc.pos[head] in ("PROPN", "NOUN"):
                return first, last, head
    return None


def _after_verb(doc: Doc, quotation_at: list[int], verb: int) -> Phrase | None:
    """Return the phrase right after a verb, unless it is the verb's object or the subject of a later verb."""
    sentence, after = doc.sentences[doc.sentence[verb]], verb + 1
    if after >= sentence.last or quotation_at[after] >= 0:
        return None
    follows_quotation = verb > 0 and quotation_at[verb - 1] >= 0 > quotation_at[verb]
    # After a quotation, a capitalised word or a word before a proper noun is a name, whatever its tag.
    is_name = follows_quotation and (doc.word[after].istitle() or doc.pos[after + 1 : after + 2] == ["PROPN"])
    if not is_name and doc.pos[after] not in ("PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM"):
        return None
    follows_content = follows_quotation or verb == sentence.first or doc.word[verb - 1] == ","
    if not (doc.tag[verb] in FINITE or follows_quotation) or doc.tag[after] in ("PRP$", "WP", "WDT"):
        return None
    last = after + 1
    while last < sentence.last and doc.pos[last] in _RUN and doc.pos[last - 1] != "PRON":
        last += 1
    head = last - 1
    if doc.pos[head] in ("DET", "ADJ") or doc.norm[head] in _DAYS:
        return None
    is_object = doc.dep[head] == "dobj" and not follows_content
    is_other_subject = doc.dep[head] == "nsubj" and doc.head[head] > head and not follows_quotation
    return None if is_object or is_other_subject else (after, last, head)
