"""The phrase of a cue: the words that attribute together with its head, as in "have repeatedly said" for "said".

It is read from the parse, for both readers alike. Its words are adjacent, and none is part of the content or source.
"""

from collections.abc import Container, Sequence

from scripts.attribution.lexicon import speech_nouns
from scripts.attribution.marked import Piece
from scripts.core.annotation import Doc

_OF_VERBS = frozenset(("aux", "auxpass", "neg", "advmod"))
# Dependents that belong to the phrase before their head, by its part of speech; and after it, as in "pointed out".
_BEFORE = {
    "VERB": _OF_VERBS,
    "AUX": _OF_VERBS,
    "ADJ": frozenset(("advmod", "neg")),
    "NOUN": frozenset(("det", "amod", "compound", "nummod", "neg")),
}
_AFTER = frozenset(("prt", "acomp"))
_QUESTIONS = ("WRB", "WDT")
# The most words of the chain above a cue, steps from a word up to the chain, and tokens of a phrase on each side.
_MOST_ABOVE, _DEEPEST, _LONGEST = 4, 3, 12


def cue_phrase(doc: Doc, cue: int, apart: Container[int]) -> Piece:
    """Return the token range of the phrase whose head is a cue, without the tokens `apart` (content and source).

    The phrase of a punctuation mark is the mark alone.
    """
    if doc.pos[cue] == "PUNCT":
        return cue, cue + 1
    chain = _chain(doc, cue, apart)
    first, last = cue, cue + 1
    while first > max(0, cue - _LONGEST) and first - 1 not in apart and _belongs(doc, first - 1, chain):
        first -= 1
    while last < min(len(doc.word), cue + _LONGEST) and last not in apart and _belongs(doc, last, chain):
        last += 1
    return first, last + _leads_on(doc, last, apart)


def _chain(doc: Doc, cue: int, apart: Container[int]) -> list[int]:
    """Return a cue and the words above it that attribute with it: *say* and *went* in "went on to say"."""
    chain = [cue]
    for _ in range(_MOST_ABOVE):
        above = doc.head[chain[-1]]
        if above >= chain[-1] or above in apart or not _attributes_with(doc, chain[-1], above):
            break
        chain.append(above)
    return chain


def _attributes_with(doc: Doc, word: int, above: int) -> bool:
    """Return True if a word and its head form one phrase: "tried to say", "made the case"."""
    dep, pos = doc.dep[word], doc.pos[above]
    if dep == "xcomp":
        return pos in ("VERB", "AUX", "ADJ")
    if dep == "dobj":
        return doc.pos[word] == "NOUN" and pos == "VERB"
    if dep == "acl":  # "a statement saying"
        return doc.tag[word] == "VBG" and doc.lemma[above] in speech_nouns()
    if dep == "pcomp":  # "was quoted as saying", but not "after saying"
        return doc.head[above] == above - 1 and doc.pos[above - 1] == "VERB"
    return dep in ("acomp", "attr", "pobj") or (dep == "prep" and pos == "VERB" and doc.pos[word] == "ADP")


def _belongs(doc: Doc, token: int, chain: Sequence[int]) -> bool:
    """Return True for a word of the chain, and for one in the subtree of a dependent that `_stands_with` the chain."""
    if token in chain:
        return True
    if doc.pos[token] == "PUNCT" and doc.tag[token] != "HYPH":
        return False
    for _ in range(_DEEPEST):
        above = doc.head[token]
        if above in chain:
            return _stands_with(doc, token, above, is_cue=above == chain[0])
        token = above
    return False


def _stands_with(doc: Doc, token: int, above: int, *, is_cue: bool) -> bool:
    """Return True if a dependent forms one phrase with its head; of adverbs after it, only those of the cue do."""
    if token < above:
        return doc.dep[token] in _BEFORE.get(doc.pos[above], ()) and doc.tag[token] not in _QUESTIONS
    return doc.dep[token] in _AFTER or (is_cue and doc.dep[token] == "advmod" and doc.tag[token].startswith("RB"))


def _leads_on(doc: Doc, token: int, apart: Container[int]) -> bool:
    """Return True for a preposition or "to" right before the content or source: "called for", "according to"."""
    if token in apart or token + 1 not in apart:
        return False
    return doc.tag[token] == "TO" or (doc.pos[token] == "ADP" and doc.dep[token] != "mark")
