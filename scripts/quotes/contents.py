"""Where a content may begin and end: after the cue, before it or in the next sentence, from the parse and the marks."""

from typing import NamedTuple

from scripts.quotes.context import DASHES, Context, Piece, bounds, chain_end, opens, strip
from scripts.quotes.cues import verb_classes

_COMPLEMENTS = frozenset(
    (
        *("ccomp", "xcomp", "dobj", "prep", "acl", "oprd", "advcl", "attr", "acomp", "dative", "relcl", "pcomp", "dep"),
        *("parataxis", "pobj", "appos", "npadvmod", "conj", "nsubjpass", "prt", "agent", "intj", "meta"),
    )
)
_PARTICLES = frozenset(("prep", "agent", "prt", "dative"))
_BEFORE = frozenset(("ccomp", "dobj", "nsubjpass", "attr", "advmod", "pobj", "dep", "parataxis"))
_TRAILING = frozenset(("advcl", "prep", "npadvmod", "relcl", "acl"))
_MOST_COMPLEMENTS = 6
_THAT_WINDOW = 12
_TELLING = frozenset(("tell", "inform", "assure", "remind", "notify", "persuade", "convince"))


class Stretch(NamedTuple):
    """Tokens `first` to before `last`, and the names of what begins and ends them."""

    first: int
    last: int
    start: str
    end: str


def _first_child(ctx: Context, token: int, deps: tuple[str, ...], *, after: bool) -> int | None:
    for child in ctx.tree.children[token]:
        if ctx.doc.dep[child] in deps and (child > token) == after:
            return child
    return None


def _starts_of_complement(ctx: Context, cue: int, child: int) -> list[tuple[int, str]]:
    """(token, name) of where the content may begin in one complement of the cue."""
    doc, tree = ctx.doc, ctx.tree
    dep = doc.dep[child]
    if dep in _PARTICLES and doc.pos[child] in ("ADP", "SCONJ", "PART"):
        if tree.right[child] == child:
            return []
        found = [(child + 1, f"{dep}:{doc.norm[child]}")]
        inner = _first_child(ctx, child, ("prep",), after=True)
        if inner is not None and tree.right[inner] > inner:
            found.append((inner + 1, f"prep2:{doc.norm[inner]}"))
        return found
    if dep == "nsubjpass":
        return []
    left = max(tree.left[child], cue + 1)
    found = [(left, dep)]
    mark = _first_child(ctx, child, ("mark", "prep"), after=False)
    if mark is not None and dep == "advcl" and mark + 1 < child:
        found.append((mark + 1, f"advcl:{doc.norm[mark]}"))
    elif mark is not None and dep == "ccomp" and mark > left:
        found.append((mark, "ccomp-mark"))
    if dep in ("dobj", "attr"):
        clause = _first_child(ctx, child, ("acl", "relcl", "appos"), after=True)
        if clause is not None:
            found.append((tree.left[clause], f"{dep}>{doc.dep[clause]}"))
        prep = _first_child(ctx, child, ("prep",), after=True)
        if prep is not None and tree.right[prep] > prep:
            found.append((prep + 1, f"{dep}>prep:{doc.norm[prep]}"))
    return found


def _starts_on_surface(ctx: Context, cue: int, last: int) -> list[tuple[int, str]]:
    """(token, name) of the words and marks after the cue that may open a content whatever the parse says."""
    doc = ctx.doc
    found = []
    for at in range(cue + 1, last):
        if ctx.inside[at] != ctx.inside[cue] and opens(ctx, at):
            return [*found, (at, "mark")]
        if doc.word[at] == ":" and at + 1 < last:
            return [*found, (at + 1, "colon")]
        if doc.word[at] == "that" and doc.dep[at] == "mark" and at < cue + _THAT_WINDOW:
            found.append((at, "that"))
    return found


def after_cue(ctx: Context, cue: int) -> list[Stretch]:
    """Contents that follow the cue within its sentence."""
    doc, tree = ctx.doc, ctx.tree
    _, last = bounds(ctx, cue)
    kids = [child for child in tree.children[cue] if child > cue and doc.dep[child] in _COMPLEMENTS]
    heard = _recipient(ctx, cue, kids)
    starts = [
        (start, name, number)
        for number, child in enumerate(kids[:_MOST_COMPLEMENTS])
        if child != heard
        for start, name in _starts_of_complement(ctx, cue, child)
    ]
    starts += [(start, name, len(kids)) for start, name in _starts_on_surface(ctx, cue, last)]
    final = strip(doc, cue + 1, last)[1]
    stop = _other_speech(ctx, kids)
    found = []
    for start, name, number in starts:
        ends = {tree.right[child] + 1: f"kid:{doc.dep[child]}" for child in reversed(kids[number:])}
        if number == len(kids) and ctx.inside[start] >= 0:
            ends.setdefault(ctx.quotations[ctx.inside[start]].last, "close")
        ends.setdefault(tree.right[cue] + 1, "cue")
        ends.setdefault(final, "sentence")
        commas = [at for at in range(start + 2, min(max(ends), last)) if doc.word[at] in (",", "-", "--")]
        for at in commas[-2:] + commas[:1]:
            ends.setdefault(at, "comma")
        for child in kids[number : number + 1]:
            for inner in tree.children[child]:
                if inner > start + 1 and doc.dep[inner] == "cc":
                    ends.setdefault(inner, "cc")
                elif inner > max(child, start + 2) and doc.dep[inner] in _TRAILING:
                    ends.setdefault(tree.left[inner], f"before:{doc.dep[inner]}")
        if stop is not None and start < stop:
            ends = {end: kind for end, kind in ends.items() if end < stop} | {stop: "kid:ccomp"}
        found += [Stretch(start, end, name, kind) for end, kind in ends.items() if end > start]
    return found


