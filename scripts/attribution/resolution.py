"""Resolution: the speaker that a source stands for, with name, kind and role; pronouns and descriptions resolved.

Sources are read in the order of the text, since a pronoun may stand for the speaker of the attribution before it.
"""

from collections.abc import Sequence

from scripts.attribution.authors import author_of, introduced_by
from scripts.attribution.choice import Attribution
from scripts.attribution.descriptions import body_near, described, may_be_called
from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.marked import MarkedDoc, Piece
from scripts.attribution.named_sources import mention_after_title, mention_of, named_at_end
from scripts.attribution.people import HE, SHE, People, find_people
from scripts.attribution.pronouns import antecedent
from scripts.attribution.role_nouns import is_of_body
from scripts.attribution.role_words import is_listed, mention_at
from scripts.attribution.roles import cleaned, entity_name, kind_of, kind_of_name, role_of
from scripts.attribution.sources import Source, noun_phrase
from scripts.attribution.speaker import (
    INDEFINITE,
    NOBODY,
    Previous,
    Speaker,
    following,
    goes_on,
    is_same_body,
    last_person,
)
from scripts.attribution.speakerhood import cannot_speak, is_capital_thing, is_share, quantified
from scripts.attribution.unnamed import (
    PARTISANS,
    class_of,
    is_anonymous,
    missed_name,
    name_before,
    owned_body,
    owner_of,
)
from scripts.core.annotation import Doc, Mention
from scripts.core.statements import UNNAMED

_RELATIVE = frozenset(("who", "which", "that", "whom"))
_THIRD_PERSON = frozenset(("they", "it", "their", "its"))
# A pronoun that stands for nobody in the text is not a name: "it" in one text is not "it" in the next.
_PRONOUNS = _RELATIVE | frozenset(
    ("i", "me", "we", "us", "you", "they", "them", "it", "this", "these", "those", "one", "what", "none", "nobody")
    + ("my", "our", "your", "'s")
)
_INDEFINITE = INDEFINITE | {"one"}
_PARTISANS = PARTISANS | {"conservative", "liberal", "tory"}
# How many tokens before "they" to look for whom it means.
_REACH = 100
_NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"))


def resolve_speakers(marked: MarkedDoc, attributions: Sequence[Attribution]) -> list[Speaker]:
    """Return the speaker of each attribution; `attributions` are in the order of their cues."""
    people = find_people(marked)
    previous: Previous | None = None
    speakers = []
    for item in attributions:
        speaker = NOBODY if item.source is None else _speaker(marked, people, item.source, item.pieces, previous)
        if item.source is not None:
            previous = following(marked, previous, speaker, item.source, item.pieces)
        speakers.append(speaker)
    return speakers


def _speaker(
    marked: MarkedDoc, people: People, source: Source, content: Sequence[Piece], previous: Previous | None
) -> Speaker:
    """Return the speaker of a source: for "the letter" its author, if the text introduced the letter with one.

    `content` is what the source says, `previous` the attribution before.
    """
    source = _without_relative(marked, source)
    return _introduced(marked, people, source.head) or _of_source(marked, people, source, content, previous)


def _introduced(marked: MarkedDoc, people: People, head: int) -> Speaker | None:
    """Return the author of "the letter" as a speaker, if the text named one before, else None."""
    author = introduced_by(marked, head)
    if not isinstance(author, int):
        return author and _named(marked, people, author)
    source = Source(*noun_phrase(marked.doc, marked.tree, author), author, "author")
    speaker = _of_source(marked, people, _without_relative(marked, source), (), None)
    return speaker if speaker.name and not speaker.unnamed else None


def _of_source(
    marked: MarkedDoc, people: People, source: Source, content: Sequence[Piece], previous: Previous | None
) -> Speaker:
    """Return the speaker of a source that is no document introduced before, see `_speaker`."""
    if is_capital_thing(marked, source):
        return NOBODY
    word = marked.doc.norm[source.head]
    if word in HE or word in SHE:
        return _of_he_or_she(marked, people, source.head, content, previous)
    if word in _THIRD_PERSON and previous is not None and is_same_body(marked.doc, word, previous):
        return previous.speaker
    return _of_name(marked, people, source, content, previous) or _of_noun(marked, people, source, content, previous)


def _of_he_or_she(
    marked: MarkedDoc, people: People, pronoun: int, content: Sequence[Piece], previous: Previous | None
) -> Speaker:
    """Return the person that "he" or "she" stands for."""
    if previous is not None and goes_on(marked, people, pronoun, previous, content):
        return previous.speaker
    mention = antecedent(marked, people, pronoun, last_person(marked.doc, previous), content)
    return _named(marked, people, mention) if mention else NOBODY


