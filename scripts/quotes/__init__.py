"""Quotes: who said what. Takes parsed documents and their entities; gives source, cue and content of what is said.

Marks, cues, candidates, scores, choice, sources, speakers: each stage takes the values of those before it.
Its tables: quotes, speakers.
"""

from typing import NamedTuple

from scripts.core.annotation import Doc
from scripts.quotes.context import Context, Piece, context
from scripts.quotes.decode import Attribution, attributions
from scripts.quotes.model import confidence, threshold, weights
from scripts.quotes.speakers import NOBODY, People, Speaker, resolve

MIN_CONFIDENCE = 0.35
_MOSTLY = 0.9

Span = tuple[int, int]


class Quote(NamedTuple):
    """An attribution, in characters of the text; `speaker` is empty for a quotation that nobody is given."""

    kind: str
    content: tuple[Span, ...]
    tokens: tuple[Piece, ...]
    n_quoted: int
    cue: Span | None
    cue_lemma: str
    source: Span | None
    speaker: Speaker
    reference: Span | None
    rule: str
    confidence: float


def find_quotes(doc: Doc, *, min_confidence: float = MIN_CONFIDENCE) -> list[Quote]:
    """The attributions of a parsed document, and its quotations that nobody is given, in the order of their content.

    An attribution whose probability is below `min_confidence` is left out. A document that was not parsed gives only
    its quotations.
    """
    table = weights()
    ctx = context(doc)
    if any(doc.pos):
        found, alone = attributions(ctx, table, threshold=threshold(min_confidence, table))
    else:
        found, alone = [], list(range(len(ctx.quotations)))
    quotes = _attributed(ctx, found)
    for number in alone:
        quotation = ctx.quotations[number]
        if not quotation.nested and any(map(str.isalnum, doc.text[quotation.start : quotation.end])):
            pieces = ((quotation.first, quotation.last),)
            quotes.append(_quote(ctx, pieces, None, "", None, NOBODY, "quotation marks", 0.0))
    return sorted(quotes, key=lambda quote: (quote.content, quote.cue or (-1, -1)))


def _attributed(ctx: Context, found: list[Attribution]) -> list[Quote]:
    people = People(ctx)
    before: tuple[Speaker, int] | None = None
    quotes = []
    for item in sorted(found, key=lambda item: item.cue):
        speaker = resolve(ctx, people, item.source, before)
        if item.source is not None:
            before = speaker, item.source.head
        doc = ctx.doc
        source = (doc.start[item.source.first], doc.end[item.source.last - 1]) if item.source else None
        cue = (doc.start[item.cue], doc.end[item.cue])
        quotes.append(
            _quote(
                ctx,
                item.pieces,
                cue,
                doc.lemma[item.cue],
                source,
                speaker,
                item.rule,
                confidence(item.score, weights()),
            )
        )
    return quotes


def _quote(
    ctx: Context,
    pieces: tuple[Piece, ...],
    cue: Span | None,
    cue_lemma: str,
    source: Span | None,
    speaker: Speaker,
    rule: str,
    confidence: float,
) -> Quote:
    doc = ctx.doc
    words = [token for first, last in pieces for token in range(first, last) if any(map(str.isalnum, doc.word[token]))]
    quoted = sum(ctx.inside[token] >= 0 for token in words)
    kind = "indirect" if not quoted else "direct" if quoted >= _MOSTLY * len(words) else "mixed"
    content = tuple((doc.start[first], doc.end[last - 1]) for first, last in pieces)
    reference = speaker.reference
    return Quote(
        kind,
        content,
        pieces,
        quoted,
        cue,
        cue_lemma,
        source,
        speaker,
        (doc.start[reference[0]], doc.end[reference[1] - 1]) if reference else None,
        rule,
        confidence,
    )
