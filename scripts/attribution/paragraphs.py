"""Quotations without a cue of their own: each goes to the attribution that it leads up to, continues or follows.

In the order of the rules below; `docs/how-quotes-are-found.md` shows a layout for each.
"""

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from scripts.attribution.choice import Attribution, is_sentence, mostly_quoted, uncovered
from scripts.attribution.cues import is_title
from scripts.attribution.headings import before_headings
from scripts.attribution.lexicon import speech_nouns
from scripts.attribution.marked import MarkedDoc, Piece, paragraph_of, strip
from scripts.attribution.sources import Source, find_sources
from scripts.attribution.speakerhood import cannot_speak
from scripts.attribution.tags import before_tag, tagged
from scripts.core.annotation import Doc

# A shorter quotation inside a sentence, marks counted, may be a name or a scare quote.
_LEAST_TOKENS = 5
# Words of a sentence that announces the next paragraph, and nouns of what is said there that are no cues elsewhere.
_ANNOUNCING = frozenset(("following", "below", "here"))
_DOCUMENTS = frozenset(("excerpt", "letter", "text", "transcript"))
# Log-odds of a quotation that is announced.
_ANNOUNCED = 0.4


def continue_quotations(marked: MarkedDoc, attributions: Sequence[Attribution]) -> tuple[list[Attribution], list[int]]:
    """Return the attributions with the quotations that belong to them, and the numbers of the remaining quotations."""
    items = [*attributions, *tagged(marked, attributions, uncovered(marked, attributions))]
    items += _announced(marked, items)
    left = uncovered(marked, items)
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
        more: dict[int, set[Piece]] = defaultdict(set)
        for number, owner in belonging.items():
            more[owner].add(_sentence_around(marked, number) if rule is _go_on else _quotation(marked, number))
        for owner, pieces in more.items():
            items[owner] = items[owner]._replace(pieces=tuple(sorted((*items[owner].pieces, *pieces))))
        left = [number for number in left if number not in belonging]
    return items, left


def _quotation(marked: MarkedDoc, number: int) -> Piece:
    return marked.quotations[number].first, marked.quotations[number].last


def _sentence_around(marked: MarkedDoc, number: int) -> Piece:
    """Return the sentence with a quotation, without punctuation at its edges."""
    sentence = marked.doc.sentences[marked.doc.sentence[marked.quotations[number].first]]
    return strip(marked.doc, sentence.first, sentence.last)


def _announced(marked: MarkedDoc, items: Sequence[Attribution]) -> list[Attribution]:
    """Return the quotations without a cue after a sentence such as "The senator made the following statement:".

    The sentence ends with a colon before the quotation, or stands in the paragraph before it and announces by a word
    such as "following". The source is the owner of its noun of speech, else, before a colon, the subject of its main
    verb: "Lee listed what is needed:".
    """
    doc, cues = marked.doc, {item.cue for item in items}
    has_cue = {doc.sentence[cue] for cue in cues}
    announced = []
    for number in uncovered(marked, items):
        colon = _sentence_of_colon(marked, number)
        sentences = _announcing(marked, number)
        if colon is not None and colon not in has_cue:
            sentences.insert(0, colon)
        announcers = _announcers(marked, sentences, colon)
        cue, source = next(((cue, source) for cue, source in announcers if cue not in cues), (-1, None))
        if source is not None:
            pieces = ((marked.quotations[number].first, marked.run_end[number]),)
            part = "noun" if doc.pos[cue] == "NOUN" else "verb"
            announced.append(Attribution(cue, pieces, source, _ANNOUNCED, f"{part} before a new sentence"))
    return announced


def _announcers(marked: MarkedDoc, sentences: Iterable[int], colon: int | None) -> Iterator[tuple[int, Source]]:
    """Yield the nouns of speech of sentences that have a source, and of that before a colon its main verb."""
    doc = marked.doc
    for sentence in sentences:
        cues = _nouns_of_speech(doc, sentence)
        if sentence == colon:
            tokens = range(doc.sentences[sentence].first, doc.sentences[sentence].last)
            cues += [token for token in tokens if doc.pos[token] == "VERB" and _is_root(doc, token)]
        for cue, source in zip(cues, find_sources(marked, cues), strict=True):
            if source is None or cannot_speak(marked, source) or doc.norm[source.head] in _ANNOUNCING:
                continue
            # The source of "excerpts from Lee's letter" is Lee, by the other noun.
            if doc.pos[cue] == "VERB" or not _is_noun_of_speech(doc, source.head):
                yield cue, source


