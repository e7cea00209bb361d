"""Refusals and silence, which are statements without words of a source that would not speak; and denied speech.

The patterns are read from the parse; their verbs and nouns are in workflow/lexicons/no_comment.yaml.
"""

from collections.abc import Sequence
from functools import cache

from scripts.attribution.choice import Attribution
from scripts.attribution.lexicon import speech_nouns, speech_verbs
from scripts.attribution.marked import MarkedDoc, Piece, strip
from scripts.attribution.sources import Source, noun_phrase, source_of
from scripts.core.lexicons import LEXICONS
from scripts.core.statements import NO_COMMENT
from scripts.core.storage import read_yaml

_WORDS = "no_comment.yaml"
# The most tokens of a refusal's cue; if its words are further apart, the cue is the phrase of the main one.
_LONGEST = 12
_NEGATIONS = frozenset(("no", "not", "n't", "never", "nor", "neither"))
# Dependents that negate their head if they precede it: "no mention", "nor did she", "neither confirmed nor".
_BEFORE = frozenset(("det", "cc", "preconj"))
_NOBODY = frozenset(("neither", "nobody", "none"))
# Verbs that are silence only with a question: "did not say who", but not "did not say that".
_ANYTHING = frozenset(("say", "speak", "talk"))


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_yaml(LEXICONS / _WORDS).items()}


@cache
def _main_words() -> frozenset[str]:
    """Return the lemmas that may be the main word of a refusal, see `_words_of`."""
    names = ("refusing", "reaching", "commenting", "answering", "having", "availability")
    return frozenset(lemma for name in names for lemma in _words()[name])


