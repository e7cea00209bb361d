"""From proposals to attributions: the best content of every cue, what they quarrel about, and quotations left over."""

from collections.abc import Mapping
from typing import NamedTuple

from scripts.annotation import Doc
from scripts.quotes.candidates import Candidate, candidates
from scripts.quotes.context import Context, Piece
from scripts.quotes.cues import possible_cues
from scripts.quotes.features import describe_cue
from scripts.quotes.model import scores
from scripts.quotes.sources import Source, find_source

# A sentence in quotation marks is nearly always somebody's words: that adds to the log-odds of a cue beside it.
_QUOTED_ALLOWANCE = 3.0
_SAME = 0.5


class Attribution(NamedTuple):
    """A chosen candidate: cue token, content pieces (token ranges), source, score (log-odds) and construction."""

    cue: int
    pieces: tuple[Piece, ...]
    source: Source | None
    score: float
    rule: str


def scored(ctx: Context, cue: int, table: Mapping[str, float]) -> list[Attribution]:
    """All candidates of a cue with their scores, best first."""
    found = candidates(ctx, cue)
    if not found:
        return []
    source = find_source(ctx.doc, ctx.tree, ctx.inside, cue)
    rated = [
        Attribution(cue, candidate.pieces, source, score, rule_name(ctx, candidate))
        for candidate, score in zip(found, scores(ctx, found, describe_cue(ctx, cue, source), table), strict=True)
    ]
    rated.sort(key=lambda item: (-item.score, item.pieces))
    return rated


def rule_name(ctx: Context, candidate: Candidate) -> str:
    """The name of the construction, as the table gives it."""
    doc, cue = ctx.doc, candidate.cue
    if doc.pos[cue] == "PUNCT":
        return "colon" if doc.word[cue] == ":" else "signature"
    if doc.norm[cue] == "according":
        return "according to"
    kind = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(doc.pos[cue], "verb")
    place = {
        "R": "before its content",
        "L": "after its content",
        "M": "inside its content",
        "N": "before a new sentence",
    }
    return f"{kind} {place[candidate.shape]}"


def _tokens(pieces: tuple[Piece, ...]) -> set[int]:
    return {token for first, last in pieces for token in range(first, last)}


def _overlap(doc: Doc, one: set[int], other: set[int]) -> float:
    """Jaccard over characters of words."""
    both = one & other
    if not both:
        return 0.0
    size = doc.end
    start = doc.start

    def weight(tokens: set[int]) -> int:
        return sum(size[t] - start[t] for t in tokens if doc.word[t][0].isalnum())

    shared = weight(both)
    return shared / max(1, weight(one) + weight(other) - shared)


def attributions(ctx: Context, table: Mapping[str, float], *, threshold: float) -> tuple[list[Attribution], list[int]]:
    """The attributions of a document, in order of their content, and the numbers of quotations that nobody is given.

    `table` has the weights of the model; `threshold` is the log-odds below which a candidate is dropped.
    """
    doc = ctx.doc
    by_cue = [rated for cue in possible_cues(ctx) if (rated := scored(ctx, cue, table))]
    chosen: list[tuple[Attribution, set[int]]] = []

    def take(item: Attribution) -> bool:
        content = _tokens(item.pieces)
        if any(_overlap(doc, content, other) >= _SAME for _, other in chosen):
            return False
        chosen.append((item, content))
        return True

    for rated in sorted(by_cue, key=lambda rated: (-rated[0].score, rated[0].cue)):
        if rated[0].score >= threshold:
            take(rated[0])
    used = {item.cue for item, _ in chosen}
    covered = {token for _, content in chosen for token in content}
    pending = [item for rated in by_cue if rated[0].cue not in used for item in rated]
    left = _uncovered(ctx, covered)
    for number in left:
        if not _is_sentence(ctx, number):
            continue
        quotation = ctx.quotations[number]
        near = [
            item
            for item in pending
            if item.score >= threshold - _QUOTED_ALLOWANCE
            and ctx.inside[item.cue] < 0
            and item.cue not in used
            and any(first < quotation.last and quotation.first < last for first, last in item.pieces)
            and _mostly_quoted(ctx, item.pieces)
        ]
        for item in sorted(near, key=lambda item: (-item.score, item.pieces)):
            if take(item._replace(score=item.score + _QUOTED_ALLOWANCE)):
                used.add(item.cue)
                covered |= _tokens(item.pieces)
                break
    left = _uncovered(ctx, covered)
    result = [item for item, _ in sorted(chosen, key=lambda pair: (pair[0].pieces, pair[0].cue))]
    return _continued(ctx, result, left)


def _uncovered(ctx: Context, covered: set[int]) -> list[int]:
    out = []
    for number, quotation in enumerate(ctx.quotations):
        if quotation.nested:
            continue
        inner = range(quotation.first, quotation.last)
        if sum(token in covered for token in inner) * 2 <= len(inner):
            out.append(number)
    return out


def _is_sentence(ctx: Context, number: int) -> bool:
    """Whether a quotation opens its sentence and has some length."""
    doc, quotation = ctx.doc, ctx.quotations[number]
    sentence = doc.sentences[doc.sentence[quotation.first]]
    return not quotation.single and quotation.first == sentence.first and quotation.last - quotation.first >= 5


def _mostly_quoted(ctx: Context, pieces: tuple[Piece, ...]) -> bool:
    size = sum(last - first for first, last in pieces)
    return sum(ctx.inside[token] >= 0 for first, last in pieces for token in range(first, last)) >= 0.8 * size


def _continued(ctx: Context, found: list[Attribution], left: list[int]) -> tuple[list[Attribution], list[int]]:
    """Give quotations without a cue of their own to the attribution that they go on with."""
    doc = ctx.doc
    alone = []
    for number in left:
        quotation = ctx.quotations[number]
        owner = None
        if _is_sentence(ctx, number):
            paragraph = doc.sentences[doc.sentence[quotation.first]].paragraph
            before = [
                (item.pieces[-1][1], at) for at, item in enumerate(found) if item.pieces[-1][1] <= quotation.first
            ]
            if before:
                last, at = max(before)
                distance = paragraph - doc.sentences[doc.sentence[max(last - 1, found[at].cue)]].paragraph
                if distance == 0 or (distance == 1 and _mostly_quoted(ctx, found[at].pieces[-1:])):
                    owner = at
        if owner is None:
            alone.append(number)
        else:
            item = found[owner]
            found[owner] = item._replace(pieces=(*item.pieces, (quotation.first, quotation.last)))
    return found, alone
