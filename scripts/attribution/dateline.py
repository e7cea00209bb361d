"""Datelines of paragraphs: "Pretoria - ", "Beirut: ", "(Washington, DC) - ".

`scripts.entities.datelines` finds places in capitals, recognised or not; here the place must be a mention.
"""

from bisect import bisect_left

from scripts.attribution.marked import DASHES, paragraph_of
from scripts.attribution.role_words import mention_at
from scripts.core.annotation import Doc

# The most tokens between the place and the dash or colon: its region, the date, the agency.
_LONGEST = 10
_MARKS = frozenset((",", ".", "(", ")", "/"))


def dateline_end(doc: Doc, token: int) -> int:
    """Return the token after the dateline of the paragraph that a token is in; -1 if the paragraph has none."""
    paragraph = paragraph_of(doc, token)
    first = doc.sentences[bisect_left(doc.sentences, paragraph, key=lambda sentence: sentence.paragraph)].first
    is_bracketed = doc.word[first] == "("
    place = mention_at(doc, first + is_bracketed)
    if place is None or place.first != first + is_bracketed or not (is_bracketed or place.label in ("GPE", "LOC")):
        return -1
    for at in range(place.last, min(place.last + _LONGEST, len(doc.word))):
        word, mention = doc.word[at], mention_at(doc, at)
        if word == ":" or (word in DASHES and _is_apart(doc, at)):
            return at + 1
        is_part = word in _MARKS or word[0].isdigit() or (word[0].isupper() and at > place.last)
        if not is_part or (mention is not None and mention.label == "PERSON"):
            return -1
    return -1


def _is_apart(doc: Doc, at: int) -> bool:
    """Return True if white space precedes or follows a token that is not the last."""
    return doc.end[at - 1] < doc.start[at] or doc.end[at] < doc.start[min(at + 1, len(doc.word) - 1)]
