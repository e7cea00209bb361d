"""Candidates: for every possible cue, the stretches of text that may be its content.

There are many, since a boundary that is not proposed can never be chosen: the complements of the cue, the text before
it up to a comma, both together, and quotations that continue. The reader rates them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scripts.attribution import contents
from scripts.attribution.described_cues import Cue
from scripts.attribution.lexicon import speech_verbs
from scripts.attribution.marked import DASHES, EDGES, MarkedDoc, Piece, strip
from scripts.core.annotation import Doc

_MOST_SPLIT = 4
_LONGEST = 3000
_LONG_QUOTATION = 3
_LEAD = 3


class Candidate(NamedTuple):
    """A proposal: the cue token, the content's pieces (token ranges), and its shape.

    `shape`: R (content after the cue), L (before), M (around it), N (in the next sentence).
    """

    cue: int
    pieces: tuple[Piece, ...]
    shape: str


class Rated(NamedTuple):
    """A cue with its candidates and the score (log-odds) of each."""

    cue: Cue
    candidates: list[Candidate]
    scores: list[float]


Proposal = tuple[list[Piece], str]


def propose(marked: MarkedDoc, cue: Cue, proposals: Iterable[Proposal] = ()) -> list[Candidate]:
    """Return the candidates of a cue, trimmed and in a fixed order; none cuts through a quotation or contains the cue.

    No candidate reaches into the next statement, into a source between it and the cue, or into the source after
    "according to". The extra `proposals` come after those from the parse.
    """
    doc = marked.doc
    before = _end_before(marked, cue)
    after = cue.source.last if cue.source is not None and doc.norm[cue.token] == "according" else cue.token
    next_speech = contents.other_speech(marked, cue.token)
    candidates: dict[tuple[Piece, ...], Candidate] = {}
    for proposed, shape in (*_proposals(marked, cue), *proposals):
        own = (
            (after if cue.token < first < after else first, before if first < before < last <= cue.token else last)
            for first, last in proposed
        )
        bare = (strip(doc, first, last) for first, last in own if first < last)
        pieces = tuple(_whole_quotations(marked, *piece, cue.token) for piece in bare if piece[0] < piece[1])
        if pieces in candidates:
            continue
        size = sum(last - first for first, last in pieces)
        around_cue = any(first <= cue.token < last for first, last in pieces)
        goes_on = next_speech is not None and any(cue.token < first < next_speech < last for first, last in pieces)
        if 0 < size <= _LONGEST and not around_cue and not goes_on:
            candidates[pieces] = Candidate(cue.token, pieces, shape)
    return list(candidates.values())


def _end_before(marked: MarkedDoc, cue: Cue) -> int:
    """Return where content before a cue ends: after the punctuation before the cue's source, else at the cue.

    The source may have up to `_LEAD` words before it: the Post's [editor Ann Lee] said. If a verb of speech stands
    between source and cue, the content ends at the cue.
    """
    doc, source = marked.doc, cue.source
    if source is None or source.last > cue.token or marked.quotation_at[source.head] >= 0:
        return cue.token
    if not speech_verbs().isdisjoint(doc.lemma[source.last : cue.token]):
        return cue.token
    leads = range(source.first, max(0, source.first - _LEAD - 1), -1)
    is_apart = (at for at in leads if doc.word[at - 1] in EDGES and doc.start[at] > doc.end[at - 1])
    return next(is_apart, cue.token)


def _proposals(marked: MarkedDoc, cue: Cue) -> list[Proposal]:
    """Return the stretches that may be the content of a cue of its kind, each with its shape."""
    doc = marked.doc
    if doc.word[cue.token] == ":":
        return _after_colon(marked, cue)
    if doc.pos[cue.token] == "PUNCT":
        return _before_signature(marked, cue.token)
    if doc.norm[cue.token] == "according":
        return _around_according(marked, cue)
    return _around_word(marked, cue)


def _whole_quotations(marked: MarkedDoc, first: int, last: int, cue: int) -> Piece:
    """Return a piece extended so that it cuts through no quotation, unless that is very short or contains the cue."""
    opening, closing = marked.quotation_at[first], marked.quotation_at[last - 1]
    own = marked.quotation_at[cue]
    if opening >= 0 and opening != own:
        quotation = marked.quotations[opening]
        if quotation.last - quotation.first >= _LONG_QUOTATION and (quotation.first > cue or last <= cue):
            first = min(first, quotation.first)
    if closing >= 0 and closing != own:
        quotation = marked.quotations[closing]
        if quotation.last - quotation.first >= _LONG_QUOTATION:
            last = max(last, quotation.last)
    return first, last


def _around_word(marked: MarkedDoc, cue: Cue) -> list[Proposal]:
    doc, token = marked.doc, cue.token
    right = contents.after_cue(marked, cue)
    proposals = [] if doc.pos[token] in ("NOUN", "ADJ") else _before_word(marked, cue, right)
    proposals += [([piece], "R") for piece in right]
    following = contents.next_sentence(marked, token)
    if following and not _is_signed(doc, following[1]):
        proposals.append(([following], "N"))
    return proposals


def _is_signed(doc: Doc, last: int) -> bool:
    """Return True if a dash and a name sign the content that ends before token `last`: "We hear of it." / -Ann Lee."""
    signature = doc.word[last : last + 1] + doc.tag[last + 1 : last + 2]
    return len(signature) == 2 and signature[0] in DASHES and signature[1] == "NNP"


def _before_word(marked: MarkedDoc, cue: Cue, right: list[Piece]) -> list[Proposal]:
    """Return the stretch before a verb and its subject, alone and with its continuation after the verb."""
    stretches = contents.before_cue(marked, cue, cue.group)
    if cue.group > cue.begin and marked.doc.word[cue.group - 1] not in EDGES:
        stretches = [stretch for stretch in stretches if stretch.is_complement]
    return _with_rest(marked, cue, cue.token + 1, stretches, right)


def _with_rest(
    marked: MarkedDoc, cue: Cue, after: int, lefts: Sequence[contents.Stretch], right: Sequence[Piece]
) -> list[Proposal]:
    """Return each stretch before the cue, alone and with the content that may resume from token `after`."""
    rest = contents.resumption(marked, after, cue.end)
    more = contents.continuation(marked, cue.begin, cue.end)
    proposals: list[Proposal] = []
    for first, last, is_complement in lefts:
        pieces = [(first, last)]
        if rest is not None and rest < cue.end:
            proposals.append(([*pieces, (rest, cue.end)], "M"))
        if more:
            proposals.append(([*pieces, more], "L"))
        proposals.append((pieces, "L"))
        if is_complement:
            # "whom he described as peaceful": the object stands before, the rest of the content after.
            proposals += [([*pieces, after], "M") for after in right[:_MOST_SPLIT]]
    return proposals


def _around_according(marked: MarkedDoc, cue: Cue) -> list[Proposal]:
    """Return the stretches before and after "according to X", and both together."""
    doc, tree, token = marked.doc, marked.tree, cue.token
    after = tree.right[token] + 1
    proposals = _with_rest(marked, cue, after, contents.before_cue(marked, cue, token), [])
    if token == cue.begin or doc.word[min(after, len(doc.word) - 1)] == ",":
        proposals.append(([(after, cue.end)], "R"))
    above = doc.head[token]
    if not token <= above < after:
        left, right = tree.left[above], tree.right[above] + 1
        proposals.append(([(max(left, cue.begin), token), (after, right)], "M"))
        proposals.append(([(left, token)], "L"))
        proposals.append(([(after, right)], "R"))
    return proposals


def _after_colon(marked: MarkedDoc, cue: Cue) -> list[Proposal]:
    """Return the content of "Name: content", as in headlines and transcripts."""
    if cue.token + 1 < cue.end:
        return [([(cue.token + 1, cue.end)], "R")]
    following = contents.next_sentence(marked, cue.token)
    return [([following], "N")] if following else []


def _before_signature(marked: MarkedDoc, dash: int) -> list[Proposal]:
    """Return the quotation before a dash and the name of its speaker."""
    number = marked.quotation_at[dash - 1] if dash else -1
    if number < 0 or marked.quotations[number].last != dash:
        return []
    return [([(marked.quotations[number].first, dash)], "L")]
