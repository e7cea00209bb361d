"""Tags: the words after a quotation that opens its sentence, which say whose it is: "It burned," the two write.

Where the network chose no candidate with the quotation, a verb of speech is enough, even if it was tagged as a noun.
"""

from collections.abc import Iterable, Sequence

from scripts.attribution.choice import Attribution, is_sentence
from scripts.attribution.cues import quotes_somebody
from scripts.attribution.lexicon import speech_verbs
from scripts.attribution.marked import MarkedDoc, opens_paragraph
from scripts.attribution.sources import Source, source_of

# Punctuation before the closing mark of a quotation that a tag follows.
_BEFORE_TAG = frozenset((",", "?", "!"))
# Log-odds of an attribution that rests on the words of a tag alone.
_SCORE = 2.0


def _tag(marked: MarkedDoc, number: int) -> range:
    """Return the tokens between a quotation and the next one or the end of the sentence; none if no tag can follow."""
    doc, quotation = marked.doc, marked.quotations[number]
    first = quotation.last
    ends = first < len(doc.word) and doc.word[first - 2] in _BEFORE_TAG and not quotation.open_ended
    if not ends or not is_sentence(marked, number) or opens_paragraph(doc, first):
        return range(0)
    end = doc.sentences[doc.sentence[first]].last
    return range(first, next((token for token in range(first, end) if marked.quotation_at[token] >= 0), end))


def before_tag(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> dict[int, int]:
    """Return {quotation: attribution} of quotations before a tag whose cue has a source but another content."""
    by_cue = {item.cue: index for index, item in enumerate(items) if item.source is not None}
    owners = ((number, next((by_cue[at] for at in _tag(marked, number) if at in by_cue), None)) for number in left)
    return {number: owner for number, owner in owners if owner is not None}


def tagged(marked: MarkedDoc, items: Sequence[Attribution], left: Iterable[int]) -> list[Attribution]:
    """Return the attributions of quotations whose tag has a verb of speech but no cue of `items`."""
    cues = {item.cue for item in items}
    made = []
    for number in left:
        tag = _tag(marked, number)
        cue = None if cues & set(tag) else _verb(marked, tag)
        source = None if cue is None else _source(marked, tag, cue)
        if cue is not None and source is not None:
            piece = marked.quotations[number].first, marked.quotations[number].last
            made.append(Attribution(cue, (piece,), source, _SCORE, "verb after its content"))
    return made


def _verb(marked: MarkedDoc, tag: range) -> int | None:
    """Return the first verb of speech in a tag, or noun of that form with words before it; None if there is none."""
    doc = marked.doc
    verbs = (token for token in tag if doc.pos[token] == "VERB" or (doc.pos[token] == "NOUN" and token > tag[0]))
    speaking = (token for token in verbs if doc.lemma[token] in speech_verbs())
    return next((token for token in speaking if not quotes_somebody(marked, token)), None)


def _source(marked: MarkedDoc, tag: range, cue: int) -> Source | None:
    """Return the source of a verb; if it is tagged as a noun, the words before it, with the head before "," or "of"."""
    doc = marked.doc
    if doc.pos[cue] == "VERB":
        return source_of(marked, cue)
    ends = (token for token in range(tag[0] + 1, cue) if doc.pos[token] == "ADP" or doc.word[token] == ",")
    return Source(tag[0], cue, next(ends, cue) - 1, "tag")