def _recipient(ctx: Context, cue: int, kids: list[int]) -> int | None:
    """The one who is told, where a clause says what."""
    doc = ctx.doc
    if doc.lemma[cue] not in _TELLING or not any(doc.dep[child] == "ccomp" for child in kids):
        return None
    return next((child for child in kids if doc.dep[child] in ("dobj", "dative") and doc.pos[child] != "ADP"), None)


def _other_speech(ctx: Context, kids: list[int]) -> int | None:
    """Where a clause of the content is joined by one with its own speaker: "A said ..., and B insisted that ..."."""
    doc, tree = ctx.doc, ctx.tree
    for child in kids:
        for inner in tree.children[child] if doc.dep[child] == "ccomp" else ():
            if inner > child and doc.dep[inner] == "conj" and doc.lemma[inner] in verb_classes():
                deps = {doc.dep[grandchild] for grandchild in tree.children[inner]}
                if {"nsubj", "ccomp"} <= deps:
                    joint = [c for c in tree.children[child] if child < c < inner and doc.dep[c] in ("cc", "punct")]
                    return min(joint, default=tree.left[inner])
    return None


def before_cue(ctx: Context, cue: int, group: int) -> list[Stretch]:
    """Contents that end where the cue's group begins."""
    doc, tree = ctx.doc, ctx.tree
    first, _ = bounds(ctx, cue)
    if group <= first:
        return _sentence_before(ctx, group)
    starts = {first: "sentence"}
    for child in tree.children[cue]:
        if child < group and doc.dep[child] in _BEFORE:
            starts.setdefault(tree.left[child], f"kid:{doc.dep[child]}")
    above = doc.head[cue]
    if above != cue and above < group:
        starts.setdefault(tree.left[above], "head")
    if ctx.inside[group - 1] >= 0:
        starts.setdefault(ctx.quotations[ctx.inside[group - 1]].first, "mark")
    for at in range(group - 2, first, -1):
        conjunction = doc.pos[at + 1] in ("CCONJ", "SCONJ")
        if doc.word[at] == ";" or doc.word[at] in DASHES or (doc.word[at] == "," and conjunction):
            starts.setdefault(at + 1, "clause")
            if conjunction and at + 2 < group:
                starts.setdefault(at + 2, "conjunct")
            break
    if doc.pos[first] == "CCONJ":
        starts.setdefault(first + 1, "conjunct")
    return [Stretch(start, group, name, "group") for start, name in starts.items() if start < group]


def _sentence_before(ctx: Context, group: int) -> list[Stretch]:
    """The quotation that ends right before a sentence which opens with the cue's group."""
    doc = ctx.doc
    before = group - 1
    if before < 0 or ctx.inside[before] < 0 or ctx.quotations[ctx.inside[before]].last != group:
        return []
    if doc.sentences[doc.sentence[before]].paragraph != doc.sentences[doc.sentence[group]].paragraph:
        return []
    return [Stretch(ctx.quotations[ctx.inside[before]].first, group, "previous", "group")]


def next_sentence(ctx: Context, cue: int) -> Piece | None:
    """The content in the sentence after one that ends with a colon or that a quotation follows."""
    doc = ctx.doc
    after = doc.sentences[doc.sentence[cue]].last
    if after >= len(doc.word):
        return None
    if opens(ctx, after):
        return after, chain_end(ctx, ctx.inside[after])
    if doc.word[after - 1] == ":":
        return after, doc.sentences[doc.sentence[after]].last
    return None


def resumption(ctx: Context, after: int, last: int) -> int | None:
    """Where the content goes on after the cue's group: at an opening mark, else after a comma or dash."""
    comma = None
    for at in range(after, last - 1):
        if opens(ctx, at):
            return at
        if comma is None and ctx.doc.word[at] in (",", "-", "--", ";"):
            comma = at + 1
    return comma
