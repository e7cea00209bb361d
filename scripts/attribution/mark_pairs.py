"""Pairs of quotation marks within one paragraph, of every kind and however badly they are balanced."""

import re
from collections.abc import Iterator
from itertools import islice

_CLOSERS = "”‟»›"
QUOTATION_MARK = re.compile("``|''(?!')|’’|[“„‟”«»‹›\"‘‚’']")
SINGLE = frozenset("‘‚’'‹›")
# Characters before a mark that opens a quotation, and after one that closes it.
_BEFORE_OPEN = frozenset(" \t\n\u00a0\u2009\u202f([{-–—/:;,=“‘\"'«‹")
_AFTER_CLOSE = frozenset(" \t\n\u00a0\u2009\u202f)]}-–—/:;,.!?…”’\"'»›")
_ELISION = re.compile(r"(?:\d0s?|em|til|tis|twas|cause|round|bout|n|cos|neath)\b", re.IGNORECASE)
SENTENCE_ENDS = frozenset(".?!'\"”’")
_TAG = re.compile(r"\b(?:said|says|told|tells|added|noted|stated)\b")
# The same after a comma, where the closing mark is missing: "It burned, he said.
_LEFT_OPEN = re.compile(r", (?:[\w.]+ ){0,3}(?:said|says|told|tells|added|noted|stated)(?=[.,]| [A-Z])")
# The most characters of speech that is left open within a paragraph.
_LONGEST_LEFT_OPEN = 600
# How many marks to look at after one that may open a quotation inside another, so that the cost stays linear.
_MOST_MARKS = 60
_STOPS = (".", "?", "!")
# Punctuation that may precede a quotation that is a sentence of its own.
_BEFORE_SPEECH = frozenset(",.:;!?…-–—\"'”’»")


