"""Quotations without a cue of their own: each goes to the attribution that it leads up to, continues or follows.

The rules are tried in the order of `continue_quotations`; `docs/how-quotes-are-found.md` shows a layout for each.
"""

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from scripts.attribution.announced import with_announced
from scripts.attribution.choice import Attribution, is_sentence, mostly_quoted, quotation_around, uncovered
from scripts.attribution.cues import is_title
from scripts.attribution.headings import before_headings
from scripts.attribution.marked import MarkedDoc, Piece, opens_paragraph, paragraph_of, strip
from scripts.attribution.role_words import mention_at
from scripts.attribution.tags import before_tag, tagged

# A shorter quotation inside a sentence, marks counted, may be a name or a scare quote.
_LEAST_TOKENS = 5
_FIRST = frozenset(("i", "me", "my", "myself"))
# A shorter paragraph may be a heading, and does not go to the only person whom the document quotes.
_LEAST_OF_ONE = 12
# The most paragraphs between two statements of the same person that a quotation without a cue may stand between.
_APART = 6
# The most paragraphs from a quotation that ends with a colon, over a list without marks, to its continuation.
_LONGEST_LIST = 12


def continue_quotations(marked: MarkedDoc, attributions: Sequence[Attribution]) -> tuple[list[Attribution], list[int]]:
    """Return the attributions with the quotations that belong to them, and the numbers of the remaining quotations."""
    items = [*attributions, *tagged(marked, attributions, uncovered(marked, attributions))]
    items = with_announced(marked, items)
    left = uncovered(marked, items)
    titles = {number for number in left if _is_title(marked, number)}
    left = [number for number in left if number not in titles]
    for rule in (
        before_tag,
        _lead_up,
        _continue,
        _follow_report,
        _continue,
        _precede_tag,
        _go_on,
    ):
        belonging = rule(marked, items, left)
        items = with_quotations(marked, items, belonging, whole_sentences=rule is _go_on)
        left = [number for number in left if number not in belonging]
        if not left:
            break
    return items, sorted([*left, *titles])


def _is_title(marked: MarkedDoc, number: int) -> bool:
    """Return True for the title of a work, which nobody speaks: “The Frost,” by Ann Lee, “The Frost” is a novel."""
    doc, last = marked.doc, marked.quotations[number].last
    is_subject = doc.pos[last : last + 1] == ["AUX"] and doc.word[last].islower()
    return is_subject or doc.norm[last : last + 1] == ["by"]


def _quotation(marked: MarkedDoc, number: int) -> Piece:
    return marked.quotations[number].first, marked.quotations[number].last


def _sentence_around(marked: MarkedDoc, number: int) -> Piece:
    """Return the sentence with a quotation, without punctuation at its edges."""
    sentence = marked.doc.sentences[marked.doc.sentence[marked.quotations[number].first]]
    return strip(marked.doc, sentence.first, sentence.last)