def _of_name(
    marked: MarkedDoc, people: People, source: Source, content: Sequence[Piece], previous: Previous | None
) -> Speaker | None:
    """Return the speaker whom a source names, or describes so that a name of the document is meant; None for neither.

    A source that is to stay anonymous is nobody if it holds a name: an aide to Lee, who asked not to be named.
    """
    doc = marked.doc
    mention = mention_of(marked, people, source) or mention_after_title(doc, source)
    if is_anonymous(doc, source.head):
        if mention is not None and mention.label in _NAMES - {"NORP"} and source.head < mention.last:
            return NOBODY
        mention = meant = None
    else:
        quoted, just_said = (previous.person, previous.source.head) if previous else (None, -1)
        is_next = quoted is not None and quoted[1] == just_said
        meant = described(marked, people, source, quoted, is_next=is_next)
    if mention is None:
        last = previous.speaker if previous else NOBODY
        is_named_body = last.kind == "organisation" and last.reference is not None
        if meant is None and is_named_body and may_be_called(doc, source, last.name):
            return last
        meant = meant or body_near(marked, source, content)
        return _named(marked, people, meant) if meant is not None else None
    if _is_one_of_group(doc, source, mention):
        return Speaker(cleaned(doc, source.first, source.last), "unnamed", "", None, class_of(doc, source.head))
    heads_source = mention.last >= source.last or doc.pos[source.head] == "PROPN"
    is_speaker = mention.label == "PERSON" or (mention.label in _NAMES and heads_source)
    return _named(marked, people, mention) if is_speaker else None


def _of_noun(
    marked: MarkedDoc, people: People, source: Source, content: Sequence[Piece], previous: Previous | None
) -> Speaker:
    """Return the speaker of a source that names nobody: the author of a document, several, a class, or NOBODY."""
    doc, word = marked.doc, marked.doc.norm[source.head]
    if counted := _counted(marked, people, source):
        return counted
    author = author_of(doc, marked.tree, source.head)
    if isinstance(author, int):
        author = antecedent(marked, people, author, last_person(doc, previous))
    if author is not None:
        return _named(marked, people, author)
    if previous is not None and previous.speaker.kind == "person" and _is_transcript(marked, source, content):
        return previous.speaker
    contents = [*content, *(previous.pieces if previous else ())]
    if word == "they" and (several := _several_before(marked, source.head, contents)) is not None:
        return _of_source(marked, people, several, content, None)
    if is_share(marked, source):
        return Speaker("people", "group", "", None, f"{UNNAMED}people")
    if word in _PRONOUNS or (cannot_speak(marked, source) and missed_name(doc, people, source.head) is None):
        return NOBODY
    return _without_mention(marked, people, source, previous)


def _several_before(marked: MarkedDoc, pronoun: int, contents: Sequence[Piece]) -> Source | None:
    """Return the last plural subject before "they", in its sentence or the one before but in no `contents`, else None.

    In "Scientists are not sure, but they say it rained" it is the scientists.
    """
    doc = marked.doc
    begin = max(doc.sentences[max(0, doc.sentence[pronoun] - 1)].first, pronoun - _REACH)
    for token in range(pronoun - 1, begin - 1, -1):
        is_subject = doc.tag[token] in ("NNS", "NNPS") and doc.dep[token] == "nsubj"
        is_said = marked.quotation_at[token] >= 0 or any(first <= token < last for first, last in contents)
        if is_subject and not is_said:
            return Source(*noun_phrase(doc, marked.tree, token, stop=pronoun), token, "several")
    return None


def _is_transcript(marked: MarkedDoc, source: Source, content: Sequence[Piece]) -> bool:
    """Return True for a heading whose content the person quoted before speaks: "Partial transcript as follows:"."""
    doc, head = marked.doc, source.head
    is_bare = all(doc.dep[child] in ("det", "amod") for child in marked.tree.children[head] if child < source.last)
    return doc.norm[head] == "transcript" and is_bare and doc.sentence[content[0][0]] > doc.sentence[head]


def _is_one_of_group(doc: Doc, source: Source, mention: Mention) -> bool:
    """Return True for a member of a party or nation without a name: "an Iranian", "the freshman Democrat"."""
    head, first = source.head, doc.norm[source.first]
    is_one = first in _INDEFINITE and mention.label == "NORP"
    is_partisan = first in {"the", *_INDEFINITE} and doc.norm[head] in _PARTISANS
    return (is_one or is_partisan) and mention.last == head + 1 and doc.tag[head] in ("NN", "NNP")


