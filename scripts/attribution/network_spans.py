"""The source and the contents that a cue sees, for both readers: from probabilities of tokens to spans."""

import numpy as np

from scripts.attribution.candidates import Proposal
from scripts.attribution.described_cues import Cue
from scripts.attribution.encoding import BEGIN, CONTENT, END, SEEN_SOURCE, Encoding, Probabilities, as_seen
from scripts.attribution.marked import MarkedDoc, Piece, strip
from scripts.attribution.network_features import source_seen
from scripts.attribution.role_words import mention_at
from scripts.attribution.sources import LABEL, Source, noun_phrase
from scripts.attribution.subjects import QUOTED, is_addressed
from scripts.attribution.tree import FINITE
from scripts.core.annotation import Doc

# A token above `_SURE` is surely part of a source; a run of such tokens may have gaps of `_GAP` - 1 others. The parse's
# source gives way to a sure one if its own mean is below `_DOUBTED`, and below `_UNSEEN` to one that is only `_LIKELY`.
_SURE, _DOUBTED, _GAP = 0.4, 0.4, 2
_LIKELY, _UNSEEN = 0.2, 0.05
# How many of the likeliest beginnings and ends of a content to try for a cue, their least probability, and the least
# mean probability of the words between.
_PEAKS, _EDGE, _INSIDE = 2, 0.2, 0.3
_RELATIVE = frozenset(("WP", "WDT", "WP$", "WRB"))
_TIMES = ("DATE", "TIME")
_NAMES = ("PERSON", "ORG", "GPE")


def better_source(marked: MarkedDoc, read: Encoding, cue: Cue) -> Source | None:
    """Return the source of a cue, or None if that is the person who was asked or told something."""
    source = _parsed_or_seen(marked, read, cue)
    is_asked = source is not None and is_addressed(marked.doc, marked.tree, cue.token, source.head)
    return None if is_asked else source


def _parsed_or_seen(marked: MarkedDoc, read: Encoding, cue: Cue) -> Source | None:
    """Return the parse's source of a cue, unless the cue surely sees another, or other bounds of the same.

    If the cue sees none for sure and hardly sees the parse's, return the likeliest.
    """
    parsed = cue.source
    if parsed is not None and (parsed.how in (QUOTED, LABEL) or _is_plain_pronoun(marked.doc, parsed, cue.token)):
        return parsed
    run = _seen_run(marked, read, cue.token, _SURE)
    if run is None:
        is_unseen = parsed is None or source_seen(read, cue.token, parsed) < _UNSEEN
        return (_likeliest(marked, read, cue.token) if is_unseen else None) or parsed
    own = _source(marked, run[0], _before_half_a_clause(marked, *run))
    if parsed is None:
        return own
    if _is_clause(marked.doc, own):
        return parsed
    if own.first <= parsed.head < own.last:
        return own._replace(head=parsed.head, how=parsed.how)
    # In '"It burned," Lee said, according to the Post' the Post is the source of the other cue.
    is_of_other = own.first - cue.token > 2 and marked.doc.norm[own.first - 2 : own.first] == ["according", "to"]
    if is_of_other or _is_beside(marked, own, parsed):
        return parsed
    is_same = run[0] <= parsed.head < run[1]
    is_doubted = parsed.how != "agent" and source_seen(read, cue.token, parsed) < _DOUBTED
    return own if is_same or is_doubted else parsed


def trimmed(marked: MarkedDoc, source: Source) -> Source:
    """Return a source without a partial quotation before or after its head, and without a final "and"."""
    numbers = {*marked.quotation_at[source.first : source.last]} - {-1, marked.quotation_at[source.head]}
    first, last = source.first, source.last
    for quotation in map(marked.quotations.__getitem__, sorted(numbers)):
        if quotation.first < first < quotation.last <= source.head:
            first = quotation.last
        elif source.head < quotation.first < last < quotation.last:
            last = quotation.first
    last -= last - 1 > source.head and marked.doc.tag[last - 1] == "CC"
    return source if (first, last) == source[:2] else Source(*strip(marked.doc, first, last), *source[2:])


def _is_plain_pronoun(doc: Doc, source: Source, cue: int) -> bool:
    """Return True for a cue's own subject if it is a relative pronoun or a pronoun right before it, and for "their"."""
    if source.how == "possessor":
        return doc.tag[source.head] == "PRP$"
    is_next = source.last == cue == doc.head[source.head] and doc.pos[source.head] == "PRON"
    return source.how == "subject" and (is_next or doc.tag[source.head] in _RELATIVE)


