"""Quotation marks: the quoted stretches of a text, whatever kind of mark it uses and however badly they are balanced.

Marks are read one paragraph at a time, so a mark that is missing spoils no more than its own paragraph. A paragraph may
leave its quotation open on purpose, when the next one opens with a mark again. What is quoted inside a quotation is
part of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from scripts.attribution.mark_pairs import (
    QUOTATION_MARK,
    SENTENCE_ENDS,
    SINGLE,
    double_stretches,
    holds_quotations,
    opening_mark,
    single_stretches,
)
from scripts.core.annotation import Doc
from scripts.core.types import Span

# The fewest characters of a paragraph that may continue a speech: a shorter one may be a signature, or a heading.
_LEAST_PARAGRAPH = 60


class Quotation(NamedTuple):
    """A quoted stretch: characters `start` to `end`, marks included, and its tokens `first` to before `last`.

    `single`: in single marks; `open_ended`: its paragraph ends without closing it, because the next paragraph takes it
    up again.
    """

    start: int
    end: int
    first: int
    last: int
    single: bool
    open_ended: bool


def _paragraph_spans(doc: Doc) -> list[Span]:
    """Return the characters of each paragraph, from its first sentence to its last."""
    spans: list[Span] = []
    paragraph: int | None = None
    for sentence in doc.sentences:
        if sentence.paragraph != paragraph:
            spans.append((sentence.start, sentence.end))
            paragraph = sentence.paragraph
        else:
            spans[-1] = (spans[-1][0], sentence.end)
    return spans


def quoted_stretches(text: str, paragraphs: list[Span]) -> list[tuple[int, int, bool, bool]]:
    """Return the outer quoted stretches of a text, (start, end, single, open_ended), in order, marks included.

    No two overlap: a stretch in single marks is left out if it is inside one in double marks, and replaces any in
    double marks that it contains entirely.
    """
    stretches = []
    marks = [opening_mark(text, start) for start, _ in paragraphs]
    bridges = set(_bridges(text, paragraphs, marks))
    for number, (start, end) in enumerate(paragraphs):
        if number in bridges:
            stretches.append((start, end, False, marks[number + 1 : number + 2] == ["double"]))
            continue
        next_mark = "double" if number + 1 in bridges else "".join(marks[number + 1 : number + 2])
        doubles = list(double_stretches(text, start, end, next_mark == "double"))
        within_single: set[int] = set()
        for left, right, open_ended in single_stretches(text, start, end, next_mark == "single"):
            # The stretches in double marks are in order and disjoint: these overlap the one in single marks.
            around = range(
                bisect_right(doubles, left, key=itemgetter(1)), bisect_left(doubles, right, key=itemgetter(0))
            )
            holds_all = all(left < a and b < right for a, b, _ in doubles[around.start : around.stop])
            if not around or (holds_quotations(text, left, right, start) and holds_all):
                stretches.append((left, right, True, open_ended))
                within_single.update(around)
        stretches += [
            (a, b, False, open_ended) for at, (a, b, open_ended) in enumerate(doubles) if at not in within_single
        ]
    return sorted(stretches)


def _bridges(text: str, paragraphs: list[Span], marks: list[str]) -> Iterator[int]:
    """Yield the numbers of paragraphs that continue a speech left open, although they lack its opening mark.

    Such a paragraph has only a mark that closes it, or stands between two paragraphs left open and one with an opening
    mark again.
    """
    for number in range(1, len(paragraphs)):
        start, end = paragraphs[number]
        is_short = end - start < _LEAST_PARAGRAPH or text[end - 1] not in SENTENCE_ENDS | {":"}
        if is_short or marks[number] or not _is_left_open(text, paragraphs[number - 1], marks[number - 1]):
            continue
        own = [match.end() for match in QUOTATION_MARK.finditer(text, start, end) if match.group() not in SINGLE]
        goes_on = number > 1 and marks[number + 1 : number + 2] == ["double"]
        if own == [end] or (goes_on and _is_left_open(text, paragraphs[number - 2], marks[number - 2])):
            yield number


def _is_left_open(text: str, paragraph: Span, mark: str) -> bool:
    """Return True for a paragraph that opens with a double mark and does not close it."""
    return mark == "double" and list(double_stretches(text, *paragraph, continues=True)) == [(*paragraph, True)]


def quotations(doc: Doc) -> list[Quotation]:
    """Return the quoted stretches of a document with their tokens, in order."""
    marked = []
    for start, end, single, open_ended in quoted_stretches(doc.text, _paragraph_spans(doc)):
        first, last = bisect_right(doc.end, start), bisect_left(doc.start, end)
        if last > first:
            marked.append(Quotation(start, end, first, last, single, open_ended))
    return marked
