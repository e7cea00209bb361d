"""Candidates: for every possible cue the stretches of text that may be its content.

What is proposed here is scored by the model; a boundary that is not proposed can never be found, so the proposals are
many: the complements of the cue, what stands before it up to a comma, both together, and quotations that go on.
"""

from typing import NamedTuple

from scripts.quotes.contents import after_cue, before_cue, next_sentence, resumption
from scripts.quotes.context import Context, Piece, bounds, going_on, group_start, is_edge, snap, strip

_MOST_SPLIT = 4
_LONGEST = 3000


class Candidate(NamedTuple):
    """One proposal: the cue token, the content's pieces (token ranges), its shape, and what opens and ends it.

    `shape`: R (content after the cue), L (before), M (around it), N (in the next sentence). `start` and `end` name the
    kind of boundary, for the model.
    """

    cue: int
    pieces: tuple[Piece, ...]
    shape: str
    start: str
    end: str


def candidates(ctx: Context, cue: int) -> list[Candidate]:
    """All candidates of one cue, without duplicates, in a fixed order."""
    doc = ctx.doc
    found: dict[tuple[Piece, ...], Candidate] = {}
    if doc.word[cue] == ":":
        proposals = _after_colon(ctx, cue)
    elif doc.pos[cue] == "PUNCT":
        proposals = _before_signature(ctx, cue)
    elif doc.norm[cue] == "according":
        proposals = _around_according(ctx, cue)
    else:
        proposals = _around_word(ctx, cue)
    for pieces, shape, start, end in proposals:
        bare = (strip(doc, *piece) for piece in pieces)
        grown = tuple(snap(ctx, *piece, cue) for piece in bare if piece[0] < piece[1])
        size = sum(last - first for first, last in grown)
        if 0 < size <= _LONGEST and grown not in found and not any(first <= cue < last for first, last in grown):
            found[grown] = Candidate(cue, grown, shape, start, end)
    return list(found.values())


Proposal = tuple[list[Piece], str, str, str]


def _around_word(ctx: Context, cue: int) -> list[Proposal]:
    doc = ctx.doc
    right = after_cue(ctx, cue)
    found = [] if doc.pos[cue] in ("NOUN", "ADJ") else _before_word(ctx, cue, right)
    found += [([(first, last)], "R", start, end) for first, last, start, end in right]
    following = next_sentence(ctx, cue)
    if following:
        found.append(([following], "N", "colon" if doc.word[following[0] - 1] == ":" else "mark", "next"))
    return found


def _before_word(ctx: Context, cue: int, right: list) -> list[Proposal]:
    """What stands before a verb and its subject, alone and with what goes on after it."""
    group = group_start(ctx, cue)
    stretches = before_cue(ctx, cue, group)
    if group > bounds(ctx, cue)[0] and not is_edge(ctx.doc.word[group - 1]):
        stretches = [stretch for stretch in stretches if stretch.start.startswith("kid")]
    return _with_rest(ctx, cue, cue + 1, [(s.first, s.last, s.start) for s in stretches], right)


def _with_rest(ctx: Context, cue: int, after: int, lefts: list[tuple[int, int, str]], right: list) -> list[Proposal]:
    begin, end = bounds(ctx, cue)
    rest = resumption(ctx, after, end)
    more = going_on(ctx, begin, end)
    tail = None if more else going_on(ctx, begin, _end_of_quotation(ctx, end))
    found: list[Proposal] = []
    for first, last, start in lefts:
        pieces = [(first, last)]
        if rest is not None and rest < end:
            found.append(([*pieces, (rest, end), *([tail] if tail else [])], "M", start, "rest"))
        if more:
            found.append(([*pieces, more], "L", start, "more"))
        found.append((pieces, "L", start, "group"))
        if start.startswith("kid"):
            # "whom he described as peaceful": the object stands before, the rest of the content after.
            found += [([*pieces, (s.first, s.last)], "M", start, f"{s.start}/{s.end}") for s in right[:_MOST_SPLIT]]
    return found


def _around_according(ctx: Context, cue: int) -> list[Proposal]:
    doc, tree = ctx.doc, ctx.tree
    begin, end = bounds(ctx, cue)
    after = tree.right[cue] + 1
    lefts = [(s.first, s.last, s.start) for s in before_cue(ctx, cue, cue)]
    found = _with_rest(ctx, cue, after, lefts, [])
    if cue == begin or doc.word[min(after, len(doc.word) - 1)] == ",":
        found.append(([(after, end)], "R", "according", "sentence"))
    above = doc.head[cue]
    if not cue <= above < after:
        left, right = tree.left[above], tree.right[above] + 1
        found.append(([(max(left, begin), cue), (after, right)], "M", "head", "head"))
        found.append(([(left, cue)], "L", "head", "group"))
        found.append(([(after, right)], "R", "head", "head"))
    return found


def _end_of_quotation(ctx: Context, last: int) -> int:
    """The end of the sentence that holds token `last - 1`, after a quotation that runs beyond it."""
    doc = ctx.doc
    number = ctx.inside[last - 1]
    if number >= 0 and ctx.quotations[number].last > last:
        return doc.sentences[doc.sentence[ctx.quotations[number].last - 1]].last
    return last


def _after_colon(ctx: Context, colon: int) -> list[Proposal]:
    """ "Name: content", as in headlines and transcripts."""
    _, last = bounds(ctx, colon)
    if colon + 1 < last:
        return [([(colon + 1, last)], "R", "colon", "sentence")]
    following = next_sentence(ctx, colon)
    return [([following], "N", "colon", "next")] if following else []


def _before_signature(ctx: Context, dash: int) -> list[Proposal]:
    """A quotation with the name of its speaker after a dash."""
    before = dash - 1
    while before >= 0 and ctx.doc.word[before] == ".":
        before -= 1
    number = ctx.inside[before] if before >= 0 else -1
    if number < 0 or ctx.quotations[number].last != before + 1:
        return []
    return [([(ctx.quotations[number].first, before + 1)], "L", "signature", "dash")]
