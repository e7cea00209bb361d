"""Proposals for names that the model left out: listed names, runs of proper nouns, names before their acronyms."""

from collections.abc import Iterator

from scripts.core.annotation import Doc
from scripts.entities.knowledge import demonyms, entries, known_phrases
from scripts.entities.name_words import (
    SMALL_WORDS,
    TokenRange,
    is_joined,
    is_name_word,
    may_be_acronym,
    may_be_short_word,
    touches,
)


def listed_names(doc: Doc) -> dict[int, int]:
    """Return the listed names in a document, the longest at each place: {first token: after the last token}."""
    phrases, words, at = known_phrases(), doc.word, 0
    spans: dict[int, int] = {}
    while at < len(words):
        for name in phrases.get(words[at], ()):
            if tuple(words[at : at + len(name)]) == name and not (
                touches(doc, at + len(name)) and words[at + len(name)] == "$"
            ):
                spans[at] = at + len(name)
                at += len(name) - 1
                break
        at += 1
    return spans


def runs(doc: Doc, verbs: set[int]) -> Iterator[TokenRange]:
    """Yield runs of proper nouns in one sentence that begin with a capital letter, over particles and hyphens too."""
    particles, last = entries("particles.txt"), 0
    first: int | None = None
    for index, tag in enumerate([*doc.tag, ""]):
        inside = tag in ("NNP", "NNPS") and is_name_word(doc.word[index]) and index not in verbs
        if first is not None:
            joint = index < len(doc.word) and (doc.word[index] in particles or is_joined(doc, index))
            if index >= len(doc.word) or doc.sentence[index] != doc.sentence[first] or not (inside or joint):
                yield first, last
                first = None
        if inside:
            first, last = index if first is None else first, index + 1


def spelled_out(doc: Doc) -> Iterator[TokenRange]:
    """Yield names that a bracketed acronym follows: Ethics and Anti-Corruption Commission (EACC)."""
    for bracket, word in enumerate(doc.word[:-1]):
        acronym = doc.word[bracket + 1]
        if word == "(" and (may_be_acronym(acronym) or may_be_short_word(acronym)):
            begin = doc.sentences[doc.sentence[bracket]].first
            at, letters = bracket, list(acronym.upper())
            while letters and at > begin:
                at -= 1
                initial = doc.word[at][0]
                # A small word may have a letter (Bank of Ghana, BoG), but the name does not begin with it.
                if initial.upper() == letters[-1] and (initial.isupper() or len(letters) > 1):
                    letters.pop()
                elif doc.word[at][0].isupper() or doc.norm[at] not in SMALL_WORDS:
                    break
            if not letters:
                yield at, bracket - (doc.word[bracket - 1] == "'s")


def linked_names(doc: Doc) -> Iterator[TokenRange]:
    """Yield names of two words that a letter links: Lashkar-e-Taiba, Majlis-i-Amal."""
    for at in range(2, len(doc.word) - 2):
        is_link = doc.word[at] in ("e", "i") and is_joined(doc, at - 1) and is_joined(doc, at + 1)
        if is_link and is_name_word(doc.word[at - 2]) and is_name_word(doc.word[at + 2]):
            yield at - 2, at + 3


def bodies_of_places(doc: Doc, known: dict[int, int]) -> Iterator[TokenRange]:
    """Yield listed names of places with the head of a body that follows, as one name: [Dubai Police]."""
    heads = entries("organisation_heads.txt")
    for first, last in known.items():
        if (
            last < len(doc.word)
            and last not in known
            and doc.sentence[last] == doc.sentence[first]
            and doc.tag[last] in ("NNP", "NNPS")
            and is_name_word(doc.word[last])
            and doc.norm[last] in heads
            and doc.word[first] not in demonyms()
        ):
            yield first, last + 1
