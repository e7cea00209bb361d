"""Turns of transcripts and interviews: "PENCE: ...", "WALLACE (voice-over): ...", "Q. ...", "((Ann Lee)) ...".

A turn is direct speech of the person whom the label before it names. Labels are read only where several of them take
turns and their speech is addressed to somebody (I, you, a question), so that lists and boxes are not read as turns.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scripts.attribution.lexicon import speech_verbs
from scripts.attribution.marked import MarkedDoc, Piece
from scripts.attribution.roles import cased, entity_name, head_of
from scripts.attribution.speaker import Speaker
from scripts.attribution.turn_labels import Label, find_labels, is_clip, label_words, labelled_paragraphs, own_words
from scripts.attribution.unnamed import plural_noun
from scripts.core.annotation import Doc, Mention
from scripts.core.statements import UNNAMED
from scripts.sources.kind_phrases import listed

# The least count of the most frequent label, and shares of turns that address somebody and of neighbours that differ.
_REPEATED, _ADDRESSED, _ALTERNATING = 2, 0.3, 0.5
# Paragraphs between two turns belong to the turn before them if at least this share of all paragraphs has a label.
_MOSTLY_TURNS = 0.4
_ADDRESS = frozenset(("i", "me", "my", "we", "us", "our", "you", "your", "?"))
_OWN = frozenset(("i", "me", "my", "we", "us", "our"))
_INTERVIEWS = frozenset(("interview", "conversation", "discussion", "chat"))
_DIRECTION = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]|END|#+")
_ENDS = frozenset((".", "?", "!", "...", "…", "--", "-", "''", '"', "'"))


class Turn(NamedTuple):
    """A turn: the tokens of its label's name, its pieces (one a paragraph), and its speaker."""

    label: Piece
    pieces: tuple[Piece, ...]
    speaker: Speaker


def find_turns(marked: MarkedDoc) -> list[Turn]:
    """Return the turns of a document in the order of the text; none where it is no transcript."""
    doc = marked.doc
    paragraphs = labelled_paragraphs(doc)
    labels = find_labels(doc, paragraphs)
    if not _take_turns(doc, paragraphs, labels):
        return []
    turns = zip(labels, _speakers(marked, labels), _following(doc, paragraphs, labels), strict=True)
    with_pieces = ((label, speaker, (*_spoken(doc, label.speech), *more)) for label, speaker, more in turns)
    return [Turn(label.tokens, pieces, speaker) for label, speaker, pieces in with_pieces if pieces]


def _spoken(doc: Doc, piece: Piece) -> tuple[Piece, ...]:
    """Return a piece, or nothing where it has no word or is a stage direction: "(CROSSTALK)"."""
    text = doc.slice(*piece).strip(' "“”') if piece[0] < piece[1] else ""
    return (piece,) if any(map(str.isalnum, text)) and not _DIRECTION.fullmatch(text) else ()


def _take_turns(doc: Doc, paragraphs: Sequence[Piece], labels: Sequence[Label]) -> bool:
    """Return True for labels that take turns and address somebody often enough, or for a single one that often asks.

    The speech of a label may begin on the next line.
    """
    # After a label comes the end of the line or a finished sentence, not a headline.
    ending = (label for label in labels if label.speech[0] == label.speech[1] or doc.norm[label.speech[1] - 1] in _ENDS)
    times = Counter(label.key for label in ending)
    if not times or max(times.values()) < _REPEATED:
        return False
    if len(times) == 1:  # the person who answers has no label
        may_ask = labels[0].key in label_words()["asking"] or _is_medium(labels[0].name, labels)
        return may_ask and 2 * _asked(doc, labels).total() > len(labels) > _REPEATED
    speeches = [
        label.speech if label.speech[0] < label.speech[1] else (*paragraphs[label.paragraph + 1 :], (0, 0))[0]
        for label in labels
    ]
    addressed = sum(any(doc.norm[token] in _ADDRESS for token in range(*piece)) for piece in speeches)
    changes = sum(a.key != b.key for a, b in pairwise(labels))
    return addressed >= max(2, _ADDRESSED * len(labels)) and changes >= _ALTERNATING * (len(labels) - 1)


def _asked(doc: Doc, labels: Sequence[Label]) -> Counter[str]:
    """Return the number of turns with a question for each key."""
    return Counter(label.key for label in labels if "?" in doc.word[slice(*label.speech)])


def _is_medium(name: str, labels: Sequence[Label]) -> bool:
    """Return True for a listed medium, and for at most four capitals unless all other labels are in capitals."""
    others = [label.name for label in labels if label.name != name]
    is_short = len(name) <= 4 and name.isupper() and not (others and all(map(str.isupper, others)))
    return is_short or listed(name) == "media"


def _following(doc: Doc, paragraphs: Sequence[Piece], labels: Sequence[Label]) -> list[tuple[Piece, ...]]:
    """Return for each label the paragraphs after its own that go on with its turn, without stage directions.

    After the last label, paragraphs with "I" or "we" go on with the turn, up to the first one without. If there are two
    speakers, paragraphs after a question are the answer of the one who was asked.
    """
    first, last = labels[0].paragraph, labels[-1].paragraph
    times, asked = Counter(label.key for label in labels), _asked(doc, labels)
    is_sparse = len(labels) < _MOSTLY_TURNS * (last - first + 1) and not labels[0].is_double
    if len(times) == 1 or is_sparse:
        return [() for _ in labels]
    stops = [*(label.paragraph for label in labels[1:]), len(paragraphs)]
    following: list[tuple[Piece, ...]] = []
    for number, (label, stop) in enumerate(zip(labels, stops, strict=True)):
        pieces: list[Piece] = []
        for piece in paragraphs[label.paragraph + 1 : stop]:
            if label.paragraph == last and not any(doc.norm[token] in _OWN for token in range(*piece)):
                break
            pieces.extend(_spoken(doc, piece))
        is_question = 2 * asked[label.key] > times[label.key] and doc.word[label.speech[1] - 1] == "?"
        is_answered = number > 0 and labels[number - 1].key != label.key and len(times) == 2
        if is_question and is_answered and not any("?" in doc.word[slice(*piece)] for piece in pieces):
            following[-1] += tuple(pieces)
            pieces = []
        following.append(tuple(pieces))
    return following


