"""Datelines: the place in capitals that opens an agency's report, as in "PARIS (Reuters) - " or "TOKYO 1996-12-06"."""

from collections.abc import Iterator

from scripts.core.annotation import Doc
from scripts.entities.knowledge import entries, organisation_names

_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"))
_DASHES = frozenset(("-", "--", "---"))
# Words that open a headline or its label.
_NO_PLACES = frozenset(("the", "today", "exclusive", "breaking", "update", "watch", "video", "opinion", "analysis"))
# Most tokens of the place, and tokens after it within which a dash, date or agency must follow (", Okinawa --").
_PLACE, _REST = 3, 6


def _place_end(doc: Doc, first: int, end: int) -> int:
    """Return the token after the words in capitals that open a sentence; `first` if they cannot be a place."""
    last = first
    while last < end and doc.word[last].isalpha() and doc.word[last].isupper() and len(doc.word[last]) > 1:
        last += 1
    letters = sum(map(len, doc.word[first:last]))
    place = last - first <= _PLACE and letters > 3 and doc.norm[first] not in _NO_PLACES
    return last if place else first


def _is_date(doc: Doc, at: int) -> bool:
    """Return True at a month's name, a year or an ISO date."""
    word = doc.norm[at].rstrip(".")
    return (word[:3] in _MONTHS and word.isalpha()) or (word[:4].isdigit() and word[:2] in ("19", "20"))


def _is_agency(doc: Doc, at: int) -> bool:
    """Return True at a bracket that encloses one to three capitalized words: (Reuters), (Kyodo News)."""
    if doc.word[at] != "(" or ")" not in doc.word[at + 2 : at + 5]:
        return False
    return all(word[0].isupper() or word == "/" for word in doc.word[at + 1 : doc.word.index(")", at)])


def _closes(doc: Doc, last: int, end: int) -> bool:
    """Return True if a dash, a date or an agency follows the place, perhaps after its region."""
    if last == end:
        return False
    if doc.word[last] == ",":
        for at in range(last, min(last + _REST, end)):
            if doc.word[at] in _DASHES or _is_date(doc, at) or _is_agency(doc, at):
                return True
            if not (doc.word[at][0].isupper() or doc.word[at] in (".", ",")):
                return False
        return False
    hyphen = doc.word[last] == "-" and doc.start[last] == doc.end[last - 1]
    return (doc.word[last] in _DASHES and not hyphen) or _is_date(doc, last) or _is_agency(doc, last)


def datelines(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the token spans of the places in datelines, which open paragraphs."""
    for number, sentence in enumerate(doc.sentences):
        if number and doc.sentences[number - 1].paragraph == sentence.paragraph:
            continue
        first = sentence.first
        last = _place_end(doc, first, sentence.last)
        name = " ".join(doc.word[first:last])
        organisation = name in organisation_names() or name in entries("organisations.txt")
        if first < last and not organisation and _closes(doc, last, sentence.last):
            yield first, last
