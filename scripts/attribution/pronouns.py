"""Resolution of he and she to the person who is most present before the pronoun.

A person is present who was just quoted, is the subject of the sentence before, or was named last. Each sentence in
between takes presence away, and so does evidence in the text of the opposite gender.
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
# The same, if the person most present cannot be the antecedent.
_NEAR = 6
# How many names of a sentence to look at, the last before the pronoun; no sentence of news has as many.
_MOST_NAMED = 100
# Points for being the subject of the sentence or of a clause in it, for having just been quoted, for being named again;
# points lost for being named only inside a quotation, and for every sentence in between.
_MAIN_SUBJECT, _SUBORDINATE, _QUOTED, _REPEATED = 1.5, 0.5, 0.8, 0.3
_INSIDE, _DISTANCE = -3.0, 0.75
_SAME_GENDER, _OTHER_GENDER = 0.7, -4.0


# A mention of a person, the token where the person is present, and the points for that place.
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
    what he or she says; being named there makes nobody the speaker.
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
    """Yield the persons who are objects of the pronoun's verb, and so cannot be meant by it: "He told [Lee]"."""
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
            # The person quoted is less present once another one has become the subject.
            sightings.append((mention, source, _MAIN_SUBJECT + (_QUOTED if topic <= source else 0.0)))
    return sightings


def _prominence(marked: MarkedDoc, head: int) -> float:
    """Return the points for a name's place in its sentence: the subject of the main clause is the topic."""
    doc = marked.doc
    if doc.dep[head] not in _SUBJECT:
        return 0.0
    verb = doc.head[head]
    while doc.dep[verb] == "conj":
        verb = doc.head[verb]
    # A clause before its head is the content of a cue that follows ("Lee waved, she said"), and counts as main.
    return _MAIN_SUBJECT if doc.head[verb] == verb or doc.head[verb] > verb else _SUBORDINATE