def _is_clause(doc: Doc, source: Source) -> bool:
    """Return True for a run of tokens headed by a finite verb: "the flood led the mayor"."""
    return any(doc.tag[token] in FINITE for token in _outer(doc, source.first, source.last))


def _outer(doc: Doc, first: int, last: int) -> list[int]:
    """Return the tokens of a run that depend on none of its other tokens."""
    return [token for token in range(first, last) if not first <= doc.head[token] < last or doc.head[token] == token]


def _is_beside(marked: MarkedDoc, source: Source, parsed: Source) -> bool:
    """Return True for a part of the parse's source, or its apposition: "the head of the agency" beside "Priya Nair"."""
    doc, head = marked.doc, source.head
    is_apposition = doc.dep[head] == "appos" and doc.head[head] == parsed.head
    is_part = parsed.first <= source.first and source.last <= parsed.last
    return (is_apposition or is_part) and marked.labels.get(parsed.head) not in _TIMES


def _likeliest(marked: MarkedDoc, read: Encoding, cue: int) -> Source | None:
    """Return the noun phrase around the tokens that a cue sees as its source with more than `_LIKELY`, or None."""
    run = _seen_run(marked, read, cue, _LIKELY)
    if run is None:
        return None
    head = _source(marked, *run).head
    first, last = noun_phrase(marked.doc, marked.tree, head, stop=cue if head < cue else None)
    return Source(first, last, head, "network")


def _seen_run(marked: MarkedDoc, read: Encoding, cue: int, least: float) -> Piece | None:
    """Return the likeliest run of tokens that a cue sees as its source with more than `least`, or None."""
    first, of_tokens = as_seen(read, cue, SEEN_SOURCE)
    runs: list[list[int]] = []
    for place in np.flatnonzero(of_tokens > least).tolist():
        if runs and place - runs[-1][-1] <= _GAP:
            runs[-1].append(place)
        else:
            runs.append([place])
    if not runs:
        return None
    likeliest = max(runs, key=lambda run: float(of_tokens[run].mean())) if len(runs) > 1 else runs[0]
    begin, end = strip(marked.doc, first + likeliest[0], first + likeliest[-1] + 1)
    return (begin, end) if begin < end else None


def _source(marked: MarkedDoc, first: int, last: int) -> Source:
    """Return a source extended to whole names; its head is the first noun or pronoun that depends on no token in it."""
    doc = marked.doc
    begin, end = strip(doc, first, last)
    named = mention_at(doc, begin), mention_at(doc, end - 1)
    begin = named[0].first if named[0] is not None and named[0].label in _NAMES else begin
    end = named[1].last if named[1] is not None and named[1].label in _NAMES else end
    heads = _outer(doc, begin, end)
    nouns = [token for token in heads if doc.pos[token] in ("NOUN", "PROPN", "PRON")]
    return Source(begin, end, (nouns or heads)[0], "network")


def _before_half_a_clause(marked: MarkedDoc, begin: int, end: int) -> int:
    """Return the end of a source, before a clause of which it has only the beginning: "two groups that"."""
    doc, tree = marked.doc, marked.tree
    for token in range(begin + 1, end):
        if doc.dep[token] in ("relcl", "acl") and tree.right[token] >= end:
            return max(begin + 1, min(tree.left[token], token))
        if doc.tag[token] in _RELATIVE and doc.head[token] >= end:
            return token
    return end


def seen_contents(marked: MarkedDoc, read: Encoding, cue: Cue) -> list[Proposal]:
    """Return the contents between the likeliest beginnings and ends that a cue sees in its sentence, in text order.

    Contents beyond the sentence are quotations, whose bounds the marks show better.
    """
    doc, sentence = marked.doc, marked.doc.sentence
    first, of_tokens = as_seen(read, cue.token)
    begins, ends = (_peaks(of_tokens[:, column]) for column in (BEGIN, END))
    takes_left = doc.pos[cue.token] not in ("NOUN", "ADJ", "PUNCT")
    contents: list[Proposal] = []
    for begin in begins:
        for end in ends:
            piece = first + begin, first + end + 1
            shape = "R" if cue.token < piece[0] else "L"
            is_inside = begin <= end and sentence[piece[0]] == sentence[cue.token] == sentence[piece[1] - 1]
            is_apart = is_inside and not piece[0] <= cue.token < piece[1] and (shape == "R" or takes_left)
            if is_apart and of_tokens[begin : end + 1, CONTENT].mean() > _INSIDE:
                contents.append(([piece], shape))
    return contents


def _peaks(column: Probabilities) -> list[int]:
    """Return the likeliest places in a column, in text order."""
    likely = np.flatnonzero(column > _EDGE).tolist()
    return sorted(sorted(likely, key=lambda place: -column[place])[:_PEAKS])
