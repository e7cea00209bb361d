"""Quotations without a cue that an earlier sentence announces: "The senator made the following statement:"."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile

from scripts.attribution.choice import NEW_SENTENCE, Attribution, is_sentence, uncovered
from scripts.attribution.cues import label_start
from scripts.attribution.headings import before_headings
from scripts.attribution.lexicon import speech_nouns
from scripts.attribution.marked import MarkedDoc, Piece, paragraph_of
from scripts.attribution.role_words import mention_at
from scripts.attribution.sources import Source, source_of
from scripts.attribution.speakerhood import cannot_speak
from scripts.attribution.tree import FINITE_OR_MODAL
from scripts.core.annotation import Doc

# Words that announce the next paragraph, and nouns for its content that are not cues elsewhere.
_ANNOUNCING = frozenset(("following", "below", "here"))
_DOCUMENTS = frozenset(("excerpt", "letter", "text", "transcript"))
# Nouns of speech in the headline of a statement, and the most tokens from one to the name that follows it.
_STATED = frozenset(("comments", "remarks", "statement", "testimony"))
_TITLE = 5
# Log-odds of an announced quotation.
_ANNOUNCED = 0.4


def with_announced(marked: MarkedDoc, items: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions, with those of quotations that "The senator made the following statement:" announces.

    The announcing sentence ends with a colon right before the quotation, or is in the paragraph before it and has a
    word such as "following". The source is the owner of its noun of speech or, before a colon, the subject of its main
    verb: "Lee listed what is needed:". The new attributions replace those of the statement's topic ("on the bill") and
    those of the quotation to a source that cannot speak or to a sentence in between ("The council approved it.").
    """
    doc, can_speak = marked.doc, {item for item in items if item.source and not cannot_speak(marked, item.source)}
    has_cue = {doc.sentence[item.cue] for item in can_speak}
    free = set(uncovered(marked, can_speak))
    made: list[Attribution] = []
    replaced: set[Attribution] = set()
    for number in uncovered(marked, [item for item in can_speak if not item.rule.endswith(NEW_SENTENCE)]):
        colon = _sentence_of_colon(marked, number) if number in free else None
        sentences = _announcing(marked, number)
        headline = [*_headline(marked, number)]
        if not sentences and colon is None and not headline:
            continue
        piece = marked.quotations[number].first, marked.run_end[number]
        covering = {item for item in items if _overlaps(item, piece)}
        if any(doc.sentence[item.cue] in sentences for item in covering & can_speak):
            continue  # already attributed to the sentence that announces it
        topics = {item for item in items if doc.sentence[item.cue] in sentences and _is_of_topic(marked, item)}
        if colon is not None and colon not in has_cue:
            sentences.insert(0, colon)
        cues = {item.cue for item in (*can_speak, *made) if item not in topics}
        announcers = chain(_announcers(marked, sentences, colon), headline)
        cue, source = next(((cue, source) for cue, source in announcers if cue not in cues), (-1, None))
        if source is not None:
            part = "verb" if doc.pos[cue] == "VERB" else "noun"
            made.append(Attribution(cue, (piece,), source, _ANNOUNCED, f"{part} {NEW_SENTENCE}"))
            replaced |= topics | covering
    return [*(item for item in items if item not in replaced), *made]


def _overlaps(item: Attribution, piece: Piece) -> bool:
    """Return True if an attribution's content overlaps a piece that does not contain its cue."""
    is_inside = piece[0] <= item.cue < piece[1]
    return not is_inside and any(first < piece[1] and piece[0] < last for first, last in item.pieces)


def _is_of_topic(marked: MarkedDoc, item: Attribution) -> bool:
    """Return True if the cue is a noun of speech, or "regarding" after one, before content without quotations."""
    doc, cue = marked.doc, item.cue
    is_cue = _is_noun_of_speech(doc, cue) or _is_noun_of_speech(doc, doc.head[cue])
    tokens = [token for piece in item.pieces for token in range(*piece)]
    return is_cue and cue < tokens[0] and all(marked.quotation_at[token] < 0 for token in tokens)


def _announcers(marked: MarkedDoc, sentences: Iterable[int], colon: int | None) -> Iterator[tuple[int, Source]]:
    """Yield (cue, source) for the nouns of speech in `sentences`, and for the main verb of the sentence `colon`."""
    doc = marked.doc
    for sentence in sentences:
        cues = _nouns_of_speech(doc, sentence)
        if sentence == colon:
            tokens = range(doc.sentences[sentence].first, doc.sentences[sentence].last)
            cues += [token for token in tokens if doc.pos[token] == "VERB" and doc.head[token] == token]
        for cue in cues:
            source = source_of(marked, cue)
            if source is not None and (owner := _owner(doc, source.head)):
                yield cue, owner
                continue
            if source is None or cannot_speak(marked, source) or doc.norm[source.head] in _ANNOUNCING:
                continue
            # In "excerpts from Lee's letter" the noun "letter" leads to the source, Lee.
            if doc.pos[cue] == "VERB" or not _is_noun_of_speech(doc, source.head):
                yield cue, source


