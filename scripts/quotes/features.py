"""What the model looks at: readable features of a cue and of a candidate content, as strings `name=value`."""

from typing import NamedTuple

from scripts.quotes.candidates import Candidate
from scripts.quotes.context import MARKS, Context, bounds, group_start
from scripts.quotes.cues import classes_of
from scripts.quotes.sources import Source, is_passive

_FUNCTION = frozenset(("IN", "CC", "WDT", "WP", "WRB", "TO", "DT", ".", ",", ":", "``", "''", "-LRB-", "-RRB-", "PRP"))
_SEPARATORS = MARKS | {",", ":", ";", "-", "--", "START"}
_NO_FRAME = frozenset(("punct", "cc", "conj", "npadvmod", "advmod", "prt"))
_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)


class Cue(NamedTuple):
    """A cue as its candidates see it: lemma and part of speech, source, features, what stands before its group (`edge`,
    `beside` a quotation or not), and how many tokens of its sentence are quoted.
    """

    key: str
    source: Source | None
    names: list[str]
    edge: str
    beside: bool
    quoted: int


def bucket(number: int) -> int:
    """A length on a coarse scale."""
    for step, bound in enumerate(_LENGTHS):
        if number <= bound:
            return step
    return len(_LENGTHS)


def _source_kind(ctx: Context, source: Source | None) -> str:
    if source is None:
        return "none"
    doc = ctx.doc
    if doc.pos[source.head] == "PROPN":
        return f"name:{ctx.labels.get(source.head, '')}"
    return f"pron:{doc.norm[source.head]}" if doc.pos[source.head] == "PRON" else doc.tag[source.head]


def describe_cue(ctx: Context, cue: int, source: Source | None) -> Cue:
    """The features that all candidates of a cue share, and what their own features need of it."""
    doc = ctx.doc
    key = doc.word[cue] if doc.pos[cue] == "PUNCT" else f"{doc.lemma[cue]}/{doc.pos[cue]}"
    first, last = bounds(ctx, cue)
    own = ctx.inside[cue]
    group = group_start(ctx, cue)
    return Cue(
        key,
        source,
        _cue_names(ctx, cue, key, source),
        doc.word[group - 1] if group else "START",
        group > first and ctx.inside[group - 1] >= 0,
        sum(number >= 0 and number != own for number in ctx.inside[first:last]),
    )


def _cue_names(ctx: Context, cue: int, key: str, source: Source | None) -> list[str]:
    doc, tree = ctx.doc, ctx.tree
    kids = tree.children[cue]
    tag, dep, kind = doc.tag[cue], doc.dep[cue], _source_kind(ctx, source)
    how = source.how if source else "none"
    place = "" if source is None else ("<" if source.last <= cue else ">") + str(bucket(abs(cue - source.head)))
    frame = sorted(
        {
            f"prep:{doc.norm[child]}" if doc.dep[child] == "prep" else doc.dep[child]
            for child in kids
            if child > cue and doc.dep[child] not in _NO_FRAME
        }
    )
    names = [
        f"tag={tag}",
        f"dep={dep}",
        f"how={how}",
        f"kind={kind}",
        f"lemma={key}",
        f"lemma+how={key}+{how}",
        f"lemma+tag={key}+{tag}",
        f"frame={'+'.join(frame)}",
        f"tag+dep={tag}+{dep}",
        f"how+kind={how}+{kind}",
        f"passive={is_passive(doc, tree, cue)}",
        f"quoted={ctx.inside[cue] >= 0}",
        f"place={place}",
    ]
    names += [f"kid={name}" for name in frame]
    for kind in classes_of(doc.lemma[cue], doc.pos[cue]):
        names += [f"class={kind}", f"class+how={kind}+{how}", f"class+tag={kind}+{tag}"]
        names += [f"class+kid={kind}+{name}" for name in frame]
    names += [f"lemma+kid={key}+{name}" for name in frame]
    modal = next((doc.norm[child] for child in kids if doc.tag[child] == "MD"), "")
    if modal:
        names += ["modal", f"modal={modal}"]
    if any(doc.dep[child] == "neg" for child in kids):
        names += ["negated", f"negated+lemma={key}"]
    before = [child for child in kids if child < cue]
    if any(doc.tag[child] == "TO" for child in before):
        names.append("infinitive")
    names += [f"mark={doc.norm[child]}" for child in before if doc.dep[child] == "mark"][:1]
    if doc.head[cue] != cue:
        names.append(f"above={doc.lemma[doc.head[cue]]}+{dep}")
    if doc.sentence[cue] == 0:
        names.append(f"headline+tag={tag}")
    return names


def _surface(ctx: Context, token: int) -> str:
    """A function word or mark itself, the tag of any other word."""
    doc = ctx.doc
    if not 0 <= token < len(doc.tag):
        return "EDGE"
    return doc.norm[token] if doc.tag[token] in _FUNCTION else doc.tag[token]