def _lead_up(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of paragraphs left open before the paragraph that names their speaker."""
    owners = _owners(marked, items)
    belonging: dict[int, int] = {}
    for number in reversed(list(left)):
        if marked.quotations[number].open_ended and number + 1 in owners:
            belonging[number] = owners[number] = owners[number + 1]
    return belonging


def _continue(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of sentences that continue the quotation before, in its paragraph or the next."""
    doc = marked.doc
    belonging: dict[int, int] = {}
    quoted_end = [mostly_quoted(marked, item.pieces[-1:]) for item in items]
    ends = sorted((item.pieces[-1][1], number) for number, item in enumerate(items))
    owners = _owners(marked, items)
    for number in left:
        quotation = marked.quotations[number]
        position = bisect_right(ends, (quotation.first, len(items))) - 1
        if not is_sentence(marked, number) or position < 0:
            continue
        last, nearest = ends[position]
        around = quotation_around(marked, items[nearest].cue)
        # After a quotation inside a speech, the speech goes on.
        owner = nearest if around is None else owners.get(marked.quotation_at[items[nearest].cue])
        if owner is None:
            continue
        end = max(last - 1, items[nearest].cue)
        distance = paragraph_of(doc, quotation.first) - paragraph_of(doc, end)
        lead = _lead(marked, quotation.first, items[owner])
        after_list = doc.word[last - 1] == ":" and distance <= _LONGEST_LIST
        is_next = distance == 1 or after_list or (lead and paragraph_of(doc, lead - 1) == paragraph_of(doc, end))
        is_others = _names(marked, number, items[owner]) or (distance > 0 and items[owner].rule == "signature")
        if not is_others and (distance == 0 or (is_next and quoted_end[nearest])):
            belonging[number] = owners[number] = owner
            quoted_end[owner] = True
            del ends[position]
            insort(ends, (quotation.last, owner))
    return belonging


def _names(marked: MarkedDoc, number: int, item: Attribution) -> bool:
    """Return True for a quotation that names its supposed speaker and has no "I": "Lee was relentless.".

    A quotation that continues a paragraph left open is the same speaker's in any case.
    """
    doc, quotation = marked.doc, marked.quotations[number]
    mention = mention_at(doc, item.source.head) if item.source is not None else None
    goes_on = number > 0 and marked.quotations[number - 1].open_ended
    if mention is None or mention.label != "PERSON" or goes_on:
        return False
    tokens = range(quotation.first, quotation.last)
    is_named = any(doc.word[token] == doc.word[mention.last - 1] and token in marked.labels for token in tokens)
    return is_named and all(doc.norm[token] not in _FIRST for token in tokens)


def _lead(marked: MarkedDoc, first: int, item: Attribution) -> int:
    """Return the token after the text that a quotation follows, before any headings if the cue precedes its content."""
    return before_headings(marked, first) if item.cue < item.pieces[0][0] else first


def _follow_report(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of whole paragraphs after one whose last sentence reports what somebody said."""
    reports = _reports(marked, items)
    belonging: dict[int, int] = {}
    for number in left:
        first = marked.quotations[number].first
        for place in (first, before_headings(marked, first)):
            owner = reports.get(marked.doc.sentence[place - 1]) if place else None
            if owner is None or not _is_paragraph(marked, number) or _names(marked, number, items[owner]):
                continue
            if place >= _lead(marked, first, items[owner]):
                belonging[number] = owner
    return belonging


def _reports(marked: MarkedDoc, items: Sequence[Attribution]) -> dict[int, int]:
    """Return {sentence: its attribution with a source}: of several the one with the main verb as cue, else the last."""
    doc = marked.doc
    with_source = (index for index in _outside(marked, items) if items[index].source is not None)
    ranked = sorted(with_source, key=lambda index: (doc.head[items[index].cue] == items[index].cue, index))
    return {doc.sentence[items[index].cue]: index for index in ranked}


def _precede_tag(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of whole paragraphs before one that opens with an attributed quotation."""
    owners = _owners(marked, items)
    belonging: dict[int, int] = {}
    for number in reversed(list(left)):
        following = number + 1
        if following not in owners or not _is_paragraph(marked, number):
            continue
        start = marked.quotations[following].first
        adjacent = paragraph_of(marked.doc, start) - paragraph_of(marked.doc, marked.quotations[number].first) == 1
        if adjacent and is_sentence(marked, following) and not _names(marked, number, items[owners[following]]):
            belonging[number] = owners[number] = owners[following]
    return belonging


def _go_on(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of quotations that end and mostly fill the sentence after an attribution.

    In 'Finch said the kiln was old. It was “a danger to us all”.' nobody but Finch is quoted. The sentence has no
    attribution of its own, and is part of no content.
    """
    doc = marked.doc
    in_content = {doc.sentence[token] for item in items for first, last in item.pieces for token in (first, last - 1)}
    taken = in_content | {doc.sentence[item.cue] for item in items}
    last_of: dict[int, int] = {}
    for index in _outside(marked, items):
        item = items[index]
        if item.source is not None:
            last_of[max(doc.sentence[item.cue], doc.sentence[item.pieces[-1][1] - 1])] = index
    belonging: dict[int, int] = {}
    for number in left:
        quotation = marked.quotations[number]
        own = doc.sentence[quotation.first]
        sentence, size = doc.sentences[own], quotation.last - quotation.first
        fills = quotation.last >= sentence.last - 1 and 2 * size >= sentence.last - sentence.first
        is_speech = size >= _LEAST_TOKENS and not quotation.single and not is_title(marked, number)
        is_alone = own not in taken and own == doc.sentence[quotation.last - 1]
        follows = own - 1 in last_of and doc.sentences[own - 1].paragraph == sentence.paragraph
        if fills and is_speech and is_alone and follows:
            belonging[number] = last_of[own - 1]
    return belonging


def between_statements(
    marked: MarkedDoc, items: Sequence[Attribution], persons: Sequence[str], left: Iterable[int]
) -> dict[int, int]:
    """Return {quotation: attribution} of whole paragraphs between two statements of one person, a few paragraphs apart.

    It also has those after a statement of the only person whom the document quotes in marks. `persons` has the name of
    each attribution's speaker, or "" if there is none or it is not a person.
    """
    outside = _outside(marked, items)
    places = sorted((items[index].pieces[0][0], index) for index in outside)
    quoted = {persons[index] for index in outside if mostly_quoted(marked, items[index].pieces)}
    of_one = [place for place in places if quoted == {persons[place[1]]} != {""}]
    belonging: dict[int, int] = {}
    for number in left:
        if not _is_paragraph(marked, number):
            continue
        quotation = marked.quotations[number]
        here = quotation.first, len(items)
        last_of_one = bisect_right(of_one, here) - 1
        if last_of_one >= 0 and quotation.last - quotation.first >= _LEAST_OF_ONE:
            belonging[number] = of_one[last_of_one][1]
        after = bisect_right(places, here)
        if not 0 < after < len(places):
            continue
        owner, following = places[after - 1][1], places[after][1]
        first, last = items[owner].pieces[-1][1] - 1, items[following].pieces[0][0]
        apart = paragraph_of(marked.doc, last) - paragraph_of(marked.doc, first)
        if persons[owner] and persons[owner] == persons[following] and apart <= _APART:
            belonging[number] = owner
    return belonging


def with_quotations(
    marked: MarkedDoc, items: list[Attribution], belonging: Mapping[int, int], *, whole_sentences: bool = False
) -> list[Attribution]:
    """Return attributions with the quotations, or whole sentences, that `belonging` gives them."""
    more: dict[int, set[Piece]] = defaultdict(set)
    for number, owner in belonging.items():
        more[owner].add(_sentence_around(marked, number) if whole_sentences else _quotation(marked, number))
    return [
        item._replace(pieces=tuple(sorted((*item.pieces, *more[index])))) if index in more else item
        for index, item in enumerate(items)
    ]


def _is_paragraph(marked: MarkedDoc, number: int) -> bool:
    """Return True for a quotation that is its whole paragraph."""
    doc, quotation = marked.doc, marked.quotations[number]
    first, last = doc.sentences[doc.sentence[quotation.first]], doc.sentences[doc.sentence[quotation.last - 1]]
    closing = last.last == len(doc.word) or opens_paragraph(doc, last.last)
    return (
        opens_paragraph(doc, first.first) and closing and is_sentence(marked, number) and not marked.is_tagged[number]
    )


def _outside(marked: MarkedDoc, items: Sequence[Attribution]) -> list[int]:
    """Return the numbers of attributions with a cue outside quotations, to which alone further quotations belong."""
    return [index for index, item in enumerate(items) if quotation_around(marked, item.cue) is None]


def _owners(marked: MarkedDoc, items: Sequence[Attribution]) -> dict[int, int]:
    """Return {quotation: the attribution that has most of its tokens}, if that is more than half of them."""
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for index in _outside(marked, items):
        for first, last in items[index].pieces:
            for number, size in Counter(marked.quotation_at[first:last]).items():
                shared[number][index] += size
    owners = {}
    shared.pop(-1, None)
    for number, counts in shared.items():
        index, most = max(counts.items(), key=lambda pair: (pair[1], -pair[0]))
        if most * 2 > marked.quotations[number].last - marked.quotations[number].first:
            owners[number] = index
    return owners
