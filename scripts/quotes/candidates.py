"""Candidates: for every possible cue the stretches of text that may be its content, from the parse and from the marks.

What is proposed here is scored by the model; a boundary that is not proposed can never be found, so the proposals are
many: the complements of the cue, what stands before it up to a comma, both together, and quotations that go on.
"""

from typing import NamedTuple

from scripts.annotation import Doc
from scripts.quotes.marks import Quotation
from scripts.quotes.tree import Tree

Piece = tuple[int, int]


class Candidate(NamedTuple):
    """One proposal: the cue token, the content's pieces (token ranges), its shape, and what opens and ends it.

    `shape`: R (content after the cue), L (before), M (around it), N (in the next sentence). `start` and `end` name the
    kind of boundary, for the model.
    """

    cue: int
    pieces: tuple[Piece, ...]
    shape: str
    start: str
    end: str


class Context(NamedTuple):
    """What all proposals of a document share."""

    doc: Doc
    tree: Tree
    quotations: list[Quotation]
    inside: list[int]  # per token the number of the outermost quotation around it, or -1
    labels: dict[int, str]  # label of the mention that a token is in


_CONTENT = frozenset(
    (
        "ccomp",
        "xcomp",
        "dobj",
        "prep",
        "acl",
        "oprd",
        "advcl",
        "attr",
        "acomp",
        "dative",
        "relcl",
        "pcomp",
        "dep",
        "parataxis",
        "pobj",
        "appos",
        "npadvmod",
        "conj",
        "nsubjpass",
        "prt",
        "agent",
        "intj",
        "meta",
    )
)
_GROUP = frozenset(
    (
        "nsubj",
        "nsubjpass",
        "aux",
        "auxpass",
        "neg",
        "advmod",
        "npadvmod",
        "expl",
        "csubj",
        "det",
        "poss",
        "amod",
        "compound",
        "preconj",
    )
)
_EDGE = frozenset((",", '"', "''", "``", "-", "--", "---", "?", "!", "'", ";", ":", "...", "…", "(", ")", "."))
_MARKS = frozenset(('"', "''", "``", "'"))
_LONG_QUOTATION = 3


def context(doc: Doc, tree: Tree, found: list[Quotation]) -> Context:
    """Bundle a document with its tree and its quotations."""
    inside = [-1] * len(doc.word)
    for number, quotation in enumerate(found):
        if not quotation.nested:
            for token in range(quotation.first, quotation.last):
                inside[token] = number
    labels = {token: mention.label for mention in doc.mentions for token in range(mention.first, mention.last)}
    return Context(doc, tree, found, inside, labels)


def _strip(doc: Doc, first: int, last: int) -> Piece:
    """Without punctuation at the edges; marks stay (they may be part of what is quoted)."""
    word = doc.word
    while first < last and word[first] in _EDGE and word[first] not in _MARKS:
        first += 1
    while last > first and word[last - 1] in _EDGE and word[last - 1] not in _MARKS:
        last -= 1
    return first, last


def _snap(ctx: Context, first: int, last: int, cue: int) -> Piece:
    """Grow a piece so that it does not cut a quotation of some length, unless the cue itself is in that quotation."""
    for end, at in ((False, first), (True, last - 1)):
        number = ctx.inside[at]
        if number >= 0 and ctx.inside[cue] != number:
            quotation = ctx.quotations[number]
            if quotation.last - quotation.first >= _LONG_QUOTATION:
                if end:
                    last = max(last, quotation.last)
                elif quotation.first > cue or last <= cue:
                    first = min(first, quotation.first)
    return first, last


def group_edges(ctx: Context, cue: int) -> Piece:
    """The cue with its subject, auxiliaries and adverbs: first token and the one after its last."""
    doc, tree = ctx.doc, ctx.tree
    if doc.norm[cue] == "according":
        return cue, tree.right[cue] + 1
    sentence = doc.sentences[doc.sentence[cue]]
    first = cue
    for child in reversed(tree.children[cue]):
        if child < first and doc.dep[child] in _GROUP and tree.right[child] < first:
            between = doc.word[tree.right[child] + 1 : first]
            if any(word in _MARKS for word in between) or ctx.inside[child] != ctx.inside[cue]:
                break
            left = tree.left[child]
            if doc.dep[child] in ("nsubj", "nsubjpass"):
                left = max(left, _phrase_left(ctx, child))
            first = left
        elif child < first and doc.dep[child] != "punct":
            break
    if first == cue:
        # No subject in the parse: take a pronoun or name right before the cue.
        before = cue
        while before > sentence.first and doc.pos[before - 1] in ("ADV", "AUX"):
            before -= 1
        if before > sentence.first and doc.tag[before - 1] in ("PRP", "NNP", "NNPS"):
            before -= 1
            while before > sentence.first and doc.pos[before] == "PROPN" and doc.pos[before - 1] == "PROPN":
                before -= 1
            first = before
    return first, cue + 1