def _dependency_after(ctx: Context, candidate: Candidate) -> str:
    """How the first word after a content hangs on: to the cue, into the content, or elsewhere."""
    doc = ctx.doc
    first, at = candidate.pieces[0][0], candidate.pieces[-1][1]
    last = at
    _, end = bounds(ctx, candidate.cue)
    if at >= end:
        return "END"
    while at < end - 1 and doc.dep[at] == "punct":
        at += 1
    while first <= doc.head[at] < end and doc.head[at] != at and doc.head[at] >= last:
        at = doc.head[at]
    head = doc.head[at]
    if head == candidate.cue:
        return f"{doc.dep[at]}^cue"
    return f"{doc.dep[at]}^in" if any(a <= head < b for a, b in candidate.pieces) else doc.dep[at]


def _quoting(ctx: Context, candidate: Candidate) -> tuple[int, str]:
    """Share of the content in marks, on a scale of 0 to 3 (4: the cue is itself quoted), and the look of that part."""
    doc, inside = ctx.doc, ctx.inside
    if inside[candidate.cue] >= 0:
        return 4, ""
    marked = [at for a, b in candidate.pieces for at in range(a, b) if inside[at] >= 0]
    if not marked:
        return 0, ""
    size = sum(b - a for a, b in candidate.pieces)
    share = 1 if len(marked) < 0.5 * size else 2 if len(marked) < 0.9 * size else 3
    words = [at for at in marked if doc.word[at][0].isalnum()]
    title = all(doc.word[at][0].isupper() or doc.pos[at] in ("ADP", "DET") for at in words)
    return share, f"{bucket(len(words))}+{'title' if title else 'text'}"


def candidate_names(ctx: Context, candidate: Candidate, cue: Cue) -> list[str]:
    """The features of one candidate."""
    doc = ctx.doc
    token, pieces, shape, start, end = candidate
    key, source, _, edge, beside, quoted_here = cue
    first, last = pieces[0][0], pieces[-1][1]
    begin, stop = bounds(ctx, token)
    share, look = _quoting(ctx, candidate)
    length = bucket(sum(b - a for a, b in pieces))
    before, opening, after = _surface(ctx, first - 1), _surface(ctx, first), _surface(ctx, last)
    after_dep = _dependency_after(ctx, candidate)
    final = last >= stop - 1
    missing: int | str = "none"
    if quoted_here:
        own = ctx.inside[token]
        found = sum(
            ctx.inside[at] >= 0 and ctx.inside[at] != own
            for a, b in pieces
            for at in range(max(a, begin), min(b, stop))
        )
        missing = bucket(quoted_here - found) if quoted_here > found else "none"
    names = [
        f"look={shape}+{look}",
        f"look+share={look}+{share}",
        f"form={shape}+{start}+{end}",
        f"shape={shape}",
        f"start={shape}+{start}",
        f"end={shape}+{end}",
        f"lemma+shape={key}+{shape}",
        f"lemma+start={key}+{shape}+{start}",
        f"shape+share={shape}+{share}",
        f"shape+length={shape}+{length}",
        f"start+length={start}+{length}",
        f"start+share={start}+{share}",
        f"end+share={end}+{share}",
        f"after={shape}+{after}",
        f"after_dep={shape}+{after_dep}",
        f"before={shape}+{before}",
        f"opening={shape}+{opening}",
        f"start+opening={start}+{opening}",
        f"lemma+opening={key}+{opening}",
        f"end+after={end}+{after}",
        f"end+after_dep={end}+{after_dep}",
        f"gap={shape}+{bucket(max(0, first - token))}",
        f"final={shape}+{final}",
        f"final+start={start}+{final}",
        f"pieces={len(pieces)}",
        f"start+before={start}+{before}",
        f"around={shape}+{edge if edge in _SEPARATORS else 'word'}+{beside}",
        f"missing={shape}+{missing}",
        f"missing+beside={shape}+{missing}+{beside}",
    ]
    for kind in classes_of(doc.lemma[token], doc.pos[token]):
        names += [f"class+start={kind}+{shape}+{start}", f"class+opening={kind}+{shape}+{opening}"]
    if shape in "LM":
        names += [f"edge={shape}+{edge}", f"edge+share={edge}+{share}", f"lemma+edge={key}+{edge}"]
        names.append(f"at_start={shape}+{first <= begin}")
    elif shape == "N":
        names.append(f"next+colon={doc.word[first - 1]}+{share}")
        paragraph, other = (doc.sentences[doc.sentence[at]].paragraph for at in (token, first))
        names.append(f"next+paragraph={other - paragraph}")
    if source is not None:
        names.append(f"source_in={shape}+{any(a <= source.head < b for a, b in pieces)}")
        names.append(f"how+shape={source.how}+{shape}")
        if shape in "LM":
            names.append(f"inverted={shape}+{source.first > token}")
    return names
