"""The phrase of a cue: the words that attribute together with its head, as in "have repeatedly said" for "said".

Read from the parse, for both readers alike. Its words are next to each other, and none is of the content or the source.
"""

from collections.abc import Container, Sequence

from scripts.attribution.lexicon import speech_nouns
from scripts.attribution.marked import Piece
from scripts.core.annotation import Doc

_OF_VERBS = frozenset(("aux", "auxpass", "neg", "advmod"))
# Dependents that stand in the phrase before their word, by its part of speech; and after it, as in "pointed out".
_BEFORE = {
    "VERB": _OF_VERBS,
    "AUX": _OF_VERBS,
    "ADJ": frozenset(("advmod", "neg")),
    "NOUN": frozenset(("det", "amod", "compound", "nummod", "neg")),
}
_AFTER = frozenset(("prt", "acomp"))
_QUESTIONS = ("WRB", "WDT")
# Words of the chain above a head, words between a dependent's word and the chain, and tokens of a phrase; on each side.
_MOST_ABOVE, _DEEPEST, _LONGEST = 4, 3, 12


def cue_phrase(doc: Doc, cue: int, apart: Container[int]) -> Piece:
    """Return the token range of the phrase whose head is a cue; the tokens `apart` (content and source) are not in it.

    A mark is its own phrase.
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
    """Return a cue and the words above it that attribute with it: of "went on to say" the cue *say* and *went*."""
    chain = [cue]
    for _ in range(_MOST_ABOVE):
        above = doc.head[chain[-1]]
        if above >= chain[-1] or above in apart or not _attributes_with(doc, chain[-1], above):
            break
        chain.append(above)
    return chain


def _attributes_with(doc: Doc, word: int, above: int) -> bool:
    """Return True for a word in one phrase with its head: "tried to say", "made the case"."""
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
    """Return True for a word of the chain, and for one that is or is below a dependent of such a word in the phrase."""
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
    """Return True for a dependent that stands in one phrase with its word; adverbs follow only the cue itself."""
    if token < above:
        return doc.dep[token] in _BEFORE.get(doc.pos[above], ()) and doc.tag[token] not in _QUESTIONS
    return doc.dep[token] in _AFTER or (is_cue and doc.dep[token] == "advmod" and doc.tag[token].startswith("RB"))


def _leads_on(doc: Doc, token: int, apart: Container[int]) -> bool:
    """Return True for a preposition or "to" right before the content or source: "called for", "according to"."""
    if token in apart or token + 1 not in apart:
        return False
    return doc.tag[token] == "TO" or (doc.pos[token] == "ADP" and doc.dep[token] != "mark")
