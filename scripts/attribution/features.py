"""Features of a candidate: readable strings `name=value` about its length, its boundaries and its share in marks."""

from scripts.attribution.candidates import Candidate
from scripts.attribution.described_cues import Cue, bucket
from scripts.attribution.lexicon import classes_of, cue_lexicon
from scripts.attribution.marked import MARKS, MarkedDoc, paragraph_of

_FUNCTION = frozenset(("IN", "CC", "WDT", "WP", "WRB", "TO", "DT", ".", ",", ":", "``", "''", "-LRB-", "-RRB-", "PRP"))
_SEPARATORS = MARKS | {",", ":", ";", "-", "--", "START"}

# Shares of the occurrences of a word in which it is a cue of an attitude: the steps of a coarse scale.
_SHARES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5)
# A word that was seen less often than this has a smaller share than its counts say.
_RARE = 5
# Features of a cue that say another thing for a usual cue of attitudes.
_BY_SHARE = ("how", "frame", "tag", "dep", "kid", "kind", "tag+dep", "place")


def _surface(marked: MarkedDoc, token: int) -> str:
    """Return a function word or mark itself, the tag of any other word."""
    doc = marked.doc
    if not 0 <= token < len(doc.tag):
        return "EDGE"
    return doc.norm[token] if doc.tag[token] in _FUNCTION else doc.tag[token]


def _dependency_after(marked: MarkedDoc, candidate: Candidate, cue: Cue) -> str:
    """Return how the first word after a content depends: on the cue, on the content, or on another word."""
    doc, end = marked.doc, cue.end
    first, at = candidate.pieces[0][0], candidate.pieces[-1][1]
    last = at
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


def _quoting(marked: MarkedDoc, candidate: Candidate) -> tuple[int, str]:
    """Return the share of the content in marks, 0 to 3 (4: the cue is itself quoted), and the look of that part."""
    doc, quotation_at = marked.doc, marked.quotation_at
    if quotation_at[candidate.cue] >= 0:
        return 4, ""
    quoted = [at for a, b in candidate.pieces for at in range(a, b) if quotation_at[at] >= 0]
    if not quoted:
        return 0, ""
    size = sum(b - a for a, b in candidate.pieces)
    share = 1 if len(quoted) < 0.5 * size else 2 if len(quoted) < 0.9 * size else 3
    words = [at for at in quoted if doc.word[at][0].isalnum()]
    title = all(doc.word[at][0].isupper() or doc.pos[at] in ("ADP", "DET") for at in words)
    return share, f"{bucket(len(words))}+{'title' if title else 'text'}"


def _missing(marked: MarkedDoc, candidate: Candidate, cue: Cue) -> int | str:
    """Return how many quoted tokens of the cue's sentence the content lacks, on the scale of `bucket`, or "none"."""
    if not cue.n_quoted:
        return "none"
    own = marked.quotation_at[cue.token]
    covered = sum(
        marked.quotation_at[at] >= 0 and marked.quotation_at[at] != own
        for a, b in candidate.pieces
        for at in range(max(a, cue.begin), min(b, cue.end))
    )
    return bucket(cue.n_quoted - covered) if cue.n_quoted > covered else "none"


def candidate_features(marked: MarkedDoc, candidate: Candidate, cue: Cue) -> list[str]:
    """Return the features of one candidate of a cue, without the features that its cue has."""
    doc = marked.doc
    token, pieces, shape, start, end = candidate
    key, source, edge, beside = cue.key, cue.source, cue.before, cue.beside_quotation
    first, last = pieces[0][0], pieces[-1][1]
    share, look = _quoting(marked, candidate)
    length = bucket(sum(b - a for a, b in pieces))
    before, opening, after = _surface(marked, first - 1), _surface(marked, first), _surface(marked, last)
    after_dep = _dependency_after(marked, candidate, cue)
    final = last >= cue.end - 1
    missing = _missing(marked, candidate, cue)
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
    for verb_class in classes_of(doc.lemma[token], doc.pos[token]):
        names += [f"class+start={verb_class}+{shape}+{start}", f"class+opening={verb_class}+{shape}+{opening}"]
    if shape in "LM":
        names += [f"edge={shape}+{edge}", f"edge+share={edge}+{share}", f"lemma+edge={key}+{edge}"]
        names.append(f"at_start={shape}+{first <= cue.begin}")
    elif shape == "N":
        names.append(f"next+colon={doc.word[first - 1]}+{share}")
        names.append(f"next+paragraph={paragraph_of(doc, first) - paragraph_of(doc, token)}")
    if source is not None:
        names.append(f"source_in={shape}+{any(a <= source.head < b for a, b in pieces)}")
        names.append(f"how+shape={source.how}+{shape}")
        if shape in "LM":
            names.append(f"inverted={shape}+{source.first > token}")
    return names


def attitude_features(cue: Cue) -> list[str]:
    """Return the features of a cue by how often its lemma was one of an attitude, alone and with its other features."""
    _, attitude, n = cue_lexicon().get(cue.key, (0, 0, 0))
    # The occurrence itself is among the counts in training, so it is taken off.
    share = "none" if n == 0 else str(sum(max(0, attitude - 1) / (n + _RARE) > step for step in _SHARES))
    own = [name for name in cue.features if name.partition("=")[0] in _BY_SHARE]
    return [f"share={share}", *(f"share+{name}+{share}" for name in own)]
