"""The speaker of an attribution, and the attribution before, whose speaker "he" or "it" may be."""

from collections.abc import Sequence
from typing import NamedTuple

from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.marked import MarkedDoc, Piece, paragraph_of
from scripts.attribution.people import HE, People
from scripts.attribution.role_words import mention_at
from scripts.attribution.sources import Source
from scripts.core.annotation import Doc, Mention

# Articles before somebody new: a guard, another witness.
INDEFINITE = frozenset(("a", "an", "another"))


class Speaker(NamedTuple):
    """A resolved source: canonical name, kind, role, and the tokens of the mention that names it (or None).

    `unnamed` is the class of a source without a name, which all documents share: unnamed officials.
    """

    name: str
    kind: str
    role: str
    reference: Piece | None
    unnamed: str = ""


NOBODY = Speaker("", "unnamed", "", None)


class Previous(NamedTuple):
    """The attribution before: its speaker, source and content; `is_one` if the speaker is one person without a name.

    `person` is the person last quoted: a mention of them, and the token of their latest source.
    """

    speaker: Speaker
    source: Source
    pieces: tuple[Piece, ...]
    is_one: bool
    person: tuple[Mention, int] | None


def following(
    marked: MarkedDoc, previous: Previous | None, speaker: Speaker, source: Source, pieces: tuple[Piece, ...]
) -> Previous:
    """Return an attribution, with its speaker, as the one before the next."""
    person = _quoted_person(marked.doc, speaker, source) or (previous and previous.person)
    same = previous is not None and speaker is previous.speaker and previous.is_one
    return Previous(speaker, source, pieces, same or _is_one(marked, source, speaker), person)


def is_same_body(doc: Doc, pronoun: str, previous: Previous) -> bool:
    """Return True if "it" or "they" is the speaker of the attribution before: a body, several, or a document."""
    head, kind = previous.source.head, previous.speaker.kind
    is_it, of_several = pronoun in ("it", "its"), doc.tag[head] in ("NNS", "NNPS")
    return (is_it and _is_document(doc, head)) or (kind != "person" and (is_it or of_several or kind != "document"))


def _is_document(doc: Doc, head: int) -> bool:
    """Return True for the head of a source that is a document, or "it", which may stand for one."""
    return doc.norm[head] == "it" or doc.lemma[head] in speaker_nouns()["document"]


def last_person(doc: Doc, previous: Previous | None) -> tuple[Mention, int] | None:
    """Return the person quoted just before: a mention of them, and the token of their source."""
    return None if previous is None else _quoted_person(doc, previous.speaker, previous.source)


def _quoted_person(doc: Doc, speaker: Speaker, source: Source) -> tuple[Mention, int] | None:
    """Return a mention of a person who speaks, and the token of the source; None for another speaker."""
    mention = mention_at(doc, speaker.reference[0]) if speaker.reference is not None else None
    return (mention, source.head) if mention is not None and mention.label == "PERSON" else None


def _is_one(marked: MarkedDoc, source: Source, speaker: Speaker) -> bool:
    """Return True for somebody whom the text does not name: "a guard", "another witness", "my father"."""
    doc = marked.doc
    is_unnamed = speaker.kind == "unnamed" and speaker.unnamed != ""
    is_owned = any(doc.dep[child] == "poss" for child in marked.tree.children[source.head])
    return is_unnamed and doc.tag[source.head] == "NN" and (is_owned or doc.norm[source.first] in INDEFINITE)


def goes_on(marked: MarkedDoc, people: People, pronoun: int, previous: Previous, content: Sequence[Piece]) -> bool:
    """Return True if he or she is the person without a name just quoted: "A guard said no. He was sorry." """
    doc, source, pieces = marked.doc, previous.source, previous.pieces
    opposite = speaker_nouns()["female" if doc.norm[pronoun] in HE else "male"]
    if not previous.is_one or source.head >= pronoun or doc.norm[source.head] in opposite:
        return False
    last = max(source.head, pieces[-1][1] - 1)
    is_next = paragraph_of(doc, pronoun) - paragraph_of(doc, last) <= 1
    is_inside = any(first <= pronoun < last for first, last in pieces)
    inside = {token for piece in (*pieces, *content) for token in range(*piece)}
    between = (each.first for each in people.mentions if source.last <= each.first < pronoun)
    return is_next and not is_inside and all(token in inside or marked.quotation_at[token] >= 0 for token in between)