def _phrase_left(ctx: Context, head: int) -> int:
    """The left edge of a subject, but not across a quotation mark."""
    doc = ctx.doc
    left = head
    while left > ctx.tree.left[head] and doc.word[left - 1] not in _MARKS:
        left -= 1
    return left


def _right(ctx: Context, cue: int) -> list[tuple[int, int, str, str]]:
    """(first, last, start, end) of contents that follow the cue within its sentence."""
    doc, tree = ctx.doc, ctx.tree
    sentence = doc.sentences[doc.sentence[cue]]
    kids = [child for child in tree.children[cue] if child > cue and doc.dep[child] in _CONTENT]
    starts: list[tuple[int, str, int]] = []
    for number, child in enumerate(kids[:6]):
        dep = doc.dep[child]
        if dep in ("prep", "agent", "prt", "dative") and doc.pos[child] in ("ADP", "SCONJ", "PART"):
            if tree.right[child] > child:
                starts.append((child + 1, f"{dep}:{doc.norm[child]}", number))
                inner = next((c for c in tree.children[child] if c > child and doc.dep[c] == "prep"), None)
                if inner is not None and tree.right[inner] > inner:
                    starts.append((inner + 1, f"prep2:{doc.norm[inner]}", number))
        elif dep == "nsubjpass":
            continue
        else:
            left = max(tree.left[child], cue + 1)
            starts.append((left, dep, number))
            mark = next((c for c in tree.children[child] if doc.dep[c] in ("mark", "prep") and c < child), None)
            if dep == "advcl" and mark is not None and mark + 1 < child:
                starts.append((mark + 1, f"advcl:{doc.norm[mark]}", number))
            elif dep == "ccomp" and mark is not None and mark > left:
                starts.append((mark, "ccomp-mark", number))
            if dep in ("dobj", "attr"):
                clause = next(
                    (c for c in tree.children[child] if doc.dep[c] in ("acl", "relcl", "appos") and c > child), None
                )
                if clause is not None:
                    starts.append((tree.left[clause], f"{dep}>{doc.dep[clause]}", number))
                prep = next((c for c in tree.children[child] if doc.dep[c] == "prep" and c > child), None)
                if prep is not None and tree.right[prep] > prep:
                    starts.append((prep + 1, f"{dep}>prep:{doc.norm[prep]}", number))
    closing = tree.right[cue] + 1
    for at in range(cue + 1, sentence.last):
        word = doc.word[at]
        if ctx.inside[at] >= 0 and ctx.inside[at] != ctx.inside[cue] and ctx.quotations[ctx.inside[at]].first == at:
            starts.append((at, "mark", len(kids)))
            break
        if word == ":" and at + 1 < sentence.last:
            starts.append((at + 1, "colon", len(kids)))
            break
        if word == "that" and doc.dep[at] == "mark" and at < cue + 12:
            starts.append((at, "that", len(kids)))
    out = []
    final = sentence.last
    while final > cue + 1 and doc.word[final - 1] in _EDGE and doc.word[final - 1] not in _MARKS:
        final -= 1
    for start, name, number in starts:
        ends: dict[int, str] = {}
        for child in kids[number:]:
            ends.setdefault(tree.right[child] + 1, f"kid:{doc.dep[child]}")
        if number == len(kids):
            inside = ctx.inside[start]
            if inside >= 0:
                ends.setdefault(ctx.quotations[inside].last, "close")
        ends.setdefault(closing, "cue")
        ends.setdefault(final, "sentence")
        commas = [at for at in range(start + 2, min(max(ends), sentence.last)) if doc.word[at] in (",", "-", "--")]
        for at in commas[-2:] + commas[:1]:
            ends.setdefault(at, "comma")
        for child in kids[number : number + 1]:
            for inner in tree.children[child]:
                if inner > start + 1 and doc.dep[inner] == "cc":
                    ends.setdefault(inner, "cc")
                elif (
                    inner > child
                    and inner > start + 2
                    and doc.dep[inner] in ("advcl", "prep", "npadvmod", "relcl", "acl")
                ):
                    ends.setdefault(tree.left[inner], f"before:{doc.dep[inner]}")
        out += [(start, end, name, kind) for end, kind in ends.items() if end > start]
    return out


