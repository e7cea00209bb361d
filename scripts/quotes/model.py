"""The score of a candidate: a logistic model over readable features, with its weights in workflow/lexicons."""

import math
from functools import cache

from scripts.lexicons import LEXICONS
from scripts.quotes.candidates import Candidate, Context, group_edges
from scripts.quotes.sources import Source, is_passive

WEIGHTS = "quote_weights.tsv"
_FUNCTION = frozenset(("IN", "CC", "WDT", "WP", "WRB", "TO", "DT", ".", ",", ":", "``", "''", "-LRB-", "-RRB-", "PRP"))
_QUOTES = frozenset(('"', "''", "``", "'"))
_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)


@cache
def weights() -> dict[str, float]:
    """{feature: weight}; `bias` among them."""
    lines = (LEXICONS / WEIGHTS).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in rows}


def bucket(number: int) -> int:
    """A length on a coarse scale."""
    for step, bound in enumerate(_LENGTHS):
        if number <= bound:
            return step
    return len(_LENGTHS)


def source_kind(ctx: Context, source: Source | None) -> str:
    """What the source looks like: its head's part of speech or the label of the name that it is in."""
    if source is None:
        return "none"
    doc = ctx.doc
    if doc.pos[source.head] == "PROPN":
        return f"name:{ctx.labels.get(source.head, '')}"
    if doc.pos[source.head] == "PRON":
        return f"pron:{doc.norm[source.head]}"
    return f"{doc.tag[source.head]}"


def cue_features(ctx: Context, cue: int, source: Source | None) -> list[str]:
    """Features that all candidates of a cue share."""
    doc, tree = ctx.doc, ctx.tree
    key = f"{doc.lemma[cue]}/{doc.pos[cue]}" if doc.pos[cue] != "PUNCT" else doc.word[cue]
    kids = tree.children[cue]
    kind = source_kind(ctx, source)
    how = source.how if source else "none"
    modal = next((doc.norm[child] for child in kids if doc.tag[child] == "MD"), "")
    frame = sorted(
        {
            f"prep:{doc.norm[child]}" if doc.dep[child] == "prep" else doc.dep[child]
            for child in kids
            if child > cue and doc.dep[child] not in ("punct", "cc", "conj", "npadvmod", "advmod", "prt")
        }
    )
    distance = "" if source is None else ("<" if source.last <= cue else ">") + str(bucket(abs(cue - source.head)))
    out = [
        f"tag={doc.tag[cue]}",
        f"dep={doc.dep[cue]}",
        f"how={how}",
        f"kind={kind}",
        f"lemma+how={key}+{how}",
        f"frame={'+'.join(frame)}",
        f"lemma={key}",
        f"tag+dep={doc.tag[cue]}+{doc.dep[cue]}",
        f"how+kind={how}+{kind}",
        f"passive={is_passive(doc, tree, cue)}",
        f"quoted={ctx.inside[cue] >= 0}",
        f"place={distance}",
        f"lemma+tag={key}+{doc.tag[cue]}",
    ]
    out += [f"kid={name}" for name in frame]
    out += [f"lemma+kid={key}+{name}" for name in frame]
    if modal:
        out += ["modal", f"modal={modal}"]
    if any(doc.dep[child] == "neg" for child in kids):
        out += ["negated", f"negated+lemma={key}"]
    if any(doc.tag[child] == "TO" for child in kids if child < cue):
        out.append("infinitive")
    if any(doc.dep[child] == "mark" for child in kids if child < cue):
        out.append(f"mark={next(doc.norm[child] for child in kids if doc.dep[child] == 'mark')}")
    above = doc.head[cue]
    if above != cue:
        out.append(f"above={doc.lemma[above]}+{doc.dep[cue]}")
    if doc.sentence[cue] == 0:
        out.append(f"headline+tag={doc.tag[cue]}")
    return out


