"""Sources that cannot speak: quantities, times and things, which the parse took for a speaker.

A noun counts as a thing if `things.txt` has it, if it is frequent in the training articles and hardly ever a source, or
if it is never a source there and neither a list nor its ending says that it may be somebody. The counts are in
`source_heads.tsv` in workflow/lexicons.
"""

from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.marked import MarkedDoc
from scripts.attribution.role_words import may_be_somebody, source_heads
from scripts.attribution.sources import Source
from scripts.core.annotation import Doc
from scripts.core.lexicons import word_list
from scripts.entities.knowledge import given_names, languages
from scripts.entities.person_names import common_family_names
from scripts.sources.kind_lists import kind_lists

_SPEAKING_KINDS = ("document", "government", "organisation", "group", "female", "male")
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"))
_QUANTITIES = frozenset([
    "percent", "percentage", "%", "proportion", "number", "third", "quarter", "majority", "half", "dozen", "hundred",
    "majorities", "thousand", "million", "handful", "couple",
])  # fmt: skip
# Shares, which are people where no noun says what they are shares of: 59 percent said, six in 10 said.
_SHARES = frozenset(("percent", "cent", "%", "third", "quarter", "half", "majority", "majorities"))
_ASKED = frozenset(("asked", "interviewed", "polled", "questioned", "surveyed"))
# Words that are people by themselves ("most said"), but not before "of".
_PARTS = frozenset(("all", "both", "few", "lot", "many", "most", "several", "some"))
_EXPLETIVES = frozenset(("there", "nothing", "it"))
# Verbs of which "it" is the subject in place of a clause, and pronouns for what was just said.
_EMPTY = frozenset(("come", "seem"))
_DEMONSTRATIVE = frozenset(("That", "This", "this"))
_ORDINALS = frozenset(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"))
_ABSTRACT = ("tion", "sion", "ness", "ity", "ment", "ance", "ence", "ism", "ship", "hood", "ing", "sis")
# Endings of abstract nouns that hardly any name has.
_OF_NO_NAMES = ("tion", "sion", "ness")
# A noun as frequent as this is a thing if a smaller share of its occurrences are sources.
_COMMON, _SHARE = 100, 0.01
# A noun as frequent as this that is never a source is a thing.
_FREQUENT = 20
_DETERMINERS = frozenset(("the", "a", "an", "this", "his", "her", "its", "their", "our", "my"))
_SEVERAL = frozenset(("another", "each", "either", "neither", "numerous", "this", "that", "these", "those"))
_LAWS = frozenset(("act", "amendment", "pact", "accord", "deal"))


def quantified(marked: MarkedDoc, source: Source) -> int | None:
    """Return the plural noun that a quantity or part counts, or None: the voters of "22 percent of voters"."""
    doc, children = marked.doc, marked.tree.children
    if not (_is_quantity(marked, source.head) or doc.norm[source.head] in _PARTS):
        return None
    nouns = (
        inner
        for child in children[source.head]
        if doc.dep[child] == "prep" and doc.norm[child] in ("of", "in", "among")
        for inner in children[child]
        if doc.tag[inner] in ("NNS", "NNPS") and inner < source.last
    )
    return next(nouns, None)


def is_share(marked: MarkedDoc, source: Source) -> bool:
    """Return True for a share of people whom a survey asked: "59 percent", "six in 10", "those surveyed".

    A share of something named ("half of the address") is none, but "27 percent of those who voted" is.
    """
    doc, head = marked.doc, source.head
    if doc.norm[head] == "those":
        return not _ASKED.isdisjoint(doc.norm[head + 1 : head + 2])
    parts = (doc.norm[token + 1] for token in range(head, source.last - 1) if doc.norm[token] == "of")
    if any(part != "those" for part in parts):
        return False
    around = range(max(source.first, head - 2), min(head + 1, source.last - 2))
    is_one_in = any(
        doc.tag[at] == doc.tag[at + 2] == "CD" and doc.norm[at + 1] == "in" and head in (at, at + 2) for at in around
    )
    return is_one_in or doc.lemma[head].lower() in _SHARES


def stands_for_nobody(doc: Doc, source: Source, cue: int) -> bool:
    """Return True for the pronoun of "It is fair to say that ...", "When it comes to ..." and "That said, ..."."""
    verb = doc.head[source.head]
    if doc.norm[source.head] == "it":
        return doc.lemma[verb] in _EMPTY or (doc.lemma[verb] == "be" and verb != cue)
    return doc.word[source.head] in _DEMONSTRATIVE and doc.tag[source.head] == "DT"


def is_capital_thing(marked: MarkedDoc, source: Source) -> bool:
    """Return True for a thing that capitals make look like a name: Slavery, the Green New Deal, Hindi."""
    doc, head = marked.doc, source.head
    noun = doc.norm[head].lower()
    bare = source.last - source.first == 1 or doc.norm[source.first] in _DETERMINERS
    is_thing = bare and doc.pos[head] == "PROPN" and noun in {*_LAWS, *word_list("things.txt"), *languages()}
    return is_thing and not _is_name_of_person(doc, head)


def _is_name_of_person(doc: Doc, token: int) -> bool:
    """Return True for the first or last word of a person's full name: the Talent of Jim Talent."""
    full = (mention for mention in doc.mentions if mention.label == "PERSON" and mention.last - mention.first > 1)
    return any(doc.word[token] in (doc.word[each.first], doc.word[each.last - 1]) for each in full)


def cannot_speak(marked: MarkedDoc, source: Source) -> bool:
    """Return True for a source without a name that is a quantity, a time or a thing."""
    doc, head = marked.doc, source.head
    if doc.pos[head] not in _NOMINAL or doc.norm[head] in _EXPLETIVES:
        return True
    if (
        _is_cut_off(marked, source)
        or _is_quantity(marked, head)
        or doc.norm[head] in _ORDINALS
        or marked.labels.get(head) in ("DATE", "TIME", "MONEY", "PERCENT")
    ):
        return True
    is_capital = doc.pos[head] == "PROPN" and doc.norm[source.first] in _DETERMINERS and is_capital_noun(doc.norm[head])
    is_noun = doc.pos[head] == "NOUN" or is_capital
    return is_noun and _is_thing(marked, source)


def is_capital_noun(word: str) -> bool:
    """Return True for a noun that capitals alone make look like a name: the Delegation, "Solution:", not Price.

    The training articles never have it as a source, and it is no given or common family name.

    >>> [word for word in ("delegation", "solution", "price", "mayor") if is_capital_noun(word)]
    ['delegation', 'solution']
    """
    sources, total = source_heads().get(word, (0, 0))
    is_noun = total > 0 or word.endswith(_OF_NO_NAMES)
    is_name = word in common_family_names() or word in given_names()
    return is_noun and not sources and not is_name and not may_be_somebody(word)


def is_thing_noun(lemma: str) -> bool:
    """Return True for a noun that means no person or text: a listed thing, a frequent or abstract one never a source.

    >>> [word for word in ("vote", "tendency", "action", "letter", "delegate", "embassy") if is_thing_noun(word)]
    ['vote', 'tendency', 'action']
    """
    if lemma in word_list("things.txt"):
        return True
    sources, total = source_heads().get(lemma, (0, 0))
    listed = lemma in kind_lists().heads or any(lemma in speaker_nouns()[kind] for kind in _SPEAKING_KINDS)
    is_common = total >= _FREQUENT or lemma.endswith(_ABSTRACT)
    return is_common and not sources and not listed and not may_be_somebody(lemma)


def _is_cut_off(marked: MarkedDoc, source: Source) -> bool:
    """Return True for an article or adjective alone, whose noun is missing: the "longtime" of "longtime support"."""
    doc, head = marked.doc, source.head
    alone = source.last - source.first == 1 and doc.pos[head] in ("ADJ", "DET")
    word = doc.norm[head]
    is_somebody = word in speaker_nouns()["group"] | _SEVERAL or may_be_somebody(word)
    return alone and doc.tag[head] in ("DT", "JJ") and not is_somebody


def _is_quantity(marked: MarkedDoc, head: int) -> bool:
    doc = marked.doc
    return doc.tag[head] == "CD" or doc.lemma[head].lower() in _QUANTITIES


def _is_thing(marked: MarkedDoc, source: Source) -> bool:
    """Return True for a source whose head counts as a thing, as the module describes."""
    doc, head = marked.doc, source.head
    lemma = doc.lemma[head].lower()
    if lemma in word_list("things.txt"):
        return True
    if any(lemma in speaker_nouns()[kind] or doc.norm[head] in speaker_nouns()[kind] for kind in _SPEAKING_KINDS):
        return False
    if doc.tag[source.first] == "PRP$" and not may_be_somebody(lemma):
        return True  # "his outsider bona"
    sources, total = source_heads().get(lemma, (0, 0))
    if total >= _COMMON:
        return sources < _SHARE * total
    return not sources and not may_be_somebody(lemma) and lemma not in kind_lists().heads