def _left(ctx: Context, cue: int, group: int) -> list[tuple[int, int, str]]:
    """(first, last, start) of contents that end where the cue's group begins."""
    doc, tree = ctx.doc, ctx.tree
    sentence = doc.sentences[doc.sentence[cue]]
    if group <= sentence.first:
        before = group - 1
        if (
            before >= 0
            and ctx.inside[before] >= 0
            and doc.sentences[doc.sentence[before]].paragraph == sentence.paragraph
        ):
            quotation = ctx.quotations[ctx.inside[before]]
            if quotation.last == group:
                return [(quotation.first, quotation.last, "previous")]
        return []
    starts = {sentence.first: "sentence"}
    for child in tree.children[cue]:
        if child < group and doc.dep[child] in (
            "ccomp",
            "dobj",
            "nsubjpass",
            "attr",
            "advmod",
            "pobj",
            "dep",
            "parataxis",
        ):
            starts.setdefault(tree.left[child], f"kid:{doc.dep[child]}")
    above = doc.head[cue]
    if above != cue and above < group:
        starts.setdefault(tree.left[above], "head")
    if ctx.inside[group - 1] >= 0:
        starts.setdefault(ctx.quotations[ctx.inside[group - 1]].first, "mark")
    for at in range(group - 2, sentence.first, -1):
        if doc.word[at] in (";", "--", "-") or (doc.word[at] == "," and doc.pos[at + 1] in ("CCONJ", "SCONJ")):
            starts.setdefault(at + 1, "clause")
            if doc.pos[at + 1] in ("CCONJ", "SCONJ") and at + 2 < group:
                starts.setdefault(at + 2, "conjunct")
            break
    if doc.pos[sentence.first] == "CCONJ":
        starts.setdefault(sentence.first + 1, "conjunct")
    return [(start, group, name) for start, name in starts.items() if start < group]


def _next(ctx: Context, cue: int) -> list[Piece]:
    """Contents in the sentences after one that ends with a colon or that introduces a quotation."""
    doc = ctx.doc
    sentence = doc.sentences[doc.sentence[cue]]
    if sentence.last >= len(doc.word):
        return []
    after = sentence.last
    number = ctx.inside[after]
    if number >= 0 and ctx.quotations[number].first == after:
        return [(after, _chain_end(ctx, number))]
    if doc.word[sentence.last - 1] == ":":
        return [(after, doc.sentences[doc.sentence[after]].last)]
    return []


def going_on(ctx: Context, last: int, *, first: int) -> Piece | None:
    """The quotation that opens the next sentence of the same paragraph, if it is not introduced or tagged itself.

    `first` to `last` are the tokens of the sentence that holds the attribution so far.
    """
    doc = ctx.doc
    if (
        last >= len(doc.word)
        or doc.sentences[doc.sentence[last]].paragraph != doc.sentences[doc.sentence[first]].paragraph
    ):
        return None
    number = ctx.inside[last]
    if number < 0 or ctx.quotations[number].first != last:
        return None
    if is_tagged(ctx, ctx.quotations[number]):
        return None
    return last, _chain_end(ctx, number)


def is_tagged(ctx: Context, quotation: Quotation) -> bool:
    """Whether the sentence goes on after a quotation, and so has a cue of its own for it."""
    doc = ctx.doc
    if quotation.last >= len(doc.word):
        return False
    final = doc.sentences[doc.sentence[quotation.last - 1]]
    return final.last - quotation.last > 1


def _chain_end(ctx: Context, number: int) -> int:
    """The end of a quotation over several paragraphs, as far as the next of them has no cue of its own."""
    last = ctx.quotations[number].last
    while ctx.quotations[number].open_ended and number + 1 < len(ctx.quotations):
        number += 1
        if is_tagged(ctx, ctx.quotations[number]):
            break
        last = ctx.quotations[number].last
    return last


