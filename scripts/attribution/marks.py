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
    closes,
    double_stretches,
    holds_quotations,
    lacks_closing,
    opening_mark,
    single_stretches,
)
from scripts.core.annotation import Doc
from scripts.core.types import Span

# The fewest characters of a paragraph that may continue a speech: a shorter one may be a signature, or a heading.
_LEAST_PARAGRAPH = 60
# The most paragraphs from one that opens a quotation to the one that closes it, without any mark between them.
_MOST_BRIDGED = 20
_SPEECH_ENDS = SENTENCE_ENDS | {":"}


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
    bridges = dict(_bridges(text, paragraphs, marks))
    for number, (first, end) in enumerate(paragraphs):
        start, is_open = bridges.get(number, (first, False))
        if start > first:
            stretches.append((first, start, False, is_open))
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


def _bridges(text: str, paragraphs: list[Span], marks: list[str]) -> Iterator[tuple[int, tuple[int, bool]]]:
    """Yield (number, (end, open-ended)) of paragraphs that continue a speech left open, although they lack its mark.

    Such a paragraph has the mark that closes the speech, at `end`, or is a sentence before it, or stands between two
    paragraphs left open and one with an opening mark again.
    """
    last, begin = 0, 0  # the paragraph where a speech may have been left open, and where its own quotations begin
    for number, (start, end) in enumerate(paragraphs):
        own = next((match for match in QUOTATION_MARK.finditer(text, start, end) if match.group() not in SINGLE), None)
        if _is_amid(text, paragraphs, marks, number):
            yield number, (end, True)
        if own is None and text[end - 1] in _SPEECH_ENDS:
            continue
        gap = number - last
        if own is not None and 0 < gap <= _MOST_BRIDGED and own.start() > start and closes(text, own):
            opened = _left_open(text, begin, paragraphs[last][1])
            is_signature = gap == 1 and own.end() == end < start + _LEAST_PARAGRAPH
            if opened is not None and not is_signature and not lacks_closing(text, opened, own.start()):
                yield from ((between, (paragraphs[between][1], True)) for between in range(last + 1, number))
                yield number, (own.end(), False)
                start = own.end()
        last, begin = number, start


def _is_amid(text: str, paragraphs: list[Span], marks: list[str], number: int) -> bool:
    """Return True for a paragraph between two left open and one with an opening mark again."""
    start, end = paragraphs[number]
    is_speech = end - start >= _LEAST_PARAGRAPH and text[end - 1] in _SPEECH_ENDS
    goes_on = number > 1 and not marks[number] and marks[number + 1 : number + 2] == ["double"]
    before = paragraphs[number - 2 : number] if goes_on and is_speech else []
    return bool(before) and all(_left_open(text, *paragraph) == paragraph[0] for paragraph in before)


def _left_open(text: str, start: int, end: int) -> int | None:
    """Return where a paragraph opens a quotation in double marks that it does not close, or None if that is unsure."""
    opened, last, is_open = next(reversed([*double_stretches(text, start, end, continues=True)]), (start, start, False))
    is_sure = (opened, end, False) in double_stretches(text, start, end, continues=False)
    return opened if is_open and last == end and is_sure else None


def quotations(doc: Doc) -> list[Quotation]:
    """Return the quoted stretches of a document with their tokens, in order."""
    marked = []
    for start, end, single, open_ended in quoted_stretches(doc.text, _paragraph_spans(doc)):
        first, last = bisect_right(doc.end, start), bisect_left(doc.start, end)
        if last > first:
            marked.append(Quotation(start, end, first, last, single, open_ended))
    return marked
