"""Date words that are a surname in a document: "May said" in a document that names Theresa May."""

from collections.abc import Iterator, Sequence

from scripts.core.annotation import Doc, Mention

WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_DATES = ("DATE", "TIME")
# Dependencies that suit a person called May: subject, possessor, object.
_OF_PERSONS = ("nsubj", "nsubjpass", "poss", "dobj", "dative")
_BEFORE_DATES = frozenset([
    "after", "around", "before", "by", "during", "each", "early", "every", "in", "last", "late", "mid", "next", "on",
    "since", "this", "through", "throughout", "till", "until",
])  # fmt: skip
# Words whose "of" or "to" leads to a date: the end of May, from March to May.
_PARTS = frozenset([
    "beginning", "day", "end", "half", "holiday", "middle", "month", "rest", "start", "week", "weekend",
])  # fmt: skip
_SPANS = ("and", "between", "from", "of", "to")
_NEAR = 4


def surnames_for_dates(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield each date that is one capitalized word, is the last word of a person's name and is in no phrase of time."""
    dates = [each for each in mentions if each.label in _DATES]
    words = [each for each in dates if each.last == each.first + 1 and doc.word[each.first].istitle()]
    if not words:
        return
    persons = (each for each in mentions if each.label == "PERSON" and each.last > each.first + 1)
    surnames = {doc.word[each.last - 1] for each in persons}
    starts = {each.first for each in dates}
    yield from (each for each in words if doc.word[each.first] in surnames and not _is_dated(doc, each.first, starts))


def _is_dated(doc: Doc, at: int, starts: set[int]) -> bool:
    """Return True if a word is part of a phrase of time: in May, May 5, 5 May, the end of May, from March to May.

    `starts` are the first tokens of dates.
    """
    sentence = doc.sentences[doc.sentence[at]]
    before = doc.norm[at - 1] if at > sentence.first else ""
    after = doc.norm[at + 1 : min(at + 3, sentence.last)]
    if before[:1].isdigit() or any(word[:1].isdigit() for word in (after if after[:1] == [","] else after[:1])):
        return True
    if doc.dep[at] in _OF_PERSONS or after[:1] == ["'s"]:
        return False
    if before in _SPANS:
        near = range(max(sentence.first, at - _NEAR), at - 1)
        return any(token in starts or doc.norm[token][:1].isdigit() or doc.norm[token] in _PARTS for token in near)
    return before in _BEFORE_DATES and not (before == "by" and doc.dep[at - 1] == "agent")
