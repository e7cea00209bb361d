"""Proposals for names that the model missed: listed names, runs of proper nouns, names before their acronyms."""

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
    tokens_of_words,
    touches,
)

# Words inside a name that need not have a letter in its acronym.
_BETWEEN = SMALL_WORDS | {"'"}


def listed_names(doc: Doc) -> dict[int, int]:
    """Return the listed names in a document, the longest at each place: {first token: token after the last}."""
    phrases, words, end = known_phrases(), doc.word, 0
    spans: dict[int, int] = {}
    for first in tokens_of_words(doc, phrases.keys()):
        for length, names in phrases[words[first]].items() if first >= end else ():
            last = first + length
            if tuple(words[first:last]) in names and not (touches(doc, last) and words[last] == "$"):
                spans[first] = end = last
                break
    return spans


def runs(doc: Doc, verbs: set[int]) -> Iterator[TokenRange]:
    """Yield runs of capitalized proper nouns within a sentence, which may include particles and hyphens."""
    particles, first, last = entries("particles.txt"), 0, 0
    for at in [at for at, tag in enumerate(doc.tag) if tag in ("NNP", "NNPS")]:
        if at in verbs or not is_name_word(doc.word[at]):
            continue
        goes_on = last and doc.sentence[at] == doc.sentence[first]
        if not goes_on or not all(doc.word[joint] in particles or is_joined(doc, joint) for joint in range(last, at)):
            if last:
                yield first, last
            first = at
        last = at + 1
    if last:
        yield first, last


def spelled_out(doc: Doc) -> Iterator[TokenRange]:
    """Yield names followed by their acronym in brackets: Ethics and Anti-Corruption Commission (EACC)."""
    for bracket in tokens_of_words(doc, {"("}):
        acronym = doc.word[bracket + 1] if bracket + 1 < len(doc.word) else ""
        if may_be_acronym(acronym) or may_be_short_word(acronym):
            begin = doc.sentences[doc.sentence[bracket]].first
            at, letters = bracket, list(acronym.upper())
            while letters and at > begin:
                at -= 1
                initial = doc.word[at][0]
                # A small word may have a letter (Bank of Ghana, BoG), but the name does not begin with such a word.
                if initial.upper() == letters[-1] and (initial.isupper() or len(letters) > 1):
                    letters.pop()
                elif doc.word[at][0].isupper() or doc.norm[at] not in _BETWEEN:
                    break
            if not letters:
                yield at, bracket - (doc.word[bracket - 1] == "'s")


def linked_names(doc: Doc) -> Iterator[TokenRange]:
    """Yield names of two words linked by a letter (Lashkar-e-Taiba), and of a party with its wing: CPI(M), JD(U)."""
    for at in tokens_of_words(doc, {"e", "i"}):
        is_link = is_joined(doc, at - 1) and is_joined(doc, at + 1)
        if is_link and is_name_word(doc.word[at - 2]) and is_name_word(doc.word[at + 2]):
            yield at - 2, at + 3
    for at in tokens_of_words(doc, {"("}):
        party, *wing = doc.word[max(0, at - 1) : at + 3]
        if party.isupper() and touches(doc, at) and wing[2:] == [")"] and wing[1].isupper() and touches(doc, at + 1):
            yield at - 1, at + 3


def bodies_of_places(doc: Doc, known: dict[int, int]) -> Iterator[TokenRange]:
    """Yield listed place names joined with the head noun of a body that follows: [Dubai Police]."""
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