def proposals(ctx: Context, cue: int) -> list[Candidate]:
    """All candidates of one cue, without duplicates, in a fixed order."""
    doc = ctx.doc
    sentence = doc.sentences[doc.sentence[cue]]
    group, after = group_edges(ctx, cue)
    found: dict[tuple[Piece, ...], Candidate] = {}

    def add(pieces: list[Piece], shape: str, start: str, end: str) -> None:
        bare = (_strip(doc, *piece) for piece in pieces)
        grown = tuple(_snap(ctx, *piece, cue) for piece in bare if piece[0] < piece[1])
        if not grown or any(first <= cue < last for first, last in grown) or grown in found:
            return
        found[grown] = Candidate(cue, grown, shape, start, end)

    lefts = _left(ctx, cue, group) if doc.pos[cue] not in ("NOUN", "ADJ") or doc.norm[cue] == "according" else []
    if lefts and lefts[0][2] != "previous" and doc.word[group - 1] not in _EDGE and doc.norm[cue] != "according":
        lefts = [item for item in lefts if item[2].startswith("kid")]
    rest = _resumption(ctx, after, sentence.last)
    for first, last, start in lefts:
        more = going_on(ctx, sentence.last, first=sentence.first)
        pieces = [(first, last)]
        if rest is not None and rest < sentence.last:
            tail = going_on(ctx, ctx_end(ctx, sentence.last), first=sentence.first) if more is None else None
            add([*pieces, (rest, sentence.last), *([tail] if tail else [])], "M", start, "rest")
        if more:
            add([*pieces, more], "L", start, "more")
        add(pieces, "L", start, "group")
        if start.startswith("kid"):
            # "whom he described as peaceful": the object stands before, the rest of the content after.
            for begin, end, name, kind in _right(ctx, cue)[:4]:
                add([*pieces, (begin, end)], "M", start, f"{name}/{kind}")
    if doc.norm[cue] == "according":
        above = doc.head[cue]
        end = after
        if doc.word[min(end, len(doc.word) - 1)] == "," or group == sentence.first:
            add([(end, sentence.last)], "R", "according", "sentence")
        if above < group or above >= after:
            left, right = ctx.tree.left[above], ctx.tree.right[above] + 1
            add([(max(left, sentence.first), group), (after, right)], "M", "head", "head")
            add([(left, group)], "L", "head", "group")
            add([(after, right)], "R", "head", "head")
        return list(found.values())
    for first, last, start, end in _right(ctx, cue):
        add([(first, last)], "R", start, end)
    for piece in _next(ctx, cue):
        add([piece], "N", "colon" if doc.word[sentence.last - 1] == ":" else "mark", "next")
    return list(found.values())


def ctx_end(ctx: Context, last: int) -> int:
    """The end of the sentence that holds token `last - 1`, after a quotation that runs beyond it."""
    doc = ctx.doc
    number = ctx.inside[last - 1]
    if number >= 0 and ctx.quotations[number].last > last:
        return doc.sentences[doc.sentence[ctx.quotations[number].last - 1]].last
    return last


def colon_proposals(ctx: Context, colon: int) -> list[Candidate]:
    """ "Name: content", as in headlines and transcripts."""
    doc = ctx.doc
    sentence = doc.sentences[doc.sentence[colon]]
    found = []
    if colon + 1 < sentence.last:
        first, last = _snap(ctx, *_strip(doc, colon + 1, sentence.last), colon)
        found.append(Candidate(colon, ((first, last),), "R", "colon", "sentence"))
    else:
        found += [Candidate(colon, (piece,), "N", "colon", "next") for piece in _next(ctx, colon)]
    return found


def signature_proposals(ctx: Context, dash: int) -> list[Candidate]:
    """A quotation with the name of its speaker after a dash."""
    doc = ctx.doc
    before = dash - 1
    while before >= 0 and doc.word[before] == ".":
        before -= 1
    number = ctx.inside[before] if before >= 0 else -1
    if number < 0 or ctx.quotations[number].last != before + 1:
        return []
    quotation = ctx.quotations[number]
    return [Candidate(dash, ((quotation.first, quotation.last),), "L", "signature", "dash")]


def _resumption(ctx: Context, after: int, last: int) -> int | None:
    """Where the content goes on after the cue's group: at an opening mark, else after a comma or dash."""
    doc = ctx.doc
    comma = None
    for at in range(after, last - 1):
        number = ctx.inside[at]
        if number >= 0 and ctx.quotations[number].first == at:
            return at
        if comma is None and doc.word[at] in (",", "-", "--", ";"):
            comma = at + 1
    return comma


def candidates(ctx: Context, cue: int) -> list[Candidate]:
    """The proposals of a possible cue of any kind."""
    if ctx.doc.word[cue] == ":":
        return colon_proposals(ctx, cue)
    return signature_proposals(ctx, cue) if ctx.doc.word[cue] in ("-", "--") else proposals(ctx, cue)
