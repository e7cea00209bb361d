"""The contents that a cue may have: after it, before it or in the next sentence, bounded by the parse and by marks."""

from typing import NamedTuple

from scripts.attribution.described_cues import Cue
from scripts.attribution.lexicon import speech_verbs
from scripts.attribution.marked import DASHES, MarkedDoc, Piece, opens, paragraph_of, strip
from scripts.attribution.reports import report_above

_COMPLEMENTS = frozenset([
    "ccomp", "xcomp", "dobj", "prep", "acl", "oprd", "advcl", "attr", "acomp", "dative", "relcl", "pcomp", "dep",
    "parataxis", "pobj", "appos", "npadvmod", "conj", "nsubjpass", "prt", "agent", "intj", "meta",
])  # fmt: skip
_PARTICLES = frozenset(("prep", "agent", "prt", "dative"))
_BEFORE = frozenset(("ccomp", "dobj", "nsubjpass", "attr", "advmod", "pobj", "dep", "parataxis"))
_TRAILING = frozenset(("advcl", "prep", "npadvmod", "relcl", "acl"))
_MOST_COMPLEMENTS = 6
_REST_WINDOW = 60


class Stretch(NamedTuple):
    """The tokens from `first` to before `last`; `is_complement` is True if they begin with a dependent of the cue."""

    first: int
    last: int
    is_complement: bool


def _start_of_complement(marked: MarkedDoc, cue: int, child: int) -> int | None:
    """Return the token where content may begin in a complement of the cue, after its preposition; None if nowhere."""
    doc, tree = marked.doc, marked.tree
    if doc.dep[child] == "nsubjpass":
        return None
    if doc.dep[child] in _PARTICLES and doc.pos[child] in ("ADP", "SCONJ", "PART"):
        return child + 1 if tree.right[child] > child else None
    return max(tree.left[child], cue + 1)


def _starts_on_surface(marked: MarkedDoc, cue: int, end: int) -> list[int]:
    """Return a list with the first token after the cue at an opening mark or after a colon, whatever the parse says."""
    doc, quotation_at = marked.doc, marked.quotation_at
    for at in range(cue + 1, end):
        if quotation_at[at] != quotation_at[cue] and opens(marked, at):
            return [at]
        if doc.word[at] == ":" and at + 1 < end:
            return [at + 1]
    return []


def after_cue(marked: MarkedDoc, cue: Cue) -> list[Piece]:
    """Return the contents that follow the cue within its sentence."""
    doc, token = marked.doc, cue.token
    complements = _complements(marked, token)
    starts = [
        (start, number)
        for number, child in enumerate(complements[:_MOST_COMPLEMENTS])
        if (start := _start_of_complement(marked, token, child)) is not None
    ]
    starts += [(start, len(complements)) for start in _starts_on_surface(marked, token, cue.end)]
    final = strip(doc, token + 1, cue.end)[1]
    stop = other_speech(marked, token)
    contents = []
    for start, number in starts:
        ends = _ends(marked, cue, start, complements[number:], final)
        if stop is not None and start < stop:
            ends = [*ends, stop]
        contents += [(start, end) for end in ends if end > start]
    return contents


def _ends(marked: MarkedDoc, cue: Cue, start: int, complements: list[int], final: int) -> list[int]:
    """Return the possible ends of content that begins at `start`; `complements` are the cue's from there on."""
    doc, tree = marked.doc, marked.tree
    ends = [tree.right[child] + 1 for child in reversed(complements)]
    if not complements and marked.quotation_at[start] >= 0:
        ends.append(marked.quotations[marked.quotation_at[start]].last)
    ends += [tree.right[cue.token] + 1, final]
    commas = [at for at in range(start + 2, min(max(ends), cue.end)) if doc.word[at] in (",", "-", "--")]
    ends += commas[-2:] + commas[:1]
    for child in complements[:1]:
        for inner in tree.children[child]:
            if inner > max(child, start + 2) and doc.dep[inner] in _TRAILING:
                ends.append(tree.left[inner])
    return list(dict.fromkeys(ends))


def _complements(marked: MarkedDoc, cue: int) -> list[int]:
    doc = marked.doc
    return [child for child in marked.tree.children[cue] if child > cue and doc.dep[child] in _COMPLEMENTS]


