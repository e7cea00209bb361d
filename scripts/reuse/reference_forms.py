"""The reference form of a family of quoted passages, with which the others are compared: the commonest, then earliest.

A longer form is not necessarily truer: slipping a "not" into a quotation also makes it longer.
"""

from collections.abc import Sequence
from typing import NamedTuple

from scripts.core.plain_words import plain_words
from scripts.reuse.passages import Passage
from scripts.reuse.travelling import is_version
from scripts.reuse.variants import EXACT, REFERENCE, Variant, compare, departures, is_part, unchanged

# Why a form is the reference: most stories have its words; among equally common forms, it is the earliest, or the one
# from which the others differ least; all have the same words; nothing decides between several.
COMMONEST, EARLIEST, CLOSEST, ONLY, UNKNOWN = "commonest", "earliest", "closest", "only", "unknown"
# Forms compared with all others of their family before falling back to the longest, of which all are versions.
_TRIED = 20
_DAY = len("2025-03-01")
_SECONDS = len("2025-03-01T12:00:00")


class _Form(NamedTuple):
    """Passages with the same words: the words, number of stories, first passage and its date, and if all are dated."""

    words: tuple[str, ...]
    stories: int
    first: int
    date: str
    is_dated: bool


def precedes(date: str, second: str) -> bool:
    """Return whether a date precedes another, at the precision that both have; across time zones, only by day.

    >>> precedes("2025-03", "2025-03-02"), precedes("2025-02", "2025-03-02"), precedes("", "2025")
    (False, True, False)
    """
    shared = min(len(date), len(second))
    if date[_SECONDS:] != second[_SECONDS:]:
        shared = min(shared, _DAY)
    return date[:shared] < second[:shared]


def _forms(texts: Sequence[str], dates: Sequence[str], stories: Sequence[str]) -> list[_Form]:
    """Return the forms of a family, the commonest first, then the earliest, then the longest."""
    numbers: dict[tuple[str, ...], list[int]] = {}
    for number, text in enumerate(texts):
        numbers.setdefault(tuple(plain_words(text)), []).append(number)
    forms = []
    for words, having in numbers.items():
        first = min(having, key=lambda number: (not dates[number], dates[number], number))
        is_dated = all(dates[number] for number in having)
        forms.append(_Form(words, len({stories[number] for number in having}), first, dates[first], is_dated))
    return sorted(forms, key=lambda form: (-form.stories, not form.date, form.date, -len(form.words), form.words))


def _is_common(form: _Form, forms: Sequence[_Form]) -> bool:
    """Return whether all other forms of a family are versions of this one."""
    return all(each is form or is_version(form.words, each.words) for each in forms)


def _most_agreed(equals: Sequence[_Form], forms: Sequence[_Form]) -> tuple[_Form, bool]:
    """Return the form from which the others together depart least, and whether this singles out one form.

    A form that is part of another departs from nothing, so it is passed over. The longest form wins a tie.
    """
    fullest = [form for form in equals if not any(is_part(form.words, each.words) for each in equals)]
    departing = [
        (sum(each.stories * departures(form.words, each.words) for each in forms[:_TRIED]), -len(form.words), at)
        for at, form in enumerate(fullest)
    ]
    first, *others = sorted(departing)
    return fullest[first[-1]], len(forms) > 2 and all(first[0] < each[0] for each in others)


def reference_form(texts: Sequence[str], dates: Sequence[str], stories: Sequence[str]) -> tuple[int, str]:
    """Return the number of the first passage with the reference form of a family, and why this form was chosen.

    `dates` ("" if unknown) and `stories` are those of the passages. Only a form of which all others are versions can be
    chosen: two parts of a speech that do not overlap cannot be compared.

    >>> forms = ["We will not close the old harbour", "We will close the old harbour"]
    >>> reference_form(forms, ["2025-03-02", "2025-03-01"], ["a", "b"])
    (1, 'earliest')
    """
    forms = _forms(texts, dates, stories)
    if len(forms) == 1:
        return forms[0].first, ONLY
    longest = max(forms, key=lambda form: len(form.words))
    candidates = [form for form in forms[:_TRIED] if form is longest or _is_common(form, forms)] or [longest]
    chosen = candidates[0]
    equals = [form for form in candidates if form.stories == chosen.stories]
    if len(equals) == 1:
        return chosen.first, COMMONEST if chosen is forms[0] else UNKNOWN
    if all(form is chosen or (form.is_dated and precedes(chosen.date, form.date)) for form in equals):
        return chosen.first, EARLIEST
    agreed, is_alone = _most_agreed(equals, forms)
    return agreed.first, CLOSEST if is_alone else UNKNOWN


def occurrences(
    passages: Sequence[Passage], dates: Sequence[str], stories: Sequence[str]
) -> tuple[list[tuple[Passage, Variant]], str]:
    """Return a family's passages with their variants, and why its reference form was chosen.

    A family from a single document has none. If the reference is unknown, differing negations and numbers are flagged
    in the reference and its copies too, so that nobody is blamed.
    """
    if len({passage.doc_id for passage in passages}) < 2:
        return [], ONLY
    number, reason = reference_form([passage.text for passage in passages], dates, stories)
    reference = passages[number].text
    variants = [
        unchanged(reference) if at == number else compare(reference, passage.text)
        for at, passage in enumerate(passages)
    ]
    if reason == UNKNOWN:
        negation, number_differs = any(each.negation for each in variants), any(each.number for each in variants)
        variants = [
            each._replace(negation=negation, number=number_differs) if each.kind in (REFERENCE, EXACT) else each
            for each in variants
        ]
    return [*zip(passages, variants, strict=True)], reason