def _speakers(marked: MarkedDoc, labels: Sequence[Label]) -> Iterator[Speaker]:
    """Yield the speaker of each label, by the fullest name that the article has for it."""
    by_key: dict[str, Speaker] = {}
    times = Counter(label.key for label in labels)
    asked = _asked(marked.doc, labels)
    for label in labels:
        key = label.key
        fuller = len(own_words(label.name)) > 1
        if key not in by_key or (fuller and " " not in by_key[key].name):
            by_key[key] = _speaker(marked, label, labels, asks=2 * asked[key] >= times[key])
    names = [(label.name.partition(",")[0], by_key[label.key]) for label in labels]
    names += [(who.name, who) for who in by_key.values()]
    by_initials = {"".join(word[0].lower() for word in name.split()): who for name, who in reversed(names)}
    return (by_initials.get(label.key, by_key[label.key]) for label in labels)


def _unnamed(name: str) -> Speaker:
    """Return a speaker without a name, in the class of its last word, which all documents share."""
    return Speaker(name, "unnamed", "", None, UNNAMED + plural_noun(name.split()[-1]))


def _speaker(marked: MarkedDoc, label: Label, labels: Sequence[Label], *, asks: bool) -> Speaker:
    """Return the speaker of a label: the one asking or answering, a name in the article, or the label's own words."""
    doc, key, words = marked.doc, label.key, label_words()
    if key in words["asking"]:
        return _unnamed("interviewer")
    persons = [mention for mention in doc.mentions if mention.label == "PERSON"]
    if key in words["answering"]:
        return _answering(doc, persons, labels[0])
    own = own_words(label.name)
    if is_clip(label) or any(word.lower() in words["unnamed"] for word in own):
        return _unnamed(" ".join(own).lower())
    role = label.name.partition(",")[2].strip()
    role = role.lower() if role.isupper() else role
    person = _person(doc, persons, [word.lower() for word in own])
    if person is not None:
        name = cased(entity_name(doc, person).split())
        return Speaker(name, "person", role, (person.first, person.last))
    # A medium that asks is the interviewer.
    if asks and _is_medium(label.name, labels):
        return _unnamed("interviewer")
    bodies = {entity_name(doc, body).lower() for body in doc.mentions if body.label in ("ORG", "FAC")}
    is_body = not bodies.isdisjoint((label.name.lower(), " ".join(own).lower()))
    kind = "organisation" if is_body else "person"
    return Speaker(cased(own), kind, role, None)


def _answering(doc: Doc, persons: Sequence[Mention], first: Label) -> Speaker:
    """Return the person who speaks or is interviewed before the first turn, or else is named most often there."""
    # "BY MS. OKORO:" names the person who asks.
    persons = [each for each in persons if doc.norm[doc.sentences[doc.sentence[each.first]].first] != "by"]
    before = [mention for mention in persons if mention.first < first.tokens[0]] or persons
    spoken = [mention for mention in before if _speaks(doc, mention)]
    times = Counter(entity_name(doc, mention) for mention in spoken or before)
    if not times:
        return _unnamed("interviewee")
    name = max(times, key=lambda each: (times[each], " " in each))
    mention = next(mention for mention in persons if entity_name(doc, mention) == name)
    return Speaker(cased(name.split()), "person", "", (mention.first, mention.last))


def _speaks(doc: Doc, mention: Mention) -> bool:
    """Return True for the subject of a verb of speech, and for the person with whom an interview is.

    "He spoke with Ann Lee" does not show who asks.
    """
    token = head_of(doc, mention)
    above = doc.head[token]
    if doc.dep[token] == "nsubj":
        return doc.lemma[above] in speech_verbs() and doc.lemma[above] != "read"
    if doc.dep[token] == "pobj" and doc.norm[above] in ("with", "of"):
        return doc.lemma[doc.head[above]] in _INTERVIEWS
    return doc.dep[token] in ("dobj", "nsubjpass") and doc.lemma[above] in _INTERVIEWS


def _person(doc: Doc, persons: Sequence[Mention], own: Sequence[str]) -> Mention | None:
    """Return the first mention, by full name, of the person whom some words in lower case name, or None.

    The words are the whole name, the family name, the title before a name ("PRIME MINISTER"), or else the given name.
    """
    full = [(mention, entity_name(doc, mention).lower().split()) for mention in persons]
    full = [(mention, parts) for mention, parts in full if len(parts) > 1]
    tests: list[Callable[[Mention, list[str]], bool]] = [
        lambda _, parts: parts[-1] == own[-1] and (len(own) == 1 or parts[0] == own[0]),
        lambda mention, _: doc.norm[max(0, mention.first - len(own)) : mention.first] == list(own),
        lambda _, parts: list(own) == parts[:1],
    ]
    return next((mention for test in tests for mention, parts in full if test(mention, parts)), None)
