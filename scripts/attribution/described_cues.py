"""A cue as its candidates see it: its sentence, its group of words, its source and the features that they share."""

from collections.abc import Sequence
from typing import NamedTuple

from scripts.attribution.lexicon import classes_of
from scripts.attribution.marked import MARKS, MarkedDoc, Piece
from scripts.attribution.sources import Source
from scripts.attribution.subjects import is_passive
from scripts.core.annotation import Doc

# No cue looks further than this many tokens: the cost stays linear on any text.
_REACH = 300
# Dependents that stand with a cue, before it.
_GROUP = frozenset(
    (
        *("nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod", "npadvmod", "expl", "csubj", "det", "poss", "amod"),
        *("compound", "preconj"),
    )
)
_NO_FRAME = frozenset(("punct", "cc", "conj", "npadvmod", "advmod", "prt"))
_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)


class Cue(NamedTuple):
    """A cue token and what its candidates and their features need to know of it.

    `begin` and `end` bound its sentence (of a very long one what is near), `group` is the first token of the cue with
    its subject, auxiliaries and adverbs. `key` is lemma and part of speech, or the mark itself; `features` are strings
    `name=value`. `before` is the word before the group, `beside_quotation` True where that word is quoted, `n_quoted`
    how many tokens of the sentence are in another quotation than the cue.
    """

    token: int
    source: Source | None
    begin: int
    end: int
    group: int
    key: str
    features: list[str]
    before: str
    beside_quotation: bool
    n_quoted: int


def describe_cues(marked: MarkedDoc, cues: Sequence[int], sources: Sequence[Source | None]) -> list[Cue]:
    """Return the description of each cue token, in the same order; `sources` has the source of each."""
    return [_described(marked, cue, source) for cue, source in zip(cues, sources, strict=True)]


def bucket(number: int) -> int:
    """Return a length on a coarse scale.

    >>> [bucket(n) for n in (0, 1, 4, 30, 300)]
    [0, 0, 3, 7, 8]
    """
    for step, bound in enumerate(_LENGTHS):
        if number <= bound:
            return step
    return len(_LENGTHS)


def _described(marked: MarkedDoc, cue: int, source: Source | None) -> Cue:
    """Return the description of one cue."""
    doc, quotation_at = marked.doc, marked.quotation_at
    key = doc.word[cue] if doc.pos[cue] == "PUNCT" else f"{doc.lemma[cue]}/{doc.pos[cue]}"
    begin, end = _bounds(doc, cue)
    group = _group_start(marked, cue)
    return Cue(
        cue,
        source,
        begin,
        end,
        group,
        key,
        _features(marked, cue, key, source),
        doc.word[group - 1] if group else "START",
        group > begin and quotation_at[group - 1] >= 0,
        sum(number >= 0 and number != quotation_at[cue] for number in quotation_at[begin:end]),
    )


def _bounds(doc: Doc, token: int) -> Piece:
    """Return the sentence around a token, or of a long one the part near it."""
    sentence = doc.sentences[doc.sentence[token]]
    return max(sentence.first, token - _REACH), min(sentence.last, token + _REACH)


def _group_start(marked: MarkedDoc, cue: int) -> int:
    """Return the first token of a cue with its subject and auxiliaries, where they stand before it."""
    doc, tree = marked.doc, marked.tree
    if doc.norm[cue] == "according":
        return cue
    first = cue
    for child in reversed(tree.children[cue]):
        if child < first and doc.dep[child] in _GROUP and tree.right[child] < first:
            between = doc.word[tree.right[child] + 1 : first]
            if any(word in MARKS for word in between) or marked.quotation_at[child] != marked.quotation_at[cue]:
                break
            first = _phrase_start(marked, child) if doc.dep[child] in ("nsubj", "nsubjpass") else tree.left[child]
        elif child < first and doc.dep[child] != "punct":
            break
    return first if first < cue else _name_before(doc, cue)


def _phrase_start(marked: MarkedDoc, head: int) -> int:
    """Return the left edge of a subject, but not across a quotation mark."""
    left = head
    lowest = max(marked.tree.left[head], head - _REACH)
    while left > lowest and marked.doc.word[left - 1] not in MARKS:
        left -= 1
    return left


def _name_before(doc: Doc, cue: int) -> int:
    """Return the start of a pronoun or name right before the cue, for where the parse has no subject; else the cue."""
    begin, _ = _bounds(doc, cue)
    before = cue
    while before > begin and doc.pos[before - 1] in ("ADV", "AUX"):
        before -= 1
    if before == begin or doc.tag[before - 1] not in ("PRP", "NNP", "NNPS"):
        return cue
    before -= 1
    while before > begin and doc.pos[before] == "PROPN" and doc.pos[before - 1] == "PROPN":
        before -= 1
    return before


def _source_kind(marked: MarkedDoc, source: Source | None) -> str:
    """Return the kind of a source for the model: name with label, pronoun, or the tag of its head."""
    if source is None:
        return "none"
    doc = marked.doc
    if doc.pos[source.head] == "PROPN":
        return f"name:{marked.labels.get(source.head, '')}"
    return f"pron:{doc.norm[source.head]}" if doc.pos[source.head] == "PRON" else doc.tag[source.head]


def _features(marked: MarkedDoc, cue: int, key: str, source: Source | None) -> list[str]:
    """Return the features of a cue that all of its candidates share, as `name=value`."""
    doc, tree = marked.doc, marked.tree
    children = tree.children[cue]
    tag, dep, kind = doc.tag[cue], doc.dep[cue], _source_kind(marked, source)
    how = source.how if source else "none"
    place = "" if source is None else ("<" if source.last <= cue else ">") + str(bucket(abs(cue - source.head)))
    frame = sorted(
        {
            f"prep:{doc.norm[child]}" if doc.dep[child] == "prep" else doc.dep[child]
            for child in children
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
        f"quoted={marked.quotation_at[cue] >= 0}",
        f"place={place}",
    ]
    names += [f"kid={name}" for name in frame]
    for verb_class in classes_of(doc.lemma[cue], doc.pos[cue]):
        names += [f"class={verb_class}", f"class+how={verb_class}+{how}", f"class+tag={verb_class}+{tag}"]
        names += [f"class+kid={verb_class}+{name}" for name in frame]
    names += [f"lemma+kid={key}+{name}" for name in frame]
    modal = next((doc.norm[child] for child in children if doc.tag[child] == "MD"), "")
    if modal:
        names += ["modal", f"modal={modal}"]
    if any(doc.dep[child] == "neg" for child in children):
        names += ["negated", f"negated+lemma={key}"]
    before = [child for child in children if child < cue]
    if any(doc.tag[child] == "TO" for child in before):
        names.append("infinitive")
    names += [f"mark={doc.norm[child]}" for child in before if doc.dep[child] == "mark"][:1]
    if doc.head[cue] != cue:
        names.append(f"above={doc.lemma[doc.head[cue]]}+{dep}")
    if doc.sentence[cue] == 0:
        names.append(f"headline+tag={tag}")
    return names
