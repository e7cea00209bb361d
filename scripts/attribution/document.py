"""Attribution: the stages that a document passes through, from its quotation marks to the speakers of its quotes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scripts.attribution.calibration import calibrated_log_odds, calibration, confidence, terms
from scripts.attribution.choice import Attribution, choose_speech
from scripts.attribution.cue_phrases import cue_phrase
from scripts.attribution.joint import joined_speakers
from scripts.attribution.lead_ins import without_lead_in
from scripts.attribution.marked import MarkedDoc, Piece, content_kind, mark, n_words
from scripts.attribution.network import rate
from scripts.attribution.paragraphs import between_statements, continue_quotations, with_quotations
from scripts.attribution.readers import DEFAULT_READER
from scripts.attribution.resolution import resolve_speakers
from scripts.attribution.silence import as_told, refusal_phrase, with_silences
from scripts.attribution.sources import without_dateline
from scripts.attribution.speaker import NOBODY, Speaker
from scripts.attribution.stretches import document_stretches
from scripts.attribution.turns import Turn, find_turns
from scripts.core.annotation import Doc, Mention
from scripts.core.statements import NO_COMMENT
from scripts.core.types import Span

MIN_CONFIDENCE = 0.5
# Precision: 65 of 70 refusals and silences that were read in the training articles were right.
_NO_COMMENT_RIGHT = 0.93
# All turns in the layouts made for the tests are right; their number does not rule out three wrong in a hundred.
_TURN_RIGHT = 0.97


class Quote(NamedTuple):
    """An attribution, or a quotation without a speaker: then `cue`, `source` and `reference` are None.

    `content`, `cue`, `source` and `reference` (the mention that names the speaker) are spans of characters,
    `tokens` are the token ranges of the content, with `n_words` words, of which `n_quoted` are in quotation marks.
    `cue` is a phrase, `cue_head` its main word, whose lemma is `cue_lemma`. `kind` is direct, indirect or mixed, or
    "no comment" for a refusal or silence: the content is then the matter that the source would not speak of, and
    not speech. `joint` are the mentions of further speakers.
    """

    kind: str
    content: tuple[Span, ...]
    tokens: tuple[Piece, ...]
    n_words: int
    n_quoted: int
    cue: Span | None
    cue_head: Span | None
    cue_lemma: str
    source: Span | None
    speaker: Speaker
    reference: Span | None
    rule: str
    confidence: float
    joint: tuple[Span, ...] = ()


def find_quotes(doc: Doc, *, reader: str = DEFAULT_READER, min_confidence: float = MIN_CONFIDENCE) -> list[Quote]:
    """Return the attributions of a parsed document and its quotations without a speaker, in the order of their content.

    `reader` rates the candidates (see `readers`). Attributions with a probability below `min_confidence` are left out.
    A document that was not parsed has only quotations without a speaker. A very long document is attributed in parts
    (see `document_stretches`).
    """
    return [
        quote._replace(tokens=tuple((begin + first, end + first) for begin, end in quote.tokens))
        for first, part in document_stretches(doc)
        for quote in _quotes_of(part, reader, min_confidence)
    ]


def _quotes_of(doc: Doc, reader: str, min_confidence: float) -> list[Quote]:
    """Return the quotes of a stretch, see `find_quotes`."""
    marked = mark(doc)
    turns = find_turns(marked)
    turn_at = {token: turn for turn in turns for piece in turn.pieces for token in range(*piece)}
    attributions, alone = attribute(marked, reader, min_confidence=min_confidence)
    attributions = [item._replace(source=without_dateline(marked, item.source)) for item in attributions]
    attributions = _within_turns(attributions, turns, turn_at)
    speakers = joined_speakers(marked, attributions, resolve_speakers(marked, attributions))
    persons = [speaker.name if speaker.kind == "person" else "" for speaker, _ in speakers]
    belonging = between_statements(marked, attributions, persons, alone)
    attributions = with_quotations(marked, attributions, belonging)
    quotes = [
        _attributed(marked, statement, _in_first_person(marked.doc, item, turn_at) or speaker, joint)
        for item, (speaker, joint) in zip(attributions, speakers, strict=True)
        if (statement := as_told(marked, item)) is not None
    ]
    quotes += [_of_turn(marked, turn) for turn in turns]
    # A quotation without a cue inside a turn is part of the turn.
    apart = (number for number in alone if number not in belonging and marked.quotations[number].first not in turn_at)
    quotes += [_unattributed(marked, number) for number in apart if _is_worth_a_row(marked, number)]
    return sorted(quotes, key=lambda quote: (quote.content, quote.cue_head or (-1, -1)))


def _within_turns(
    chosen: Sequence[Attribution], turns: Sequence[Turn], turn_at: Mapping[int, Turn]
) -> list[Attribution]:
    """Return the attributions of a transcript, cut to their turns, without any whose source is a label or heading.

    `turn_at` maps each token spoken in a turn to that turn.
    """
    labels = {token for turn in turns for token in range(turn.label[0], turn.pieces[0][0])}
    opens = {first for turn in turns for first, _ in turn.pieces}
    attributions = []
    for item in chosen:
        source = item.source
        is_label = item.cue in labels or (source is not None and source.head in labels)
        if is_label or (source is not None and item.rule == "colon" and source.first in opens):
            continue
        own = turn_at.get(item.cue)
        pieces = tuple(
            piece for piece in item.pieces if turn_at.get(piece[0]) == own and labels.isdisjoint(range(*piece))
        )
        if pieces:
            attributions.append(item._replace(pieces=pieces))
    return attributions


def _in_first_person(doc: Doc, item: Attribution, turn_at: Mapping[int, Turn]) -> Speaker | None:
    """Return the speaker of the turn in which somebody says "I said"; None for another source or outside turns."""
    turn = turn_at.get(item.cue)
    is_own = turn is not None and item.source is not None and doc.norm[item.source.head] == "i"
    return turn.speaker if turn is not None and is_own else None


def _of_turn(marked: MarkedDoc, turn: Turn) -> Quote:
    """Return a turn as direct speech; its cue is the mark that ends its label."""
    doc = marked.doc
    mark_before = turn.pieces[0][0] - 1
    cue, label = _characters(doc, mark_before, mark_before + 1), _characters(doc, *turn.label)
    content = tuple(_characters(doc, *piece) for piece in turn.pieces)
    reference = turn.speaker.reference and _characters(doc, *turn.speaker.reference)
    cue_word = doc.lemma[mark_before]
    who, words = (label, turn.speaker, reference), n_words(marked, turn.pieces)
    return Quote("direct", content, turn.pieces, words, words, cue, cue, cue_word, *who, "turn", _TURN_RIGHT)


def attribute(marked: MarkedDoc, reader: str, *, min_confidence: float) -> tuple[list[Attribution], list[int]]:
    """Return the attributions of a document in the order of their cues, and the numbers of the remaining quotations."""
    if not any(marked.doc.pos):
        return [], list(range(len(marked.quotations)))
    weights = calibration(reader)

    def calibrated(item: Attribution) -> float:
        return calibrated_log_odds(terms(marked, item), weights)

    def is_probable(item: Attribution) -> bool:
        return confidence(calibrated(item)) >= min_confidence

    chosen = [
        item._replace(score=calibrated(item))
        for item in choose_speech(marked, rate(marked, reader=reader), is_probable=is_probable)
    ]
    # The probability of weaker cues that took a leftover quotation has not been checked yet.
    probable = [item for item in chosen if confidence(item.score) >= min_confidence]
    speech, alone = continue_quotations(marked, probable)
    return with_silences(marked, [without_lead_in(marked, item) for item in speech]), alone


def _is_worth_a_row(marked: MarkedDoc, number: int) -> bool:
    quotation = marked.quotations[number]
    return any(map(str.isalnum, marked.doc.text[quotation.start : quotation.end]))


def _characters(doc: Doc, first: int, last: int) -> Span:
    return doc.start[first], doc.end[last - 1]


def _attributed(marked: MarkedDoc, item: Attribution, speaker: Speaker, joint: Sequence[Mention]) -> Quote:
    """Return an attribution and its speakers as a Quote, with offsets in characters."""
    doc, source, reference = marked.doc, item.source, speaker.reference
    is_speech = item.rule != NO_COMMENT
    kind, n_quoted = content_kind(marked, item.pieces) if is_speech else (NO_COMMENT, 0)
    return Quote(
        kind,
        tuple(_characters(doc, *piece) for piece in item.pieces),
        item.pieces,
        n_words(marked, item.pieces) if is_speech else 0,
        n_quoted,
        _characters(doc, *_phrase(marked, item)),
        _characters(doc, item.cue, item.cue + 1),
        doc.lemma[item.cue],
        _characters(doc, source.first, source.last) if source else None,
        speaker,
        _characters(doc, *reference) if reference else None,
        item.rule,
        confidence(item.score) if is_speech else _NO_COMMENT_RIGHT,
        tuple(_characters(doc, mention.first, mention.last) for mention in joint),
    )


def _phrase(marked: MarkedDoc, item: Attribution) -> Piece:
    """Return the token range of the cue's phrase; for a refusal, of all its words."""
    apart = set(range(item.source.first, item.source.last)) if item.source else set()
    if item.rule == NO_COMMENT:
        return refusal_phrase(marked, item.cue, cue_phrase(marked.doc, item.cue, apart))
    return cue_phrase(marked.doc, item.cue, apart | {token for piece in item.pieces for token in range(*piece)})


def _unattributed(marked: MarkedDoc, number: int) -> Quote:
    """Return a quotation without a cue as a Quote without a speaker."""
    piece = marked.quotations[number].first, marked.quotations[number].last
    kind, n_quoted = content_kind(marked, [piece])
    content, words = (_characters(marked.doc, *piece),), n_words(marked, [piece])
    return Quote(kind, content, (piece,), words, n_quoted, None, None, "", None, NOBODY, None, "quotation marks", 0.0)