def _can_open(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not after.isspace() and before in _BEFORE_OPEN


def _can_close(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not before.isspace() and (after in _AFTER_CLOSE or not after.isalnum())


def _takes_up(text: str, opened: int, at: int, start: int) -> bool:
    """Return True for a mark that resumes speech left open in its paragraph: "It burned. "We ran," he said.

    If the speech so far contains a tag ("he said") or is very long, it must have ended before, without a mark.
    """
    before = text[opened:at]
    if len(before) > _LONGEST_LEFT_OPEN:
        return False
    is_same = text[opened] == text[at] and before[-1].isspace() and before.rstrip()[-1] in ".?!"
    begins = before[1:2].isupper() and text[at + 1 : at + 2].isupper() and _opens_speech(text, opened, start)
    return is_same and begins and not _TAG.search(before)


def _ends(text: str, start: int, end: int) -> bool:
    """Return True for a mark that ends an open quotation, even without a space after it: "It burned,"he said."""
    return text[start - 1] in ",.?!" or _can_close(text, start, end) or not _can_open(text, start, end)


def closes(text: str, match: re.Match[str]) -> bool:
    """Return True for a mark that closes a quotation in double marks, if one is open."""
    return match.group() in _CLOSERS or _ends(text, match.start(), match.end())


def lacks_closing(text: str, opened: int, end: int) -> bool:
    """Return True for a quotation with a tag that it should have been closed before: "It burned, he said."""
    return _LEFT_OPEN.search(text, opened, end) is not None


def _opens_speech(text: str, at: int, start: int) -> bool:
    """Return True for a mark that surely opens a quotation: first in its paragraph, or after a stop, comma or colon."""
    before = text[max(start, at - 2) : at].strip()
    return not before or before[-1] in _BEFORE_SPEECH


def double_stretches(text: str, start: int, end: int, continues: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, open-ended) of stretches in double marks; `continues` if the next paragraph opens with one."""
    opened: int | None = None
    depth = 0  # of quotations inside the open one
    glued: list[int] = []
    for match in QUOTATION_MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        if mark in SINGLE:
            continue
        if depth:
            depth += _step(text, match)
        elif opened is not None and _step(text, match) > 0 and _nests(text, opened, at, end, continues):
            depth = 1
        elif opened is None:
            closes_only = not _can_open(text, at, after) and (mark in _CLOSERS or _can_close(text, at, after))
            if closes_only and _is_glued(text, at):
                glued.append(at)
            else:
                yield from _between_glued(text, [*glued, at] if closes_only else glued)
                glued = []
            if not (closes_only or (mark == '"' and text[at - 1 : at].isdigit())):  # 5", five inches
                opened = at
        elif closes(text, match):
            yield opened, after, False
            opened, glued = None, [at] if _is_glued(text, at) else []
        else:  # the one before was never closed
            if _takes_up(text, opened, at, start):
                yield opened, len(text[:at].rstrip()), True
            opened = at
    yield from _between_glued(text, glued)
    if opened is not None and (continues or (_opens_speech(text, opened, start) and not _is_slip(text, opened, end))):
        yield opened, end, continues


def _is_slip(text: str, opened: int, end: int) -> bool:
    """Return True for an opening mark of two apostrophes that is a slip: unclosed, before a long text with a tag."""
    is_long = end - opened > _LONGEST_LEFT_OPEN
    return is_long and text.startswith("''", opened) and _TAG.search(text, opened, end) is not None


def _is_glued(text: str, at: int) -> bool:
    """Return True for a straight mark between sentences that may close one or open the next: It burned." We ran.

    In `It burned." We ran," he said` it opens a quotation; its space is on the wrong side.
    """
    is_between = text[at] == '"' and text[at - 1 : at] in _STOPS and text[at + 1 : at + 2] == " "
    return is_between and text[at + 2 : at + 3].isupper()


def _between_glued(text: str, marks: list[int]) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches between unpaired marks, which alternately open and close, the last one closing.

    The opening mark is left out, since it stands beside the sentence before.
    """
    for opened, closed in zip(marks[len(marks) % 2 :: 2], marks[len(marks) % 2 + 1 :: 2], strict=True):
        between = text[opened + 2 : closed]
        if len(between) <= _LONGEST_LEFT_OPEN and between[-1:] in (*_STOPS, ",") and not _TAG.search(between):
            yield opened + 2, closed + 1, False


def _nests(text: str, opened: int, at: int, end: int, continues: bool) -> bool:
    """Return True for a mark that opens a quotation inside another: "The "old" kiln cracked."

    The space beside each later mark must show whether it opens or closes. In the end all quotations must be closed, or
    all but the first if the next paragraph continues it.
    """
    before = text[max(opened, at - 9) : at].rstrip()[-1:]
    if at == opened + 1 or before in SENTENCE_ENDS:  # a mark is doubled, or the first was never closed
        return False
    depth = 1
    for match in islice(QUOTATION_MARK.finditer(text, at, end), _MOST_MARKS):
        if match.group() in SINGLE:
            continue
        step = _step(text, match)
        depth += step
        if not step or not depth:
            return bool(step)
    return continues and depth == 1 and not lacks_closing(text, opened, at)


def _step(text: str, match: re.Match[str]) -> int:
    """Return 1 for a mark that opens, -1 for one that closes, and 0 for one that may do either."""
    mark, at, after = match.group(), match.start(), match.end()
    if mark in "“”":
        return 1 if mark == "“" else -1
    if not _can_open(text, at, after):
        return -1
    return 0 if _ends(text, at, after) else 1


def _is_between_sentences(text: str, at: int) -> bool:
    """Return True for a straight mark without a space, which may end a quotation or begin one: he said.'We ran.'"""
    return text[at] == "'" and text[at - 1 : at] in _STOPS and text[at + 1 : at + 2].isupper()


def single_stretches(text: str, start: int, end: int, continues: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, open-ended) of the stretches in single marks.

    Apostrophes look the same, so both ends must be certain.
    """
    opened: int | None = None
    closing: int | None = None
    for match in QUOTATION_MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        if mark not in SINGLE:
            continue
        between = _is_between_sentences(text, at)
        opens = mark != "’" and (between or _can_open(text, at, after)) and not _ELISION.match(text, after)
        can_close = between or _can_close(text, at, after)
        if opens and not (opened is not None and can_close):
            if opened is not None and closing is not None:
                yield opened, closing, False
            opened, closing = at, None
        elif opened is not None and at > opened + 1 and can_close and mark not in "‘‚":
            # "the workers' rights": after an s and before a word it may be a possessive, and a later mark is better.
            possessive = (
                text[at - 1] in "sS" and text[after : after + 1] == " " and text[after + 1 : after + 2].islower()
            )
            if possessive:
                closing = after
            else:
                yield opened, after, False
                opened = closing = None
    if opened is not None and closing is not None:
        yield opened, closing, False
    elif opened is not None and continues and _opens_speech(text, opened, start):
        yield opened, end, True


def opening_mark(text: str, at: int) -> str:
    """Return "double" or "single" if a mark of this kind opens a quotation at character `at`, "" if none does."""
    match = QUOTATION_MARK.match(text, at)
    if not match or not _can_open(text, match.start(), match.end()):
        return ""
    if match.group() not in SINGLE:
        return "double"
    return "" if _ELISION.match(text, match.end()) else "single"


def holds_quotations(text: str, left: int, right: int, start: int) -> bool:
    """Return True for a stretch in single marks that may contain quotations: it opens speech and ends a phrase."""
    return (
        text[left] == "‘" and _opens_speech(text, left, start) and text[left:right].rstrip("’'")[-1:] in tuple(".,?!…")
    )
