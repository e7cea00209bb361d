"""He and she: the person who is most present before the pronoun.

Present is the one just quoted, the subject of the sentence before, the one named last; each sentence in between takes
presence away, and so does a gender that the text tells otherwise.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from scripts.attribution.choice import mostly_quoted
from scripts.attribution.marked import MarkedDoc, Piece
from scripts.attribution.people import SHE, People
from scripts.attribution.role_words import mention_at
from scripts.attribution.roles import entity_name, head_of
from scripts.core.annotation import Mention

_SUBJECT = frozenset(("nsubj", "nsubjpass"))
# How far back, in sentences, a pronoun may reach.
_REACH = 12
# The same, where the one most present is no antecedent.
_NEAR = 6
# Names of a sentence, the last before the pronoun, that are looked at; no sentence of news has as many.
_MOST_NAMED = 100
# Being the subject of the sentence or of a clause in it, having just been quoted, being named again; being named only
# inside a quotation takes away, and so does every sentence in between.
_MAIN_SUBJECT, _SUBORDINATE, _QUOTED, _REPEATED = 1.5, 0.5, 0.8, 0.3
_INSIDE, _DISTANCE = -3.0, 0.75
_SAME_GENDER, _OTHER_GENDER = 0.7, -4.0


# A mention of a person, the token where the person is present, and what that place adds to the presence.
Sighting = tuple[Mention, int, float]


def antecedent(
    marked: MarkedDoc,
    people: People,
    pronoun: int,
    last_quoted: tuple[Mention, int] | None,
    content: Sequence[Piece] = (),
) -> Mention | None:
    """Return the mention that he or she at token `pronoun` stands for.

    `last_quoted` is the person quoted before: a mention of them, and the token of their latest source. `content` is
    what the pronoun says: nobody is the speaker for being named in it.
    """
    doc = marked.doc
    here = doc.sentence[pronoun]
    quoted = mostly_quoted(marked, content)
    tokens = (token for first, last in content for token in range(first, last))
    inside = {token for token in tokens if not quoted or marked.quotation_at[token] >= 0}
    sightings = _sightings(marked, people, pronoun, last_quoted, inside)
    if not sightings:
        following = [*people.in_sentence.get(here, []), *people.in_sentence.get(here + 1, [])]
        outside = (each for each in following if each.first not in inside and marked.quotation_at[each.first] < 0)
        return next((mention for mention in outside if mention.first > pronoun), None)
    objects = {entity_name(doc, mention) for mention in _objects(marked, pronoun)}
    presence: dict[str, float] = {}
    latest: dict[str, Mention] = {}
    repeated: set[str] = set()
    for mention, at, bonus in sightings:
        name = entity_name(doc, mention)
        points = bonus - _DISTANCE * (here - doc.sentence[at])
        if marked.quotation_at[at] >= 0 and marked.quotation_at[at] != marked.quotation_at[pronoun]:
            points += _INSIDE
        if name in presence:
            repeated.add(name)
        presence[name] = max(presence.get(name, -math.inf), points)
        latest[name] = mention
    direction = 1.0 if doc.norm[pronoun] in SHE else -1.0
    for name in presence:
        evidence = people.gender.get(name, 0.0) * direction
        presence[name] += _REPEATED if name in repeated else 0.0
        presence[name] += _SAME_GENDER if evidence > 0 else _OTHER_GENDER if evidence < 0 else 0.0
    by_presence = sorted(presence, key=lambda name: (presence[name], latest[name].first), reverse=True)
    if by_presence[0] not in objects:
        return latest[by_presence[0]]
    others = (latest[name] for name in by_presence if name not in objects)
    return next((mention for mention in others if here - doc.sentence[mention.first] <= _NEAR), None)


def _objects(marked: MarkedDoc, pronoun: int) -> Iterator[Mention]:
    """Yield the persons who are objects of the pronoun's verb, and so somebody else: "He told [Lee]"."""
    doc, verb = marked.doc, marked.doc.head[pronoun]
    if doc.dep[pronoun] in _SUBJECT:
        for child in marked.tree.children[verb]:
            mention = mention_at(doc, child)
            if mention is not None and mention.label == "PERSON" and doc.dep[child] in ("dobj", "dative"):
                yield mention


def _sightings(
    marked: MarkedDoc,
    people: People,
    pronoun: int,
    last_quoted: tuple[Mention, int] | None,
    inside: set[int],
) -> list[Sighting]:
    """Return the mentions of persons before a pronoun in the sentences within reach, and the speaker quoted last."""
    doc = marked.doc
    here = doc.sentence[pronoun]
    sightings: list[Sighting] = []
    topic = -1
    for number in range(max(0, here - _REACH), here + 1):
        named = people.in_sentence.get(number, [])
        before = bisect_left(named, pronoun, key=attrgetter("first"))
        for mention in named[max(0, before - _MOST_NAMED) : before]:
            if mention.first in inside:
                continue
            prominence = _prominence(marked, head_of(doc, mention))
            sightings.append((mention, mention.first, prominence))
            if prominence == _MAIN_SUBJECT and marked.quotation_at[mention.first] < 0:
                topic = mention.first
    if last_quoted is not None:
        mention, source = last_quoted
        if source < pronoun and here - doc.sentence[source] <= _REACH:
            # Who was quoted is less present once another person has become the subject.
            sightings.append((mention, source, _MAIN_SUBJECT + (_QUOTED if topic <= source else 0.0)))
    return sightings


def _prominence(marked: MarkedDoc, head: int) -> float:
    """Return how much the place of a name in its sentence makes it the topic."""
    doc = marked.doc
    if doc.dep[head] not in _SUBJECT:
        return 0.0
    verb = doc.head[head]
    while doc.dep[verb] == "conj":
        verb = doc.head[verb]
    # A clause before its head is the content of a cue that follows it ("Lee waved, she said"), and main itself.
    return _MAIN_SUBJECT if doc.head[verb] == verb or doc.head[verb] > verb else _SUBORDINATE