def _is_noun_of_speech(doc: Doc, token: int) -> bool:
    lemma = doc.lemma[token]
    return doc.pos[token] == "NOUN" and (lemma in speech_nouns() or lemma in _DOCUMENTS)


def _owner(doc: Doc, noun: int) -> Source | None:
    """Return the person named right before a noun of speech, possessive or not: [Lee]'s statement, [LEE] statement.

    A word not recognised as a person counts if somebody in the document has it as a family name.
    """
    at = noun - 1 - (doc.tag[noun - 1] == "POS")
    if at < 0 or not _is_noun_of_speech(doc, noun):
        return None
    mention = mention_at(doc, at)
    is_end = mention is not None and mention.label == "PERSON" and mention.last == at + 1
    first = mention.first if mention is not None and is_end else at
    is_borne = any(each.label == "PERSON" and doc.word[each.last - 1] == doc.word[at] for each in doc.mentions)
    return Source(first, at + 1, at, "possessor") if is_borne else None


def _nouns_of_speech(doc: Doc, sentence: int) -> list[int]:
    own = doc.sentences[sentence]
    return [token for token in range(own.first, own.last) if _is_noun_of_speech(doc, token)]


def _announcing(marked: MarkedDoc, number: int) -> list[int]:
    """Return the sentences of the paragraph before a quotation that announce it, the last one first.

    The quotation opens its paragraph. The sentences have a word such as "following", and a noun of speech at most five
    tokens after it.
    """
    doc, first = marked.doc, marked.quotations[number].first
    lead = before_headings(marked, first)
    if not lead or not is_sentence(marked, number) or paragraph_of(doc, lead - 1) == paragraph_of(doc, first):
        return []
    last = doc.sentence[lead - 1]
    paragraph = doc.sentences[last].paragraph
    before = takewhile(lambda sentence: doc.sentences[sentence].paragraph == paragraph, range(last, -1, -1))
    return [sentence for sentence in before if _announces(marked, sentence)]


def _headline(marked: MarkedDoc, number: int) -> Iterator[tuple[int, Source]]:
    """Yield (noun, source) of a line before a quotation that says whose it is: Statement by Senator [Ann Lee] on Mills.

    Its capitals hide from the parse which word is a noun.
    """
    doc, first = marked.doc, marked.quotations[number].first
    lead = before_headings(marked, first)
    if not lead or not is_sentence(marked, number):
        return
    own = doc.sentences[doc.sentence[lead - 1]]
    is_line = own.paragraph < paragraph_of(doc, first) and FINITE_OR_MODAL.isdisjoint(doc.tag[own.first : own.last])
    persons = [each for each in doc.mentions if each.label == "PERSON" and own.first <= each.first < own.last]
    for noun in (token for token in range(own.first, own.last) if is_line and doc.norm[token] in _STATED):
        has_speaker = doc.norm[noun + 1] in ("by", "from", "of")
        for mention in persons:
            is_before = mention.last == noun - (doc.tag[noun - 1] == "POS")
            if is_before or (has_speaker and noun < mention.first <= noun + _TITLE):
                yield noun, Source(mention.first, mention.last, mention.last - 1, "heading")


def _announces(marked: MarkedDoc, sentence: int) -> bool:
    doc, own = marked.doc, marked.doc.sentences[sentence]
    outside = (token for token in range(own.first, own.last) if marked.quotation_at[token] < 0)
    words = (token for token in outside if doc.norm[token] in _ANNOUNCING)
    return any(_is_noun_of_speech(doc, noun) for word in words for noun in range(word + 1, min(word + 6, own.last)))


def _sentence_of_colon(marked: MarkedDoc, number: int) -> int | None:
    """Return the number of the sentence right before a quoted sentence if it ends with a colon, else None.

    A heading ("On the senator's proposal:", "Rates may rise - Ann Lee:") does not count.
    """
    doc, lead = marked.doc, before_headings(marked, marked.quotations[number].first)
    if not lead or doc.word[lead - 1] != ":" or not is_sentence(marked, number):
        return None
    before = doc.sentence[lead - 1]
    opening = doc.sentences[before].first
    is_heading = (doc.pos[opening] == "ADP" and doc.head[opening] == opening) or label_start(doc, lead - 1) > opening
    return None if is_heading else before
