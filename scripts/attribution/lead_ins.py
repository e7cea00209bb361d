"""Lead-ins: the narrator's words, after a cue or before it, that introduce its direct quotation."""

from scripts.attribution.choice import Attribution, mostly_quoted
from scripts.attribution.cues import is_title
from scripts.attribution.marked import MarkedDoc, opens
from scripts.attribution.tree import FINITE
from scripts.core.annotation import Doc

# Neutral words for speaking: their object is no part of what is said, even with no colon after it.
_NEUTRAL = frozenset([
    "answer", "comment", "description", "remark", "reply", "respond", "response", "speak", "speech", "statement",
    "talk",
])  # fmt: skip
_OBJECTS = frozenset(("dative", "dobj", "prep"))
_FRONTED = frozenset(("advmod", "npadvmod", "prep"))
_CLAUSES = frozenset(("ccomp", "xcomp"))
# Dependencies of finite verbs in a noun phrase: "the old dam that has burst".
_RELATIVE = frozenset(("aux", "auxpass", "relcl"))
# The fewest tokens of a quotation that is speech, marks counted; a shorter one may be a phrase in the narrator's words.
_LEAST_TOKENS = 5


def without_lead_in(marked: MarkedDoc, item: Attribution) -> Attribution:
    """Return an attribution without the lead-in before its quotation: Lee said of the dam: [“It is old.”].

    The lead-in is the object of the cue or of its preposition, or an adverbial before the cue: "At noon Lee said the
    following: ...".
    """
    doc, cue, begin = marked.doc, item.cue, item.pieces[0][0]
    start = _speech(marked, item)
    if start is None or marked.quotation_at[begin] >= 0:
        return item
    lead = range(begin, min(item.pieces[0][1], start))
    top = _below(doc, begin, cue)
    if top is None or {doc.sentence[begin], doc.sentence[lead[-1]]} != {doc.sentence[cue]}:
        return item
    if begin < cue:
        is_led_in = doc.dep[top] in _FRONTED and doc.sentence[start] != doc.sentence[cue]
    else:
        is_led_in = doc.dep[top] in _OBJECTS and _introduces(marked, lead, start, {doc.lemma[cue], doc.lemma[top]})
    pieces = tuple((max(first, start), last) for first, last in item.pieces if last > start)
    return item._replace(pieces=pieces) if is_led_in else item


def _speech(marked: MarkedDoc, item: Attribution) -> int | None:
    """Return the token that opens the first quoted sentence after a cue, if mostly quotations follow it; else None."""
    doc = marked.doc
    for first, last in item.pieces[:2]:
        for token in range(max(first, item.cue), last):
            number = marked.quotation_at[token]
            is_long = opens(marked, token) and marked.quotations[number].last - token >= _LEAST_TOKENS
            if is_long and doc.word[token + 1][0].isupper() and not is_title(marked, number):
                return token if mostly_quoted(marked, [(token, last)]) else None
    return None


def _introduces(marked: MarkedDoc, lead: range, start: int, lemmas: set[str]) -> bool:
    """Return True if an object is no part of what is said; `lemmas` are those of its cue and of itself.

    "The dam" is no part of it in "Lee commented on the dam. “It is old.”" and "Lee praised the dam: “It is old.”", but
    is in "Lee praised the dam. “It is old.”". So is a clause, and a quoted word: "Lee called the dam “bad”: “It is
    old.”".
    """
    doc = marked.doc
    if not _NEUTRAL.isdisjoint(lemmas):
        return start == doc.sentences[doc.sentence[start]].first or doc.word[start - 1] in (":", ",")
    is_clause = doc.tag[lead[0]].startswith("W") or any(
        doc.dep[token] in _CLAUSES or (doc.tag[token] in FINITE and doc.dep[token] not in _RELATIVE) for token in lead
    )
    goes_on = doc.tag[start - 2] == "VBG" and start - 2 in lead  # "praised the dam, adding, “It is old.”"
    is_plain = not is_clause and not goes_on and all(marked.quotation_at[token] < 0 for token in lead)
    return is_plain and doc.word[start - 1] in (":", ",")


def _below(doc: Doc, token: int, cue: int) -> int | None:
    """Return the dependent of a cue whose subtree contains a token, or None."""
    while doc.head[token] not in (token, cue):
        token = doc.head[token]
    return token if doc.head[token] == cue != token else None
