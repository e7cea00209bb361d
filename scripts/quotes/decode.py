"""From proposals to attributions: the best content of every cue, what they quarrel about, and quotations left over."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Container, Mapping
from typing import NamedTuple

from scripts.core.annotation import Doc
from scripts.quotes.candidates import Candidate, candidates
from scripts.quotes.context import Context, Piece
from scripts.quotes.cues import possible_cues
from scripts.quotes.features import describe_cue
from scripts.quotes.model import cue_score, scores
from scripts.quotes.sources import Source, find_source

# A sentence in quotation marks is nearly always somebody's words: that adds to the log-odds of a cue beside it.
_QUOTED_ALLOWANCE = 3.0
_SAME = 0.5
# Two in five cues score less than this by themselves, and less than 1 % of what would be kept is theirs.
_HOPELESS = -2.25
# A nearer cue wins if its score is at most this much lower.
_YIELD = 2.0


class Attribution(NamedTuple):
    """A chosen candidate: cue token, content pieces (token ranges), source, score (log-odds) and construction."""

    cue: int
    pieces: tuple[Piece, ...]
    source: Source | None
    score: float
    rule: str


def scored(ctx: Context, cue: int, table: Mapping[str, float]) -> list[Attribution]:
    """All candidates of a cue with their scores, best first."""
    source = find_source(ctx.doc, ctx.tree, ctx.inside, cue)
    described = describe_cue(ctx, cue, source)
    if cue_score(described, table) < _HOPELESS:
        return []
    found = candidates(ctx, cue)
    rated = [
        Attribution(cue, candidate.pieces, source, score, rule_name(ctx, candidate))
        for candidate, score in zip(found, scores(ctx, found, described, table), strict=True)
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
    by_cue = [rated for cue in possible_cues(ctx) if (rated := scored(ctx, cue, table))]
    by_cue = _give_way(ctx, by_cue)
    chosen = _Chosen(ctx.doc)
    for rated in sorted(by_cue, key=lambda rated: (-rated[0].score, rated[0].cue)):
        if rated[0].score >= threshold:
            chosen.take(rated[0])
    used = {item.cue for item in chosen.items}
    near: dict[int, list[Attribution]] = defaultdict(list)
    for item in (item for rated in by_cue if rated[0].cue not in used for item in rated):
        if (
            item.score >= threshold - _QUOTED_ALLOWANCE
            and ctx.inside[item.cue] < 0
            and _mostly_quoted(ctx, item.pieces)
        ):
            for number in {ctx.inside[token] for piece in item.pieces for token in (piece[0], piece[1] - 1)} - {-1}:
                near[number].append(item._replace(score=item.score + _QUOTED_ALLOWANCE))
    for number in _uncovered(ctx, chosen.owner):
        if _is_sentence(ctx, number):
            for item in sorted(near[number], key=lambda item: (-item.score, item.pieces)):
                if item.cue not in used and chosen.take(item):
                    used.add(item.cue)
                    break
    result = sorted(chosen.items, key=lambda item: (item.pieces, item.cue))
    return _continued(ctx, result, _uncovered(ctx, chosen.owner))


def _give_way(ctx: Context, by_cue: list[list[Attribution]]) -> list[list[Attribution]]:
    """Of cues that claim the same content ("issued a statement saying that ...") only the nearest word keeps it, with
    the best of their scores.
    """
    rivals: dict[tuple[Piece, ...], list[list[Attribution]]] = defaultdict(list)
    for rated in by_cue:
        rivals[rated[0].pieces].append(rated)
    kept = []
    for pieces, claims in rivals.items():
        claims.sort(key=lambda rated: (ctx.doc.pos[rated[0].cue] == "PUNCT", abs(pieces[0][0] - rated[0].cue)))
        best = max(rated[0].score for rated in claims)
        near = next(rated for rated in claims if rated[0].score >= best - _YIELD)
        kept.append([near[0]._replace(score=best), *near[1:]])
    return kept


class _Chosen:
    """Attributions kept so far, none with nearly the content of another; `owner` has those that a token is in."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.items: list[Attribution] = []
        self.contents: list[set[int]] = []
        self.owner: dict[int, list[int]] = defaultdict(list)

    def take(self, item: Attribution) -> bool:
        """Keep an attribution unless there is one like it."""
        content = _tokens(item.pieces)
        rivals = {number for token in content if token in self.owner for number in self.owner[token]}
        if any(_overlap(self.doc, content, self.contents[number]) >= _SAME for number in rivals):
            return False
        for token in content:
            self.owner[token].append(len(self.items))
        self.items.append(item)
        self.contents.append(content)
        return True


def _uncovered(ctx: Context, covered: Container[int]) -> list[int]:
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
    ends = sorted((item.pieces[-1][1], at) for at, item in enumerate(found))
    for number in left:
        quotation = ctx.quotations[number]
        owner = None
        position = bisect_right(ends, (quotation.first, len(found))) - 1
        if _is_sentence(ctx, number) and position >= 0:
            last, at = ends[position]
            item = found[at]
            paragraph = doc.sentences[doc.sentence[max(last - 1, item.cue)]].paragraph
            distance = doc.sentences[doc.sentence[quotation.first]].paragraph - paragraph
            if distance == 0 or (distance == 1 and _mostly_quoted(ctx, item.pieces[-1:])):
                owner = at
        if owner is None:
            alone.append(number)
            continue
        found[owner] = found[owner]._replace(pieces=(*found[owner].pieces, (quotation.first, quotation.last)))
        del ends[position]
        insort(ends, (quotation.last, owner))
    return found, alone
