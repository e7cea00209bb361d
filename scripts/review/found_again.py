"""Finds the place of a decision in a text that has changed since, by an unchanged beginning or by its sentence.

A text that was only added to still begins with the old text, which the SHA-256 proves. Otherwise the place is taken
from the decision's column `context`: the sentence before, the sentence with the words in brackets, the sentence after.

    The port will close. ‖ ⟦“We shall appeal,”⟧ said Bo Lee. ‖ Nobody answered.
"""

import re
from collections.abc import Collection

from scripts.core.annotation import text_sha256
from scripts.review.decisions import Decision
from scripts.review.quote_columns import SPANS

BETWEEN, OPEN, CLOSE = "‖", "⟦", "⟧"
_SPACE = re.compile(r"\s+")
_BRACKETED = re.compile(f"([^{OPEN}{CLOSE}]*){OPEN}([^{OPEN}{CLOSE}]+){CLOSE}([^{OPEN}{CLOSE}]*)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s+|\n+")


def context_of(text: str, start: int, end: int) -> str:
    """Return the column `context` for a decision on a span: its sentence, the span in brackets, and both neighbours.

    A sentence ends at a full stop before white space, or at the end of a line, which is enough to find it again. Empty
    if the sentences themselves contain one of the signs "‖", "⟦" and "⟧".

    >>> context_of("The port will close. He said no. All left.", 29, 31)
    'The port will close. ‖ He said ⟦no⟧. ‖ All left.'
    """
    bounds = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    first = max(bound for bound in bounds if bound <= start)
    last = min(bound for bound in bounds if bound >= end)
    before = max((bound for bound in bounds if bound < first), default=first)
    after = min((bound for bound in bounds if bound > last), default=last)
    pieces = [text[before:first], text[first:start], text[start:end], text[end:last], text[last:after]]
    if any(sign in piece for sign in (BETWEEN, OPEN, CLOSE) for piece in pieces):
        return ""
    sentence = f"{pieces[1]}{OPEN}{pieces[2]}{CLOSE}{pieces[3]}"
    return f" {BETWEEN} ".join(" ".join(part.split()) for part in (pieces[0], sentence, pieces[4]))


def place_of(text: str, context: str) -> tuple[int, int, bool] | None:
    """Return the span of a context's bracketed words in a text and whether both neighbours match; None if not found.

    White space does not count. The sentence must be unchanged and next to at least one of its neighbours.

    >>> place_of("New. The port will close. He said no.", "The port will close. ‖ He said ⟦no⟧. ‖")
    (34, 36, True)
    """
    parts = [_SPACE.sub("", part) for part in context.split(BETWEEN)]
    if len(parts) != 3 or (bracketed := _BRACKETED.fullmatch(parts[1])) is None:
        return None
    before, _, after = parts
    first, words, last = bracketed.groups()
    place_in_text = [place for place, char in enumerate(text) if not char.isspace()]
    letters, joined = _SPACE.sub("", text), first + words + last
    places: list[tuple[int, int]] = []
    at = letters.find(joined)
    while at >= 0:
        beside = letters[:at].endswith(before) + letters.startswith(after, at + len(joined))
        places.append((beside, at + len(first)))
        at = letters.find(joined, at + 1)
    best = max((beside for beside, _ in places), default=0)
    chosen = [place for beside, place in places if beside == best]
    if not best or len(chosen) != 1:
        return None
    return place_in_text[chosen[0]], place_in_text[chosen[0] + len(words) - 1] + 1, best == 2


def found_again(decision: Decision, text: str, old_texts: Collection[str]) -> Decision | None:
    """Return the decision adapted to the present text of its document, or None if its place is not found.

    `old_texts` are the SHA-256 of older texts with which this one begins.
    """
    if decision.text_sha256 in old_texts:
        return decision._replace(text_sha256=text_sha256(text))
    place = place_of(text, decision.context)
    if place is None or decision.start < 0:
        return None
    start, end, is_sure = place
    moved = start - decision.start
    new = decision.new
    if decision.what in {"content", "cue"} and SPANS.fullmatch(new) and moved:
        if not is_sure:
            return None
        spans = [[int(bound) + moved for bound in span.split("-")] for span in new.split()]
        new = " ".join(f"{first}-{last}" for first, last in spans)
    return decision._replace(text_sha256=text_sha256(text), start=start, end=end, new=new)