def candidate_features(ctx: Context, candidate: Candidate, source: Source | None) -> list[str]:
    """Features of one candidate."""
    doc = ctx.doc
    cue, pieces, shape, start, end = candidate
    key = f"{doc.lemma[cue]}/{doc.pos[cue]}" if doc.pos[cue] != "PUNCT" else doc.word[cue]
    first, last = pieces[0][0], pieces[-1][1]
    size = sum(b - a for a, b in pieces)
    inside = sum(ctx.inside[at] >= 0 for a, b in pieces for at in range(a, b))
    share = 0 if not inside else 1 if inside < 0.5 * size else 2 if inside < 0.9 * size else 3
    if ctx.inside[cue] >= 0:
        share = 4
    sentence = doc.sentences[doc.sentence[cue]]
    after = doc.tag[last] if last < len(doc.tag) else "END"
    after_word = doc.norm[last] if last < len(doc.tag) and after in _FUNCTION else after
    before = (
        doc.norm[first - 1] if first and doc.tag[first - 1] in _FUNCTION else doc.tag[first - 1] if first else "START"
    )
    opening = doc.norm[first] if doc.tag[first] in _FUNCTION else doc.tag[first]
    after_dep = "END"
    if last < sentence.last:
        at = last
        while at < sentence.last - 1 and doc.dep[at] == "punct":
            at += 1
        while first <= doc.head[at] < sentence.last and doc.head[at] != at and doc.head[at] >= last:
            at = doc.head[at]
        head = doc.head[at]
        after_dep = doc.dep[at] + ("^cue" if head == cue else "^in" if any(a <= head < b for a, b in pieces) else "")
    group_first, _ = group_edges(ctx, cue)
    own = ctx.inside[cue]
    quoted_here = sum(ctx.inside[at] >= 0 and ctx.inside[at] != own for at in range(sentence.first, sentence.last))
    edge = doc.word[group_first - 1] if group_first else "START"
    final = last >= sentence.last - 1
    length = bucket(size)
    form = f"{shape}+{start}+{end}"
    quoted = ""
    if inside and share < 4:
        marked = [at for a, b in pieces for at in range(a, b) if ctx.inside[at] >= 0 and doc.word[at][0].isalnum()]
        capital = sum(doc.word[at][0].isupper() or doc.pos[at] in ("ADP", "DET") for at in marked)
        quoted = f"{bucket(len(marked))}+{'title' if capital == len(marked) else 'text'}"
    out = [
        f"quoted={shape}+{quoted}",
        f"quoted+share={quoted}+{share}",
        f"form={form}",
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
        f"after={shape}+{after_word}",
        f"after_dep={shape}+{after_dep}",
        f"before={shape}+{before}",
        f"opening={shape}+{opening}",
        f"start+opening={start}+{opening}",
        f"lemma+opening={key}+{opening}",
        f"end+after={end}+{after_word}",
        f"end+after_dep={end}+{after_dep}",
        f"gap={shape}+{bucket(max(0, first - cue))}",
        f"final={shape}+{final}",
        f"final+start={start}+{final}",
        f"pieces={len(pieces)}",
        f"start+before={start}+{before}",
    ]
    edge_kind = edge if edge in (",", ":", ";", "-", "--", "START") or edge in _QUOTES else "word"
    covered = 0
    if quoted_here:
        covered = sum(
            sentence.first <= at < sentence.last and ctx.inside[at] >= 0 and ctx.inside[at] != own
            for a, b in pieces
            for at in range(a, b)
        )
    missing = bucket(quoted_here - covered) if quoted_here > covered else "none"
    beside = ctx.inside[group_first - 1] >= 0 if group_first > sentence.first else False
    out += [
        f"around={shape}+{edge_kind}+{beside}",
        f"missing={shape}+{missing}",
        f"missing+beside={shape}+{missing}+{beside}",
    ]
    if shape in "LM":
        out += [
            f"edge={shape}+{edge}",
            f"edge+share={edge}+{share}",
            f"at_start={shape}+{first <= sentence.first}",
            f"lemma+edge={key}+{edge}",
        ]
    if shape == "N":
        out += [
            f"next+colon={doc.word[sentence.last - 1]}+{share}",
            f"next+para={doc.sentences[doc.sentence[first]].paragraph - sentence.paragraph}",
        ]
    if source is not None:
        overlap = any(a <= source.head < b for a, b in pieces)
        out.append(f"source_in={shape}+{overlap}")
        out.append(f"how+shape={source.how}+{shape}")
        if shape in "LM":
            out.append(f"inverted={shape}+{source.first > cue}")
    return out


def probability(score: float) -> float:
    """The logistic function."""
    return 1.0 / (1.0 + math.exp(-score)) if score > -700 else 0.0