def with_silences(marked: MarkedDoc, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions in the order of their cues, those of refusals and silence with the rule `no comment`.

    The pieces of a refusal are the matter that the source would not speak of, or its main word if no matter is named.
    """
    mains = _main_words()
    tokens_of_mains = (token for token, lemma in enumerate(marked.doc.lemma) if lemma in mains)
    phrases = [phrase for token in tokens_of_mains if (phrase := _words_of(marked, token)) is not None]
    # The object of a refusal is no cue: somebody who "refused to answer questions" asked none.
    tokens = {token for phrase in phrases for word in phrase for token in (word, *_objects(marked, word))}
    sources = [_source(marked, phrase[0]) for phrase in phrases]
    silences = [
        Attribution(phrase[0], (_matter(marked, phrase),), source, 0.0, NO_COMMENT)
        for phrase, source in zip(phrases, sources, strict=True)
        if source is not None and marked.quotation_at[phrase[0]] < 0
    ]
    spoken = [item for item in attributions if item.cue not in tokens]
    return sorted([*spoken, *silences], key=lambda item: item.cue)


def as_told(marked: MarkedDoc, item: Attribution) -> Attribution | None:
    """Return an attribution as it is, or, if it denies that something was said, as silence or as None.

    "She did not say [who paid]" is silence, "She did not mention [the fee]" is neither silence nor speech. Words in
    quotation marks are always speech, and so is "She did not deny [it]", which shows her stance.
    """
    doc, words, cue, first = marked.doc, _words(), item.cue, item.pieces[0][0]
    lemma, head, dep, own = doc.lemma[cue], doc.head[cue], doc.dep[cue], marked.quotation_at[cue]
    is_quoted = any(marked.quotation_at[token] not in (-1, own) for piece in item.pieces for token in range(*piece))
    if is_quoted or lemma in words["opposing"] or (lemma not in speech_verbs() and lemma not in speech_nouns()):
        return item
    if _is_denied(marked, cue):
        is_question = doc.tag[first].startswith("W") or doc.norm[first] in ("if", "whether")
        is_silence = lemma in words["speaking"] and (is_question or lemma not in _ANYTHING)
        return item._replace(rule=NO_COMMENT) if is_silence and item.source is not None and own < 0 else None
    is_refused = dep == "xcomp" and doc.lemma[head] in words["refusing"]
    is_without = dep == "pcomp" and (doc.norm[head] == "without" or doc.norm[head - 1 : head + 1] == ["short", "of"])
    return None if is_refused or is_without else item


def refusal_phrase(marked: MarkedDoc, main: int, phrase: Piece) -> Piece:
    """Return the phrase of a refusal's main word with its other words: "declined to comment", "had no comment"."""
    words = _words_of(marked, main) or (main,)
    first, last = min(phrase[0], *words), max(phrase[1] - 1, *words) + 1
    return (first, last) if last - first <= _LONGEST else phrase


def _source(marked: MarkedDoc, token: int) -> Source | None:
    """Return the source of a refusal; for "could not be reached" it is the passive subject."""
    doc, tree = marked.doc, marked.tree
    if doc.lemma[token] not in _words()["reaching"]:
        return source_of(marked, token)
    head = next(child for child in tree.children[token] if doc.dep[child] == "nsubjpass")
    first, last = noun_phrase(doc, tree, head, stop=token)
    return Source(first, last, head, "passive")


def _words_of(marked: MarkedDoc, token: int) -> tuple[int, ...] | None:
    """Return the tokens of a refusal whose main word is `token`, that word first; None where there is no refusal."""
    doc, words, lemma = marked.doc, _words(), marked.doc.lemma[token]
    children = marked.tree.children[token]
    if doc.pos[token] == "VERB":
        if lemma in words["refusing"]:
            verbs = (child for child in children if doc.dep[child] == "xcomp" and doc.lemma[child] in words["speaking"])
            verb = next(verbs, None)
            return None if verb is None else (token, verb)
        if lemma in words["reaching"]:
            passive = any(doc.dep[child] == "nsubjpass" for child in children)
            could = any(doc.norm[child] == "could" for child in children)  # a peak has not been reached
            return (token,) if passive and could and _is_denied(marked, token) else None
        if lemma in words["commenting"] and _is_denied(marked, token):
            return (token,)
        if lemma in words["answering"] and _is_denied(marked, token):
            return (token,) if _has_object(marked, token, words["requests"]) else None
    if lemma in words["having"]:
        for child in children:
            if doc.dep[child] == "dobj" and doc.lemma[child] == "comment" and _is_denied(marked, child):
                return (token, child)
    if lemma in words["availability"] and doc.dep[token] == "acomp" and _has_object(marked, token, words["purposes"]):
        verb = doc.head[token]
        return (verb, token) if lemma == "unavailable" or _is_denied(marked, verb) else None
    return None


def _is_denied(marked: MarkedDoc, word: int) -> bool:
    """Return True for a word with a negation, with "nobody" as its subject, or after "failed to"."""
    doc, children, head = marked.doc, marked.tree.children, marked.doc.head[word]
    for child in children[word]:
        is_before = child < word and doc.dep[child] in _BEFORE
        if doc.norm[child] in _NEGATIONS and (is_before or doc.dep[child] == "neg"):
            return doc.norm[child + 1 : child + 2] != ["only"]
        if doc.dep[child] == "nsubj" and doc.pos[child] in ("NOUN", "PRON"):
            inner = {doc.norm[each] for each in children[child]}
            if doc.norm[child] in _NOBODY or not inner.isdisjoint(("no", "neither")):
                return True
    is_failed = doc.dep[word] == "xcomp" and doc.lemma[head] in ("avoid", "fail")
    return is_failed and all(doc.norm[child] not in _NEGATIONS for child in children[head])


def _objects(marked: MarkedDoc, verb: int) -> list[int]:
    """Return the direct objects of a verb."""
    return [child for child in marked.tree.children[verb] if marked.doc.dep[child] == "dobj"]


def _has_object(marked: MarkedDoc, token: int, nouns: frozenset[str]) -> bool:
    """Return True for a word with one of the nouns as its object, or as the object of its preposition."""
    doc, children = marked.doc, marked.tree.children
    inner = (noun for child in children[token] if doc.dep[child] == "prep" for noun in children[child])
    return any(doc.lemma[noun] in nouns for noun in (*_objects(marked, token), *inner))


def _matter(marked: MarkedDoc, phrase: tuple[int, ...]) -> Piece:
    """Return the tokens after the main word of a refusal that depend on it, or else that word."""
    doc, main = marked.doc, phrase[0]
    ends = [marked.tree.right[child] + 1 for child in marked.tree.children[main] if child > main]
    first, last = strip(doc, main + 1, max([main + 1, *ends]))
    return (first, last) if first < last else (main, main + 1)
