"""Quotations without a cue of their own: each goes to the attribution that it continues."""

from bisect import bisect_right, insort

from scripts.quotes.choice import Attribution, is_sentence, mostly_quoted, uncovered
from scripts.quotes.marked import MarkedDoc, paragraph_of


def continue_quotations(marked: MarkedDoc, attributions: list[Attribution]) -> tuple[list[Attribution], list[int]]:
    """Return the attributions with the quotations that continue them, and the numbers of the quotations left over."""
    doc = marked.doc
    attributions = list(attributions)
    covered = {token for item in attributions for first, last in item.pieces for token in range(first, last)}
    alone = []
    ends = sorted((item.pieces[-1][1], number) for number, item in enumerate(attributions))
    for number in uncovered(marked, covered):
        quotation = marked.quotations[number]
        owner = None
        position = bisect_right(ends, (quotation.first, len(attributions))) - 1
        if is_sentence(marked, number) and position >= 0:
            last, candidate = ends[position]
            item = attributions[candidate]
            distance = paragraph_of(doc, quotation.first) - paragraph_of(doc, max(last - 1, item.cue))
            if distance == 0 or (distance == 1 and mostly_quoted(marked, item.pieces[-1:])):
                owner = candidate
        if owner is None:
            alone.append(number)
            continue
        item = attributions[owner]
        attributions[owner] = item._replace(pieces=(*item.pieces, (quotation.first, quotation.last)))
        del ends[position]
        insort(ends, (quotation.last, owner))
    return attributions, alone