def _is_noun_of_speech(doc: Doc, token: int) -> bool:
    lemma = doc.lemma[token]
    return doc.pos[token] == "NOUN" and (lemma in speech_nouns() or lemma in _DOCUMENTS)


def _nouns_of_speech(doc: Doc, sentence: int) -> list[int]:
    own = doc.sentences[sentence]
    return [token for token in range(own.first, own.last) if _is_noun_of_speech(doc, token)]


def _announcing(marked: MarkedDoc, number: int) -> list[int]:
    """Return the sentences that announce a quotation which opens a paragraph: in the one before it, the last first.

    They have a word that announces, and a noun of speech at most five tokens after it.
    """
    doc, first = marked.doc, marked.quotations[number].first
    lead = before_headings(marked, first)
    if not lead or not is_sentence(marked, number) or paragraph_of(doc, lead - 1) == paragraph_of(doc, first):
        return []
    last = doc.sentence[lead - 1]
    paragraph = doc.sentences[last].paragraph
    before = takewhile(lambda sentence: doc.sentences[sentence].paragraph == paragraph, range(last, -1, -1))
    return [sentence for sentence in before if _announces(marked, sentence)]


def _announces(marked: MarkedDoc, sentence: int) -> bool:
    doc, own = marked.doc, marked.doc.sentences[sentence]
    outside = (token for token in range(own.first, own.last) if marked.quotation_at[token] < 0)
    words = (token for token in outside if doc.norm[token] in _ANNOUNCING)
    return any(_is_noun_of_speech(doc, noun) for word in words for noun in range(word + 1, min(word + 6, own.last)))


def _sentence_of_colon(marked: MarkedDoc, number: int) -> int | None:
    """Return the number of the sentence before a quotation that is a sentence, if it ends with a colon.

    A heading ("On the senator's proposal:") is none.
    """
    doc, lead = marked.doc, before_headings(marked, marked.quotations[number].first)
    if not lead or doc.word[lead - 1] != ":" or not is_sentence(marked, number):
        return None
    before = doc.sentence[lead - 1]
    opening = doc.sentences[before].first
    return None if doc.pos[opening] == "ADP" and _is_root(doc, opening) else before


def _lead_up(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of paragraphs left open before the paragraph that names their speaker."""
    owners = _owners(marked, items)
    belonging: dict[int, int] = {}
    for number in reversed(list(left)):
        if marked.quotations[number].open_ended and number + 1 in owners:
            belonging[number] = owners[number] = owners[number + 1]
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
        end = max(last - 1, items[owner].cue)
        distance = paragraph_of(doc, quotation.first) - paragraph_of(doc, end)
        lead = _lead(marked, quotation.first, items[owner])
        is_next = distance == 1 or (lead and paragraph_of(doc, lead - 1) == paragraph_of(doc, end))
        if distance == 0 or (is_next and quoted_end[owner]):
            belonging[number] = owner
            quoted_end[owner] = True
            del ends[position]
            insort(ends, (quotation.last, owner))
    return belonging


def _lead(marked: MarkedDoc, first: int, item: Attribution) -> int:
    """Return the token after what a quotation may follow: of an announced statement that before bullet and headings."""
    return before_headings(marked, first) if item.cue < item.pieces[0][0] else first


def _follow_report(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of whole paragraphs after one whose last sentence reports what somebody said."""
    reports = _reports(marked, items)
    belonging: dict[int, int] = {}
    for number in left:
        first = marked.quotations[number].first
        for place in (first, before_headings(marked, first)):
            owner = reports.get(marked.doc.sentence[place - 1]) if place else None
            if owner is not None and _is_paragraph(marked, number) and place >= _lead(marked, first, items[owner]):
                belonging[number] = owner
    return belonging


def _reports(marked: MarkedDoc, items: Sequence[Attribution]) -> dict[int, int]:
    """Return {sentence: its attribution to somebody}: of several that with the main verb as cue, else the last."""
    doc = marked.doc
    with_source = (index for index, item in enumerate(items) if item.source is not None)
    ranked = sorted(with_source, key=lambda index: (_is_root(doc, items[index].cue), index))
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
        if adjacent and is_sentence(marked, following):
            belonging[number] = owners[number] = owners[following]
    return belonging


def _go_on(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of quotations that end and mostly fill the sentence after an attribution.

    In 'Finch said the kiln was old. It was “a danger to us all”.' nobody but Finch is quoted. The sentence has no
    attribution of its own, and is in no content.
    """
    doc = marked.doc
    in_content = {doc.sentence[token] for item in items for first, last in item.pieces for token in (first, last - 1)}
    taken = in_content | {doc.sentence[item.cue] for item in items}
    last_of: dict[int, int] = {}
    for index, item in enumerate(items):
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