def other_speech(marked: MarkedDoc, cue: int) -> int | None:
    """Return the token where another statement begins in the content: "A said ..., and B insisted that ..."; else None.

    Its verb of speech has a subject of its own, shares the cue's ("A said ... and added that ..."), or is a participle
    after a quotation.
    """
    doc, tree = marked.doc, marked.tree
    for child in _complements(marked, cue):
        for inner in tree.children[child] if doc.dep[child] == "ccomp" else ():
            if inner > child and doc.lemma[inner] in speech_verbs():
                deps = {doc.dep[grandchild] for grandchild in tree.children[inner]}
                is_others = doc.dep[inner] == "conj" and "nsubj" in deps
                if "ccomp" in deps and (is_others or report_above(doc, tree, inner, child) == cue):
                    joint = [c for c in tree.children[child] if child < c < inner and doc.dep[c] in ("cc", "punct")]
                    return min(joint, default=tree.left[inner])
    return _after_quotation(marked, cue)


def _after_quotation(marked: MarkedDoc, cue: int) -> int | None:
    """Return the participle of speech after a quotation that ends with a comma: 'it was "bad," adding that ...'."""
    doc, at = marked.doc, marked.quotation_at
    for token in range(cue + 3, min(cue + _REST_WINDOW, doc.sentences[doc.sentence[cue]].last)):
        is_participle = doc.tag[token] == "VBG" and doc.lemma[token] in speech_verbs()
        if is_participle and at[token] < 0 <= at[token - 1] and doc.word[token - 2] == ",":
            return token
    return None


def before_cue(marked: MarkedDoc, cue: Cue, group: int) -> list[Stretch]:
    """Return the contents that end at token `group`, where the cue and its subject begin."""
    doc, tree = marked.doc, marked.tree
    first = cue.begin
    if group <= first:
        return _sentence_before(marked, group)
    starts = {first: False}
    for child in tree.children[cue.token]:
        if child < group and doc.dep[child] in _BEFORE:
            starts.setdefault(tree.left[child], True)
    if doc.tag[group - 1] in ("WDT", "WP"):
        starts.setdefault(group - 1, True)
    above = doc.head[cue.token]
    if above != cue.token and above < group:
        starts.setdefault(tree.left[above], False)
    if marked.quotation_at[group - 1] >= 0:
        starts.setdefault(marked.quotations[marked.quotation_at[group - 1]].first, False)
    for at in range(group - 2, first, -1):
        is_joined = doc.word[at] == "," and doc.pos[at + 1] in ("CCONJ", "SCONJ")
        if doc.word[at] == ";" or doc.word[at] in DASHES or is_joined:
            starts.setdefault(at + 1, False)
            break
    return [Stretch(start, group, is_complement) for start, is_complement in starts.items() if start < group]


def _sentence_before(marked: MarkedDoc, group: int) -> list[Stretch]:
    """Return the quotation right before a sentence that opens with the cue's group, if in the same paragraph."""
    before = group - 1
    if before < 0 or marked.quotation_at[before] < 0:
        return []
    quotation = marked.quotations[marked.quotation_at[before]]
    if quotation.last != group or paragraph_of(marked.doc, before) != paragraph_of(marked.doc, group):
        return []
    return [Stretch(quotation.first, group, is_complement=False)]


def next_sentence(marked: MarkedDoc, cue: int) -> Piece | None:
    """Return the content in the next sentence, after a colon or as a quotation that opens it; None if there is none.

    After another quotation in the cue's sentence and no colon, the next sentence merely continues it (`paragraphs`).
    """
    doc = marked.doc
    sentence = doc.sentences[doc.sentence[cue]]
    after = sentence.last
    if after >= len(doc.word):
        return None
    quoted = set(marked.quotation_at[sentence.first : after]) - {-1, marked.quotation_at[cue]}
    if opens(marked, after) and (not quoted or doc.word[after - 1] == ":"):
        return after, marked.run_end[marked.quotation_at[after]]
    if doc.word[after - 1] == ":":
        return after, doc.sentences[doc.sentence[after]].last
    return None


def continuation(marked: MarkedDoc, first: int, last: int) -> Piece | None:
    """Return the quotation without a cue that opens the sentence at token `last`, in the paragraph of token `first`."""
    if last >= len(marked.doc.word) or not opens(marked, last) or marked.is_tagged[marked.quotation_at[last]]:
        return None
    if paragraph_of(marked.doc, last) != paragraph_of(marked.doc, first):
        return None
    return last, marked.run_end[marked.quotation_at[last]]


def resumption(marked: MarkedDoc, after: int, end: int) -> int | None:
    """Return the token where the content goes on after the cue: at an opening mark, else after a comma or dash."""
    comma = None
    for at in range(after, end - 1):
        if opens(marked, at):
            return at
        if comma is None and marked.doc.word[at] in (",", "-", "--", ";"):
            comma = at + 1
    return comma
