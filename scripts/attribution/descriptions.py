"""Descriptions: the person or body that "the president", "the lawmaker" or "the head of the Mill Board" means."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from scripts.attribution.marked import MarkedDoc, Piece
from scripts.attribution.people import People
from scripts.attribution.restated import restated
from scripts.attribution.role_nouns import bare, body_nouns, describing_words, is_wider
from scripts.attribution.role_words import is_listed
from scripts.attribution.roles import entity_name
from scripts.attribution.sources import Source
from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries
from scripts.sources.kind_lists import kind_lists
from scripts.sources.kind_phrases import listed

# No description looks further back than this many mentions, so that the cost stays linear on any text.
_BEARERS = 200
# The most tokens of a short description, and of one that is not yet long.
_DESCRIPTION, _LONG_DESCRIPTION = 3, 4
_CONTENT = frozenset(("NOUN", "PROPN", "ADJ"))
# Words of a description that a fitting role need not have: "the top Pentagon official".
_RANKS = frozenset(("top", "senior", "then"))
# Nouns that may mean an organisation of unknown kind; for others, such as "airline", the kind must be known.
_COMPANIES = frozenset(("company", "corporation", "firm"))
# Kinds of bodies whose common nouns may mean any of them ("the newspaper"), and such nouns for bodies of a state.
_CALLED = frozenset(("business", "civil society", "media"))
_AGENCIES = frozenset(("agency", "bureau", "regulator"))
# "The president" does not mean a former president or the vice president if the text has another.
_LESSER = frozenset(("former", "ex", "then", "late", "vice", "deputy", "assistant"))


def described(
    marked: MarkedDoc, people: People, source: Source, quoted: tuple[Mention, int] | None, *, is_next: bool
) -> Mention | None:
    """Return the mention that "the president" means: the last before it whose role, or name as a body, has the word.

    A wider noun such as "the official" may mean the person `quoted` last (a mention, and the token of the source);
    `is_next` is True if nobody else was quoted since. Once "an official" without a name comes up, neither is meant.
    """
    doc, word = marked.doc, marked.doc.norm[source.head]
    is_noun = doc.tag[source.head] == "NN" or word in entries("common_bodies.txt")  # the Department
    is_title = doc.tag[source.head] == "NNP" and word in entries("titles.txt")
    is_joined = "and" in doc.norm[source.head : source.last]  # the president and Congress
    if doc.norm[source.first] != "the" or not (is_noun or is_title) or is_joined:
        return None
    words, places = _words_to_have(marked, source, is_title=is_title)
    unnamed = people.introduced.get(word, [])
    latest = next(reversed(unnamed[: bisect_left(unnamed, source.first)]), -1)
    bearer = _bearer(doc, people, source, words, places, latest)
    last, at = quoted or (None, -1)
    if bearer is None and last is not None and at >= latest:
        if role := people.roles.get(entity_name(doc, last), ""):
            bearer = last if is_wider(word, role) and _fits(role, words, places) else None
        elif is_next and not unnamed and not any(is_wider(word, each) for each in people.roles.values()):
            bearer = last if _is_still(marked, people, source, last, at) else None
    if bearer is not None or unnamed or (again := restated(marked, people, source)) is None:
        return bearer
    role = people.roles.get(entity_name(doc, again), "")
    is_refused = bare(word) in map(bare, describing_words(role)) or not _fits(role, set(), places)
    return None if is_refused or any(is_wider(word, each) for each in people.roles.values()) else again


def _is_still(marked: MarkedDoc, people: People, source: Source, last: Mention, at: int) -> bool:
    """Return True if "the actor" means the person just quoted, whose role the text does not give.

    It is the subject of a later sentence or follows "according to", and nobody else is named after token `at`, the
    source of that person's statement.
    """
    doc, head, noun = marked.doc, source.head, marked.doc.norm[source.head]
    according = doc.norm[source.first - 2 : source.first] == ["according", "to"]
    is_apart = at == head or doc.sentence[at] < doc.sentence[head]
    is_subject = doc.dep[head] in ("nsubj", "nsubjpass") and is_apart
    is_whole = marked.tree.right[head] == head or doc.word[head + 1] == ","  # no "actor who left"
    is_body = noun in body_nouns() or noun in kind_lists().bodies
    if not (is_subject or according) or not is_whole or is_body or not is_listed(noun):
        return False
    first, end = (bisect_left(people.mentions, token, key=lambda each: each.first) for token in (at, source.first))
    return {entity_name(doc, each) for each in people.mentions[first:end]} <= {entity_name(doc, last)}


def _words_to_have(marked: MarkedDoc, source: Source, *, is_title: bool) -> tuple[set[str], set[str]]:
    """Return the words of a description that a role must have, and the places that it must not contradict.

    The words are those in lower case before the noun ("the prime minister") or all before a capitalised title, in
    longer descriptions also a nation ("the Norwegian prime minister"), in long ones all nouns and adjectives ("the head
    of the Mill Board").
    """
    doc = marked.doc
    last = next((at for at in range(source.head, source.last) if doc.word[at] == ","), source.last)
    length, before = last - source.first, range(source.first + 1, source.head)
    labels = {at: marked.labels[at] for at in before if at in marked.labels}
    if length > _LONG_DESCRIPTION:
        words = {doc.norm[at] for at in range(source.first + 1, last) if doc.pos[at] in _CONTENT}
    else:
        names = {at for at, label in labels.items() if label in ("GPE", "NORP")}
        needed = {at for at in before if doc.word[at].islower() or (is_title and at not in names)}
        peoples = {at for at in names if labels[at] == "NORP" and length > _DESCRIPTION}
        words = {doc.norm[at] for at in needed | peoples}
    return {word for word in words - _RANKS if word.isalpha()}, {
        doc.norm[at] for at, label in labels.items() if label == "GPE"
    }


def _bearer(doc: Doc, people: People, source: Source, words: set[str], places: set[str], latest: int) -> Mention | None:
    """Return the last mention before a description that it fits: a person named after token `latest`, or a body.

    A former holder of the office or a deputy is meant only if nobody else fits.
    """
    bearers = people.by_word.get(bare(doc.norm[source.head]), [])
    position = bisect_left(bearers, source.first, key=lambda mention: mention.first)
    lesser = None
    for mention in reversed(bearers[max(0, position - _BEARERS) : position]):
        if mention.label != "PERSON":
            if source.last - source.first <= _DESCRIPTION:
                return mention
            continue
        role = people.roles[entity_name(doc, mention)]
        if mention.first < latest or not _fits(role, words, places):
            continue
        if _LESSER.isdisjoint({*describing_words(role)} - words):
            return mention
        lesser = lesser or mention
    return lesser


def _fits(role: str, words: set[str], places: set[str]) -> bool:
    """Return True for a role that has these words and names no other place.

    >>> _fits("Texas Sen.", set(), {"florida"}), _fits("Sen.", set(), {"florida"}), _fits("Mayor", {"deputy"}, set())
    (False, True, False)
    """
    own = {*re.findall(r"[^\W_]+", role.lower()), *describing_words(role)}
    has_name = any(word[0].isupper() and word.lower().rstrip(".") not in entries("titles.txt") for word in role.split())
    return words <= own and (places <= own or not has_name)


def body_near(marked: MarkedDoc, source: Source, content: Sequence[Piece]) -> Mention | None:
    """Return the body that "the agency" means: the only one so called before it in its sentence and the previous one.

    If the content precedes the source, the two sentences are counted back from the content.
    """
    doc = marked.doc
    start = min([source.first, *(first for first, _ in content)])
    end = bisect_left(doc.mentions, start, key=lambda mention: mention.first)
    fitting: dict[str, Mention] = {}
    for at in range(end - 1, -1, -1):
        mention = doc.mentions[at]
        if doc.sentence[mention.first] < doc.sentence[start] - 1:
            break
        name = entity_name(doc, mention)
        is_place = doc.norm[max(0, mention.first - 1)] == "on"  # shown on YouTube
        if mention.label == "ORG" and not is_place and may_be_called(doc, source, name):
            fitting.setdefault(name, mention)
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def may_be_called(doc: Doc, source: Source, organisation: str) -> bool:
    """Return True for a source such as "the company" or "the newspaper" if the organisation may be one."""
    noun = doc.norm[source.head]
    kind = kind_lists().bodies.get(noun, "")
    is_noun = (kind in _CALLED or noun in _AGENCIES) and doc.tag[source.head] == "NN"
    is_bare = doc.norm[source.first] == "the" and source.last == source.first + 2
    kinds = (kind, "") if noun in _COMPANIES else (kind,)
    return is_noun and is_bare and listed(organisation) in kinds
