"""The form of a quoted passage that the others of its family are compared with: the commonest, of equals the earliest.

A longer form is not the truer one: who slips a "not" into a quotation makes it longer.
"""

from collections.abc import Sequence
from typing import NamedTuple

from scripts.core.plain_words import plain_words
from scripts.reuse.passages import Passage
from scripts.reuse.travelling import is_version
from scripts.reuse.variants import EXACT, REFERENCE, Variant, compare, departures, is_part, unchanged

# Why a form is the reference: most stories have its words; of several that are as common it is the earliest, or the one
# from which the others differ least; all have the same words; nothing tells which of several came first.
COMMONEST, EARLIEST, CLOSEST, ONLY, UNKNOWN = "commonest", "earliest", "closest", "only", "unknown"
# How many forms are compared with all others of their family before the longest is taken: all are versions of it.
_TRIED = 20
_DAY = len("2025-03-01")
_SECONDS = len("2025-03-01T12:00:00")


class _Form(NamedTuple):
    """Passages with the same words: the words, the stories that have them, and the first passage with its date."""

    words: tuple[str, ...]
    stories: int
    first: int
    date: str
    is_dated: bool


def precedes(date: str, second: str) -> bool:
    """Return whether a date is known to be before another; of two on one day or in different time zones it is not.

    >>> precedes("2025-03", "2025-03-02"), precedes("2025-02", "2025-03-02"), precedes("", "2025")
    (False, True, False)
    """
    shared = min(len(date), len(second))
    if date[_SECONDS:] != second[_SECONDS:]:
        shared = min(shared, _DAY)
    return date[:shared] < second[:shared]


def _forms(texts: Sequence[str], dates: Sequence[str], stories: Sequence[str]) -> list[_Form]:
    """Return the forms of a family: the commonest come first, of equals the earliest, then the longest."""
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
    """Return whether all forms of a family are versions of one of them."""
    return all(each is form or is_version(form.words, each.words) for each in forms)


def _most_agreed(equals: Sequence[_Form], forms: Sequence[_Form]) -> tuple[_Form, bool]:
    """Return the form of several from which the others together depart least, and whether that tells one alone.

    What is a part of another form departs from nothing and is passed over. Of equals the longest is taken.
    """
    fullest = [form for form in equals if not any(is_part(form.words, each.words) for each in equals)]
    departing = [
        (sum(each.stories * departures(form.words, each.words) for each in forms[:_TRIED]), -len(form.words), at)
        for at, form in enumerate(fullest)
    ]
    first, *others = sorted(departing)
    return fullest[first[-1]], len(forms) > 2 and all(first[0] < each[0] for each in others)


def reference_form(texts: Sequence[str], dates: Sequence[str], stories: Sequence[str]) -> tuple[int, str]:
    """Return the number of the first passage with the reference form of a family, and why this form is the one.

    The passages are given with date ("" if not known) and story of each. Only a form of which all others are versions
    is taken: two parts of a speech that do not overlap cannot be compared.

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
    """Return a family's passages with their variants, and why its reference form is the one; none of one document's.

    Without a known reference, differing negations and numbers are flagged in all forms, so that nobody is blamed.
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