def _counted(marked: MarkedDoc, people: People, source: Source) -> Speaker | None:
    """Return the speaker of "one of the aides": a class, or the name beside it; None for a source of another form."""
    doc, counted = marked.doc, quantified(marked, source)
    if counted is None:
        return None
    named = named_at_end(doc, people, source) if doc.norm[source.head] == "one" else None
    if named is not None and "," in doc.word[counted : named.first]:
        return _named(marked, people, named)  # one of the aides, Ann Lee
    first, last = noun_phrase(doc, marked.tree, counted, stop=source.last)
    return Speaker(cleaned(doc, first, last), kind_of(doc, counted, ""), "", None, class_of(doc, counted))


def _without_mention(marked: MarkedDoc, people: People, source: Source, previous: Previous | None) -> Speaker:
    """Return the speaker of a source that no mention names: a missed name, a body named by its owner, or a class."""
    doc, head = marked.doc, source.head
    missed = None if doc.norm[head] in _PARTISANS else missed_name(doc, people, head)
    if missed is None and is_listed(doc.norm[head]) and "," not in doc.word[head : source.last]:
        missed = named_at_end(doc, people, source)
    if missed is not None:
        role = people.roles.get(missed.entity, "") or role_of(doc, marked.tree, missed)
        return Speaker(entity_name(doc, missed), "person", role, (missed.first, missed.last))
    kind = kind_of(doc, head, "")
    owner = owner_of(doc, marked.tree, head)
    if isinstance(owner, int):
        owner = antecedent(marked, people, owner, last_person(doc, previous))
    if owner is not None:
        return Speaker(owned_body(doc, owner, head), kind, "", None)
    name = _description(marked, people, source)
    is_name = doc.pos[head] == "PROPN" and doc.word[head][0].isupper() and not is_listed(doc.norm[head])
    if not is_name or kind not in ("person", "group") or doc.norm[source.first] in _INDEFINITE:
        return Speaker(name, "unnamed" if kind == "person" else kind, "", None, class_of(doc, head))
    first = min(name_before(doc, head), default=source.first)  # without "25-year-old" and "trade publication"
    word = doc.norm[head]
    if first == head and (word in people.inner_words or word.endswith(".")):
        return NOBODY  # the Budget, Map of Iran, Ore.
    return Speaker(cleaned(doc, first, head + 1), kind, "", None)


def _without_relative(marked: MarkedDoc, source: Source) -> Source:
    """Return the noun phrase that a relative pronoun stands for; any other source as it is."""
    doc = marked.doc
    while doc.norm[source.head] in _RELATIVE and doc.pos[source.head] in ("PRON", "DET", "SCONJ"):
        verb = doc.head[source.head]
        while doc.dep[verb] != "relcl" and doc.head[verb] != verb:
            verb = doc.head[verb]
        noun = doc.head[verb]
        if doc.dep[verb] != "relcl" or noun >= source.head:
            break
        source = Source(marked.tree.left[noun], source.first, noun, source.how)
    return source


def _description(marked: MarkedDoc, people: People, source: Source) -> str:
    """Return the words of a source without a name; "Experts" at the beginning of a sentence becomes "experts".

    A head that opens a sentence is no name if inside sentences it occurs only in lower case, or if it does not occur
    there and is a noun of `speaker_nouns`.
    """
    doc = marked.doc
    text, head = cleaned(doc, source.first, source.last), source.head
    word, small = doc.word[head], doc.norm[head]
    is_opening = source.first == head == doc.sentences[doc.sentence[head]].first and mention_at(doc, head) is None
    is_common = small in people.inner_words or any(small in nouns for nouns in speaker_nouns().values())
    return small[0] + text[1:] if is_opening and is_common and word not in people.inner_words else text


def _first_joined(doc: Doc, mention: Mention) -> Mention:
    """Return the first of the names that slashes join: a [CNN]/ORC poll."""
    while mention.first > 1 and doc.word[mention.first - 1] == "/" and (before := mention_at(doc, mention.first - 2)):
        mention = before
    return mention


def _named(marked: MarkedDoc, people: People, mention: Mention) -> Speaker:
    doc = marked.doc
    mention = _first_joined(doc, mention)
    name = entity_name(doc, mention)
    kind = kind_of_name(doc, mention)
    role = people.roles.get(name, "") if kind == "person" else ""
    if is_of_body(role):
        return Speaker(name, "organisation", "", (mention.first, mention.last))
    return Speaker(name, kind, role, (mention.first, mention.last))
