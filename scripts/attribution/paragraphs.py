"""Quotations without a cue of their own: each goes to the attribution that it leads up to, continues or follows.

In the order of the rules below; `docs/how-quotes-are-found.md` shows a layout for each.
"""

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from scripts.attribution.choice import Attribution, is_sentence, mostly_quoted, uncovered
from scripts.attribution.lexicon import speech_nouns
from scripts.attribution.marked import MarkedDoc, Piece, paragraph_of
from scripts.attribution.sources import find_sources
from scripts.core.annotation import Doc


def continue_quotations(marked: MarkedDoc, attributions: Sequence[Attribution]) -> tuple[list[Attribution], list[int]]:
    """Return the attributions with the quotations that belong to them, and the numbers of the quotations left over."""
    items = [*attributions, *_announced(marked, attributions)]
    covered = {token for item in items for first, last in item.pieces for token in range(first, last)}
    left = uncovered(marked, covered)
    for rule in (_lead_up, _continue, _follow_report, _continue, _precede_tag):
        belonging = rule(marked, items, left)
        more: dict[int, list[Piece]] = defaultdict(list)
        for number, owner in belonging.items():
            more[owner].append((marked.quotations[number].first, marked.quotations[number].last))
        for owner, pieces in more.items():
            items[owner] = items[owner]._replace(pieces=tuple(sorted((*items[owner].pieces, *pieces))))
        left = [number for number in left if number not in belonging]
    return items, left


def _announced(marked: MarkedDoc, items: Sequence[Attribution]) -> list[Attribution]:
    """Return the quotations without a cue after a sentence such as "The senator made the following statement:"."""
    doc = marked.doc
    has_cue = {doc.sentence[item.cue] for item in items}
    covered = {token for item in items for first, last in item.pieces for token in range(first, last)}
    announced = []
    for number in uncovered(marked, covered):
        first = marked.quotations[number].first
        before = doc.sentence[first] - 1
        if before in has_cue or before < 0 or doc.word[first - 1] != ":" or not is_sentence(marked, number):
            continue
        nouns = [
            token
            for token in range(doc.sentences[before].first, first)
            if doc.pos[token] == "NOUN" and doc.lemma[token] in speech_nouns()
        ]
        for noun, source in zip(nouns, find_sources(marked, nouns), strict=True):
            if source is not None:
                pieces = ((first, marked.run_end[number]),)
                announced.append(Attribution(noun, pieces, source, 0.0, "noun before a new sentence"))
                break
    return announced


def _lead_up(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of paragraphs left open before the paragraph that names their speaker."""
    owners = _owners(marked, items)
    belonging: dict[int, int] = {}
    for number in reversed(list(left)):
        following = _next_outer(marked, number)
        if marked.quotations[number].open_ended and following is not None and following in owners:
            belonging[number] = owners[number] = owners[following]
    return belonging


def _continue(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of sentences that go on with the quotation before, up to the next paragraph."""
    doc = marked.doc
    belonging: dict[int, int] = {}
    quoted_end = [mostly_quoted(marked, item.pieces[-1:]) for item in items]
    ends = sorted((item.pieces[-1][1], number) for number, item in enumerate(items))
    for number in left:
        quotation = marked.quotations[number]
        position = bisect_right(ends, (quotation.first, len(items))) - 1
        if not is_sentence(marked, number) or position < 0:
            continue
        last, owner = ends[position]
        distance = paragraph_of(doc, quotation.first) - paragraph_of(doc, max(last - 1, items[owner].cue))
        if distance == 0 or (distance == 1 and quoted_end[owner]):
            belonging[number] = owner
            quoted_end[owner] = True
            del ends[position]
            insort(ends, (quotation.last, owner))
    return belonging


def _follow_report(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of whole paragraphs after one whose last sentence reports what somebody said."""
    doc = marked.doc
    reports: dict[int, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        if item.source is not None:
            reports[doc.sentence[item.cue]].append(index)
    belonging: dict[int, int] = {}
    for number in left:
        quotation = marked.quotations[number]
        before = doc.sentence[quotation.first] - 1
        if _is_paragraph(marked, number) and before in reports:
            # The cue that is the main verb, else the last one.
            belonging[number] = max(reports[before], key=lambda index: (_is_root(doc, items[index].cue), index))
    return belonging


def _precede_tag(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of whole paragraphs before one that opens with an attributed quotation."""
    owners = _owners(marked, items)
    belonging: dict[int, int] = {}
    for number in reversed(list(left)):
        following = _next_outer(marked, number)
        if following is None or following not in owners or not _is_paragraph(marked, number):
            continue
        start = marked.quotations[following].first
        adjacent = paragraph_of(marked.doc, start) - paragraph_of(marked.doc, marked.quotations[number].first) == 1
        if adjacent and is_sentence(marked, following):
            belonging[number] = owners[number] = owners[following]
    return belonging


def _next_outer(marked: MarkedDoc, number: int) -> int | None:
    """Return the number of the next quotation that is inside no other."""
    following = range(number + 1, len(marked.quotations))
    return next((at for at in following if not marked.quotations[at].nested), None)


def _is_paragraph(marked: MarkedDoc, number: int) -> bool:
    """Return True for a quotation that is its whole paragraph."""
    doc, quotation = marked.doc, marked.quotations[number]
    first, last = doc.sentences[doc.sentence[quotation.first]], doc.sentences[doc.sentence[quotation.last - 1]]
    opening = first.first == 0 or paragraph_of(doc, first.first - 1) != first.paragraph
    closing = last.last == len(doc.word) or paragraph_of(doc, last.last) != last.paragraph
    return opening and closing and is_sentence(marked, number) and not marked.is_tagged[number]


def _is_root(doc: Doc, token: int) -> bool:
    return doc.head[token] == token


def _owners(marked: MarkedDoc, items: Sequence[Attribution]) -> dict[int, int]:
    """Return {quotation: the attribution that has most of its tokens}, where that is more than half of them."""
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for index, item in enumerate(items):
        for first, last in item.pieces:
            for token in range(first, last):
                if marked.quotation_at[token] >= 0:
                    shared[marked.quotation_at[token]][index] += 1
    owners = {}
    for number, counts in shared.items():
        index, most = max(counts.items(), key=lambda pair: (pair[1], -pair[0]))
        if most * 2 > marked.quotations[number].last - marked.quotations[number].first:
            owners[number] = index
    return owners
