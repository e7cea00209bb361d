"""A document with its tree and its quotations: what every proposal needs, and how quotations run over sentences."""

from typing import NamedTuple

from scripts.core.annotation import Doc
from scripts.quotes.marks import Quotation, quotations
from scripts.quotes.tree import Tree, build_tree

Piece = tuple[int, int]

MARKS = frozenset(('"', "''", "``", "'"))
DASHES = frozenset(("-", "--", "---"))
_EDGE = MARKS | DASHES | {",", "?", "!", ";", ":", "...", "…", "(", ")", "."}
_LONG_QUOTATION = 3
# No cue is looked at beyond this many tokens, and no quotation over more paragraphs: the cost stays linear on any text.
_REACH, _MOST_PARAGRAPHS = 300, 60
# Dependents that stand with a cue, before it.
_GROUP = frozenset(
    (
        *("nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod", "npadvmod", "expl", "csubj", "det", "poss", "amod"),
        *("compound", "preconj"),
    )
)


class Context(NamedTuple):
    """A document, its tree, its quotations; `inside` has for every token the number of the outermost quotation around
    it, or -1, and `labels` the label of the mention that a token is in.
    """

    doc: Doc
    tree: Tree
    quotations: list[Quotation]
    inside: list[int]
    labels: dict[int, str]


def context(doc: Doc) -> Context:
    """Bundle a document with its tree and its quotations."""
    found = quotations(doc)
    inside = [-1] * len(doc.word)
    for number, quotation in enumerate(found):
        if not quotation.nested:
            for token in range(quotation.first, quotation.last):
                inside[token] = number
    labels = {token: mention.label for mention in doc.mentions for token in range(mention.first, mention.last)}
    return Context(doc, build_tree(doc), found, inside, labels)


def bounds(ctx: Context, token: int) -> Piece:
    """The sentence of a token, first token and after the last; of a very long one only what is near."""
    sentence = ctx.doc.sentences[ctx.doc.sentence[token]]
    return max(sentence.first, token - _REACH), min(sentence.last, token + _REACH)


def is_edge(word: str) -> bool:
    """Whether a token is punctuation that may stand between a content and its cue."""
    return word in _EDGE


def strip(doc: Doc, first: int, last: int) -> Piece:
    """A piece without punctuation at its edges; quotation marks stay, they are part of what is quoted."""
    word = doc.word
    while first < last and word[first] in _EDGE and word[first] not in MARKS:
        first += 1
    while last > first and word[last - 1] in _EDGE and word[last - 1] not in MARKS:
        last -= 1
    return first, last


def snap(ctx: Context, first: int, last: int, cue: int) -> Piece:
    """Grow a piece so that it does not cut a quotation of some length, unless the cue itself is in that quotation."""
    opening, closing = ctx.inside[first], ctx.inside[last - 1]
    own = ctx.inside[cue]
    if opening >= 0 and opening != own:
        quotation = ctx.quotations[opening]
        if quotation.last - quotation.first >= _LONG_QUOTATION and (quotation.first > cue or last <= cue):
            first = min(first, quotation.first)
    if closing >= 0 and closing != own:
        quotation = ctx.quotations[closing]
        if quotation.last - quotation.first >= _LONG_QUOTATION:
            last = max(last, quotation.last)
    return first, last


def group_start(ctx: Context, cue: int) -> int:
    """The first token of a cue with its subject, auxiliaries and adverbs."""
    doc, tree = ctx.doc, ctx.tree
    if doc.norm[cue] == "according":
        return cue
    first = cue
    for child in reversed(tree.children[cue]):
        if child < first and doc.dep[child] in _GROUP and tree.right[child] < first:
            between = doc.word[tree.right[child] + 1 : first]
            if any(word in MARKS for word in between) or ctx.inside[child] != ctx.inside[cue]:
                break
            first = _phrase_start(ctx, child) if doc.dep[child] in ("nsubj", "nsubjpass") else tree.left[child]
        elif child < first and doc.dep[child] != "punct":
            break
    return first if first < cue else _name_before(ctx, cue)


def _phrase_start(ctx: Context, head: int) -> int:
    """The left edge of a subject, but not across a quotation mark."""
    left = head
    lowest = max(ctx.tree.left[head], head - _REACH)
    while left > lowest and ctx.doc.word[left - 1] not in MARKS:
        left -= 1
    return left


def _name_before(ctx: Context, cue: int) -> int:
    """Where the parse has no subject: the start of a pronoun or name right before the cue, else the cue."""
    doc = ctx.doc
    first, _ = bounds(ctx, cue)
    before = cue
    while before > first and doc.pos[before - 1] in ("ADV", "AUX"):
        before -= 1
    if before == first or doc.tag[before - 1] not in ("PRP", "NNP", "NNPS"):
        return cue
    before -= 1
    while before > first and doc.pos[before] == "PROPN" and doc.pos[before - 1] == "PROPN":
        before -= 1
    return before


def opens(ctx: Context, token: int) -> bool:
    """Whether a quotation begins at a token."""
    number = ctx.inside[token]
    return number >= 0 and ctx.quotations[number].first == token


def is_tagged(ctx: Context, quotation: Quotation) -> bool:
    """Whether the sentence goes on after a quotation, and so has a cue of its own for it."""
    doc = ctx.doc
    if quotation.last >= len(doc.word):
        return False
    final = doc.sentences[doc.sentence[quotation.last - 1]]
    return final.last - quotation.last > 1


def chain_end(ctx: Context, number: int) -> int:
    """The end of a quotation over several paragraphs, as far as the next of them has no cue of its own."""
    last = ctx.quotations[number].last
    limit = min(number + _MOST_PARAGRAPHS, len(ctx.quotations) - 1)
    while ctx.quotations[number].open_ended and number < limit:
        number += 1
        if is_tagged(ctx, ctx.quotations[number]):
            break
        last = ctx.quotations[number].last
    return last


def going_on(ctx: Context, first: int, last: int) -> Piece | None:
    """The quotation that opens the sentence after tokens `first` to `last`, in its paragraph, without its own cue."""
    doc = ctx.doc
    if last >= len(doc.word) or not opens(ctx, last) or is_tagged(ctx, ctx.quotations[ctx.inside[last]]):
        return None
    if doc.sentences[doc.sentence[last]].paragraph != doc.sentences[doc.sentence[first]].paragraph:
        return None
    return last, chain_end(ctx, ctx.inside[last])
